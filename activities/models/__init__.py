"""Models of the activities app."""

from activities.models.activity import Activity, ActivityParticipants

__all__ = ["Activity", "ActivityParticipants"]
