"""App configuration."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What the office did, when, for how many people."""

    name = "activities"
    verbose_name = "Kegiatan dinas"

    def ready(self) -> None:
        """Let readers of the register open the evidence of activities."""
        from activities.permissions import can_read_activities
        from core.files import register_file_permission

        register_file_permission("activities.evidence", lambda user, stored: can_read_activities(user))
