"""The annual performance report (LKIP), computed from the records of the other rooms."""

from django.apps import AppConfig


class LkipConfig(AppConfig):
    """Plans, budget, indicators and figures; asks measures by code and imports no operational app."""

    name = "lkip"
    verbose_name = "LKIP"

    def ready(self) -> None:
        """Make the lists behind the numbers; the measures are registered by now."""
        from lkip import files  # noqa: F401 - says who opens the evidence of notes, and the pictures of the year
        from lkip.evidence import build_tables
        from lkip.services import checking  # noqa: F401 - its jobs register themselves

        build_tables()
