"""Which few corrections would make a budget table agree with itself.

A table of programme, kegiatan and sub kegiatan is a set of equations: every parent is the sum of its children, in
pagu and in realisasi, and every percentage is realisasi ÷ pagu × 100 to the decimals printed. Where the printed
numbers break an equation, `candidates` looks for the sets of corrections that close them all and ranks these by how
many printed numbers they leave true. It only proposes: which one is right is known to whoever holds the ledger.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from core.formats import number
from lkip.checker import repair_search, repair_single
from lkip.checker.digits import slip
from lkip.checker.repair_option import UNKNOWN
from lkip.checker.repair_tree import Node, build, percent_true

TOTAL = ""
"""The key of the total's cells among the edits; no row has it."""


@dataclass(frozen=True)
class BudgetRow:
    """One printed row. ``depth`` grows from programme to sub kegiatan; None is a cell that cannot be read.

    ``percent`` is the printed percentage, its exponent telling the printed decimals. The texts are what stands in
    the cells, needed only where they are malformed.
    """

    key: str
    label: str
    depth: int
    ceiling: int | None
    realised: int | None
    percent: Decimal | None = None
    ceiling_text: str = ""
    realised_text: str = ""


@dataclass(frozen=True)
class Edit:
    """One corrected cell; ``column`` is "pagu" or "realisasi"."""

    key: str
    label: str
    column: str
    printed: int | None
    proposed: int
    reason: str


@dataclass(frozen=True)
class Move:
    """A row that stands under the wrong parent."""

    key: str
    label: str
    ceiling: int
    realised: int
    to: str


@dataclass(frozen=True)
class Missing:
    """A row that the table lacks below ``parent_key``; ``rest`` is what of it the rows moved into it leave open."""

    parent_key: str
    ceiling: int
    realised: int
    reason: str
    rest: tuple[int, int]


@dataclass(frozen=True)
class Repair:
    """A set of corrections that closes every sum of the table; ``rows`` are all (pagu, realisasi) after it.

    ``score`` counts the printed numbers that stay or become true, less two for every percentage that stays false,
    one for every row added and half for every row moved.
    """

    score: Decimal
    edits: tuple[Edit, ...]
    moves: tuple[Move, ...] = ()
    missing: tuple[Missing, ...] = ()
    rows: dict[str, tuple[int, int]] = field(default_factory=dict, compare=False)

    @property
    def words(self) -> list[str]:
        """The corrections as sentences."""
        said = [
            f"{e.column} “{e.label}”: {number(e.printed) if e.printed is not None else 'tidak terbaca'} → "
            f"{number(e.proposed)} ({e.reason})"
            for e in self.edits
        ]
        said += [
            f"“{m.label}” ({number(m.ceiling)} / {number(m.realised)}) dipindahkan ke {m.to}"
            for m in self.moves
        ]
        said += [
            f"baris yang tidak tercantum: pagu {number(m.ceiling)}, realisasi {number(m.realised)} ({m.reason}"
            + (
                f"; di dalamnya belum terinci {number(m.rest[0])} / {number(m.rest[1])})"
                if m.rest != (m.ceiling, m.realised)
                else ")"
            )
            for m in self.missing
        ]
        return said


def candidates(
    rows: Sequence[BudgetRow],
    *,
    total: tuple[int, int] | None = None,
    others: Collection[int] = (),
    known: Mapping[str, Sequence[int]] | None = None,
    most: int = 5,
    correct_total: bool = False,
) -> list[Repair]:
    """Return up to `most` repairs, the best first; none when the table already agrees with itself.

    First come those that leave the fewest percentages unexplained (true neither of their own row nor of the row
    beside it), among these the ones with the highest score.

    `total` is the (pagu, realisasi) of the whole table where it is known from elsewhere; `others` are amounts that
    are printed outside the table and make a proposed number more likely; `known` are the pagu that other documents
    (RKT, Perjanjian Kinerja) print for a row, by its key: each that becomes true counts like a number of the table.
    With `correct_total` the total is a cell of the table, which may be the wrong one.
    """
    roots = build(rows)
    if not roots or _agrees(roots, total):
        return []
    solutions = repair_search.solve(roots, total, frozenset(others), known)
    found = [(solution, _repair(solution, roots)) for solution in solutions]
    # what is left of a table may be percentages that no correction mends: a proposal of nothing is none
    searched = _varied([(s, r) for s, r in found if r.edits or r.moves or r.missing], most)
    singles = repair_single.single(roots, total, known or {}, correct_total=correct_total)
    alone = [_alone(each, roots, total) for each in singles]
    return _together(searched, alone, most)


def _together(searched: list[Repair], alone: list[tuple[Repair, bool]], most: int) -> list[Repair]:
    """Both kinds of proposals, each once.

    A cell that alone closes everything goes first where a typing error explains it, or where the total is the only
    thing that disagrees, and it takes fewer corrections than what was searched for; one of the others has room.
    """
    known = {_said(repair) for repair in searched}
    new = [(repair, firm) for repair, firm in alone if _said(repair) not in known]
    least = min((_cost(repair) for repair in searched[:1]), default=most)
    first = [repair for repair, firm in new if firm and least > 1][: max(1, most - 2)]
    later = [repair for repair, _ in new if repair not in first]
    room = most - len(first) - bool(later)
    return [*first, *searched[: max(room, 0)], *later][:most]


def _said(repair: Repair) -> tuple:
    return (frozenset((e.key, e.column, e.proposed) for e in repair.edits), repair.moves, repair.missing)


def _cost(repair: Repair) -> int:
    """How many things a proposal says; a row that nobody printed weighs as two."""
    return len(repair.edits) + len(repair.moves) + 2 * len(repair.missing)


def _alone(
    one: "repair_single.Single", roots: list[Node], total: tuple[int, int] | None
) -> tuple[Repair, bool]:
    """The repair of one cell a column, and whether it is firm: one cell only, and told by a plan, a typing error, or
    the total against all else.
    """
    solution = repair_search.Solution(one.rows, (), (), one.score(roots))
    repair = _repair(solution, roots)
    edits = list(repair.edits)
    for place, column in enumerate(("pagu", "realisasi")):
        if one.total is not None and one.total[place] != total[place]:
            why = slip(total[place], one.total[place])
            reason = "; ".join(filter(None, (why, "jumlah semua program")))
            edits.append(Edit(TOTAL, "Jumlah", column, total[place], one.total[place], reason))
    mended = [fix for fix in one.fixes if fix.cells]
    firm = len(mended) == 1 and (mended[0].told > 0 or mended[0].slips or mended[0].total is not None)
    return replace(repair, edits=tuple(edits)), firm


def _varied(found: list[tuple["repair_search.Solution", Repair]], most: int) -> list[Repair]:
    """The first `most`, the best first, among them the best of each way to place the rows.

    Whether printed rows stand where they belong is the question that only the reader of the ledger can answer; how the
    cells are mended beside it varies in many ways. So each answer has its best proposal among those that are shown, as
    long as it explains all that the best one explains and scores near it.
    """
    if not found:
        return []
    best = found[0][0]
    heads: dict[frozenset[str], int] = {}
    for place, (solution, _) in enumerate(found):
        if solution.left == best.left and best.score - solution.score <= repair_search.MARGIN:
            heads.setdefault(frozenset(solution.moved), place)
    chosen = list(heads.values())[:most]
    rest = (place for place in range(len(found)) if place not in chosen)
    chosen += islice(rest, most - len(chosen))
    return [found[place][1] for place in sorted(chosen)]


def _agrees(roots: list[Node], total: tuple[int, int] | None) -> bool:
    nodes = [node for root in roots for node in root.walk()]
    for node in nodes:
        if node.ceiling is None or node.realised is None:
            return False
        if node.children and (
            node.ceiling != sum(c.ceiling or 0 for c in node.children)
            or node.realised != sum(c.realised or 0 for c in node.children)
        ):
            return False
        if not percent_true(node.ceiling, node.realised, node.percent):
            return False
    sums = (sum(r.ceiling for r in roots), sum(r.realised for r in roots))
    return total is None or sums == total


def _repair(solution: "repair_search.Solution", roots: list[Node]) -> Repair:
    nodes = {node.key: node for root in roots for node in root.walk()}
    edits = []
    for key, (ceiling, realised) in solution.values.items():
        node = nodes[key]
        for column, printed, proposed in (
            ("pagu", node.ceiling, ceiling),
            ("realisasi", node.realised, realised),
        ):
            if proposed not in (printed, UNKNOWN):
                reason = solution.reason(node, column, proposed)
                edits.append(Edit(key, node.label, column, printed, proposed, reason))
    inside = [sum(solution.values[key][i] for key in solution.moved) for i in (0, 1)]
    missing = tuple(
        Missing(
            m.parent_key,
            m.ceiling,
            m.realised,
            m.reason,
            (m.ceiling - inside[0], m.realised - inside[1]),
        )
        for m in solution.missing
    )
    place = "baris yang tidak tercantum" if missing else "induk lain yang belum diketahui"
    moves = tuple(
        Move(node.key, node.label, *solution.values[node.key], place)
        for node in (nodes[key] for key in solution.moved)
    )
    return Repair(solution.score, tuple(edits), moves, missing, dict(solution.values))
