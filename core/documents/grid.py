"""Printed tables: horizontal rules only, numbers at one x, head and caption on every page, bars in cells.

A `Grid` is a platypus flowable that splits by itself. A parent never ends a page without its first child, a
total never stands alone; a page that goes on repeats the ancestors of its first line in italic.
"""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.platypus.flowables import Flowable

from core.documents import fonts
from core.documents.canvas import Element, OfficeCanvas
from core.documents.fit import wrap
from core.documents.grid_paint import GridPainter
from core.documents.grid_parts import (
    BARS,
    CAPTION_LEADING,
    CAPTION_SIZE,
    CONTINUED,
    GAP,
    INDENT,
    OVER_SIZE,
    WIDE,
    Col,
    Heavy,
    Line,
    Look,
    Measured,
    Over,
    Ref,
    Titled,
    face_of,
    tail,
    text_of,
)
from core.documents.shares import share

__all__ = ["WIDE", "Col", "Grid", "Line", "Look", "Ref", "Titled"]


LEAST_REST = 3
"""So many rows at least go on to the next page, where as many stay."""
TALL_START = 150
"""Points: two first rows that take more than this may be parted."""
SPARE = 0.05
"""Points beside the longest word, so that the rounding of a sum never breaks it."""


def _longest(text: str, face: str, size: float) -> float:
    """The width of the longest word."""
    return max((fonts.width(word, face, size) for word in fonts.printable(text).split()), default=0)


class Grid(Flowable):
    """A table of texts that are written already; see the module's text."""

    def __init__(
        self,
        columns: Sequence[Col],
        lines: Sequence[Line],
        *,
        number: str = "",
        caption: str = "",
        look: Look | None = None,
        key: str = "",
    ) -> None:
        """Take columns and lines; ``number`` ("Tabel 3.5") stands in SemiBold before the caption."""
        super().__init__()
        self.columns, self.lines, self.look = list(columns), list(lines), look or Look()
        self.number, self.caption, self.key = fonts.printable(number), fonts.printable(caption), key
        self.measured: list[Measured] | None = None
        self.ancestors: list[Measured] = []
        self.widths: list[float] = []
        self.first, self.last = True, True
        self.spaceBefore, self.spaceAfter = 14, 5
        self.node: list[Element] = []

    # --- measuring ---

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Measure once; a part that goes on keeps its measures."""
        if self.measured is None:
            self._lay_out(available_width)
        self.caption_lines = self._caption_lines(available_width)
        self.width = available_width
        self.height = self._height(self.measured)
        return self.width, self.height

    @property
    def caption_indent(self) -> float:
        """Where the caption stands, right of its number."""
        return fonts.width(self.number, fonts.BOLD, CAPTION_SIZE) + 5 if self.number else 0

    def _caption_lines(self, available: float) -> list[str]:
        words = self.caption if self.first else f"{self.caption} {CONTINUED}"
        return wrap(words, available - self.caption_indent, fonts.REGULAR, CAPTION_SIZE)

    def _height(self, measured: Sequence[Measured]) -> float:
        tail = 0 if self.last else self.look.leading
        return self._head_height() + sum(item.height for item in [*self.ancestors, *measured]) + tail + 0.9

    def _lay_out(self, available: float) -> None:
        self.widths = self._column_widths(available)
        self.measured = [self._measure(line) for line in self.lines]
        self.commas = [self._comma(index) for index in range(len(self.columns))]
        self.head = [self._head_lines(index) for index in range(len(self.columns))]
        self.any_low = any(self._low(line) for line in self.lines)

    def _column_widths(self, available: float) -> list[float]:
        """Fixed widths as given; the others share the rest, wide enough for their numbers and their longest words."""
        flexible = [index for index, column in enumerate(self.columns) if not column.width]
        room = available - sum(column.width for column in self.columns)
        shared = share(
            max(room, 0),
            [self.columns[index].flex for index in flexible],
            [self._least(index) for index in flexible],
        )
        given = dict(zip(flexible, shared, strict=True))
        return [column.width or given[index] for index, column in enumerate(self.columns)]

    def _least(self, index: int) -> float:
        """The narrowest a column may be: its longest unbroken piece, in head and cells."""
        column = self.columns[index]
        heads = fonts.printable(column.title).split(" ")
        most = max((fonts.width(word, fonts.REGULAR, self.look.head_size) for word in heads), default=0)
        if column.kind in BARS:
            return most + GAP
        before = after = 0.0
        for line in self.lines:
            if line.kind == "block" or index >= len(line.cells):
                continue
            value, face = line.cells[index], face_of(line)
            if isinstance(value, Ref):
                most = max(most, fonts.width(value.text, fonts.CONDENSED_BOLD, self.look.size))
            elif isinstance(value, Titled):
                most = max(
                    most, *(_longest(each, fonts.BOLD, self.look.size) for each in (value.over, value.text))
                )
            elif column.align == "left":
                indent = line.level * INDENT if index == 0 else 0
                most = max(most, _longest(text_of(value), face, self.look.size) + indent)
            elif column.align == "comma" and text_of(value)[:1].isdigit():
                text = text_of(value)
                behind = tail(text, face, self.look.size)
                after = max(after, behind)
                before = max(before, fonts.width(text, face, self.look.size) - behind)
            else:
                most = max(most, fonts.width(text_of(value), face, self.look.size))
        return max(most, before + after) + GAP + self.inset(index) + SPARE

    def _measure(self, line: Line) -> Measured:
        face = face_of(line)
        if line.kind == "block":
            texts = (tuple(wrap(text_of(line.cells[0]), sum(self.widths), face, self.look.size)),)
        else:
            texts = tuple(self._cell_lines(line, index, face) for index in range(len(self.columns)))
        rows = max((len(lines) for lines in texts), default=1)
        space = self.look.leading * 0.6 if line.kind == "block" else 0
        return Measured(line, texts, rows * self.look.leading + self.look.padding + space)

    def inset(self, index: int) -> float:
        """A text column right of a number column stands a little off it."""
        follows = index > 0 and self.columns[index - 1].align != "left"
        return 2 * GAP if follows and self.columns[index].align == "left" else 0

    def _cell_lines(self, line: Line, index: int, face: str) -> tuple[str, ...]:
        value = line.cells[index] if index < len(line.cells) else None
        column = self.columns[index]
        if column.kind in BARS or isinstance(value, Ref):
            return ("",)
        width = self.widths[index] - GAP - self.inset(index) - (line.level * INDENT if index == 0 else 0)
        if isinstance(value, Titled):
            return self._titled_lines(value, width)
        text = text_of(value)
        if column.align != "left":
            return (text,)
        return tuple(wrap(text, max(width, 20), face, self.look.size))

    def _titled_lines(self, value: Titled, width: float) -> tuple[str, ...]:
        above = (fonts.BOLD, self.look.size, Heavy) if value.named else (fonts.REGULAR, OVER_SIZE, Over)
        below = (fonts.BOLD, Heavy) if value.heavy and not value.named else (fonts.REGULAR, str)
        upper = wrap(text_of(value.over), width, *above[:2]) if value.over else []
        lower = wrap(text_of(value.text), width, below[0], self.look.size) if value.text else []
        return (*map(above[2], upper), *map(below[1], lower)) or ("",)

    def _comma(self, index: int) -> float:
        """The widest part after the comma in a comma-aligned column."""
        if self.columns[index].align != "comma":
            return 0
        tails = [
            tail(item.texts[index][0], face_of(item.line), self.look.size)
            for item in self.measured
            if item.line.kind != "block"
        ]
        return max(tails, default=0)

    def _low(self, line: Line) -> bool:
        """Whether a bar of the line is below the limit."""
        return any(
            column.kind == "bar" and value is not None and value < self.look.low_below
            for column, value in zip(self.columns, line.cells, strict=False)
        )

    def _head_lines(self, index: int) -> list[str]:
        column = self.columns[index]
        return wrap(
            fonts.printable(column.title),
            self.widths[index] - GAP - self.inset(index),
            fonts.REGULAR,
            self.look.head_size,
        )

    def _head_height(self) -> float:
        lines = max((len(lines) for lines in self.head), default=1)
        group = self.look.head_size * 1.5 if any(column.group for column in self.columns) else 0
        caption = 15.6 + (len(self.caption_lines) - 1) * CAPTION_LEADING if self.caption else 0
        return caption + group + lines * (self.look.head_size + 2) + 6

    # --- splitting ---

    def split(self, available_width: float, available_height: float) -> list["Grid"]:
        """Two parts, the first of which fits; none when not even one line would stand well."""
        self.wrap(available_width, available_height)
        room = available_height - self._head_height() - self.look.leading - 0.9
        room -= sum(item.height for item in self.ancestors)
        count = 0
        for item in self.measured:
            if room < item.height:
                break
            room -= item.height
            count += 1
        if count >= len(self.measured):
            return [self]
        count = self._good_break(count)
        if count <= 0:
            return []
        return [self._part(0, count), self._part(count, len(self.measured))]

    def _good_break(self, count: int) -> int:
        """The last good place to break at or before ``count``; ``count`` itself when there is none."""
        for place in range(count, 0, -1):
            before, after = self.measured[place - 1].line, self.measured[place].line
            leads = before.kind == "block" or after.level > before.level
            lonely = after.kind == "total" and all(
                item.line.kind == "total" for item in self.measured[place:]
            )
            if not leads and not lonely and not self._alone(place) and not self._too_few(place):
                return place
        return count if not self.first else 0

    def _alone(self, place: int) -> bool:
        """Whether a break leaves the first row alone under its head; tall rows may, for they fill a page."""
        before = [item for item in self.measured[:place] if item.line.kind != "block"]
        if not self.first or len(before) > 1 or len(self.measured) <= 2:
            return False
        return place == 1 or sum(item.height for item in self.measured[: place + 1]) < TALL_START

    def _too_few(self, place: int) -> bool:
        """Whether a break leaves a row or two alone on the next page, though this one could give some more."""
        return len(self.measured) - place < LEAST_REST <= place

    def _part(self, start: int, end: int) -> "Grid":
        part = Grid(self.columns, [], number=self.number, caption=self.caption, look=self.look, key=self.key)
        part.measured = self.measured[start:end]
        part.widths, part.commas, part.head = self.widths, self.commas, self.head
        part.first, part.last = self.first and start == 0, self.last and end == len(self.measured)
        part.ancestors = self.ancestors if start == 0 else self._ancestors_of(start)
        part.node, part.any_low = self.node, self.any_low
        return part

    def _ancestors_of(self, place: int) -> list[Measured]:
        """The lines above that the line at ``place`` belongs to, outermost first."""
        level, found = self.measured[place].line.level, []
        for item in [*self.ancestors, *self.measured[:place]][::-1]:
            if item.line.kind == "row" and item.line.level < level:
                found.append(
                    self._measure(replace(item.line, cells=item.line.cells[:1], bold=False, rule=None))
                )
                level = item.line.level
        return found[::-1]

    # --- drawing ---

    def draw(self) -> None:
        """Draw this part; all parts of one table are one structure element."""
        canvas: OfficeCanvas = self.canv
        if self.node:
            with canvas.inside(self.node[0]):
                GridPainter(self, canvas).draw()
        else:
            with canvas.element("Table") as node:
                self.node.append(node)
                GridPainter(self, canvas).draw()
