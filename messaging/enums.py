"""Channels and states of outgoing messages."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """By which way a message leaves; others come with their own issue."""

    EMAIL = "EMAIL", "E-mail"


class MessageState(TextChoices):
    """Where a message stands. All but QUEUED are final."""

    QUEUED = "QUEUED", "Menunggu"
    SENT = "SENT", "Terkirim"
    FAILED = "FAILED", "Gagal"
    EXPIRED = "EXPIRED", "Kedaluwarsa"
