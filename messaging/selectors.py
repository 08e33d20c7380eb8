"""Reads of the messaging app."""

import email
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

from core import clock
from messaging.models import Notice

NEWEST = 200


def unread_count(user) -> int:
    """How many notices wait under the bell of `user`."""
    return Notice.objects.visible_to(user).unread().count()


@dataclass(frozen=True)
class DemoMail:
    """A mail in the demo's folder."""

    uid: uuid.UUID
    to: str
    subject: str
    sent_at: datetime
    body: str


def demo_mails() -> list[DemoMail]:
    """The newest mails of the demo's folder, newest first."""
    folder = Path(settings.DEMO_MAIL_DIR)
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [_read(file) for file in files[:NEWEST]]


def demo_mail(uid: uuid.UUID) -> DemoMail | None:
    """One mail of the demo's folder, or None."""
    file = Path(settings.DEMO_MAIL_DIR) / f"{uid}.eml"
    return _read(file) if file.is_file() else None


def _read(file: Path) -> DemoMail:
    mail = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    sent_at = parsedate_to_datetime(str(mail["Date"]))
    return DemoMail(
        uid=uuid.UUID(file.stem),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        sent_at=clock.local(sent_at if sent_at.tzinfo else sent_at.replace(tzinfo=UTC)),
        body=mail.get_content(),
    )
