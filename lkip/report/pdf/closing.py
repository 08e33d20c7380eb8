"""Organisation chart and signature."""

import re
from collections.abc import Sequence

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from core.documents import fonts, style
from core.documents.fit import fit, wrap
from core.documents.qr import draw_qr, symbol
from lkip.report.pdf.pages import BookCanvas
from lkip.report.pdf.parts import SIDE


class Boxes(Flowable):
    """The organisation chart as a tree read down: each box under the one it belongs to."""

    STEP, TALL = 11 * mm, 10.4 * mm

    def __init__(self, boxes: Sequence[tuple[str, str, int]], accent: Color, alt: str) -> None:
        """``boxes`` are (name, head of the unit, depth) in reading order."""
        super().__init__()
        self.boxes, self.accent, self.alt = list(boxes), accent, alt
        self.spaceBefore, self.spaceAfter = 4, 10

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """A row a box, closer when there are many."""
        self.width = available_width
        self.row = min(self.TALL + 2.4 * mm, (style.REPORT.height - 30 * mm) / max(len(self.boxes), 1))
        self.height = self.row * len(self.boxes)
        return available_width, self.height

    def draw(self) -> None:
        """Draw boxes and the lines between them."""
        canvas: BookCanvas = self.canv
        tall = self.row - 2.4 * mm
        with canvas.mark("Figure", alt=self.alt):
            ends: dict[int, float] = {}
            for place, (name, head, depth) in enumerate(self.boxes):
                top = self.height - place * self.row
                x = depth * self.STEP
                self._line(canvas, ends, depth, x, top - tall / 2)
                canvas.setStrokeColor(self.accent)
                canvas.setLineWidth(0.9 if depth == 0 else 0.5)
                canvas.rect(x, top - tall, self.width - x, tall, stroke=1, fill=0)
                ends[depth] = top - tall
                room = self.width - x - self.STEP
                shown = fit(
                    fonts.printable(name), room, 1, 8.8, 6.6, bold=depth < 2, may_cut=True, field="unit"
                )
                two = bool(head) and tall > 20
                y = top - tall / 2 + (1.5 if two else -3)
                canvas.text(x + 6, y, shown.lines[0], face=shown.face, size=shown.size)
                if two:
                    under = fit(fonts.printable(head), room, 1, 7.4, 6.6, may_cut=True, field="jabatan")
                    canvas.text(
                        x + 6, y - 10, under.lines[0], face=under.face, size=under.size, colour=style.GREY
                    )

    def _line(self, canvas: BookCanvas, ends: dict[int, float], depth: int, x: float, middle: float) -> None:
        if depth == 0 or depth - 1 not in ends:
            return
        down = x - self.STEP / 2
        canvas.setStrokeColor(style.MID)
        canvas.setLineWidth(0.6)
        canvas.line(down, ends[depth - 1], down, middle)
        canvas.line(down, middle, x, middle)


SMALL = 7.6
"""Points of the words below the code."""


def address_lines(address: str, room: float) -> list[str]:
    """An address in lines that fit, parted after its slashes."""
    lines = [""]
    for piece in re.findall(r"[^/]*/*", address):
        if lines[-1] and fonts.width(lines[-1] + piece, fonts.REGULAR, SMALL) > room:
            lines.append("")
        lines[-1] += piece
    return [part for line in lines for part in wrap(line, room, fonts.REGULAR, SMALL)]


class Sign(Flowable):
    """Place, day, post, room for ink, name; the QR code of the edition at its left."""

    def __init__(self, lines: Sequence[str], post: str, name: str, under: Sequence[str], code: str) -> None:
        """``lines`` stand above the post; ``code`` is what the QR code holds, or empty."""
        super().__init__()
        self.parts = [fonts.printable(line) for line in lines]
        self.post, self.name = fonts.printable(post), fonts.printable(name)
        self.under, self.code = [fonts.printable(line) for line in under], code
        self.spaceBefore, self.spaceAfter = 16, 6

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Room for words and ink."""
        self.width = available_width
        self.left = 90 * mm
        room = available_width - self.left
        self.posts = wrap(self.post, room, fonts.REGULAR, 10)
        self.names = wrap(self.name, room, fonts.BOLD, 10) if self.name else [""]
        rows = len(self.parts) + len(self.posts) + len(self.names) + len(self.under)
        room = self.left - SIDE - 8 * mm
        said = wrap("Pindai untuk memeriksa edisi ini, atau buka:", room, fonts.REGULAR, SMALL)
        self.address = [*said, *address_lines(self.code, room)] if self.code else []
        self.height = max(rows * 14.6 + 24 * mm, (40 + 3.4 * len(self.address)) * mm if self.code else 0)
        return available_width, self.height

    def draw(self) -> None:
        """Draw words, the line for ink, the code."""
        canvas: BookCanvas = self.canv
        y = self.height - 11
        with canvas.mark("P"):
            for words in [*self.parts, *self.posts]:
                canvas.text(self.left, y, words, size=10)
                y -= 14.6
            y -= 20 * mm
            if not self.name:
                canvas.rule(self.left, y + 10, 60 * mm, 0.35)
            for words in self.names:
                canvas.text(self.left, y, words, face=fonts.BOLD, size=10)
                y -= 14.6
            for words in self.under:
                canvas.text(self.left, y, words, size=8.8)
                y -= 12
        if self.code:
            with canvas.mark("Figure", alt="Kode QR alamat umum edisi ini"):
                draw_qr(canvas, symbol(self.code), SIDE + 4 * mm, self.height - 34 * mm, 28 * mm)
            y = self.height - 40 * mm
            for words in self.address:
                canvas.text(SIDE + 4 * mm, y, words, size=SMALL, colour=style.GREY)
                y -= 3.4 * mm
