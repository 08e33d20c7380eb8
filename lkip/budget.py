"""The spending tree and the breakdown by type, every parent computed from its leaves."""

from dataclasses import dataclass, replace
from fractions import Fraction

from core.models.reference import Nomenclature
from lkip import formulas
from lkip.models import BudgetLine, PrintedAmount, SpendingType


@dataclass(frozen=True)
class Row:
    """One row of a spending table. ``depth`` 0 is a programme, or the total of the breakdown by type."""

    key: str
    code: str
    name: str
    level: str
    depth: int
    ceiling: int
    realised: int
    leaf: bool
    nomenclature_id: int | None = None
    printed: PrintedAmount | None = None

    @property
    def remaining(self) -> int:
        """Sisa in rupiah: ceiling – realised."""
        return self.ceiling - self.realised

    @property
    def absorption(self) -> Fraction | None:
        """Serapan in per cent, unrounded; None when nothing was budgeted."""
        return formulas.absorption(self.ceiling, self.realised)


def _summed(nodes: list, children: dict, amounts: dict, make) -> list[Row]:
    """Walk the tree from its roots and return the rows in printed order, parents before children."""
    rows: list[Row] = []

    def walk(node, depth: int) -> tuple[int, int]:
        place = len(rows)
        rows.append(make(node, depth))
        below = [walk(child, depth + 1) for child in children.get(node.pk, [])]
        own = amounts.get(node.pk)
        if own is not None:
            below.append(own)
        total = (sum(c for c, _ in below), sum(r for _, r in below))
        rows[place] = replace(rows[place], ceiling=total[0], realised=total[1], leaf=own is not None)
        return total

    for node in nodes:
        walk(node, 0)
    return rows


def _by_parent(nodes) -> dict:
    children: dict = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)
    return children


def tree(year: int) -> list[Row]:
    """Return programme, kegiatan and sub kegiatan of the year in order; three statements."""
    nodes = list(Nomenclature.objects.filter(year=year).order_by("order", "pk"))
    lines = BudgetLine.objects.filter(nomenclature__year=year).values_list(
        "nomenclature_id", "ceiling", "realised"
    )
    amounts = {pk: (ceiling, realised) for pk, ceiling, realised in lines}
    printed = {p.nomenclature_id: p for p in PrintedAmount.objects.filter(nomenclature__year=year)}
    children = _by_parent(nodes)

    def make(node, depth: int) -> Row:
        return Row(
            node.key,
            node.code or "",
            node.name,
            node.level,
            depth,
            0,
            0,
            False,
            node.pk,
            printed.get(node.pk),
        )

    rows = _summed(children.get(None, []), children, amounts, make)
    return [row for row in rows if _budgeted(row, rows)] if amounts else []


def _budgeted(row: Row, rows: list[Row]) -> bool:
    """A node of the nomenclature without any line below it is no row of this year's budget."""
    if row.leaf:
        return True
    start = rows.index(row) + 1
    for other in rows[start:]:
        if other.depth <= row.depth:
            return False
        if other.leaf:
            return True
    return False


def by_type(year: int) -> list[Row]:
    """Return the breakdown by type of spending in order; one statement."""
    nodes = list(SpendingType.objects.filter(year=year))
    amounts = {n.pk: (n.ceiling, n.realised) for n in nodes if n.ceiling is not None}
    children = _by_parent(nodes)

    def make(node, depth: int) -> Row:
        return Row(node.key, "", node.name, "TYPE", depth, 0, 0, False)

    return _summed(children.get(None, []), children, amounts, make)


def total(rows: list[Row], name: str, key: str) -> Row:
    """Return the sum of the roots as one row."""
    roots = [row for row in rows if row.depth == 0]
    return Row(
        key, "", name, "TOTAL", 0, sum(r.ceiling for r in roots), sum(r.realised for r in roots), False
    )
