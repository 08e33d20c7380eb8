"""The city and its people for the tests of the register of activities."""

from datetime import date

import pytest

from accounts.enums import Role
from activities.models import Activity, ActivityParticipants
from core import clock
from tests.employers import builders


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(builders.TODAY):
        yield


@pytest.fixture
def agency(db):
    """The office of its city."""
    return builders.office(builders.city())


@pytest.fixture
def officer(user_with):
    """A pengantar kerja."""
    return user_with(Role.PLACEMENT_OFFICER, full_name="Ratna Dewi Contohwati")


@pytest.fixture
def activity_with(agency):
    """Return a function that saves an activity; ``people`` = {category: (men, women)}."""

    def make(people=None, **changes):
        values = {
            "held_on": date(2023, 3, 14),
            "kind": "SOCIALISATION",
            "title": "Sosialisasi contoh",
            **changes,
        }
        made = Activity.objects.create(**values)
        for category, (male, female) in (people or {}).items():
            ActivityParticipants.objects.create(activity=made, category=category, male=male, female=female)
        return made

    return make
