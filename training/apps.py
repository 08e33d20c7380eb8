"""App configuration."""

from importlib import import_module

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """From the programme to the certificate in hand."""

    name = "training"
    verbose_name = "Pelatihan"

    def ready(self) -> None:
        """Tell the job seekers' room about the trainings here, and hand in what this room holds about a person."""
        for name in ("history", "my_data"):
            import_module(f"training.{name}")
