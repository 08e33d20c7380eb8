"""The second factor: staff can't go without, codes and recovery codes sign in."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from accounts.adapters import SecondFactorAdapter
from accounts.enums import STAFF_ROLES, Role
from accounts.services.second_factor import reseal_secrets
from core.personal import key_id_of
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
SET_UP = "/akun/faktor-kedua/pasang/"


def code_of(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, user):
    return client.post("/akun/masuk/", {"login": user.email, "password": PASSWORD})


def set_up(client) -> str:
    client.get(SET_UP)
    secret = client.session["mfa.totp.secret"]
    assert client.post(SET_UP, {"code": code_of(secret)}).url == "/akun/faktor-kedua/kode-cadangan/"
    return secret


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_staff_without_one_open_nothing_else(client, user_with, role):
    user = user_with(role, password=PASSWORD)
    sign_in(client, user)
    for name in (
        "accounts:home",
        "accounts:sessions",
        "messaging:notices",
        "accounts:users",
        "account_signup",
    ):
        assert client.get(reverse(name)).url == SET_UP
    assert client.get(SET_UP).status_code == 200
    assert client.post("/akun/keluar/").status_code == 302


def test_htmx_is_sent_there_too(client, user_with):
    sign_in(client, user_with(Role.PLANNER, password=PASSWORD))
    response = client.get("/akun/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"] == SET_UP
    assert not response.content


@pytest.mark.parametrize("role", [Role.JOBSEEKER, Role.COMPANY_OPERATOR])
def test_others_may_go_without(client, user_with, role):
    sign_in(client, user_with(role, password=PASSWORD))
    assert client.get("/akun/").status_code == 200


def test_setting_up_opens_the_pages_and_seals_the_secret(
    client, user_with, deliver, django_capture_on_commit_callbacks
):
    user = user_with(Role.PLANNER, password=PASSWORD)
    sign_in(client, user)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up(client)
    assert client.get("/akun/").status_code == 200
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert SecondFactorAdapter().decrypt(stored) == secret
    assert "mfa.totp.secret" not in client.session
    assert deliver()[-1].subject == "Faktor kedua dipasang"


def test_the_page_shows_a_qr_code_and_the_secret(client, user_with):
    sign_in(client, user_with(Role.PLANNER, password=PASSWORD))
    page = client.get(SET_UP).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert "<svg" in page
    assert secret[:4] + " " + secret[4:8] in page


def test_a_wrong_first_code_sets_nothing_up(client, user_with):
    sign_in(client, user_with(Role.PLANNER, password=PASSWORD))
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": "000000"})
    assert response.status_code == 422
    assert "Kode tidak cocok" in response.content.decode()
    assert not Authenticator.objects.exists()


@pytest.fixture
def planner(client, user_with):
    """A planner with a second factor, signed out; `secret` and `codes` on the user."""
    user = user_with(Role.PLANNER, password=PASSWORD)
    sign_in(client, user)
    user.secret = set_up(client)
    user.codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.logout()
    return user


def test_the_password_alone_signs_nobody_in(client, planner):
    assert sign_in(client, planner).url == "/akun/masuk/kode/"
    assert "_auth_user_id" not in client.session
    assert client.get("/akun/").status_code == 302


def test_the_code_signs_in(client, planner, settings):
    sign_in(client, planner)
    page = client.get("/akun/masuk/kode/")
    assert "Ketik kode dari aplikasi" in page.content.decode()
    assert client.post("/akun/masuk/kode/", {"code": code_of(planner.secret)}).url == "/beranda/"
    assert client.session["_auth_user_id"] == str(planner.pk)
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_AGE


def test_a_code_works_once(client, planner):
    code = code_of(planner.secret)
    sign_in(client, planner)
    client.post("/akun/masuk/kode/", {"code": code})
    other = Client()
    sign_in(other, planner)
    response = other.post("/akun/masuk/kode/", {"code": code})
    assert response.status_code == 422
    assert "sudah dipakai" in response.content.decode()


def test_a_recovery_code_works_once(client, planner):
    for expected in (302, 422):
        other = Client()
        sign_in(other, planner)
        assert other.post("/akun/masuk/kode/", {"code": planner.codes[0]}).status_code == expected


def test_guessing_codes_is_limited(client, planner):
    sign_in(client, planner)
    codes = [client.post("/akun/masuk/kode/", {"code": "123123"}).status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
    assert client.post("/akun/masuk/kode/", {"code": code_of(planner.secret)}).status_code == 429


def test_the_code_page_without_a_password_before_leads_to_sign_in(client):
    assert client.get("/akun/masuk/kode/").url == "/akun/masuk/"


def test_staff_can_not_take_it_off(client, planner):
    sign_in(client, planner)
    client.post("/akun/masuk/kode/", {"code": code_of(planner.secret)})
    assert "Lepas faktor kedua" not in client.get("/akun/faktor-kedua/").content.decode()
    response = client.post("/akun/faktor-kedua/lepas/")
    assert "Petugas wajib memakai faktor kedua" in response.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_job_seeker_can(client, user_with):
    user = user_with(Role.JOBSEEKER, password=PASSWORD)
    sign_in(client, user)
    set_up(client)
    assert "Lepas faktor kedua" in client.get("/akun/faktor-kedua/").content.decode()
    assert client.post("/akun/faktor-kedua/lepas/").url == "/akun/faktor-kedua/"
    assert not Authenticator.objects.exists()


def test_recovery_codes_are_shown_downloaded_and_renewed(client, user_with):
    sign_in(client, user_with(Role.PLANNER, password=PASSWORD))
    set_up(client)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    page = client.get("/akun/faktor-kedua/kode-cadangan/").content.decode()
    assert len(codes) == 10
    assert all(code in page for code in codes)
    assert codes[0] in client.get("/akun/faktor-kedua/kode-cadangan/unduh/").content.decode()
    assert client.post("/akun/faktor-kedua/kode-cadangan/baru/").status_code == 302
    assert codes[0] not in client.get("/akun/faktor-kedua/kode-cadangan/").content.decode()


def test_something_sensitive_asks_for_the_password_again_after_a_while(client, user_with):
    sign_in(client, user_with(Role.JOBSEEKER, password=PASSWORD))
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    asked = client.get(SET_UP)
    assert asked.url.startswith("/akun/pastikan/")
    assert client.post(asked.url, {"password": "salah sekali"}).status_code == 422
    assert client.post(asked.url, {"password": PASSWORD}).url == SET_UP
    assert client.get(SET_UP).status_code == 200


def test_confirming_by_code_offers_the_password_too(client, planner):
    sign_in(client, planner)
    client.post("/akun/masuk/kode/", {"code": code_of(planner.secret)})
    page = client.get("/akun/pastikan/kode/").content.decode()
    assert "Pakai kata sandi" in page
    assert client.post("/akun/pastikan/kode/", {"code": planner.codes[1]}).status_code == 302


def test_a_changed_key_seals_the_secrets_again(client, planner, settings):
    import base64

    settings.PERSONAL_DATA_KEYS = {**settings.PERSONAL_DATA_KEYS, 7: b"k" * 32}
    assert reseal_secrets() == 2
    assert reseal_secrets() == 0
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert key_id_of(base64.b64decode(stored)) == 7
    sign_in(client, planner)
    assert client.post("/akun/masuk/kode/", {"code": code_of(planner.secret)}).status_code == 302
