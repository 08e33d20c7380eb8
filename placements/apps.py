"""Who was placed, by whom, through which channel."""

from importlib import import_module

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Placements, channel reports, BKK and P3MI."""

    name = "placements"
    verbose_name = "Penempatan"

    def ready(self) -> None:
        """Register policies and the evidence's permission, hand in "my data", listen at the doors of lower floors."""
        for name in ("policies", "files", "receivers", "my_data"):
            import_module(f"{self.name}.{name}")
