"""Institutions: made, revised, closed and reopened."""

from django.db import transaction

from accounts.enums import InstitutionKind
from accounts.models import Institution
from accounts.permissions import is_staff_member
from core.errors import Refused
from core.models.reference import Region
from core.workflow import NotAllowed, opened, revise

DENIED = "Data lembaga hanya diubah oleh petugas dinas."


def _check(actor, name: str, kind: str) -> str:
    if actor is not None and not is_staff_member(actor):
        raise NotAllowed(DENIED)
    if kind not in InstitutionKind.values:
        raise Refused("Jenis lembaga tidak dikenal. Pilih salah satu dari daftar.", field="kind")
    name = " ".join(name.split())
    if not name:
        raise Refused("Nama lembaga belum diisi. Tulis nama resminya.", field="name")
    return name


@transaction.atomic
def create_institution(
    *,
    actor,
    kind: str,
    name: str,
    region: Region | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
) -> Institution:
    """Save an institution and log it. `actor` is a staff member, or None for the system (import, demo).

    Raises NotAllowed for anybody else and Refused for an unknown kind or an empty name.
    """
    institution = Institution(
        kind=kind, name=_check(actor, name, kind), region=region, address=address, phone=phone, email=email
    )
    institution.full_clean()
    institution.save()
    opened(institution, actor=actor, label="Lembaga dicatat")
    return institution


def revise_institution(
    institution: Institution,
    *,
    actor,
    version: int,
    name: str,
    region: Region | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
) -> Institution:
    """Change the particulars; the kind stays, since roles and licences hang on it. Raises StaleRecord, NotAllowed."""
    return revise(
        institution,
        actor=actor,
        version=version,
        label="Data lembaga diubah",
        name=_check(actor, name, institution.kind),
        region=region,
        address=address,
        phone=phone,
        email=email,
    )
