"""Notices under the bell."""

from django.db import transaction

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
