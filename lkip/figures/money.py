"""The figures of the budget: amounts, absorption, and achievement against absorption."""

from fractions import Fraction

from lkip import budget, formulas
from lkip.figures.model import Efficiency, Figure


def efficiencies(figures: dict[str, Figure], rows: list[budget.Row], source: str) -> list[Efficiency]:
    """Return achievement against absorption for each indicator that is paired with programmes."""
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
