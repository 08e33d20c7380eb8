"""Proposals that make a budget table agree with itself."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.formats import round_half_up
from lkip.checker.digits import roundest, slip, well_formed, with_separator
from lkip.checker.repair import BudgetRow, candidates

TOTAL = (18_508_617_440, 15_450_065_461)


def percent(realised, ceiling):
    return round_half_up(Decimal(realised) / ceiling * 100 if ceiling else 0, 2)


def row(key, depth, ceiling, realised, printed=None):
    return BudgetRow(
        key,
        key,
        depth,
        ceiling,
        realised,
        percent(realised, ceiling) if printed is None else Decimal(printed),
    )


@pytest.fixture(scope="module")
def printed():
    """A spending table as a real report prints it, contradictions included."""
    with (Path(__file__).parent / "data" / "belanja_bertentangan.csv").open() as file:
        return [
            BudgetRow(
                line["label"],
                line["label"],
                int(line["depth"]),
                int(line["ceiling"]),
                int(line["realised"]) if line["realised"] else None,
                Decimal(line["percent"]) if line["percent"] else None,
                realised_text=line["realised_text"],
            )
            for line in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def repairs(printed):
    return candidates(printed, total=TOTAL)


def test_every_repair_closes_every_sum(printed, repairs):
    assert len(repairs) == 5
    for repair in repairs:
        gap = [sum(m.ceiling for m in repair.missing), sum(m.realised for m in repair.missing)]
        roots = [repair.rows[r.key] for r in printed if r.depth == 0]
        assert tuple(map(sum, zip(*roots, strict=True))) == TOTAL
        top = [repair.rows[r.key] for r in printed[: [r.depth for r in printed].index(0, 1)] if r.depth == 1]
        assert sum(c for c, _ in top) + gap[0] == repair.rows[printed[0].key][0] == 15_237_730_280
        assert sum(r for _, r in top) + gap[1] == repair.rows[printed[0].key][1] == 13_489_061_937


def find(repairs, **wanted):
    return [
        i
        for i, repair in enumerate(repairs)
        if {m.label for m in repair.moves} == wanted["moved"]
        and [(m.ceiling, m.realised) for m in repair.missing] == [wanted["missing"]]
        and all(repair.rows[key] == value for key, value in wanted["rows"].items())
    ]


COMMON = {
    "Perencanaan": (25_000_000, 24_754_910),
    "Keuangan": (11_093_669_000, 9_655_582_229),
    "Rakor": (40_000_000, 36_960_727),
    "Umum kantor": (2_214_336_280, 2_110_563_935),
    "Operasional": (20_000_000, 17_804_700),
    "Mesin": (150_000_000, 145_420_000),
    "Proses": (1_726_974_160, 649_202_624),
    "Cegah": (926_113_000, 743_975_000),
}


def test_two_rows_belong_to_a_row_that_is_not_listed(repairs):
    rows = {**COMMON, "Umum": (628_725_000, 591_633_327), "Pemeliharaan": (780_000_000, 743_974_621)}
    places = find(repairs, moved={"Instalasi", "Mebel"}, missing=(40_000_000, 38_800_000), rows=rows)
    assert places == [0]
    assert repairs[0].missing[0].rest == (5_000_000, 3_800_000)
    said = "\n".join(repairs[0].words)
    assert "742.974.621 → 743.974.621 (satu angka salah ketik; jumlah baris di bawahnya)" in said
    assert "170.804.700 → 17.804.700" in said
    assert "5.000.000 / 3.800.000" in said


def test_or_their_parents_left_them_out(repairs):
    rows = {**COMMON, "Umum": (638_725_000, 601_633_327), "Pemeliharaan": (805_000_000, 768_974_621)}
    assert find(repairs, moved=set(), missing=(5_000_000, 3_800_000), rows=rows)


def test_realisations_that_nothing_determines_are_not_invented(repairs):
    for repair in repairs:
        assert not {"Cegah sub", "Jamsos"} & {edit.key for edit in repair.edits}


def test_an_agreeing_table_needs_nothing():
    rows = [row("p", 0, 300, 150), row("a", 1, 100, 50), row("b", 1, 200, 100)]
    assert candidates(rows) == []
    assert candidates(rows, total=(300, 150)) == []
    assert candidates([]) == []


def test_zero_and_blank_rows_are_no_obstacle():
    rows = [row("p", 0, 0, 0), row("a", 1, 0, 0), row("b", 1, 0, 0)]
    assert candidates(rows) == []
    blank = [BudgetRow("p", "p", 0, 100, 60, None), BudgetRow("a", "a", 1, 100, None, None)]
    assert candidates(blank)[0].rows["a"] == (100, 60)


def test_a_table_wrong_only_against_its_total_gets_the_missing_row():
    rows = [row("p", 0, 1000, 500), row("a", 1, 600, 300), row("b", 1, 400, 200)]
    best = candidates(rows, total=(1500, 900))[0]
    assert best.rows["p"] == (1500, 900)
    assert (best.missing[0].ceiling, best.missing[0].realised) == (500, 400)


M = 1_000_000


def spreadsheet(*, parents, percents=True):
    """Two programmes; one sub kegiatan has 440 million instead of 450, and its percentage is computed from it."""
    leaves = [("a", 440, 400), ("b", 300, 280), ("c", 550, 520)]
    rows = [("P", 0, parents, 1200), ("K", 1, parents, 1200), *((k, 2, c, r) for k, c, r in leaves)]
    rows += [("Q", 0, 100, 50), ("L", 1, 100, 50), ("d", 2, 100, 50)]
    return [
        BudgetRow(k, k, d, c * M, r * M, percent(r, c) if percents else None) for k, d, c, r in rows
    ]  # fmt: skip


@pytest.mark.parametrize("percents", [True, False])
def test_a_wrong_leaf_whose_percentage_follows_it_is_found(percents):
    rows = spreadsheet(parents=1300, percents=percents)
    found = candidates(rows, total=(1400 * M, 1250 * M), correct_total=True)
    edits = [[(e.key, e.column, e.proposed) for e in repair.edits] for repair in found]
    assert [("a", "pagu", 450 * M)] in edits
    assert len(edits[0]) == 1
    told = candidates(rows, total=(1400 * M, 1250 * M), known={"a": [450 * M], "b": [300 * M]})
    assert [(e.key, e.proposed) for e in told[0].edits] == [("a", 450 * M)]
    assert "satu angka salah ketik" in told[0].words[0]


def test_where_all_else_agrees_the_total_may_be_the_wrong_one():
    rows = spreadsheet(parents=1290)
    found = candidates(rows, total=(1400 * M, 1250 * M), correct_total=True)
    said = [repair.words for repair in found]
    assert any(
        words == ["pagu “Jumlah”: 1.400.000.000 → 1.390.000.000 (jumlah semua program)"] for words in said
    )
    leaf = next(repair for repair in found if any(e.key == "a" for e in repair.edits))
    assert {(e.key, e.proposed) for e in leaf.edits} == {("P", 1300 * M), ("K", 1300 * M), ("a", 450 * M)}
    elsewhere = candidates(rows, total=(1400 * M, 1250 * M))
    assert not any(e.label == "Jumlah" for repair in elsewhere for e in repair.edits)


@settings(max_examples=25, deadline=None)
@given(
    amounts=st.lists(
        st.tuples(st.integers(10**6, 10**9), st.integers(10, 99)), min_size=3, max_size=5, unique=True
    ),
    data=st.data(),
)
def test_one_wrong_digit_in_a_leaf_is_found(amounts, data):
    """The realisasi of a leaf with one wrong digit: its percentage and its parent's sum point to the right one."""
    leaves = [(c, c * share // 100) for c, share in amounts]
    place = data.draw(st.integers(0, len(leaves) - 1))
    ceiling, realised = leaves[place]
    text = str(realised)
    wrong = int(str((int(text[0]) + data.draw(st.integers(1, 8))) % 9 + 1) + text[1:])
    assume(wrong != realised and percent(wrong, ceiling) != percent(realised, ceiling))
    rows = [row("p", 0, sum(c for c, _ in leaves), sum(r for _, r in leaves))]
    for i, (c, r) in enumerate(leaves):
        rows.append(row(str(i), 1, c, wrong if i == place else r, percent(r, c)))
    best = candidates(rows)[0]
    assert [(e.key, e.column, e.proposed) for e in best.edits] == [(str(place), "realisasi", realised)]
    assert slip(wrong, realised)


@pytest.mark.parametrize(
    ("printed", "meant", "word"),
    [
        (742_974_621, 743_974_621, "satu angka salah ketik"),
        (12, 21, "dua angka tertukar"),
        (22_214, 2_214, "satu angka berlebih"),
        (214, 2_214, "satu angka hilang"),
        (35_000, 350_000_0, "banyaknya nol tidak sama"),
        (12, 12, ""),
        (12, 87, ""),
        (None, 87, ""),
    ],
)
def test_a_slip_has_a_name(printed, meant, word):
    assert slip(printed, meant) == word


def test_separators_printed_as_digits():
    assert list(with_separator("170804.700")) == [17_804_700]
    assert list(with_separator("1450420.000")) == [145_420_000]
    assert well_formed("25.000.000")
    assert well_formed("25,000,000")
    assert well_formed("25000000")
    assert not well_formed("649.20.624")
    assert not well_formed("18.508.617,440")


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_the_roundest_lies_within(low, width):
    found = roundest(low, low + width)
    assert low <= found <= low + width
