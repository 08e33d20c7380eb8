"""Django e-mail backends: into the outbox, and into a folder that the demo shows in the browser."""

import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from messaging.services.outbox import send_email

KEY_HEADER = "X-Outbox-Key"


class OutboxEmailBackend(BaseEmailBackend):
    """settings.EMAIL_BACKEND: whatever Django or a library mails goes through the outbox.

    A header X-Outbox-Key makes a mail idempotent. Attachments are not kept; a mail with one is refused loudly.
    """

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """Put each recipient's copy into the outbox and return how many mails were taken."""
        for mail in email_messages:
            if mail.attachments:
                raise ValueError("the outbox carries no attachments; send a link to the page instead")
            key = mail.extra_headers.get(KEY_HEADER) or f"mail:{uuid.uuid4()}"
            for number, address in enumerate(mail.recipients()):
                send_email(address, mail.subject, mail.body, key=f"{key}:{number}")
        return len(email_messages)


class FolderBackend(BaseEmailBackend):
    """Writes each mail as an .eml file into DEMO_MAIL_DIR, named after the outbox row: twice sent, one file."""

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        """Write the files and return how many."""
        folder = Path(settings.DEMO_MAIL_DIR)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for mail in email_messages:
            name = mail.extra_headers.get("X-Outbox-Id") or str(uuid.uuid4())
            part = folder / f"{name}.part"
            part.write_bytes(mail.message().as_bytes())
            part.chmod(0o600)
            part.replace(folder / f"{uuid.UUID(name)}.eml")
        return len(email_messages)
