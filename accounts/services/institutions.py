"""Institutions: made, revised, closed and reopened."""

from django.db import transaction

from accounts.enums import InstitutionKind
from accounts.models import Institution
from accounts.permissions import is_staff_member
from core.errors import Refused
from core.models.reference import Region
from core.workflow import NotAllowed, opened, revise

DENIED = "Data lembaga hanya diubah oleh petugas dinas."


def _checked(actor, kind: str, name: str, **particulars) -> Institution:
    """Return an unsaved institution with these particulars, or say what is wrong with them."""
    if actor is not None and not is_staff_member(actor):
        raise NotAllowed(DENIED)
    if kind not in InstitutionKind.values:
        raise Refused("Jenis lembaga tidak dikenal. Pilih salah satu dari daftar.", field="kind")
    name = " ".join(name.split())
    if not name:
        raise Refused("Nama lembaga belum diisi. Tulis nama resminya.", field="name")
    institution = Institution(kind=kind, name=name, **particulars)
    institution.full_clean(exclude=["state"])
    return institution


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

    Raises NotAllowed for anybody else, Refused for an unknown kind or an empty name, ValidationError for a bad e-mail.
    """
    institution = _checked(actor, kind, name, region=region, address=address, phone=phone, email=email)
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
    checked = _checked(
        actor, institution.kind, name, region=region, address=address, phone=phone, email=email
    )
    return revise(
        institution,
        actor=actor,
        version=version,
        label="Data lembaga diubah",
        **{field: getattr(checked, field) for field in ("name", "region", "address", "phone", "email")},
    )
