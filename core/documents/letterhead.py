"""The office's head on letters and exported tables."""

import io

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from core.documents import fonts, style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import fit
from core.files import read_file
from core.models.agency import AgencyProfile

LOGO_HEIGHT = 21 * mm
HEIGHT = LOGO_HEIGHT + 4.5 * mm


def draw_letterhead(canvas: OfficeCanvas, agency: AgencyProfile, x: float, top: float, width: float) -> float:
    """Draw logo, names, address and the two rules between x and x + width.

    Return the height used, in points.
    """
    left = x
    with canvas.mark("P"):
        if agency.logo_id:
            left = x + _draw_logo(canvas, agency, x, top) + 4 * mm
        middle, room = left + (x + width - left) / 2, x + width - left
        _draw_line(canvas, agency.government.upper(), middle, top - 6.2 * mm, room, 12.5)
        _draw_line(canvas, agency.name.upper(), middle, top - 12 * mm, room, 16, bold=True)
        contact = [f"Telepon {agency.phone}" if agency.phone else "", agency.email, _host(agency.website)]
        _draw_line(canvas, agency.address, middle, top - 16.4 * mm, room, 8.6)
        _draw_line(canvas, " · ".join(part for part in contact if part), middle, top - 20.2 * mm, room, 8.6)
    base = top - LOGO_HEIGHT - 2.2 * mm
    canvas.rule(x, base, width, 1.8)
    canvas.rule(x, base - 1.1 * mm, width, 0.5)
    return HEIGHT


def _draw_line(
    canvas: OfficeCanvas, words: str, x: float, y: float, room: float, size: float, *, bold: bool = False
) -> None:
    if not words:
        return
    fitted = fit(fonts.printable(words), room, 1, size, 6.6, bold=bold, may_cut=True, field="kop surat")
    canvas.text(x, y, fitted.lines[0], face=fitted.face, size=fitted.size, colour=style.INK, align="centre")


def _draw_logo(canvas: OfficeCanvas, agency: AgencyProfile, x: float, top: float) -> float:
    picture = ImageReader(io.BytesIO(read_file(agency.logo)))
    width, height = picture.getSize()
    drawn = min(LOGO_HEIGHT * width / height, 40 * mm)
    canvas.drawImage(
        picture, x, top - LOGO_HEIGHT, drawn, LOGO_HEIGHT, preserveAspectRatio=True, anchor="w", mask="auto"
    )
    return drawn


def _host(website: str) -> str:
    return website.removeprefix("https://").removeprefix("http://").strip("/")
