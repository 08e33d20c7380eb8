"""The list of own sessions."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import services
from accounts.devices import device_name
from accounts.enums import Role
from core import clock
from core.jobs import enqueue, work_off
from core.models.job import JobState
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/akun/sesi/"


FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0 Mobile Safari/537.36"


def signed_in(user, agent=FIREFOX, address="203.0.113.5"):
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def user(user_with):
    """A job seeker with a password."""
    return user_with(Role.JOBSEEKER, password=PASSWORD)


def row_of(client) -> UserSession:
    return UserSession.objects.get(session_key=client.session.session_key)


def test_it_shows_device_address_and_which_one_this_is(user):
    phone = signed_in(user, PHONE, "198.51.100.9")
    laptop = signed_in(user)
    page = laptop.get(PAGE).content.decode()
    assert "Chrome di HP Android" in page
    assert "Firefox di komputer Windows" in page
    assert "198.51.100.9" in page
    assert page.count("Perangkat ini") == 1
    assert phone.get(PAGE).status_code == 200


def test_other_peoples_sessions_are_not_there_and_can_not_be_ended(user, user_with):
    stranger = signed_in(user_with(Role.JOBSEEKER, password=PASSWORD), PHONE)
    mine = signed_in(user)
    assert "HP Android" not in mine.get(PAGE).content.decode()
    assert mine.post(PAGE, {"sesi": str(row_of(stranger).pk)}).status_code == 302
    assert stranger.get("/akun/").status_code == 200
    with pytest.raises(PermissionError):
        services.end_session(actor=user, session=row_of(stranger))


def test_ending_one(user):
    phone, laptop = signed_in(user), signed_in(user)
    assert laptop.post(PAGE, {"sesi": str(row_of(phone).pk)}).url == PAGE
    assert phone.get("/akun/").status_code == 302
    assert laptop.get("/akun/").status_code == 200


def test_ending_this_one_signs_out(user):
    laptop = signed_in(user)
    assert laptop.post(PAGE, {"sesi": str(row_of(laptop).pk)}).url == "/akun/masuk/"
    assert laptop.get("/akun/").status_code == 302


def test_ending_all_others(user):
    others, laptop = [signed_in(user) for _ in range(3)], signed_in(user)
    laptop.post(PAGE, {"sesi": "lain"})
    assert [other.get("/akun/").status_code for other in others] == [302, 302, 302]
    assert laptop.get("/akun/").status_code == 200


@pytest.mark.parametrize("value", ["", "0", "-1", "abc", "9" * 40])
def test_nonsense_changes_nothing(user, value):
    laptop = signed_in(user)
    assert laptop.post(PAGE, {"sesi": value}).status_code == 302
    assert laptop.get("/akun/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (FIREFOX, "Firefox di komputer Windows"),
        (PHONE, "Chrome di HP Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/139.0 Safari/537.36 Edg/139.0", "Edge di komputer Windows"),
        ("curl/8.0", "Perangkat tidak dikenal"),
        ("", "Perangkat tidak dikenal"),
        ("Windows", "Komputer Windows"),
    ],
)
def test_what_a_device_is_called(agent, name):
    assert device_name(agent) == name


def test_sessions_cost_the_same_queries_however_many(user):
    laptop = signed_in(user)
    laptop.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        laptop.get(PAGE)
    for _ in range(4):
        signed_in(user)
    with CaptureQueriesContext(connection) as many:
        page = laptop.get(PAGE).content.decode()
    assert page.count("Alamat IP") == 6
    assert len(many) == len(few)


def test_what_has_run_out_is_not_listed_and_is_purged(user):
    old, laptop = signed_in(user), signed_in(user)
    Session.objects.filter(session_key=old.session.session_key).update(
        expire_date=clock.machine_now() - dt.timedelta(seconds=1)
    )
    assert laptop.get(PAGE).content.decode().count("Firefox") == 1
    job = enqueue("accounts.purge", key="uji")
    work_off()
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert UserSession.objects.get() == row_of(laptop)
    assert Session.objects.count() == 1


def test_the_purge_drops_locks_that_are_over_and_no_others(client, user, monkeypatch):
    client.post("/akun/masuk/", {"login": user.email, "password": "salah sekali"})
    assert services.purge_lock_outs() == 0
    real = clock.machine_now
    monkeypatch.setattr(clock, "machine_now", lambda: real() + dt.timedelta(minutes=16))
    assert services.purge_lock_outs() == 1
    assert not AccessAttempt.objects.exists()


def test_reading_changes_nothing(user):
    laptop = signed_in(user)
    laptop.get(PAGE)
    before = list(UserSession.objects.values())
    laptop.get(PAGE)
    assert list(UserSession.objects.values()) == before
