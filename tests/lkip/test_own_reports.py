"""Our own two reports before the checker of foreign reports: nothing but what the office itself declares.

And what a reader gets: every figure of the model is in all three files, and no digit stands untagged.
"""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cached_property
from xml.etree import ElementTree

import openpyxl
import pytest
from pypdf import PdfReader

from lkip import report
from lkip.checker.check import check
from lkip.checker.model import Finding
from lkip.checker.reading import read
from lkip.consistency import judge
from lkip.enums import Severity
from lkip.figures import compute
from lkip.report.model import FIGURE, TAGS, plain
from lkip.report.walk import DIGIT, every_run
from tests.portal.demo_city import CityCase

pytestmark = pytest.mark.slow
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def squeezed(text: str) -> str:
    """Text without white space, so that line ends and tabs don't matter."""
    return re.sub(r"\s", "", text)


def numbers(text: str) -> set[str]:
    """The numbers of a text as they are written."""
    return {match.rstrip(".,") for match in NUMBER.findall(text)}


class OwnReport(CityCase):
    """One city's report in all forms."""

    __test__ = False
    year = 0

    @cached_property
    def document(self):
        """The whole report."""
        return report.build(compute(self.year))

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The report in each form."""
        return {form: report.render(self.document, form) for form in ("pdf", "docx", "xlsx")}

    # --- the checker of foreign reports ---

    def declared(self, found: Finding, document) -> str:
        """Why a finding is no news: it quotes Lampiran C, or a declaration names its numbers or its budget row."""
        annex = {
            no
            for table in document.tables
            if re.match(r"(Tabel )?C\.\d", table.caption) or self.in_annex_sheet(table, document)
            for no in range(table.first, table.last + 1)
        }
        if found.lines & annex and found.rule == "R16":
            return "quoted in Lampiran C"
        for each in self.city.findings:
            told = numbers(" ".join((each["title"], each["detail"], each.get("assumption", ""))))
            printed = {number for value in found.values for number in numbers(value)}
            if printed and printed <= told:
                return each["title"]
            if any(self.names[key] in found.title for key in each.get("budget", ())):
                return each["title"]
        return ""

    @staticmethod
    def in_annex_sheet(table, document) -> bool:
        """Whether a table of the workbook stands on a sheet of Lampiran C."""
        return document.by_number[table.first].where.startswith("lembar C.")

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the budget rows by key."""
        return {row["key"]: row["name"] for row in self.city.budget}

    def test_the_checker_finds_only_what_is_declared(self):
        for form in ("docx", "xlsx"):
            document = read(self.files[form], f"lkip.{form}")
            news = [found for found in check(document) if not self.declared(found, document)]
            assert not news, (form, [(f.rule, f.title, f.sum[:200]) for f in news])

    def test_the_checker_reads_the_text_of_the_pdf_as_it_reads_the_file(self):
        """What `pdftotext` makes of our PDF: columns of spaces, contents, running heads; nothing new is found in it."""
        tool = shutil.which("pdftotext")
        if tool is None:
            pytest.skip("missing here: pdftotext")
        for layout in (["-layout"], []):
            call = [tool, *layout, "-", "-"]
            text = subprocess.run(call, input=self.files["pdf"], capture_output=True, check=True).stdout
            document = read(text, "lkip.txt")
            news = [found for found in check(document) if not self.declared(found, document)]
            assert len([found for found in news if found.rule != "R16"]) <= 1, [f.title for f in news]

    def test_the_checker_still_finds_a_number_that_was_changed(self):
        """A total of the report altered by one digit is a contradiction that nobody declared."""
        source = zipfile.ZipFile(io.BytesIO(self.files["docx"]))
        total = next(row for row in self.table("pagu-program").rows if row.kind == "total")
        wrong = total.cells[-1].text[:-1] + "7"
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as book:
            for name in source.namelist():
                data = source.read(name)
                if name == "word/document.xml":
                    data = data.replace(total.cells[-1].text.encode(), wrong.encode())
                book.writestr(name, data)
        document = read(target.getvalue(), "lkip.docx")
        news = [found for found in check(document) if not self.declared(found, document)]
        assert "R2" in {found.rule for found in news}

    def table(self, key: str):
        """A table of the report."""
        return next(table for table in self.document.tables() if table.key == key)

    # --- the own rules ---

    def test_the_own_rules_find_only_what_is_declared(self):
        printed = {f"budget_{row.key}" for row in compute(self.year).tree if row.printed is not None}
        news = [
            each.found
            for each in judge(compute(self.year))
            if each.declared is None
            and not (each.found.severity == Severity.INFO and set(each.found.codes) <= printed)
        ]
        assert not news, [(f.rule, f.title, f.detail) for f in news]

    # --- what a reader gets ---

    def test_no_digit_stands_outside_a_tagged_run(self):
        untagged = [
            run.text for _, run in every_run(self.document) if DIGIT.search(run.text) and run.tag not in TAGS
        ]
        assert not untagged
        assert not self.document.faults

    def test_the_same_figures_are_read_back_from_all_three_files(self):
        pdf = squeezed(
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(self.files["pdf"])).pages)
        )
        body = zipfile.ZipFile(io.BytesIO(self.files["docx"])).read("word/document.xml")
        docx = squeezed("".join(node.text or "" for node in ElementTree.fromstring(body).iter(f"{WORD}t")))
        for _, run in every_run(self.document):
            if run.tag == FIGURE and run.text.strip():
                assert squeezed(run.text) in pdf, run
                assert squeezed(run.text) in docx, run
        book = openpyxl.load_workbook(io.BytesIO(self.files["xlsx"]), data_only=True)
        sheet = book["Angka"]
        ids = {row[0] for row in sheet.iter_rows(min_row=2, max_col=1, values_only=True)}
        assert ids == {entry.id for entry in self.document.ordered_figures()}
        for entry in self.document.ordered_figures():
            assert entry.id in pdf
            assert entry.id in docx

    def test_no_place_is_without_words_and_every_chapter_has_some(self):
        for chapter in self.document.chapters:
            assert chapter.kind != "text" or chapter.blocks, chapter.title
        words = [plain(block.runs) for block in self.document.blocks() if block.kind == "paragraph"]
        assert not [text for text in words if "belum diisi" in text]

    def test_percentages_of_a_list_and_subtotals_are_formulas(self):
        for table in self.document.tables():
            for row in table.rows:
                if table.key == "perusahaan" and row.cells[1].text == "persen":
                    assert row.cells[2].derive is not None, row.cells[0].text
                if table.key.startswith("program-s") and row.kind == "group":
                    assert row.cells[1].derive is not None, (table.key, row.cells[0].text)
                if table.key == "renstra-rincian" and row.kind == "group":
                    assert row.cells[-2].derive is not None, row.cells[0].text

    def test_every_table_of_the_printed_report_has_its_counterpart(self):
        keys = {table.key for table in self.document.tables()}
        assert self.counterparts <= keys, self.counterparts - keys


COMMON = {
    "pegawai-post", "pegawai-grade", "pegawai-education", "matriks", "renstra", "iku-definisi", "pk", "pk-pagu",
    "rencana-aksi", "pagu-program", "iku", "penempatan-saluran", "pelatihan-dana", "sertifikat", "perselisihan",
    "kegiatan", "bursa", "program-keluaran", "belanja-jenis", "belanja-rincian", "belanja-sasaran", "efisiensi",
    "temuan",
}  # fmt: skip


class TestCimahi(OwnReport):
    """Kota Cimahi 2023."""

    __test__ = True
    code, year = "cimahi-2023", 2023
    counterparts = COMMON | {"renstra-rincian", "perusahaan", "wilayah", "pendapatan"}

    def test_the_own_city_leads_the_regions(self):
        row = self.table("wilayah").rows[0]
        assert row.kind == "group"
        assert [cell.text for cell in row.cells[1:5]] == ["Kota Cimahi", "13,07", "10,77", "10,52"]

    def test_the_contract_adds_up_before_and_after_its_change(self):
        total = self.table("pk-pagu").rows[-1]
        assert [cell.value for cell in total.cells[1:]] == [11728410809, 11872240800]


class TestBekasi(OwnReport):
    """Kota Bekasi 2024."""

    __test__ = True
    code, year = "bekasi-2024", 2024
    counterparts = COMMON | {"rkt", "tercetak"}

    def test_capaian_is_within_the_rule_of_the_city_and_the_raw_one_beside_it(self):
        table = self.table("iku")
        heads = ["".join(run.text for run in column.title) for column in table.columns]
        assert heads[4:6] == ["Capaian (%)", "Apa adanya (%)"]
        row = next(row for row in table.rows if "Pengangguran" in row.cells[1].text)
        assert [cell.text for cell in row.cells[4:6]] == ["100,00", "108,54"]

    def test_the_contract_is_printed_as_it_was_signed(self):
        assert self.table("pk-pagu").rows[-1].cells[1].value == 18724617449

    def test_both_job_fairs_are_counted(self):
        told = [row.cells[2].text for row in self.table("bursa").rows]
        assert {"35", "1.196", "4.551", "32", "3.162", "5.000"} <= set(told)
