"""Jobs of the messaging app."""

from datetime import time

from core.jobs import JobRun, job
from messaging.services import outbox


@job(outbox.DELIVER, attempts=outbox.ATTEMPTS)
def deliver(run: JobRun) -> None:
    """Send one message of the outbox."""
    outbox.deliver(run)


@job("messaging.purge", daily_at=time(2, 30))
def purge(run: JobRun) -> None:
    """Drop texts that are no longer needed."""
    with run.finish() as result:
        result["dropped"] = outbox.purge()
