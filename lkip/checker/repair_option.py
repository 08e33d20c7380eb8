"""One way to settle a branch of a budget table."""

from dataclasses import dataclass, replace
from decimal import Decimal

from lkip.checker.repair_tree import Node

UNKNOWN = -1
"""A realisasi that is not printed and that no sum determines."""


@dataclass(frozen=True)
class Gap:
    """A row that is missing below a parent."""

    parent_key: str
    ceiling: int
    realised: int
    reason: str


@dataclass(frozen=True)
class Option:
    """One way to settle a branch: values of all its rows. ``x`` is (low, high) of an amount still open."""

    ceiling: int
    realised: int
    values: tuple[tuple[str, int, int], ...]
    x: tuple[int, int] | None = None
    open_keys: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    short: tuple[tuple[str, int, int], ...] = ()
    """Parents whose printed amounts leave children out, with what the other children sum to."""
    score: Decimal = Decimal(0)

    def settled(self, realised: int) -> "Option | None":
        """The option with its open amount chosen so that the branch has `realised`; None when out of bounds."""
        if self.x is None:
            return self if realised == self.realised else None
        x = realised - self.realised
        if not self.x[0] <= x <= self.x[1]:
            return None
        values = tuple((k, p, r + x if k in self.open_keys else r) for k, p, r in self.values)
        return replace(self, realised=realised, values=values, x=None, open_keys=())


def joined(node: Node, chosen: list[Option], ceiling: int, realised: int | None) -> Option:
    """The parent with its children; its realisasi is their sum when None."""
    open_one = next((c for c in chosen if c.x is not None), None)
    total = sum(c.realised for c in chosen) if realised is None else realised
    values = ((node.key, ceiling, total), *(v for c in chosen for v in c.values))
    keys = (node.key, *open_one.open_keys) if open_one else ()
    return Option(
        ceiling,
        total,
        values,
        open_one.x if open_one else None,
        keys,
        tuple(k for c in chosen for k in c.moved),
        tuple(g for c in chosen for g in c.gaps),
        tuple(s for c in chosen for s in c.short),
    )
