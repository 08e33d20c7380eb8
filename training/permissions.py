"""Who may see and change training data."""

from accounts.enums import InstitutionKind, Role
from accounts.permissions import acts_for, has_role, institutions_of

READERS = (
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.SECTION_HEAD,
    Role.PLANNER,
    Role.APIP_REVIEWER,
    Role.AGENCY_HEAD,
)
"""Staff who read providers, programmes and cohorts."""

EDITORS = (Role.TRAINING_OFFICER, Role.SECTION_HEAD)
"""Staff who run the trainings."""

TRAINEE_READERS = (Role.TRAINING_OFFICER, Role.PLACEMENT_OFFICER, Role.SECTION_HEAD)
"""Staff who see who took part; others see numbers only."""


def can_read_trainings(user) -> bool:
    """True for staff who read cohorts, and for an LPK's operator (who finds only the own ones)."""
    return has_role(user, *READERS, Role.LPK_OPERATOR)


def can_read_trainees(user) -> bool:
    """True for staff who see participants, and for an LPK's operator (who finds only the own ones)."""
    return has_role(user, *TRAINEE_READERS, Role.LPK_OPERATOR)


def can_run_trainings(user) -> bool:
    """True for staff who enrol, decide and record results."""
    return has_role(user, *EDITORS)


def can_enrol(user) -> bool:
    """True for whoever may put a person on the list of a cohort."""
    return can_run_trainings(user) or has_role(user, Role.LPK_OPERATOR)


def own_providers(user):
    """The institutions of kind LPK or BLK that `user` acts for."""
    return institutions_of(user, InstitutionKind.LPK, InstitutionKind.BLK)


def serves_cohort(user, cohort) -> bool:
    """True for staff who run trainings and for the operator of the cohort's own provider."""
    if can_run_trainings(user):
        return True
    return cohort.provider is not None and acts_for(user, cohort.provider.institution, Role.LPK_OPERATOR)


def runs_cohort(user, cohort) -> bool:
    """True for staff who run trainings; in the form a workflow asks for."""
    return can_run_trainings(user)


def decides_enrolment(user, enrolment) -> bool:
    """True for staff who run trainings: seats, results and completion become the office's figures."""
    return can_run_trainings(user)


def withdraws_enrolment(user, enrolment) -> bool:
    """True for staff, the cohort's own provider, and the participant."""
    return serves_cohort(user, enrolment.cohort) or is_participant(user, enrolment)


def is_participant(user, enrolment) -> bool:
    """True when the enrolment is the user's own."""
    return bool(user and user.is_authenticated) and enrolment.jobseeker.user_id == user.pk


def can_read_enrolments(user) -> bool:
    """As `can_read_trainees`, and a job seeker, who finds only the own trainings."""
    return can_read_trainees(user) or has_role(user, Role.JOBSEEKER)
