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


def can_review(user) -> bool:
    """The checklist before approval: the reviewer of APIP."""
    return has_role(user, Role.APIP_REVIEWER)


def can_approve(user) -> bool:
    """Approval of an edition: the head of the office."""
    return has_role(user, Role.AGENCY_HEAD)


def can_publish(user) -> bool:
    """Publication of what the head approved: the planner, or the head."""
    return has_role(user, Role.PLANNER, Role.AGENCY_HEAD)


def can_write_notes(user) -> bool:
    """Causes and follow-up of a quarter: section heads for their own indicators, the planner for all."""
    return has_role(user, Role.SECTION_HEAD, Role.PLANNER)
