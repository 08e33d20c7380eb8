"""App configuration."""

from django.apps import AppConfig


class EmployersConfig(AppConfig):
    """The companies of the city and what they must tell the office."""

    name = "employers"
    verbose_name = "Perusahaan"
