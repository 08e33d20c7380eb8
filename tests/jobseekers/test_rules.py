"""Pure rules: validity, report days, ages, names, phones, numbers of the card."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.personal import age_on
from jobseekers import validators
from jobseekers.enums import AGE_GROUP_STARTS, AgeGroup

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("issued", "last", "reports"),
    [
        (date(2023, 8, 21), date(2025, 8, 20), [date(2024, 2, 21), date(2024, 8, 21), date(2025, 2, 21)]),
        (date(2023, 8, 31), date(2025, 8, 30), [date(2024, 2, 29), date(2024, 8, 31), date(2025, 2, 28)]),
        (date(2024, 2, 29), date(2026, 2, 28), [date(2024, 8, 29), date(2025, 2, 28), date(2025, 8, 29)]),
        (date(2023, 1, 1), date(2024, 12, 31), [date(2023, 7, 1), date(2024, 1, 1), date(2024, 7, 1)]),
    ],
)
def test_validity_and_report_days(issued, last, reports):
    assert validators.last_valid_day(issued, 24) == last
    assert list(validators.report_days(issued)) == reports


@given(DAYS, st.integers(1, 60))
def test_validity_ends_in_the_right_month_and_never_a_day_too_long(issued, months):
    last = validators.last_valid_day(issued, months)
    following = last + timedelta(days=1)
    index = (issued.year * 12 + issued.month - 1) + months
    if following.day == issued.day:
        assert following.year * 12 + following.month - 1 == index
    else:  # no such day in that month: the month's last day is the last valid one
        assert last.day == calendar.monthrange(last.year, last.month)[1]
        assert last.year * 12 + last.month - 1 == index
        assert issued.day > last.day


@given(DAYS, st.integers(0, 600))
def test_adding_months_keeps_the_day_or_clips_to_the_end(day, months):
    later = validators.add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == min(day.day, calendar.monthrange(later.year, later.month)[1])


@given(st.dates(date(1925, 1, 1), date(2026, 12, 31)), DAYS, st.integers(0, 99))
def test_cut_off_dates_agree_with_ages(born, day, age):
    if born <= day:
        assert (age_on(born, day) >= age) == (born <= validators.born_on_or_before(day, age))


@given(st.dates(date(1930, 1, 1), date(2026, 12, 31)), DAYS)
def test_every_age_has_one_group(born, day):
    if born > day:
        return
    age, group = age_on(born, day), validators.age_group(born, day)
    starts = sorted(start for start, _ in AGE_GROUP_STARTS)
    bounds = dict(zip(starts, [*starts[1:], 200], strict=True))
    start = next(first for first, found in AGE_GROUP_STARTS if found == group)
    assert start <= age < bounds[start]
    assert group in AgeGroup.values


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0812 3456 7890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("(022) 6631234", "+62226631234"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_phone_has_one_spelling(typed, stored):
    assert validators.normalise_phone(typed) == stored


@pytest.mark.parametrize("typed", ["0812", "abc", "081234567890123456", "+1 415 555 2671", "0812<script>"])
def test_phone_that_cannot_be_one_is_refused(typed):
    if typed == "0812<script>":
        with pytest.raises(ValueError, match="angka"):
            validators.normalise_phone(typed)
        return
    with pytest.raises(ValueError, match=r"[Nn]omor telepon"):
        validators.normalise_phone(typed)


@pytest.mark.parametrize(
    "name",
    [
        "Rina",
        "Siti Nur'aini",
        "H. Asep Sunandar, S.Pd.",
        "Ni Luh Putu Sri-Dewi",
        "Andrée Müller",
        "R.A. Kartini",
    ],
)
def test_names_of_ktp_pass(name):
    assert validators.check_name(f"  {name.replace(' ', '   ')} ") == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "12345",
        "Rina <b>",
        "Rina; DROP TABLE",
        "=1+1",
        "李小龙",
        "Rina\x00",
        "A" * 86,
        "Rina 😀",
        "'",
    ],
)
def test_what_is_no_name_is_refused_in_words(name):
    with pytest.raises(ValueError, match="Nama lengkap"):
        validators.check_name(name)


def test_impossible_dates_are_named():
    today = date(2023, 8, 21)
    with pytest.raises(ValueError, match="belum terjadi"):
        validators.check_birth_date(date(2023, 8, 22), today)
    with pytest.raises(ValueError, match="lebih dari 99"):
        validators.check_birth_date(date(1923, 8, 20), today)
    assert validators.check_birth_date(date(1924, 8, 21), today) == date(1924, 8, 21)
    with pytest.raises(ValueError, match="paling akhir 2023"):
        validators.check_graduation_year(2024, date(2003, 1, 1), today)
    with pytest.raises(ValueError, match="terlalu awal"):
        validators.check_graduation_year(2005, date(2003, 1, 1), today)
