"""The outbox: one row for every message that leaves the office."""

import uuid

from django.db import models
from django.db.models import Q

from core.personal import clear_value, register_sealed, seal_into
from messaging.enums import Channel, MessageState


class MessageQuerySet(models.QuerySet):
    """Outgoing messages."""

    def visible_to(self, user) -> "MessageQuerySet":
        """Nobody reads other people's mail here; the outbox has no page."""
        return self.none()


class Message(models.Model):
    """One message to one address, saved with the business change that causes it and delivered by a job.

    `key` names the wanted effect: a second message with the same key is not made. The text is sealed at rest, since it
    may hold a link that opens an account; it is dropped when it is no longer needed (`purged_at`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body_sealed = models.BinaryField("isi surat", null=True, editable=False)
    has_link = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=MessageState.choices, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "pesan keluar"
        verbose_name_plural = "pesan keluar"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MessageState.values), name="messaging_message_state"
            ),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="messaging_message_channel"),
            models.CheckConstraint(
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at__isnull=True)),
                name="messaging_message_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=MessageState.QUEUED) | Q(purged_at__isnull=True),
                name="messaging_message_queued_has_body",
            ),
            models.CheckConstraint(
                condition=Q(purged_at__isnull=True) | Q(body_sealed__isnull=True),
                name="messaging_message_purged",
            ),
            models.CheckConstraint(
                condition=Q(has_link=False) | Q(expires_at__isnull=False),
                name="messaging_message_link_expires",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "created_at"],
                name="messaging_message_to_purge",
                condition=Q(purged_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.uid}"

    @property
    def body(self) -> str:
        """The text; empty when it has been dropped."""
        return clear_value(self, "body_sealed")

    @body.setter
    def body(self, text: str) -> None:
        seal_into(self, "body_sealed", text)


register_sealed(Message, "body_sealed")
