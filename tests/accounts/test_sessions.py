"""The list of own sessions."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts import services
from accounts.enums import Role
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/akun/sesi/"


def signed_in(user, agent="Firefox di laptop", address="203.0.113.5"):
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
    phone = signed_in(user, "Chrome di HP", "198.51.100.9")
    laptop = signed_in(user)
    page = laptop.get(PAGE).content.decode()
    assert "Chrome di HP" in page
    assert "198.51.100.9" in page
    assert page.count("Perangkat ini") == 1
    assert phone.get(PAGE).status_code == 200


def test_other_peoples_sessions_are_not_there_and_can_not_be_ended(user, user_with):
    stranger = signed_in(user_with(Role.JOBSEEKER, password=PASSWORD), "Peramban orang lain")
    mine = signed_in(user)
    assert "Peramban orang lain" not in mine.get(PAGE).content.decode()
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


def test_reading_changes_nothing(user):
    laptop = signed_in(user)
    laptop.get(PAGE)
    before = list(UserSession.objects.values())
    laptop.get(PAGE)
    assert list(UserSession.objects.values()) == before
