"""Figures: the numbers of a year with their parts, targets and achievements, all from one snapshot.

`compute` is the only way to a figure; page, PDF, export and command print what it returns. A measure is asked once
for each period and set of filters; indicators that differ only in the value of a filter share one statement.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from core import formats, measures
from core.db import snapshot
from core.errors import Refused
from core.measures import Period
from lkip import budget, formulas
from lkip.enums import Direction, Formula, Status
from lkip.models import ExternalStatistic, Finding, Indicator, IndicatorTarget, ReportYear
from lkip.models.indicator import MAX_DEPTH


class NoSuchYear(Refused):
    """The year has no report settings."""


@dataclass(frozen=True)
class Part:
    """A value before it became a figure: exact, with its own parts and the count of records behind it."""

    value: Fraction | None
    records: int | None = None
    source: str = ""
    numerator: Fraction | None = None
    denominator: Fraction | None = None


@dataclass(frozen=True)
class Figure:
    """One number of the year. Percentages are ×100; ``capaian`` is unbounded, ``capaian_clamped`` within the rule."""

    code: str
    label: str
    unit: str
    decimals: int
    level: str
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    target: Fraction | None = None
    target_document: str = ""
    capaian: Fraction | None = None
    capaian_clamped: Fraction | None = None
    direction: str = Direction.NONE
    status: str = Status.NO_TARGET
    records_count: int | None = None
    source: str = ""
    indicator: Indicator | None = None

    @property
    def value_display(self) -> str:
        """The value as a reader sees it, with its unit."""
        return display(self.value, self.unit, self.decimals)

    @property
    def target_display(self) -> str:
        """The target in the same unit."""
        return display(self.target, self.unit, self.decimals)

    @property
    def capaian_display(self) -> str:
        """Capaian with two decimals."""
        return formats.percent(self.capaian)


def display(value: Fraction | None, unit: str, decimals: int) -> str:
    """Write a value with its unit; a missing one is said in words and never shown as zero."""
    if value is None:
        return "belum tersedia"
    if unit == "persen":
        return formats.percent(value, decimals)
    if unit == "rupiah":
        return formats.rupiah(value)
    if unit == "poin":
        return formats.signed(value, decimals)
    return (
        f"{formats.number(value, decimals)}{formats.NBSP}{unit}" if unit else formats.number(value, decimals)
    )


@dataclass(frozen=True)
class Efficiency:
    """Capaian of an indicator against the absorption of the programmes that serve it."""

    figure: Figure
    indicator: Figure
    ceiling: int
    realised: int
    absorption: Fraction | None
    programmes: tuple[str, ...]


@dataclass(frozen=True)
class YearFigures:
    """Everything that the year's page, report and export show."""

    year: int
    settings: ReportYear
    figures: dict[str, Figure]
    efficiencies: list[Efficiency]
    tree: list[budget.Row]
    by_type: list[budget.Row]
    office: budget.Row
    total: budget.Row
    budget_figures: list[Figure]
    findings: list[Finding]

    def all(self) -> list[Figure]:
        """Every figure in printed order: indicators, efficiencies, budget."""
        return [*self.figures.values(), *(e.figure for e in self.efficiencies), *self.budget_figures]

    def of_level(self, *levels: str) -> list[Figure]:
        """The indicator figures of these levels, in order."""
        return [figure for figure in self.figures.values() if figure.level in levels]

    def find(self, code: str) -> Figure | None:
        """The figure of this code, or None."""
        return next((figure for figure in self.all() if figure.code == code), None)


def period_of(indicator: Indicator, year: int) -> Period:
    """Return the span that the indicator's measure is asked for."""
    return Period.until_month(year, indicator.as_of_month) if indicator.as_of_month else Period.year(year)


class _Evaluator:
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


def _targets(year: int, settings: ReportYear) -> dict[int, IndicatorTarget]:
    """Return the target in force of each indicator: the first document of the year's order that sets one."""
    rank = {document: place for place, document in enumerate(settings.target_priority)}
    chosen: dict[int, IndicatorTarget] = {}
    for target in IndicatorTarget.objects.filter(year=year, document__in=rank):
        held = chosen.get(target.indicator_id)
        if held is None or rank[target.document] < rank[held.document]:
            chosen[target.indicator_id] = target
    return chosen


def _figure(indicator: Indicator, part: Part, target: IndicatorTarget | None, settings: ReportYear) -> Figure:
    aim = None if target is None else Fraction(target.value)
    reached = formulas.achievement(part.value, aim, indicator.direction)
    low, high = (None if x is None else Fraction(x) for x in (settings.clamp_low, settings.clamp_high))
    return Figure(
        code=indicator.code,
        label=indicator.name,
        unit=indicator.unit,
        decimals=indicator.decimals,
        level=indicator.level,
        value=part.value,
        numerator=part.numerator,
        denominator=part.denominator,
        target=aim,
        target_document=target.get_document_display() if target else "",
        capaian=reached,
        capaian_clamped=formulas.clamped(reached, low, high),
        direction=indicator.direction,
        status=formulas.status(part.value, aim, indicator.direction),
        records_count=part.records,
        source=part.source,
        indicator=indicator,
    )


def _efficiencies(figures: dict[str, Figure], rows: list[budget.Row], source: str) -> list[Efficiency]:
    by_node = {row.nomenclature_id: row for row in rows}
    found = []
    for figure in figures.values():
        programmes = [by_node[n.pk] for n in figure.indicator.programmes.all() if n.pk in by_node]
        if not programmes:
            continue
        ceiling, realised = sum(p.ceiling for p in programmes), sum(p.realised for p in programmes)
        absorbed = formulas.absorption(ceiling, realised)
        own = Figure(
            code=f"efficiency_{figure.code}",
            label=f"Efisiensi: {figure.label}",
            unit="poin",
            decimals=2,
            level="EFFICIENCY",
            value=formulas.efficiency(figure.capaian, absorbed),
            numerator=figure.capaian,
            denominator=absorbed,
            source=f"{figure.source}; {source}",
        )
        names = tuple(p.name for p in programmes)
        found.append(Efficiency(own, figure, ceiling, realised, absorbed, names))
    return found


def _budget_figures(
    rows: list[budget.Row], types: list[budget.Row], office, total, source: str
) -> list[Figure]:
    def share(row: budget.Row, prefix: str) -> Figure:
        return Figure(
            code=f"{prefix}_{row.key}",
            label=f"Serapan: {row.name}",
            unit="persen",
            decimals=2,
            level="BUDGET",
            value=row.absorption,
            numerator=Fraction(row.realised),
            denominator=Fraction(row.ceiling),
            source=source,
        )

    def money(code: str, label: str, amount: int) -> Figure:
        return Figure(code, label, "rupiah", 0, "BUDGET", Fraction(amount), source=source)

    if not rows:
        return []
    return [
        money("budget_ceiling", "Pagu anggaran", total.ceiling),
        money("budget_realised", "Realisasi anggaran", total.realised),
        money("budget_remaining", "Sisa anggaran", total.remaining),
        share(total, "budget"),
        *(share(row, "spending") for row in types),
        share(office, "budget"),
        *(share(row, "budget") for row in rows),
    ]


def settings_of(year: int) -> ReportYear:
    """Return the settings of the year; raises NoSuchYear."""
    settings = ReportYear.objects.filter(year=year).first()
    if settings is None:
        raise NoSuchYear(
            f"LKIP tahun {year} belum disiapkan. Pilih tahun lain, atau siapkan tahun ini dahulu."
        )
    return settings


def compute(year: int) -> YearFigures:
    """Compute every figure of the year from one snapshot of the database. Raises NoSuchYear."""
    with snapshot():
        settings = settings_of(year)
        indicators = list(Indicator.objects.select_related("objective").prefetch_related("programmes"))
        evaluator = _Evaluator(indicators)
        evaluator.prepare(year)
        targets = _targets(year, settings)
        figures = {
            i.code: _figure(i, evaluator.part(i, year), targets.get(i.pk), settings) for i in indicators
        }
        rows, types = budget.tree(year), budget.by_type(year)
        office = budget.total(rows, "Perangkat daerah", "office")
        total = budget.total(rows, "Jumlah", "total")
        source = settings.budget_source or f"Anggaran {year}"
        return YearFigures(
            year=year,
            settings=settings,
            figures=figures,
            efficiencies=_efficiencies(figures, rows, source),
            tree=rows,
            by_type=types,
            office=office,
            total=total,
            budget_figures=_budget_figures(rows, types, office, total, source),
            findings=list(Finding.objects.filter(year=year)),
        )
