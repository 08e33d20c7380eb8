"""What a report is made of. Every number stands in a run with a tag; renderers only lay out.

A `Document` is chapters of blocks. A `Run` is a piece of text; its ``tag`` says why digits may stand in it: figure
(bound to an entry of the document's figures), external (with its source), reference (a name: regulation, code,
title), date, numbering. Digits in a run without a tag are an error of ours, digits that a writer typed without
binding them stand in runs tagged *unbound* and are listed as faults (rule R14).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

FIGURE, EXTERNAL, REFERENCE, DATE, NUMBERING = "figure", "external", "reference", "date", "numbering"
UNBOUND, FAULT = "unbound", "fault"
TAGS = (FIGURE, EXTERNAL, REFERENCE, DATE, NUMBERING)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. ``figure`` is the key of its entry, ``facet`` which side of it; ``note`` a source or fault."""

    text: str
    tag: str = ""
    figure: str = ""
    facet: str = ""
    strong: bool = False
    italic: bool = False
    note: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Derive:
    """How a cell follows from others of its table, for live formulas.

    ``op`` is sum, mean, minus (a – b), ratio (a ÷ b × 100), up (a ÷ b × 100), down ((2 × b – a) ÷ b × 100), rise and
    fall (the same two for a target below zero: 100 and what is better, in per cent of its size), clamp (a within
    ``bounds``). ``cells`` are (row, column) places counted in the table's rows from 0; row -1 is the cell's own.
    """

    op: str
    cells: tuple[tuple[int, int], ...]
    bounds: tuple[Fraction | None, Fraction | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its runs, and where it is a number its exact ``value`` and how it derives. Bars draw ``value``."""

    runs: Runs = ()
    value: Fraction | None = None
    derive: Derive | None = None
    over: Runs = ()

    @property
    def text(self) -> str:
        """The words of the cell."""
        return plain(self.runs)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: kind text, number, bar (a share 0–100), capaian (a bar to 125) or ref (the figure id of the row)."""

    title: Runs
    width: float = 1.0
    kind: str = "text"
    group: Runs = ()
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``kind`` row, block (a head inside the table), group (a subtotal), total, check (a reconciliation)."""

    cells: tuple[Cell, ...]
    kind: str = "row"
    level: int = 0
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter: level 1 section, 2 subsection, 3 topic without entry in the contents."""

    runs: Runs
    level: int = 1
    number: str = ""
    key: str = ""
    kind: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``style`` is body, lead, small (a title inside), note or missing (why something is not there)."""

    runs: Runs
    style: str = "body"
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where the order matters."""

    items: tuple[Runs, ...]
    numbered: bool = False
    kind: str = field(default="items", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption. ``columns`` of kind ref hold the figure id of the row; ``wide`` turns the page."""

    key: str
    caption: Runs
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: Runs = ()
    wide: bool = False
    number: str = ""
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Point:
    """A datum of a chart: its label, exact value, the value as a run; a second value where two are compared.

    ``aside`` is a reference: it stands after the others, is drawn otherwise and has no place among them.
    """

    label: Runs
    value: Fraction | None
    run: Run
    hero: bool = False
    second: Fraction | None = None
    second_run: Run | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: ``shape`` bars, share, dots, capaian or scale; ``alt`` says it in a sentence, numbers as runs."""

    key: str
    caption: Runs
    shape: str
    points: tuple[Point, ...]
    alt: Runs
    keys: tuple[str, str] = ("", "")
    number: str = ""
    kind: str = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the year."""

    uid: str
    caption: Runs
    number: str = ""
    key: str = ""
    kind: str = field(default="photo", init=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A big number with its label and unit."""

    label: str
    run: Run
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers in a row (target, realisasi, capaian, serapan), or parts of a sum with signs between them."""

    facts: tuple[Fact, ...]
    signs: tuple[str, ...] = ()
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """How an objective begins: "Sasaran 2", its text, its indicators."""

    kicker: Runs
    title: Runs
    under: Runs
    number: str
    key: str
    kind: str = field(default="opening", init=False)


@dataclass(frozen=True, slots=True)
class Analysis:
    """One of the seven analyses: number and label beside, content; ``missing`` says that the content is why not."""

    number: str
    label: str
    blocks: tuple
    key: str
    objective: Runs = ()
    missing: bool = False
    kind: str = field(default="analysis", init=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Label and words, one pair a line, ruled."""

    rows: tuple[tuple[str, Runs], ...]
    kind: str = field(default="pairs", init=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """Place, post and name of who signs; the day is the edition's, empty parts are left to ink.

    ``code`` asks for the QR code of the edition beside it.
    """

    place: Runs
    post: Runs
    name: Runs
    under: tuple[Runs, ...] = ()
    code: bool = False
    kind: str = field(default="signature", init=False)


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the organisation chart."""

    runs: Runs
    under: Runs
    depth: int


@dataclass(frozen=True, slots=True)
class Organisation:
    """The organisation chart."""

    key: str
    caption: Runs
    boxes: tuple[Box, ...]
    number: str = ""
    kind: str = field(default="organisation", init=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; ``front`` ones have roman page numbers, ``kind`` says what it is: text, contents, tables, charts."""

    key: str
    title: str
    blocks: tuple = ()
    number: str = ""
    front: bool = False
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Facet:
    """One side of a figure: exact, as printed, with its unit."""

    value: Fraction | None
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of the report: what Lampiran B prints of it, and what a foot note says.

    ``key`` is code@year; ``id`` F-001… is given in reading order. ``formula`` is in words; ``parts`` the numerator and
    denominator with their names where there are two. ``interim`` names the register that the number waits for.
    """

    key: str
    code: str
    year: int
    label: str
    facets: dict[str, Facet]
    id: str = ""
    definition: str = ""
    formula: str = ""
    parts: str = ""
    source: str = ""
    register: str = ""
    interim: str = ""
    derived: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A fault of the text: an unbound number, a broken mark, an unknown figure."""

    place: str
    text: str
    message: str


@dataclass(frozen=True)
class Document:
    """The report. Number, day and fingerprint of an edition come from outside, when it is rendered.

    ``office`` holds what cover, head and foot say of the office; ``options`` what this city orders otherwise.
    """

    year: int
    title: str
    office: dict
    chapters: tuple[Chapter, ...]
    figures: dict[str, Entry]
    faults: tuple[Missing, ...] = ()
    options: dict = field(default_factory=dict)

    def blocks(self) -> Iterator:
        """All blocks in reading order, those inside analyses too."""
        for chapter in self.chapters:
            yield from inside(chapter.blocks)

    def tables(self) -> list[Table]:
        """All tables in order."""
        return [block for block in self.blocks() if block.kind == "table"]

    def pictures(self) -> list:
        """Charts, photos and the organisation chart in order: the list of figures (daftar gambar)."""
        return [block for block in self.blocks() if block.kind in ("chart", "photo", "organisation")]

    def ordered_figures(self) -> list[Entry]:
        """The figures by id."""
        return sorted(
            (entry for entry in self.figures.values() if entry.id), key=lambda entry: number_of(entry.id)
        )


def plain(runs: Runs) -> str:
    """The words of runs."""
    return "".join(run.text for run in runs)


def inside(blocks: tuple) -> Iterator:
    """Blocks and the blocks inside analyses, in reading order."""
    for block in blocks:
        yield block
        if block.kind == "analysis":
            yield from inside(block.blocks)


def number_of(figure_id: str) -> int:
    """F-012 -> 12."""
    return int(figure_id.partition("-")[2])
