"""The A6 panel that both sides of the card are drawn on: millimetres from its top left corner, sizes in points."""

from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from core.documents import style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import Fitted
from jobseekers.documents.face import Office

TINT, TINT_RULE = HexColor("#FFF4BF"), HexColor("#B9A94F")
WIDTH, HEIGHT = 148.5, 105.0
LEFT, RIGHT = 7.5, 141.0


class Panel:
    """Draws in millimetres from the panel's top left corner."""

    def __init__(self, canvas: OfficeCanvas, x: float, y: float, office: Office) -> None:
        self.canvas, self.x, self.y, self.office = canvas, x, y, office
        self.page_height = landscape(A4)[1]

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The point in the points of the page."""
        return (self.x + x) * mm, self.page_height - (self.y + y) * mm

    def tint(self) -> None:
        """The yellow ground, left out on yellow paper."""
        if self.office.paper != "white":
            return
        with self.canvas.artifact():
            self.canvas.setFillColor(TINT)
            left, bottom = self.at(0, HEIGHT)
            self.canvas.rect(left, bottom, WIDTH * mm, HEIGHT * mm, stroke=0, fill=1)

    def text(self, x: float, y: float, words: str, size: float, **options) -> None:
        """One line of text at a base line."""
        self.canvas.text(*self.at(x, y), words, size=size, **options)

    def label(self, x: float, y: float, words: str, size: float = 6.6, **options) -> None:
        """A grey label at a base line."""
        self.text(x, y, words, size, colour=style.GREY, **options)

    def rule(self, x: float, y: float, width: float, weight: float, colour=style.INK) -> None:
        """A horizontal rule."""
        self.canvas.rule(*self.at(x, y), width * mm, weight, colour)

    def lines(self, x: float, y: float, fitted: Fitted, pitch: float) -> float:
        """Draw fitted lines from the base line `y` down; return the last base line."""
        for number, line in enumerate(fitted.lines):
            self.text(x, y + number * pitch, line, fitted.size, face=fitted.face)
        return y + (len(fitted.lines) - 1) * pitch

    def framed(self, x: float, y: float, width: float, height: float, *, fill: int = 1) -> None:
        """A box with an ink frame, white inside unless `fill` is 0."""
        with self.canvas.artifact():
            self.canvas.setFillColor(white)
            self.canvas.setStrokeColor(style.INK)
            self.canvas.setLineWidth(0.6)
            left, bottom = self.at(x, y + height)
            self.canvas.rect(left, bottom, width * mm, height * mm, stroke=1, fill=fill)


def draw_shield(panel: Panel) -> None:
    """The office's sign, drawn: a shield with the letter of work."""
    canvas, scale = panel.canvas, 11.6 / 39 * mm
    left, top = panel.at(LEFT - 0.9, 6.0)
    with canvas.artifact():
        canvas.saveState()
        canvas.translate(left, top)
        canvas.scale(scale, -scale)
        canvas.setStrokeColor(style.INK)
        canvas.setFillColor(white)
        canvas.setLineWidth(1.4)
        path = canvas.beginPath()
        path.moveTo(21, 1.5)
        path.lineTo(39, 8)
        path.lineTo(39, 22)
        path.curveTo(39, 31.5, 31.5, 38, 21, 40.5)
        path.curveTo(10.5, 38, 3, 31.5, 3, 22)
        path.lineTo(3, 8)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
        canvas.setLineWidth(3.2)
        letter = canvas.beginPath()
        letter.moveTo(12, 27)
        for x, y in ((12, 16), (21, 22), (30, 16), (30, 27)):
            letter.lineTo(x, y)
        canvas.drawPath(letter, stroke=1, fill=0)
        canvas.setFillColor(style.INK)
        canvas.circle(21, 13, 3, stroke=0, fill=1)
        canvas.restoreState()
