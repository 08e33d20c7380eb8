"""The life of a channel report."""

from core.workflow import Transition, Workflow
from placements.enums import ReportState as S
from placements.permissions import may_change, may_verify

REPORT = Workflow(
    states=S,
    transitions=(
        Transition("verify", "Verifikasi", (S.REPORTED,), S.VERIFIED, may_verify),
        Transition("reject", "Tolak", (S.REPORTED,), S.REJECTED, may_verify, needs_comment=True),
        Transition("resubmit", "Kirim ulang", (S.REJECTED,), S.REPORTED, may_change),
        Transition(
            "reopen", "Periksa ulang", (S.VERIFIED, S.REJECTED), S.REPORTED, may_verify, needs_comment=True
        ),
    ),
)
