"""Which home a role has."""

from collections.abc import Callable
from typing import Any

from accounts.enums import Role
from portal.homes import outside, staff
from portal.homes.parts import Home

BUILDERS: dict[str, Callable[[Any], Home]] = {
    Role.PLACEMENT_OFFICER: staff.placement_officer,
    Role.TRAINING_OFFICER: staff.training_officer,
    Role.FAIR_OFFICER: staff.fair_officer,
    Role.MEDIATOR: staff.mediator,
    Role.SECTION_HEAD: staff.section_head,
    Role.PLANNER: staff.planner,
    Role.APIP_REVIEWER: staff.reviewer,
    Role.AGENCY_HEAD: staff.agency_head,
    Role.ADMINISTRATOR: staff.administrator,
    Role.PDP_OFFICER: staff.pdp_officer,
    Role.COMPANY_OPERATOR: outside.company_operator,
    Role.LPK_OPERATOR: outside.training_operator,
    Role.BKK_OPERATOR: outside.reporting_operator,
    Role.P3MI_OPERATOR: outside.reporting_operator,
    Role.UNION_OPERATOR: outside.union_operator,
    Role.JOBSEEKER: outside.jobseeker,
}


def roles_of(user: Any) -> list[str]:
    """The roles the user holds now, in the order of their homes."""
    return [role for role in BUILDERS if role in user.active_roles]


def home_for(user: Any, role: str) -> Home:
    """The home of one role that the user holds."""
    return BUILDERS[role](user)
