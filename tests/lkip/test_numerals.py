"""Numbers in words are numbers: found, read and held to rule R14; ordinary words are not."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.formats import terbilang
from lkip import consistency, narrative, numerals, text
from lkip.figures import compute
from lkip.models import Section
from lkip.narrative import Desk
from tests.lkip.conftest import YEAR


def said(body):
    return [body[start:end] for start, end in numerals.spans(body)]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("Tercapai seratus dua puluh persen; dua puluh ribu orang bekerja.", ["seratus dua puluh", "dua puluh ribu"]),
        ("Naik dua koma lima persen.", ["dua koma lima"]),
        ("Sebanyak tiga orang dan lima kartu.", ["tiga", "lima"]),
        ("Senilai dua juta rupiah, Seribu lima ratus.", ["dua juta", "Seribu lima ratus"]),
        ("Baris dua\npuluh orang.", ["dua\npuluh"]),
        ("Dua bab, satu arah, nomor sembilan.", []),
        ("Salah satu perusahaan; satu-satunya; kedua orang itu, ketiga, ke dua puluh, ke-dua puluh.", []),
        ("Nilainya 1,5 miliar rupiah dan 5 ribu orang.", []),
        ("Sebanyak 30 (tiga puluh) orang.", []),
        ("Dua belas indikator kinerja utama dan dua puluh tiga sub kegiatan.", []),
        ("Dua belas dari lima belas indikator: sebelas mencapai target, dua belas belum mencapai target.", []),
        ("Persatuan, keduanya, ratusan ribu orang, puluhan kartu.", []),
    ],
)  # fmt: skip
def test_numbers_in_words(body, numbers):
    assert said(body) == numbers
    assert [n for n in text.loose_numbers(body) if not any(map(str.isdigit, n))] == [
        " ".join(n.split()) for n in numbers
    ]


@given(st.integers(0, 10**14))
def test_what_is_spelt_is_read_back(number):
    assert numerals.digits(terbilang(number)) == str(number)


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("Dua koma lima", "2,5"),
        ("nol koma nol tujuh", "0,07"),
        ("dua koma", ""),
        ("dua tiga", ""),
        ("dua juta ribu", ""),
    ],
)
def test_odd_words_mean_no_number(words, digits):
    assert numerals.digits(words) == digits


@pytest.mark.django_db
class TestInANarrative:
    """Flagged like digits, offered the figure that is meant, and declared in the same way."""

    def test_flagged_and_named(self, small_year):
        Section.objects.create(year=YEAR, key="bab4.simpulan", body="Tercapai seratus dua puluh persen.")
        told = [each for each in consistency.check(compute(YEAR)) if each.rule == "R14"]
        assert len(told) == 1
        assert "seratus dua puluh" in told[0].detail

    def test_bound_and_declared(self, small_year):
        body = "Ada empat puluh orang."
        (loose,) = Desk.open(YEAR, "bab1.gambaran").loose(body)
        assert (loose.number, loose.offers[0].mark) == ("empat puluh", "[[angka:base]]")
        assert narrative.bound(body, 4, "empat puluh", "[[angka:base]]") == "Ada [[angka:base]] orang."
        declared = narrative.declared(body, 4, "empat puluh", "luar", "BPS")
        assert declared == "Ada [[luar:empat puluh|BPS]] orang."
        assert text.loose_numbers(declared) == []

    def test_a_number_on_two_lines_is_declared_as_browsers_send_it(self, small_year, client_as):
        body = "Ada empat\r\npuluh orang."
        step = {"langkah": "luar|4|empat\r\npuluh", "body": body, "sumber-4": "BPS"}
        answer = client_as("PLANNER").post(
            reverse("lkip:narrative_preview", args=[YEAR, "bab1.gambaran"]), step
        )
        assert answer.json()["body"] == "Ada [[luar:empat\npuluh|BPS]] orang."

    def test_the_default_sentences_of_a_large_report_are_not_flagged(self, small_year):
        for body in (
            "Dua puluh lima indikator kinerja utama diukur: dua belas mencapai atau melampaui target dan tiga belas "
            "belum memiliki nilai.",
            "Mencatat urutan ke-dua belas dari yang tertinggi dari dua puluh tujuh kabupaten yang dibandingkan.",
            "Anggaran dibagi atas dua belas program; dua puluh satu sub kegiatan terserap rendah.",
            "Dua belas tingkat di bawah target; tiga puluh temuan dinyatakan; dua puluh butir.",
        ):
            assert text.loose_numbers(body) == []
