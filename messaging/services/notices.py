"""Notices under the bell."""

from django.db import transaction
from django.db.models import Q

from core import clock
from core.redaction import redact
from messaging.models import Notice


@transaction.atomic
def notify(user, title: str, body: str, url: str, key: str) -> Notice:
    """Tell `user` something on their own pages, inside the caller's transaction.

    `url` is a path of this site or empty; `key` names the event: the same key for the same user is told once. Runs of
    digits that may be a NIK are masked. Raises ValueError for an address outside this site.
    """
    if url and (not url.startswith("/") or url.startswith("//") or redact(url) != url):
        raise ValueError("a notice leads to a page of this site, without personal data")
    notice, _ = Notice.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "title": redact(title)[:160],
            "body": redact(body)[:1000],
            "url": url,
            "created_at": clock.now(),
        },
    )
    return notice


def mark_read(*, actor, notice: Notice) -> None:
    """Note that `actor` opened the notice; the first time counts, other people's are left alone."""
    Notice.objects.visible_to(actor).unread().filter(pk=notice.pk).update(read_at=clock.now())


def mark_all_read(*, actor) -> int:
    """Note that `actor` has seen all notices; return how many were unread."""
    return Notice.objects.visible_to(actor).unread().update(read_at=clock.now())


@transaction.atomic
def forget_notices(*, user=None, uids: list) -> int:
    """Drop a user's notices, and everybody's that lead to one of the records `uids`; for the erasure of a person."""
    rows = Q(user=user) if user is not None else Q(pk__in=[])
    for uid in uids:
        rows |= Q(url__contains=str(uid))
    return Notice.objects.filter(rows).delete()[0]
