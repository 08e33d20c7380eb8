"""The desk of a writer: one place of a year's report with its default sentences, preview, figures and loose numbers.

A loose number is one, in digits or in words, that no mark binds or declares (rule R14). It can be bound to a figure
that prints the same, or declared: from outside with its source, a reference, a date. What the desk shows is what the
report prints, for both read the text by the same model.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from core import formats
from core.errors import Refused
from lkip import dated, numerals, text
from lkip.enums import PART_TITLES, Formula
from lkip.figures import Figure, YearFigures, compute
from lkip.offers import DIGITS, Offers, Side
from lkip.report.book import ALIASES, UnknownFigure
from lkip.report.build import default_part
from lkip.report.maker import LOOSE, Maker
from lkip.report.model import DATE, EXTERNAL, FIGURE, NUMBERING, REFERENCE, Facet, Missing, Run, Runs
from lkip.report.outline import Place, outline
from lkip.text import FACETS, VALUE

MARK = re.compile(r"\[\[.*?\]\]", re.DOTALL)
RUPIAH = re.compile(r"Rp\.?[ \u00a0]?$")
AROUND = 40
MOST_FOUND = 12
MONEY = ("BUDGET", "INCOME")
"""Levels of figures whose value is the share of an amount that was spent or received."""
DECLARED = {"luar", "rujukan", "tanggal"}


class NoSuchPlace(Refused):
    """The report of the year has no such place, or nothing is written there."""


@dataclass(frozen=True)
class Found:
    """A figure of the palette with its sides."""

    code: str
    label: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Loose:
    """A loose number: where it stands in the text, the words around it, the figures that it may mean.

    ``date`` is the whole date or year where the number is a part of one: it means no figure then.
    """

    start: int
    number: str
    before: str
    after: str
    offers: tuple[Side, ...] = ()
    date: str = ""

    @property
    def shown(self) -> str:
        """What is marked as not bound yet."""
        return self.date or self.number


@dataclass(frozen=True)
class Preview:
    """How a text prints: its blocks, what is wrong with it, whether these are the default sentences."""

    blocks: list
    faults: list[Missing]
    loose: list[Loose]
    is_default: bool


def places(year: int) -> list[Place]:
    """The places of the year's report in order; three statements."""
    return outline(year)


def place_of(year: int, key: str) -> Place:
    """Return the place of a key where a narrative may stand; raises NoSuchPlace."""
    for place in places(year):
        if place.key == key and place.written:
            return place
    raise NoSuchPlace("Bagian ini tidak ada pada laporan tahun tersebut.")


def spans(body: str) -> Iterator[tuple[int, int]]:
    """The places of the loose numbers of a text."""
    for start, end, named in text.numbers(MARK.sub(lambda mark: " " * len(mark[0]), body)):
        if not named:
            yield start, end


def _dates(body: str) -> Iterator[tuple[int, int]]:
    """The places of the dates of a text outside its marks."""
    return dated.spans(MARK.sub(lambda mark: " " * len(mark[0]), body))


@dataclass
class Desk:
    """One place of a year's report, open for writing."""

    place: Place
    figures: YearFigures
    maker: Maker = field(init=False)

    def __post_init__(self) -> None:
        """Read what the report of the year is made of."""
        self.maker = Maker.of(self.figures, places(self.figures.year))

    @classmethod
    def open(cls, year: int, key: str) -> "Desk":
        """Return the desk of a place; raises NoSuchYear, NoSuchPlace."""
        return cls(place_of(year, key), compute(year))

    def preview(self, body: str) -> Preview:
        """Return how the text prints; an empty one prints the default sentences."""
        self.maker.faults.clear()
        body = text.clean(body)
        if not body.strip():
            return Preview(list(self.default_words), [], [], True)
        blocks = self.maker.read(body, self.place.key)
        broken = [fault for fault in self.maker.faults if fault.message != LOOSE]
        return Preview(blocks, broken, self.loose(body), False)

    @cached_property
    def default_words(self) -> list:
        """What stands here before anybody writes."""
        words = default_part(self.maker, self.place).words
        return [block for block in words if block.kind in ("paragraph", "items", "heading")]

    def default_text(self) -> str:
        """Return the default sentences as text with marks, so that a writer can go on from them."""
        parts = []
        for block in self.default_words:
            if block.kind == "items":
                parts.append("\n".join(f"- {self._marked(item)}" for item in block.items))
            elif block.kind == "heading":
                parts.append(f"## {self._marked(block.runs)}")
            elif block.style != "missing":
                parts.append(self._marked(block.runs))
        return "\n\n".join(part for part in parts if part.strip())

    def _marked(self, runs: Runs) -> str:
        return "".join(self._mark(run) for run in runs)

    def _mark(self, run: Run) -> str:
        if run.tag == FIGURE:
            code, _, year = run.figure.rpartition("@")
            mark = _figure_mark(code, run.facet or VALUE, int(year), self.figures.year)
            return mark if self._prints(mark, run.text) else f"[[luar:{run.text}|tabel laporan ini]]"
        if run.tag == EXTERNAL:
            return f"[[luar:{run.text}|{_safe(run.note) or 'sumber luar'}]]"
        if run.tag == DATE:
            return f"[[tanggal:{run.text}]]"
        if run.tag in (REFERENCE, NUMBERING) and DIGITS.search(run.text):
            return f"[[rujukan:{run.text}]]"
        return run.text

    def _prints(self, mark: str, wanted: str) -> bool:
        """Whether a mark read by itself, without the tables around it, prints the same."""
        (piece,) = text.pieces(mark)
        if piece.kind != "figure":
            return False
        try:
            return self.maker.book.run(piece.code, piece.facet, piece.year).text == wanted
        except UnknownFigure:
            return False

    # --- figures to put in ---

    def _sides(self, code: str) -> tuple[Side, ...]:
        found = []
        figure = self.maker.book.by_code[code]
        money = figure.level in MONEY
        facets = {VALUE: FACETS[VALUE]} if code in ALIASES else FACETS
        for facet, name in facets.items():
            if money and facet == "serapan":
                continue  # it is the value of an amount
            name = self._part_names(figure).get(facet, name)
            if facet == VALUE and (money or code in ALIASES):
                name = "jumlah" if figure.unit == "rupiah" else "serapan (%)"
            try:
                side = self.maker.book.facet(code, facet)
            except UnknownFigure:
                continue
            if side.value is not None or (facet in (VALUE, "status", "target") and _said(side)):
                unit = "" if side.unit == "rupiah" else side.unit
                mark = _figure_mark(code, facet, self.figures.year, self.figures.year)
                found.append(Side(name, facet, side.text, unit, mark))
        return tuple(found)

    @staticmethod
    def _part_names(figure: Figure) -> dict[str, str]:
        """What the two numbers are called where the figure is no division."""
        formula = figure.indicator.formula if figure.indicator else None
        if formula == Formula.CHANGE:
            return {"pembilang": "angka tahun ini", "penyebut": "angka tahun sebelumnya"}
        if formula == Formula.DIFFERENCE:
            return {
                facet: formats.in_sentence(title)
                for facet, title in zip(("pembilang", "penyebut"), PART_TITLES[formula], strict=True)
            }
        return {}

    @cached_property
    def _named(self) -> list[tuple[str, str]]:
        """(code, label) of every figure that can be put in."""
        return [(figure.code, figure.label) for figure in self.figures.all()]

    def find(self, words: str) -> list[Found]:
        """Return the figures whose name or code holds every word, with all their sides."""
        wanted = words.casefold().split()
        found = []
        for code, label in self._named:
            if all(word in f"{label} {code}".casefold() for word in wanted):
                found.append(Found(code, label, self._sides(code)))
                if len(found) == MOST_FOUND:
                    break
        return found

    @cached_property
    def _own(self) -> set[str]:
        """Codes of what the place reports on: its objective's indicators, and all that its default sentences name."""
        named = set()
        for block in self.default_words:
            for run in chain.from_iterable(block.items) if block.kind == "items" else block.runs:
                if run.tag == FIGURE:
                    named.add(run.figure.rpartition("@")[0])
        if self.place.objective:
            for figure in self.figures.figures.values():
                objective = figure.indicator.objective if figure.indicator else None
                if objective is not None and objective.code == self.place.objective:
                    named |= {figure.code, f"efficiency_{figure.code}"}
        return named

    @cached_property
    def _offers(self) -> Offers:
        """Every side of every figure, once; the values before their other sides."""
        offers, seen, later = Offers(), set(), len(self._named)
        for place, (code, label) in enumerate(self._named):
            for side in self._sides(code):
                run = self.maker.book.run(code, side.facet)
                if (run.figure, run.facet) in seen:
                    continue
                seen.add((run.figure, run.facet))
                offers.add(
                    replace(side, label=f"{label}, {side.label}"),
                    self.maker.book.facet(code, side.facet).value,
                    own=code in self._own,
                    place=place if side.facet == VALUE else later + place,
                )
        return offers

    def loose(self, body: str) -> list[Loose]:
        """Return the loose numbers of a text with the figures that they may mean; a date is one, and means none."""
        found, days, told = [], list(_dates(body)), set()
        for start, end in spans(body):
            number = body[start:end]
            day = next((day for day in days if day[0] <= start and end <= day[1]), None)
            if day in told:
                continue
            if day is not None:
                told.add(day)
            first, last = day or (start, end)
            before = body[max(0, first - AROUND) : first].replace("\n", " ")
            after = body[last : last + AROUND].replace("\n", " ")
            if day is not None:
                found.append(Loose(start, number, before, after, date=body[first:last]))
                continue
            read = number if DIGITS.search(number) else numerals.digits(number)
            found.append(Loose(start, number, before, after, self._offers.find(read, before, after)))
        return found


def _figure_mark(code: str, facet: str, year: int, own: int) -> str:
    return text.mark(text.Piece("figure", code=code, facet=facet, year=None if year == own else year))


def _said(side: Facet) -> bool:
    return bool(side.text) and side.text != "belum tersedia"


def _safe(words: str) -> str:
    """Words that may stand inside a mark."""
    return re.sub(r"[\[\]|\s]+", " ", words).strip()


def bound(body: str, start: int, number: str, mark: str, *, money: bool = False) -> str:
    """Put the mark of a figure in the place of a loose number; the text stays when the number is not there any more.

    `money` takes a typed Rp with it, for the figure prints its own.
    """
    (piece, *more) = text.pieces(mark) or (text.Piece("text"),)
    end = start + len(number)
    if more or piece.kind != "figure" or (start, end) not in set(spans(body)):
        return body
    typed = RUPIAH.search(body[:start]) if money else None
    start = typed.start() if typed else start
    return body[:start] + mark + body[end:]


def declared(body: str, start: int, number: str, kind: str, source: str = "") -> str:
    """Declare a loose number: ``luar`` with its source, ``rujukan``, or ``tanggal`` (the whole date it is part of).

    The text stays when the number is not there any more. Raises Refused for a number from outside without a source.
    """
    end = start + len(number)
    if kind not in DECLARED or (start, end) not in set(spans(body)):
        return body
    if kind == "luar":
        if not _safe(source):
            raise Refused(f"Tulis sumber angka {number} dahulu.")
        return f"{body[:start]}[[luar:{number}|{_safe(source)}]]{body[end:]}"
    if kind == "tanggal":
        start, end = next((day for day in _dates(body) if day[0] <= start and end <= day[1]), (start, end))
    return f"{body[:start]}[[{kind}:{body[start:end]}]]{body[end:]}"
