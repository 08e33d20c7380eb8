"""App configuration."""

from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    """People who look for work, and the AK-1 card."""

    name = "jobseekers"
    verbose_name = "Pencari kerja"

    def ready(self) -> None:
        """Register the office's choices and listen to the doors of the floors below."""
        from jobseekers import files, policies, receivers, searching  # noqa: F401
