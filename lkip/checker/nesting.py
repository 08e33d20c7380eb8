"""Whether numbers that stand below each other are a tree: parents with the sum of what follows them, then the total."""

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

DEEPEST, MOST_ROWS = 4, 120
"""Levels of a tree, and rows of one column, that are looked at."""


def closes(parts: Sequence[Fraction], total: Fraction) -> bool:
    """Whether the parts sum to the total as a tree of even depth.

    In a table of two levels all rows together are twice the total, of three levels three times; and each parent must be
    the sum of what stands below it. Both are asked, so that no chance sum passes.
    """
    whole = sum(parts, Fraction(0))
    if any(value < 0 for value in parts) or not total:
        return whole == total
    if len(parts) > MOST_ROWS or not any(whole == depth * total for depth in range(2, DEEPEST + 1)):
        return False
    return len(parts) in _ends(tuple(parts), 0, total)


@lru_cache(maxsize=4096)
def _ends(parts: tuple[Fraction, ...], start: int, total: Fraction) -> frozenset[int]:
    """The places at which trees that begin at ``start`` and together make ``total`` may end."""
    found: set[int] = set()
    waiting = [(start, Fraction(0))]
    seen = set(waiting)
    while waiting:
        place, done = waiting.pop()
        if done == total and place > start:
            found.add(place)
        if place == len(parts) or done + parts[place] > total:
            continue
        value = parts[place]
        below = _ends(parts, place + 1, value) if place + 1 < len(parts) else frozenset()
        for end in below | {place + 1}:
            step = (end, done + value)
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return frozenset(found)
