"""What stands around the content when it is printed: edition, day, fingerprint, or that it is a draft of today."""

from dataclasses import dataclass
from datetime import date

from core import clock, formats
from lkip.report.model import Document

SHORT = 12
"""So many letters of a fingerprint are printed, in groups of four."""


@dataclass(frozen=True)
class Around:
    """Title, running head and foot, and the facts of the edition. ``address`` is the public one for the QR code."""

    title: str
    head: str
    foot: str
    office: str
    day: date
    draft: bool
    edition: str = ""
    fingerprint: str = ""
    address: str = ""


def around(document: Document, stamp=None) -> Around:
    """Return what is printed around a document; without a stamp (number, day, fingerprint, address) it is a draft."""
    office = document.office["full_name"]
    title = f"{document.title} {office} Tahun {document.year}"
    head = f"{document.title} {document.year}"
    if stamp is None:
        day = clock.today()
        return Around(title, head, f"{office} · rancangan {formats.date_long(day)}", office, day, draft=True)
    shown = grouped(stamp.fingerprint)
    foot = f"{office} · Edisi {stamp.number} · sidik isi {shown}"
    return Around(
        title, head, foot, office, stamp.day, False, str(stamp.number), stamp.fingerprint, stamp.address
    )


def grouped(fingerprint: str, letters: int = SHORT) -> str:
    """The first letters of a fingerprint in groups of four."""
    return " ".join(fingerprint[place : place + 4] for place in range(0, min(letters, len(fingerprint)), 4))
