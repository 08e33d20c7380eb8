"""What the pages of the report show around the figures: parts with their links, breakdowns, choices of year."""

from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse

from core import clock, formats, measures
from core.measures import Period
from lkip import evidence
from lkip.enums import PART_TITLES, Aggregation, Formula
from lkip.figures import Figure, Span, YearFigures, display, period_of
from lkip.figures.evaluate import TYPED, unaskable
from lkip.models import Indicator, ReportYear


@dataclass(frozen=True)
class PartLink:
    """Numerator, denominator or the value itself, with the page that proves it."""

    title: str
    name: str
    value: str
    url: str
    is_evidence: bool


@dataclass(frozen=True)
class Bar:
    """One value of a breakdown: its share of the largest (for the bar) and of the total, per cent."""

    label: str
    value: int
    width: str
    share: str
    url: str


SHOWN_AT_ONCE = 15


@dataclass(frozen=True)
class Breakdown:
    """A measure split by one dimension; ``total`` is computed by itself, not summed from the bars."""

    title: str
    bars: list[Bar]
    total: int
    partition: bool

    @property
    def first(self) -> list[Bar]:
        """The largest, which a page shows at once."""
        return self.bars[:SHOWN_AT_ONCE]

    @property
    def rest(self) -> list[Bar]:
        """The others."""
        return self.bars[SHOWN_AT_ONCE:]


def report_years() -> list[int]:
    """Return the years that have report settings, newest first."""
    return list(ReportYear.objects.values_list("year", flat=True))


def year_at_hand() -> int | None:
    """Return the prepared year that people mean without naming one: the newest that has begun, else the newest."""
    years, now = report_years(), clock.today().year
    return next((year for year in years if year <= now), years[0] if years else None)


def _part_link(
    title: str, indicator: Indicator, span: Span, value: Fraction | None, *, may_open: bool
) -> PartLink:
    shown = display(value, indicator.unit, indicator.decimals)
    if indicator.formula == Formula.MEASURE and indicator.aggregation != Aggregation.AVERAGE:
        askable = may_open and not unaskable(indicator)
        url = (
            evidence.url(indicator.measure, period_of(indicator, span.year, span), indicator.filters)
            if askable
            else ""
        )
        return PartLink(title, indicator.name, shown, url, True)
    url = reverse("lkip:figure", args=[span.year, indicator.code])
    return PartLink(title, indicator.name, shown, url, False)


def _before_link(indicator: Indicator, span: Span, value: Fraction | None, *, may_open: bool) -> PartLink:
    """The year before: its records, or the page that names the report in which the value was published."""
    before, title = span.before(), f"Tahun {span.before().year}"
    taken = indicator.formula not in TYPED and indicator.statistics.filter(year=before.year).exists()
    if not taken or ReportYear.objects.filter(year=before.year).exists():
        return _part_link(title, indicator, before, value, may_open=may_open)
    shown = display(value, indicator.unit, indicator.decimals)
    url = reverse("lkip:figure", args=[span.year, indicator.code])
    return PartLink(title, f"{indicator.name} (nilai terbit)", shown, url, False)


def part_links(figure: Figure, year: int, *, may_open: bool, span: Span | None = None) -> list[PartLink]:
    """Return the parts of an indicator's figure; `may_open` says whether the reader has the right *view evidence*."""
    indicator = figure.indicator
    span = span or Span(year)
    if indicator is None:
        return []
    if indicator.formula == Formula.MEASURE and indicator.aggregation == Aggregation.AVERAGE:
        return _quarter_links(indicator, span, may_open=may_open)
    if indicator.aggregation == Aggregation.AVERAGE:
        return []
    if indicator.formula == Formula.MEASURE:
        return [_part_link("Rekaman", indicator, span, figure.value, may_open=may_open)]
    if indicator.formula == Formula.CHANGE:
        base = figure.numerator_of
        return [
            _part_link(f"Tahun {span.year}", base, span, figure.numerator, may_open=may_open),
            _before_link(base, span, figure.denominator, may_open=may_open),
        ]
    if indicator.formula in (Formula.RATIO, Formula.DIFFERENCE):
        names = PART_TITLES[indicator.formula]
        return [
            _part_link(names[0], figure.numerator_of, span, figure.numerator, may_open=may_open),
            _part_link(names[1], figure.denominator_of, span, figure.denominator, may_open=may_open),
        ]
    return []


def _quarter_links(indicator: Indicator, span: Span, *, may_open: bool) -> list[PartLink]:
    """The quarters that a mean is taken over, each with its own records."""
    if unaskable(indicator):
        return []
    links = []
    for stretch in span.quarters():
        period = period_of(indicator, span.year, stretch)
        value = measures.value(indicator.measure, period, indicator.filters)
        url = evidence.url(indicator.measure, period, indicator.filters) if may_open else ""
        shown = display(Fraction(value), indicator.unit, 0)
        links.append(PartLink(stretch.words.capitalize(), indicator.name, shown, url, True))
    return links


def measured_indicator(figure: Figure) -> Indicator | None:
    """Return the indicator whose records can be split: the figure's own, or its numerator; none behind a mean."""
    for indicator in (figure.indicator, figure.numerator_of):
        if indicator is not None and indicator.formula == Formula.MEASURE and not unaskable(indicator):
            return None if indicator.aggregation == Aggregation.AVERAGE else indicator
    return None


def breakdown(
    code: str, period: Period, dimension: str, filters: dict | None, *, may_open: bool
) -> Breakdown:
    """Split a measure by one dimension, largest first; each bar opens its own records."""
    measure = measures.get(code)
    names = measure.dimensions[dimension].names()
    cells = measures.cells(code, period, [dimension], filters)
    total = measures.value(code, period, filters)
    largest = max((value for _, value in cells), default=0)
    bars = [
        Bar(
            label=str(names.get(key, key if key not in (None, "") else "tidak diisi")),
            value=value,
            width=f"{100 * value / largest:.2f}%" if largest else "0%",
            share=formats.percent(Fraction(100 * value, total), 1) if total else "",
            url=evidence.url(code, period, {**(filters or {}), dimension: key})
            if may_open and key is not None
            else "",
        )
        for (key,), value in sorted(cells, key=lambda cell: (-cell[1], str(cell[0][0])))
    ]
    title = f"{measure.label} menurut {formats.in_sentence(measure.dimensions[dimension].label)}"
    return Breakdown(title, bars, total, sum(value for _, value in cells) == total)


def breakdowns(figure: Figure, year: int, *, may_open: bool, most: int = 2) -> list[Breakdown]:
    """Return the figure's records split by the measure's first dimensions that no filter has fixed."""
    base = measured_indicator(figure)
    if base is None:
        return []
    free = [name for name in measures.get(base.measure).dimensions if name not in base.filters][:most]
    period = period_of(base, year)
    return [breakdown(base.measure, period, name, base.filters, may_open=may_open) for name in free]


@dataclass(frozen=True)
class YearValue:
    """The published value of a statistic or score in one year, with the one who published it."""

    year: int
    value: str
    width: str
    source: str


def series(figure: Figure) -> list[YearValue]:
    """Return what a statistic or score was in each known year, oldest first.

    Of a computed figure that is what was published of years before this system.
    """
    indicator = figure.indicator
    if indicator is None:
        return []
    rows = list(indicator.statistics.order_by("year"))
    largest = max((abs(row.value) for row in rows), default=0)
    return [
        YearValue(
            row.year,
            row.category or display(Fraction(row.value), indicator.unit, indicator.decimals),
            f"{100 * abs(row.value) / largest:.2f}%" if largest else "0%",
            row.source if row.as_of is None else f"{row.source}, {formats.date_long(row.as_of)}",
        )
        for row in rows
    ]


def iku_summary(year: YearFigures) -> dict:
    """Return how many IKU are reached, of how many, and how many wait for a value."""
    iku = year.of_level("IKU")
    return {
        "reached": sum(f.status == "REACHED" for f in iku),
        "total": len(iku),
        "waiting": sum(f.status == "WAITING" for f in iku),
    }
