"""Writes of the AKIP self-assessment."""

from django.db import transaction

from core.errors import Refused
from core.workflow import NotAllowed
from lkip import lke
from lkip.models import SelfAssessment
from lkip.permissions import can_plan
from lkip.services.plan import put


class AnswerRefused(Refused):
    """A share that is none; `field` is the criterion."""


@transaction.atomic
def answer_all(actor, *, year: int, given: dict[str, tuple[str, str]]) -> int:
    """Write {criterion: (share as typed, note)}; an empty share leaves a criterion as it was. Returns how many."""
    if not can_plan(actor):
        raise NotAllowed("Lembar kerja evaluasi diisi oleh perencana.")
    written = 0
    for key, (text, note) in given.items():
        if not text.strip():
            continue
        share = lke.share_of(text)
        if share is None:
            raise AnswerRefused(
                f"“{lke.criteria()[key].text}” diisi {text[:20]}; isi angka 0 sampai 100.", field=key
            )
        put(
            SelfAssessment,
            {"year": year, "criterion": key},
            {"share": share, "note": note.strip()},
            actor=actor,
            label="Penilaian mandiri",
        )
        written += 1
    return written
