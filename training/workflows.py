"""The steps of a cohort and of a participant."""

from core.workflow import Transition, Workflow
from training import permissions
from training.enums import CohortState as C
from training.enums import EnrolmentState as E

COHORT = Workflow(
    states=C,
    transitions=(
        Transition("open", "Buka pendaftaran", (C.PLANNED,), C.OPEN, permissions.runs_cohort),
        Transition("start", "Mulai pelatihan", (C.OPEN,), C.RUNNING, permissions.runs_cohort),
        Transition("finish", "Selesaikan pelatihan", (C.RUNNING,), C.FINISHED, permissions.runs_cohort),
        Transition(
            "cancel",
            "Batalkan pelatihan",
            (C.PLANNED, C.OPEN),
            C.CANCELLED,
            permissions.runs_cohort,
            needs_comment=True,
        ),
    ),
)

ENROLMENT = Workflow(
    states=E,
    transitions=(
        Transition("accept", "Terima", (E.APPLIED,), E.ACCEPTED, permissions.decides_enrolment),
        Transition(
            "reject", "Tolak", (E.APPLIED,), E.REJECTED, permissions.decides_enrolment, needs_comment=True
        ),
        Transition("attend", "Catat hadir", (E.ACCEPTED,), E.ATTENDING, permissions.decides_enrolment),
        Transition("complete", "Catat hasil", (E.ATTENDING,), E.COMPLETED, permissions.decides_enrolment),
        Transition(
            "amend_result",
            "Ubah hasil",
            (E.COMPLETED,),
            E.COMPLETED,
            permissions.decides_enrolment,
            needs_comment=True,
        ),
        Transition(
            "reapply", "Ajukan lagi", (E.WITHDRAWN, E.REJECTED), E.APPLIED, permissions.decides_enrolment
        ),
        Transition(
            "withdraw",
            "Catat pengunduran diri",
            (E.APPLIED, E.ACCEPTED, E.ATTENDING),
            E.WITHDRAWN,
            permissions.withdraws_enrolment,
            needs_comment=True,
        ),
    ),
)
