"""What a foreign report is to the checker: numbered lines, tables of rows, findings about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lkip.enums import Severity


@dataclass(frozen=True)
class Line:
    """A printed line: a paragraph's line, or a table row with its cells. ``where`` names it for a reader."""

    no: int
    text: str
    where: str
    cells: tuple[str, ...] | None = None


@dataclass
class Row:
    """A row of a table; ``lines`` are all lines it was read from."""

    lines: tuple[int, ...]
    cells: list[str]

    @property
    def no(self) -> int:
        """The first line."""
        return self.lines[0]

    def cell(self, column: int | None) -> str:
        """The text of a column, empty when there is none."""
        return self.cells[column].strip() if column is not None and 0 <= column < len(self.cells) else ""


@dataclass
class Table:
    """Rows that stand together; ``caption`` is the nearest line above that is no row.

    ``torn`` says that one row may be printed over several lines, as in text that came from a page. The rows of a Word
    or Excel table are whole.
    """

    rows: list[Row]
    caption: str = ""
    caption_line: int = 0
    torn: bool = True

    @property
    def first(self) -> int:
        """Its first line."""
        return self.rows[0].no

    @property
    def last(self) -> int:
        """Its last line."""
        return self.rows[-1].lines[-1]


@dataclass(frozen=True)
class Place:
    """Where a finding points."""

    line: int
    where: str


@dataclass(frozen=True)
class Finding:
    """A contradiction: rule, class, places, the printed texts concerned, and the arithmetic in words.

    ``kind`` is the class of contradiction (SAME, SUM, RATIO, …); ``sum`` the arithmetic, empty where the
    contradiction is one of words.
    """

    rule: str
    kind: str
    severity: Severity
    title: str
    places: tuple[Place, ...]
    values: tuple[str, ...]
    sum: str = ""

    @property
    def lines(self) -> frozenset[int]:
        """The numbers of the lines it points to."""
        return frozenset(place.line for place in self.places)


@dataclass
class Document:
    """A read report."""

    name: str
    lines: list[Line]
    tables: list[Table] = field(default_factory=list)

    @cached_property
    def by_number(self) -> dict[int, Line]:
        """Lines by their number."""
        return {line.no: line for line in self.lines}

    def place(self, no: int) -> Place:
        """A line as the place of a finding."""
        return Place(no, self.by_number[no].where)

    def places(self, numbers) -> tuple[Place, ...]:
        """Several lines as places, in order, each once."""
        return tuple(self.place(no) for no in sorted(set(numbers)) if no in self.by_number)

    def prose(self) -> Iterator[Line]:
        """The lines that are no table rows."""
        return (line for line in self.lines if line.cells is None and line.text.strip())

    @cached_property
    def table_lines(self) -> frozenset[int]:
        """Numbers of the lines that belong to tables."""
        return frozenset(no for table in self.tables for row in table.rows for no in row.lines)
