"""App configuration."""

from django.apps import AppConfig


class DisputesConfig(AppConfig):
    """Cases between workers and employers, mediated by the office (UU 2/2004)."""

    name = "disputes"
    verbose_name = "Hubungan industrial"
