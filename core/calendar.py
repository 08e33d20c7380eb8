"""Working days: Monday to Friday, without national holidays, collective leave and the office's own days off.

The decree on holidays (SKB 3 Menteri) comes out a year at a time. Days in a year without one are computed by
the ``holidays`` package and every result that touches such a year is *provisional* (shown as "sementara").
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

import holidays
from django.core.cache import cache

from core.models.reference import DecreedYear, Holiday, HolidayKind

CACHE_KEY = "core.calendar"
CACHE_SECONDS = 60
PROVISIONAL_MARK = "sementara"
_LOOK_AHEAD_YEARS = 20


@dataclass(frozen=True)
class Deadline:
    """The last good day (until 23.59 WIB), whether it may still move, and the calendar it was computed from.

    `calendar` names the state of the holiday table (twelve hex digits); cases freeze it beside the date.
    """

    date: dt.date
    provisional: bool
    calendar: str = ""


@dataclass(frozen=True)
class _Table:
    off: frozenset[dt.date]  # national and office days
    collective: frozenset[dt.date]
    decreed: frozenset[int]
    version: str


def _table() -> _Table:
    table = cache.get(CACHE_KEY)
    if table is None:
        rows = list(Holiday.objects.order_by("date", "kind").values_list("date", "kind").distinct())
        decreed = frozenset(DecreedYear.objects.values_list("year", flat=True))
        text = repr([(day.isoformat(), kind) for day, kind in rows]) + repr(sorted(decreed))
        table = _Table(
            frozenset(day for day, kind in rows if kind != HolidayKind.COLLECTIVE),
            frozenset(day for day, kind in rows if kind == HolidayKind.COLLECTIVE),
            decreed,
            hashlib.sha256(text.encode()).hexdigest()[:12],
        )
        cache.set(CACHE_KEY, table, CACHE_SECONDS)
    return table


def forget() -> None:
    """Drop the cached holiday table; called after holidays were written."""
    cache.delete(CACHE_KEY)


_computed: dict[int, tuple[frozenset[dt.date], frozenset[dt.date]]] = {}


def _computed_year(year: int) -> tuple[frozenset[dt.date], frozenset[dt.date]]:
    """Return (national days, collective leave) of a year as the ``holidays`` package expects them."""
    if year not in _computed:
        national = frozenset(holidays.Indonesia(years=year, categories=("public",)))
        everything = frozenset(holidays.Indonesia(years=year, categories=("government",)))
        _computed[year] = (national, everything - national)
    return _computed[year]


def _is_off(day: dt.date, table: _Table, collective_leave_off: bool) -> bool:
    if day.weekday() >= 5 or day in table.off:
        return True
    if collective_leave_off and day in table.collective:
        return True
    if day.year in table.decreed:
        return False
    national, collective = _computed_year(day.year)
    return day in national or (collective_leave_off and day in collective)


def is_provisional(year: int) -> bool:
    """Tell whether the holidays of `year` are computed because its decree has not been entered."""
    return year not in _table().decreed


def is_working_day(d: dt.date, *, collective_leave_off: bool = True) -> bool:
    """Tell whether the office works on `d`."""
    return not _is_off(d, _table(), collective_leave_off)


def add_working_days(start: dt.date, n: int, *, collective_leave_off: bool = True) -> Deadline:
    """Return the n-th working day after `start` (day 0), the way UU 2/2004 counts its terms in *hari kerja*.

    With n = 0: `start` itself. A negative n raises ValueError.
    """
    if n < 0:
        raise ValueError("a term has no negative length")
    table = _table()
    day, left, provisional = start, n, start.year not in table.decreed
    while left:
        day += dt.timedelta(days=1)
        provisional = provisional or day.year not in table.decreed
        left -= not _is_off(day, table, collective_leave_off)
    return Deadline(day, provisional, table.version)


def working_days_between(a: dt.date, b: dt.date, *, collective_leave_off: bool = True) -> int:
    """Return how many working days lie after `a` up to and including `b`; negative when `b` is before `a`.

    So `working_days_between(start, add_working_days(start, n).date) == n`.
    """
    if b < a:
        return -working_days_between(b, a, collective_leave_off=collective_leave_off)
    table = _table()
    return sum(
        not _is_off(a + dt.timedelta(days=i), table, collective_leave_off) for i in range(1, (b - a).days + 1)
    )
