"""Puts the document together: each place of the outline has a function here that gives its words and tables.

A function returns a `Part`: the default words, which a narrative of the year replaces, and the blocks that stay. A
place that would print nothing says so in words.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from core import formats
from core.models.agency import AgencyProfile
from lkip import text
from lkip.figures import YearFigures
from lkip.freezing import Difference
from lkip.models import Edition, Photograph, QuarterNote, Section
from lkip.report import options
from lkip.report.book import Book, UnknownFigure
from lkip.report.earlier import earlier_values, final_targets
from lkip.report.facets import written
from lkip.report.model import (
    DATE,
    EXTERNAL,
    FAULT,
    FIGURE,
    NUMBERING,
    REFERENCE,
    UNBOUND,
    Cell,
    Column,
    Derive,
    Facet,
    Heading,
    Items,
    Missing,
    Paragraph,
    Photo,
    Row,
    Run,
    Runs,
    Table,
)
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words

_TAG = {"external": EXTERNAL, "reference": REFERENCE, "date": DATE}
NOT_WRITTEN = "Bagian ini belum diisi."
LOOSE = "Angka belum ditautkan atau dinyatakan."
"""What is wrong with a typed number that nothing binds (R14)."""


@dataclass
class Part:
    """What stands at a place: default words, and blocks that a narrative does not replace."""

    words: list = field(default_factory=list)
    blocks: list = field(default_factory=list)
    wide: bool = False


@dataclass
class Maker:
    """What the functions of the places work with: figures, settings, texts, notes of the year."""

    figures: YearFigures
    book: Book
    agency: AgencyProfile
    places: list[Place]
    texts: dict[str, str]
    notes: dict[int, QuarterNote]
    photos: dict[str, Photograph]
    faults: list[Missing] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)
    baselines: dict | None = None
    reviewed: Edition | None = None
    changes: tuple[Difference, ...] = ()

    @classmethod
    def of(
        cls,
        figures: YearFigures,
        places: list[Place],
        reviewed: Edition | None = None,
        changes: tuple[Difference, ...] = (),
    ) -> "Maker":
        """Read what the year has written."""
        year = figures.year
        book = Book(figures, earlier_values(figures), final_targets(figures))
        notes = QuarterNote.objects.filter(year=year, quarter=4)
        photos = Photograph.objects.filter(year=year).select_related("file")
        return cls(
            figures,
            book,
            AgencyProfile.current(),
            places,
            dict(Section.objects.filter(year=year).exclude(body="").values_list("key", "body")),
            {note.indicator_id: note for note in notes},
            {str(photo.uid): photo for photo in photos},
            reviewed=reviewed,
            changes=changes,
        )

    @property
    def year(self) -> int:
        """The year of the report."""
        return self.figures.year

    @property
    def options(self) -> dict:
        """What the city orders or words otherwise."""
        return self.figures.settings.options

    def word(self, key: str) -> str:
        """A word of a table head, as the city writes it."""
        return options.word(self.options, key, key.capitalize())

    def title(self, key: str, default: str = "") -> str:
        """The title of a place."""
        return next((place.title for place in self.places if place.key == key), default)

    # --- narratives ---

    def narrative(self, key: str) -> list | None:
        """The written text of a place as blocks; None when nothing is written there."""
        body = self.texts.get(key, "")
        return self.read(body, key) if body.strip() else None

    def read(self, body: str, key: str) -> list:
        """Text with marks as blocks; faults and unbound numbers are kept and listed."""
        found: list = []
        for number, block in enumerate(text.parse(body), start=1):
            if block.kind == "heading":
                found.append(Heading(self.runs(block.pieces, key), level=3))
            elif block.kind == "list":
                found.append(Items(tuple(self.runs(item, key) for item in block.items)))
            elif block.kind == "table":
                found.append(self._written_table(block, key, number))
            elif block.kind == "photo":
                found.append(self._photo(block.uid, key))
            else:
                found.append(Paragraph(self.runs(block.pieces, key)))
        return found

    def runs(self, pieces: Iterable[text.Piece], key: str) -> Runs:
        """Pieces of text as runs."""
        found: list[Run] = []
        for piece in pieces:
            if piece.kind == "text":
                found += self._plain(piece.text, key)
            elif piece.kind == "figure":
                found.append(self._figure(piece, key))
            elif piece.kind == "fault":
                found.append(self._fault(piece.text, piece.note, key))
            else:
                found.append(Run(piece.text, _TAG[piece.kind], note=piece.note))
        return tuple(found)

    def _plain(self, written: str, key: str) -> list[Run]:
        """Plain words; each number that nothing binds stands alone and is a fault (R14); a digit in a name is none."""
        found, place = [], 0
        for start, end, named in text.numbers(written):
            if start > place:
                found.append(Run(written[place:start]))
            if named:
                found.append(Run(written[start:end], REFERENCE))
            else:
                found.append(Run(written[start:end], UNBOUND, note="Angka ini belum ditautkan."))
                self.faults.append(Missing(key, written[start:end], LOOSE))
            place = end
        return [*found, Run(written[place:])] if place < len(written) else found

    def _figure(self, piece: text.Piece, key: str) -> Run:
        try:
            return self.book.run(piece.code, piece.facet, piece.year)
        except UnknownFigure as error:
            return self._fault(text.mark(piece), str(error.args[0]), key)

    def _fault(self, written: str, message: str, key: str) -> Run:
        self.faults.append(Missing(key, written, message))
        return Run(written, FAULT, note=message)

    def _written_table(self, block: text.Block, key: str, number: int) -> Table:
        head, *rows = block.rows
        width = max(len(row) for row in block.rows)
        columns = tuple(Column(self.runs(cell, key)) for cell in (*head, *[()] * (width - len(head))))
        lines = tuple(
            Row(tuple(Cell(self.runs(cell, key)) for cell in (*row, *[()] * (width - len(row)))))
            for row in rows
        )
        return Table(f"{key}-{number}", (words(self.title(key)),), columns, lines)

    def _photo(self, uid: str, key: str):
        photo = self.photos.get(uid)
        if photo is None:
            return Paragraph((self._fault(f"[[foto:{uid}]]", "Foto ini tidak ada pada tahun laporan.", key),))
        return Photo(
            uid,
            (*self.runs(text.pieces(text.with_dates(photo.caption)), key), *self._taken(photo)),
            key=f"foto-{uid[:8]}",
        )

    def _taken(self, photo: Photograph) -> Runs:
        return () if photo.taken_on is None else joined(", ", Run(formats.date_long(photo.taken_on), DATE))

    def loose_photos(self, key: str, blocks: list) -> list:
        """Photos of a place that its narrative does not name stand at its end."""
        named = {block.uid for block in blocks if block.kind == "photo"}
        mine = [photo for photo in self.photos.values() if photo.key == key and str(photo.uid) not in named]
        return [self._photo(str(photo.uid), key) for photo in mine]

    # --- cells ---

    def cell(
        self, code: str, facet: str = text.VALUE, year: int | None = None, derive: Derive | None = None
    ) -> Cell:
        """A figure as a cell."""
        return self.book.cell(code, facet, year, derive=derive)

    def number(self, order: int) -> Cell:
        """A running number as a cell."""
        return Cell((Run(str(order), NUMBERING),))

    def typed(
        self, code: str, name: str, value: Fraction | int | None, *, unit: str, decimals: int = 0, **about
    ) -> Cell:
        """A number of a document or register as a cell with an entry of its own."""
        return self.cell(self.book.count(code, name, value, unit=unit, decimals=decimals, **about))

    def group(
        self, code: str, name: str, sides: dict[str, tuple[Fraction | None, str, int]], **about
    ) -> dict[str, Cell]:
        """The numbers of one row as one figure: {side: (value, unit, decimals)} to cells; unknown ones a dash."""
        facets = {
            side: Facet(value, written(value, unit, decimals), unit)
            for side, (value, unit, decimals) in sides.items()
        }
        self.book.add(code, name, facets, **about)
        dash = Cell((Run(formats.DASH),))
        return {
            side: dash if facet.value is None else self.cell(code, side) for side, facet in facets.items()
        }


def col(title: str, width: float = 1.0) -> Column:
    """A column of words; the title holds no digits."""
    return Column((words(title),), width)


def num(title: str, width: float = 1.0) -> Column:
    """A column of numbers; the title holds no digits."""
    return Column((words(title),), width, "number")


def ref(title: str = "Angka", width: float = 0.7) -> Column:
    """The column of figure ids."""
    return Column((words(title),), width, "ref")


def plain_cell(*parts: str | Run | Runs) -> Cell:
    """A cell of words."""
    return Cell(joined(*parts))


def named(name: str, *, strong: bool = False) -> Cell:
    """A cell of a name from a register."""
    return Cell(label(name, strong=strong))


def missing(*parts: str | Run | Runs) -> Paragraph:
    """A paragraph that says why something is not there."""
    return Paragraph(joined(*parts), "missing")


def figure_of(row: Row) -> str:
    """The entry that a row's last column names: its own, or the first figure in its cells."""
    if row.figure:
        return row.figure
    return next((run.figure for cell in row.cells for run in cell.runs if run.tag == FIGURE), "")


Builder = Callable[[Maker, Place], Part]
BUILDERS: dict[str, Builder] = {}


def place(*keys: str):
    """Register the decorated function for these places."""

    def register(function: Builder) -> Builder:
        for key in keys:
            BUILDERS[key] = function
        return function

    return register
