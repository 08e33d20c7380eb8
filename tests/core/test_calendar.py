"""Working days and the terms that are counted in them."""

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import calendar
from core.models.reference import DecreedYear, Holiday, HolidayKind

pytestmark = pytest.mark.django_db
VECTORS = list(csv.DictReader((Path(__file__).parent / "ref_hari_kerja_uji.csv").open(encoding="utf-8")))
MODES = {"batas_dengan_cuti_bersama_libur": True, "batas_cuti_bersama_tetap_kerja": False}


@pytest.mark.parametrize("column", MODES)
@pytest.mark.parametrize("row", VECTORS, ids=lambda row: f"{row['mulai']}+{row['hari_kerja']}")
def test_vectors(holiday_table, row, column):
    start = dt.date.fromisoformat(row["mulai"])
    off = MODES[column]
    deadline = calendar.add_working_days(start, int(row["hari_kerja"]), collective_leave_off=off)
    assert deadline.date == dt.date.fromisoformat(row[column])
    assert deadline.provisional is False
    assert calendar.working_days_between(start, deadline.date, collective_leave_off=off) == int(
        row["hari_kerja"]
    )


def test_a_decreed_day_a_weekend_and_a_collective_day(holiday_table):
    assert calendar.is_working_day(dt.date(2026, 8, 18))
    assert not calendar.is_working_day(dt.date(2026, 8, 17))
    assert not calendar.is_working_day(dt.date(2026, 8, 22))
    assert not calendar.is_working_day(dt.date(2026, 12, 24))
    assert calendar.is_working_day(dt.date(2026, 12, 24), collective_leave_off=False)


def test_a_term_that_reaches_a_year_without_a_decree_is_provisional(holiday_table):
    assert calendar.is_provisional(2027)
    assert not calendar.is_provisional(2026)
    within = calendar.add_working_days(dt.date(2026, 12, 14), 5)
    across = calendar.add_working_days(dt.date(2026, 12, 28), 10)
    assert (within.provisional, across.provisional) == (False, True)
    assert not calendar.is_working_day(dt.date(2027, 1, 1))
    assert not calendar.is_working_day(dt.date(2027, 8, 17))
    assert calendar.is_working_day(dt.date(2027, 8, 18))


def test_a_decree_replaces_the_computed_days_and_clears_the_mark(holiday_table):
    eid = dt.date(2027, 3, 10)  # what the package computes
    assert not calendar.is_working_day(eid)
    Holiday.objects.create(date=dt.date(2027, 3, 11), name="Idul Fitri", kind=HolidayKind.NATIONAL)
    DecreedYear.objects.create(year=2027, decree="SKB 2027")
    calendar.forget()
    assert calendar.is_working_day(eid)
    assert not calendar.is_working_day(dt.date(2027, 3, 11))
    assert calendar.add_working_days(dt.date(2027, 3, 8), 3).provisional is False


def test_the_offices_own_day_off_counts_also_in_a_computed_year(holiday_table):
    day = dt.date(2027, 6, 21)
    assert calendar.is_working_day(day)
    Holiday.objects.create(date=day, name="Hari Jadi Kota Cimahi", kind=HolidayKind.OFFICE)
    calendar.forget()
    assert not calendar.is_working_day(day)
    assert not calendar.is_working_day(day, collective_leave_off=False)
    assert calendar.is_provisional(2027)


def test_the_calendar_a_date_was_computed_from_has_a_name(holiday_table):
    before = calendar.add_working_days(dt.date(2026, 3, 11), 7).calendar
    assert before == calendar.add_working_days(dt.date(2023, 3, 11), 70).calendar
    Holiday.objects.create(date=dt.date(2026, 3, 12), name="Pilkades", kind=HolidayKind.OFFICE)
    calendar.forget()
    after = calendar.add_working_days(dt.date(2026, 3, 11), 7)
    assert after.calendar != before
    assert after.date == dt.date(2026, 3, 30)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(dt.date(2023, 1, 1), dt.date(2029, 12, 31)), st.integers(0, 60), st.booleans())
def test_the_last_day_is_the_nth_working_day_after_the_start(holiday_table, start, n, off):
    deadline = calendar.add_working_days(start, n, collective_leave_off=off)
    counted = [
        day
        for i in range(1, (deadline.date - start).days + 1)
        if calendar.is_working_day(day := start + dt.timedelta(days=i), collective_leave_off=off)
    ]
    assert len(counted) == n
    assert deadline.date == (counted[-1] if counted else start)
    assert calendar.working_days_between(start, deadline.date, collective_leave_off=off) == n
    assert calendar.working_days_between(deadline.date, start, collective_leave_off=off) == -n


def test_a_negative_term_is_a_mistake(holiday_table):
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(dt.date(2026, 1, 5), -1)


def test_a_list_of_deadlines_asks_the_database_once(holiday_table, django_assert_num_queries):
    calendar.forget()
    with django_assert_num_queries(2):
        for day in range(1, 26):
            calendar.add_working_days(dt.date(2026, 6, day), 30)
