"""Working time within office hours."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import ZONE
from core.officehours import OfficeHours, age_words, working_minutes

HOURS = OfficeHours(8, 16)
HOLIDAYS = {dt.date(2023, 12, 25), dt.date(2023, 12, 26)}


def works(day: dt.date) -> bool:
    """Monday to Friday but Christmas."""
    return day.weekday() < 5 and day not in HOLIDAYS


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> dt.datetime:
    """A moment of December 2023."""
    return dt.datetime(2023, month, day, hour, minute, tzinfo=ZONE)


def minutes(a, b):
    """Office minutes between two moments."""
    return working_minutes(a, b, hours=HOURS, works=works)


moments = st.datetimes(dt.datetime(2023, 11, 20), dt.datetime(2024, 1, 10)).map(
    lambda found: found.replace(second=0, microsecond=0, tzinfo=ZONE)
)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(14, 10, 44), at(15, 9, 20), 316 + 80),
        (at(14, 9), at(14, 9, 56), 56),
        (at(14, 17), at(15, 7), 0),  # one night
        (at(15, 15), at(18, 9), 120),  # over a weekend
        (at(22, 15), at(27, 9), 120),  # over Christmas
        (at(16, 10), at(17, 10), 0),  # Saturday to Sunday
        (at(14, 3), at(14, 23), 480),
        (at(15, 9), at(14, 9), 0),
    ],
)
def test_examples(start, end, expected):
    assert minutes(start, end) == expected


@given(moments, moments, moments)
def test_additive(a, b, c):
    a, b, c = sorted((a, b, c))
    assert minutes(a, b) + minutes(b, c) == minutes(a, c)


@given(moments, moments)
def test_counts_every_open_minute_once(a, b):
    a, b = sorted((a, b))
    b = min(b, a + dt.timedelta(days=3))
    step, count = a, 0
    while step < b:
        count += works(step.date()) and HOURS.opens <= step.hour < HOURS.closes
        step += dt.timedelta(minutes=1)
    assert minutes(a, b) == count


@given(moments, moments)
def test_never_negative_and_never_longer_than_the_clock(a, b):
    assert 0 <= minutes(a, b) <= max((b - a).total_seconds() / 60, 0)


@given(moments, moments)
def test_the_zone_of_a_moment_does_not_matter(a, b):
    other = dt.timezone(dt.timedelta(hours=-5))
    assert minutes(a.astimezone(other), b.astimezone(other)) == minutes(a, b)


@given(st.integers(0, 10_000), st.integers(0, 30))
def test_words_name_a_unit(count, days):
    words = age_words(count, hours=HOURS, days=days)
    assert words.endswith((" menit kerja", " jam kerja", " hari kerja"))
    assert not words.startswith("0 ") or count == 0


def test_words():
    assert age_words(56, hours=HOURS, days=0) == "56 menit kerja"
    assert age_words(396, hours=HOURS, days=1) == "6 jam kerja"
    assert age_words(1200, hours=HOURS, days=3) == "3 hari kerja"


@pytest.mark.parametrize(("opens", "closes"), [(8, 8), (16, 8), (-1, 8), (8, 25)])
def test_an_office_that_never_opens(opens, closes):
    with pytest.raises(ValueError, match="opens before it closes"):
        OfficeHours(opens, closes)
