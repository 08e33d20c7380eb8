"""One wrong cell in a table whose other cells follow from each other, as a spreadsheet computes them.

The search of `repair_search` asks printed percentages which amount is meant. Where a file computes them from its own
cells they follow the wrong amount and say nothing; where it has none neither. Then only the sums speak: `single`
returns the cells that alone, with the sums and percentages that are computed from them, close every sum of their
column. A sum holds of each parent with its children, and of the whole table where its total is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from lkip.checker.digits import slip
from lkip.checker.repair_tree import Node, percent_true

COLUMNS = ("ceiling", "realised")
MOST_BROKEN = 2
"""One wrong cell breaks its own sum and the one it stands in, no more."""
MOST_FIXES = 5


@dataclass(frozen=True)
class Fix:
    """One column of the table after one cell was mended: ``values`` of the rows that change, the total's last."""

    values: tuple[tuple[str, int], ...] = ()
    total: int | None = None
    told: int = 0
    """1 where a plan document prints the new amount of the row, -1 where it prints the old one."""
    slips: bool = False
    """Whether one typing error turns the new amount into the printed one."""
    apart: int = 0
    """How far the cell moves, against what is printed: nearer is likelier."""

    @property
    def cells(self) -> int:
        """How many cells were mended; what follows from one is not counted."""
        return int(bool(self.values) or self.total is not None)


@dataclass(frozen=True)
class Single:
    """A table mended so: all its ``rows``, the ``total`` where that is corrected, and what was done in each column."""

    rows: dict[str, tuple[int, int]]
    total: tuple[int, int] | None
    fixes: tuple[Fix, ...]

    def score(self, roots: list[Node]) -> Decimal:
        """Printed amounts that stay and percentages that stay true or follow; half for every typing error named."""
        nodes = [node for root in roots for node in root.walk()]
        kept = sum(
            (ceiling == node.ceiling) + (realised == node.realised) + (node.percent is not None)
            for node, (ceiling, realised) in ((node, self.rows[node.key]) for node in nodes)
        )
        return Decimal(kept) + Decimal("0.5") * sum(fix.slips for fix in self.fixes)


def single(
    roots: list[Node],
    total: tuple[int, int] | None,
    known: Mapping[str, Sequence[int]],
    *,
    correct_total: bool,
) -> list[Single]:
    """Return the ways to close every sum with one mended cell a column.

    The likeliest first: what a plan document prints for the row (`known`, its ceilings), the total where it
    alone disagrees (only where the table prints it: `correct_total`), a typing error, the smallest step.
    """
    nodes = [node for root in roots for node in root.walk()]
    if any(None in (node.ceiling, node.realised) for node in nodes):
        return []
    columns = [
        list(_Column(name, roots, total and total[place], told, correct_total).fixes())
        for place, (name, told) in enumerate(zip(COLUMNS, (known, {}), strict=True))
    ]
    found = []
    for fixes in product(*columns):
        rows = _rows(nodes, fixes)
        if sum(fix.cells for fix in fixes) and all(_possible(node, rows[node.key]) for node in nodes):
            ends = tuple(fix.total for fix in fixes)
            mended = (
                None
                if ends == (None, None)
                else tuple(p if e is None else e for p, e in zip(total, ends, strict=True))
            )
            found.append(Single(rows, mended, fixes))
    found.sort(key=lambda each: _rank(each.fixes))
    return found


def _rank(fixes: tuple[Fix, ...]) -> tuple:
    return (
        -sum(fix.told for fix in fixes),
        sum(fix.total is None for fix in fixes),
        -sum(fix.slips for fix in fixes),
        sum(fix.apart for fix in fixes),
    )


def _rows(nodes: list[Node], fixes: tuple[Fix, ...]) -> dict[str, tuple[int, int]]:
    changed = [dict(fix.values) for fix in fixes]
    return {
        node.key: (changed[0].get(node.key, node.ceiling), changed[1].get(node.key, node.realised))
        for node in nodes
    }


def _possible(node: Node, after: tuple[int, int]) -> bool:
    """Whether a row may have these amounts: never spent beyond the ceiling, unless it is printed so.

    A percentage that is false as printed contradicts the row; one that is true follows it.
    """
    before = (node.ceiling, node.realised)
    if after == before:
        return True
    if after[1] > after[0] and before[1] <= before[0]:
        return False
    return percent_true(*before, node.percent) or percent_true(*after, node.percent)


class _Column:
    """One column of amounts, with the sums that are broken in it."""

    def __init__(
        self,
        name: str,
        roots: list[Node],
        total: int | None,
        known: Mapping[str, Sequence[int]],
        correct_total: bool,
    ) -> None:
        self.name, self.total, self.known, self.correct_total = name, total, known, correct_total
        self.top = Node("", "", -1, total, total, None, children=roots)
        self.parent: dict[str, Node] = {}
        self.broken: dict[str, int] = {}
        for node in self.top.walk():
            for child in node.children:
                self.parent[child.key] = node
            said = total if node is self.top else getattr(node, name)
            if node.children and said is not None:
                gap = said - sum(getattr(child, name) for child in node.children)
                if gap:
                    self.broken[node.key] = gap

    def fixes(self) -> Iterator[Fix]:
        """The likeliest ways to mend the column with one cell; one empty way where nothing is broken."""
        if not self.broken:
            yield Fix()
            return
        if len(self.broken) > MOST_BROKEN:
            return
        found = [*self._cells(), *self._whole()]
        found.sort(key=lambda fix: _rank((fix,)))
        yield from found[:MOST_FIXES]

    def _whole(self) -> Iterator[Fix]:
        """The total, where all else agrees."""
        if self.correct_total and set(self.broken) == {""}:
            meant = self.total - self.broken[""]
            yield Fix((), meant, 0, bool(slip(self.total, meant)), abs(self.broken[""]))

    def _cells(self) -> Iterator[Fix]:
        for node in self.top.walk():
            if node is self.top:
                continue
            fix = self._leaf(node) if not node.children else self._between(node)
            if fix is not None:
                yield fix

    def _leaf(self, node: Node) -> Fix | None:
        """A row without rows below, with the sums above it up to the only one that is broken."""
        if len(self.broken) != 1:
            return None
        ((end, gap),) = self.broken.items()
        changed, each = [node], self.parent[node.key]
        while each.key != end:
            if each is self.top:
                return None
            changed.append(each)
            each = self.parent[each.key]
        return self._moved(changed, gap)

    def _between(self, node: Node) -> Fix | None:
        """A row that breaks its own sum and the one it stands in, by the same amount."""
        above = self.broken.get(self.parent[node.key].key, 0)
        own = self.broken.get(node.key, 0)
        alone = self.parent[node.key] is self.top and self.total is None
        closes = len(self.broken) == (1 if alone else 2) and own and (alone or above == -own)
        return self._moved([node], -own) if closes else None

    def _moved(self, changed: list[Node], gap: int) -> Fix | None:
        values = tuple((node.key, getattr(node, self.name) + gap) for node in changed)
        if min(value for _, value in values) < 0:
            return None
        printed = getattr(changed[0], self.name)
        said = self.known.get(changed[0].key, ())
        told = (values[0][1] in said) - (printed in said)
        return Fix(values, None, told, bool(slip(printed, values[0][1])), abs(gap))
