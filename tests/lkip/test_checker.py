"""The checker of foreign reports: a report that agrees with itself, and each contradiction put into it."""

import ast
import csv
import re
from pathlib import Path

import pytest

from lkip.checker.check import check
from lkip.checker.numbers import find, only
from lkip.checker.reading import read
from lkip.checker.rules import ALL

DATA = Path(__file__).parent / "data"
SOURCES = Path(__file__).parents[2] / "lkip" / "checker"


@pytest.fixture(scope="module")
def clean():
    """A report without a contradiction."""
    return (DATA / "laporan_tanpa_selisih.txt").read_text(encoding="utf-8")


def found(text):
    return check(read(text.encode(), "laporan.txt"))


def test_a_report_that_agrees_with_itself_yields_nothing(clean):
    assert [f"{f.rule} {f.title}" for f in found(clean)] == []


def _planted():
    """Contradictions to put into the clean report; → is a tab and ¶ a line end."""
    with (DATA / "selisih_sisipan.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(v.replace("→", "\t").replace("¶", "\n") for v in row.values())


CONTRADICTIONS = list(_planted())


@pytest.mark.parametrize(("rule", "old", "new", "value", "arithmetic"), CONTRADICTIONS)
def test_a_contradiction_is_found_with_its_arithmetic(clean, rule, old, new, value, arithmetic):
    assert clean.count(old) >= 1
    changed = clean.replace(old, new, 1)
    line = clean[: clean.index(old)].count("\n") + 1
    findings = [f for f in found(changed) if f.rule == rule]
    assert any(
        any(value in v for v in f.values)
        and arithmetic in f.sum
        and any(line - 6 <= no <= line + 8 for no in f.lines)
        for f in findings
    ), [(f.rule, sorted(f.lines), f.values, f.sum) for f in found(changed)]


def test_columns_that_repeat_each_other_are_one_measure(clean):
    head = "URAIAN\tKEU (%)\tPAGU ANGGARAN\tREALISASI ANGGARAN\tCAPAIAN KINERJA (%)\n"
    rows = "".join(f"Kegiatan nomor {w}\t90,00%\tRp100.000.000\tRp90.000.000\t90,00%\n" for w in "abcd")
    findings = found(clean + "\nTabel 4.1 Ringkasan\n\n" + head + rows)
    assert [f.rule for f in findings] == ["R21"]
    assert findings[0].sum == "90,00% = 90,00% pada 4 dari 4 baris"


def test_quarters_of_a_level_are_no_quarters(clean):
    head = "No\tSasaran\tIndikator Kinerja\tSatuan\tTarget Tahunan\tTriwulan\tTarget Per Triwulan\n"
    rows = "1\tMutu layanan\tIndeks Kepuasan\tNilai\t80\tTriwulan I\t20\n" + "".join(
        f"\t\t\t\t\tTriwulan {q}\t20\n" for q in ("II", "III", "IV")
    )
    findings = [f for f in found(clean + "\nTabel 4.1 Target triwulan\n\n" + head + rows) if f.rule == "R19"]
    assert findings[0].sum == "80 ÷ 4 = 20"
    counted = rows.replace("Nilai", "Orang").replace("Indeks Kepuasan", "Jumlah orang dilatih")
    assert not [
        f for f in found(clean + "\nTabel 4.1 Target triwulan\n\n" + head + counted) if f.rule == "R19"
    ]


def test_more_certified_than_trained_is_impossible(clean):
    lists = (
        "\nPeserta pelatihan :\n\n- Pelatihan Menjahit Dasar sebanyak 30 Orang\n- Pelatihan Las Listrik 20 Orang\n\n"
        "Yang memperoleh sertifikasi kompetensi, yaitu :\n\n1. Pelatihan Menjahit Dasar 18 Orang\n"
        "2. Pelatihan Las Listrik 9 Orang\n3. Pelatihan Menjahit Dasar 16 Orang\n\nTotal 43 Orang\n"
    )
    findings = found(clean + lists)
    assert [(f.rule, f.sum) for f in findings] == [("R9", "18 + 16 = 34 > 30")]


def test_every_rule_names_its_places(clean):
    broken = clean
    for _, old, new, _, _ in CONTRADICTIONS[:12]:
        broken = broken.replace(old, new, 1)
    for finding in found(broken):
        assert finding.places
        assert all(place.where == f"baris {place.line}" for place in finding.places)
        assert finding.title
        assert re.fullmatch(r"R\d{1,2}", finding.rule)


def test_odd_input_is_no_accident():
    for text in ("", "\n\n", "a\tb\n", "1\t2\t3\n" * 5, "Target\tRealisasi\tCapaian\n-\t-\t-\n0\t0\t0\n"):
        assert isinstance(found(text), list)
    table = (
        "No\tIndikator\tTarget\tRealisasi\tCapaian\n1\tIndeks apa saja\t0\t0\t0%\n2\tPersentase\tn/a\t-\tBB\n"
    )
    assert found("LAPORAN TAHUN 2031\n\n" + table) == []


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1.700 Orang", 1700, 0),
        ("65.36", "65.36", 2),
        ("1,835 orang", 1835, 0),
        ("-0,0325", "-0.0325", 4),
        ("Rp. 18.508.617.440,-", 18508617440, 0),
        ("114, 92 %.", "114.92", 2),
        ("11.872.240.800", 11872240800, 0),
        ("86.51%", "86.51", 2),
        ("-412%", -412, 0),
        ("25,000,000", 25000000, 0),
    ],
)
def test_numbers_of_every_notation(text, value, decimals):
    from fractions import Fraction

    number = only(text)
    assert (number.value, number.decimals) == (Fraction(str(value)), decimals)


def test_dashes_are_no_minus():
    assert [n.value for n in find("2023-2026")] == [2023, 2026]
    assert [n.value for n in find("(111% - 90,40%)")] == [111, find("90,40%")[0].value]
    assert only("n/a") is None
    assert only("-") is None


def _code():
    for path in sorted(SOURCES.rglob("*.py")):
        yield path, path.read_text(encoding="utf-8")


def test_no_rule_names_a_city():
    names = set()
    with (SOURCES.parents[1] / "core" / "data" / "wilayah_prov_kabkota.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names.add(re.sub(r"^(Kota|Kabupaten)( Administrasi)? ", "", row["nama"]).lower())
    for path, text in _code():
        words = f" {' '.join(re.findall(r'[a-z]+', text.lower()))} "
        hits = [n for n in names if len(n) > 4 and f" {n} " in words]
        assert hits == [], path.name


def test_no_rule_holds_a_number_of_a_report():
    """No figure of the catalogued reports and none of their line numbers stands in the code that checks."""
    figures = set()
    with (DATA / "inkonsistensi.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for text in re.findall(r"\d[\d.,]*\d", row["key_values"]):
                digits = re.sub(r"\D", "", text)
                if len(digits) >= 3 and len(digits.strip("0")) > 1:
                    figures.add(digits)
    for path, text in _code():
        tree = ast.parse(text)
        documents = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and id(node) not in documents
                and isinstance(node.value, int | str)
            ):
                numbers = re.findall(r"\d[\d.,]*", re.sub(r"\{[\d,]+\}", "", str(node.value)))
                assert not {re.sub(r"\D", "", n) for n in numbers} & figures, (path.name, node.value)


def test_all_modules_of_rules_run():
    """`across` compares two reports and is called by `check` itself."""
    modules = {path.stem for path in (SOURCES / "rules").glob("*.py")} - {"__init__", "across"}
    assert {rule.__module__.rpartition(".")[2] for rule in ALL} == modules
