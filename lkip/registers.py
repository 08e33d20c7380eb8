"""Since when a register of the office is complete: what it holds of the years before is a part, and no year's number.

An office that starts with this system brings old cards, old cases and the like along, as far as somebody still needs
them. Counted, they would look like a year. The planner says since when each register holds everything; until then a
year that was not prepared here has no value from it, never a small one.
"""

from dataclasses import dataclass
from datetime import date, datetime
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


class Completeness:
    """Whether registers were complete through a period; what is declared is read at once, years when they matter."""

    def __init__(self) -> None:
        """Read what is declared."""
        self.starts = dict(RegisterStart.objects.values_list("register", "complete_from"))

    @cached_property
    def prepared(self) -> set[int]:
        """The years that were prepared here."""
        return set(ReportYear.objects.values_list("year", flat=True))

    def declared(self, code: str) -> bool:
        """Whether anybody said since when the measure's register is complete."""
        return measures.get(code).register in self.starts

    def lacking(self, code: str, period: Period) -> str:
        """Say since when the register is complete where that is after the period began; nothing where it was.

        A year that was prepared here counts what there is: its report answers for it.
        """
        start = self.starts.get(measures.get(code).register)
        if start is None or period.start >= start or period.start.year in self.prepared:
            return ""
        return f"{measures.get(code).register} baru lengkap sejak {date_long(start)}."
