"""The app that makes an installation interruptible."""

from django.apps import AppConfig


class Slow(AppConfig):
    """Put the places where a process can be held; shorten the leases when JOB_LEASE says so."""

    name = "tests.ops.slow"
    label = "slow"

    def ready(self) -> None:
        """All other apps are ready: this one comes last."""
        from tests.ops.slow import holds

        holds.put()
