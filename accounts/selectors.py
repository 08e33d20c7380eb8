"""Reads that span models."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from accounts.enums import InstitutionState
from accounts.models import Institution, Membership, User, UserIdentifier
from accounts.models.user import normalise_email
from core import clock
from core.errors import Refused
from core.nik import clean_nik
from core.personal import blind_index

NOBODY = "nik.invalid"


def user_of_login(login: str) -> User | None:
    """Return the account that an e-mail or a NIK signs in to, or None."""
    return User.objects.filter(email=email_of_login(login)).first()


def email_of_login(login: str) -> str:
    """Return the e-mail under which a typed e-mail or NIK signs in.

    A NIK that nobody holds becomes an address that nobody has, made from its keyed hash: what comes after (limits,
    lock-outs, sessions, logs) never sees the NIK, and works the same whether or not there is an account.
    """
    if "@" in login:
        return normalise_email(login)
    try:
        nik = clean_nik(login)
    except Refused:
        return normalise_email(login)
    holder = UserIdentifier.objects.holder_of(nik)
    return holder.user.email if holder else f"{blind_index(nik).hex()[:40]}@{NOBODY}"


def users_with_role(*roles: str, institution: Institution | None = None) -> QuerySet[User]:
    """Active users who hold one of `roles` now (for that institution, when one is given), by name."""
    held = Membership.objects.open().filter(user=OuterRef("pk"), role__in=roles)
    held = held.exclude(institution__state=InstitutionState.CLOSED)
    if institution is not None:
        held = held.filter(institution=institution)
    return User.objects.filter(Exists(held), is_active=True)


def has_second_factor(user: User) -> bool:
    """True when `user` has set up codes from an authenticator app."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Where `user` is signed in now, newest first."""
    return UserSession.objects.filter(Exists(_alive()), user=user).order_by("-created_at", "-pk")


def ended_sessions() -> QuerySet[UserSession]:
    """Rows of sessions that have ended or run out."""
    return UserSession.objects.filter(~Exists(_alive()))


def _alive() -> QuerySet[Session]:
    return Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.machine_now())
