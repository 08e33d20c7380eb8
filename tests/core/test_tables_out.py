"""What comes out of an export: hostile texts stay texts, values keep their types, memory stays flat."""

import csv
import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from core import formats, tables_out
from core.errors import Refused
from core.models import AgencyProfile, Job, Region
from core.selection import Selection
from core.tables import Column, Table
from core.tables_out import FORMULA_STARTS, Stamp, neutral, write
from core.xlsx import escape, limited
from tests.core.test_tables import Reader

HOSTILE = [
    "=1+1",
    "=cmd|'/C calc'!A0",
    "+62812",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "<r><t>x</t></r>",
    "<r>broken</r",
    "</t></is></c>",
    "&amp; & < > \" '",
    "_x0041_ _x000d_",
    "\x01\x0b\x1f",
    "https://contoh.test/",
    "'=1",
    " spasi di tepi ",
    'a;b,"c"\r\nd',
    "😀 \ufffe \uffff",
    "ASMIRANDAH 🇮🇩",
    "0012",
    "1e5",
    "TRUE",
]
texts = st.one_of(
    st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(bool)
)


class FixedTable(Table):
    title = "Uji"
    columns = [Column(name, name) for name in "abc"]
    data = []

    def queryset(self, user):
        return Job.objects.none()

    def rows(self, queryset, columns=None):
        yield from (list(row) for row in self.data)


def exported(rows, name, columns=None):
    table = FixedTable()
    table.data = rows
    if columns:
        table.columns = columns
    target = io.BytesIO()
    write(Selection(table, Reader(), {}), name, target, Stamp.of(Reader()))
    return target.getvalue()


def lines(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6))
def test_xlsx_gives_every_text_back_as_text(rows):
    data = exported(rows, "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    back = [tuple(unescape(cell.value) for cell in line) for line in sheet.iter_rows(min_row=2)]
    as_xml_reads = [tuple(re.sub("\r\n?", "\n", text) for text in row) for row in rows]
    assert [tuple(re.sub("\r\n?", "\n", text) for text in row) for row in back] == as_xml_reads
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "inlineStr"}


def test_xlsx_holds_no_formula_and_no_link():
    data = exported([(text, text, text) for text in HOSTILE], "xlsx")
    archive = zipfile.ZipFile(io.BytesIO(data))
    xml = archive.read("xl/worksheets/sheet1.xml").decode()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(xml).iter()}
    assert not tags & {"f", "hyperlink", "hyperlinks"}
    assert not [name for name in archive.namelist() if "externalLink" in name]
    assert len(python_calamine.load_workbook(io.BytesIO(data)).get_sheet_by_index(0).to_python()) == 26


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=6))
def test_csv_neutralises_formulas_and_gives_the_rest_back(rows):
    data = exported(rows, "csv")
    body = lines(data)[1 : 1 + len(rows)]
    for row, back in zip(rows, body, strict=True):
        for text, cell in zip(row, back, strict=True):
            assert cell.removeprefix("'") == text or cell == text
            assert not cell.lstrip(" ").startswith(FORMULA_STARTS)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip(" ")[:1] in FORMULA_STARTS])
def test_apostrophe_stands_before_what_would_run(text):
    assert neutral(text) == "'" + text


def test_numbers_and_dates_keep_their_types():
    columns = [
        Column("a", "Angka", kind="int"),
        Column("b", "Upah", kind="decimal"),
        Column("c", "Hari", kind="date"),
        Column("d", "Saat", kind="datetime"),
        Column("e", "Ya", kind="bool"),
    ]
    rows = [
        (-70, Decimal("-1234567.50"), date(2023, 8, 17), datetime(2023, 8, 17, 14, 5), True),
        (2**60, Fraction(1, 3), date(1899, 5, 1), None, False),
        (None, 1.5, None, None, None),
    ]
    book = openpyxl.load_workbook(io.BytesIO(exported(rows, "xlsx", columns)))
    sheet = book.worksheets[0]
    first, second, third = ([cell.value for cell in line] for line in sheet.iter_rows(min_row=2))
    assert first == [-70, -1234567.5, datetime(2023, 8, 17), datetime(2023, 8, 17, 14, 5), "Ya"]
    assert second == ["1152921504606846976", pytest.approx(1 / 3), "01-05-1899", None, "Tidak"]
    assert third == [None, 1.5, None, None, None]
    assert (sheet["A2"].number_format, sheet["C2"].number_format) == ("#,##0", "dd-mm-yyyy")
    body = lines(exported(rows, "csv", columns))[1:4]
    assert body[0] == ["-70", "-1234567,50", "2023-08-17", "2023-08-17 14:05:00", "Ya"]
    assert body[1] == ["1152921504606846976", "0,33", "1899-05-01", "", "Tidak"]


def test_texts_longer_than_a_cell_are_cut_and_surrogates_replaced():
    assert len(limited("a" * 40_000)) == 32_767
    assert limited("a" * 40_000).endswith("…")
    assert len(limited("😀" * 20_000).encode("utf-16-le")) // 2 <= 32_767
    assert escape("a\ud800b") == "a\ufffdb"


def test_more_rows_than_excel_holds_are_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(tables_out, "ROW_LIMIT", 5)
    with pytest.raises(Refused, match=r"Excel hanya memuat 4 baris\. Persempit saringan atau pilih CSV"):
        exported([("a", "b", "c")] * 6, "xlsx")
    assert len(lines(exported([("a", "b", "c")] * 6, "csv"))) > 6


def test_title_that_excel_refuses_as_sheet_name_is_mended():
    for title in ("Keterangan", "a/b:c*[d]?", "x" * 50, "'kutip'", "   "):
        table = FixedTable()
        table.title = title
        target = io.BytesIO()
        write(Selection(table, Reader(), {}), "xlsx", target, Stamp.of(Reader()))
        assert len(openpyxl.load_workbook(target).sheetnames) == 2


def test_no_temporary_file_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(tables_out, "ROW_LIMIT", 2)
    with pytest.raises(Refused):
        exported([("a", "b", "c")] * 3, "xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def office(monkeypatch):
    profile = AgencyProfile(code="cimahi", name="Dinas Tenaga Kerja", government="Pemerintah Kota Cimahi")
    profile.region = Region(code="32.77", name="Kota Cimahi")
    monkeypatch.setattr(AgencyProfile, "current", classmethod(lambda cls: profile))


def test_pdf_has_letterhead_every_row_and_the_explanation(office):
    columns = [
        Column("a", "Nama", explain="Nama lengkap."),
        Column("b", "Upah", kind="money"),
        Column("c", "Terbit", kind="date"),
    ]
    rows = [(f"Orang 😀 {number}", 4_500_000 + number, date(2023, 8, 17)) for number in range(120)]
    reader = PdfReader(io.BytesIO(exported(rows, "pdf", columns)))
    texts = [page.extract_text() for page in reader.pages]
    body = "\n".join(texts)
    assert "PEMERINTAH KOTA CIMAHI" in texts[0]
    assert reader.metadata.title == "Uji"
    for number in range(120):
        assert re.search(rf"Orang \ufffd {number}\s", body)
        assert formats.number(4_500_000 + number) in body
    assert body.replace("\u00a0", " ").count("17 Agustus 2023") == 120
    assert "Keterangan" in texts[-1]
    assert "Nama lengkap." in texts[-1]
    assert "Rina Marlina" in texts[-1]


def test_pdf_turns_the_page_for_many_columns(office):
    columns = [Column(f"k{number}", f"Kolom {number}", width=20) for number in range(14)]
    page = PdfReader(io.BytesIO(exported([["isi"] * 14], "pdf", columns))).pages[0]
    assert page.mediabox.width > page.mediabox.height


def test_pdf_of_more_than_five_thousand_rows_is_refused_with_a_way_out(office):
    with pytest.raises(Refused, match=r"paling banyak 5\.000 baris\. Persempit saringan atau pilih Excel"):
        exported([("a", "b", "c")] * 5001, "pdf")
