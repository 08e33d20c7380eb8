"""The AK-1 card (formulir AK/I): two A6 panels side by side, two cards on an A4 sheet; one cut, one fold.

Text that must not be cut and does not fit raises TextOverflowError, which names the field; only education and skills
may lose words.
"""

import io
import logging
from collections.abc import Callable, Iterable

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm

from core.documents import style
from core.documents.canvas import OfficeCanvas
from core.documents.fit import TextOverflowError
from core.documents.fonts import MissingGlyphError
from core.files import read_file
from jobseekers.documents.back import Advice, Back
from jobseekers.documents.face import Face, Office, face_of
from jobseekers.documents.front import Front
from jobseekers.documents.panel import HEIGHT, WIDTH
from jobseekers.models import AK1Card

logger = logging.getLogger(__name__)


def render_cards(cards: Iterable[AK1Card], tell: Callable[[int], None] | None = None) -> bytes:
    """Return the PDF of cards: one alone with folding advice below it, more as two a sheet.

    Cards must come with jobseeker, education, village__parent__parent and photo loaded. `tell` hears after each sheet
    how many cards are drawn.
    """
    office = Office.current()
    faces = [face_of(card, office, _photo_of(card)) for card in cards]
    return render_faces(faces, office, tell)


def unprintable(cards: Iterable[AK1Card]) -> dict[int, str]:
    """Return the reason (Indonesian) by primary key of the cards whose texts don't fit or can't be printed."""
    office, found = Office.current(), {}
    for card in cards:
        scratch = OfficeCanvas(io.BytesIO(), pagesize=landscape(A4))
        try:
            Front(scratch, 0, 0, office).draw(face_of(card, office, None))
        except (TextOverflowError, MissingGlyphError) as problem:
            found[card.pk] = str(problem)
    return found


def _photo_of(card: AK1Card) -> bytes | None:
    """The holder's photo; without its file the frame stays empty to be pasted in, and the loss is logged."""
    stored = card.jobseeker.photo
    if stored is None:
        return None
    try:
        return read_file(stored)
    except FileNotFoundError:
        logger.error("photo file missing: stored file %s", stored.uid)
        return None


def render_faces(faces: list[Face], office: Office, tell: Callable[[int], None] | None = None) -> bytes:
    """Draw the faces; no database, no disk."""
    target = io.BytesIO()
    canvas = OfficeCanvas(
        target,
        title="Kartu Tanda Bukti Pendaftaran Pencari Kerja (AK/I)",
        author=office.name,
        subject=faces[0].grouped if len(faces) == 1 else f"{len(faces)} kartu",
        pagesize=landscape(A4),
    )
    for index in range(0, len(faces), 2):
        pair = faces[index : index + 2]
        for row, face in enumerate(pair):
            Front(canvas, 0, row * HEIGHT, office).draw(face)
            Back(canvas, WIDTH, row * HEIGHT, office).draw(face)
        if len(pair) == 1:
            Advice(canvas, 0, HEIGHT, office).draw(pair[0])
        _cut_marks(canvas, full=len(pair) == 2)
        canvas.showPage()
        if tell is not None:
            tell(index + len(pair))
    canvas.save()
    return target.getvalue()


def _cut_marks(canvas: OfficeCanvas, *, full: bool) -> None:
    """One cut across the middle (dotted), one fold at half width (ticks; to the bottom of a full sheet)."""
    width, height = landscape(A4)
    cut = height - HEIGHT * mm
    with canvas.artifact():
        canvas.setStrokeColor(style.INK)
        canvas.setLineWidth(0.4)
        canvas.line(0, cut, 4 * mm, cut)
        canvas.line(width - 4 * mm, cut, width, cut)
        canvas.setDash(0.4, 2.4)
        canvas.line(4 * mm, cut, width - 4 * mm, cut)
        canvas.setDash()
        fold = WIDTH * mm
        ticks = [cut - (2 if full else 0) * mm, height - 4 * mm] + ([0] if full else [])
        for y in ticks:
            canvas.line(fold, y, fold, y + 4 * mm)
