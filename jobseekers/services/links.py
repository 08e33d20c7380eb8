"""Mailed one-time links: made, found by their token, used up once.

Only the hash of the token is kept. A page shows what the link is for on GET and calls `use` on POST, so a mail
scanner that opens every link changes nothing.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from core import clock
from core.errors import Refused
from jobseekers.models import AK1Application, AK1Card, JobSeeker, OneTimeLink

TOKEN_BYTES = 24
"""192 random bits: nobody guesses one, limits or not."""
_LONGEST = 64


class LinkDead(Refused):
    """The link was used up or is too old."""


def digest_of(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def make(
    *,
    purpose: str,
    person: JobSeeker,
    card: AK1Card | None = None,
    application: AK1Application | None = None,
    slot: int = 0,
    days: int,
) -> str:
    """Make a link that lives `days` days and return its token, which is kept nowhere: mail it now.

    A second link for the same thing (card and slot, or application) replaces the first: its token dies. So call it
    in the transaction that also queues the mail, and give that mail a key of its own. Raises LinkDead when the first
    was used up already, and ValueError without anything that the link is about.
    """
    if card is None and application is None:
        raise ValueError("a link is about a card or an application")
    before = OneTimeLink.objects.select_for_update().filter(
        purpose=purpose, jobseeker=person, card=card, application=application, slot=slot
    )
    for link in before:
        if link.used_at is not None:
            raise LinkDead("Tautan untuk ini sudah dipakai. Tidak ada tautan baru yang dikirim.")
        link.delete()
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    OneTimeLink.objects.create(
        digest=digest_of(token),
        purpose=purpose,
        jobseeker=person,
        card=card,
        application=application,
        slot=slot,
        sent_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token


def find(token: str, purpose: str) -> OneTimeLink | None:
    """Return the link of a token while it can be used; None for an unknown, used, old or dead one.

    The four look the same to the reader, so a guess learns nothing.
    """
    if len(token) > _LONGEST:
        return None
    links = OneTimeLink.objects.filter(digest=digest_of(token), purpose=purpose)
    links = links.filter(used_at__isnull=True, expires_at__gt=clock.now())
    links = links.filter(jobseeker__merged_into__isnull=True, jobseeker__erased_at__isnull=True)
    return links.select_related("jobseeker", "card", "application").first()


@transaction.atomic
def use(link: OneTimeLink) -> OneTimeLink:
    """Use the link up and return it; the caller has locked the person before (first lock of every service).

    Raises LinkDead when it was used or ran out meanwhile; of two at once only one gets through.
    """
    fresh = OneTimeLink.objects.select_for_update().filter(pk=link.pk).first()
    now = clock.now()
    if fresh is None or fresh.used_at is not None or fresh.expires_at <= now:
        raise LinkDead(
            "Tautan ini sudah dipakai atau sudah lewat waktunya. Masuk ke akun Anda, atau hubungi Dinas."
        )
    fresh.used_at = now
    fresh.save(update_fields=["used_at"])
    return fresh
