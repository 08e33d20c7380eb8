"""How each channel hands a message over: one function a channel."""

from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from messaging.enums import Channel
from messaging.models import Message

MESSAGE_ID = "Message-ID"
OUTBOX_ID = "X-Outbox-Id"


def send_by_email(message: Message) -> None:
    """Hand the message to settings.OUTBOX_EMAIL_BACKEND; raises what that raises.

    The mail's id is made from the row's, so that a mail sent twice after a crash is the same mail to a mail server.
    """
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.recipient],
        headers={MESSAGE_ID: f"<{message.uid}@{host}>", OUTBOX_ID: str(message.uid)},
        connection=get_connection(settings.OUTBOX_EMAIL_BACKEND),
    ).send()


_senders: dict[str, Callable[[Message], None]] = {Channel.EMAIL: send_by_email}


def sender_of(channel: str) -> Callable[[Message], None]:
    """The function that sends by `channel`; KeyError when there is none."""
    return _senders[channel]
