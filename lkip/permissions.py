"""Who may do what with the performance report."""

from accounts.enums import STAFF_ROLES, Role
from accounts.permissions import has_role

EVIDENCE_ROLES = (Role.PLANNER, Role.SECTION_HEAD, Role.AGENCY_HEAD, Role.APIP_REVIEWER)


def can_see_report(user) -> bool:
    """The figures of a year, with definitions: every member of staff."""
    return has_role(user, *STAFF_ROLES)


def can_see_evidence(user) -> bool:
    """The records behind a figure (masked): those who answer for the report or review it."""
    return has_role(user, *EVIDENCE_ROLES)


def can_plan(user) -> bool:
    """Targets, statistics and budget: the planner."""
    return has_role(user, Role.PLANNER)
