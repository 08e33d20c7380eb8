"""How the value of an indicator is found: its measure is asked, its statistic read, its parts put together."""

from collections import defaultdict
from fractions import Fraction

from core import formats, measures
from core.errors import Refused
from core.measures import Period
from lkip import formulas
from lkip.enums import Formula
from lkip.figures.model import Part
from lkip.models import ExternalStatistic, Indicator
from lkip.models.indicator import MAX_DEPTH


def period_of(indicator: Indicator, year: int) -> Period:
    """Return the span that the indicator's measure is asked for."""
    return Period.until_month(year, indicator.as_of_month) if indicator.as_of_month else Period.year(year)


class Evaluator:
    """Evaluates indicators for a year (and the year before, where a change is asked)."""

    def __init__(self, indicators: list[Indicator]) -> None:
        self.by_pk = {indicator.pk: indicator for indicator in indicators}
        self.parts: dict[tuple[int, int], Part] = {}
        self.answers: dict[tuple, Part] = {}
        self.statistics: dict[tuple[int, int], ExternalStatistic] = {}

    def prepare(self, year: int) -> None:
        """Ask every measure and statistic that the year needs."""
        wanted: set[tuple[int, int]] = set()
        for indicator in self.by_pk.values():
            self._collect(indicator, year, wanted)
        self.statistics = {
            (s.indicator_id, s.year): s
            for s in ExternalStatistic.objects.filter(year__in={y for _, y in wanted})
        }
        requests = [
            _request(self.by_pk[pk], y)
            for pk, y in sorted(wanted)
            if self.by_pk[pk].formula == Formula.MEASURE
        ]
        self.answers = _ask(requests)

    def _collect(self, indicator: Indicator, year: int, wanted: set, depth: int = 1) -> None:
        if depth > MAX_DEPTH:
            raise Refused(
                f"Definisi “{indicator.name}” berputar atau terlalu dalam. Perbaiki pembilang atau penyebutnya."
            )
        if indicator.formula in (Formula.MEASURE, Formula.STATISTIC, Formula.SCORE):
            wanted.add((indicator.pk, year))
            return
        years = (year, year - 1) if indicator.formula == Formula.CHANGE else (year,)
        for part in (indicator.numerator_id, indicator.denominator_id):
            if part is not None:
                for each in years:
                    self._collect(self.by_pk[part], each, wanted, depth + 1)

    def part(self, indicator: Indicator, year: int) -> Part:
        """Return the indicator's value of the year with its parts; remembered."""
        key = (indicator.pk, year)
        if key not in self.parts:
            self.parts[key] = self._evaluate(indicator, year)
        return self.parts[key]

    def _evaluate(self, indicator: Indicator, year: int) -> Part:
        formula = indicator.formula
        if formula == Formula.MEASURE:
            return self.answers[_request(indicator, year)]
        if formula in (Formula.STATISTIC, Formula.SCORE):
            return self._external(indicator, year)
        first = self.part(self.by_pk[indicator.numerator_id], year)
        if formula == Formula.CHANGE:
            before = self.part(self.by_pk[indicator.numerator_id], year - 1)
            return Part(
                formulas.change(first.value, before.value), None, first.source, first.value, before.value
            )
        second = self.part(self.by_pk[indicator.denominator_id], year)
        source = "; ".join(dict.fromkeys(s for s in (first.source, second.source) if s))
        if first.value is None or second.value is None:
            return Part(None, first.records, source, first.value, second.value)
        if formula == Formula.DIFFERENCE:
            return Part(first.value - second.value, None, source, first.value, second.value)
        value = measures.ratio(first.value, second.value)
        value = None if value is None else value * indicator.factor
        return Part(value, first.records, source, first.value, second.value)

    def _external(self, indicator: Indicator, year: int) -> Part:
        known = self.statistics.get((indicator.pk, year))
        if known is None:
            return Part(None, None, indicator.source)
        source = known.source if known.as_of is None else f"{known.source}, {formats.date_long(known.as_of)}"
        return Part(Fraction(known.value), None, source)


def _request(indicator: Indicator, year: int) -> tuple:
    """Return the hashable question: (measure, period, ((dimension, value)…))."""
    filters = tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(indicator.filters.items())
    )
    return indicator.measure, period_of(indicator, year), filters


def _ask(requests: list[tuple]) -> dict[tuple, Part]:
    """Answer all questions; those that differ only in filter values are answered by one statement of cells."""
    answers: dict[tuple, Part] = {}
    groups: dict[tuple, list[tuple]] = defaultdict(list)
    for request in dict.fromkeys(requests):
        code, period, filters = request
        single = all(not isinstance(value, tuple) for _, value in filters)
        groups[(code, period, tuple(name for name, _ in filters) if single else filters)].append(request)
    for (code, period, names), group in groups.items():
        if len(group) > 1:
            cells = dict(measures.cells(code, period, names))
            found = {request: cells.get(tuple(v for _, v in request[2]), 0) for request in group}
        else:
            found = {group[0]: measures.value(code, period, _filters(group[0]))}
        for request, value in found.items():
            answers[request] = Part(Fraction(value), _records(request, value), measures.get(code).register)
    return answers


def _filters(request: tuple) -> dict:
    return dict(request[2])


def _records(request: tuple, value: int) -> int:
    """A count is its own number of records; the records behind a sum are counted."""
    code, period, _ = request
    if isinstance(measures.get(code).value, measures.Sum):
        return measures.evidence_count(code, period, _filters(request))
    return value
