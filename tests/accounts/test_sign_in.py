"""Signing in by e-mail or NIK, lock-out, limits, demo logins."""

import pytest
from axes.models import AccessAttempt
from django.urls import reverse

from accounts import services
from accounts.enums import Role
from accounts.lockout import account_key
from accounts.models import User
from core.models.audit import AuditEvent
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/akun/masuk/"


@pytest.fixture
def user(user_with, nik):
    """A job seeker who answers to `nik`."""
    found = user_with(Role.JOBSEEKER, email="siti@contoh.test", password=PASSWORD)
    services.bind_nik(actor=None, user=found, nik=nik)
    return found


def sign_in(client, login, password=PASSWORD, **more):
    return client.post(PAGE, {"login": login, "password": password, **more})


def signed_in_as(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("login", ["siti@contoh.test", "SITI@Contoh.test", "  siti@contoh.test "])
def test_by_email_in_any_case(client, user, login):
    response = sign_in(client, login)
    assert response.status_code == 302
    assert signed_in_as(client) == str(user.pk)


def test_by_nik_also_in_groups(client, user, nik):
    assert sign_in(client, f"{nik[:6]} {nik[6:12]} {nik[12:]}").status_code == 302
    assert signed_in_as(client) == str(user.pk)


def test_the_page_leads_back_where_one_came_from(client, user):
    asked = client.get(reverse("accounts:sessions"))
    assert client.post(asked.url, {"login": user.email, "password": PASSWORD}).url == "/akun/sesi/"


def test_it_never_leads_to_another_site(client, user):
    response = client.post(f"{PAGE}?next=https://jahat.contoh/", {"login": user.email, "password": PASSWORD})
    assert response.url == "/beranda/"


def test_wrong_and_unknown_get_the_same_words(client, user, nik, other_nik):
    pages = []
    for login in (user.email, nik, other_nik, "tidak.ada@contoh.test", "bukan apa-apa"):
        response = sign_in(client, login, "salah sekali")
        assert response.status_code == 422
        pages.append("E-mail, NIK, atau kata sandi tidak cocok" in response.content.decode())
    assert all(pages)
    assert signed_in_as(client) is None


def test_an_unknown_account_costs_a_hash_too(client, user, monkeypatch):
    hashed = []
    monkeypatch.setattr("accounts.backends.make_password", lambda password: hashed.append(password))
    sign_in(client, "tidak.ada@contoh.test", "salah sekali")
    assert hashed == ["salah sekali"]


def test_a_very_long_password_is_not_even_hashed(client, user, monkeypatch):
    monkeypatch.setattr(User, "check_password", lambda self, raw: pytest.fail("hashed"))
    assert sign_in(client, user.email, "x" * 129).status_code == 422
    assert client.post(PAGE, {"login": user.email, "password": "x" * 100_000}).status_code == 422


def test_an_inactive_account_gets_the_same_words(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert "tidak cocok" in sign_in(client, user.email).content.decode()
    assert signed_in_as(client) is None


def test_switching_an_account_off_ends_its_requests_at_once(client, user):
    sign_in(client, user.email)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("accounts:home")).status_code == 302


def test_five_wrong_passwords_lock_the_account_from_there(client, user, nik):
    codes = [sign_in(client, user.email, "salah sekali").status_code for _ in range(5)]
    assert codes == [422, 422, 422, 422, 429]
    locked = sign_in(client, user.email)
    assert locked.status_code == 429
    assert "15 menit" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert sign_in(client, nik).status_code == 429  # the same account by its other name
    assert signed_in_as(client) is None


def test_an_account_that_does_not_exist_locks_alike(client, other_nik):
    codes = [sign_in(client, other_nik, "salah sekali").status_code for _ in range(5)]
    assert codes == [422, 422, 422, 422, 429]


def test_the_lock_holds_for_one_address_only(client, user):
    for _ in range(5):
        sign_in(client, user.email, "salah sekali")
    client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    assert sign_in(client, user.email).status_code == 302


def test_many_addresses_together_meet_the_limit_of_the_account(client, user):
    for number in range(60):
        client.defaults["REMOTE_ADDR"] = f"203.0.113.{number}"
        assert sign_in(client, user.email, "salah sekali").status_code == 422
    client.defaults["REMOTE_ADDR"] = "198.51.100.1"
    response = sign_in(client, user.email)
    assert "Terlalu banyak percobaan" in response.content.decode()
    assert signed_in_as(client) is None


def test_a_right_password_forgives_the_wrong_ones_before(client, user):
    for _ in range(4):
        sign_in(client, user.email, "salah sekali")
    assert sign_in(client, user.email).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_one_network_may_not_try_for_ever(client, user):
    codes = [sign_in(client, f"{number}@contoh.test", "salah").status_code for number in range(61)]
    assert codes[:60] == [422] * 60
    assert codes[60] == 429


def test_the_lock_out_table_knows_the_account_by_a_keyed_hash_only(client, user, nik):
    sign_in(client, nik, "salah sekali", next=f"/?q={nik}")
    sign_in(client, user.email, "salah sekali")
    attempt = AccessAttempt.objects.get()
    assert attempt.username == account_key(user.email)
    row = " ".join(str(value) for value in AccessAttempt.objects.values_list().get())
    assert user.email not in row
    assert nik not in row
    assert "salah sekali" not in row


def test_demo_logins_work_in_demo_mode_only(client, user_with, settings):
    demo = user_with(Role.PLANNER, password=PASSWORD, is_demo=True)
    settings.DEMO_MODE = False
    assert sign_in(client, demo.email).status_code == 422
    settings.DEMO_MODE = True
    assert sign_in(client, demo.email).status_code == 302
    assert client.get(reverse("accounts:home")).status_code == 200  # without a second factor
    settings.DEMO_MODE = False
    assert client.get(reverse("accounts:home")).status_code == 302  # the old session is worth nothing


def test_a_ticked_box_keeps_a_job_seeker_signed_in_but_never_staff(client, user, user_with, settings):
    sign_in(client, user.email)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, user.email, remember="on")
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE
    client.logout()
    settings.DEMO_MODE = True
    staff = user_with(Role.PLANNER, password=PASSWORD, is_demo=True)
    sign_in(client, staff.email, remember="on")
    assert client.session.get_expiry_age() == settings.STAFF_SESSION_AGE


def test_signing_in_and_out_is_in_the_audit_trail(client, user, nik):
    sign_in(client, nik, "salah sekali")
    sign_in(client, nik)
    assert client.get("/akun/keluar/").status_code == 200
    assert signed_in_as(client)  # GET only asks
    assert client.post("/akun/keluar/").url == "/"
    kinds = list(AuditEvent.objects.values_list("kind", "actor_uid"))
    assert kinds[-3:] == [
        ("session.refused", None),
        ("session.started", user.uid),
        ("session.ended", user.uid),
    ]
    assert nik not in str(list(AuditEvent.objects.values()))


def test_last_sign_in_is_kept_without_a_history_row(client, user):
    before = user.history.count()
    sign_in(client, user.email)
    user.refresh_from_db()
    assert user.last_login is not None
    assert user.history.count() == before


def test_the_session_holds_no_nik(client, user, nik):
    sign_in(client, nik, "salah sekali")
    assert nik not in str(dict(client.session))
    sign_in(client, nik)
    assert nik not in str(dict(client.session))
