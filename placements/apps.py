"""Who was placed, by whom, through which channel."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Placements, channel reports, BKK and P3MI."""

    name = "placements"
    verbose_name = "Penempatan"
