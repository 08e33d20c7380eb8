"""The cover: who, what, which year, and what the edition rests on."""

import io

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from core import formats
from core.documents import fonts, style
from core.documents.fit import fit, wrap
from core.files import read_file
from core.models.files import StoredFile
from lkip.report.model import Document
from lkip.report.pdf.pages import BookCanvas
from lkip.report.stamp import Around, grouped

LEFT = 22 * mm
LOGO = 24 * mm


def draw(canvas: BookCanvas, document: Document, about: Around, accent: Color) -> None:
    """Draw the first page."""
    height = style.REPORT.size[1]
    width = style.REPORT.size[0] - 2 * LEFT
    office = document.office
    logo = _draw_logo(canvas, office.get("logo", ""), height - 30 * mm)
    y = height - (62 if logo else 40) * mm
    with canvas.mark("P"):
        canvas.text(LEFT, y, fonts.printable(office["government"].upper()), face=fonts.BOLD, size=11)
        canvas.text(LEFT, y - 16, fonts.printable(office["name"]), size=11)
    canvas.setFillColor(style.YELLOW)
    with canvas.artifact():
        canvas.rect(LEFT, height - 115 * mm, 30 * mm, 3 * mm, stroke=0, fill=1)
    y = height - 133 * mm
    title = fit(fonts.printable(document.title), width, 2, 40, 20, bold=True, field="judul")
    with canvas.mark("H1"):
        for line in title.lines:
            canvas.text(LEFT, y, line, face=title.face, size=title.size)
            y -= title.size * 1.15
        canvas.text(LEFT, y, f"Tahun {document.year}", size=title.size)
    y -= 34
    with canvas.mark("P"):
        for line in wrap(fonts.printable(office["subtitle"]), 118 * mm, fonts.REGULAR, 12):
            canvas.text(LEFT, y, line, size=12, colour=style.GREY)
            y -= 17.2
    _draw_facts(canvas, document, about, width)


def _draw_facts(canvas: BookCanvas, document: Document, about: Around, width: float) -> None:
    y = 57 * mm
    canvas.rule(LEFT, y, width, 0.6)
    count = len(document.figures)
    facts = [
        ("Edisi", "rancangan" if about.draft else about.edition),
        ("Dicetak" if about.draft else "Ditetapkan", formats.date_long(about.day)),
        ("Angka terlacak", f"{count}, F-001 sampai F-{count:03d}" if count else "0"),
    ]
    if about.fingerprint:
        facts.append(("Sidik isi", grouped(about.fingerprint)))
    step = width / 4
    for place, (label, words) in enumerate(facts):
        with canvas.mark("P"):
            canvas.text(LEFT + place * step, y - 16, label, size=8, colour=style.GREY)
            shown = fit(words, step - 6, 1, 8.8, 6.6, bold=True, may_cut=True, field="sampul")
            canvas.text(LEFT + place * step, y - 29, shown.lines[0], face=shown.face, size=shown.size)


def _draw_logo(canvas: BookCanvas, uid: str, top: float) -> bool:
    stored = StoredFile.objects.filter(uid=uid).first() if uid else None
    if stored is None:
        return False
    picture = ImageReader(io.BytesIO(read_file(stored)))
    wide, tall = picture.getSize()
    with canvas.mark("Figure", alt="Lambang daerah"):
        canvas.drawImage(picture, LEFT, top - LOGO, LOGO * wide / tall, LOGO, mask="auto")
    return True
