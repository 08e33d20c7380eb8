"""Signs of life of the worker and of beat, as files that a health check can look at."""

from pathlib import Path

from celery import bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings

EVERY_SECONDS = 1.0


def sign_file(process: str) -> Path:
    """Return the file whose time of change is the last sign of life of `process` ("worker" or "beat")."""
    return settings.SIGN_DIR / f"{process}.alive"


def give_sign(process: str) -> None:
    """Touch the sign file of `process`."""
    sign_file(process).parent.mkdir(parents=True, exist_ok=True)
    sign_file(process).touch()


class WorkerSign(bootsteps.StartStopStep):
    """Gives a sign every second while the worker's own loop turns."""

    requires = ("celery.worker.components:Timer",)

    def __init__(self, worker, **kwargs) -> None:
        """Start without a timer entry."""
        super().__init__(worker, **kwargs)
        self.entry = None

    def start(self, worker) -> None:
        """Begin to give signs."""
        give_sign("worker")
        self.entry = worker.timer.call_repeatedly(EVERY_SECONDS, give_sign, ("worker",), priority=10)

    def stop(self, worker) -> None:
        """Stop and leave no sign behind."""
        if self.entry is not None:
            self.entry.cancel()
        sign_file("worker").unlink(missing_ok=True)


class SignallingScheduler(PersistentScheduler):
    """Beat's own scheduler, which gives a sign at every turn."""

    def tick(self, *args, **kwargs):
        """Send what is due and return the seconds until the next turn, at most one."""
        give_sign("beat")
        return min(super().tick(*args, **kwargs), EVERY_SECONDS)
