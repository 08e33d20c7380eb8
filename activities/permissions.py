"""Who may see and keep the register of activities."""

from accounts.enums import STAFF_ROLES, Role
from accounts.permissions import has_role

READERS = tuple(role for role in STAFF_ROLES if role not in (Role.ADMINISTRATOR, Role.PDP_OFFICER))
"""Staff who read the register."""

EDITORS = (
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.MEDIATOR,
    Role.SECTION_HEAD,
)
"""Staff who keep the register."""


def can_read_activities(user) -> bool:
    """True for staff who read the register."""
    return has_role(user, *READERS)


def can_keep_activities(user) -> bool:
    """True for staff who add to the register and change it."""
    return has_role(user, *EDITORS)


def keeps_activity(user, activity) -> bool:
    """As `can_keep_activities`, in the form a workflow asks for."""
    return can_keep_activities(user)


def strikes_activity(user, activity) -> bool:
    """Only a head of section takes an activity out of the figures, or back in."""
    return has_role(user, Role.SECTION_HEAD)
