"""The city and its people for the tests of training."""

import pytest

from accounts.enums import Role
from core import clock
from tests.employers import builders as city
from tests.training import builders


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(city.TODAY):
        yield


@pytest.fixture
def agency(db):
    """The office of its city."""
    return city.office(city.city())


@pytest.fixture
def trainer(user_with):
    """A training officer."""
    return user_with(Role.TRAINING_OFFICER, full_name="Asep Pelatih Contoh")


@pytest.fixture
def provider(db):
    """An LPK."""
    return builders.provider("LPK Karya Contoh")


@pytest.fixture
def operator(user_with, provider):
    """The operator of the LPK."""
    return user_with(Role.LPK_OPERATOR, provider.institution, full_name="Wati Operator")


@pytest.fixture
def cohort(agency):
    """A running cohort of 20 seats."""
    return builders.cohort()
