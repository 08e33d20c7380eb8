"""Chains of definitions: what an indicator is made of, and whether that goes in a circle or too deep."""

from collections.abc import Callable, Iterable

MAX_DEPTH = 3
Parts = Callable[[int], Iterable[int]]
"""pk of an indicator: pks of the indicators that it is made of."""


class BrokenChain(Exception):
    """`path` holds the pks from the indicator down to the one that closes the circle or is one too many."""

    def __init__(self, path: list[int], *, circle: bool) -> None:
        super().__init__(path)
        self.path, self.circle = path, circle

    def words(self, name: Callable[[int], str]) -> str:
        """Say what is wrong and name the chain."""
        # a word, for the reason is printed too and the printed face has no arrow
        shown = " memakai ".join(name(pk) for pk in self.path)
        if self.circle:
            return f"Definisi berputar: {shown}. Perbaiki angka yang membentuknya."
        return (
            f"Rantai hitungan paling panjang {MAX_DEPTH}: {shown}. Pakai angka yang lebih dekat ke rekaman."
        )


def check(start: int, parts: Parts, path: tuple[int, ...] = ()) -> None:
    """Raise BrokenChain when the definition of `start` goes in a circle or deeper than `MAX_DEPTH`."""
    here = [*path, start]
    if start in path:
        raise BrokenChain(here, circle=True)
    if len(here) > MAX_DEPTH:
        raise BrokenChain(here, circle=False)
    for part in parts(start):
        check(part, parts, tuple(here))
