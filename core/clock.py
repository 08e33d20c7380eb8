"""The only place where the code asks what day it is.

The demo runs "as on" a day of its year, and tests choose their day: so nothing else may read the machine's
clock.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jakarta")

_frozen: ContextVar[dt.datetime | None] = ContextVar("core_clock_frozen", default=None)
_demo_day: Callable[[], dt.date | None] | None = None


def set_demo_day_source(source: Callable[[], dt.date | None]) -> None:
    """Let `source` say on which day the demo runs, or None outside demo mode (agency profile)."""
    global _demo_day
    _demo_day = source


def now() -> dt.datetime:
    """Return the present moment in Western Indonesian Time (aware).

    In demo mode with a demo day: that day at the real time of day.
    """
    held = _frozen.get()
    if held is not None:
        return held
    real = dt.datetime.now(ZONE)
    day = _demo_day() if _demo_day is not None else None
    return real if day is None else dt.datetime.combine(day, real.timetz())


def machine_now() -> dt.datetime:
    """Return the machine's own time (aware), whatever day the demo or a frozen clock shows.

    For leases, retries and log lines: things that must go on counting.
    """
    return dt.datetime.now(ZONE)


def today() -> dt.date:
    """Return today's date in Western Indonesian Time."""
    return now().date()


def local(moment: dt.datetime) -> dt.datetime:
    """Return an aware `moment` in Western Indonesian Time; a naive one is taken to be in it already."""
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)


@contextmanager
def frozen(moment: dt.date | dt.datetime) -> Iterator[dt.datetime]:
    """Hold the clock inside the block: at that moment, or for a plain date at 09.00 of that day.

    Holds for the running thread only. For tests, the demo loader and re-computations "as on" a day.
    """
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9, 0))
    held = local(moment)
    token = _frozen.set(held)
    try:
        yield held
    finally:
        _frozen.reset(token)


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return a moment of `day` in the office's time."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)
