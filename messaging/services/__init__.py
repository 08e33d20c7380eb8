"""Writes of the messaging app."""

from messaging.services.notices import mark_all_read, mark_read, notify
from messaging.services.outbox import send_email

__all__ = ["mark_all_read", "mark_read", "notify", "send_email"]
