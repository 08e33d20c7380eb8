"""How the value of an indicator is found: its measure is asked, its statistic read, its parts put together."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction

from core import clock, formats, measures
from core.measures import Period
from lkip import formulas
from lkip.enums import Aggregation, Formula
from lkip.figures.definitions import Definitions
from lkip.figures.model import Part
from lkip.figures.periods import Span
from lkip.models import ExternalStatistic, Indicator
from lkip.registers import Completeness

TYPED = (Formula.STATISTIC, Formula.SCORE, Formula.INTERIM)
UNNAMED_REGISTER = "register yang belum ada"


def period_of(indicator: Indicator, year: int, span: Span | None = None) -> Period:
    """Return the days that the indicator's measure is asked for."""
    return (span or Span(year)).period(indicator.as_of_month)


def unaskable(indicator: Indicator) -> str:
    """Say why its measure can't be asked (a later release may have dropped it or one of its filters), or nothing."""
    try:
        known = measures.get(indicator.measure).dimensions
    except measures.UnknownMeasure:
        return f"Ukuran “{indicator.measure}” tidak dikenal lagi. Pilih ukuran lain untuk indikator ini."
    lost = sorted(set(indicator.filters) - set(known))
    return f"Saringan tidak dikenal lagi: {', '.join(lost)}. Periksa indikator ini." if lost else ""


class Evaluator:
    """Evaluates indicators for spans of years (and of the years before, where a change is asked)."""

    def __init__(self, definitions: Definitions) -> None:
        """Take the indicators with their versions; nothing is asked yet."""
        self.definitions = definitions
        self.by_pk = definitions.by_pk
        self.parts: dict[tuple[int, Span], Part] = {}
        self.answers: dict[tuple, Part] = {}
        self.statistics: dict[tuple[int, int], ExternalStatistic] = {}
        self.unkept: dict[tuple[str, Period], str] = {}
        self.prepared: set[int] = set()

    def prepare(self, spans: Iterable[Span], only: Iterable[int] | None = None) -> None:
        """Ask every measure and statistic that these spans need, for all indicators or the named ones."""
        leaves: set[tuple[int, Span]] = set()
        for span in spans:
            for pk in self.by_pk if only is None else only:
                self._collect(pk, span, leaves, set())
        self.statistics = {
            (s.indicator_id, s.year): s
            for s in ExternalStatistic.objects.filter(year__in={span.year for _, span in leaves})
        }
        self.answers = answer(
            [
                _request(self.by_pk[pk], span)
                for pk, span in sorted(
                    leaves, key=lambda leaf: (leaf[0], leaf[1].year, leaf[1].end, leaf[1].first)
                )
                if self.by_pk[pk].formula == Formula.MEASURE and not unaskable(self.by_pk[pk])
            ]
        )
        self.unkept = self._lacking()

    def _lacking(self) -> dict[tuple[str, Period], str]:
        """Questions about years that were not prepared here, of which the register was not complete, each with why."""
        known = Completeness()
        self.prepared = known.prepared
        past = [(code, p, ()) for code, p, _ in self.answers if p.start.year not in known.prepared]
        whole = answer(past)
        found = {(code, p): known.lacking(code, p, whole[code, p, ()].value) for code, p, _ in past}
        return {question: why for question, why in found.items() if why}

    def _collect(self, pk: int, span: Span, leaves: set, seen: set) -> None:
        if (pk, span) in seen or self.definitions.broken(pk, span.year):
            return
        seen.add((pk, span))
        for each in self._stretches(self.by_pk[pk], span):
            if self.by_pk[pk].formula in (Formula.MEASURE, *TYPED):
                leaves.add((pk, each))
                continue
            times = (each, each.before()) if self.by_pk[pk].formula == Formula.CHANGE else (each,)
            for part in self.definitions.of(pk, each.year).parts:
                for time in times:
                    self._collect(part, time, leaves, seen)

    def _stretches(self, indicator: Indicator, span: Span) -> list[Span]:
        """The spans over which a value is taken: an average asks each quarter alone, all others the span itself."""
        averaged = indicator.aggregation == Aggregation.AVERAGE and indicator.formula not in TYPED
        return span.quarters() if averaged else [span]

    def part(self, pk: int, span: Span) -> Part:
        """Return the indicator's value of the span with its parts; remembered."""
        key = (pk, span)
        if key not in self.parts:
            self.parts[key] = self._evaluate(pk, span)
        return self.parts[key]

    def _evaluate(self, pk: int, span: Span) -> Part:
        published = self._published(pk, span)
        if published is not None:
            return published
        broken = self.definitions.broken(pk, span.year)
        if broken:
            return Part(None, source=self.by_pk[pk].source, why=broken, undefined=True)
        stretches = self._stretches(self.by_pk[pk], span)
        if stretches == [span]:
            return self._over(pk, span)
        return _mean([self._over(pk, each) for each in stretches])

    def _published(self, pk: int, span: Span) -> Part | None:
        """What was published of a computed indicator for a year before this system; stands until it is prepared."""
        row = self.statistics.get((pk, span.year))
        if row is None or not span.is_year or span.year in self.prepared or self.by_pk[pk].formula in TYPED:
            return None
        return Part(Fraction(row.value), source=row.source, published=True)

    def _over(self, pk: int, span: Span) -> Part:
        indicator = self.by_pk[pk]
        if indicator.formula == Formula.MEASURE:
            why = unaskable(indicator)
            if why:
                return Part(None, source=indicator.source, why=why, undefined=True)
            question = (indicator.measure, period_of(indicator, span.year, span))
            why = self.unkept.get(question) or _not_begun(question[1])
            if why:
                return Part(None, source=indicator.source, why=why)
            return self.answers[_request(indicator, span)]
        if indicator.formula in TYPED:
            return self._typed(indicator, span)
        now = self.definitions.of(pk, span.year)
        first = self.part(now.numerator_id, span)
        if indicator.formula == Formula.CHANGE:
            return _change(first, self.part(now.numerator_id, span.before()), span)
        second = self.part(now.denominator_id, span)
        names = [self.definitions.of(each, span.year).name for each in now.parts]
        return _combined(indicator, first, second, names)

    def _typed(self, indicator: Indicator, span: Span) -> Part:
        known = self.statistics.get((indicator.pk, span.year))
        if known is None:
            waits = (indicator.waits_for or UNNAMED_REGISTER,) if indicator.formula == Formula.INTERIM else ()
            return Part(
                None, source=indicator.source, why=f"Nilai tahun {span.year} belum dicatat.", interim=waits
            )
        source = known.source if known.as_of is None else f"{known.source}, {formats.date_long(known.as_of)}"
        interim = indicator.formula == Formula.INTERIM or known.waits_for
        waits = (known.waits_for or indicator.waits_for or UNNAMED_REGISTER,) if interim else ()
        if span.last < 12 and (known.as_of is None or known.as_of > span.end):
            why = f"Nilai tahun {span.year} belum ada {span.words}."
            return Part(None, source=source, why=why, interim=waits)
        value = None if known.category else Fraction(known.value)
        return Part(value, source=source, category=known.category, interim=waits)


def _merged(*parts: Part) -> dict:
    """What parts hand up to the figure that is made of them: sources, and the marks of what was typed in."""
    return {
        "source": "; ".join(dict.fromkeys(part.source for part in parts if part.source)),
        "interim": tuple(dict.fromkeys(name for part in parts for name in part.interim)),
    }


def _not_begun(period: Period) -> str:
    """Say that the period lies ahead: nothing is counted for it yet, and no state of today stands for its last day."""
    if period.start <= clock.today():
        return ""
    return (
        f"Tahun {period.start.year} belum berjalan."
        if period.start.month == 1
        else "Periode ini belum berjalan."
    )


def _change(first: Part, before: Part, span: Span) -> Part:
    value = formulas.change(first.value, before.value)
    why = ""
    if first.value is None:
        why = first.why
    elif before.value is None:
        why = f"Nilai {span.before().words} belum ada, jadi perubahannya tidak dapat dihitung."
    elif before.value == 0:
        why = f"Nilai {span.before().words} nol, jadi perubahan dalam persen tidak dapat dihitung."
    undefined = first.undefined or before.undefined or before.value == 0
    return Part(
        value,
        numerator=first.value,
        denominator=before.value,
        why=why,
        undefined=undefined,
        **(_merged(first, before) | {"source": first.source}),
    )


def _combined(indicator: Indicator, first: Part, second: Part, names: list[str]) -> Part:
    ratio = indicator.formula == Formula.RATIO
    known = {"numerator": first.value, "denominator": second.value, **_merged(first, second)}
    records = first.records if ratio else None
    for part, name in zip((first, second), names, strict=True):
        if part.value is None:
            why = f"“{name}”: {part.why or 'belum tersedia.'}"
            return Part(None, records, why=why, undefined=part.undefined, **known)
    if not ratio:
        return Part(first.value - second.value, records, **known)
    value = measures.ratio(first.value, second.value)
    if value is not None:
        return Part(value * indicator.factor, records, **known)
    why = f"Penyebutnya, “{names[1]}”, nol, jadi tidak dapat dihitung."
    if first.value == 0:
        why = f"0 dari 0: tidak ada “{names[1]}” yang bisa menjadi pembagi, jadi tidak dapat dihitung."
    return Part(None, records, why=why, undefined=True, **known)


def _mean(parts: list[Part]) -> Part:
    """The exact mean of the quarters that have a value; it says when some have none."""
    known = [part.value for part in parts if part.value is not None]
    if not known:
        return Part(None, why=parts[-1].why, undefined=parts[-1].undefined, **_merged(*parts))
    why = (
        ""
        if len(known) == len(parts)
        else f"Rata-rata {len(known)} dari {len(parts)} triwulan; yang lain tanpa nilai."
    )
    return Part(sum(known, Fraction(0)) / len(known), why=why, **_merged(*parts))


def _request(indicator: Indicator, span: Span) -> tuple:
    """Return the hashable question: (measure, period, ((dimension, value)…))."""
    filters = tuple(
        (name, tuple(value) if isinstance(value, list) else value)
        for name, value in sorted(indicator.filters.items())
    )
    return indicator.measure, period_of(indicator, span.year, span), filters


def answer(requests: list[tuple]) -> dict[tuple, Part]:
    """Answer all questions; those that differ only in filter values are answered by one statement of cells."""
    answers: dict[tuple, Part] = {}
    groups: dict[tuple, list[tuple]] = defaultdict(list)
    for request in dict.fromkeys(requests):
        code, period, filters = request
        single = all(not isinstance(value, tuple) for _, value in filters)
        groups[(code, period, tuple(name for name, _ in filters) if single else filters)].append(request)
    for (code, period, names), group in groups.items():
        sums = isinstance(measures.get(code).value, measures.Sum)
        if len(group) > 1:
            cells = dict(measures.cells(code, period, names))
            found = _by_cell(group, cells)
            records = _by_cell(group, dict(measures.evidence_cells(code, period, names))) if sums else found
        else:
            filters = dict(group[0][2])
            found = {group[0]: measures.value(code, period, filters)}
            records = {group[0]: measures.evidence_count(code, period, filters)} if sums else found
        for request in group:
            register = measures.get(code).register
            answers[request] = Part(Fraction(found[request]), records[request], register)
    return answers


def _by_cell(group: list[tuple], cells: dict[tuple, int]) -> dict[tuple, int]:
    """The cell of each question; one that is not there is empty."""
    return {request: cells.get(tuple(value for _, value in request[2]), 0) for request in group}
