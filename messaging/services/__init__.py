"""Writes of the messaging app."""

from messaging.services.notices import forget_notices, mark_all_read, mark_read, notify
from messaging.services.outbox import FORGET, forget_address, send_email

__all__ = ["FORGET", "forget_address", "forget_notices", "mark_all_read", "mark_read", "notify", "send_email"]
