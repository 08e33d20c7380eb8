"""The pieces of a page that only the report has: contents lines, big numbers, labels in the side column, signatures."""

from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from core.documents import fonts, style
from core.documents.fit import fit, wrap
from core.documents.grid import Grid
from core.documents.report import Paragraph
from lkip.report.pdf.pages import BookCanvas

SIDE = style.SIDE_COLUMN
GAP = 6 * mm


class Noted(Paragraph):
    """A paragraph that mentions figures; its parts keep the ids that stand in them."""

    notes: tuple[str, ...] = ()

    def split(self, available_width: float, available_height: float) -> list:
        """Split, and share the ids out."""
        parts = super().split(available_width, available_height)
        if len(parts) > 1:
            for part in parts:
                text = "".join(frag.text for frag in part.frags if getattr(frag, "text", None))
                part.notes = tuple(each for each in self.notes if each in text)
        return parts


class Head(Paragraph):
    """A heading that also says which objective the page is in; at the top of a page nothing is carried over."""

    objective: str | None = None

    def draw(self) -> None:
        """Draw, and set what the next pages repeat."""
        canvas: BookCanvas = self.canv
        clear_carried(canvas, self.height)
        if self.objective is not None:
            canvas.objective = self.objective
        super().draw()


def clear_carried(canvas: BookCanvas, height: float) -> None:
    """Nothing is repeated at the head of a page that begins with a heading."""
    if canvas.absolutePosition(0, height)[1] > canvas._pagesize[1] - style.REPORT.top - 30:
        canvas.carried = ""


class Start(Flowable):
    """Begins a chapter: names it for the running head and starts the arabic pages."""

    def __init__(self, words: str, *, arabic: bool) -> None:
        """Take the name; ``arabic`` from the first chapter of the body on."""
        super().__init__()
        self.words, self.arabic = fonts.printable(words), arabic

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """No size."""
        return 0, 0

    def draw(self) -> None:
        """Note it on the canvas."""
        canvas: BookCanvas = self.canv
        canvas.chapter, canvas.objective, canvas.carried = self.words, "", ""
        if self.arabic and canvas.arabic_from == 1:
            canvas.arabic_from = canvas._pageNumber


class Indented(Flowable):
    """A table in the text column."""

    def __init__(self, grid: Grid, indent: float) -> None:
        """Take the table and how far it stands to the right."""
        super().__init__()
        self.grid, self.indent = grid, indent
        self.spaceBefore, self.spaceAfter = 6, grid.spaceAfter

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """As large as the table and its indent."""
        width, height = self.grid.wrap(available_width - self.indent, available_height)
        return width + self.indent, height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Split the table."""
        return [
            Indented(part, self.indent)
            for part in self.grid.split(available_width - self.indent, available_height)
        ]

    def draw(self) -> None:
        """Draw the table."""
        self.grid.drawOn(self.canv, self.indent, 0)


class Explained(Flowable):
    """A table with its note; the note goes with the last row, never alone."""

    def __init__(self, grid: Flowable, note: Paragraph) -> None:
        """Take the table, or what is left of it, and the note."""
        super().__init__()
        self.grid, self.note = grid, note
        self.notes = getattr(note, "notes", ())
        self.spaceBefore, self.spaceAfter = grid.getSpaceBefore(), note.getSpaceAfter()

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The table, then the note."""
        _, self.grid_height = self.grid.wrap(available_width, available_height)
        _, self.note_height = self.note.wrap(available_width, available_height)
        return available_width, self.grid_height + self.note.getSpaceBefore() + self.note_height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Split the table; where all of it fits without the note, a row or two go along to the next page."""
        self.wrap(available_width, available_height)
        room = min(available_height, self.grid_height - 1)
        parts = self.grid.split(available_width, room)
        if len(parts) < 2:
            return []
        return [*parts[:-1], Explained(parts[-1], self.note)]

    def draw(self) -> None:
        """Draw both."""
        self.note.drawOn(self.canv, 0, 0)
        self.grid.drawOn(self.canv, 0, self.note_height + self.note.getSpaceBefore())


class Line(Flowable):
    """A line of the contents: number, title, page; the page is drawn when it is known."""

    def __init__(self, number: str, title: str, key: str, level: int, accent: Color) -> None:
        """``level`` 0 is a chapter, with a rule above."""
        super().__init__()
        self.number, self.title, self.key = fonts.printable(number), fonts.printable(title), key
        self.level, self.accent = level, accent
        self.size = 10.4 if level == 0 else 9.2 if level == 1 else 8.6
        self.face = fonts.BOLD if level == 0 else fonts.REGULAR
        self.keepWithNext = level == 0

    @property
    def inset(self) -> float:
        """Where the title starts, from the left of the text column."""
        return (0, 10 * mm, 22 * mm)[self.level]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Room for the wrapped title."""
        self.width = available_width
        room = available_width - SIDE - self.inset - 14 * mm
        self.lines = wrap(self.title, room, self.face, self.size)
        self.height = len(self.lines) * self.size * 1.36 + (9 if self.level == 0 else 1.5)
        return available_width, self.height

    def draw(self) -> None:
        """Draw number and title; leave the page for later."""
        canvas: BookCanvas = self.canv
        y = self.height - self.size - (6 if self.level == 0 else 0)
        if self.level == 0:
            canvas.rule(SIDE, self.height - 1, self.width - SIDE, 0.3, style.RULE)
        with canvas.mark("P"):
            if self.number:
                where = (SIDE - 4 * mm, SIDE, SIDE + 10 * mm)[self.level]
                align = "right" if self.level == 0 else "left"
                colour = self.accent if self.level == 0 else style.GREY
                face = fonts.BOLD if self.level == 0 else fonts.REGULAR
                size = 7.6 if self.level == 0 else self.size
                canvas.text(where, y, self.number, face=face, size=size, colour=colour, align=align)
            for place, words in enumerate(self.lines):
                canvas.text(
                    SIDE + self.inset, y - place * self.size * 1.36, words, face=self.face, size=self.size
                )
        canvas.linkRect("", self.key, (SIDE, 0, self.width, self.height - 2), relative=1, thickness=0)
        x, top = canvas.absolutePosition(self.width, y - (len(self.lines) - 1) * self.size * 1.36)
        key, face, size = self.key, self.face, self.size

        def late(page: BookCanvas, number: int, pages: int) -> None:
            if key in page.places:
                page.text(x, top, page.label(page.places[key]), face=face, size=size, align="right")

        canvas.late(late)


class Side(Flowable):
    """A rule over the full width with number and label in the side column below it; takes no height itself."""

    _ZEROSIZE = 1

    def __init__(self, number: str, label: str, accent: Color, key: str, objective: str) -> None:
        """Take number and label of an analysis."""
        super().__init__()
        self.number, self.label, self.accent = number, fonts.printable(label), accent
        self.key, self.objective = key, objective

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """No height."""
        self.width = available_width
        return available_width, 0

    def draw(self) -> None:
        """Draw downwards from where it stands."""
        canvas: BookCanvas = self.canv
        canvas.objective = self.objective
        canvas.rule(0, 0, self.width, 0.35)
        canvas.bookmarkHorizontalAbsolute(self.key, canvas.absolutePosition(0, 0)[1] + 4)
        canvas.places[self.key] = canvas._pageNumber
        with canvas.mark("H3"):
            canvas.text(0, -16, self.number, face=fonts.BOLD, size=13, colour=self.accent)
            for place, words in enumerate(wrap(self.label, SIDE - 7 * mm - 4, fonts.BOLD, 8.8)):
                canvas.text(7 * mm, -14 - place * 11, words, face=fonts.BOLD, size=8.8)


class Numbers(Flowable):
    """Big numbers side by side, each under a short rule with its label; or parts of a sum with signs between."""

    def __init__(self, facts: Sequence[tuple[str, str, str]], signs: Sequence[str], indent: float) -> None:
        """``facts`` are (label, number, unit)."""
        super().__init__()
        self.facts = [tuple(fonts.printable(part) for part in fact) for fact in facts]
        self.signs, self.indent = list(signs), indent
        self.spaceBefore, self.spaceAfter = 6, 10

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """One row."""
        self.width, self.height = available_width, 40 if not self.signs else 28
        return available_width, self.height

    def draw(self) -> None:
        """Draw each number in its share of the width."""
        canvas: BookCanvas = self.canv
        gap = 9
        width = (self.width - self.indent - gap * (len(self.facts) - 1)) / len(self.facts)
        for place, (label, number, unit) in enumerate(self.facts):
            x = self.indent + place * (width + gap)
            room = width - (fonts.width(unit, fonts.REGULAR, 7.6) + 4 if unit else 0)
            shown = fit(number, max(room, 20), 1, 14.5, 8, bold=True, may_cut=True, field="angka besar")
            with canvas.mark("P"):
                if self.signs:
                    y, label_y = 13, 2
                else:
                    canvas.rule(x, self.height - 2, width, 0.35)
                    y, label_y = 5, self.height - 14
                canvas.text(x, label_y, label, size=7.2, colour=style.GREY)
                canvas.text(x, y, shown.lines[0], face=shown.face, size=shown.size)
                end = x + fonts.width(shown.lines[0], shown.face, shown.size) + 3
                if unit:
                    fitted = fit(unit, max(x + width - end, 12), 1, 7.6, 5.5, may_cut=True, field="satuan")
                    canvas.text(
                        end, y, fitted.lines[0], face=fitted.face, size=fitted.size, colour=style.GREY
                    )
                if place < len(self.signs):
                    sign = fonts.printable(self.signs[place])
                    canvas.text(x + width - 10, y, sign, size=12, colour=style.GREY)


class Pairs(Flowable):
    """Labels and words, ruled below each."""

    def __init__(self, rows: Sequence[tuple[str, str]], indent: float) -> None:
        """Take (label, words)."""
        super().__init__()
        self.rows = [(fonts.printable(label), fonts.printable(words)) for label, words in rows]
        self.indent = indent
        self.spaceBefore, self.spaceAfter = 8, 10

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Measure all rows."""
        self.width = available_width
        room = available_width - self.indent - 42 * mm
        self.measured = [
            (wrap(label, 40 * mm, fonts.REGULAR, 8.2), wrap(words, room, fonts.REGULAR, 8.8))
            for label, words in self.rows
        ]
        self.height = sum(self._height(row) for row in self.measured)
        return available_width, self.height

    @staticmethod
    def _height(row) -> float:
        return max(len(row[0]), len(row[1])) * 11.4 + 7

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Break between rows."""
        self.wrap(available_width, available_height)
        room, count = available_height, 0
        for row in self.measured:
            if self._height(row) > room:
                break
            room -= self._height(row)
            count += 1
        if count in (0, len(self.rows)):
            return [] if count == 0 else [self]
        return [Pairs(self.rows[:count], self.indent), Pairs(self.rows[count:], self.indent)]

    def draw(self) -> None:
        """Draw the rows."""
        canvas: BookCanvas = self.canv
        y = self.height
        for label, words in self.measured:
            with canvas.mark("P"):
                for place, each in enumerate(label):
                    canvas.text(self.indent, y - 11 - place * 11.4, each, size=8.2, colour=style.GREY)
                for place, each in enumerate(words):
                    canvas.text(self.indent + 42 * mm, y - 11 - place * 11.4, each, size=8.8)
            y -= self._height((label, words))
            canvas.rule(self.indent, y, self.width - self.indent, 0.3, style.RULE)
