"""Measures: each published number has one definition, and that definition opens the records behind it.

An app's ``measures.py`` registers its measures; whoever needs a number asks here by code. A measure is a
flow (things that happened in a period, by a date) or a stock (things valid on a day), and its value a count of
rows, a count of distinct keys, or a sum. Totals are always computed by a statement of their own and never added up
from cells: a person in two cells is one person.

    register(Measure(
        code="jobseekers.ak1_cards", label="Kartu AK-1 terbit", unit="kartu",
        definition="...", register="Buku kartu AK-1",
        rows=lambda: AK1Card.objects.filter(kind__in=(NEW, RENEWAL)),
        when=Flow("issued_on"), value=Count(),
        dimensions={"sex": Dimension("jobseeker__sex", "Jenis kelamin")},
        evidence=Evidence(table="jobseekers.AK1CardTable", columns=(...)),
    ))
"""

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db import models
from django.db.models import F, Q


class UnknownMeasure(KeyError):
    """No app registered a measure of this code."""


class UnknownDimension(KeyError):
    """The measure can't be split or filtered by this name."""


@dataclass(frozen=True)
class Period:
    """A span of days, both ends included; a stock is read at ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period can't end before it starts")

    @classmethod
    def year(cls, year: int) -> "Period":
        """The calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """Quarter 1–4 of the year."""
        month = 3 * (quarter - 1) + 1
        return cls(date(year, month, 1), _month_end(year, month + 2))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Month 1–12 of the year."""
        return cls(date(year, month, 1), _month_end(year, month))

    @classmethod
    def until_month(cls, year: int, month: int) -> "Period":
        """From 1 January to the end of the month: a year that is not over, or a stock inside it."""
        return cls(date(year, 1, 1), _month_end(year, month))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class Flow:
    """Rows whose date lies in the period."""

    date_field: str

    def condition(self, period: Period) -> Q:
        """The rows of the period."""
        return Q(**{f"{self.date_field}__gte": period.start, f"{self.date_field}__lte": period.end})


@dataclass(frozen=True)
class Stock:
    """Rows valid on the last day of the period; an empty end means still valid."""

    from_field: str
    until_field: str

    def condition(self, period: Period) -> Q:
        """The rows valid on ``period.end``."""
        day = period.end
        return Q(**{f"{self.from_field}__lte": day}) & (
            Q(**{f"{self.until_field}__isnull": True}) | Q(**{f"{self.until_field}__gte": day})
        )


@dataclass(frozen=True)
class Count:
    """The number of rows."""

    def expression(self) -> models.Aggregate:
        """As an SQL aggregate."""
        return models.Count("pk")


@dataclass(frozen=True)
class Distinct:
    """The number of different keys; `model` is what one key stands for, listed once each as evidence."""

    key: str
    model: Callable[[], type[models.Model]]

    def expression(self) -> models.Aggregate:
        """As an SQL aggregate."""
        return models.Count(self.key, distinct=True)


@dataclass(frozen=True)
class Sum:
    """The sum of a whole-number field or expression over the rows; rows with zero are no evidence."""

    field: str

    def expression(self) -> models.Aggregate:
        """As an SQL aggregate."""
        return models.Sum(self.field, default=0)


@dataclass(frozen=True)
class Dimension:
    """One way to split a measure: the path to the value, its name, and how a value is called."""

    path: str
    label: str
    labels: Callable[[], dict] | None = None

    def names(self) -> dict:
        """Return {value: Indonesian name}; empty when values speak for themselves."""
        return self.labels() if self.labels else {}


@dataclass(frozen=True)
class EvidenceColumn:
    """One column of the list behind a number. `value` gets the row and returns what is shown, masked."""

    title: str
    value: Callable
    kind: str = "text"


@dataclass(frozen=True)
class Measure:
    """One named number over records: see the module's docstring."""

    code: str
    label: str
    unit: str
    definition: str
    register: str
    rows: Callable[[], models.QuerySet]
    when: Flow | Stock
    value: Count | Distinct | Sum = field(default_factory=Count)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    within: Callable[[Period], Q] | None = None
    columns: tuple[EvidenceColumn, ...] = ()
    related: tuple[str, ...] = ()
    url: Callable | None = None
    decimals: int = 0


_registry: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Add a measure under its code; a second one of the same code is a mistake."""
    if _registry.get(measure.code, measure) != measure:
        raise ValueError(f"two measures are called {measure.code}")
    _registry[measure.code] = measure
    return measure


def get(code: str) -> Measure:
    """Return the measure of this code; raises UnknownMeasure."""
    try:
        return _registry[code]
    except KeyError as error:
        raise UnknownMeasure(code) from error


def codes() -> list[str]:
    """All registered codes, sorted."""
    return sorted(_registry)


def _dimension(measure: Measure, name: str) -> Dimension:
    try:
        return measure.dimensions[name]
    except KeyError as error:
        raise UnknownDimension(f"{measure.code}: {name}") from error


def counted_rows(code: str, period: Period, filters: dict | None = None) -> models.QuerySet:
    """Return the rows that the measure counts, before distinct keys are taken together.

    `filters` is {dimension: value or list of values}; raises UnknownDimension for a name the measure lacks.
    """
    measure = get(code)
    rows = measure.rows().filter(measure.when.condition(period))
    if measure.within is not None:
        rows = rows.filter(measure.within(period))
    for name, wanted in (filters or {}).items():
        path = _dimension(measure, name).path
        rows = rows.filter(**{f"{path}__in": wanted} if isinstance(wanted, list | tuple) else {path: wanted})
    return rows.order_by()


def value(code: str, period: Period, filters: dict | None = None) -> int:
    """Return the number, by one SQL statement."""
    rows = counted_rows(code, period, filters)
    return rows.aggregate(value=get(code).value.expression())["value"]


def cells(
    code: str, period: Period, by: Iterable[str], filters: dict | None = None
) -> list[tuple[tuple, int]]:
    """Return [((value of each dimension…), number)…], ordered by the dimension values; empty cells are left out.

    With distinct keys the cells may add up to more than `value`: ask for the total by itself.
    """
    measure = get(code)
    paths = {f"d{i}": F(_dimension(measure, name).path) for i, name in enumerate(by)}
    rows = counted_rows(code, period, filters).values(**paths).annotate(value=measure.value.expression())
    return [(tuple(row[key] for key in paths), row["value"]) for row in rows.order_by(*paths)]


def evidence(code: str, period: Period, filters: dict | None = None) -> models.QuerySet:
    """Return the records behind the number, one row for each thing counted.

    A count lists its rows, a distinct count lists each key's own record once, and a sum lists the rows that add
    something, each with its share as ``weight``.
    """
    measure = get(code)
    rows = counted_rows(code, period, filters)
    if isinstance(measure.value, Distinct):
        keys = rows.values(measure.value.key)
        listed = measure.value.model()._default_manager.filter(pk__in=keys)
    elif isinstance(measure.value, Sum):
        listed = rows.annotate(weight=F(measure.value.field)).exclude(weight=0).exclude(weight=None)
    else:
        listed = rows
    return listed.select_related(*measure.related).order_by("pk")


def evidence_count(code: str, period: Period, filters: dict | None = None) -> int:
    """Return how many records stand behind the number; equals `value` unless the measure is a sum."""
    return evidence(code, period, filters).count()


def evidence_cells(
    code: str, period: Period, by: Iterable[str], filters: dict | None = None
) -> list[tuple[tuple, int]]:
    """Return how many records stand behind each cell of a sum, in one statement; empty cells are left out."""
    measure = get(code)
    if not isinstance(measure.value, Sum):
        raise TypeError(f"{code} is no sum: its cells are the numbers of their records")
    paths = {f"d{i}": F(_dimension(measure, name).path) for i, name in enumerate(by)}
    rows = counted_rows(code, period, filters).annotate(weight=F(measure.value.field))
    rows = rows.exclude(weight=0).exclude(weight=None).values(**paths).annotate(number=models.Count("pk"))
    return [(tuple(row[key] for key in paths), row["number"]) for row in rows.order_by(*paths)]


def ratio(numerator: int | Fraction, denominator: int | Fraction) -> Fraction | None:
    """Return numerator ÷ denominator exactly; None when there is nothing to divide by."""
    return Fraction(numerator) / Fraction(denominator) if denominator else None
