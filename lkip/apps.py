"""The annual performance report (LKIP), computed from the records of the other rooms."""

from django.apps import AppConfig


class LkipConfig(AppConfig):
    """Plans, budget, indicators and figures; asks measures by code and imports no operational app."""

    name = "lkip"
    verbose_name = "LKIP"

    def ready(self) -> None:
        """Make the lists behind the numbers; the measures are registered by now."""
        from core.files import register_file_permission
        from lkip.evidence import build_tables
        from lkip.permissions import can_see_report

        register_file_permission("lkip.statistic", lambda user, stored: can_see_report(user))
        build_tables()
