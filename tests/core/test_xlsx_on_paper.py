"""Sheets are made to be printed: across, on one page's width, with heads that wrap and numbers under their heads."""

import io

import pytest
import xlsxwriter
from openpyxl import load_workbook

from core.xlsx import LINE_HEIGHT, RowSheet, fit_on_paper, wrapped_height


def test_a_sheet_lies_across_on_one_pages_width():
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("Data", worksheet_class=RowSheet)
    fit_on_paper(sheet, heads=(0, 1))
    sheet.append(["Kepala yang panjang"], [None], height=30)
    book.close()
    read = load_workbook(target)["Data"]
    assert (read.page_setup.orientation, read.page_setup.paperSize) == ("landscape", 9)
    assert read.sheet_properties.pageSetUpPr.fitToPage
    assert (read.page_setup.fitToWidth, read.page_setup.fitToHeight) in ((1, 0), (None, 0))
    assert read.print_title_rows == "$1:$2"
    assert read.row_dimensions[1].height == 30


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("Jumlah", 10, 1), ("Tidak tamat SD", 8, 3), ("", 5, 1), ("kata " * 20, 21, 5)],
)
def test_a_row_is_as_high_as_its_lines(text, width, lines):
    assert wrapped_height([("x", 10), (text, width)]) == lines * LINE_HEIGHT
