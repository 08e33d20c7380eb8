"""Models of the messaging app."""

from messaging.models.message import Message
from messaging.models.notice import Notice

__all__ = ["Message", "Notice"]
