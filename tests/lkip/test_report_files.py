"""PDF, DOCX and XLSX hold the same report: the same figures are read back from each, and the same bytes come twice."""

import io
import re

import pytest
from pypdf import PdfReader

from lkip import report
from lkip.figures import compute
from lkip.models import Section
from lkip.report.model import FIGURE, plain
from lkip.report.pdf.pages import roman
from lkip.report.walk import every_run

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
