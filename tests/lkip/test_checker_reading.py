"""What the checker must not take for a contradiction: trees in one column, codes, quotations, sentences that go on."""

import io
from fractions import Fraction

import pytest
from openpyxl import Workbook

from core.errors import Refused
from core.formats import terbilang
from lkip.checker.check import check
from lkip.checker.columns import quotes, with_role
from lkip.checker.model import Document, Line, Row, Table
from lkip.checker.nesting import closes
from lkip.checker.numbers import find, only
from lkip.checker.reading import read
from lkip.checker.words import numeral


def numbers(*values: int) -> list[Fraction]:
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("parts", "total", "closed"),
    [
        ((295, 200, 95, 530, 500, 30), 825, True),
        ((10, 6, 6, 4, 4), 10, True),
        ((5, 5, 5, 0, 0), 5, True),
        ((295, 200, 94, 530, 500, 31), 825, False),
        ((295, 200, 95, 530, 500, 30), 826, False),
        ((2, 3, 5), 5, False),
    ],
)
def test_a_tree_closes_only_where_every_parent_does(parts, total, closed):
    assert closes(numbers(*parts), Fraction(total)) is closed


def test_a_very_long_column_is_no_accident():
    assert closes(numbers(*[1] * 120), Fraction(60)) in (True, False)
    assert closes(numbers(*[1] * 5000), Fraction(2500)) is False


@pytest.mark.parametrize("text", ["F-012", "F-119*", "K-3"])
def test_a_code_is_no_number(text):
    assert only(text) is None


def test_numbers_of_a_list_stay_apart_and_a_torn_decimal_stays_whole():
    assert [each.text for each in find("PKB 43, 44, 45 untuk 2024")] == ["43", "44", "45", "2024"]
    assert [each.value for each in find("capaian 114, 92 %")] == [Fraction("114.92")]


def test_a_number_in_words_means_what_we_write():
    for number in (*range(2200), 10_000, 13_013, 20_500, 999_999):
        assert numeral(terbilang(number)) == number
    for words in (
        "",
        "belas",
        "tiga tiga",
        "puluh dua",
        "dua puluh belas",
        "dua puluh sebelas",
        "orang",
        "seratus ratus",
    ):
        assert numeral(words) is None, words


def table(*rows: tuple[str, ...]) -> Document:
    lines = [Line(no, " ".join(cells), f"tabel 1 baris {no}", cells) for no, cells in enumerate(rows, 1)]
    made = Table([Row((line.no,), list(line.cells)) for line in lines], "Tabel 1.1", torn=False)
    return Document("laporan", lines, [made])


def test_a_column_that_quotes_another_document_has_no_role():
    document = table(
        ("Uraian", "Pagu (Rp) tercetak", "Pagu (Rp) dipakai", "Realisasi (Rp) dipakai"),
        ("Program A", "99.000.000", "20.000.000", "10.000.000"),
    )
    assert quotes(document.tables[0])
    assert [column.place for column in with_role(document.tables[0], "ceiling")] == [2]


def test_a_total_that_is_wrong_by_one_is_still_found():
    rows = [("Uraian", "Jumlah"), ("A", "10"), ("B", "20"), ("C", "30"), ("Jumlah", "61")]
    assert "R2" in {found.rule for found in check(table(*rows))}
    rows[-1] = ("Jumlah", "60")
    assert not [found for found in check(table(*rows)) if found.rule == "R2"]


def test_a_sentence_that_goes_on_speaks_of_the_subject_before_it():
    first = (
        "Target angka penempatan pada akhir Renstra 80 persen. Realisasi sampai tahun ini mencapai 89 persen."
    )
    other = (
        "Target nilai kepuasan warga untuk Renstra 85 persen. Realisasi sampai tahun ini mencapai 70 persen."
    )
    text = f"Laporan Tahun 2031\n\n{first}\n\n{other}\n"
    assert not [found for found in check(read(text.encode(), "x.txt")) if found.rule == "R1"]
    again = first.replace("89", "88")
    text = f"Laporan Tahun 2031\n\n{first}\n\n{again}\n"
    assert [found for found in check(read(text.encode(), "x.txt")) if found.rule == "R1"]


def test_a_report_that_would_keep_the_worker_for_hours_is_refused():
    rows = "\n".join(f"Jumlah peserta pelatihan kelompok {n} sebanyak {n} orang." for n in range(8_001))
    with pytest.raises(Refused, match=r"8\.001 baris .* Periksa bab demi bab"):
        read(rows.encode(), "laporan")
    assert len(read(rows.partition("\n")[2].encode(), "laporan").lines) == 8_000
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(510):
        sheet.append(["Program"] + [1] * 119)
    kept = io.BytesIO()
    book.save(kept)
    with pytest.raises(Refused, match=r"dengan 61\.200 sel"):
        read(kept.getvalue(), "laporan")
    with pytest.raises(Refused, match=r"lebih panjang dari 20\.000 huruf"):
        read(b"Jumlah 1 orang " * 2_000, "laporan")


@pytest.mark.parametrize("code", ["utf-16", "utf-8-sig", "cp1252"])
def test_text_is_read_in_the_codes_that_windows_writes(code):
    lines = read("Tahun 2023 – serapan 89,64 %\n".encode(code), "laporan.txt").lines
    assert [line.text for line in lines] == ["Tahun 2023 – serapan 89,64 %"]


def test_a_pdf_is_not_taken_for_text():
    """It would be read as nonsense, and nonsense contradicts itself nowhere."""
    with pytest.raises(Refused, match="PDF belum dapat dibaca"):
        read(b"%PDF-1.4 Jumlah 1 orang", "laporan.pdf")


def test_a_finding_that_two_passages_give_is_listed_once_with_both_places(monkeypatch):
    """The same words with the same arithmetic are one finding; the same words with another arithmetic are two."""
    document = table(("A", "1"), ("B", "2"), ("C", "3"))

    def rule(report):
        for line, printed in ((1, "12"), (2, "12"), (3, "13")):
            yield report.finding(
                "R2", "SUM", "Bukan jumlah barisnya", [line], [printed, f"baris {line}"], f"10 ≠ {printed}"
            )

    monkeypatch.setattr("lkip.checker.check.ALL", (rule,))
    found = check(document)
    assert [(sorted(each.lines), each.values) for each in found] == [
        ([1, 2], ("12", "baris 1", "baris 2")),
        ([3], ("13", "baris 3")),
    ]
