"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JobseekersConfig(AppConfig):
    """People who look for work, and the AK-1 card."""

    name = "jobseekers"
    verbose_name = "Pencari kerja"

    def ready(self) -> None:
        """Register the office's choices and listen to the doors of the floors below."""
        from jobseekers import files, own_parts, policies, receivers, searching  # noqa: F401
        from jobseekers.services.consents import load_texts

        post_migrate.connect(load_texts, sender=self, dispatch_uid="jobseekers.consent_texts")
