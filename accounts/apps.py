"""App configuration."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who works here, for which institution, in which role."""

    name = "accounts"
    verbose_name = "Akun"
