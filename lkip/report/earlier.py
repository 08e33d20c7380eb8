"""What figures were in years before, and where the medium-term plan wants them to end."""

from fractions import Fraction

from core import measures
from core.measures import Period
from lkip.enums import Formula, Level, TargetDocument
from lkip.figures import YearFigures
from lkip.models import ExternalStatistic, IndicatorTarget
from lkip.report.book import Earlier

YEARS = 3
"""So many years before the report's are compared."""
LEVELS = (Level.GOAL, Level.IKU, Level.PROGRAMME, Level.COMPANION, Level.OUTCOME)


def earlier_values(figures: YearFigures) -> dict[tuple[str, int], Earlier]:
    """Return {(code, year): value} for the compared years.

    A register that holds no record of a year is not known for that year: no value, never zero.
    """
    reader = _Reader(figures)
    found: dict[tuple[str, int], Earlier] = {}
    for back in range(1, YEARS + 1):
        year = figures.year - back
        for figure in figures.figures.values():
            if figure.level in LEVELS or figure.indicator.formula in (
                Formula.STATISTIC,
                Formula.SCORE,
                Formula.MEASURE,
            ):
                found[figure.code, year] = reader.value(figure.indicator, year)
    return found


class _Reader:
    """Reads values of other years; a measure without any record in a year is asked once."""

    def __init__(self, figures: YearFigures) -> None:
        self.by_pk = {figure.indicator.pk: figure.indicator for figure in figures.figures.values()}
        self.kept: dict[tuple[str, int], bool] = {}
        first = figures.year - YEARS - 1
        self.typed = {
            (row.indicator_id, row.year): row
            for row in ExternalStatistic.objects.filter(year__gte=first, year__lt=figures.year)
        }
        self.known: dict[tuple[int, int], Earlier] = {}

    def value(self, indicator, year: int) -> Earlier:
        key = (indicator.pk, year)
        if key not in self.known:
            self.known[key] = Earlier(None)
            self.known[key] = self._read(indicator, year)
        return self.known[key]

    def _read(self, indicator, year: int) -> Earlier:
        if indicator.formula in (Formula.STATISTIC, Formula.SCORE, Formula.INTERIM):
            row = self.typed.get((indicator.pk, year))
            return Earlier(None) if row is None else Earlier(Fraction(row.value), source=row.source)
        if indicator.formula == Formula.MEASURE:
            return self._measured(indicator, year)
        first = self.value(self.by_pk[indicator.numerator_id], year).value
        if indicator.formula == Formula.CHANGE:
            before = self.value(self.by_pk[indicator.numerator_id], year - 1).value
            if first is None or not before:
                return Earlier(None, first, before)
            return Earlier((first - before) / before * 100, first, before)
        second = self.value(self.by_pk[indicator.denominator_id], year).value
        if first is None or second is None:
            return Earlier(None, first, second)
        if indicator.formula == Formula.DIFFERENCE:
            return Earlier(first - second, first, second)
        value = measures.ratio(first, second)
        return Earlier(None if value is None else value * indicator.factor, first, second)

    def _measured(self, indicator, year: int) -> Earlier:
        period = (
            Period.until_month(year, indicator.as_of_month) if indicator.as_of_month else Period.year(year)
        )
        if not self._has_records(indicator.measure, year, period):
            return Earlier(None)
        value = measures.value(indicator.measure, period, indicator.filters)
        return Earlier(Fraction(value), source=measures.get(indicator.measure).register)

    def _has_records(self, code: str, year: int, period: Period) -> bool:
        key = (code, year)
        if key not in self.kept:
            self.kept[key] = bool(measures.value(code, period))
        return self.kept[key]


def final_targets(figures: YearFigures) -> dict[str, tuple[int, Fraction]]:
    """Return {code: (last year, target)} of the medium-term plan."""
    found: dict[str, tuple[int, Fraction]] = {}
    codes = {figure.indicator.pk: figure.code for figure in figures.figures.values()}
    rows = IndicatorTarget.objects.filter(
        document=TargetDocument.RENSTRA, year__gte=figures.year, category=""
    )
    for row in rows.order_by("year"):
        if row.indicator_id in codes:
            found[codes[row.indicator_id]] = (row.year, Fraction(row.value))
    return found
