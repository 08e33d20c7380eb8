"""The life of a channel report, and of a holder's own word."""

from core.workflow import Transition, Workflow
from placements.enums import ReportState as S
from placements.enums import SelfReportState as W
from placements.permissions import may_change, may_settle_word, may_verify

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

SELF_REPORT = Workflow(
    states=W,
    transitions=(
        Transition("book", "Catat sebagai laporan penempatan", (W.OPEN,), W.BOOKED, may_settle_word),
        Transition("dismiss", "Jangan dicatat", (W.OPEN,), W.DISMISSED, may_settle_word, needs_comment=True),
    ),
)
