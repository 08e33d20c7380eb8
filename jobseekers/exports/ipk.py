"""The IPK forms as a workbook: one sheet with the form, one with what its numbers mean."""

import tempfile
from typing import BinaryIO

import xlsxwriter

from core import formats
from core.models.agency import AgencyProfile
from core.tables_out import Stamp
from core.xlsx import RowSheet
from jobseekers.ipk import Form

LABEL_WIDTH, NUMBER_WIDTH = 46, 8


def file_name(form: Form, ending: str = "xlsx") -> str:
    """The name of the download."""
    return f"ipk-{form.code.replace('/', '-').lower()}-{form.month:%Y-%m}.{ending}"


def write_form(form: Form, target: BinaryIO, stamp: Stamp) -> None:
    """Write the form; every number is one that the page shows."""
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        _sheet(book, form, stamp)
        _notes(book, form, stamp)
        book.close()


def _sheet(book: xlsxwriter.Workbook, form: Form, stamp: Stamp) -> None:
    book.set_properties({"title": f"Formulir IPK {form.code}", "author": stamp.actor_name})
    sheet = book.add_worksheet(f"IPK {form.code.replace('/', '-')}", worksheet_class=RowSheet)
    strong, plain = book.add_format({"bold": True}), None
    total = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})
    number = book.add_format({"num_format": "#,##0"})
    width = 2 + len(form.heads)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, LABEL_WIDTH)
    sheet.set_column(2, width - 1, NUMBER_WIDTH)

    def line(values: list, style) -> None:
        sheet.append([*values, *[None] * (width - len(values))], [style] * width)

    agency = AgencyProfile.current()
    line([None, f"{agency.government}, {agency.name}"], plain)
    line([None, f"Formulir IPK {form.code}: {form.title}"], strong)
    line([None, f"Bulan {form.month_words}, dihitung {formats.datetime_long(stamp.at)}"], plain)
    line([], plain)
    line([None, None, *(text for head, span in form.groups for text in [head, *[None] * (span - 1)])], strong)
    line(["No.", "Uraian", *form.heads], strong)
    for row in form.lines:
        style = total if row.kind != "plain" else number
        line([row.mark, row.label, *row.numbers], style)
    if form.annex is not None:
        line([], plain)
        line([None, form.annex.title], strong)
        line(["No.", "Uraian", *form.annex.heads], strong)
        for row in form.annex.lines:
            line([row.mark, row.label, *row.numbers], total if row.kind != "plain" else number)
    if not form.balanced:
        line([None, "TIDAK SEIMBANG"], strong)


def _notes(book: xlsxwriter.Workbook, form: Form, stamp: Stamp) -> None:
    sheet = book.add_worksheet("Keterangan", worksheet_class=RowSheet)
    sheet.set_column(0, 0, 110)
    for text in [*form.notes, f"Dibuat oleh {stamp.actor_name}, {formats.datetime_long(stamp.at)}."]:
        sheet.append([text], [None])
