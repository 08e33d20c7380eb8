"""Access tokens of the API: made by their owner, shown once, ended by their owner or with the password."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.backends import may_sign_in
from accounts.models import AccessToken, User
from accounts.permissions import needs_second_factor
from accounts.selectors import has_second_factor
from core import audit, clock
from core.errors import Refused

PREFIX = "sdk_"
"""Leads every token, so that a leaked one is recognised by whoever finds it."""
MOST_TOKENS = 5
DAYS = (7, 30, 90)
"""How long a token may live, in days."""


def digest_of(token: str) -> bytes:
    """What is kept of a token. It is long and random, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).digest()


def live_tokens(user: User) -> QuerySet[AccessToken]:
    """The account's tokens that still open something."""
    return AccessToken.objects.filter(user=user, revoked_at=None, expires_at__gt=clock.machine_now())


@transaction.atomic
def make_token(
    *, actor: User, label: str, days: int, may_write: bool, request: HttpRequest | None = None
) -> tuple[AccessToken, str]:
    """Make a token of the actor's own and return it with its clear text, which is kept nowhere.

    Raises Refused for an empty name, another span of days, or too many tokens. The caller has checked the password.
    """
    label = " ".join(label.split())
    if not label:
        raise Refused("Beri nama, misalnya nama program yang memakainya.", field="label")
    if days not in DAYS:
        raise Refused("Pilih masa berlaku dari daftar.", field="days")
    User.objects.select_for_update().get(pk=actor.pk)
    if live_tokens(actor).count() >= MOST_TOKENS:
        raise Refused(f"Token paling banyak {MOST_TOKENS}. Cabut salah satu lebih dulu.")
    token, now = PREFIX + secrets.token_urlsafe(32), clock.machine_now()
    made = AccessToken.objects.create(
        user=actor,
        digest=digest_of(token),
        label=label[:60],
        may_write=may_write,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    detail = {"label": made.label, "days": days, "may_write": may_write}
    audit.record("account.token_made", actor=actor, obj=actor, detail=detail, request=request)
    return made, token


@transaction.atomic
def revoke_tokens(
    *, user: User, actor: User | None, only: AccessToken | None = None, request: HttpRequest | None = None
) -> int:
    """End one token or all of an account; return how many were live."""
    rows = live_tokens(user) if only is None else live_tokens(user).filter(pk=only.pk)
    ended = list(rows.select_for_update())
    for row in ended:
        row.revoked_at = clock.machine_now()
        row.save(update_fields=["revoked_at"])
    if ended:
        detail = {"labels": [row.label for row in ended]}
        audit.record("account.token_revoked", actor=actor, obj=user, detail=detail, request=request)
    return len(ended)


def owner_of(token: str) -> AccessToken | None:
    """The live token of this text, if its owner may sign in now; staff without a second factor may not.

    That it was used is kept by the day.
    """
    found = AccessToken.objects.select_related("user").filter(digest=digest_of(token)).first()
    if found is None or found.revoked_at is not None or found.expires_at <= clock.machine_now():
        return None
    user = found.user
    if not may_sign_in(user) or (needs_second_factor(user) and not has_second_factor(user)):
        return None
    today = clock.machine_now().date()
    if found.last_used_on != today:
        found.last_used_on = today
        found.save(update_fields=["last_used_on"])
    return found


def purge_tokens() -> int:
    """Drop tokens that ended more than DAYS[-1] days ago; return how many."""
    over = clock.machine_now() - timedelta(days=DAYS[-1])
    return AccessToken.objects.filter(expires_at__lt=over).delete()[0]
