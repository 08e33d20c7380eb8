"""App configuration."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Outbox and notices."""

    name = "messaging"
    verbose_name = "Pesan"

    def ready(self) -> None:
        """Register the jobs and the checks."""
        from messaging import checks, tasks  # noqa: F401
