"""Vacancies: drafted, checked, published, closed."""

from datetime import date

from django.db import transaction

from core.workflow import NotAllowed, fire, opened, revise
from employers import notifications, permissions
from employers.models import Company, Vacancy

FIELDS = (
    "title",
    "occupation",
    "description",
    "openings_male",
    "openings_female",
    "openings_any",
    "education_min",
    "wage_from",
    "wage_to",
    "region",
    "contract_type",
    "closes_on",
)


@transaction.atomic
def draft_vacancy(*, actor, company: Company, title: str, closes_on: date | None = None, **fields) -> Vacancy:
    """Save a draft of a vacancy. Raises NotAllowed, or ValidationError by field."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields of a vacancy: {sorted(unknown)}")
    if actor is not None and not permissions.can_report(actor, company):
        raise NotAllowed("Lowongan hanya dibuat oleh perusahaan itu sendiri atau petugas dinas.")
    vacancy = Vacancy(company=company, title=title, closes_on=closes_on, **fields)
    vacancy.clean_fields(exclude=["state"])
    vacancy.clean()
    vacancy.save()
    opened(vacancy, actor=actor, label="Konsep dibuat")
    return vacancy


@transaction.atomic
def edit_vacancy(vacancy: Vacancy, *, actor, version: int, **changes) -> Vacancy:
    """Change a draft or a rejected vacancy. Raises StaleRecord, NotAllowed, or ValidationError by field."""
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields of a vacancy: {sorted(unknown)}")
    if not permissions.edits_vacancy(actor, vacancy):
        raise NotAllowed("Lowongan ini tidak bisa diubah lagi, atau bukan milik Anda.")
    return revise(vacancy, actor=actor, version=version, label="Lowongan diubah", **changes)


@transaction.atomic
def close_vacancy(
    vacancy: Vacancy,
    *,
    actor,
    version: int,
    filled_male: int = 0,
    filled_female: int = 0,
    filled_any: int = 0,
) -> Vacancy:
    """Close a vacancy and tell how many of its openings were filled; the others count as withdrawn.

    Raises as `core.workflow.fire`, or ValidationError by field when more were filled than were open.
    """
    return fire(
        vacancy,
        "close",
        actor=actor,
        version=version,
        filled_male=filled_male,
        filled_female=filled_female,
        filled_any=filled_any,
    )


@transaction.atomic
def take_step(vacancy: Vacancy, name: str, *, actor, version: int, comment: str = "") -> Vacancy:
    """Take one step of the workflow; the company is told of a decision. Raises as `core.workflow.fire`."""
    written = fire(vacancy, name, actor=actor, version=version, comment=comment)
    if name in ("publish", "reject"):
        notifications.vacancy_decided(written, comment=comment)
    return written
