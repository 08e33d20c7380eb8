"""The printed rows of a budget table as a tree, and what a printed percentage allows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from lkip.checker.digits import well_formed, with_separator


@dataclass
class Node:
    """A row with its children; ``ceiling`` or ``realised`` is None where the print cannot be read."""

    key: str
    label: str
    depth: int
    ceiling: int | None
    realised: int | None
    percent: Decimal | None
    ceiling_guesses: tuple[int, ...] = ()
    realised_guesses: tuple[int, ...] = ()
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """The row and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def build(rows: Any) -> list[Node]:
    """Return the roots of the tree that the depths of `rows` describe."""
    roots: list[Node] = []
    path: list[Node] = []
    for row in rows:
        node = Node(row.key, row.label, row.depth, row.ceiling, row.realised, row.percent)
        for name, text in (("ceiling", row.ceiling_text), ("realised", row.realised_text)):
            if text and not well_formed(text):
                setattr(node, f"{name}_guesses", tuple(dict.fromkeys(with_separator(text))))
        while path and path[-1].depth >= node.depth:
            path.pop()
        (path[-1].children if path else roots).append(node)
        path.append(node)
    for root in roots:
        for node in root.walk():
            _share_with_only_child(node)
    return roots


def _share_with_only_child(parent: Node) -> None:
    """A row and its only row below say the same: where they differ, either may be the misprinted one."""
    child = parent.children[0] if len(parent.children) == 1 else None
    if child is None or child.children or None in (parent.ceiling, child.ceiling):
        return
    if child.ceiling != parent.ceiling and not child.ceiling_guesses:
        child.ceiling_guesses = (child.ceiling, parent.ceiling)


def decimals(percent: Decimal) -> int:
    """How many decimals a percentage is printed with."""
    return max(0, -percent.as_tuple().exponent)


def percent_true(ceiling: int | None, realised: int | None, percent: Decimal | None) -> bool:
    """Whether the printed percentage is realisasi ÷ pagu × 100 within half a unit of its last decimal."""
    if percent is None:
        return True
    if ceiling is None or realised is None:
        return False
    if not ceiling:
        return percent == 0 and not realised
    half = Fraction(1, 2 * 10 ** decimals(percent))
    return abs(Fraction(realised * 100, ceiling) - Fraction(percent)) <= half


def span(ceiling: int, percent: Decimal) -> tuple[int, int]:
    """Return the lowest and highest realisasi, whole rupiah, that the printed percentage allows."""
    half = Fraction(1, 2 * 10 ** decimals(percent))
    low = Fraction(ceiling) * (Fraction(percent) - half) / 100
    high = Fraction(ceiling) * (Fraction(percent) + half) / 100
    return max(0, -(-low.numerator // low.denominator)), high.numerator // high.denominator
