"""The resident number: what it says, what cannot be one, what is only odd."""

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.nik import InvalidNik, NikParts, age_on, check_nik_matches, clean_nik, make_nik, parse_nik

ON = dt.date(2026, 11, 21)
GOOD = "3277014508990023"  # a woman born 5 August 1999

regions = st.from_regex(r"[1-9][0-9]{5}", fullmatch=True)
serials = st.integers(1, 9999)


@given(regions, st.dates(dt.date(1927, 11, 23), dt.date(2011, 11, 21)), st.sampled_from("MF"), serials)
def test_what_is_made_parses_back_for_every_working_age(region, birth_date, sex, serial):
    nik = make_nik(region, birth_date, sex, serial)
    assume(len(set(nik)) > 1)
    assert parse_nik(nik, on=ON) == NikParts(region, birth_date, sex, serial)


@given(st.dates(dt.date(1850, 1, 1), ON), st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1)))
def test_the_century_gives_working_age_where_one_does_and_never_a_future_birth(birth_date, on):
    parts = parse_nik(make_nik("327701", birth_date, "M", 9001), on=on) if _possible(birth_date, on) else None
    if parts is None:
        return
    assert parts.birth_date <= on
    centuries = [
        _moved(birth_date, year) for year in (1900 + birth_date.year % 100, 2000 + birth_date.year % 100)
    ]
    working = [born for born in centuries if born and born <= on and 15 <= age_on(born, on) <= 99]
    assert parts.birth_date in (working or [born for born in centuries if born and born <= on])


def _moved(day: dt.date, year: int) -> dt.date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _possible(day: dt.date, on: dt.date) -> bool:
    return any((born := _moved(day, c + day.year % 100)) and born <= on for c in (1900, 2000))


@pytest.mark.parametrize(
    ("year2", "on", "year"),
    [
        ("08", ON, 2008),
        ("15", ON, 2015),  # eleven years old: no century makes 15 to 99, so the latest
        ("30", ON, 1930),
        ("99", ON, 1999),
        ("27", ON, 1927),
        ("11", dt.date(2026, 5, 5), 2011),  # fifteen today
        ("26", ON, 2026),  # a child, or somebody of a hundred
    ],
)
def test_century(year2, on, year):
    assert parse_nik(f"3277010505{year2}9001", on=on).birth_date.year == year


def test_29_february_exists_in_leap_years_only():
    assert parse_nik("3277012902009001", on=ON).birth_date == dt.date(2000, 2, 29)
    with pytest.raises(InvalidNik, match="tidak ada di kalender"):
        parse_nik("3277012902019001", on=ON)


@pytest.mark.parametrize(
    ("nik", "cause"),
    [
        ("", "belum diisi"),
        ("327701450899002", "yang diisi 15 angka"),
        ("32770145089900233", "yang diisi 17 angka"),
        ("32770145089900AB", "hanya berisi angka"),
        ("٣٢٧٧٠١٤٥٠٨٩٩٠٠٢٣", "hanya berisi angka"),
        ("1111111111111111", "angka yang sama"),
        ("3277010008990023", "01–31 untuk laki-laki atau 41–71"),
        ("3277014008990023", "01–31"),
        ("3277013208990023", "01–31"),
        ("3277017208990023", "01–31"),
        ("3277014513990023", "tidak ada di kalender"),
        ("3277013102990023", "tidak ada di kalender"),
        ("3277017102990023", "tidak ada di kalender"),
        ("3277014500990023", "tidak ada di kalender"),
        ("3277014508990000", "0000"),
    ],
)
def test_what_cannot_be_a_nik_is_refused_with_its_cause_and_is_not_repeated(nik, cause):
    with pytest.raises(InvalidNik, match=cause) as caught:
        parse_nik(nik, on=ON)
    assert caught.value.field == "nik"
    if nik:
        assert nik not in str(caught.value)


def test_separators_are_read_over():
    assert clean_nik(" 3277 0145-0899.0023 ") == GOOD
    assert parse_nik(" 3277 0145-0899.0023 ", on=ON).sex == "F"


def test_warnings_only_where_the_form_differs():
    assert check_nik_matches(GOOD, dt.date(1999, 8, 5), "F") == []
    assert check_nik_matches(GOOD, None, None) == []
    assert check_nik_matches(GOOD, dt.date(1899, 8, 5), "F") == []
    assert [w for w in check_nik_matches(GOOD, dt.date(1999, 8, 6), "F") if "Tanggal lahir" in w]
    assert [w for w in check_nik_matches(GOOD, dt.date(1999, 8, 5), "M") if "Jenis kelamin" in w]
    assert len(check_nik_matches(GOOD, dt.date(1998, 8, 5), "M")) == 2


def test_make_nik_refuses_impossible_parts():
    for parts in (
        ("32770", ON, "M", 1),
        ("327701", ON, "X", 1),
        ("327701", ON, "M", 0),
        ("327701", ON, "M", 10000),
    ):
        with pytest.raises(ValueError, match="a NIK needs"):
            make_nik(*parts)
