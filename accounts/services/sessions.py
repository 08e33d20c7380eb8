"""Sessions: where an account is signed in, and ending that."""

from allauth.usersessions.models import UserSession

from accounts.models import User


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
