"""The kernel: no business word in it except reference data."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from core import guards


class CoreConfig(AppConfig):
    """Finds the registries that each app fills: measures, jobs, file permissions."""

    name = "core"
    verbose_name = "Inti"

    def ready(self) -> None:
        """Import the modules by which other apps hand in measures and jobs; guard the append-only tables."""
        from core import reindexing, search_index

        post_migrate.connect(guards.ensure, sender=self)
        post_migrate.connect(search_index.ensure, sender=self)
        post_migrate.connect(reindexing.ask_after_update, sender=self)
        autodiscover_modules("measures", "tasks", "exports", "imports")
