"""Since when a register of the office is complete: what it holds of the years before is a part, and no year's number.

An office that starts with this system brings old cards, old cases and the like along, as far as somebody still needs
them. Counted, they would look like a year. The planner says since when each register holds everything; until then a
year that was not prepared here has no value from it, never a small one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from django.db.models import Min
from django.utils.text import slugify

from core import clock, measures
from core.formats import date_long
from core.measures import Flow, Measure, Period
from lkip.models import RegisterStart, ReportYear


@dataclass(frozen=True)
class Register:
    """A register with its first record and the day since which it is said to be complete, as far as known."""

    name: str
    first: date | None
    start: RegisterStart | None

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return slugify(self.name)


def names() -> list[str]:
    """Return the registers that measures count, by name."""
    return sorted({measures.get(code).register for code in measures.codes()})


def named(key: str) -> str | None:
    """Return the register of this key."""
    return next((name for name in names() if slugify(name) == key), None)


def registers() -> list[Register]:
    """Return every register with its first record and its declared start; a statement a measure."""
    firsts: dict[str, list[date]] = {name: [] for name in names()}
    for code in measures.codes():
        measure = measures.get(code)
        first = _first_day(measure)
        if first is not None:
            firsts[measure.register].append(first)
    starts = {row.register: row for row in RegisterStart.objects.all()}
    return [Register(name, min(days, default=None), starts.get(name)) for name, days in firsts.items()]


def first_record(code: str) -> date | None:
    """Return the day of a measure's first record; None for one that counts a state, and for an empty register."""
    measure = measures.get(code)
    return _first_day(measure) if isinstance(measure.when, Flow) else None


def _first_day(measure: Measure) -> date | None:
    """The earliest day on which a record happened, or from which it holds."""
    field = measure.when.date_field if isinstance(measure.when, Flow) else measure.when.from_field
    first = measure.rows().aggregate(first=Min(field))["first"]
    return clock.local(first).date() if isinstance(first, datetime) else first


LATEST_BEGIN = 31
"""A register of which the first record lies in January was kept through the year, as far as anybody can tell."""


class Completeness:
    """Whether registers were complete through a period of a year that was not prepared here."""

    def __init__(self) -> None:
        """Read which years were prepared here: these count what there is, their reports answer for it."""
        self.prepared = set(ReportYear.objects.values_list("year", flat=True))

    @cached_property
    def starts(self) -> dict[str, date]:
        """The declared days by register."""
        return dict(RegisterStart.objects.values_list("register", "complete_from"))

    def lacking(self, code: str, period: Period, value: Fraction | None) -> str:
        """Say why the measure's register was not complete through the period; nothing where it was.

        What is declared decides. Where nobody said anything, a register with no record of the period at all (`value`)
        was not kept then, nor one that began after the first month.
        """
        register = measures.get(code).register
        start = self.starts.get(register)
        if start is not None:
            return "" if period.start >= start else f"{register} baru lengkap sejak {date_long(start)}."
        if not value:
            return f"Register belum memuat catatan tahun {period.start.year}."
        began = first_record(code)
        if began is not None and began > period.start.replace(day=LATEST_BEGIN):
            return f"Register baru dimulai {date_long(began)}."
        return ""
