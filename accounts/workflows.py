"""States and steps of institutions and of claims on a NIK."""

from accounts.enums import ClaimState, InstitutionState, Role
from core.workflow import Transition, Workflow


def _may_decide_claim(user, claim) -> bool:
    return bool(user) and bool(user.active_roles & {Role.PLACEMENT_OFFICER, Role.ADMINISTRATOR})


def _may_close(user, institution) -> bool:
    return bool(user) and Role.ADMINISTRATOR in user.active_roles


INSTITUTION = Workflow(
    states=InstitutionState,
    transitions=(
        Transition("close", "Tutup lembaga", ("ACTIVE",), "CLOSED", _may_close, needs_comment=True),
        Transition("reopen", "Buka lagi", ("CLOSED",), "ACTIVE", _may_close, needs_comment=True),
    ),
)

CLAIM = Workflow(
    states=ClaimState,
    transitions=(
        Transition("grant", "Terima klaim", ("OPEN",), "GRANTED", _may_decide_claim, needs_comment=True),
        Transition("refuse", "Tolak klaim", ("OPEN",), "REFUSED", _may_decide_claim, needs_comment=True),
    ),
)
