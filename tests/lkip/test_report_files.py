"""PDF, DOCX and XLSX hold the same report: the same figures are read back from each, and the same bytes come twice."""

import io
import itertools
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import openpyxl
import pytest
from pypdf import PdfReader

from core.documents import fonts
from core.workflow import revise
from lkip import report
from lkip.figures import compute
from lkip.models import Indicator, ReportYear, Section
from lkip.report.derivations import summed
from lkip.report.model import FIGURE, Cell, Chapter, Column, Derive, Entry, Facet, Row, Run, Table, plain
from lkip.report.pdf.pages import carried_lines, roman
from lkip.report.walk import every_run
from lkip.report.xlsx import FIRST_ROW, computed, sheet_name
from lkip.services import plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(small_year):
    return report.build(compute(small_year))


def squeezed(text: str) -> str:
    """Text without white space, so that line ends and tabs don't matter."""
    return re.sub(r"\s", "", text)


def pdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_pdf_holds_every_figure_with_its_id(document):
    data = report.render(document, "pdf")
    assert report.render(document, "pdf") == data
    text = squeezed(pdf_text(data))
    for _, run in every_run(document):
        if run.tag == FIGURE:
            assert squeezed(run.text) in text, run
    for entry in document.ordered_figures():
        assert entry.id in text


def test_pdf_contents_say_the_page_on_which_each_place_stands(document):
    reader = PdfReader(io.BytesIO(report.render(document, "pdf")))
    pages = [page.extract_text() for page in reader.pages]
    first = next(n for n, words in enumerate(pages) if "Halaman 1 dari" in words)
    start = next(
        n for n, words in enumerate(pages) if words.startswith("Daftar isi") or "\nDaftar isi\n" in words
    )
    end = next(
        n for n, words in enumerate(pages) if n > start and "\nDaftar tabel\n" in f"\n{words}" and n != start
    )
    printed = []
    for words in pages[start:end]:
        printed += re.findall(r"^(?:[ivx]+|\d+)$", words, re.MULTILINE)
    outline = {}

    def walk(items):
        for item in items:
            if isinstance(item, list):
                walk(item)
            else:
                outline[item.title] = reader.get_destination_page_number(item)

    walk(reader.outline)
    titles = []
    for chapter in document.chapters:
        titles += [f"{chapter.number} {chapter.title}".strip()] if chapter.kind != "contents" else []
        for block in chapter.blocks:
            if block.kind == "opening":
                titles.append(f"{block.number} {plain(block.kicker)}: {plain(block.title)}")
            elif block.kind == "heading" and block.level < 3:
                titles.append(f"{block.number} {plain(block.runs)}")
    wanted = [outline[title] for title in titles]
    assert printed == [str(page - first + 1) if page >= first else roman(page) for page in wanted]
    assert reader.trailer["/Root"]["/Lang"] == "id-ID"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_very_long_narrative_with_tables_prints(small_year):
    body = (
        "## Judul\n\n"
        + ("Kalimat panjang tentang [[angka:rate]] dan [[luar:12,5|BPS]] <b>tebal</b>. " * 12 + "\n\n") * 25
    )
    body += "| Kepala | Isi |\n| satu | " + "kata " * 900 + "|\n"
    assert len(body) > 25_000
    Section.objects.create(year=small_year, key="bab1.isu", body=body)
    document = report.build(compute(small_year))
    text = pdf_text(report.render(document, "pdf"))
    assert "<b>tebal</b>" in text
    assert text.count("Kalimat") == 300


@pytest.mark.parametrize("count", [2, 6, 80])
def test_a_head_that_goes_on_says_so_however_long_it_is(count):
    title = "Sasaran 1: " + "meningkatnya kepuasan " * count
    lines = carried_lines(title, 330)
    assert len(lines) <= 2
    assert " ".join(lines).endswith("(lanjutan)")
    assert all(fonts.width(line, fonts.BOLD, 7.4) <= 330 for line in lines)
    assert ("…" in lines[-1]) == (count == 80)


@pytest.mark.parametrize("words", range(40, 150, 10))
def test_the_last_page_of_a_chapter_is_not_nearly_empty(small_year, words):
    body = (
        "Pembuka.\n\n" + "\n\n".join(f"Alinea {'isi ' * 30}" for _ in range(words // 5)) + "\n\nTamat sekali."
    )
    Section.objects.create(year=small_year, key="bab4.langkah", body=body)
    pages = [
        page.extract_text()
        for page in PdfReader(io.BytesIO(report.render(report.build(compute(small_year)), "pdf"))).pages
    ]
    last = next(text for text in pages if "Tamat sekali." in text)
    assert last.count("Alinea") >= 2


@pytest.mark.parametrize("short", [8, 10, 12, 16])
def test_a_table_goes_on_on_the_next_page_not_on_the_same(document, short):
    """It leaves three rows for the next page; a tall one of them would fit below its own "bersambung"."""
    columns = (Column((Run("Nama"),)), Column((Run("Isi"),)))
    tall = "kata " * 60
    rows = [Row((Cell((Run(f"Baris{n}"),)), Cell((Run("kata"),)))) for n in range(short)]
    rows += [Row((Cell((Run(f"Tinggi{n}"),)), Cell((Run(tall),)))) for n in range(6)]
    table = Table("uji", (Run("Panjang"),), columns, tuple(rows), number="1.1")
    chapter = Chapter("uji", "Uji", (table,), number="1")
    pages = PdfReader(io.BytesIO(report.render(replace(document, chapters=(chapter,)), "pdf"))).pages
    found = [text for text in (page.extract_text() for page in pages) if "Tabel" in text]
    assert len(found) > 1
    assert [text.count("Tabel") for text in found] == [1] * len(found)


WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx_part(data: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def test_docx_holds_every_figure_with_real_styles_and_fields(document):
    data = report.render(document, "docx")
    assert report.render(document, "docx") == data
    body = docx_part(data, "word/document.xml")
    text = squeezed("".join(node.text or "" for node in body.iter(f"{WORD}t")))
    for _, run in every_run(document):
        if run.tag == FIGURE:
            assert squeezed(run.text) in text, run
    styles = {node.get(f"{WORD}val") for node in body.iter(f"{WORD}pStyle")}
    assert {
        "Heading1",
        "Heading2",
        "Heading3",
        "CaptionTable",
        "ListBullet",
        "TOC1",
        "TableofFigures",
    } <= styles
    fields = [node.text for node in body.iter(f"{WORD}instrText")]
    assert any("SEQ Tabel_3" in each for each in fields)
    marks = {node.get(f"{WORD}name") for node in body.iter(f"{WORD}bookmarkStart")}
    wanted = {each.split()[1] for each in fields if each.strip().startswith("PAGEREF")}
    wanted |= {node.get(f"{WORD}anchor") for node in body.iter(f"{WORD}hyperlink")}
    assert wanted <= marks
    notes = docx_part(data, "word/footnotes.xml")
    assert len(list(notes.iter(f"{WORD}footnote"))) > 3


def test_docx_turns_wide_tables_and_numbers_its_pages_once(document):
    """A reference to a page says in every program what stands on that page: one sequence, plain numbers."""
    body = docx_part(report.render(document, "docx"), "word/document.xml")
    turned = [node.get(f"{WORD}orient") for node in body.iter(f"{WORD}pgSz")]
    assert "landscape" in turned
    kinds = [(node.get(f"{WORD}fmt"), node.get(f"{WORD}start")) for node in body.iter(f"{WORD}pgNumType")]
    assert {kind for kind, _ in kinds} == {"decimal"}
    assert [start for _, start in kinds if start] == ["1"]
    assert kinds[1] == ("decimal", "1")
    assert not any("roman" in node.text for node in body.iter(f"{WORD}instrText"))


def kept(paragraph):
    """Whether a paragraph stays with the next one."""
    return paragraph.find(f"{WORD}pPr/{WORD}keepNext") is not None


def test_docx_keeps_what_belongs_together(document):
    body = docx_part(report.render(document, "docx"), "word/document.xml")[0]
    nodes = list(body)
    captions = 0
    for place, node in enumerate(nodes):
        style = node.find(f"{WORD}pPr/{WORD}pStyle")
        if style is None or not style.get(f"{WORD}val").startswith("Caption"):
            continue
        rows = nodes[place + 1].findall(f"{WORD}tr") if nodes[place + 1].tag == f"{WORD}tbl" else []
        rows = [each for each in rows if each.find(f"{WORD}trPr/{WORD}tblHeader") is None]
        if not rows:
            continue
        captions += 1
        words = "".join(each.text or "" for each in nodes[place - 1].iter(f"{WORD}t"))
        if (
            nodes[place - 1].tag == f"{WORD}p"
            and nodes[place - 1].find(f"{WORD}pPr/{WORD}pStyle") is None
            and words
        ):
            assert kept(nodes[place - 1]), words
        # The first paragraph of a row decides for both programs whether it stays with the next.
        ends = rows[-3:-1] if len(rows) > 3 else rows[:-1]
        assert all(kept(next(each.iter(f"{WORD}p"))) for each in ends), words
        if style.get(f"{WORD}val") == "CaptionFigure":
            assert all(kept(each) for each in nodes[place + 1].iter(f"{WORD}p") if each is not rows[-1])
    assert captions > 10


def test_docx_holds_an_id_at_its_number(document):
    body = docx_part(report.render(document, "docx"), "word/document.xml")
    raised = 0
    for each in body.iter(f"{WORD}p"):
        parts = list(each)
        for before, after in itertools.pairwise(parts):
            if after.tag == f"{WORD}hyperlink" and after.find(f".//{WORD}vertAlign") is not None:
                assert before.find(f"{WORD}t").text == "\xa0"
                assert after.find(f".//{WORD}noBreakHyphen") is not None
                assert not any("-" in node.text for node in after.iter(f"{WORD}t"))
                raised += 1
    assert raised > 10


def test_xlsx_holds_every_figure_and_its_formulas_give_our_values(document):
    data = report.render(document, "xlsx")
    assert report.render(document, "xlsx") == data
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    live = openpyxl.load_workbook(io.BytesIO(data))
    formulas = 0
    for table in document.tables():
        sheet, written = book[sheet_name(table)], live[sheet_name(table)]
        shown = [n for n, column in enumerate(table.columns) if column.kind not in ("bar", "capaian")]
        for line, row in enumerate(table.rows):
            if row.kind == "block":
                continue
            for column, place in enumerate(shown):
                cell = row.cells[place] if place < len(row.cells) else None
                if cell is None or cell.value is None or table.columns[place].kind in ("ref", "id"):
                    continue
                where = (FIRST_ROW + line + 1, column + 1)
                assert sheet.cell(*where).value == pytest.approx(float(cell.value), rel=1e-12)
                formulas += str(written.cell(*where).value).startswith("=")
    assert formulas > 10
    figures = book["Angka"]
    ids = {row[0] for row in figures.iter_rows(min_row=2, max_col=1, values_only=True)}
    assert ids == {entry.id for entry in document.ordered_figures()}


def test_what_a_formula_gives_is_exactly_the_cell(document):
    derived = 0
    for table in document.tables():
        for number, row in enumerate(table.rows):
            for cell in row.cells:
                if cell.derive is not None and cell.value is not None:
                    assert computed(cell.derive, table, number) == cell.value, (table.key, row)
                    derived += 1
    assert derived > 10


def cells_of(document, key, column):
    """(table, [(line, cell)]) of one column's numbers."""
    table = next(each for each in document.tables() if each.key == key)
    lines = [(n, row.cells[column]) for n, row in enumerate(table.rows) if column < len(row.cells)]
    return table, [(n, cell) for n, cell in lines if cell.value is not None]


def test_every_value_that_follows_from_its_table_is_a_formula(small_year, planner):
    made = Indicator.objects.get(code="made")
    year = ReportYear.objects.get(year=small_year)
    revise(year, actor=planner, version=year.version, options={"capaian": "clamped"}, clamp_high=Decimal(100))
    plan.save_indicator(
        planner, code="susut", name="Susut", level="IKU", unit="persen", decimals=2, formula="CHANGE",
        numerator=made, direction="DOWN",
    )  # fmt: skip
    plan.set_target(
        planner,
        indicator=Indicator.objects.get(code="susut"),
        year=small_year,
        document="PK",
        value=Decimal(-10),
    )
    document = report.build(compute(small_year))
    for key, column in (
        ("renstra-s1", 4),
        ("iku", 4),
        ("iku", 5),
        ("lampiran-pk-pagu", 1),
        ("program-s1", 3),
        ("deret-rate", 3),
    ):
        table, found = cells_of(document, key, column)
        chosen = (
            found
            if key != "lampiran-pk-pagu"
            else [each for each in found if table.rows[each[0]].kind == "total"]
        )
        assert chosen, key
        for line, cell in chosen:
            assert cell.derive is not None, (key, table.rows[line])
            assert computed(cell.derive, table, line) == cell.value, (key, line)
    table, found = cells_of(document, "program-s1", 1)
    assert found[0][1].derive.op == "sum"
    book = openpyxl.load_workbook(io.BytesIO(report.render(document, "xlsx")))
    table, found = cells_of(document, "iku", 4)
    sheet = book[sheet_name(table)]
    assert next(sheet.cell(FIRST_ROW + line + 1, 5).value for line, _ in found).startswith("=MIN(")


def test_a_parent_that_is_no_sum_keeps_its_own_amount():
    def money(value):
        return Cell((Run(str(value), FIGURE, f"k{value}@1", "pagu"),), Fraction(value))

    rows = (
        Row((Cell((Run("P"),)), money(30)), "group"),
        Row((Cell((Run("K"),)), money(10)), level=1),
        Row((Cell((Run("L"),)), money(20)), level=1),
        Row((Cell((Run("Q"),)), money(9)), "group"),
        Row((Cell((Run("M"),)), money(8)), level=1),
        Row((Cell((Run("Jumlah"),)), money(39)), "total"),
    )
    figures = {
        f"k{n}@1": Entry(f"k{n}@1", f"k{n}", 1, "x", {"pagu": Facet(Fraction(n), str(n), "rupiah")})
        for n in (30, 10, 20, 9, 8, 39)
    }
    found = [row.cells[1].derive for row in summed(Table("t", (), (), rows), figures).rows]
    assert found == [Derive("sum", ((1, 1), (2, 1))), None, None, None, None, Derive("sum", ((0, 1), (3, 1)))]


def test_an_edition_prints_its_number_and_fingerprint(document):
    stamp = type(
        "Stamp",
        (),
        {
            "number": 2,
            "day": date(2032, 2, 26),
            "fingerprint": "7c41e09b52da" * 5,
            "address": "https://disnaker.example/u/x",
        },
    )
    text = pdf_text(report.render(document, "pdf", stamp))
    assert "Edisi 2 · sidik isi 7c41 e09b 52da" in text
    assert "26 Februari 2032" in text
    assert "DRAF" not in text
    words = docx_part(report.render(document, "docx", stamp), "word/footer2.xml")
    assert "7c41 e09b 52da" in "".join(node.text or "" for node in words.iter(f"{WORD}t"))
