"""App configuration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """From the programme to the certificate in hand."""

    name = "training"
    verbose_name = "Pelatihan"
