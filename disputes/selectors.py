"""Reads of the disputes app."""

from accounts.enums import Role
from accounts.models import User
from core import clock
from disputes.models import CaseDeadline, DisputeCase


def active_mediators():
    """Users who hold the role of mediator now, by name."""
    return (
        User.objects.filter(
            is_active=True, memberships__role=Role.MEDIATOR, memberships__ended_on__isnull=True
        )
        .distinct()
        .order_by("full_name", "pk")
    )


def open_cases(user):
    """Open cases that the user may see, the nearest deadline first."""
    return DisputeCase.objects.visible_to(user).open().with_next_deadline().order_by("due_on", "pk")


def running_deadlines(user):
    """Terms that run in the cases that the user may see, the nearest first."""
    return (
        CaseDeadline.objects.filter(met_on__isnull=True, case__in=DisputeCase.objects.visible_to(user))
        .select_related("case__company__institution", "case__mediator")
        .order_by("due_on", "pk")
    )


def overdue_count(user) -> int:
    """How many running terms have passed, in the cases that the user may see."""
    return running_deadlines(user).filter(due_on__lt=clock.today()).count()
