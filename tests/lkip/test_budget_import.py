"""Taking in budget tables as offices make them: read, contradictions, repairs by choice, nothing lost or invented."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.cells import UnreadableSheet
from core.errors import Refused
from core.models.reference import Nomenclature
from core.models.staging import StagedUpload
from core.models.workflow import WorkflowLog
from core.tables_in import GOOD, RowsRefused
from core.workflow import CommentRequired
from lkip import budget as tree_of
from lkip.budget_sheet import checks
from lkip.budget_sheet.amounts import holds_fractions, read_amount, read_percent
from lkip.budget_sheet.reading import fingerprint, reopen
from lkip.enums import TargetDocument
from lkip.models import (
    BudgetLine,
    BudgetProgress,
    PlanDocument,
    PlannedBudget,
    PrintedAmount,
    ReportYear,
    SpendingType,
)
from lkip.services import budget, budget_import

YEAR = 2031
TOTAL = (18_508_617_440, 15_450_065_461)
MARKS = ("Program: ", "Kegiatan: ", "Sub Kegiatan: ")
HEAD = ("NO", "PROGRAM/KEGIATAN", "ANGGARAN (Rp.)", "REALISASI (Rp)", "CAPAIAN (%)")
FIRST = 4


def dots(amount) -> str:
    return f"{int(amount):,}".replace(",", ".")


def sheet_of(rows, *, merged="") -> io.BytesIO:
    """An XLSX file with these rows; `merged` stands over all columns of the first."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    if merged:
        sheet.merge_range(0, 0, 0, 4, merged)
    for number, row in enumerate(rows, 2 if merged else 0):
        for place, cell in enumerate(row):
            if cell != "":
                sheet.write(number, place, cell)
    book.close()
    target.seek(0)
    return target


def printed_table() -> io.BytesIO:
    """The spending table of Bekasi 2024 as its report prints it: title, "Rp", dots and commas, ".-", a foot."""
    with (Path(__file__).parent / "data" / "belanja_bertentangan.csv").open() as file:
        lines = list(csv.DictReader(file))
    rows = [HEAD]
    for line in lines:
        ceiling, realised = line["ceiling"], line["realised"]
        if line["label"] == "Koordinasi laporan":
            ceiling = realised = "3000000"
        elif line["label"] == "Perencanaan":
            realised = "25,000,000"
        money = line["realised_text"] or (realised if "," in realised else realised and f"{dots(realised)}.-")
        rows.append(
            (
                "",
                MARKS[int(line["depth"])] + line["label"],
                f"Rp {dots(ceiling)}",
                money,
                line["percent"],
            )
        )
    return sheet_of([*rows, (), ("", "Bekasi, Januari 2025"), ("", "Kepala Dinas")], merged="REALISASI 2024")


@pytest.fixture
def planner(user_with):
    """A planner in a prepared year without a budget."""
    ReportYear.objects.create(year=YEAR)
    return user_with("PLANNER")


@pytest.fixture
def staged(planner):
    """The printed table, staged."""
    return budget_import.stage_budget(printed_table(), actor=planner, year=YEAR)


def small(*rows, head=("Kode", "Uraian", "Pagu", "Realisasi", "%")):
    return sheet_of([head, *rows])


def put_in(planner, *rows, mode="all", **kwargs):
    return budget_import.commit_budget(
        budget_import.stage_budget(small(*rows, **kwargs), actor=planner, year=YEAR), actor=planner, mode=mode
    )


# --- amounts ---


@pytest.mark.parametrize(
    ("cell", "value", "odd"),
    [
        ("Rp11.872.240.800", 11_872_240_800, False),
        ("Rp. 18.508.617,440,-", 18_508_617_440, True),
        ("38.800.000.-", 38_800_000, False),
        ("25,000,000", 25_000_000, False),
        ("1.234.567,00", 1_234_567, False),
        ("1,234,567.00", 1_234_567, False),
        ("1 234 567", 1_234_567, False),
        ("170804.700", 170_804_700, True),
        ("649.20.624", None, True),
        ("1.234,50", None, True),
        ("(5.000)", None, True),
        ("-5.000", None, True),
        ("abc", None, True),
        ("-", None, False),
        ("n.a", None, False),
        ("", None, False),
        ("0", 0, False),
        ("0,-", 0, False),
        (1234.0, 1234, False),
        (12.5, None, True),
        (-3, None, True),
        (10**16, None, True),
        (float("inf"), None, True),
        (float("nan"), None, True),
        (True, None, True),
        ("9" * 400, None, True),
    ],
)
def test_amounts_as_people_type_them(cell, value, odd):
    amount = read_amount(cell)
    assert (amount.value, bool(amount.odd)) == (value, odd)


@given(st.integers(0, 10**14), st.sampled_from(["{}", "Rp{}", "Rp. {}", "{},-", "{}.-", " {} ", "{},00"]))
def test_every_way_of_writing_gives_the_same_amount(amount, way):
    for text in (dots(amount), dots(amount).replace(".", ","), str(amount)):
        if way == "{},00" and "," in text:
            continue
        assert read_amount(way.format(text)).value == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading(text):
    amount = read_amount(text)
    assert amount.value is None or amount.value >= 0
    percent = read_percent(text)
    assert percent is None or percent.is_finite()


def test_percentages_keep_their_decimals():
    assert [str(read_percent(text)) for text in ("93,85%", "83.47", "97", "87.4")] == [
        "93.85",
        "83.47",
        "97",
        "87.4",
    ]
    assert holds_fractions([0.9385, 1.0, ""])
    assert not holds_fractions([93.85, 0.5])
    assert read_percent(0.9385, as_fraction=True) == Decimal("93.85")


# --- the printed table of a real report ---


@pytest.mark.django_db
def test_the_printed_table_is_read_with_its_contradictions(staged):
    reading = reopen(staged)
    reading.known_total = TOTAL
    assert len(reading.table.of("TREE")) == 48
    assert [text for _, text in reading.table.ignored] == ["Bekasi, Januari 2025", "Kepala Dinas"]
    found = {(c.rule, c.cell) for c in reading.contradictions}
    assert {("R2", "C12"), ("R2", "D7"), ("R3", "E8"), ("R16", "D23"), ("R2", "jumlah")} <= found
    words = next(c.message for c in reading.contradictions if c.cell == "C12")
    assert "628.725.000; jumlah rinciannya 638.725.000 (C13+C14+C15+C16)" in words
    assert {error.cell for line in reading.bad_lines() for error in line.errors} == {"D32", "D48", "D51"}


@pytest.mark.django_db
def test_both_known_repairs_are_among_the_first_five_and_none_is_applied(staged, planner):
    budget_import.set_circumstances(staged, actor=planner, month=None, known_total=TOTAL)
    staged.refresh_from_db()
    before = reopen(staged)
    _planned(before)
    repairs = reopen(staged).repairs
    assert len(repairs) == 5
    moved = [{m.label for m in r.moves} for r in repairs]
    gaps = [[(m.ceiling, m.realised, m.rest) for m in r.missing] for r in repairs]
    a = moved.index({"Instalasi", "Mebel"})
    assert gaps[a] == [(40_000_000, 38_800_000, (5_000_000, 3_800_000))]
    b = moved.index(set())
    assert gaps[b] == [(5_000_000, 3_800_000, (5_000_000, 3_800_000))]
    labels = {line.key: line.name for line in before.table.lines}
    at = {name: key for key, name in labels.items()}
    assert repairs[b].rows[at["Umum"]] == (638_725_000, 601_633_327)
    assert repairs[b].rows[at["Pemeliharaan"]] == (805_000_000, 768_974_621)
    for repair in (repairs[a], repairs[b]):
        assert repair.rows[at["Rakor"]] == (40_000_000, 36_960_727)
        assert repair.rows[at["Koordinasi laporan"]] == (25_000_000, 24_754_910)
    assert checks.truths(before.table, repairs[a])
    assert before.chosen is None
    assert not BudgetLine.objects.exists()


@pytest.mark.django_db
def test_both_known_repairs_follow_from_the_table_alone(staged, planner):
    """No document of the plan tells a pagu of the year; the best one is first, none scores out of turn."""
    budget_import.set_circumstances(staged, actor=planner, month=None, known_total=TOTAL)
    staged.refresh_from_db()
    assert reopen(staged).planned() == {}
    repairs = reopen(staged).repairs
    found = [
        ({move.label for move in repair.moves}, [(m.ceiling, m.realised, m.rest) for m in repair.missing])
        for repair in repairs
    ]
    assert found[0] == ({"Instalasi", "Mebel"}, [(40_000_000, 38_800_000, (5_000_000, 3_800_000))])
    assert (set(), [(5_000_000, 3_800_000, (5_000_000, 3_800_000))]) in found
    assert [repair.score for repair in repairs] == sorted((r.score for r in repairs), reverse=True)


def _planned(reading):
    """What RKT and Perjanjian Kinerja of the same office print for one row."""
    top = Nomenclature.objects.create(year=YEAR, key="x", name="Penunjang", level="PROGRAMME", order=1)
    middle = Nomenclature.objects.create(
        year=YEAR, key="x.1", name="Perencanaan", level="ACTIVITY", parent=top, order=2
    )
    node = Nomenclature.objects.create(
        year=YEAR, key="x.1.1", name="Koordinasi laporan", level="SUB_ACTIVITY", parent=middle, order=3
    )
    for kind in (TargetDocument.RKT, TargetDocument.PK):
        document = PlanDocument.objects.create(kind=kind, year=YEAR, to_year=YEAR, title=kind)
        PlannedBudget.objects.create(nomenclature=node, document=document, year=YEAR, amount=25_000_000)


@pytest.mark.django_db
def test_good_rows_are_saved_and_the_print_is_kept_where_it_contradicts(staged, planner):
    with pytest.raises(RowsRefused, match="Tidak ada yang disimpan"):
        budget_import.commit_budget(staged, actor=planner)
    assert not Nomenclature.objects.filter(year=YEAR).exists()
    reopened = reopen(staged)
    outcome = budget_import.commit_budget(staged, actor=planner, mode=GOOD)
    assert {number for number, _ in outcome.skipped} == {32, 48, 51}
    assert outcome.saved == BudgetLine.objects.count() == len(reopened.table.leaves()) - 3
    rows = {row.name: row for row in tree_of.tree(YEAR)}
    umum = rows["Umum"]
    assert (umum.ceiling, umum.printed.ceiling) == (638_725_000, 628_725_000)
    assert "pagu tercetak lain" in umum.printed.note.lower()
    assert rows["Gaji"].printed.percent == Decimal("95.10")
    assert rows["Cetak"].printed is None
    assert rows["Pelatihan"].realised == 889_432_624 - 649_202_624


@pytest.mark.django_db
def test_a_chosen_repair_needs_a_reason_and_is_told_in_every_line_it_changes(staged, planner):
    budget_import.set_circumstances(staged, actor=planner, month=None, known_total=TOTAL)
    _planned(reopen(staged))
    staged.refresh_from_db()
    first = reopen(staged).repairs[0]
    with pytest.raises(CommentRequired):
        budget_import.choose_repair(staged, actor=planner, name=fingerprint(first), reason=" ")
    with pytest.raises(Refused, match="tidak ada lagi"):
        budget_import.choose_repair(staged, actor=planner, name="0" * 16, reason="x")
    assert not BudgetLine.objects.exists()
    budget_import.choose_repair(
        staged, actor=planner, name=fingerprint(first), reason="Cocok dengan buku besar."
    )
    outcome = budget_import.commit_budget(staged, actor=planner, mode=GOOD)
    assert {number for number, _ in outcome.skipped} == {48, 51}
    rows = {row.name: row for row in tree_of.tree(YEAR)}
    assert (rows["Rakor"].realised, rows["Rakor"].printed.realised) == (36_960_727, 38_800_000)
    assert rows["Umum"].ceiling == rows["Umum"].printed.ceiling if rows["Umum"].printed else True
    assert rows["Kegiatan yang tidak tercantum dalam dokumen sumber"].ceiling == 40_000_000
    assert rows["Instalasi"].depth == 2
    assert rows["Penunjang"].ceiling == 15_237_730_280
    assert rows["Penunjang"].realised == 13_489_061_937
    line = BudgetLine.objects.get(nomenclature__name="Rakor")
    assert "Cocok dengan buku besar." in WorkflowLog.objects.of(line).last().comment
    untouched = BudgetLine.objects.get(nomenclature__name="Cetak")
    assert WorkflowLog.objects.of(untouched).last().comment == ""


@pytest.mark.django_db
def test_the_same_content_is_saved_once(planner):
    rows = [("2.07.04", "Program P", 10, 5), ("2.07.04.2.01", "K", 10, 5), ("2.07.04.2.01.01", "S", 10, 5)]
    assert put_in(planner, *rows).saved == 1
    with pytest.raises(Refused, match="sudah disimpan"):
        put_in(planner, *rows)
    assert put_in(planner, *rows[:2], ("2.07.04.2.01.01", "S", 10, 6)).saved == 1
    assert BudgetLine.objects.get().realised == 6


# --- layouts ---


@pytest.mark.django_db
def test_codes_tell_the_tree_and_account_rows_are_only_compared(planner):
    outcome = put_in(
        planner,
        ("2.07", "Urusan Tenaga Kerja", 30, 12, ""),
        ("2.07.04", "Program P", 30, 12, "40,00"),
        ("2.07.04.2.01", "Kegiatan K", "", "", ""),
        ("2.07.04.2.01.01", "Sub satu", 10, 5, "50"),
        ("5.1.02.01", "Belanja barang", 9, 5, ""),
        ("2.07.04.2.01.02", "Sub dua", "20", "7", 35.0),
        head=("Kode Sub Kegiatan", "Uraian", "Pagu", "Realisasi", "%"),
    )
    assert outcome.saved == 2
    rows = tree_of.tree(YEAR)
    assert [(r.name, r.code, r.ceiling, r.realised) for r in rows] == [
        ("Program P", "2.07.04", 30, 12),
        ("Kegiatan K", "2.07.04.2.01", 30, 12),
        ("Sub satu", "2.07.04.2.01.01", 10, 5),
        ("Sub dua", "2.07.04.2.01.02", 20, 7),
    ]
    assert not PrintedAmount.objects.exists()


@pytest.mark.django_db
def test_two_line_head_with_merged_cells_murni_and_fisik(planner):
    head = ("Kode", "Uraian", "Pagu", "", "Realisasi", "", "")
    below = ("", "", "Murni", "Perubahan", "Rp", "%", "Fisik (%)")
    sub = ("2.07.04.2.01.01", "Sub", 100, 120, 60, 50, "55,5")
    staged = budget_import.stage_budget(
        sheet_of(
            [
                head,
                below,
                ("2.07.04", "Program P", 100, 120, 60, 50, ""),
                ("2.07.04.2.01", "K", 100, 120, 60, 50, ""),
                sub,
            ]
        ),
        actor=planner,
        year=YEAR,
    )
    assert reopen(staged).contradictions == []
    budget_import.commit_budget(staged, actor=planner)
    line = BudgetLine.objects.get()
    assert (line.initial_ceiling, line.ceiling, line.realised, line.physical) == (
        100,
        120,
        60,
        Decimal("55.5"),
    )


@pytest.mark.django_db
def test_indentation_stands_for_codes_and_subtotals_are_no_amounts(planner):
    staged = budget_import.stage_budget(
        sheet_of(
            [
                ("Uraian", "Pagu", "Realisasi"),
                ("BELANJA DAERAH", 30, 12),
                ("BELANJA OPERASI", 30, 12),
                ("Belanja Pegawai", 10, 5),
                ("Belanja Barang dan Jasa", 20, 6),
                ("Program P", 30, 12),
                ("  Kegiatan K", 30, 12),
                ("    Sub satu", 10, 5),
                ("    Sub dua", 20, 7),
                ("JUMLAH", 31, 12),
                ("Nama Kepala", "", ""),
            ]
        ),
        actor=planner,
        year=YEAR,
    )
    reading = reopen(staged)
    assert {(c.rule, c.cell) for c in reading.contradictions} == {("R2", "C3"), ("R2", "B10")}
    budget_import.commit_budget(staged, actor=planner)
    assert tree_of.total(tree_of.tree(YEAR), "", "").ceiling == 30
    assert [row.realised for row in tree_of.by_type(YEAR)] == [11, 11, 5, 6]
    assert SpendingType.objects.filter(ceiling=None).count() == 2


@pytest.mark.django_db
def test_the_planner_chooses_the_columns_and_the_office_remembers_them(planner):
    rows = [
        ("Nomor", "Nama pekerjaan", "Uang", "Terpakai"),
        ("2.07.04", "Program P", 10, 5),
        ("2.07.04.2.01", "K", 10, 5),
        ("2.07.04.2.01.01", "S", 10, 5),
    ]
    blank = budget_import.stage_budget(sheet_of(rows), actor=planner, year=YEAR)
    assert reopen(blank).layout.places == {}
    with pytest.raises(Refused, match="Tidak ada baris"):
        budget_import.commit_budget(blank, actor=planner)
    budget_import.choose_columns(blank, actor=planner, letters={"name": "B", "ceiling": "C", "realised": "D"})
    blank.refresh_from_db()
    assert [line.value("ceiling") for line in reopen(blank).table.lines] == [10, 10, 10]
    rows[0] = ("Kode", "Uraian", "Pagu", "Realisasi")
    swapped = [(c, n, r, p) if i else (c, n, p, r) for i, (c, n, p, r) in enumerate(rows)]
    staged = budget_import.stage_budget(sheet_of(swapped), actor=planner, year=YEAR)
    budget_import.choose_columns(
        staged, actor=planner, letters={"code": "A", "name": "B", "ceiling": "D", "realised": "C"}
    )
    staged.refresh_from_db()
    with pytest.raises(UnreadableSheet, match="dua isi"):
        budget_import.choose_columns(
            staged, actor=planner, letters={"name": "B", "ceiling": "C", "realised": "C"}
        )
    budget_import.commit_budget(staged, actor=planner)
    assert BudgetLine.objects.get().ceiling == 10
    again = budget_import.stage_budget(
        sheet_of([*swapped, ("", "Catatan", "", "")]), actor=planner, year=YEAR
    )
    assert reopen(again).layout.letters["ceiling"] == "D"


@pytest.mark.django_db
def test_a_month_is_recorded_and_a_fall_is_refused_without_a_reason(planner):
    rows = [("2.07.04", "Program P", 10, ""), ("2.07.04.2.01", "K", 10, "")]

    def at(month, realised, **kwargs):
        staged = budget_import.stage_budget(
            small(*rows, ("2.07.04.2.01.01", "S", 10, realised)), actor=planner, year=YEAR
        )
        budget_import.set_circumstances(staged, actor=planner, month=month, known_total=None)
        return budget_import.commit_budget(staged, actor=planner, **kwargs)

    from core import clock

    with clock.frozen(clock.at(clock.dt.date(YEAR, 12, 31))):
        at(3, 4)
        at(6, 6)
        with pytest.raises(RowsRefused, match="lebih kecil"):
            at(9, 5)
        at(9, 5, reason="Pengembalian.")
    assert list(BudgetProgress.objects.values_list("month", "realised")) == [(3, 4), (6, 6), (9, 5)]
    assert BudgetLine.objects.get().realised == 5


# --- what must not get in ---


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "cell", "message"),
    [
        (("2.07.04.2.01.01", "S", "abc", 1), "C4", "bukan angka"),
        (("2.07.04.2.01.01", "S", "", 1), "C4", "kosong"),
        (("2.07.04.2.01.01", "S", 5, "-"), "D4", "kosong"),
        (("2.07.04.2.01.01", "S", -5, 1), "C4", "kurang dari nol"),
        (("2.07.04.2.01.01", "S", 5.5, 1), "C4", "bulat"),
        (("2.07.04.2.01.01", "S", "=1+1", 1), "C4", "rumus"),
    ],
)
def test_bad_cells_are_named_and_nothing_is_saved(planner, row, cell, message):
    staged = budget_import.stage_budget(
        small(("2.07.04", "Program P", "", ""), ("2.07.04.2.01", "K", "", ""), row), actor=planner, year=YEAR
    )
    errors = [error for line in reopen(staged).bad_lines() for error in line.errors]
    assert any(error.cell == cell and message in error.message for error in errors)
    with pytest.raises(RowsRefused):
        budget_import.commit_budget(staged, actor=planner)
    assert not BudgetLine.objects.exists()
    assert not Nomenclature.objects.filter(year=YEAR).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4 x",
        b"PK\x03\x04" + b"x" * 200,
        b"\x00" * 500,
        b"Uraian;Pagu;Realisasi\n",
        "Uraian;Pagu;Realisasi\n😀;1;1\n".encode(),
        b'Uraian;Pagu;Realisasi\n"tak selesai;1;1\n',
    ],
)
def test_hostile_files_get_a_word_and_leave_nothing(planner, data):
    with pytest.raises(Refused, match=r".{20}"):
        budget_import.commit_budget(
            budget_import.stage_budget(io.BytesIO(data), actor=planner, year=YEAR), actor=planner
        )
    assert not BudgetLine.objects.exists()


@pytest.mark.django_db
def test_only_the_planner_takes_budgets_in(staged, user_with):
    other = user_with("SECTION_HEAD")
    with pytest.raises(Refused):
        budget_import.stage_budget(printed_table(), actor=other, year=YEAR)
    with pytest.raises(Refused):
        budget_import.commit_budget(staged, actor=other, mode=GOOD)
    assert StagedUpload.objects.count() == 1
    assert not BudgetLine.objects.exists()


@pytest.mark.django_db
def test_a_line_with_sources_above_the_new_ceiling_stays(planner):
    rows = [("2.07.04", "Program P", 10, 5), ("2.07.04.2.01", "K", 10, 5), ("2.07.04.2.01.01", "S", 10, 5)]
    put_in(planner, *rows)
    budget.set_funding(planner, line=BudgetLine.objects.get(), amounts={"DBHCHT": 10})
    with pytest.raises(RowsRefused, match="Kurangi dahulu"):
        put_in(planner, *rows[:2], ("2.07.04.2.01.01", "S", 9, 5))
    assert BudgetLine.objects.get().ceiling == 10


# --- what a proposal closes ---


@pytest.mark.django_db
def test_a_corrected_cell_names_every_sum_and_percentage_that_it_closes(planner, client_as):
    rows = (
        ("2.07.04", "Program Satu", 300, 150, "50,00"),
        ("2.07.04.2.01", "Kegiatan Satu", 300, 160, "50,00"),
        ("2.07.04.2.01.0001", "Sub Satu", 100, 50, "50,00"),
        ("2.07.04.2.01.0002", "Sub Dua", 200, 100, "50,00"),
    )
    staged = budget_import.stage_budget(small(*rows), actor=planner, year=YEAR)
    reading = reopen(staged)
    assert {(c.rule, c.cell) for c in reading.contradictions} == {("R2", "D2"), ("R2", "D3"), ("R3", "E3")}
    repair = next(each for each in reading.repairs if len(each.edits) == 1)
    assert (repair.edits[0].label, repair.edits[0].proposed) == ("Kegiatan Satu", 150)
    assert checks.closed_sums(reading.table, repair) == [
        "D2 “Program Satu”, realisasi 150",
        "D3 “Kegiatan Satu”, realisasi 150",
    ]
    assert checks.truths(reading.table, repair) == ["E3 “Kegiatan Satu”: 50,00\u00a0%"]
    page = (
        client_as(user=planner).get(reverse("lkip:budget_preview", args=[YEAR, staged.uid])).content.decode()
    )
    for said in ("2 jumlah dan 1 persen", "D2 “Program Satu”, realisasi 150", "D3 “Kegiatan Satu”"):
        assert said in page


@pytest.mark.django_db
def test_every_proposal_closes_every_broken_sum_that_can_be_known(staged, planner):
    budget_import.set_circumstances(staged, actor=planner, month=None, known_total=TOTAL)
    staged.refresh_from_db()
    reading = reopen(staged)
    broken = {c.cell for c in reading.contradictions if c.rule == "R2" and "melebihi" not in c.message}
    assert "jumlah" in broken
    for repair in reading.repairs:
        closed = checks.closed_sums(reading.table, repair, known_total=reading.known_total)
        assert {word.split(" ")[0] for word in closed} == broken, repair.words


LEAVES = ("2.07.04.2.01.0001", "2.07.04.2.01.0002")


@pytest.mark.django_db
def test_a_leaf_typed_wrong_gets_a_proposal_and_its_percentage_follows(planner, client_as):
    """As Excel computes it: the percentage of the wrong ceiling; total and parents right."""
    rows = (
        ("2.07.04", "Program Satu", 750, 600, "80,00"),
        ("2.07.04.2.01", "Kegiatan Satu", 750, 600, "80,00"),
        (LEAVES[0], "Sub Satu", 440, 400, "90,91"),
        (LEAVES[1], "Sub Dua", 300, 200, "66,67"),
        ("", "Jumlah", 750, 600, "80,00"),
    )
    reading = reopen(budget_import.stage_budget(small(*rows), actor=planner, year=YEAR))
    repair = next(each for each in reading.repairs if [e.label for e in each.edits] == ["Sub Satu"])
    assert repair.edits[0].proposed == 450
    assert checks.left_false(reading.table, repair.rows) == []
    assert reading.why_no_repair() == ""


@pytest.mark.django_db
def test_a_wrong_total_is_proposed_and_closed(planner):
    rows = (
        ("2.07.04", "Program Satu", 740, 600, ""),
        ("2.07.04.2.01", "Kegiatan Satu", 740, 600, ""),
        (LEAVES[0], "Sub Satu", 440, 400, ""),
        (LEAVES[1], "Sub Dua", 300, 200, ""),
        ("", "Jumlah", 750, 600, ""),
    )
    staged = budget_import.stage_budget(small(*rows), actor=planner, year=YEAR)
    reading = reopen(staged)
    repair = next(each for each in reading.repairs if [e.label for e in each.edits] == ["Jumlah"])
    assert checks.closed_sums(reading.table, repair) == ["C6 “Jumlah”, pagu 740"]
    budget_import.choose_repair(staged, actor=planner, name=fingerprint(repair), reason="DPA 12")
    staged.refresh_from_db()
    budget_import.commit_budget(staged, actor=planner)
    assert sum(BudgetLine.objects.values_list("ceiling", flat=True)) == 740


@pytest.mark.django_db
def test_without_a_proposal_the_preview_says_why(planner, client_as):
    rows = (
        ("2.07.04", "Program Satu", 750, 600, ""),
        ("2.07.04.2.01", "Kegiatan Satu", 745, 603, ""),
        (LEAVES[0], "Sub Satu", 440, 400, ""),
        (LEAVES[1], "Sub Dua", 300, 200, ""),
        ("", "Jumlah", 739, 590, ""),
    )
    staged = budget_import.stage_budget(small(*rows), actor=planner, year=YEAR)
    assert reopen(staged).repairs == []
    page = client_as(user=planner).get(reverse("lkip:budget_preview", args=[YEAR, staged.uid]))
    said = page.content.decode()
    assert "Lebih dari satu sel bertentangan" in said
    assert "Periksa C2, D2, C3, D3, C6, D6" in said
