"""States, steps, who may take them and which need a reason."""

from core.workflow import Transition, Workflow
from jobseekers.enums import ApplicationState as A
from jobseekers.enums import BreachState as B
from jobseekers.enums import CardState as C
from jobseekers.enums import RequestState as R
from jobseekers.permissions import (
    may_answer_request,
    may_decide,
    may_end_card,
    may_keep_breach,
    may_record_placement,
    may_submit,
    may_withdraw,
    may_withdraw_request,
)

APPLICATION = Workflow(
    states=A,
    transitions=(
        Transition("submit", "Kirim permohonan", (A.DRAFT, A.RETURNED), A.SUBMITTED, may_submit),
        Transition("return_", "Kembalikan untuk diperbaiki", (A.SUBMITTED,), A.RETURNED, may_decide, True),
        Transition("approve", "Setujui dan terbitkan kartu", (A.SUBMITTED,), A.APPROVED, may_decide),
        Transition("reject", "Tolak", (A.SUBMITTED,), A.REJECTED, may_decide, True),
        Transition(
            "withdraw", "Batalkan permohonan", (A.DRAFT, A.SUBMITTED, A.RETURNED), A.WITHDRAWN, may_withdraw
        ),
    ),
)

CARD = Workflow(
    states=C,
    transitions=(
        Transition("replace", "Ganti dengan kartu baru", (C.ACTIVE,), C.REPLACED, may_end_card),
        Transition("expire", "Habis masa berlaku", (C.ACTIVE,), C.EXPIRED, may_end_card),
        Transition("remove", "Hapus dari daftar pencari kerja", (C.ACTIVE,), C.REMOVED, may_end_card, True),
        Transition("place", "Catat sudah bekerja", (C.ACTIVE,), C.PLACED, may_record_placement),
    ),
)

REQUEST = Workflow(
    states=R,
    transitions=(
        Transition("grant", "Kabulkan", (R.OPEN,), R.GRANTED, may_answer_request, True),
        Transition("refuse", "Tolak dengan alasan", (R.OPEN,), R.REFUSED, may_answer_request, True),
        Transition("withdraw", "Tarik permintaan", (R.OPEN,), R.WITHDRAWN, may_withdraw_request),
    ),
)

BREACH = Workflow(
    states=B,
    transitions=(
        Transition("tell", "Beri tahu yang terkena", (B.OPEN,), B.NOTIFIED, may_keep_breach),
        Transition("close", "Selesaikan", (B.NOTIFIED,), B.CLOSED, may_keep_breach),
    ),
)
