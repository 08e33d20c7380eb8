"""Putting messages into the outbox, delivering them, and dropping what is no longer needed."""

import smtplib
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q

from core import clock
from core.errors import Refused
from core.jobs import HopelessError, JobRun, enqueue
from core.redaction import redact
from messaging.channels import sender_of
from messaging.enums import Channel, MessageState
from messaging.models import Message

DELIVER = "messaging.deliver"
ATTEMPTS = 8
KEEP_BODY = timedelta(days=365)
GIVE_UP_AFTER = timedelta(days=3)
FORGET = "erased:"
"""Begins the key of a person's last message: once it is closed, address and words go with the next purge."""


def send_email(to: str, subject: str, body: str, *, key: str, expires_at: datetime | None = None) -> Message:
    """Put one e-mail into the outbox, inside the caller's transaction; a job delivers it after commit.

    `key` names the effect: a second call with the same key returns the first message. A body with a link that opens
    something must give `expires_at`: it is not sent after that, and its text is dropped once sent. Runs of digits that
    may be a NIK are masked. Raises Refused when the address cannot be one.
    """
    try:
        validate_email(to)
    except ValidationError:
        raise Refused(
            "Alamat e-mail tidak lengkap. Tulis seperti nama@contoh.go.id.", field="email"
        ) from None
    message = Message(
        key=key,
        channel=Channel.EMAIL,
        recipient=to,
        subject=redact(" ".join(subject.split()))[:200],
        has_link=expires_at is not None,
        created_at=clock.machine_now(),
        expires_at=expires_at,
    )
    message.body = redact(body)
    with transaction.atomic(savepoint=False):
        message, created = Message.objects.get_or_create(
            key=key,
            defaults={
                field.attname: getattr(message, field.attname)
                for field in Message._meta.concrete_fields
                if field.name not in ("id", "key")
            },
        )
        if created:
            enqueue(DELIVER, key=str(message.uid), payload={"message": message.pk})
    return message


def deliver(run: JobRun) -> None:
    """Send the message of a job. Sent at least once; the message's own id lets a repeated mail be recognised."""
    message = Message.objects.filter(pk=run.payload["message"]).first()
    if message is None or message.state != MessageState.QUEUED:  # erased with its recipient, or done
        return
    if message.expires_at and message.expires_at <= clock.machine_now():
        with run.finish():
            _close(message, MessageState.EXPIRED)
        return
    try:
        sender_of(message.channel)(message)
    except Exception as problem:
        hopeless = isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPNotSupportedError)
        last = hopeless or run.job.attempts >= ATTEMPTS
        _note_failure(message, problem, last=last)
        if last:
            raise HopelessError(redact(str(problem))) from problem
        raise
    with run.finish():
        _close(message, MessageState.SENT)


@transaction.atomic
def _note_failure(message: Message, problem: Exception, *, last: bool) -> None:
    Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(
        attempts=F("attempts") + 1, error=redact(f"{type(problem).__name__}: {problem}")[:300]
    )
    if last:
        _close(message, MessageState.FAILED, error=None)


def _close(message: Message, state: str, *, error: str | None = "") -> None:
    """End a queued message; the text of one with a link goes with it."""
    now = clock.machine_now()
    changes = {"state": state, "sent_at": now if state == MessageState.SENT else None}
    if error is not None:
        changes["error"] = error
    if state == MessageState.SENT:
        changes["attempts"] = F("attempts") + 1
    if message.has_link:
        changes |= {"body_sealed": None, "purged_at": now}
    Message.objects.filter(pk=message.pk, state=MessageState.QUEUED).update(**changes)


@transaction.atomic
def purge() -> int:
    """Close what will never be sent and drop the texts no longer needed; return how many texts were dropped."""
    now = clock.machine_now()
    waiting = Message.objects.filter(state=MessageState.QUEUED)
    waiting.filter(expires_at__lte=now).update(state=MessageState.EXPIRED)
    waiting.filter(created_at__lte=now - GIVE_UP_AFTER).update(state=MessageState.FAILED)
    last = Message.objects.filter(key__startswith=FORGET).exclude(state=MessageState.QUEUED)
    _forget(last.exclude(recipient=""))
    return (
        Message.objects.filter(purged_at__isnull=True)
        .exclude(state=MessageState.QUEUED)
        .filter(Q(has_link=True) | Q(created_at__lte=now - KEEP_BODY))
        .update(body_sealed=None, purged_at=now)
    )


@transaction.atomic
def forget_address(*addresses: str) -> int:
    """Take an address out of the outbox: what was not sent is dropped, of the rest time and state remain.

    For the erasure of a person. Returns how many messages were reached.
    """
    rows = Message.objects.filter(recipient__in=[address for address in addresses if address])
    dropped = rows.filter(state=MessageState.QUEUED).delete()[0]
    return dropped + _forget(rows)


def _forget(rows) -> int:
    now = clock.machine_now()
    return rows.update(recipient="", subject="", error="", body_sealed=None, purged_at=now)
