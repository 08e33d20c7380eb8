"""The city, its mediators and its cases for the tests of disputes."""

from datetime import date
from itertools import count

import pytest

from accounts.enums import Role
from core import clock
from core.models.reference import DecreedYear, Holiday
from disputes.models import DisputeCase
from tests.employers import builders

HOLIDAYS = [
    (date(2023, 8, 17), "Hari Kemerdekaan", "NATIONAL"),
    (date(2023, 9, 28), "Maulid Nabi", "NATIONAL"),
    (date(2023, 12, 25), "Natal", "NATIONAL"),
    (date(2023, 12, 26), "Cuti bersama Natal", "COLLECTIVE"),
]


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(builders.TODAY):
        yield


@pytest.fixture
def holidays(db):
    """The holidays of the second half of 2023; the year counts as decreed."""
    for day, name, kind in HOLIDAYS:
        Holiday.objects.create(date=day, name=name, kind=kind)
    DecreedYear.objects.create(year=2023, decree="SKB 2023")


@pytest.fixture
def agency(holidays):
    """The office of its city."""
    return builders.office(builders.city())


@pytest.fixture
def company(agency):
    """A company."""
    return builders.company("PT Garmen Contoh")


@pytest.fixture
def head(user_with):
    """The head of section."""
    return user_with(Role.SECTION_HEAD, full_name="Kepala Contoh")


@pytest.fixture
def mediator(user_with):
    """A mediator."""
    return user_with(Role.MEDIATOR, full_name="Hani Mediator Contoh")


@pytest.fixture
def case_with(company):
    """Return a function that saves a case of the company as it stands in `state`; keyword arguments replace values."""
    numbers = count(1)

    def make(state: str = "REGISTERED", **changes) -> DisputeCase:
        values = {
            "number": f"{next(numbers):03}/PPHI/UJI",
            "kind": "TERMINATION",
            "company": company,
            "applicant": "Agus Pekerja Contoh",
            "respondent": "PT Garmen Contoh",
            "workers_male": 1,
            "received_on": date(2023, 7, 3),
            "registered_on": date(2023, 7, 4),
        }
        values |= dates_of(state) | changes
        return DisputeCase.objects.create(state=state, **values)

    return make


def dates_of(state: str) -> dict:
    """The dates that a case has when it has come to `state`."""
    order = ["OFFERED", "ASSIGNED", "CLARIFICATION", "MEDIATION", "RECOMMENDED", "AGREED"]
    fields = {
        "OFFERED": {"offered_on": date(2023, 7, 5)},
        "ASSIGNED": {"assigned_on": date(2023, 7, 17)},
        "CLARIFICATION": {"clarified_on": date(2023, 7, 18)},
        "MEDIATION": {"first_session_on": date(2023, 7, 24)},
        "RECOMMENDED": {"recommended_on": date(2023, 7, 31), "recommendation_received_on": date(2023, 8, 1)},
        "AGREED": {"agreed_on": date(2023, 8, 7)},
    }
    if state == "INCOMPLETE":
        return {"returned_on": date(2023, 7, 5)}
    found = {}
    for name in order[: order.index(state) + 1] if state in order else []:
        found |= fields[name]
    return found
