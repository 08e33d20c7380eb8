"""Measures, sizes and colours of the printed papers: millimetres from the top left, type in points."""

from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from core.contrast import contrast
from core.documents import fonts

INK = HexColor("#15191D")
GREY = HexColor("#555E66")
MID = HexColor("#8FA9AF")
LIGHT = HexColor("#C9D6D9")
RULE = HexColor("#C3C9CE")
WASH = HexColor("#F3F5F6")
YELLOW = HexColor("#F2C200")
ACCENT_HEX = "#0B5563"
LEAST_CONTRAST = 4.5


@dataclass(frozen=True)
class Page:
    """A page.

    Size and margins in points; head and foot are the base lines of the running texts, from the top.
    """

    size: tuple[float, float]
    left: float
    right: float
    top: float
    bottom: float
    head: float
    foot: float

    @property
    def width(self) -> float:
        """The full width between the margins."""
        return self.size[0] - self.left - self.right

    @property
    def height(self) -> float:
        """The height between the margins."""
        return self.size[1] - self.top - self.bottom


def _page(
    size: tuple[float, float], left: float, right: float, top: float, bottom: float, foot: float
) -> Page:
    return Page(size, left * mm, right * mm, top * mm, bottom * mm, 13.5 * mm, foot * mm)


REPORT = _page(A4, 22, 22, 24, 21, 286)
REPORT_WIDE = _page(landscape(A4), 18, 15, 21, 19, 200)
LETTER = _page(A4, 25, 22, 14, 16, 286)
FORM_WIDE = _page(landscape(A4), 15, 15, 14, 12, 202)
SIDE_COLUMN = 38 * mm
"""Width of the side column of a report, gap included.

Texts stand from here, tables and charts use the full width.
"""


def accent(colours: dict[str, str] | None = None) -> Color:
    """The office's accent for print; the house's own when the office's does not reach 4.5 on white."""
    chosen = (colours or {}).get("accent", ACCENT_HEX)
    return HexColor(chosen if contrast(chosen, "#ffffff") >= LEAST_CONTRAST else ACCENT_HEX)


def _style(name: str, size: float, leading: float, **options) -> ParagraphStyle:
    base = {
        "fontName": fonts.REGULAR,
        "textColor": INK,
        "alignment": TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
        "splitLongWords": 1,
        "bulletFontName": fonts.REGULAR,
        "linkUnderline": 0,
    }
    return ParagraphStyle(name, fontSize=size, leading=leading, **{**base, **options})


STYLES = {
    style.name: style
    for style in (
        _style("cover", 40, 46, fontName=fonts.BOLD),
        _style("h1", 26, 32, fontName=fonts.BOLD, spaceAfter=14),
        _style("kicker", 11, 15, fontName=fonts.BOLD, spaceBefore=60, spaceAfter=4),
        _style("goal", 18, 22, fontName=fonts.BOLD, spaceBefore=14, spaceAfter=6),
        _style("h2", 14, 18, fontName=fonts.BOLD, spaceBefore=18, spaceAfter=6),
        _style("h3", 11, 15, fontName=fonts.BOLD, spaceBefore=12, spaceAfter=4),
        _style("lead", 12, 17.2, spaceAfter=10),
        _style("body", 10, 14.6, spaceBefore=8, spaceAfter=8),
        _style("letter", 10.2, 14.7, spaceAfter=8),
        _style("caption", 8.8, 11.6, spaceBefore=12, spaceAfter=4, keepWithNext=1),
        _style("note", 7.6, 10.4, textColor=GREY, spaceBefore=4, spaceAfter=8),
        _style("footnote", 7.4, 10),
        _style("cell", 8.6, 11),
        _style("centre", 10, 14.6, alignment=TA_CENTER),
        _style("right", 10, 14.6, alignment=TA_RIGHT),
    )
}
TAGS = {"cover": "H1", "h1": "H1", "goal": "H2", "h2": "H2", "h3": "H3", "caption": "Caption", "note": "Note"}
