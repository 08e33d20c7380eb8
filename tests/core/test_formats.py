"""Numbers, money and dates the Indonesian way."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from core import formats
from core.clock import ZONE

rationals = st.fractions(min_value=-(10**15), max_value=10**15, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (11872240800, 0, "11.872.240.800"),
        (Fraction(1835, 2047) * 100, 2, "89,64"),
        (-70, 0, "–70"),
        (None, 2, "–"),
        (Decimal("0.005"), 2, "0,01"),
        (Decimal("-0.005"), 2, "–0,01"),
        (Decimal("-0.004"), 2, "0,00"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "–3"),
        (2.675, 2, "2,68"),
        (999.5, 0, "1.000"),
        (10**30, 1, "1.000.000.000.000.000.000.000.000.000.000,0"),
    ],
)
def test_number(value, decimals, shown):
    assert formats.number(value, decimals) == shown


def test_units_follow_a_space_that_does_not_break():
    assert formats.percent(Fraction(183500, 2047)) == "89,64\u00a0%"
    assert formats.rupiah(11872240800) == "Rp\u00a011.872.240.800"
    assert formats.rupiah(Decimal("3514093.25")) == "Rp\u00a03.514.093,25"
    assert formats.rupiah(Decimal("3627880.00")) == "Rp\u00a03.627.880"
    assert formats.rupiah(-5) == "–Rp\u00a05"
    assert formats.percent(None) == formats.rupiah(None) == formats.signed(None) == "–"


def test_signed():
    assert formats.signed(Decimal("20.72")) == "+20,72"
    assert formats.signed(Fraction(-27 * 100, 110)) == "–24,55"
    assert formats.signed(Decimal("0.001")) == "0,00"


@given(rationals, st.integers(0, 12))
def test_rounding_is_half_away_from_zero_and_within_half_a_unit(x, decimals):
    rounded = Fraction(formats.round_half_up(x, decimals))
    assert abs(rounded - x) <= Fraction(1, 2 * 10**decimals)
    if abs(rounded - x) == Fraction(1, 2 * 10**decimals):
        assert abs(rounded) > abs(x)
    assert formats.round_half_up(-x, decimals) == -formats.round_half_up(x, decimals)


@given(rationals, st.integers(0, 6))
def test_a_written_number_reads_back(x, decimals):
    rounded = formats.round_half_up(x, decimals)
    assert formats.parse_number(formats.number(x, decimals)) == rounded
    assert formats.parse_number(formats.percent(x, decimals)) == rounded
    assert formats.parse_number(formats.rupiah(x, decimals)) == rounded
    assert formats.parse_number(formats.signed(x, decimals)) == rounded


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "1.23", "1.2345", "12.34.567", "--1", "1 2", "٣", "1e5", "NaN"]
)
def test_what_is_not_a_number_is_refused_with_an_example(text):
    with pytest.raises(formats.Unreadable, match=r"1\.234\.567"):
        formats.parse_number(text)


@given(st.fractions(max_denominator=10**9))
def test_machine_string_is_exact_when_finite_and_close_when_not(x):
    text = formats.fraction_decimal_string(x)
    rest = x.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        assert Fraction(text) == x
    else:
        assert len(text.partition(".")[2]) == 10
        assert abs(Fraction(text) - x) <= Fraction(1, 2 * 10**10)


def test_machine_string():
    assert formats.fraction_decimal_string(Fraction(183500, 2047)) == "89.6433805569"
    assert formats.fraction_decimal_string(Fraction(100)) == "100"
    assert formats.fraction_decimal_string(Fraction(77, 2)) == "38.5"
    assert formats.fraction_decimal_string(None) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_written_date_reads_back(d):
    assert formats.parse_date(formats.date_long(d)) == d
    assert formats.parse_date(formats.date_short(d)) == d
    assert formats.parse_date(d.isoformat()) == d


def test_dates():
    d = dt.date(2023, 8, 17)
    assert formats.date_long(d) == "17 Agustus 2023"
    assert formats.date_full(d) == "Kamis, 17 Agustus 2023"
    assert formats.date_short(d) == "17-08-2023"
    assert formats.month_long(d) == "Agustus 2023"
    assert (
        formats.datetime_long(dt.datetime(2023, 8, 17, 14, 0, tzinfo=ZONE))
        == "17 Agustus 2023 pukul 14.00 WIB"
    )
    late_utc = dt.datetime(2023, 8, 17, 20, 5, tzinfo=dt.UTC)
    assert formats.datetime_long(late_utc) == "18 Agustus 2023 pukul 03.05 WIB"
    assert formats.date_short(late_utc) == "18-08-2023"
    assert formats.date_long(None) == formats.datetime_long(None) == formats.time_short(None) == "–"


@pytest.mark.parametrize("text", ["31-02-2023", "2023-13-01", "32 Mei 2023", "1 Foo 2023", "00-00-0000"])
def test_impossible_dates_are_refused(text):
    with pytest.raises(formats.Unreadable, match="tidak ada di kalender"):
        formats.parse_date(text)


def test_what_is_not_a_date_is_refused_with_an_example():
    for text in ("", "kemarin", "17-08-23", "1/2"):
        with pytest.raises(formats.Unreadable, match="17-08-2023"):
            formats.parse_date(text)


WORDS = {
    0: "nol",
    11: "sebelas",
    14: "empat belas",
    20: "dua puluh",
    100: "seratus",
    111: "seratus sebelas",
    1000: "seribu",
    1001: "seribu satu",
    1835: "seribu delapan ratus tiga puluh lima",
    2047: "dua ribu empat puluh tujuh",
    101000: "seratus satu ribu",
    1000000: "satu juta",
    1001000: "satu juta seribu",
    11872240800: "sebelas miliar delapan ratus tujuh puluh dua juta dua ratus empat puluh ribu delapan ratus",
    -3: "minus tiga",
}


@pytest.mark.parametrize(("n", "words"), WORDS.items())
def test_terbilang(n, words):
    assert formats.terbilang(n) == words


def _value_of(words: str) -> int:
    """Read a number in words by itself, independent of the writer."""
    ones = [
        "nol",
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "sepuluh",
        "sebelas",
    ]
    scales = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}
    total = part = unit = 0
    for word in words.split():
        if word in ones:
            unit = ones.index(word)
        elif word == "belas":
            unit += 10
        elif word == "puluh":
            part, unit = part + unit * 10, 0
        elif word == "ratus":
            part, unit = part + unit * 100, 0
        elif word == "seratus":
            part += 100
        elif word == "seribu":
            total += 1000
        else:
            total, part, unit = total + (part + unit) * scales[word], 0, 0
    return total + part + unit


@given(st.integers(0, 10**18 - 1))
def test_terbilang_reads_back(n):
    assert _value_of(formats.terbilang(n)) == n


def test_terbilang_refuses_what_it_cannot_say():
    for n in (10**18, Fraction(1, 2)):
        with pytest.raises(ValueError, match="whole numbers"):
            formats.terbilang(n)


def test_template_filters_say_the_same():
    template = Template(
        "{% load formats %}{{ n|number }}|{{ p|percent:1 }}|{{ n|rupiah }}|{{ p|signed }}|{{ d|date_long }}|"
        "{{ d|date_short }}|{{ d|date_full }}|{{ d|month_long }}|{{ n|terbilang }}|{{ missing|number }}|"
        "{{ m|datetime_long }}|{{ m|time_short }}"
    )
    context = {"n": 1835, "p": Fraction(183500, 2047), "d": dt.date(2023, 8, 17)}
    context["m"] = dt.datetime(2023, 8, 17, 9, 30, tzinfo=ZONE)
    assert template.render(Context(context)) == (
        "1.835|89,6\u00a0%|Rp\u00a01.835|+89,64|17 Agustus 2023|17-08-2023|Kamis, 17 Agustus 2023|Agustus 2023|"
        "seribu delapan ratus tiga puluh lima|–|17 Agustus 2023 pukul 09.30 WIB|09.30"
    )
