"""What people wrote into the report: texts of its places, notes of the last quarter, captions of its photographs."""

from dataclasses import dataclass

from django.urls import reverse

from lkip import text
from lkip.models import Photograph, QuarterNote, Section

PRINTED_QUARTER = 4
"""The report prints the notes of this quarter: what is said at the end of the year."""


@dataclass(frozen=True)
class Written:
    """A text with marks: what it is called among findings, and the page where it is mended."""

    key: str
    body: str
    url: str
    link: str


def section_url(year: int, key: str) -> str:
    """The page where a section is written."""
    return reverse("lkip:narrative", args=[year, key])


def written(year: int) -> list[Written]:
    """Return every text that the report of the year prints as it was written; three statements."""
    found = [
        Written(row.key, row.body, section_url(year, row.key), "Buka naskah")
        for row in Section.objects.filter(year=year).exclude(body="")
    ]
    notes = QuarterNote.objects.filter(year=year, quarter=PRINTED_QUARTER).select_related("indicator")
    for note in notes:
        body = "\n\n".join(part for part in (note.supporting, note.cause, note.follow_up) if part)
        if body:
            code = note.indicator.code
            url = reverse("lkip:quarter_note", args=[year, PRINTED_QUARTER, code])
            found.append(Written(f"catatan:{code}", text.with_dates(body), url, "Buka catatan triwulan"))
    for photo in Photograph.objects.filter(year=year):
        url = reverse("lkip:narrative_photo", args=[year, photo.uid])
        found.append(Written(f"foto:{photo.uid}", text.with_dates(photo.caption), url, "Buka foto"))
    return found
