"""Who is who: the predicates that every other app asks."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.enums import STAFF_ROLES, InstitutionState, Role
from accounts.models import Institution


def has_role(user, *roles: str) -> bool:
    """True when `user` holds at least one of `roles` now. Nobody who is not signed in holds any."""
    return bool(user and user.is_authenticated and user.active_roles.intersection(roles))


def is_staff_member(user) -> bool:
    """True when `user` works in the office, in any of STAFF_ROLES."""
    return has_role(user, *STAFF_ROLES)


def is_administrator(user) -> bool:
    """True when `user` manages users, institutions and memberships."""
    return has_role(user, Role.ADMINISTRATOR)


def institutions_of(user, *kinds: str) -> QuerySet[Institution]:
    """Active institutions that `user` acts for now, of the given kinds (all kinds when none is given)."""
    if not (user and user.is_authenticated):
        return Institution.objects.none()
    own = [m.institution_id for m in user.active_memberships if m.institution_id]
    found = Institution.objects.filter(pk__in=own, state=InstitutionState.ACTIVE)
    return found.filter(kind__in=kinds) if kinds else found


def acts_for(user, institution: Institution, *roles: str) -> bool:
    """True when `user` holds one of `roles` (any when none is given) for exactly this institution."""
    return bool(user and user.is_authenticated) and any(
        m.institution_id == institution.pk and (not roles or m.role in roles) for m in user.active_memberships
    )


def can_decide_claims(user) -> bool:
    """True when `user` may decide who a NIK belongs to."""
    return has_role(user, Role.PLACEMENT_OFFICER, Role.ADMINISTRATOR)


def needs_second_factor(user) -> bool:
    """True when `user` must have a second factor: all staff, but demo logins while the demo runs."""
    return is_staff_member(user) and not (user.is_demo and settings.DEMO_MODE)
