"""Companies: taken into the register, changed, taken out of operation."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import InstitutionKind
from accounts.models import Institution
from accounts.services.institutions import create_institution, revise_institution
from core import clock, formats
from core.errors import Refused
from core.models.reference import ClassificationCode, Region
from core.workflow import NotAllowed, opened, revise
from employers import permissions
from employers.enums import EmployerClass, Ownership
from employers.models import Company

INSTITUTION_FIELDS = ("name", "region", "address", "phone", "email")
COMPANY_FIELDS = ("industry", "nib", "ownership", "employer_class", "operating_from", "operating_until")


def _require_keeper(actor) -> None:
    """`actor` keeps the register; None is the system (import, demo)."""
    if actor is not None and not permissions.can_keep_register(actor):
        raise NotAllowed("Register perusahaan hanya diisi oleh petugas dinas yang berwenang.")


def _check(company: Company) -> None:
    """Raise ValidationError with every wrong field; also a NIB that another company has."""
    company.clean_fields(exclude=["institution"])
    company.clean()
    for name in ("operating_from", "operating_until"):
        day = getattr(company, name)
        if day is not None and day > clock.today():
            raise ValidationError({name: f"Tanggal {formats.date_long(day)} belum tiba."})
    if company.nib:
        other = (
            Company.objects.filter(nib=company.nib)
            .exclude(pk=company.pk)
            .select_related("institution")
            .first()
        )
        if other is not None:
            raise ValidationError({"nib": f"NIB ini sudah tercatat untuk {other.name}. Periksa nomornya."})


@transaction.atomic
def register_company(
    *,
    actor,
    name: str,
    operating_from: date,
    region: Region | None = None,
    address: str = "",
    phone: str = "",
    email: str = "",
    industry: ClassificationCode | None = None,
    nib: str = "",
    ownership: str = Ownership.DOMESTIC,
    employer_class: int = EmployerClass.PRIVATE_COMPANY,
    operating_until: date | None = None,
) -> Company:
    """Save a company with its institution. Raises NotAllowed, Refused or ValidationError by field."""
    _require_keeper(actor)
    company = Company(
        industry=industry,
        nib=nib,
        ownership=ownership,
        employer_class=employer_class,
        operating_from=operating_from,
        operating_until=operating_until,
    )
    _check(company)
    company.institution = create_institution(
        actor=actor,
        kind=InstitutionKind.COMPANY,
        name=name,
        region=region,
        address=address,
        phone=phone,
        email=email,
    )
    company.save()
    opened(company, actor=actor, label="Perusahaan dicatat")
    return company


@transaction.atomic
def update_company(company: Company, *, actor, version: int, institution_version: int, **changes) -> Company:
    """Write `changes` of INSTITUTION_FIELDS and COMPANY_FIELDS.

    Both versions are those that the form showed. Raises StaleRecord, NotAllowed, Refused or ValidationError by field.
    """
    unknown = set(changes) - {*INSTITUTION_FIELDS, *COMPANY_FIELDS}
    if unknown:
        raise TypeError(f"unknown fields of a company: {sorted(unknown)}")
    _require_keeper(actor)
    trial = Company.objects.get(pk=company.pk)
    own = {name: value for name, value in changes.items() if name in COMPANY_FIELDS}
    for name, value in own.items():
        setattr(trial, name, value)
    _check(trial)
    written = revise(company, actor=actor, version=version, label="Data perusahaan diubah", **own)
    institution = Institution.objects.get(pk=written.institution_id)
    shown = {name: changes.get(name, getattr(institution, name)) for name in INSTITUTION_FIELDS}
    if any(shown[name] != getattr(institution, name) for name in INSTITUTION_FIELDS):
        written.institution = revise_institution(
            institution, actor=actor, version=institution_version, **shown
        )
    return written


@transaction.atomic
def end_operation(company: Company, *, actor, version: int, operating_until: date, comment: str) -> Company:
    """Note the last day on which the company operated. Its records stay; it counts until that day."""
    _require_keeper(actor)
    if not comment.strip():
        raise Refused("Tulis alasan atau dasar penutupan, misalnya nomor surat.", field="comment")
    trial = Company.objects.get(pk=company.pk)
    trial.operating_until = operating_until
    _check(trial)
    return revise(
        company,
        actor=actor,
        version=version,
        label="Perusahaan tidak beroperasi lagi",
        comment=comment,
        operating_until=operating_until,
    )
