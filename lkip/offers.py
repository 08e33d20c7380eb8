"""Which figures a typed number may mean: those that print the same, the likely ones first.

Many figures of a year have the same value by chance. What the place reports on, the unit after the number and the
words around it tell which one is meant; a figure of another unit is not meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from core import formats

DIGITS = re.compile(r"\d[\d.,/:–-]*\d|\d")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
MOST = 6
_RUPIAH = re.compile(r"\bRp\.?[ \u00a0]?$")
_IN_WORDS = re.compile(r"^\s*\([^()]*\)")
"""The number once more, as decrees write it: "30 (tiga puluh) orang"."""
_NEXT = re.compile(r"^\s*(%|[^\W\d_]+)")
_LAST = re.compile(r"([^\W\d_]+)\s*$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_SCALES = {"ribu", "juta", "miliar", "milyar", "triliun"}
_ALWAYS_UNITS = {"persen", "poin", "rupiah", "orang"}
_NO_COUNTS = {"persen", "poin", "nilai", "indeks"}
"""Units that are never said of what is counted; what is counted goes by many names (a report of a placement is one
person)."""
_IDLE = {
    "yang",
    "dari",
    "pada",
    "dengan",
    "untuk",
    "tahun",
    "jumlah",
    "dalam",
    "telah",
    "realisasi",
    "persen",
}
"""Words of labels that tell nothing apart."""


@dataclass(frozen=True)
class Side:
    """One side of a figure as it can be put into a text: what it prints, its unit, and the mark."""

    label: str
    facet: str
    shown: str
    unit: str
    mark: str

    @property
    def is_money(self) -> bool:
        """Whether it prints Rp by itself."""
        return self.shown.startswith("Rp")


@dataclass(frozen=True)
class Candidate:
    """A side that may be meant: ``own`` when the place reports on its figure, ``exact`` as printed, not rounded."""

    side: Side
    own: bool
    exact: bool
    place: int


@dataclass
class Offers:
    """Finds the sides that a typed number may mean; filled once for a place."""

    by_number: dict[str, list[Candidate]] = field(default_factory=dict)
    units: set[str] = field(default_factory=lambda: set(_ALWAYS_UNITS))

    def add(self, side: Side, value: Fraction | None, *, own: bool, place: int) -> None:
        """Take a side under what it prints, and under what it would print with fewer decimals."""
        printed = plain_number(side.shown)
        if not printed:
            return
        self.units.add(_first_word(side.unit))
        self.by_number.setdefault(printed, []).append(Candidate(side, own, True, place))
        decimals = len(printed.partition(".")[2])
        if value is None or side.is_money:
            return
        for fewer in range(decimals):
            rounded = plain_number(formats.number(abs(value), fewer))
            self.by_number.setdefault(rounded, []).append(Candidate(side, own, False, place))

    def find(self, number: str, before: str, after: str) -> tuple[Side, ...]:
        """Return the likely ones, at most `MOST`: those of the place, then by unit, exactness and words around.

        A rounded one is offered only where its unit stands beside the number, and one that counts something else only
        where the place or the sentence speaks of it. Where any has to do with either, those that merely have the same
        value are left out; those of a single digit always are.
        """
        context = _Context.of(before, after, self.units)
        ranked = []
        for each in self.by_number.get(plain_number(number), ()):
            agrees = context.agrees(each.side)
            if context.contradicts(each.side) or not (each.exact or agrees):
                continue
            shared = len(_telling(each.side.label) & context.words)
            if context.counts_else(each.side) and not (each.own or shared):
                continue
            ranked.append(((not each.own, not agrees, not each.exact, -shared, each.place), each.side))
        ranked.sort(key=lambda pair: pair[0])
        related = [
            side for (strange, apart, _, shared, _), side in ranked if not (strange and apart) or shared
        ]
        if not related and len(plain_number(number)) > 1:
            related = [side for _, side in ranked]
        return tuple(related[:MOST])


@dataclass(frozen=True)
class _Context:
    """What stands beside a number: its unit where one is written, "rupiah" before it, the telling words around."""

    unit: str
    before: str
    money: bool
    scaled: bool
    words: frozenset[str]

    @classmethod
    def of(cls, before: str, after: str, units: Iterable[str]) -> "_Context":
        """Read the words beside a number."""
        after = _IN_WORDS.sub("", after)
        found = _NEXT.match(after)
        word = "" if found is None else found[1].casefold()
        word = "persen" if word == "%" else word
        last = _LAST.search(before)
        return cls(
            unit=word if word in units else "",
            before=last[1].casefold() if last else "",
            money=bool(_RUPIAH.search(before)) or word == "rupiah",
            scaled=word in _SCALES,
            words=frozenset(_telling(f"{before} {after}")),
        )

    def agrees(self, side: Side) -> bool:
        """Whether the unit of the side stands beside the number: after it, or before as in "indeks 3,4"."""
        if side.is_money:
            return self.money
        unit = side.unit.casefold()
        return bool(unit) and not self.money and (_first_word(unit) == self.unit or unit == self.before)

    def contradicts(self, side: Side) -> bool:
        """Whether another unit stands beside the number; "1,5 miliar" is nothing that a figure prints."""
        if self.scaled or (self.money != side.is_money and (self.money or self.unit)):
            return True
        if side.is_money or not self.unit:
            return False
        own = _first_word(side.unit)
        return own != self.unit and bool({own, self.unit} & _NO_COUNTS)

    def counts_else(self, side: Side) -> bool:
        """Whether both are counts, of things by other names: "orang" beside the number, and the side says "laporan"."""
        return bool(self.unit) and not side.is_money and _first_word(side.unit) != self.unit


def plain_number(text: str) -> str:
    """A number as one writes it for comparison: "1.835" and "1835" are the same, "89,64" and "89.64" too."""
    found = DIGITS.search(text)
    if found is None:
        return ""
    number = found[0]
    if THOUSANDS.fullmatch(number):
        number = number.replace(".", "")
    return number.replace(",", ".")


def _first_word(unit: str) -> str:
    return unit.casefold().partition(" ")[0]


def _telling(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.casefold()) if word not in _IDLE}
