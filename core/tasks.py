"""The Celery tasks of the kernel: one works off a job by its number, one sweeps."""

from datetime import time

from celery import shared_task

from core import audit, jobs
from core.reindexing import REINDEX, reindex_job


@shared_task(name="core.run_job", ignore_result=True)
def run_job(number: int) -> None:
    """Work off job `number`, then refill the broker from the table."""
    jobs.run(number, watched=True)
    jobs.dispatch()


@shared_task(name="core.sweep", ignore_result=True)
def sweep() -> None:
    """Recover lost messages and dead workers' jobs; beat sends this every 30 seconds."""
    jobs.sweep()


@jobs.job("core.seal_audit", daily_at=time(0, 30))
def seal_audit(run: jobs.JobRun) -> None:
    """Add a link to the audit chain, once a day; twice does no harm."""
    link = audit.seal_chain()
    with run.finish(events=link.events if link else 0):
        pass


jobs.job(REINDEX)(reindex_job)
