"""The steps of a case, after UU 2/2004 and Permenaker 17/2014."""

from core.workflow import Transition, Workflow
from disputes import permissions
from disputes.enums import DisputeState as S

BEFORE_MEDIATION = (S.REGISTERED, S.OFFERED, S.ASSIGNED, S.CLARIFICATION)
OPEN = tuple(state for state in S.values if state != S.CLOSED)

CASE = Workflow(
    states=S,
    transitions=(
        Transition(
            "return_file",
            "Kembalikan berkas",
            (S.REGISTERED,),
            S.INCOMPLETE,
            permissions.prepares,
            needs_comment=True,
        ),
        Transition(
            "complete_file", "Catat berkas lengkap", (S.INCOMPLETE,), S.REGISTERED, permissions.prepares
        ),
        Transition(
            "lapse", "Tutup karena berkas tidak dilengkapi", (S.INCOMPLETE,), S.CLOSED, permissions.prepares
        ),
        Transition(
            "offer", "Tawarkan konsiliasi atau arbitrase", (S.REGISTERED,), S.OFFERED, permissions.prepares
        ),
        Transition(
            "assign", "Limpahkan ke mediator", (S.REGISTERED, S.OFFERED), S.ASSIGNED, permissions.is_head
        ),
        Transition("clarify", "Mulai klarifikasi", (S.ASSIGNED,), S.CLARIFICATION, permissions.mediates),
        Transition(
            "open_session",
            "Catat sidang mediasi pertama",
            (S.ASSIGNED, S.CLARIFICATION),
            S.MEDIATION,
            permissions.mediates,
        ),
        Transition(
            "recommend", "Catat anjuran tertulis", (S.MEDIATION,), S.RECOMMENDED, permissions.mediates
        ),
        Transition("accept", "Catat anjuran diterima", (S.RECOMMENDED,), S.AGREED, permissions.mediates),
        Transition(
            "settle_bipartite",
            "Tutup: sepakat bipartit ulang",
            BEFORE_MEDIATION,
            S.CLOSED,
            permissions.prepares,
        ),
        Transition(
            "settle_agreement", "Tutup: perjanjian bersama", (S.MEDIATION,), S.CLOSED, permissions.mediates
        ),
        Transition("settle_accepted", "Tutup: PB atas anjuran", (S.AGREED,), S.CLOSED, permissions.mediates),
        Transition(
            "settle_rejected", "Tutup: anjuran ditolak", (S.RECOMMENDED,), S.CLOSED, permissions.mediates
        ),
        Transition(
            "withdraw", "Tutup: dicabut pemohon", OPEN, S.CLOSED, permissions.prepares, needs_comment=True
        ),
        Transition(
            "hand_over",
            "Teruskan ke pihak lain",
            (*BEFORE_MEDIATION, S.MEDIATION),
            S.CLOSED,
            permissions.prepares,
            needs_comment=True,
        ),
        Transition(
            "reopen", "Buka kembali", (S.CLOSED,), S.REGISTERED, permissions.is_head, needs_comment=True
        ),
    ),
)
