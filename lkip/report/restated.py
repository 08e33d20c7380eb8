"""Lampiran E of a restatement: why there is a new edition, and what differs from the one before."""

from lkip.freezing import Difference
from lkip.models import Edition
from lkip.report.maker import Maker, Part, col, named, num, place
from lkip.report.model import Cell, Paragraph, Row, Table
from lkip.report.outline import CHAPTER, Place
from lkip.report.runs import external, joined, label, numbering, words
from lkip.report.walk import DIGIT

KEY = "lampiran.e"
CHANGES = Place(KEY, "Perubahan dari edisi sebelumnya", CHAPTER, number="Lampiran E", written=False)
"""Printed by an edition that replaces another, and by no other."""


def _cell(text: str, source: str) -> Cell:
    return Cell((external(text, source) if DIGIT.search(text) else words(text),))


def _row(each: Difference, before: str, after: str) -> Row:
    what = label(each.what) if each.what else (words("rekaman di baliknya"),)
    return Row((named(each.label), _cell(each.before, before), _cell(each.after, after), Cell(what)))


@place(KEY)
def changes(maker: Maker, where: Place) -> Part:
    """The reason as it was given, and every figure that is not what the edition before printed."""
    edition: Edition = maker.reviewed
    old, new = f"edisi {edition.previous.number}", f"edisi {edition.number}"
    told = joined(
        "Edisi ",
        numbering(edition.number),
        " menggantikan edisi ",
        numbering(edition.previous.number),
        ". Alasannya: ",
        *label(edition.reason.strip().rstrip(".") + "."),
    )
    blocks: list = [Paragraph(told)]
    if not maker.changes:
        blocks.append(Paragraph((words("Tidak ada angka yang berbeda; yang berubah naskahnya."),)))
        return Part(blocks=blocks)
    columns = (
        col("Angka", 3),
        num("Edisi sebelumnya", 1.5),
        num("Edisi ini", 1.5),
        col("Yang berubah", 3),
    )
    rows = tuple(_row(each, old, new) for each in maker.changes)
    blocks.append(Table("selisih-edisi", (words("Selisih dari edisi sebelumnya"),), columns, rows))
    return Part(blocks=blocks)
