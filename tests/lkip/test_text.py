"""The mark grammar: any text can be read, nothing is lost, nothing that was written reaches HTML as markup."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lkip import text

words = st.text(max_size=200)
alphabet = st.sampled_from(
    [
        "[[",
        "]]",
        "[[angka:",
        "tpt",
        ":target",
        "@2023",
        "|",
        "- ",
        "## ",
        "\n",
        "\n\n",
        " ",
        "5",
        "<b>",
        "luar:",
        "a",
    ]
)
marky = st.lists(alphabet, max_size=40).map("".join)


@given(st.one_of(words, marky))
@example("[[[[a]]]]")
@example("| [[luar:1|a]] |")
@example("- ## x\n- \n|\n||")
@settings(max_examples=300, deadline=None)
def test_any_text_can_be_read_and_written_again(body):
    blocks = text.parse(body)
    assert text.parse(text.write(blocks)) == blocks


@given(st.one_of(words, marky))
@settings(max_examples=200, deadline=None)
def test_no_letter_is_lost(body):
    """Every letter and digit that was written stands in some piece; only marks lose their brackets."""
    kept = "".join(
        piece.text + piece.code + piece.note + str(piece.year or "") + piece.facet
        for piece in text.every_piece(text.parse(body))
    ) + "".join(block.uid for block in text.parse(body))
    for letter in re.findall(r"[A-Za-z0-9]", re.sub(r"\[\[.*?\]\]", "", text.clean(body), flags=re.DOTALL)):
        assert letter in kept


@given(st.one_of(words, marky))
@settings(max_examples=200, deadline=None)
def test_what_is_written_never_becomes_markup(body):
    page = text.html(text.parse(body), lambda piece: "<i>&")
    tags = set(re.findall(r"<(/?[a-z0-9]+)", page))
    assert tags <= {
        t
        for name in ("p", "h3", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "span")
        for t in (name, f"/{name}")
    }
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("mark", "piece"),
    [
        ("[[angka:tpt]]", text.Piece("figure", code="tpt")),
        ("[[angka:tpt:target]]", text.Piece("figure", code="tpt", facet="target")),
        (
            "[[angka:budget_p.k.1:serapan@2022]]",
            text.Piece("figure", code="budget_p.k.1", facet="serapan", year=2022),
        ),
        ("[[angka:tpt@2021]]", text.Piece("figure", code="tpt", year=2021)),
        ("[[luar:12,61 persen|BPS]]", text.Piece("external", "12,61 persen", note="BPS")),
        ("[[rujukan:53/2014]]", text.Piece("reference", "53/2014")),
        ("[[tanggal:17 Agustus 2023]]", text.Piece("date", "17 Agustus 2023")),
    ],
)
def test_marks(mark, piece):
    assert text.pieces(mark) == (piece,)
    assert text.mark(piece) == mark


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("[[harga:12]]", "tidak dikenal"),
        ("[[angka:]]", "kosong"),
        ("[[angka:a b]]", "tidak terbaca"),
        ("[[angka:tpt:besar]]", "Sisi angka"),
        ("[[angka:tpt:nilai@23]]", "empat angka"),
        ("[[luar:12]]", "sumber"),
        ("teks [[foto:12345678]] teks", "baris tersendiri"),
    ],
)
def test_a_broken_mark_is_a_visible_fault(mark, message):
    fault = next(p for p in text.pieces(mark) if p.kind == "fault")
    assert fault.text in mark
    assert message in fault.note
    assert text.faults(mark)


def test_blocks():
    body = "## Judul\nbaris satu\nbaris dua\n\n- a\n- b\n\n| x | [[luar:1|2|s]] |\n| y | z |\n[[foto:0a1b2c3d]]\nakhir"
    blocks = text.parse(body)
    assert [b.kind for b in blocks] == ["heading", "paragraph", "list", "table", "photo", "paragraph"]
    assert blocks[1].pieces == (text.Piece("text", "baris satu baris dua"),)
    assert [len(row) for row in blocks[3].rows] == [2, 2]
    assert blocks[3].rows[0][1] == (text.Piece("external", "1|2", note="s"),)


def test_loose_numbers_are_found_and_bound_ones_are_not():
    body = "Ada 1.835 laporan, [[angka:placed]] orang, [[tanggal:2023]] dan 12,5 persen."
    assert text.loose_numbers(body) == ["1.835", "12,5"]


def test_every_sign_of_unicode_that_is_a_number_counts():
    """Fractions, raised and circled digits, one-sign Roman numerals: each prints a number that nothing binds."""
    body = "Naik 10½ kali, luas m², langkah ①, golongan Ⅳ, dan ٣ orang; kata biasa tidak."
    assert text.loose_numbers(body) == ["10½", "²", "①", "Ⅳ", "٣"]


def test_a_digit_in_a_name_is_no_number():
    body = "Kartu AK-1 sebanyak 1 kartu, sesudah COVID-19, peringkat ke-3, TPT-10,52 dan AK-123."
    assert text.loose_numbers(body) == ["1", "3", "10,52", "123"]


def test_a_long_narrative_is_read_at_once():
    body = ("Kalimat dengan [[angka:tpt]] dan angka 5. " * 20 + "\n\n| a | b |\n\n") * 40
    assert len(body) > 30_000
    assert len(text.loose_numbers(body)) == 800
