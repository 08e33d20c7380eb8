"""The legal terms: days and articles as in the law's table, dates by the calendar, frozen in the case."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import calendar
from core.models import AgencyProfile
from core.models.reference import Holiday
from disputes import deadlines
from disputes.models import CaseDeadline
from disputes.services.cases import take_step
from tests.disputes.conftest import HOLIDAYS

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parent / "data" / "ref_pphi_tenggat.csv"
CODES = {
    "BIPARTIT": "BIPARTITE",
    "LENGKAPI_BERKAS": "COMPLETE_FILE",
    "PILIH_JALUR": "CHOOSE_PATH",
    "PANGGILAN_SIDANG1": "FIRST_SESSION",
    "ANJURAN": "RECOMMENDATION",
    "JAWABAN": "REPLY",
    "PB": "AGREEMENT",
    "MEDIASI_TOTAL": "WHOLE_MEDIATION",
}


def test_the_terms_are_those_of_the_table_of_the_law():
    rows = {row["kode"]: row for row in csv.DictReader(TABLE.open())}
    assert set(CODES) == {code for code, row in rows.items() if row["batas"]}
    for theirs, ours in CODES.items():
        row, term = rows[theirs], deadlines.TERMS[ours]
        assert term.days == int(row["batas"])
        assert row["satuan"] == "hari kerja"
        assert term.article.split(" Ps ")[0] == row["dasar"].split(" Ps ")[0]
        assert term.consequence.endswith(".")
        assert term.article


DAYS_OFF = {day for day, _, _ in HOLIDAYS} | {date(2024, 1, 1)}
days = st.integers(0, 150).map(lambda n: date(2023, 7, 1) + timedelta(days=n))


def _by_hand(start: date, n: int, off: set[date]) -> date:
    day = start
    while n:
        day += timedelta(days=1)
        n -= day.weekday() < 5 and day not in off
    return day


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(start=days, code=st.sampled_from(sorted(deadlines.TERMS)), pause=st.integers(0, 6))
def test_a_term_ends_on_the_nth_working_day(agency, start, code, pause):
    term = deadlines.TERMS[code]
    due = deadlines.due(term, start, pause=pause)
    assert due.date == _by_hand(start, term.days + pause, DAYS_OFF)
    assert calendar.is_working_day(due.date)
    assert due.provisional == (due.date.year > 2023)
    assert deadlines.days_left(due.date, start) == term.days + pause
    assert deadlines.days_left(start, due.date) == -(term.days + pause)
    assert due.date > start


def test_the_office_may_work_on_collective_leave(agency):
    start = date(2023, 12, 21)
    assert deadlines.due(deadlines.AGREEMENT, start).date == date(2023, 12, 28)
    profile = AgencyProfile.objects.get()
    profile.policies = {"collective_leave_off": False}
    profile.save()
    assert deadlines.due(deadlines.AGREEMENT, start).date == date(2023, 12, 27)


def test_a_year_without_a_decree_is_provisional(agency):
    assert deadlines.due(deadlines.AGREEMENT, date(2024, 5, 6)).provisional
    assert not deadlines.due(deadlines.AGREEMENT, date(2023, 7, 3)).provisional


def test_the_date_stays_when_the_calendar_changes(case_with, head, mediator):
    made = case_with("OFFERED")
    written = take_step(made, "assign", actor=head, version=1, mediator=mediator, on=date(2023, 8, 14))
    frozen = {row.code: (row.due_on, row.calendar) for row in CaseDeadline.objects.of(written)}
    Holiday.objects.create(date=date(2023, 8, 22), name="Libur kantor", kind="OFFICE")
    calendar.forget()
    assert {row.code: (row.due_on, row.calendar) for row in CaseDeadline.objects.of(written)} == frozen
    assert deadlines.due(deadlines.FIRST_SESSION, date(2023, 8, 14)).calendar != frozen["FIRST_SESSION"][1]


def test_each_step_starts_and_ends_its_terms(case_with, head, mediator):
    made = case_with()

    def running() -> dict:
        return {row.code: row.due_on for row in CaseDeadline.objects.running(made)}

    def step(name: str, day: int, actor=head, **data) -> None:
        nonlocal made
        made = take_step(made, name, actor=actor, version=made.version, on=date(2023, 8, day), **data)

    step("offer", 1)
    assert running() == {"CHOOSE_PATH": date(2023, 8, 10)}
    step("assign", 3, mediator=mediator)
    assert running() == {"FIRST_SESSION": date(2023, 8, 14), "WHOLE_MEDIATION": date(2023, 9, 15)}
    step("open_session", 7, actor=mediator)
    assert running() == {"RECOMMENDATION": date(2023, 8, 22), "WHOLE_MEDIATION": date(2023, 9, 15)}
    step("recommend", 10, actor=mediator, received_on=date(2023, 8, 11))
    assert running() == {"REPLY": date(2023, 8, 28), "WHOLE_MEDIATION": date(2023, 9, 15)}
    step("accept", 15, actor=mediator)
    assert running() == {"AGREEMENT": date(2023, 8, 21), "WHOLE_MEDIATION": date(2023, 9, 15)}
    step("settle_accepted", 18, actor=mediator)
    assert running() == {}
    rows = list(CaseDeadline.objects.of(made))
    assert len(rows) == 6
    assert all(row.late_by == 0 and row.article for row in rows)


def test_a_clarification_stops_the_clock_of_mediation(case_with, head, mediator):
    made = case_with("OFFERED")
    made = take_step(made, "assign", actor=head, version=1, mediator=mediator, on=date(2023, 8, 1))
    made = take_step(made, "clarify", actor=mediator, version=2, on=date(2023, 8, 3))
    made = take_step(made, "open_session", actor=mediator, version=3, on=date(2023, 8, 11))
    rows = {row.code: row for row in CaseDeadline.objects.of(made)}
    assert rows["WHOLE_MEDIATION"].pause == 6
    assert rows["WHOLE_MEDIATION"].due_on == _by_hand(date(2023, 8, 1), 36, DAYS_OFF)
    assert rows["FIRST_SESSION"].due_on == _by_hand(date(2023, 8, 1), 13, DAYS_OFF)
    assert rows["FIRST_SESSION"].late_by == 0


def test_a_missed_term_says_by_how_many_working_days(case_with, head, mediator):
    made = case_with("OFFERED")
    made = take_step(made, "assign", actor=head, version=1, mediator=mediator, on=date(2023, 8, 1))
    made = take_step(made, "open_session", actor=mediator, version=2, on=date(2023, 8, 15))
    assert CaseDeadline.objects.get(case=made, code="FIRST_SESSION").late_by == 3
