"""A year full of odd input, printed: each a clear word in all three files, never "Efisien", never 100 %, no trace."""

import io
import re
import zipfile
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfReader

from core.documents.fonts import missing
from core.files import store_image
from core.models.reference import Nomenclature
from core.workflow import opened, revise
from lkip import report
from lkip.enums import Direction, Formula, Level, TargetDocument
from lkip.figures import compute
from lkip.models import BudgetLine, Indicator, IndicatorVersion, ReportYear, Section
from lkip.report.options import WrongOption
from lkip.services import budget, narrative, plan, scales
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HTML = "<script>alert(1)</script> <b>tebal</b> & lain"
TRACES = ("Traceback", "NaN", "None", "{{", "Infinity", "ZeroDivision")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def texts(document) -> dict[str, str]:
    """What a reader finds in each file."""
    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(report.render(document, "pdf"))).pages)
    archive = zipfile.ZipFile(io.BytesIO(report.render(document, "docx")))
    body = ElementTree.fromstring(archive.read("word/document.xml"))
    docx = "".join(node.text or "" for node in body.iter(f"{WORD}t"))
    book = openpyxl.load_workbook(io.BytesIO(report.render(document, "xlsx")), data_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    return {"pdf": squeezed(pdf), "docx": squeezed(docx), "xlsx": squeezed("\n".join(cells))}


@pytest.fixture
def odd_year(small_year, planner, programme):
    """Zero target, 0/0, missing statistic, predicate, negative growth, changed denominator, circle, no money."""
    scales.load_scales(planner)
    akip = scales.BandScale.objects.get(code="akip")

    def make(code, now=None, before=None, target=None, **fields):
        defaults = {"name": f"Angka {code}", "level": Level.IKU, "unit": "persen", "decimals": 2}
        defaults |= {"formula": Formula.STATISTIC, "direction": Direction.UP}
        row = plan.save_indicator(planner, code=code, **(defaults | fields))
        for year, value in ((YEAR, now), (YEAR - 1, before)):
            if value is not None:
                plan.record_statistic(planner, indicator=row, year=year, value=Decimal(value), source="BPS")
        if target is not None:
            plan.set_target(
                planner, indicator=row, year=YEAR, document=TargetDocument.PK, value=Decimal(target)
            )
        return row

    make("nol", 5, target="0")
    make("hilang", target="90")
    nil = make("kosong", 0, level=Level.SUPPORT)
    nothing = make("nihil", 0, level=Level.SUPPORT)
    make(
        "hampa",
        target="90",
        formula=Formula.RATIO,
        numerator=nil,
        denominator=nothing,
        programmes=[programme],
    )
    plan.save_indicator(
        planner, code="predikat", name="Angka predikat", level=Level.IKU, unit="predikat",
        formula=Formula.SCORE, direction=Direction.CATEGORY, scale=akip,
    )  # fmt: skip
    cases = make("perkara", 83, 110, level=Level.SUPPORT, unit="kasus", decimals=0)
    make("susut", formula=Formula.CHANGE, numerator=cases, direction=Direction.DOWN, target="-10")
    old = make("dasar_lama", 40, 40, level=Level.SUPPORT)
    rate = Indicator.objects.get(code="rate")
    version = IndicatorVersion.objects.create(
        indicator=rate, from_year=YEAR - 5, to_year=YEAR - 1, denominator=old
    )
    opened(version, actor=planner, label="Versi")
    top = make("putar", formula=Formula.DIFFERENCE, numerator=nil, denominator=cases)
    Indicator.objects.filter(pk=nil.pk).update(formula=Formula.DIFFERENCE, numerator=top, denominator=cases)
    BudgetLine.objects.update(ceiling=0, realised=0)
    return YEAR


def test_every_odd_number_is_a_word_in_every_file(odd_year):
    document = report.build(compute(odd_year))
    words = (
        "Definisi berputar: “Angka putar” memakai “Angka kosong” memakai “Angka putar”",
        "tidak dihitung, target nol",
    )
    figures = compute(odd_year).figures
    assert figures["putar"].why.startswith(words[0])
    assert figures["nol"].capaian_display == words[1]
    assert not any(missing(figure.why) for figure in figures.values())
    for form, text in texts(document).items():
        for trace in TRACES:
            assert trace not in text, (form, trace)
        assert "tanpaanggaran" in text, form
        assert "24,55" in text if form != "xlsx" else True
    efficiencies = [each.label_display for each in compute(odd_year).efficiencies]
    assert efficiencies
    assert "Efisien" not in efficiencies
    for table in document.tables():
        if table.key == "efisiensi":
            assert all(cell.text != "Efisien" for row in table.rows for cell in row.cells)
    iku = next(table for table in document.tables() if table.key == "iku")
    for row in iku.rows:
        if any(
            name in row.cells[1].text for name in ("nol", "hilang", "hampa", "putar") if len(row.cells) > 1
        ):
            assert "100,00" not in [cell.text for cell in row.cells], row
            assert row.cells[4].value is None


def test_a_denominator_that_changed_is_said_where_years_are_compared(odd_year):
    document = report.build(compute(odd_year))
    told = compute(odd_year).figures["rate"].definition_changed
    assert "penyebut dulu “Angka dasar_lama”" in told
    printed = texts(document)
    assert squeezed("penyebut dulu") in printed["pdf"]
    assert squeezed("penyebut dulu") in printed["docx"]


def test_a_narrative_of_thirty_thousand_letters_with_tables_is_in_every_form(small_year):
    body = "## Judul\n\n" + ("Kalimat panjang tentang [[angka:rate]] dan <b>tebal</b>. " * 12 + "\n\n") * 40
    body += "| Kepala | Isi |\n| satu | " + "kata " * 900 + "|\n"
    assert len(body) > 30_000
    Section.objects.create(year=small_year, key="bab1.isu", body=body)
    printed = texts(report.build(compute(small_year)))
    for form in ("pdf", "docx"):
        assert printed[form].count("Kalimat") == 480, form
        assert "<b>tebal</b>" in printed[form]


def test_html_in_a_caption_is_text_in_every_file(small_year, planner):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "navy").save(out, "JPEG")
    file = SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")
    caption = f"Pelatihan {HTML}"
    photo = narrative.add_photo(planner, year=small_year, key="bab1.isu", upload=file, caption=caption)
    Section.objects.create(year=small_year, key="bab1.isu", body=f"[[foto:{photo.uid}]]")
    printed = texts(report.build(compute(small_year)))
    for form in ("pdf", "docx"):
        assert squeezed(HTML) in printed[form], form


def test_amounts_of_nothing_are_words(small_year, planner):
    line = Nomenclature.objects.filter(level="SUB_ACTIVITY").first()
    budget.save_line(planner, nomenclature=line, ceiling=0, realised=0)
    for form, text in texts(report.build(compute(small_year))).items():
        assert "tanpaanggaran" in text, form


def test_a_wrong_option_is_refused_when_the_year_is_saved(small_year, planner):
    with pytest.raises(WrongOption, match="tidak dikenal"):
        plan.prepare_year(planner, year=small_year, options={"warna": "merah"})
    with pytest.raises(WrongOption, match="diwajibkan"):
        plan.prepare_year(planner, year=small_year, options={"hide": ["bab1.gambaran"]})
    assert ReportYear.objects.get(year=small_year).options == {}


@pytest.mark.parametrize(
    ("chosen", "heads", "shown"),
    [
        ({}, ["Capaian (%)", "Menurut batas (%)"], ["150,00", "100,00"]),
        ({"capaian": "raw"}, ["Capaian (%)", "Menurut batas (%)"], ["150,00", "100,00"]),
        ({"capaian": "clamped"}, ["Capaian (%)", "Apa adanya (%)"], ["100,00", "150,00"]),
    ],
)
def test_the_chosen_achievement_comes_first_and_the_other_stays(small_year, planner, chosen, heads, shown):
    year = ReportYear.objects.get(year=small_year)
    revise(year, actor=planner, version=year.version, options=chosen, clamp_high=Decimal(100))
    document = report.build(compute(small_year))
    iku = next(table for table in document.tables() if table.key == "iku")
    assert ["".join(run.text for run in column.title) for column in iku.columns][4:6] == heads
    row = next(row for row in iku.rows if len(row.cells) > 1 and "rate" in row.cells[1].text)
    assert [cell.text for cell in row.cells[4:6]] == shown
    facts = next(block for block in document.blocks() if block.kind == "facts")
    assert facts.facts[2].run.text == shown[0]
    if chosen.get("capaian") == "clamped":
        assert squeezed("100,00 persen menurut batas, 150,00 persen apa adanya") in texts(document)["docx"]


def test_the_logo_of_the_office_stands_on_the_cover_of_pdf_and_word(small_year, planner, agency):
    out = io.BytesIO()
    Image.new("RGBA", (200, 240), "navy").save(out, "PNG")
    file = SimpleUploadedFile("lambang.png", out.getvalue(), content_type="image/png")
    bare = report.render(report.build(compute(small_year)), "docx")
    agency.logo = store_image(file, actor=planner, kind="core.logo")
    agency.save()
    document = report.build(compute(small_year))
    page = PdfReader(io.BytesIO(report.render(document, "pdf"))).pages[0]
    assert len(page.images) == 1
    named = zipfile.ZipFile(io.BytesIO(report.render(document, "docx"))).namelist()
    assert [name for name in named if "media/" in name]
    assert not [name for name in zipfile.ZipFile(io.BytesIO(bare)).namelist() if "media/" in name]
