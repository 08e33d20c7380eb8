"""The Celery tasks of the kernel: one works off a job by its number, one sweeps."""

from celery import shared_task

from core import jobs


@shared_task(name="core.run_job", ignore_result=True)
def run_job(number: int) -> None:
    """Work off job `number`, then refill the broker from the table."""
    jobs.run(number)
    jobs.dispatch()


@shared_task(name="core.sweep", ignore_result=True)
def sweep() -> None:
    """Recover lost messages and dead workers' jobs; beat sends this every 30 seconds."""
    jobs.sweep()
