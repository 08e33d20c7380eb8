"""Fixtures of the accounts tests."""

import datetime as dt
import re

import pytest

from core.jobs import work_off
from core.models import AgencyProfile, Region
from core.personal import make_nik

PASSWORD = "empat gajah makan rumput"


@pytest.fixture(autouse=True)
def office(request) -> None:
    """An office, without which no page of staff opens; for the tests that have a database."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db" if not _real_transactions(request) else "transactional_db")
        city = Region.objects.get_or_create(
            code="32.77", defaults={"name": "Kota Cimahi", "level": "REGENCY"}
        )[0]
        AgencyProfile(
            code="uji", name="Dinas Tenaga Kerja", government="Pemerintah Kota Cimahi", region=city
        ).save()


def _real_transactions(request) -> bool:
    return bool(request.node.get_closest_marker("django_db").kwargs.get("transaction"))


@pytest.fixture
def nik() -> str:
    """A NIK that belongs to nobody."""
    return make_nik("327701", dt.date(2000, 5, 17), "F", 9001)


@pytest.fixture
def other_nik() -> str:
    """Another NIK that belongs to nobody."""
    return make_nik("327702", dt.date(1999, 1, 2), "M", 9002)


@pytest.fixture
def deliver(mailoutbox, settings):
    """Return a function that works off the outbox and gives the delivered mails (Django's, newest last)."""
    settings.OUTBOX_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    def work():
        work_off()
        return list(mailoutbox)

    return work


@pytest.fixture
def link_in():
    """Return a function that gives the path of the first link in a mail."""

    def find(mail) -> str:
        return re.search(r"https?://[^/\s]+(/\S+)", mail.body).group(1)

    return find
