"""The year: settings, targets in force, every figure, all read in one snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from core.db import snapshot
from lkip import bands, budget, formulas
from lkip.bands import Scale
from lkip.enums import Aggregation, Direction, Status
from lkip.figures.definitions import Definitions
from lkip.figures.evaluate import Evaluator
from lkip.figures.means import means
from lkip.figures.model import Figure, NoSuchYear, Part, YearFigures
from lkip.figures.money import budget_figures, efficiencies, income_figures, until_month
from lkip.figures.periods import QUARTERS, Span
from lkip.models import (
    Finding,
    Indicator,
    IndicatorTarget,
    IndicatorVersion,
    QuarterTarget,
    ReportYear,
)
from lkip.shares import Shares


def bounds_of(indicator: Indicator, settings: ReportYear) -> tuple[Fraction | None, Fraction | None]:
    """The indicator's own bounds before the year's; a bound of the year that an own one passes does not bind."""
    low, high = indicator.clamp_low, indicator.clamp_high
    year_low, year_high = settings.clamp_low, settings.clamp_high
    if low is None and year_low is not None and (high is None or year_low < high):
        low = year_low
    if high is None and year_high is not None and (low is None or year_high > low):
        high = year_high
    return tuple(None if bound is None else Fraction(bound) for bound in (low, high))


@dataclass(frozen=True)
class Aim:
    """What was promised for a span: a number, or a predicate, and by which document."""

    value: Fraction | None
    document: str
    category: str = ""


def targets(span: Span, settings: ReportYear) -> dict[int, Aim]:
    """Return what is promised: for the year by the first document of its order, for a quarter by the action plan.

    A month has no promise of its own.
    """
    if span.quarter is not None:
        return _quarter_targets(span)
    if not span.is_year:
        return {}
    rank = {document: place for place, document in enumerate(settings.target_priority)}
    chosen: dict[int, IndicatorTarget] = {}
    for target in IndicatorTarget.objects.filter(year=span.year, document__in=rank):
        held = chosen.get(target.indicator_id)
        if held is None or rank[target.document] < rank[held.document]:
            chosen[target.indicator_id] = target
    return {
        pk: Aim(None if t.category else Fraction(t.value), t.get_document_display(), t.category)
        for pk, t in chosen.items()
    }


def _quarter_targets(span: Span) -> dict[int, Aim]:
    """Return the action plan until the quarter: parts of a SUM are added, of the others the quarter's own stands."""
    document = f"Rencana aksi triwulan {QUARTERS[span.quarter - 1]}"
    found: dict[int, Aim] = {}
    rows = QuarterTarget.objects.filter(year=span.year, quarter__lte=span.quarter).select_related("indicator")
    for row in rows:
        held = found.get(row.indicator_id)
        if row.indicator.aggregation == Aggregation.SUM:
            before = held.value if held else Fraction(0)
            found[row.indicator_id] = Aim(before + Fraction(row.value), document)
        elif row.quarter == span.quarter:
            found[row.indicator_id] = Aim(Fraction(row.value), document)
    return found


@dataclass
class Making:
    """Makes the figures of one span out of what was read for it."""

    span: Span
    settings: ReportYear
    definitions: Definitions
    scales: dict[int, Scale]
    aims: dict[int, Aim]

    def figure(self, indicator: Indicator, part: Part) -> Figure:
        """Return the figure of an indicator."""
        now = self.definitions.of(indicator.pk, self.span.year)
        by_pk = self.definitions.by_pk
        aim = self.aims.get(indicator.pk)
        values = {
            "code": indicator.code,
            "label": now.name,
            "unit": indicator.unit,
            "decimals": indicator.decimals,
            "level": indicator.level,
            "value": part.value,
            "numerator": part.numerator,
            "denominator": part.denominator,
            "target": aim.value if aim else None,
            "target_document": aim.document if aim else "",
            "direction": indicator.direction,
            "records_count": part.records,
            "source": part.source,
            "indicator": indicator,
            "definition": now.text,
            "numerator_of": by_pk.get(now.numerator_id),
            "denominator_of": by_pk.get(now.denominator_id),
            "why": part.why,
            "undefined": part.undefined,
            "interim": "; ".join(part.interim),
            "definition_changed": self.definitions.changed(indicator.pk, self.span.year, self.span.year - 1),
        }
        if indicator.direction == Direction.CATEGORY:
            return Figure(**(values | self._ranked(indicator, part, aim)))
        return Figure(**(values | self._measured(indicator, part, aim)))

    def _measured(self, indicator: Indicator, part: Part, aim: Aim | None) -> dict:
        """Achievement in per cent, and the predicates of value and achievement."""
        target = aim.value if aim else None
        reached = formulas.achievement(part.value, target, indicator.direction)
        held = formulas.clamped(reached, *bounds_of(indicator, self.settings))
        own, years = self.scales.get(indicator.scale_id), self.scales.get(self.settings.scale_id)
        status = formulas.status(part.value, target, indicator.direction)
        return {
            "category": part.category,
            "capaian": reached,
            "capaian_clamped": held,
            "status": Status.UNDEFINED if part.undefined else status,
            "predicate": _name(own, part.value),
            "capaian_predicate": _name(years, held),
        }

    def _ranked(self, indicator: Indicator, part: Part, aim: Aim | None) -> dict:
        """A predicate against the promised one: ranks, no per cent."""
        scale = self.scales.get(indicator.scale_id)
        word, why = _predicate(scale, part.category, part.value)
        promised, wrong = _predicate(scale, aim.category, aim.value) if aim else (None, "")
        found: dict = {
            "category": word.name if word else part.category,
            "target_category": promised.name if promised else (aim.category if aim else ""),
            "predicate": word.name if word else "",
            "why": part.why or why or wrong,
        }
        if word and promised:
            found["steps"] = word.rank - promised.rank
            found["status"] = Status.REACHED if found["steps"] >= 0 else Status.MISSED
        elif part.undefined or why or wrong:
            found["status"] = Status.UNDEFINED
        else:
            found["status"] = Status.NO_TARGET if word else Status.WAITING
        return found


def _name(scale: Scale | None, value: Fraction | None) -> str:
    step = scale.at(value) if scale is not None and value is not None else None
    return step.name if step else ""


def _predicate(scale: Scale | None, word: str, value: Fraction | None):
    """Return (step, what is wrong) of a predicate given in words, or looked up for a number."""
    if not word and value is None:
        return None, ""
    if scale is None:
        return None, "Indikator ini belum punya skala predikat, jadi peringkatnya tidak dapat dibandingkan."
    step = scale.called(word) if word else scale.at(value)
    if step is None:
        return None, f"Predikat “{word or value}” tidak ada pada skala “{scale.name}”."
    return step, ""


def settings_of(year: int) -> ReportYear:
    """Return the settings of the year; raises NoSuchYear."""
    settings = ReportYear.objects.filter(year=year).first()
    if settings is None:
        raise NoSuchYear(
            f"LKIP tahun {year} belum disiapkan. Pilih tahun lain, atau siapkan tahun ini dahulu."
        )
    return settings


def compute(year: int, *, quarter: int | None = None, month: int | None = None) -> YearFigures:
    """Compute every figure of the year, or from 1 January to the end of a quarter or month, from one snapshot.

    What was promised for a quarter is its action plan; a month has no target. Inside the year the budget is shown as
    far as every line's months are known; spending types, income and efficiencies are not. Raises NoSuchYear and
    NoSuchPeriod.
    """
    span = Span.of(year, quarter, month)
    return compute_spans([span])[span]


def compute_years(years: Iterable[int]) -> dict[int, YearFigures]:
    """Compute several years side by side from one snapshot.

    A year that was never prepared here is counted by the rules of the newest one that was. Raises NoSuchYear when none
    of them was.
    """
    spans = [Span(year) for year in years]
    return {span.year: figures for span, figures in compute_spans(spans, borrow=True).items()}


def _settings(years: set[int], *, borrow: bool) -> dict[int, ReportYear]:
    found = {row.year: row for row in ReportYear.objects.filter(year__in=years)}
    if borrow and found:
        return {year: found.get(year, found[max(found)]) for year in years}
    return {year: found.get(year) or settings_of(year) for year in years}


def compute_spans(spans: Iterable[Span], *, borrow: bool = False) -> dict[Span, YearFigures]:
    """Compute these spans from one snapshot; what two of them ask alike is asked once.

    `borrow` lets a year without settings follow the newest that has some. Raises NoSuchYear.
    """
    spans = list(spans)
    with snapshot():
        settings = _settings({span.year for span in spans}, borrow=borrow)
        indicators = list(Indicator.objects.select_related("objective").prefetch_related("programmes"))
        definitions = Definitions(indicators, IndicatorVersion.objects.all())
        scales = bands.load(
            {row.scale_id for row in [*indicators, *settings.values()] if row.scale_id is not None}
        )
        evaluator = Evaluator(definitions)
        evaluator.prepare(spans)
        return {span: _year(span, settings[span.year], evaluator, scales) for span in spans}


def _year(span: Span, settings: ReportYear, evaluator: Evaluator, scales: dict[int, Scale]) -> YearFigures:
    making = Making(span, settings, evaluator.definitions, scales, targets(span, settings))
    figures = {
        indicator.code: making.figure(indicator, evaluator.part(indicator.pk, span))
        for indicator in evaluator.by_pk.values()
        if in_use(indicator, span.year)
    }
    rows, types, income = _budget(span)
    shares = Shares(span.year, rows)
    office = budget.total(rows, "Perangkat daerah", "office")
    total = budget.total(rows, "Jumlah", "total")
    source = settings.budget_source or f"Anggaran {span.year}"
    return YearFigures(
        year=span.year,
        span=span,
        settings=settings,
        figures=figures,
        efficiencies=efficiencies(figures, shares, settings, source) if span.is_year else [],
        tree=rows,
        by_type=types,
        office=office,
        total=total,
        budget_figures=[
            *budget_figures(rows, types, office, total, source),
            *income_figures(income, budget.total(income, "Jumlah pendapatan", "income"), source),
        ],
        findings=list(Finding.objects.filter(year=span.year)),
        income=income,
        shares=shares,
        scale=scales.get(settings.scale_id),
        means=means(figures.values(), scales.get(settings.scale_id)) if span.is_year else [],
    )


def _budget(span: Span) -> tuple[list[budget.Row], list[budget.Row], list[budget.Row]]:
    """Return spending tree, spending types and income; inside the year the tree as far as its months are known."""
    rows = budget.tree(span.year)
    if span.is_year:
        return rows, budget.by_type(span.year), budget.income(span.year)
    return until_month(rows, span.last), [], []


def in_use(indicator: Indicator, year: int) -> bool:
    """Whether the office uses the indicator in the year."""
    return (indicator.from_year is None or indicator.from_year <= year) and (
        indicator.to_year is None or indicator.to_year >= year
    )
