"""App configuration."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What the office did, when, for how many people."""

    name = "activities"
    verbose_name = "Kegiatan dinas"
