"""The year: settings, targets in force, every figure, all read in one snapshot."""

from fractions import Fraction

from core.db import snapshot
from lkip import budget, formulas
from lkip.figures.evaluate import Evaluator
from lkip.figures.model import Figure, NoSuchYear, Part, YearFigures
from lkip.figures.money import budget_figures, efficiencies, income_figures
from lkip.models import Finding, Indicator, IndicatorTarget, ReportYear
from lkip.shares import Shares


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
        evaluator = Evaluator(indicators)
        evaluator.prepare(year)
        targets = _targets(year, settings)
        figures = {
            i.code: _figure(i, evaluator.part(i, year), targets.get(i.pk), settings) for i in indicators
        }
        rows, types = budget.tree(year), budget.by_type(year)
        income, shares = budget.income(year), Shares(year, rows)
        office = budget.total(rows, "Perangkat daerah", "office")
        total = budget.total(rows, "Jumlah", "total")
        source = settings.budget_source or f"Anggaran {year}"
        return YearFigures(
            year=year,
            settings=settings,
            figures=figures,
            efficiencies=efficiencies(figures, shares, settings, source),
            tree=rows,
            by_type=types,
            office=office,
            total=total,
            budget_figures=[
                *budget_figures(rows, types, office, total, source),
                *income_figures(income, budget.total(income, "Jumlah pendapatan", "income"), source),
            ],
            findings=list(Finding.objects.filter(year=year)),
            income=income,
            shares=shares,
        )
