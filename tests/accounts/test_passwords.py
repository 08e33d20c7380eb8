"""A forgotten, an invited and a changed password."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.test import Client

from accounts import services
from accounts.enums import Role
from accounts.models import User
from messaging.models import Message
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "kuda putih minum kopi"
PAGE = "/akun/lupa-sandi/"


@pytest.fixture
def user(user_with, nik):
    """A job seeker who answers to `nik`."""
    found = user_with(Role.JOBSEEKER, email="siti@contoh.test", password=PASSWORD)
    services.bind_nik(actor=None, user=found, nik=nik)
    return found


def set_password(client, path, first=NEW, second=NEW):
    """Follow the link (its secret leaves the address) and send the form."""
    shown = client.get(path)
    return (
        client.post(shown.url, {"new_password1": first, "new_password2": second})
        if shown.status_code == 302
        else shown
    )


@pytest.mark.parametrize("by", ["email", "nik"])
def test_the_whole_way(client, user, nik, deliver, link_in, by):
    assert client.post(PAGE, {"login": user.email if by == "email" else nik}).url == f"{PAGE}terkirim/"
    mail = deliver()[-1]
    assert mail.to == [user.email]
    assert nik not in mail.body
    path = link_in(mail)
    shown = client.get(path)
    assert shown.status_code == 302
    assert path not in shown.url  # the secret no longer stands in the address
    assert "Buat kata sandi" in client.get(shown.url).content.decode()
    assert User.objects.get().check_password(PASSWORD)  # GET changed nothing
    assert set_password(client, path).url == "/akun/masuk/"
    assert User.objects.get().check_password(NEW)
    assert "_auth_user_id" not in client.session  # the link alone signs nobody in


def test_nobody_learns_whether_there_is_an_account(client, user, other_nik, deliver):
    answers = {
        (response.status_code, response.url)
        for response in (
            client.post(PAGE, {"login": text}) for text in (user.email, "tidak@contoh.test", other_nik, "x")
        )
    }
    assert len(answers) == 1
    assert [mail.to for mail in deliver()] == [[user.email]]


def test_inactive_and_demo_accounts_get_no_link(client, user, user_with, deliver, settings):
    User.objects.filter(pk=user.pk).update(is_active=False)
    settings.DEMO_MODE = False
    demo = user_with(Role.PLANNER, is_demo=True)
    client.post(PAGE, {"login": user.email})
    client.post(PAGE, {"login": demo.email})
    assert deliver() == []


def test_a_link_works_once(client, user, deliver, link_in):
    client.post(PAGE, {"login": user.email})
    path = link_in(deliver()[-1])
    set_password(client, path)
    response = set_password(Client(), path, PASSWORD, PASSWORD)
    assert "tidak berlaku lagi" in response.content.decode()
    assert User.objects.get().check_password(NEW)


def test_a_link_dies_after_a_day(client, user, deliver, link_in, monkeypatch):
    client.post(PAGE, {"login": user.email})
    path = link_in(deliver()[-1])
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    later = dt.datetime.now() + dt.timedelta(seconds=django_settings.PASSWORD_RESET_TIMEOUT + 2)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    assert "tidak berlaku lagi" in client.get(path).content.decode()


def test_a_link_dies_with_the_next_sign_in(client, user, deliver, link_in):
    client.post(PAGE, {"login": user.email})
    path = link_in(deliver()[-1])
    client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    assert "tidak berlaku lagi" in Client().get(path).content.decode()


def test_a_weak_password_is_refused_and_nothing_changes(client, user, deliver, link_in):
    client.post(PAGE, {"login": user.email})
    response = set_password(client, link_in(deliver()[-1]), "pendek", "pendek")
    assert "terlalu pendek" in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_new_password_lifts_the_lock_and_ends_all_sessions(client, user, deliver, link_in):
    elsewhere = Client()
    elsewhere.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    for _ in range(5):
        client.post("/akun/masuk/", {"login": user.email, "password": "salah sekali"})
    client.post(PAGE, {"login": user.email})
    set_password(client, link_in(deliver()[-1]))
    assert not AccessAttempt.objects.exists()
    assert client.post("/akun/masuk/", {"login": user.email, "password": NEW}).status_code == 302
    assert elsewhere.get("/akun/").status_code == 302


def test_asking_is_limited_for_an_account_under_both_its_names(client, user, nik):
    codes = [client.post(PAGE, {"login": text}).status_code for text in (user.email, nik, user.email, nik)]
    assert codes == [302, 302, 302, 429]


def test_the_database_holds_no_link(client, user, deliver, link_in):
    client.post(PAGE, {"login": user.email})
    path = link_in(deliver()[-1])
    token = path.rstrip("/").rsplit("/", 1)[1]
    message = Message.objects.get()
    assert message.body == ""  # sent, so dropped
    assert token not in str(Message.objects.values().get())


def test_changing_the_own_password_asks_for_the_present_one(client, user):
    client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    data = {"oldpassword": "salah sekali", "password1": NEW, "password2": NEW}
    response = client.post("/akun/sandi/", data)
    assert response.status_code == 422
    assert "Kata sandi sekarang tidak cocok" in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(
    ("first", "second", "told"), [("pendek", "pendek", "terlalu pendek"), (NEW, "lain", "tidak sama")]
)
def test_changing_follows_the_same_rules(client, user, first, second, told):
    client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    response = client.post("/akun/sandi/", {"oldpassword": PASSWORD, "password1": first, "password2": second})
    assert told in response.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_changing_keeps_this_session_ends_the_others_and_tells_the_owner(client, user, deliver):
    elsewhere = Client()
    for one in (client, elsewhere):
        one.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})
    response = client.post("/akun/sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert response.url == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    assert deliver()[-1].subject == "Kata sandi Anda diganti"


def test_an_account_without_a_password_is_sent_to_the_link(client_as):
    assert client_as(Role.JOBSEEKER).get("/akun/sandi/").url == PAGE
