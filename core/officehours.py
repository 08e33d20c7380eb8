"""Time that counts at a counter: hours of working days within the office's opening hours.

Pure: the caller says which days are worked (`core.calendar.is_working_day`), so that a whole list asks the holiday
table once.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from core import clock

HOUR = 60


@dataclass(frozen=True)
class OfficeHours:
    """From `opens` to `closes`, in whole hours of the day; the same on every working day."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Refuse an office that never opens."""
        if not 0 <= self.opens < self.closes <= 24:
            raise ValueError("the office opens before it closes")

    @property
    def day(self) -> int:
        """Minutes of one working day."""
        return (self.closes - self.opens) * HOUR

    def passed(self, moment: dt.datetime) -> int:
        """Minutes of the working day that are over at a moment of that day."""
        minutes = moment.hour * HOUR + moment.minute
        return min(max(minutes - self.opens * HOUR, 0), self.day)


def working_minutes(
    start: dt.datetime, end: dt.datetime, *, hours: OfficeHours, works: Callable[[dt.date], bool]
) -> int:
    """Return how many minutes of office time lie between two moments; 0 when `end` is not after `start`.

    Both are read in the office's time zone, cut to whole minutes. Additive: a to c is a to b plus b to c.
    """
    start, end = clock.local(start), clock.local(end)
    if end <= start:
        return 0
    first, last = start.date(), end.date()
    total = hours.passed(end) if works(last) else 0
    total -= hours.passed(start) if works(first) else 0
    days = (last - first).days
    return total + hours.day * sum(works(first + dt.timedelta(days=n)) for n in range(days))


def age_words(minutes: int, *, hours: OfficeHours, days: int) -> str:
    """Return an age in words: "56 menit kerja", "6 jam kerja", and from one full working day on "3 hari kerja".

    `days` is how many working days have begun since (`core.calendar.working_days_between`), so that the words agree
    with by how many days a file is late.
    """
    if minutes < HOUR:
        return f"{minutes} menit kerja"
    if minutes < hours.day:
        return f"{minutes // HOUR} jam kerja"
    return f"{max(days, 1)} hari kerja"
