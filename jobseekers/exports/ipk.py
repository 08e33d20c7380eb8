"""The IPK forms as a workbook: one sheet with the form, one with what its numbers mean."""

import tempfile
from typing import BinaryIO

import xlsxwriter

from core import formats
from core.models.agency import AgencyProfile
from core.tables_out import Stamp
from core.xlsx import RowSheet, fit_on_paper, wrapped_height
from jobseekers.ipk import Form, Line

LABEL_WIDTH, NUMBER_WIDTH = 52, 9


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
    fit_on_paper(sheet, heads=(4, 5))
    strong, plain = book.add_format({"bold": True}), None
    look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
    words, right = book.add_format(look), book.add_format({**look, "align": "right"})
    total = book.add_format({"bold": True, "num_format": "#,##0", "top": 1})
    number = book.add_format({"num_format": "#,##0"})
    wrapped = book.add_format({"text_wrap": True})
    bold = book.add_format({"bold": True, "top": 1, "text_wrap": True})
    width = 2 + len(form.heads)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, LABEL_WIDTH)
    sheet.set_column(2, width - 1, NUMBER_WIDTH)

    def line(values: list, style) -> None:
        sheet.append([*values, *[None] * (width - len(values))], [style] * width)

    def heads(texts: list[str]) -> None:
        tall = wrapped_height([(text, NUMBER_WIDTH) for text in texts])
        texts = ["No.", "Uraian", *texts]
        sheet.append(
            [*texts, *[None] * (width - len(texts))], [words, words, *[right] * (width - 2)], height=tall
        )

    def counted(row: Line) -> None:
        style, label = (number, wrapped) if row.kind == "plain" else (total, bold)
        values = [row.mark, row.label, *row.numbers]
        styles = [style, label, *[style] * (width - 2)]
        tall = wrapped_height([(row.label, LABEL_WIDTH)])
        sheet.append([*values, *[None] * (width - len(values))], styles, height=tall)

    agency = AgencyProfile.current()
    line([None, f"{agency.government}, {agency.name}"], plain)
    line([None, f"Formulir IPK {form.code}: {form.title}"], strong)
    line([None, f"Bulan {form.month_words}, dihitung {formats.datetime_long(stamp.at)}"], plain)
    line([], plain)
    line([None, None, *(text for head, span in form.groups for text in [head, *[None] * (span - 1)])], strong)
    heads(form.heads)
    for row in form.lines:
        counted(row)
    if form.annex is not None:
        line([], plain)
        line([None, form.annex.title], strong)
        heads(form.annex.heads)
        for row in form.annex.lines:
            counted(row)
    if not form.balanced:
        line([None, "TIDAK SEIMBANG"], strong)


def _notes(book: xlsxwriter.Workbook, form: Form, stamp: Stamp) -> None:
    sheet = book.add_worksheet("Keterangan", worksheet_class=RowSheet)
    sheet.set_column(0, 0, 110)
    fit_on_paper(sheet)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for text in [*form.notes, f"Dibuat oleh {stamp.actor_name}, {formats.datetime_long(stamp.at)}."]:
        sheet.append([text], [wrapped], height=wrapped_height([(text, 110)]))
