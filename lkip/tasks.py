"""Jobs of the performance report."""

from datetime import time

from core import clock
from core.jobs import JobRun, job
from lkip.notifications import remind_all


@job("lkip.remind_quarters", daily_at=time(7, 0))
def remind_quarters(run: JobRun) -> None:
    """Remind the owners of indicators whose note of the quarter is missing; told once however often it runs."""
    with run.finish() as result:
        result["asked"] = remind_all(clock.today())
