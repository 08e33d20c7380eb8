"""Writes of the checker: reasons for warnings that are let stand."""

from django.db import transaction

from core.errors import Refused
from core.workflow import NotAllowed
from lkip.consistency import judge
from lkip.enums import Severity
from lkip.figures import compute
from lkip.models import AcceptedWarning
from lkip.permissions import can_plan
from lkip.services.plan import put


class ReasonRefused(Refused):
    """No such warning, an error, or no reason."""


@transaction.atomic
def accept(actor, *, year: int, rule: str, subject: str, reason: str) -> AcceptedWarning:
    """Let a warning of today stand, with its reason. Errors can't be let stand: they are mended."""
    if not can_plan(actor):
        raise NotAllowed("Alasan ditulis oleh perencana.")
    reason = reason.strip()
    if not reason:
        raise ReasonRefused("Tulis alasan mengapa peringatan ini dibiarkan.", field=subject)
    for each in judge(compute(year)):
        if (each.found.rule, each.found.subject) == (rule, subject):
            if each.found.severity == Severity.ERROR:
                raise ReasonRefused("Galat harus diperbaiki; alasan tidak menggantikannya.", field=subject)
            key = {"year": year, "rule": rule, "subject": subject}
            return put(AcceptedWarning, key, {"reason": reason}, actor=actor, label="Peringatan dibiarkan")
    raise ReasonRefused("Temuan ini sudah berubah atau tidak ada lagi. Muat ulang halaman.", field=subject)
