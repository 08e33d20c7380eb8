"""The search behind `repair.candidates`: few corrections, every sum closed.

From the leaves upward each row gets a handful of options, each an assignment of its whole branch in which all sums
close. Where a printed percentage contradicts its own amounts, the realisasi may be anything the percentage allows
until a sum above determines it. A correction of a child that would make its true percentage false is not tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, product

from lkip.checker.digits import roundest, slip
from lkip.checker.repair_option import UNKNOWN, Gap, Option, joined
from lkip.checker.repair_tree import Node, percent_true, span

PER_ROW, PER_OPEN, PER_BRANCH, PRODUCTS, SUBSET = 6, 2, 12, 3000, 2
MARGIN = 6
"""How far below the best option of its branch another may score and still be followed."""


@dataclass(frozen=True)
class Solution:
    """A settled table."""

    values: dict[str, tuple[int, int]]
    moved: tuple[str, ...]
    missing: tuple[Gap, ...]
    score: Decimal
    left: int = 0
    """How many printed percentages it leaves false and unexplained."""

    def reason(self, node: Node, column: str, proposed: int) -> str:
        """Why this cell gets this number, in words."""
        printed = node.ceiling if column == "pagu" else node.realised
        reasons = [word for word in (slip(printed, proposed),) if word]
        guesses = node.ceiling_guesses if column == "pagu" else node.realised_guesses
        if proposed in guesses:
            reasons.append("pemisah tercetak sebagai angka")
        kept = [c for c in node.children if c.key not in self.moved]
        if kept:
            index = 0 if column == "pagu" else 1
            gap = sum((g.ceiling, g.realised)[index] for g in self.missing if g.parent_key == node.key)
            if sum(self.values[c.key][index] for c in kept) + gap == proposed:
                reasons.append("jumlah baris di bawahnya")
        if node.percent is not None and percent_true(*self.values[node.key], node.percent):
            before = percent_true(node.ceiling, node.realised, node.percent)
            becomes = "tetap" if before else "menjadi"
            reasons.append(f"persen tercetak {str(node.percent).replace('.', ',')} {becomes} benar")
        return "; ".join(reasons) or "menutup jumlah induknya"


class _Search:
    """Holds the printed rows while the branches are settled."""

    def __init__(
        self, roots: list[Node], others: frozenset[int], known: Mapping[str, Sequence[int]] | None = None
    ) -> None:
        self.nodes = {node.key: node for root in roots for node in root.walk()}
        self.others = others
        self.known = known or {}
        keys = list(self.nodes)
        self.beside = {
            key: tuple(keys[j] for j in (i - 1, i + 1) if 0 <= j < len(keys)) for i, key in enumerate(keys)
        }

    def score(self, option: Option) -> Decimal:
        """Printed numbers kept or made true, less what stays false and what is added or moved."""
        points = Decimal(0)
        settled = {k: (p, r) for k, p, r in option.values if k not in option.open_keys}
        for key, ceiling, realised in option.values:
            node, waits = self.nodes[key], key in option.open_keys
            points += ceiling == node.ceiling
            points += sum(told == ceiling for told in self.known.get(key, ()))
            points += not waits and realised == (UNKNOWN if node.realised is None else node.realised)
            if node.percent is not None:
                points += 1 if waits or self._explained(key, option, settled) else -2
            pairs = ((node.ceiling, ceiling), (node.realised, None if waits else realised))
            points += sum(Decimal("0.5") for printed, new in pairs if slip(printed, new))
        points -= Decimal("0.5") * len(option.moved)
        for key, ceiling, realised in option.short:
            printed = self.nodes[key]
            points += (ceiling == printed.ceiling) + (realised == printed.realised) - 1
        for gap in option.gaps:
            points += self._evidence(gap, option) - 1
        return points

    def _explained(self, key: str, option: Option, settled: dict[str, tuple[int, int]]) -> bool:
        """Whether a printed percentage is true of its row, of a row beside it, or of its sum with children left out."""
        percent = self.nodes[key].percent
        near = (key, *(k for k in self.beside[key] if self.nodes[k].percent != percent))
        if any(k in settled and settled[k][0] and percent_true(*settled[k], percent) for k in near):
            return True
        if any(k == key and percent_true(p, r, percent) for k, p, r in option.short):
            return True
        return settled.get(key) == (0, 0) and not percent

    def _evidence(self, gap: Gap, option: Option) -> int:
        """Printed numbers that are false where they stand and true of the missing row."""
        displaced, percents = set(self.others), set()
        for key, ceiling, realised in option.values:
            node = self.nodes[key]
            displaced |= {node.ceiling} - {ceiling} | {node.realised} - {realised}
            if node.percent is not None and not percent_true(ceiling, realised, node.percent):
                percents.add(node.percent)
        found = int(gap.realised in displaced) + int(gap.ceiling in self.others)
        return found + any(percent_true(gap.ceiling, gap.realised, p) for p in percents if p)

    def left(self, option: Option) -> int:
        """How many printed percentages stay false and unexplained."""
        settled = {k: (p, r) for k, p, r in option.values}
        nodes = (self.nodes[key] for key in settled)
        return sum(n.percent is not None and not self._explained(n.key, option, settled) for n in nodes)

    def ranked(self, options: list[Option]) -> list[Option]:
        """Whole tables, each once: those that leave fewer contradictions first, then by score.

        Of two that explain as much the one goes first that invents less: whose unlisted rows hold less money.
        """
        unique = {(frozenset(o.values), frozenset(o.moved), o.gaps): o for o in sorted(options, key=_shorts)}
        scored = [replace(o, score=self.score(o)) for o in unique.values()]
        return sorted(scored, key=lambda o: (self.left(o), -o.score, sum(gap.ceiling for gap in o.gaps)))

    def best(self, options: list[Option], most: int) -> list[Option]:
        """The best of several, each once; settled ones before open ones."""
        unique = {
            (frozenset(o.values), frozenset(o.moved), o.gaps, o.x): o for o in sorted(options, key=_shorts)
        }
        scored = [replace(o, score=self.score(o)) for o in unique.values()]
        scored.sort(key=lambda o: -o.score)
        kept: list[Option] = []
        for group, room in (
            ([o for o in scored if o.x is None], most),
            ([o for o in scored if o.x is not None], PER_OPEN),
        ):
            kept += [o for o in group if o.score >= group[0].score - MARGIN][:room]
        return kept

    def leaf(self, node: Node) -> list[Option]:
        """A row without children: as printed, as a misprinted separator allows, or as its percentage allows."""
        ceilings = [*node.ceiling_guesses] or [node.ceiling]
        realiseds = [*node.realised_guesses] or [node.realised]
        options = []
        for p, r in product([node.ceiling, *ceilings], [node.realised, *realiseds]):
            if p is not None and r is not None:
                options.append(Option(p, r, ((node.key, p, r),)))
        for p in ceilings:
            if p and node.percent and not percent_true(p, node.realised, node.percent):
                options.append(Option(p, 0, ((node.key, p, 0),), span(p, node.percent), (node.key,)))
            elif p and node.realised is None:
                options.append(Option(p, 0, ((node.key, p, 0),), (0, p), (node.key,)))
        return self.best(options, PER_ROW)

    def branch(self, node: Node, fixed: tuple[int, int] | None = None) -> list[Option]:
        """All ways to settle a row and what is below it; `fixed` is what the row must be."""
        if not node.children:
            made = self.leaf(node) if fixed is None else [Option(*fixed, ((node.key, *fixed),))]
            return made
        below = [self.branch(child) for child in node.children]
        while _size(below) > PRODUCTS:
            longest = max(range(len(below)), key=lambda i: len(below[i]))
            below[longest] = below[longest][:-1]
        options: list[Option] = []
        for chosen in product(*below):
            options += self._close(node, list(chosen), fixed)
        if fixed:
            return self.ranked([o for o in options if o.x is None])[:PER_BRANCH]
        return self.best(options, PER_ROW)

    def _close(self, node: Node, chosen: list[Option], fixed: tuple[int, int] | None) -> Iterator[Option]:
        """Make the parent the sum of the chosen children."""
        own = fixed or (node.ceiling, node.realised)
        yield from self._sums(node, chosen, own, fixed)
        surplus = sum(c.ceiling for c in chosen) - (own[0] or 0)
        if own[0] is None or surplus <= 0:
            return
        for size in range(1, SUBSET + 1):
            for places in combinations(range(len(chosen)), size):
                out = [chosen[i] for i in places]
                if sum(o.ceiling for o in out) != surplus or any(o.x for o in out):
                    continue
                rest = [c for i, c in enumerate(chosen) if i not in places]
                if rest:
                    yield from self._without(node, rest, out, own, fixed)

    def _without(self, node: Node, rest: list[Option], out: list[Option], own, fixed) -> Iterator[Option]:
        """The parent is the sum of its children but for `out`: these stand elsewhere, or the parent left them out."""
        keys = tuple(o.values[0][0] for o in out)
        for option in self._sums(node, rest, own, fixed):
            values = option.values + tuple(v for o in out for v in o.values)
            yield replace(option, values=values, moved=option.moved + keys)
            if fixed is None:
                more = (sum(o.ceiling for o in out), sum(o.realised for o in out))
                raised = tuple(
                    (k, p + more[0], r + more[1]) if k == node.key else (k, p, r) for k, p, r in values
                )
                yield replace(
                    option,
                    ceiling=option.ceiling + more[0],
                    realised=option.realised + more[1],
                    values=raised,
                    short=(*option.short, (node.key, option.ceiling, option.realised)),
                )

    def _sums(self, node: Node, chosen: list[Option], own, fixed) -> Iterator[Option]:
        ceiling = sum(c.ceiling for c in chosen)
        waiting = [i for i, c in enumerate(chosen) if c.x is not None]
        if len(waiting) > 1:
            yield from self._undetermined(node, chosen, waiting, own, fixed)
            return
        if fixed is not None:
            yield from self._with_gap(node, chosen, own)
            return
        if own[0] == ceiling:
            for child in self._corrected(chosen, waiting, own[1]):
                yield joined(node, child, own[0], own[1])
        else:
            for place, child in enumerate(chosen):
                wanted = child.ceiling + (own[0] or 0) - ceiling
                changed = self._recast(child, wanted, child.realised)
                if own[0] is not None and changed is not None:
                    again = [*chosen[:place], changed, *chosen[place + 1 :]]
                    for settled in self._corrected(again, waiting, own[1]):
                        yield joined(node, settled, own[0], own[1])
        yield joined(node, chosen, ceiling, None)

    def _undetermined(self, node, chosen: list[Option], waiting: list[int], own, fixed) -> Iterator[Option]:
        """Several rows without a printed realisasi: the parent's says what they have together, not what each has."""
        blank = [chosen[i].values[0][0] for i in waiting]
        if own[1] is None or any(
            len(chosen[i].values) > 1 or self.nodes[k].percent for i, k in zip(waiting, blank, strict=True)
        ):
            return
        ceiling = sum(c.ceiling for c in chosen)
        if sum(c.realised for c in chosen) <= own[1] and (fixed is None or fixed[0] == ceiling):
            rows = ((k, p, UNKNOWN if k in blank else r) for c in chosen for k, p, r in c.values)
            yield Option(ceiling, own[1], ((node.key, ceiling, own[1]), *rows))

    def _recast(self, child: Option, ceiling: int, realised: int) -> Option | None:
        """A single row with other amounts, unless its true percentage would become false."""
        key = child.values[0][0]
        node = self.nodes[key]
        if (
            len(child.values) > 1
            or child.x is not None
            or ceiling <= 0
            or realised < 0
            or node.percent is None
        ):
            return None
        if not percent_true(ceiling, realised, node.percent):
            return None
        return replace(child, ceiling=ceiling, realised=realised, values=((key, ceiling, realised),))

    def _corrected(
        self, chosen: list[Option], waiting: list[int], wanted: int | None
    ) -> Iterator[list[Option]]:
        """The children with their realisasi made to sum to `wanted`."""
        if wanted is None:
            return
        short = wanted - sum(c.realised for c in chosen)
        if waiting:
            place = waiting[0]
            settled = chosen[place].settled(chosen[place].realised + short)
            if settled is not None:
                yield [*chosen[:place], settled, *chosen[place + 1 :]]
        elif short == 0:
            yield chosen
        else:
            for place, child in enumerate(chosen):
                changed = self._recast(child, child.ceiling, child.realised + short)
                if changed is not None:
                    yield [*chosen[:place], changed, *chosen[place + 1 :]]

    def _with_gap(self, node: Node, chosen: list[Option], own: tuple[int, int]) -> Iterator[Option]:
        """The parent's amounts are known: what its children lack is one row that is not listed."""
        moved = tuple(key for c in chosen for key in c.moved)
        lacking = own[0] - sum(c.ceiling for c in chosen)
        short = own[1] - sum(c.realised for c in chosen)
        waiting = next((i for i, c in enumerate(chosen) if c.x is not None), None)
        why = "selisih induk dan anak"
        if waiting is not None:
            low, high = max(0, short - chosen[waiting].x[1]), min(lacking, short - chosen[waiting].x[0])
            if low > high:
                return
            likely = [v for v in self._displaced(chosen) if low <= v <= high] or [roundest(low, high)]
            why = f"{why}; paling bulat di antara yang dimungkinkan persen tercetak"
            for missing in likely:
                settled = chosen[waiting].settled(chosen[waiting].realised + short - missing)
                if settled is not None:
                    again = [*chosen[:waiting], settled, *chosen[waiting + 1 :]]
                    yield from self._gap(node, again, own, (lacking, missing), moved, why)
            return
        yield from self._gap(node, chosen, own, (lacking, short), moved, why)

    def _displaced(self, chosen: list[Option]) -> list[int]:
        """Amounts that were printed in a cell whose value is another one now, and amounts known from elsewhere."""
        rows = [(self.nodes[key], realised) for c in chosen for key, _, realised in c.values]
        return sorted(
            self.others | {n.realised for n, r in rows if n.realised is not None and n.realised != r}
        )

    def _gap(
        self, node, chosen, own, gap: tuple[int, int], moved: tuple[str, ...], why: str
    ) -> Iterator[Option]:
        if not 0 <= gap[1] <= gap[0]:
            return
        whole = joined(node, chosen, *own)
        if not gap[0]:
            yield whole
            return
        rows = {key: (p, r) for key, p, r in whole.values}
        inside = [sum(rows[key][i] for key in moved) for i in (0, 1)]
        if inside[0] <= gap[0] and inside[1] <= gap[1]:
            yield replace(whole, gaps=(*whole.gaps, Gap(node.key, *gap, why)))


def _shorts(option: Option) -> int:
    return len(option.short)


def _size(below: list[list[Option]]) -> int:
    size = 1
    for options in below:
        size *= max(1, len(options))
    return size


def solve(
    roots: list[Node],
    total: tuple[int, int] | None,
    others: frozenset[int],
    known: Mapping[str, Sequence[int]] | None = None,
) -> list[Solution]:
    """Return the settled tables, best first."""
    search = _Search(roots, others, known)
    below = [search.branch(root) for root in roots]
    found: list[Option] = []
    if total is None:
        found += _tables(search, below)
    else:
        for place, root in enumerate(roots):
            rest = [options[0] for i, options in enumerate(below) if i != place and options]
            if len(rest) != len(roots) - 1 or any(option.x is not None for option in rest):
                continue
            fixed = (total[0] - sum(r.ceiling for r in rest), total[1] - sum(r.realised for r in rest))
            if min(fixed) < 0:
                continue
            for option in search.branch(root, fixed):
                found.append(_table([*rest[:place], option, *rest[place:]]))
    return [
        Solution({k: (p, r) for k, p, r in o.values}, o.moved, o.gaps, o.score, search.left(o))
        for o in search.ranked([o for o in found if o.x is None])
    ]


def _tables(search: _Search, below: list[list[Option]]) -> list[Option]:
    kept = [[o for o in options if o.x is None][:PER_ROW] for options in below]
    tables = [_table([])]
    for options in kept:
        tables = search.best([_table([t, o]) for t in tables for o in options], PER_BRANCH)
    return tables


def _table(parts: list[Option]) -> Option:
    return Option(
        sum(p.ceiling for p in parts),
        sum(p.realised for p in parts),
        tuple(v for p in parts for v in p.values),
        None,
        (),
        tuple(k for p in parts for k in p.moved),
        tuple(g for p in parts for g in p.gaps),
        tuple(s for p in parts for s in p.short),
    )
