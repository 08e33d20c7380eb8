"""Makes the checks of the installation known to Django."""

from django.apps import AppConfig


class InstallationConfig(AppConfig):
    """The installation itself: no models, only checks."""

    name = "config"
    verbose_name = "Instalasi"

    def ready(self) -> None:
        """Register the checks."""
        from config import checks  # noqa: F401
