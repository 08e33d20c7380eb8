"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who works here, for which institution, in which role."""

    name = "accounts"
    verbose_name = "Akun"

    def ready(self) -> None:
        """Register jobs, checks and the audit of sign-ins."""
        from accounts import checks, notifications, tasks  # noqa: F401
