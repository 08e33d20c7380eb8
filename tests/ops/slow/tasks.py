"""Handlers of the test jobs: the effect is a number drawn from a counter, so that doing it twice would show."""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

from core.jobs import job
from core.numbering import next_number

SERIES, YEAR = "ops-test", 2023


@job("ops.quick")
def quick(run) -> None:
    """Draw a number."""
    with run.finish() as result:
        result["number"] = next_number(SERIES, YEAR)


@job("ops.slow", lease=timedelta(seconds=4))
def slow(run) -> None:
    """Draw a number; the first attempt leaves a mark and hangs before it does."""
    if run.job.attempts == 1:
        (Path(os.environ["DATA_DIR"]) / f"hanging-{run.job.pk}").touch()
        time.sleep(300)
    with run.finish() as result:
        result["number"] = next_number(SERIES, YEAR)


@job("ops.stuck", lease=timedelta(seconds=4))
def stuck(run) -> None:
    """Draw a number; the first attempt never comes out of a pattern, and lets no other thread of its process go on."""
    if run.job.attempts == 1:
        re.match("(a+)+$", "a" * 60 + "b")
    with run.finish() as result:
        result["number"] = next_number(SERIES, YEAR)
