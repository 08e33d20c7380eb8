"""The steps of an activity in the register."""

from activities import permissions
from activities.enums import ActivityState as S
from core.workflow import Transition, Workflow

ACTIVITY = Workflow(
    states=S,
    transitions=(
        Transition(
            "strike",
            "Coret dari register",
            (S.RECORDED,),
            S.STRUCK,
            permissions.strikes_activity,
            needs_comment=True,
        ),
        Transition(
            "restore",
            "Batalkan coretan",
            (S.STRUCK,),
            S.RECORDED,
            permissions.strikes_activity,
            needs_comment=True,
        ),
    ),
)
