"""The kernel: no business word in it except reference data."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    """Finds the registries that each app fills: measures, jobs, file permissions."""

    name = "core"
    verbose_name = "Inti"

    def ready(self) -> None:
        """Import the modules by which other apps hand in measures and jobs."""
        autodiscover_modules("measures", "tasks")
