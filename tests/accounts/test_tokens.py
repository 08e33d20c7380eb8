"""Access tokens: made for the password, shown once, hashed, read-only by default, ended in every way they can end."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import services
from accounts.enums import Role
from accounts.models import AccessToken
from accounts.services.tokens import DAYS, MOST_TOKENS, make_token, owner_of, purge_tokens, revoke_tokens
from core import clock
from core.errors import Refused
from core.models.audit import AuditEvent
from jobseekers.models import JobSeeker

pytestmark = pytest.mark.django_db
PASSWORD = "sandi-uji-yang-panjang"


@pytest.fixture
def user(user_with):
    """A job seeker's account with a password."""
    found = user_with(Role.JOBSEEKER)
    found.set_password(PASSWORD)
    found.save()
    return found


@pytest.fixture
def person(user):
    """The account's own row."""
    return JobSeeker.objects.create(user=user, full_name="Uji", sex="F")


@pytest.fixture
def page(client):
    """The signed-in client, and the page's address."""

    def ask(user, **told):
        client.force_login(user)
        return (
            client.post(reverse("accounts:tokens"), told) if told else client.get(reverse("accounts:tokens"))
        )

    return ask


def made(user, **changes):
    return make_token(actor=user, **({"label": "Uji", "days": 30, "may_write": False} | changes))


def ask(token, method="GET", name="own_visits", **more):
    headers = {"Authorization": f"Bearer {token}", **more}
    return Client(enforce_csrf_checks=True).generic(
        method, reverse(f"api:{name}"), "{}", "application/json", headers=headers
    )


def test_it_is_made_for_the_password_and_shown_once(page, user):
    wrong = page(user, label="Ponsel", days="30", password="salah")
    assert wrong.status_code == 422
    assert not AccessToken.objects.exists()
    shown = page(user, label="Ponsel", days="30", password=PASSWORD)
    assert "no-store" in shown["Cache-Control"]
    (token,) = re.findall(r"sdk_[\w-]{43}", shown.content.decode())
    assert token not in page(user).content.decode()
    row = AccessToken.objects.get()
    assert (row.label, row.may_write) == ("Ponsel", False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM accounts_accesstoken")
        assert token not in str(cursor.fetchall())
    assert token not in str(list(AuditEvent.objects.values()))
    assert owner_of(token).user == user


def test_it_signs_in_without_a_session_and_reads_only(user, person):
    _, token = made(user)
    assert ask(token).status_code == 200
    assert AccessToken.objects.get().last_used_on == clock.machine_now().date()
    refused = ask(token, "POST", "own_requests", **{"Idempotency-Key": "kunci-0001"})
    assert refused.status_code == 403
    assert refused.json()["detail"] == "Token ini hanya untuk membaca. Tidak ada yang berubah."
    _, writing = made(user, may_write=True)
    assert ask(writing, "POST", "own_requests", **{"Idempotency-Key": "kunci-0001"}).status_code == 422


def test_what_shows_a_nik_in_clear_needs_a_session(user, person):
    _, token = made(user, may_write=True)
    assert ask(token, "POST", "own_data").status_code == 403
    assert ask(token, "POST", "own_data_paper").status_code == 403
    assert ask(token, "POST", "own_requests", **{"Idempotency-Key": "kunci-0001"}).status_code == 422


def test_every_way_it_ends(user, user_with, client):
    row, token = made(user)
    other = user_with(Role.JOBSEEKER)
    assert revoke_tokens(user=other, actor=other, only=row) == 0
    client.force_login(other)
    client.post(reverse("accounts:tokens"), {"cabut": str(row.uid)})
    assert owner_of(token) is not None, "somebody else can't end it"
    client.force_login(user)
    client.post(reverse("accounts:tokens"), {"cabut": str(row.uid)})
    assert ask(token).status_code == 401
    assert AuditEvent.objects.filter(kind="account.token_revoked", object_uid=user.uid).count() == 1
    row, token = made(user)
    AccessToken.objects.filter(pk=row.pk).update(
        created_at=row.created_at - timedelta(days=40), expires_at=clock.machine_now() - timedelta(seconds=1)
    )
    assert ask(token).status_code == 401
    _, token = made(user)
    new = {"oldpassword": PASSWORD, "password1": "kopi-angin-jendela-7", "password2": "kopi-angin-jendela-7"}
    client.force_login(user)
    assert client.post(reverse("account_change_password"), new).status_code == 302
    assert ask(token).status_code == 401
    _, token = made(user)
    user.is_active = False
    user.save()
    assert ask(token).status_code == 401


def test_erasing_the_account_takes_its_tokens(user):
    _, token = made(user)
    services.erase_account(user, actor=None)
    assert owner_of(token) is None
    assert not AccessToken.objects.exists()


def test_staff_need_their_second_factor(user_with, settings):
    officer = user_with(Role.PLACEMENT_OFFICER)
    _, token = made(officer)
    assert (owner_of(token) is None) == (not officer.authenticator_set.exists())
    officer.authenticator_set.all().delete()
    assert ask(token, name="applications").status_code == 401


def test_it_can_do_no_more_than_its_owner(user):
    _, token = made(user, may_write=True)
    assert ask(token, name="applications").status_code == 403
    assert ask(token, name="people").status_code == 403


def test_bounds(user):
    for wrong in ({"label": "  "}, {"days": 365}):
        with pytest.raises(Refused):
            made(user, **wrong)
    for _ in range(MOST_TOKENS):
        made(user)
    with pytest.raises(Refused):
        made(user)
    assert AccessToken.objects.count() == MOST_TOKENS
    long_ago = clock.machine_now() - timedelta(days=DAYS[-1] + 40)
    AccessToken.objects.update(created_at=long_ago, expires_at=long_ago + timedelta(days=7))
    assert purge_tokens() == MOST_TOKENS


def test_wrong_tokens_are_counted_and_beside_a_session_refused(user, client, monkeypatch):
    client.force_login(user)
    moment = clock.machine_now()
    monkeypatch.setattr(clock, "machine_now", lambda: moment)  # the window of a minute doesn't end meanwhile
    address = reverse("api:own_requests")
    assert client.get(address, headers={"Authorization": "Bearer sdk_salah"}).status_code == 401
    answers = [ask("sdk_salah").status_code for _ in range(25)]
    assert answers[0] == 401
    assert answers[-1] == 429
    _, token = made(user)
    assert ask(token, name="own_looks").status_code in (200, 404), "a right one is not in the way"
