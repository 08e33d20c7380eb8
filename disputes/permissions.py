"""Who may see and handle cases. Their contents are for mediators and the head of section only."""

from accounts.enums import Role
from accounts.permissions import has_role
from core import policies
from core.models.agency import AgencyProfile

MEDIATORS_SEE_ALL = policies.register(
    policies.Policy(
        "mediators_see_all_cases",
        False,
        "Mediator melihat semua perkara",
        "Bawaan: mediator hanya melihat perkaranya sendiri dan perkara yang belum dilimpahkan.",
    )
)


def can_read_cases(user) -> bool:
    """True for mediators and the head of section."""
    return has_role(user, Role.MEDIATOR, Role.SECTION_HEAD)


def sees_all_cases(user) -> bool:
    """True for the head of section, and for mediators where the office's policy says so."""
    if has_role(user, Role.SECTION_HEAD):
        return True
    return has_role(user, Role.MEDIATOR) and AgencyProfile.current().policy(MEDIATORS_SEE_ALL.name)


def can_register(user) -> bool:
    """True for whoever takes in a dispute."""
    return has_role(user, Role.MEDIATOR, Role.SECTION_HEAD)


def is_head(user, case=None) -> bool:
    """True for the head of section."""
    return has_role(user, Role.SECTION_HEAD)


def prepares(user, case) -> bool:
    """True for whoever may handle a case before it has a mediator, and for its mediator afterwards."""
    if is_head(user):
        return True
    return has_role(user, Role.MEDIATOR) and (case.mediator_id is None or case.mediator_id == user.pk)


def mediates(user, case) -> bool:
    """True for the case's own mediator and for the head of section."""
    if is_head(user):
        return True
    return has_role(user, Role.MEDIATOR) and case.mediator_id is not None and case.mediator_id == user.pk
