"""The spending tree, the breakdown by type and the income, every parent computed from its leaves."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from core import formats
from core.models.reference import Nomenclature
from lkip import formulas
from lkip.models import (
    BudgetFunding,
    BudgetLine,
    BudgetProgress,
    IncomeLine,
    PrintedAmount,
    SpendingType,
)

MONTHS = 12
NOT_BUDGETED = "tanpa anggaran"
UNBUDGETED = "realisasi tanpa pagu"
Months = tuple[int | None, ...]


@dataclass(frozen=True)
class Row:
    """One row of a spending table. ``depth`` 0 is a programme, or the total of the breakdown by type.

    ``ceiling`` is the one in force, ``initial_ceiling`` the APBD murni (None unless known of every leaf below).
    ``physical`` is per cent of the work; a parent's is the mean of its leaves weighted by their ceilings, and None
    unless it is known of every leaf that has money. ``funding`` tells rupiah by source where that is known.
    ``months`` are the cumulative realisations at the end of each month; None where a month was not recorded.
    ``uid`` is the line's own, for its form.
    """

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
    initial_ceiling: int | None = None
    physical: Fraction | None = None
    funding: dict[str, int] = field(default_factory=dict)
    months: Months = (None,) * MONTHS
    uid: str = ""

    @property
    def remaining(self) -> int:
        """Sisa in rupiah: ceiling – realised."""
        return self.ceiling - self.realised

    @property
    def absorption(self) -> Fraction | None:
        """Serapan in per cent, unrounded; None when nothing was budgeted."""
        return formulas.absorption(self.ceiling, self.realised)

    @property
    def absorption_display(self) -> str:
        """Serapan with two decimals, or the words where there is no ceiling to divide by."""
        return absorption_text(self.ceiling, self.realised)

    @property
    def shift(self) -> int | None:
        """What the change of the budget (perubahan) added or took, rupiah."""
        return None if self.initial_ceiling is None else self.ceiling - self.initial_ceiling


def absorption_text(ceiling: int | Fraction, realised: int | Fraction) -> str:
    """Write serapan without its sign ("93,85"); without a ceiling in words, never as a number."""
    if not ceiling:
        return UNBUDGETED if realised else NOT_BUDGETED
    return formats.number(Fraction(realised) / Fraction(ceiling) * 100, 2)


@dataclass
class _Sum:
    """What is added up on the way from the leaves to the root."""

    ceiling: int = 0
    realised: int = 0
    initial: int | None = 0
    work: Fraction | None = Fraction(0)
    funding: dict[str, int] = field(default_factory=dict)
    months: list[int | None] = field(default_factory=lambda: [0] * MONTHS)
    filled: bool = False

    def add(self, other: "_Sum") -> None:
        """Take a child in; what is unknown of one child is unknown of the parent."""
        self.ceiling += other.ceiling
        self.realised += other.realised
        self.initial = _plus(self.initial, other.initial)
        self.work = _plus(self.work, other.work)
        for source, amount in other.funding.items():
            self.funding[source] = self.funding.get(source, 0) + amount
        self.months = [_plus(a, b) for a, b in zip(self.months, other.months, strict=True)]
        self.filled = self.filled or other.filled

    def fields(self) -> dict:
        """The columns of a row."""
        physical = self.work / self.ceiling if self.work is not None and self.ceiling else None
        return {
            "ceiling": self.ceiling,
            "realised": self.realised,
            "initial_ceiling": self.initial if self.filled else None,
            "physical": physical,
            "funding": self.funding,
            "months": tuple(self.months) if self.filled else (None,) * MONTHS,
        }


def _plus(a, b):
    return None if a is None or b is None else a + b


def _summed(nodes: list, children: dict, amounts: dict[int, _Sum], make) -> list[Row]:
    """Walk the tree from its roots; return the rows that have amounts, in printed order, parents before children."""
    rows: list[Row] = []

    def walk(node, depth: int) -> _Sum:
        place = len(rows)
        rows.append(make(node, depth))
        total = _Sum()
        own = amounts.get(node.pk)
        if own is not None:
            total.add(own)
        for child in children.get(node.pk, []):
            below = walk(child, depth + 1)
            if below.filled:
                total.add(below)
        if total.filled:
            rows[place] = replace(rows[place], leaf=own is not None, **total.fields())
        else:
            del rows[place:]
        return total

    for node in nodes:
        walk(node, 0)
    return rows


def _by_parent(nodes) -> dict:
    children: dict = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)
    return children


def carried(known: dict[int, int], last: int) -> list[int | None]:
    """Return twelve cumulative amounts: a month without an entry stands as the one before, nothing after `last`."""
    found: list[int | None] = []
    amount = 0
    for month in range(1, MONTHS + 1):
        amount = known.get(month, amount)
        found.append(amount if month <= last else None)
    return found


def _leaf(line: BudgetLine, funding: dict[str, int], months: dict[int, int], last: int) -> _Sum:
    """What one line brings. A line that spent money without a month of its own leaves the months unknown."""
    told = bool(months) or not line.realised
    known = Fraction(line.physical) * line.ceiling if line.physical is not None else None
    work = Fraction(0) if known is None and not line.ceiling else known
    return _Sum(
        ceiling=line.ceiling,
        realised=line.realised,
        initial=line.initial_ceiling,
        work=work,
        funding=dict(funding),
        months=carried(months, last) if told and last else [None] * MONTHS,
        filled=True,
    )


def _amounts(year: int) -> tuple[dict[int, _Sum], dict[int, str]]:
    """Return the leaves of the year by nomenclature, and the uid of each line; three statements."""
    funding: dict[int, dict[str, int]] = {}
    for each in BudgetFunding.objects.filter(line__nomenclature__year=year, ceiling__gt=0):
        funding.setdefault(each.line_id, {})[each.source] = each.ceiling
    months: dict[int, dict[int, int]] = {}
    for step in BudgetProgress.objects.filter(line__nomenclature__year=year):
        months.setdefault(step.line_id, {})[step.month] = step.realised
    last = max((month for known in months.values() for month in known), default=0)
    lines = list(BudgetLine.objects.filter(nomenclature__year=year))
    sums = {
        line.nomenclature_id: _leaf(line, funding.get(line.pk, {}), months.get(line.pk, {}), last)
        for line in lines
    }
    return sums, {line.nomenclature_id: str(line.uid) for line in lines}


def tree(year: int) -> list[Row]:
    """Return programme, kegiatan and sub kegiatan of the year in order; five statements.

    A node of the nomenclature without any line below it is no row of this year's budget.
    """
    nodes = list(Nomenclature.objects.filter(year=year).order_by("order", "pk"))
    amounts, uids = _amounts(year)
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
            uid=uids.get(node.pk, ""),
        )

    return _summed(children.get(None, []), children, amounts, make)


def by_type(year: int) -> list[Row]:
    """Return the breakdown by type of spending in order; one statement."""
    nodes = list(SpendingType.objects.filter(year=year))
    amounts = {
        n.pk: _Sum(n.ceiling, n.realised, None, None, months=[None] * MONTHS, filled=True)
        for n in nodes
        if n.ceiling is not None
    }
    children = _by_parent(nodes)

    def make(node, depth: int) -> Row:
        return Row(node.key, "", node.name, "TYPE", depth, 0, 0, False)

    return _summed(children.get(None, []), children, amounts, make)


def income(year: int) -> list[Row]:
    """Return the income in order, target in ``ceiling``; one statement."""
    nodes = list(IncomeLine.objects.filter(year=year))
    amounts = {
        n.pk: _Sum(n.target, n.realised or 0, None, None, months=[None] * MONTHS, filled=True)
        for n in nodes
        if n.target is not None
    }
    children = _by_parent(nodes)

    def make(node, depth: int) -> Row:
        return Row(node.key, node.code, node.name, "INCOME", depth, 0, 0, False, uid=str(node.uid))

    return _summed(children.get(None, []), children, amounts, make)


def total(rows: list[Row], name: str, key: str) -> Row:
    """Return the sum of the roots as one row."""
    summed = _Sum()
    for row in rows:
        if row.depth == 0:
            work = None if row.physical is None else row.physical * row.ceiling
            if row.physical is None and not row.ceiling:
                work = Fraction(0)
            summed.add(
                _Sum(
                    row.ceiling,
                    row.realised,
                    row.initial_ceiling,
                    work,
                    row.funding,
                    list(row.months),
                    filled=True,
                )
            )
    return Row(key, "", name, "TOTAL", 0, leaf=False, **summed.fields())
