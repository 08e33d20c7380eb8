"""App configuration."""

from django.apps import AppConfig


class JobseekersConfig(AppConfig):
    """People who look for work, and the AK-1 card."""

    name = "jobseekers"
    verbose_name = "Pencari kerja"
