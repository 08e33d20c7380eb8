"""People, files and officers of the job seekers' tests."""

from datetime import date

import pytest

from core import clock
from tests.small_office import make_agency, make_levels, make_person, make_photo, make_places

TODAY = date(2023, 8, 21)
RENEWAL_DAY = date(2025, 8, 11)


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def places(db):
    """A city with two kecamatan of two kelurahan each, and one kelurahan of another city; by code."""
    return make_places()


@pytest.fixture
def levels(db):
    """Five levels of education; by code."""
    return make_levels()


@pytest.fixture
def agency(places):
    """The office; it demands no documents, so that a test which wants them says so."""
    return make_agency(policies={"ak1_document_ktp": "OPTIONAL", "ak1_document_diploma": "OPTIONAL"})


@pytest.fixture
def photo_file(db):
    """Return a function that keeps a small red picture as a photo."""
    return make_photo


@pytest.fixture
def person_with(agency, places, levels, photo_file):
    """Return a function that registers a person whose file is complete; keyword arguments replace answers."""
    count = 0

    def make(*, actor=None, **changes):
        nonlocal count
        count += 1
        return make_person(9000 + count, actor=actor, **{"photo": photo_file(), **changes})

    return make


@pytest.fixture
def officer(user_with):
    """A pengantar kerja."""
    from accounts.enums import Role

    return user_with(Role.PLACEMENT_OFFICER, full_name="Ratna Dewi Contohwati, S.Sos.")


@pytest.fixture
def seeker(user_with):
    """An account of a job seeker."""
    from accounts.enums import Role

    return user_with(Role.JOBSEEKER, full_name="Rina Lestari")


@pytest.fixture
def sent(person_with, user_with):
    """Return a function that makes a job seeker's application which waits for an officer."""
    from accounts.enums import Role
    from jobseekers.services.applications import start_application, submit

    def make(*, person=None, kind="NEW", reason="", **changes):
        if person is None:
            person = person_with(user=user_with(Role.JOBSEEKER), **changes)
        application = start_application(actor=person.user, person=person, kind=kind, reason=reason)
        return submit(application, actor=person.user, version=application.version)

    return make


@pytest.fixture
def holder(sent, officer, photo_file):
    """A person who was approved once and has a card."""
    from jobseekers.services import applications

    application = sent()
    applications.approve(application, actor=officer, version=application.version, knowingly=True)
    return application.jobseeker


@pytest.fixture
def renewal(holder):
    """The holder's draft, two years later."""
    from jobseekers.services import applications

    with clock.frozen(RENEWAL_DAY):
        yield applications.start_application(actor=holder.user, person=holder, kind="RENEWAL")
