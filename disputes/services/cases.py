"""Cases: registered, taken through their steps, put right."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.enums import Role
from accounts.permissions import has_role
from core import clock
from core.errors import Refused
from core.numbering import document_number
from core.workflow import NotAllowed, WrongState, fire, opened, revise
from disputes import notifications, permissions
from disputes.models import DisputeCase
from employers.models import Company

NUMBER_SERIES = "dispute"
NUMBER_FORMAT = "{n:03}/PPHI/{roman}/{yyyy}"

CORRECTABLE = (
    "kind",
    "company",
    "applicant_kind",
    "applicant",
    "respondent",
    "workers_male",
    "workers_female",
    "summary",
    "bipartite_from",
    "received_on",
)
"""What may be put right while a case is open. Dates of steps are put right by taking the case back (`reopen`)."""


@transaction.atomic
def register_case(
    *,
    actor,
    kind: str,
    company: Company,
    applicant: str,
    respondent: str,
    workers_male: int,
    workers_female: int,
    received_on: date,
    registered_on: date | None = None,
    **fields,
) -> DisputeCase:
    """Register a dispute and give it its number (UU 2/2004 Ps 4).

    `registered_on` is today unless a paper register is entered afterwards. Raises NotAllowed, or ValidationError by
    field.
    """
    unknown = set(fields) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"unknown fields of a case: {sorted(unknown)}")
    if actor is not None and not permissions.can_register(actor):
        raise NotAllowed("Perselisihan hanya dicatat oleh mediator atau kepala bidang.")
    case = DisputeCase(
        kind=kind,
        company=company,
        applicant=applicant,
        respondent=respondent,
        workers_male=workers_male,
        workers_female=workers_female,
        received_on=received_on,
        registered_on=registered_on or clock.today(),
        **fields,
    )
    case.clean_fields(exclude=["number", "state"])
    case.clean()
    case.number = document_number(NUMBER_SERIES, on=case.registered_on, default=NUMBER_FORMAT)
    case.save()
    opened(case, actor=actor, label="Perselisihan dicatat")
    return case


@transaction.atomic
def correct_case(case: DisputeCase, *, actor, version: int, comment: str, **changes) -> DisputeCase:
    """Put right what was written down wrongly; with a reason, while the case is open."""
    unknown = set(changes) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"unknown fields of a case: {sorted(unknown)}")
    if not permissions.prepares(actor, case):
        raise NotAllowed("Perkara ini hanya diubah oleh mediatornya atau kepala bidang.")
    if not case.is_open:
        raise WrongState("Perkara ini sudah selesai. Kepala bidang dapat membukanya kembali.")
    if "kind" in changes and changes["kind"] != case.kind and case.state != "REGISTERED":
        raise Refused(
            "Jenis perselisihan tidak bisa diubah lagi, karena tahapnya sudah berjalan.", field="kind"
        )
    if not comment.strip():
        raise ValidationError({"comment": "Tulis alasan perubahan. Alasan ini tersimpan di riwayat."})
    return revise(case, actor=actor, version=version, label="Data perkara diubah", comment=comment, **changes)


def _require_mediator(mediator) -> None:
    if mediator is None or not mediator.is_active or not has_role(mediator, Role.MEDIATOR):
        raise Refused("Pilih seorang mediator yang aktif.", field="mediator")


@transaction.atomic
def assign(
    case: DisputeCase, *, actor, version: int, mediator, on: date | None = None, comment: str = ""
) -> DisputeCase:
    """Give the case to a mediator and tell them; the legal clocks start. Raises as `core.workflow.fire`, Refused."""
    _require_mediator(mediator)
    written = fire(case, "assign", actor=actor, version=version, comment=comment, mediator=mediator, on=on)
    notifications.assigned(written)
    return written


@transaction.atomic
def reassign(case: DisputeCase, *, actor, version: int, mediator, comment: str) -> DisputeCase:
    """Give an open case to another mediator; its clocks run on."""
    if not permissions.is_head(actor):
        raise NotAllowed("Mediator hanya diganti oleh kepala bidang.")
    if not case.is_open or case.mediator_id is None:
        raise WrongState("Perkara ini belum dilimpahkan atau sudah selesai.")
    _require_mediator(mediator)
    if mediator.pk == case.mediator_id:
        raise Refused("Perkara ini sudah ditangani mediator itu.", field="mediator")
    if not comment.strip():
        raise ValidationError({"comment": "Tulis alasan penggantian. Alasan ini tersimpan di riwayat."})
    written = revise(
        case, actor=actor, version=version, label="Mediator diganti", comment=comment, mediator=mediator
    )
    notifications.assigned(written)
    return written


@transaction.atomic
def take_step(case: DisputeCase, name: str, *, actor, version: int, comment: str = "", **data) -> DisputeCase:
    """Take one step of the workflow; an assignment tells the mediator, too. Raises as `core.workflow.fire`."""
    if name == "assign":
        return assign(case, actor=actor, version=version, comment=comment, **data)
    return fire(case, name, actor=actor, version=version, comment=comment, **data)
