"""The city and its people for the tests."""

import pytest

from accounts.enums import Role
from core import clock
from tests.employers import builders


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(builders.TODAY):
        yield


@pytest.fixture
def places(db):
    """Regions by code."""
    return builders.city()


@pytest.fixture
def agency(places):
    """The office."""
    return builders.office(places)


@pytest.fixture
def officer(user_with):
    """A pengantar kerja."""
    return user_with(Role.PLACEMENT_OFFICER, full_name="Ratna Dewi Contohwati")


@pytest.fixture
def company(agency):
    """One company in Melong."""
    return builders.company("PT Garmen Contoh", region_id="32.77.01.1001")


@pytest.fixture
def operator(user_with, company):
    """The company's own operator."""
    return user_with(Role.COMPANY_OPERATOR, company.institution, full_name="Dewi Operatorwati")
