"""Budget files as offices make them: merged cells, split codes, rows out of order, twins, nothing to save."""

import io

import pytest
import xlsxwriter
from django.urls import reverse

from core.models.staging import StagedUpload
from lkip.budget_sheet import checks, layout
from lkip.budget_sheet.amounts import read_amount
from lkip.budget_sheet.reading import reopen
from lkip.models import BudgetLine, ReportYear
from lkip.services import budget_import

YEAR = 2031
SUB = "2.07.04.2.01.0001"
pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(user_with):
    """A planner in a prepared year without a budget."""
    ReportYear.objects.create(year=YEAR)
    return user_with("PLANNER")


def file_of(*rows, merged=()) -> io.BytesIO:
    """An XLSX file; `merged` are (first row, column, last row, last column, text), all from 0."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell != "":
                sheet.write(number, place, cell)
    for each in merged:
        sheet.merge_range(*each)
    book.close()
    target.seek(0)
    return target


def read(planner, *rows, merged=()):
    return reopen(budget_import.stage_budget(file_of(*rows, merged=merged), actor=planner, year=YEAR))


def saved(planner, *rows, merged=()):
    staged = budget_import.stage_budget(file_of(*rows, merged=merged), actor=planner, year=YEAR)
    budget_import.commit_budget(staged, actor=planner)
    return sorted(BudgetLine.objects.values_list("nomenclature__code", "ceiling", "realised"))


def test_a_merged_head_of_two_rows_is_read_with_its_own_words(planner):
    """Titles of SIPD that no list holds: their words say what stands below."""
    reading = read(
        planner,
        ("LAPORAN REALISASI ANGGARAN",),
        (),
        ("Kode Rekening Belanja", "Urusan/Program/Kegiatan/Sub Kegiatan"),
        ("", "", "Murni (Rp)", "Pergeseran (Rp)", "Keuangan (Rp)", "Keuangan (%)", "Fisik (%)"),
        ("2.07.04", "Program P", 100, 120, 60, 50, 50),
        ("2.07.04.2.01", "Kegiatan K", 100, 120, 60, 50, 50),
        (SUB, "Sub S", 100, 120, 60, 50, 51),
        merged=[
            (2, 2, 2, 3, "Pagu Anggaran Tahun Berjalan"),
            (2, 4, 2, 6, "Realisasi s.d. Desember"),
        ],
    )
    assert reading.layout.letters == {
        "code": "A",
        "name": "B",
        "initial": "C",
        "ceiling": "D",
        "realised": "E",
        "percent": "F",
        "physical": "G",
    }
    assert reading.layout.titles[4] == "realisasi s.d. desember keuangan"
    assert [line.value("ceiling") for line in reading.good_leaves()] == [120]


def test_titles_known_by_themselves_do_not_hide_the_row_below_them(planner):
    """The two upper titles alone would do, and the pagu before the change would be taken for the one in force."""
    reading = read(
        planner,
        ("", "", "", "", "", "", ""),
        ("", "", "Sebelum Perubahan", "Setelah Perubahan", "Rp", "%", ""),
        ("2.07.04", "Program P", 100, 120, 60, 50, "x"),
        ("2.07.04.2.01", "Kegiatan K", 100, 120, 60, 50, ""),
        (SUB, "Sub S", 100, 120, 60, 50, ""),
        merged=[
            (0, 0, 1, 0, "Kode Rekening"),
            (0, 1, 1, 1, "Uraian"),
            (0, 2, 0, 3, "Jumlah Anggaran (Rp)"),
            (0, 4, 0, 5, "Realisasi"),
            (0, 6, 1, 6, "Keterangan"),
        ],
    )
    assert reading.layout.head == (1, 2)
    (line,) = reading.good_leaves()
    assert (line.value("initial"), line.value("ceiling"), line.value("realised"), line.percent) == (
        100,
        120,
        60,
        50,
    )


def test_a_first_row_without_amounts_is_no_second_line_of_the_head(planner):
    reading = read(
        planner,
        ("", "Uraian", "Pagu", "Realisasi"),
        ("A", "Program:", "", ""),
        ("", "Pelatihan", 10, 5),
        ("", "Kegiatan: K", 10, 5),
        ("", "Sub Kegiatan: S", 10, 5),
    )
    assert reading.layout.head == (1,)
    assert [(line.depth, line.name) for line in reading.table.lines] == [(0, "Pelatihan"), (1, "K"), (2, "S")]


def test_columns_that_are_not_understood_are_named_by_both_rows_and_the_page_says_why(client_as):
    ReportYear.objects.create(year=YEAR)
    client = client_as("PLANNER")
    upload = file_of(
        ("Nomor urut", "Pekerjaan", "Uang", ""),
        ("", "", "Ada", "Terpakai"),
        ("a", "Sub S", 100_000, 60_000),
    )
    upload.name = "tabel.xlsx"
    client.post(reverse("lkip:budget_upload", args=[YEAR]), {"file": upload})
    staged = StagedUpload.objects.get()
    titles = reopen(staged).layout.titles
    assert titles == {0: "nomor urut", 1: "pekerjaan", 2: "uang ada", 3: "uang terpakai"}
    page = client.get(reverse("lkip:budget_preview", args=[YEAR, staged.uid])).content.decode()
    assert "Belum ada yang bisa disimpan." in page
    assert "Judul kolom tidak dikenali" in page
    assert "C uang ada" in page


def test_a_file_without_sub_kegiatan_says_so(planner):
    reading = read(planner, ("Kode", "Uraian", "Pagu", "Realisasi"), ("2.07.04", "Program P", 10, 5))
    assert "Tidak ada baris sub kegiatan" in reading.why_nothing()
    wrong = read(planner, ("Kode", "Uraian", "Pagu", "Realisasi"), (SUB, "Sub S", "rusak", 5))
    assert "Semua baris sub kegiatan perlu diperbaiki" in wrong.why_nothing()


@pytest.mark.parametrize(
    "rows",
    [
        [  # every part on every row
            ("2.07", "04", "", "", "Program P", 30, 12),
            ("2.07", "04", "2.01", "", "Kegiatan K", 30, 12),
            ("2.07", "04", "2.01", "0001", "Sub satu", 10, 5),
            ("2.07", "04", "2.01", "0002", "Sub dua", 20, 7),
        ],
        [  # a part only where it begins
            ("2.07", "04", "", "", "Program P", 30, 12),
            ("", "", "2.01", "", "Kegiatan K", 30, 12),
            ("", "", "", "0001", "Sub satu", 10, 5),
            ("", "", "", "0002", "Sub dua", 20, 7),
        ],
        [  # each column with the code up to there
            ("2.07", "2.07.04", "", "", "Program P", 30, 12),
            ("2.07", "2.07.04", "2.07.04.2.01", "", "Kegiatan K", 30, 12),
            ("2.07", "2.07.04", "2.07.04.2.01", f"{SUB}", "Sub satu", 10, 5),
            ("2.07", "2.07.04", "2.07.04.2.01", "2.07.04.2.01.0002", "Sub dua", 20, 7),
        ],
        [  # numbers, from which Excel took the noughts
            (2.07, 4, "", "", "Program P", 30, 12),
            (2.07, 4, 2.01, "", "Kegiatan K", 30, 12),
            (2.07, 4, 2.01, "0001", "Sub satu", 10, 5),
            (2.07, 4, 2.01, "0002", "Sub dua", 20, 7),
        ],
    ],
)
def test_a_code_in_several_columns_is_joined(planner, rows):
    head = ("Urusan", "Program", "Kegiatan", "Sub Kegiatan", "Uraian", "Pagu", "Realisasi")
    reading = read(planner, head, *rows)
    assert (reading.layout.letters["code"], reading.layout.letters["code_last"]) == ("A", "D")
    assert saved(planner, head, *rows) == [(SUB, 10, 5), ("2.07.04.2.01.0002", 20, 7)]


@pytest.mark.parametrize(
    "heads",
    [
        [("No", "Kode", "", "", "", "", "Nama Sub Kegiatan", "Pagu", "Realisasi")],
        [
            ("No", "Kode", "", "", "", "", "Nomenklatur", "Pagu", "Realisasi"),
            ("", "Urusan", "Bidang", "Program", "Kegiatan", "Sub Kegiatan", "", "", ""),
        ],
        [
            (
                "No.",
                "Urusan",
                "Bidang",
                "Program",
                "Kegiatan",
                "Sub Kegiatan",
                "Nama",
                "Pagu 2031",
                "Realisasi",
            )
        ],
    ],
)
def test_columns_of_a_split_code_are_found_under_every_head(planner, heads):
    reading = read(
        planner,
        *heads,
        (1, "2", "07", "04", "", "", "Program P", 10, 5),
        (2, "2", "07", "04", "2.01", "", "Kegiatan K", 10, 5),
        (3, "2", "07", "04", "2.01", "0001", "Sub satu", 10, 5),
    )
    letters = reading.layout.letters
    assert (letters["code"], letters["code_last"], letters["name"]) == ("B", "F", "G")
    assert [(line.code, line.name) for line in reading.good_leaves()] == [(SUB, "Sub satu")]


def test_the_planner_may_say_up_to_which_column_a_code_goes(planner):
    rows = [
        ("2.07.04", "", "P", 10, 5),
        ("2.07.04", "2.01", "K", 10, 5),
        ("2.07.04", "2.01.0001", "S", 10, 5),
    ]
    staged = budget_import.stage_budget(
        file_of(("A1", "B1", "Pekerjaan", "Uang", "Terpakai"), *rows), actor=planner, year=YEAR
    )
    letters = {"code": "A", "code_last": "B", "name": "C", "ceiling": "D", "realised": "E"}
    budget_import.choose_columns(staged, actor=planner, letters=letters)
    staged.refresh_from_db()
    assert [line.code for line in reopen(staged).good_leaves()] == [SUB]
    budget_import.choose_columns(staged, actor=planner, letters=letters | {"code_last": "A"})
    staged.refresh_from_db()
    assert "code_last" not in reopen(staged).layout.places


def test_merged_codes_go_down_and_a_merged_row_that_is_there_twice_is_named(planner):
    head = ("Kode", "Uraian", "Pagu", "Realisasi")
    reading = read(
        planner,
        head,
        ("2.07.04", "Program P", 30, 12),
        ("2.07.04.2.01", "Kegiatan K", 30, 12),
        ("", "", 10, 5),
        ("", "", 20, 7),
        merged=[(3, 0, 4, 0, SUB), (3, 1, 4, 1, "Sub S")],
    )
    assert [(line.number, line.code, line.name) for line in reading.table.lines[2:]] == [
        (4, SUB, "Sub S"),
        (5, SUB, "Sub S"),
    ]
    assert "baris 4" in reading.table.lines[3].errors[0].message
    assert reading.table.ignored == []


def test_an_amount_is_never_repeated_by_a_merged_cell():
    rows = [(1, ["Sub satu", 25_000_000]), (2, ["", ""]), (3, ["", 5])]
    assert layout.filled_down(rows, [(1, 0, 3, 0), (1, 1, 2, 1)]) == [
        (1, ["Sub satu", 25_000_000]),
        (2, ["", ""]),
        (3, ["Sub satu", 5]),
    ]


def test_a_refused_twin_is_counted_in_no_sum(planner):
    reading = read(
        planner,
        ("Kode", "Uraian", "Pagu", "Realisasi"),
        ("2.07.04", "Program P", 120, 60),
        ("2.07.04.2.01", "Kegiatan K", 120, 60),
        (SUB, "Sub S", 120, 60),
        (SUB, "Sub S", 220, 60),
    )
    assert [line.number for line in reading.bad_lines()] == [5]
    assert reading.contradictions == []
    assert reading.repairs == []


def test_the_code_decides_the_parent_and_not_the_order_of_the_rows(planner):
    rows = (
        ("Kode", "Uraian", "Pagu", "Realisasi"),
        ("2.07.04", "Program P", 30, 12),
        ("2.07.04.2.03", "Kegiatan tiga", 10, 5),
        ("2.07.04.2.02", "Kegiatan dua", 20, 7),
        ("2.07.04.2.02.0001", "Sub dua", 20, 7),
        ("2.07.04.2.03.0001", "Sub tiga", 10, 5),
    )
    reading = read(planner, *rows)
    assert reading.contradictions == []
    assert {line.code: line.parent.code for line in reading.good_leaves()} == {
        "2.07.04.2.02.0001": "2.07.04.2.02",
        "2.07.04.2.03.0001": "2.07.04.2.03",
    }
    assert [row.label for row in checks.budget_rows(reading.table)] == [
        "Program P",
        "Kegiatan tiga",
        "Sub tiga",
        "Kegiatan dua",
        "Sub dua",
    ]
    assert saved(planner, *rows) == [("2.07.04.2.02.0001", 20, 7), ("2.07.04.2.03.0001", 10, 5)]


def test_a_proposal_changes_something_and_counts_what_it_says(planner):
    head = ("Kode", "Uraian", "Pagu", "Realisasi", "%")
    above = (("2.07.04", "Program P", 200, 100, ""), ("2.07.04.2.01", "Kegiatan K", 200, 100, ""))
    wrong = read(planner, head, *above, (SUB, "Sub S", 200, 100, "99,00"))
    assert all(repair.words for repair in wrong.repairs)
    nought = read(
        planner,
        head,
        ("2.07.04", "Program P", 0, 0, "0,0"),
        ("2.07.04.2.01", "Kegiatan K", 0, 0, "0,0"),
        (SUB, "Sub S", 0, 50, "0,0"),
    )
    assert nought.repairs
    for repair in nought.repairs:
        said = sum("menjadi benar" in word for word in repair.words)
        assert len(checks.truths(nought.table, repair)) == said, repair.words


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (9.9e16, "terlalu besar"),
        (1e300, "terlalu besar"),
        ("99.000.000.000.000.000", "terlalu besar"),
        ("9,9E+16", "pangkat sepuluh"),
        ("9.9e16", "pangkat sepuluh"),
        (12.5, "harus bulat"),
        (-0.5, "kurang dari nol"),
        (float("nan"), "bukan angka"),
        (float("inf"), "bukan angka"),
    ],
)
def test_a_number_that_is_refused_is_told_its_own_fault(cell, words):
    assert words in read_amount(cell).odd
    assert read_amount(cell).value is None
