"""The books as sheets: landscape, one page wide, heads wrapped and right above their numbers."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from core import clock
from core.measures import Period
from core.tables_out import Stamp
from jobseekers.bkol import bkol_report
from jobseekers.exports.ipk import write_form
from jobseekers.ipk import FORMS, form_of
from jobseekers.papers import write_xlsx
from jobseekers.recap import PEOPLE, Recap, cube_of, recap_paper

pytestmark = pytest.mark.django_db


def sheets(write, what, stamp):
    target = io.BytesIO()
    write(what, target, stamp)
    return load_workbook(target).worksheets


def assert_printable(found, head: str):
    for sheet in found:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
    cells = [cell for row in found[0].iter_rows() for cell in row if cell.value == head]
    assert cells, f"no head {head}"
    for cell in cells:
        assert (cell.alignment.horizontal, cell.alignment.wrap_text) == ("right", True)


@pytest.fixture
def stamp(officer):
    return Stamp(actor_name=officer.full_name, at=clock.now())


def test_bkol_recap_and_every_ipk_form(agency, levels, stamp):
    bkol = sheets(write_xlsx, bkol_report(Period.year(2023)), stamp)
    assert_printable(bkol, "Perpanjangan")
    heads = next(row[0].row for row in bkol[0].iter_rows() if row[0].value == "Kecamatan dan kelurahan")
    assert bkol[0].row_dimensions[heads].height >= 15
    assert bkol[0].column_dimensions["S"].width >= 7
    built = Recap(cube_of(PEOPLE, None), base_url="", fixed={}, picked={})
    paper = recap_paper(built, built.tables(), measure=PEOPLE, span=None, filters=[])
    assert_printable(sheets(write_xlsx, paper, stamp), "Bagian")
    for code in FORMS:
        form = form_of(code, date(2023, 8, 1))
        assert_printable(sheets(write_form, form, stamp), form.heads[-1])
