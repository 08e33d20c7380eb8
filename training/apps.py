"""App configuration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """From the programme to the certificate in hand."""

    name = "training"
    verbose_name = "Pelatihan"

    def ready(self) -> None:
        """Tell the job seekers' room about the trainings here."""
        from training import history  # noqa: F401
