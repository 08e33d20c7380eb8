"""The figures of the budget: amounts, absorption, and achievement against absorption."""

from dataclasses import replace
from fractions import Fraction

from lkip import budget, formulas
from lkip.figures.model import Efficiency, Figure
from lkip.models import ReportYear
from lkip.shares import Shares


def until_month(rows: list[budget.Row], month: int) -> list[budget.Row]:
    """Return the rows as they stood at a month's end; none at all when one of them is not known then."""
    if any(row.months[month - 1] is None for row in rows):
        return []
    return [replace(row, realised=row.months[month - 1], physical=None) for row in rows]


def efficiencies(
    figures: dict[str, Figure], shares: Shares, settings: ReportYear, source: str
) -> list[Efficiency]:
    """Return achievement against absorption for each indicator that is paired with programmes, with its label."""
    found = []
    margin = Fraction(settings.efficiency_margin)
    for figure in figures.values():
        money = shares.of(figure.indicator)
        if money is None:
            continue
        own = Figure(
            code=f"efficiency_{figure.code}",
            label=f"Efisiensi: {figure.label}",
            unit="poin",
            decimals=2,
            level="EFFICIENCY",
            value=formulas.efficiency(figure.capaian, money.absorption),
            numerator=figure.capaian,
            denominator=money.absorption,
            source=f"{figure.source}; {source}",
            interim=figure.interim,
        )
        label = formulas.efficiency_label(figure.capaian, money.ceiling, money.realised, margin)
        names = tuple(part.label for part in money.parts)
        found.append(Efficiency(own, figure, money.ceiling, money.realised, money.absorption, names, label))
    return found


def budget_figures(
    rows: list[budget.Row], types: list[budget.Row], office, total, source: str
) -> list[Figure]:
    """Return amounts and absorption of the whole office, each spending type and each row; empty without rows."""

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


def income_figures(rows: list[budget.Row], total: budget.Row, source: str) -> list[Figure]:
    """Return the office's income: target, realisation and their ratio, whole and by row; empty without rows."""
    if not rows:
        return []
    label = "Pendapatan"
    found = [
        Figure(
            "income_target",
            "Anggaran pendapatan",
            "rupiah",
            0,
            "INCOME",
            Fraction(total.ceiling),
            source=source,
        ),
        Figure(
            "income_realised",
            "Realisasi pendapatan",
            "rupiah",
            0,
            "INCOME",
            Fraction(total.realised),
            source=source,
        ),
    ]
    for row, code in [(total, "income"), *((row, f"income_{row.key}") for row in rows)]:
        found.append(
            Figure(
                code=code,
                label=label if row is total else f"{label}: {row.name}",
                unit="persen",
                decimals=2,
                level="INCOME",
                value=row.absorption,
                numerator=Fraction(row.realised),
                denominator=Fraction(row.ceiling),
                source=source,
            )
        )
    return found
