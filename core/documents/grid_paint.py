"""Draws a `Grid`: rules, head, cells, bars; every cell is tagged, every rule is none."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import Color

from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.grid_parts import (
    BAR_HEIGHT,
    BARS,
    CAPAIAN_END,
    CAPTION_LEADING,
    CAPTION_SIZE,
    CONTINUES,
    GAP,
    INDENT,
    LOW,
    NO_VALUE,
    OVER_SIZE,
    Heavy,
    Measured,
    Over,
    Ref,
    face_of,
    tail,
)

if TYPE_CHECKING:
    from core.documents.grid import Grid


class GridPainter:
    """Draws one part of a table on one page."""

    def __init__(self, grid: "Grid", canvas: OfficeCanvas) -> None:
        """Take the measured part and the page."""
        self.grid, self.canvas = grid, canvas

    def draw(self) -> None:
        """Draw head, lines and end rule."""
        y = self._draw_head(self.grid.height)
        for item in self.grid.ancestors:
            y = self._draw_line(item, y, faded=True)
        for index, item in enumerate(self.grid.measured):
            y = self._draw_line(item, y, faded=False, top=index == 0 and not self.grid.ancestors)
        self.canvas.rule(0, y, self.grid.width, 0.9)
        if not self.grid.last:
            with self.canvas.artifact():
                self.canvas.text(
                    self.grid.width,
                    y - 9,
                    CONTINUES,
                    face=fonts.ITALIC,
                    size=7.4,
                    colour=style.GREY,
                    align="right",
                )

    def _draw_head(self, y: float) -> float:
        if self.grid.caption:
            y = self._draw_caption(y)
        self.canvas.rule(0, y, self.grid.width, 0.9)
        y = self._draw_groups(y)
        size, step = self.grid.look.head_size, self.grid.look.head_size + 2
        rows = max(len(lines) for lines in self.grid.head)
        base = y - rows * step - 1
        x = 0.0
        with self.canvas.element("TR") if self.grid.first else self.canvas.artifact():
            for index, (column, width, lines) in enumerate(
                zip(self.grid.columns, self.grid.widths, self.grid.head, strict=True)
            ):
                with self.canvas.mark("TH") if self.grid.first else self.canvas.artifact():
                    for row, words in enumerate(reversed(lines)):
                        where = x + width
                        if column.kind in BARS:
                            where = x + GAP
                        elif column.align == "left":
                            where = x + self.grid.inset(index)
                        align = "left" if column.kind in BARS or column.align == "left" else "right"
                        self.canvas.text(
                            where, base + row * step + 1, words, size=size, colour=style.GREY, align=align
                        )
                    if not lines or not any(lines):
                        self.canvas.text(x, base, "", size=size)
                x += width
        self.canvas.rule(0, base - 3.5, self.grid.width, 0.35)
        return base - 3.5

    def _draw_caption(self, y: float) -> float:
        grid, base, x = self.grid, y - 9, 0.0
        with self.canvas.mark("Caption") if grid.first else self.canvas.artifact():
            if grid.number:
                self.canvas.text(0, base, grid.number, face=fonts.BOLD, size=CAPTION_SIZE)
                x = grid.caption_indent
            for row, words in enumerate(grid.caption_lines):
                self.canvas.text(x, base - row * CAPTION_LEADING, words, size=CAPTION_SIZE)
        if grid.first and grid.key:
            self.canvas.contents_entry(f"{grid.number} {grid.caption}".strip(), grid.key, 2, y)
        return base - (len(grid.caption_lines) - 1) * CAPTION_LEADING - 6.6

    def _draw_groups(self, y: float) -> float:
        if not any(column.group for column in self.grid.columns):
            return y
        base = y - self.grid.look.head_size * 1.4
        with self.canvas.element("TR") if self.grid.first else self.canvas.artifact():
            for name, x, width in self._group_spans():
                with self.canvas.mark("TH") if self.grid.first else self.canvas.artifact():
                    self.canvas.text(x, base, name, size=self.grid.look.head_size, colour=style.GREY)
                self.canvas.rule(x, base - 2.5, width, 0.3, style.RULE)
        return base - 1.5

    def _group_spans(self) -> list[tuple[str, float, float]]:
        spans: list[tuple[str, float, float]] = []
        x = 0.0
        for column, width in zip(self.grid.columns, self.grid.widths, strict=True):
            if column.group:
                shift = GAP if column.align != "left" else 0
                if spans and spans[-1][0] == fonts.printable(column.group):
                    name, start, _ = spans[-1]
                    spans[-1] = (name, start, x + width - start)
                else:
                    spans.append((fonts.printable(column.group), x + shift, width - shift))
            x += width
        return spans

    def _draw_line(self, item: Measured, y: float, *, faded: bool, top: bool = False) -> float:
        line = item.line
        weight = line.rule if line.rule is not None else {"total": 0.6, "block": 0}.get(line.kind, 0.3)
        if weight and not top:
            self.canvas.rule(0, y, self.grid.width, weight, style.RULE if weight == 0.3 else style.INK)
        space = self.grid.look.leading * 0.6 if line.kind == "block" else 0
        base = y - space - self.grid.look.padding / 2 - self.grid.look.size * 0.86
        with self.canvas.artifact() if faded else self.canvas.element("TR"):
            if line.kind == "block":
                with self.canvas.mark("TH"):
                    self._draw_texts(item.texts[0], 0, base, fonts.BOLD, self.grid.look.accent)
            else:
                face = fonts.ITALIC if faded else face_of(line)
                self._draw_cells(item, base, face, style.GREY if faded else style.INK)
        return y - item.height

    def _draw_cells(self, item: Measured, base: float, face: str, colour: Color) -> None:
        x = 0.0
        for index, (column, width, texts) in enumerate(
            zip(self.grid.columns, self.grid.widths, item.texts, strict=True)
        ):
            value = item.line.cells[index] if index < len(item.line.cells) else None
            with self.canvas.mark("TH" if index == 0 else "TD"):
                if isinstance(value, Ref):
                    self._draw_ref(value, x, x + width, base)
                elif column.kind == "capaian":
                    self._draw_capaian(value, x + GAP, width - GAP, base, item.height)
                elif column.kind == "bar":
                    self._draw_bar(value, x + GAP, width - GAP, base)
                elif column.align == "left":
                    indent = self.grid.inset(index) + (item.line.level * INDENT if index == 0 else 0)
                    self._draw_texts(texts, x + indent, base, face, colour)
                else:
                    right = x + width
                    if column.align == "comma" and texts[0]:
                        right += tail(texts[0], face, self.grid.look.size) - self.grid.commas[index]
                    self.canvas.text(
                        right,
                        base,
                        texts[0],
                        face=face,
                        size=self.grid.look.size,
                        colour=colour,
                        align="right",
                    )
            x += width

    def _draw_texts(self, texts: Sequence[str], x: float, base: float, face: str, colour: Color) -> None:
        size, leading = self.grid.look.size, self.grid.look.leading
        for number, words in enumerate(texts):
            y = base - number * leading
            if isinstance(words, Over):
                self.canvas.text(x, y, words, size=OVER_SIZE, colour=style.GREY)
            else:
                own = fonts.BOLD if isinstance(words, Heavy) else face
                self.canvas.text(x, y, words, face=own, size=size, colour=colour)

    def _draw_ref(self, ref: Ref, left: float, right: float, base: float) -> None:
        text = fonts.printable(ref.text)
        if ref.anchor:
            top = self.canvas.absolutePosition(0, base)[1] + 14
            self.canvas.bookmarkHorizontalAbsolute(ref.anchor, top)
            right = left + fonts.width(text, fonts.CONDENSED_BOLD, 6.8)
        self.canvas.text(
            right,
            base,
            text,
            face=fonts.CONDENSED_BOLD,
            size=6.8,
            colour=self.grid.look.accent,
            align="right",
        )
        if ref.target:
            width = fonts.width(text, fonts.CONDENSED_BOLD, 6.8)
            self.canvas.linkRect(
                "", ref.target, (right - width, base - 2, right, base + 6), relative=1, thickness=0
            )

    def _draw_bar(self, value: Any, x: float, width: float, base: float) -> None:
        if value is None:
            return
        share = min(max(float(value), 0), 100) / 100
        low = value < self.grid.look.low_below
        room = width - (fonts.width(LOW, fonts.REGULAR, 6.6) + 3 if self.grid.any_low else 0)
        self.canvas.setFillColor(style.WASH)
        self.canvas.rect(x, base + 0.4, room, BAR_HEIGHT, stroke=0, fill=1)
        self.canvas.setFillColor(style.INK if low else self.grid.look.accent)
        self.canvas.rect(x, base + 0.4, room * share, BAR_HEIGHT, stroke=0, fill=1)
        if low:
            self.canvas.text(x + room + 3, base, LOW, size=6.6)

    def _draw_capaian(self, value: Any, x: float, width: float, base: float, height: float) -> None:
        if value == "":
            return  # a number without a target has no achievement to draw
        tick = x + width * 100 / CAPAIAN_END
        if value is None:
            self.canvas.text(x, base, NO_VALUE, face=fonts.CONDENSED, size=7.4, colour=style.GREY)
        else:
            length = width * min(max(float(value), 0), CAPAIAN_END) / CAPAIAN_END
            over = value > CAPAIAN_END
            self.canvas.setFillColor(self.grid.look.accent)
            self.canvas.rect(x, base - 1, length - (3.5 if over else 0), 7.5, stroke=0, fill=1)
            if over:
                self.canvas.rect(x + length - 2, base - 1, 2, 7.5, stroke=0, fill=1)
        self.canvas.setStrokeColor(style.INK)
        self.canvas.setLineWidth(0.6)
        self.canvas.setDash(1, 1.5)
        self.canvas.line(tick, base + 8, tick, base - height + 16)
        self.canvas.setDash()
