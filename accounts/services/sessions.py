"""Sessions: where an account is signed in, and ending that."""

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings

from accounts.models import User
from accounts.selectors import ended_sessions
from core import clock


def end_session(*, actor: User, session: UserSession) -> None:
    """End one session of the actor's own."""
    if session.user_id != actor.pk:
        raise PermissionError("a session is ended by its own user")
    session.end()


def end_other_sessions(*, actor: User, current_key: str) -> int:
    """End all sessions of the actor but the one with `current_key`; return how many."""
    others = list(UserSession.objects.filter(user=actor).exclude(session_key=current_key))
    for session in others:
        session.end()
    return len(others)


def end_sessions_of(*, user: User) -> int:
    """End all sessions of an account; return how many."""
    return end_other_sessions(actor=user, current_key="")


def purge_ended_sessions() -> int:
    """Drop the rows of sessions that have ended or run out; return how many."""
    return ended_sessions().delete()[0]


def purge_lock_outs() -> int:
    """Drop the lock-out rows whose lock is over; return how many."""
    over = clock.machine_now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__lt=over).delete()[0]
