"""Sign-up: the same answer to everybody, a link that proves the mailbox, then the account."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import services, signals
from accounts.enums import ClaimState, Role
from accounts.links import absolute
from accounts.models import NikClaim, SignUp, User, UserIdentifier
from accounts.services.sign_up import LinkDead
from core import clock
from core.models.audit import AuditEvent
from core.personal import blind_index
from messaging.models import Message, Notice
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PAGE = "/akun/daftar/"


def ask(client, nik, email="siti@contoh.test"):
    return client.post(PAGE, {"nik": nik, "email": email})


def fill(client, path, **changes):
    data = {"full_name": "Siti Aminah", "password1": PASSWORD, "password2": PASSWORD, **changes}
    return client.post(path, data)


@pytest.fixture
def account(client, nik, deliver, link_in):
    """Somebody who has signed up with `nik`."""
    ask(client, nik)
    fill(client, link_in(deliver()[-1]))
    client.logout()
    return User.objects.get(email="siti@contoh.test")


def test_the_whole_way_from_the_page_to_the_signed_in_account(client, nik, deliver, link_in):
    assert ask(client, nik).url == "/akun/daftar/terkirim/"
    mail = deliver()[-1]
    assert mail.to == ["siti@contoh.test"]
    path = link_in(mail)
    page = client.get(path)
    assert page.status_code == 200
    assert nik[:4] + "••••••••••" + nik[-2:] in page.content.decode()
    assert nik not in page.content.decode()
    assert not User.objects.exists()  # GET made nothing
    assert fill(client, path).status_code == 302
    user = User.objects.get()
    assert user.active_roles == {Role.JOBSEEKER}
    assert user.full_name == "Siti Aminah"
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert Notice.objects.get(user=user).title == "Selamat datang"
    assert not SignUp.objects.exists()
    assert bytes(user.identifier.nik_index) == blind_index(nik)
    assert AuditEvent.objects.filter(kind="user.signed_up", object_uid=user.uid).count() == 1


def test_higher_apps_hear_of_the_account_with_its_nik(client, nik, deliver, link_in):
    heard = []

    def listener(sender, user, nik, **kwargs):
        heard.append((user.email, nik))

    signals.signed_up.connect(listener)
    try:
        ask(client, nik)
        fill(client, link_in(deliver()[-1]))
    finally:
        signals.signed_up.disconnect(listener)
    assert heard == [("siti@contoh.test", nik)]


def test_a_listener_that_fails_leaves_no_account(client, nik, deliver, link_in):
    def listener(**kwargs):
        raise RuntimeError("no person row")

    ask(client, nik)
    path = link_in(deliver()[-1])
    signals.signed_up.connect(listener)
    try:
        with pytest.raises(RuntimeError):
            fill(client, path)
    finally:
        signals.signed_up.disconnect(listener)
    assert not User.objects.exists()
    assert SignUp.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "NIK belum diisi"),
        ("32770157050", "yang diisi 11 angka"),
        ("3277O15705009001", "NIK hanya berisi angka"),
        ("1111111111111111", "16 angka yang sama"),
        ("3277017902009001", "01–31 untuk laki-laki atau 41–71"),
        ("3277013102009001", "tidak ada di kalender"),
        ("3277015705000000", "0000"),
    ],
)
def test_a_malformed_nik_is_named_and_nothing_is_kept(client, typed, told):
    response = ask(client, typed)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not SignUp.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "typed", ["", "siti", "siti@", "si ti@contoh.test", "siti@contoh.test, b@contoh.test"]
)
def test_a_malformed_email_is_named_and_nothing_is_kept(client, nik, typed):
    response = ask(client, nik, typed)
    assert response.status_code == 422
    assert "E-mail" in response.content.decode()
    assert not SignUp.objects.exists()


def test_a_nik_typed_in_groups_is_the_same_nik(client, nik):
    ask(client, f"{nik[:6]} {nik[6:12]}-{nik[12:]}")
    assert bytes(SignUp.objects.get().nik_index) == blind_index(nik)


def test_the_page_answers_a_taken_email_and_a_taken_nik_like_new_ones(client, account, nik, other_nik):
    answers = {
        (response.status_code, response.url)
        for response in (
            ask(client, other_nik, "baru@contoh.test"),
            ask(client, nik, "lain@contoh.test"),
            ask(client, other_nik, "SITI@contoh.test"),
        )
    }
    assert len(answers) == 1


def test_the_mails_to_a_new_and_to_a_taken_nik_read_alike(client, account, nik, other_nik, deliver):
    ask(client, other_nik, "baru@contoh.test")
    ask(client, nik, "lain@contoh.test")
    new, taken = deliver()[-2:]
    assert new.subject == taken.subject
    first, second = (mail.body.splitlines() for mail in (new, taken))
    assert [line for line in first if "http" not in line] == [line for line in second if "http" not in line]


def test_the_owner_of_a_taken_email_is_told_and_nothing_changes(client, account, other_nik, deliver):
    before = User.objects.values().get()
    ask(client, other_nik, "Siti@Contoh.test")
    mail = deliver()[-1]
    assert mail.to == [account.email]
    assert mail.subject == "Anda sudah punya akun"
    assert not SignUp.objects.exists()
    assert User.objects.values().get() == before


def test_the_owner_is_not_flooded(client, account, other_nik, deliver):
    count = len(deliver())
    for _ in range(3):
        ask(client, other_nik, account.email)
    assert len(deliver()) == count + 1


def test_a_claim_on_a_held_nik_becomes_an_officers_task(client, account, nik, deliver, link_in, user_with):
    officer = user_with(Role.PLACEMENT_OFFICER)
    ask(client, nik, "lain@contoh.test")
    response = fill(client, link_in(deliver()[-1]), full_name="Orang Lain")
    assert response.status_code == 200
    assert "sudah tercatat pada akun lain" in response.content.decode()
    claim = NikClaim.objects.get()
    assert (claim.state, claim.email, claim.holder) == (ClaimState.OPEN, "lain@contoh.test", account)
    assert claim.nik == nik
    assert not User.objects.filter(email="lain@contoh.test").exists()
    assert UserIdentifier.objects.get().user == account
    assert Notice.objects.filter(
        user=officer, url=reverse("accounts:claim_detail", args=[claim.uid])
    ).exists()
    assert "_auth_user_id" not in client.session
    told = {mail.to[0] for mail in deliver()[-2:]}
    assert told == {account.email, "lain@contoh.test"}


def test_the_same_claim_twice_is_one_task(client, account, nik, deliver, link_in):
    for _ in range(2):
        ask(client, nik, "lain@contoh.test")
        fill(client, link_in(deliver()[-1] if "tautan" in deliver()[-1].body else deliver()[-3]))
    assert NikClaim.objects.count() == 1


def test_a_link_works_once(client, nik, deliver, link_in):
    ask(client, nik)
    path = link_in(deliver()[-1])
    fill(client, path)
    client.logout()
    response = client.get(path)
    assert response.status_code == 410
    assert fill(client, path).status_code == 410
    assert User.objects.count() == 1


def test_a_link_dies_after_a_day(client, nik, deliver, link_in, monkeypatch):
    ask(client, nik)
    path = link_in(deliver()[-1])
    real = clock.machine_now
    monkeypatch.setattr(clock, "machine_now", lambda: real() + dt.timedelta(hours=24, seconds=1))
    assert client.get(path).status_code == 410
    assert fill(client, path).status_code == 410
    assert not User.objects.exists()
    assert services.sign_up.purge_sign_ups() == 1


def test_a_guessed_link_is_dead(client):
    assert client.get("/akun/daftar/bukan-tautan/").status_code == 410
    with pytest.raises(LinkDead):
        services.find_sign_up("x" * 43)


def test_two_links_of_one_email_make_one_account(client, nik, deliver, link_in):
    ask(client, nik)
    ask(client, nik)
    first, second = (link_in(mail) for mail in deliver()[-2:])
    fill(client, first)
    client.logout()
    assert fill(client, second).status_code == 410
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"full_name": "  "}, "Nama lengkap belum diisi"),
        ({"password1": "pendek", "password2": "pendek"}, "terlalu pendek"),
        ({"password1": "1990010112345", "password2": "1990010112345"}, "hanya angka"),
        ({"password1": "cimahi2023!!", "password2": "cimahi2023!!"}, "mudah ditebak"),
        ({"password1": "siti-aminah-1", "password2": "siti-aminah-1"}, "terlalu mirip"),
        ({"password2": "lain sama sekali"}, "tidak sama"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_the_link(client, nik, deliver, link_in, changes, told):
    ask(client, nik)
    path = link_in(deliver()[-1])
    response = fill(client, path, **changes)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not User.objects.exists()
    assert client.get(path).status_code == 200


def test_who_is_signed_in_does_not_sign_up(client_as, nik):
    client = client_as(Role.JOBSEEKER)
    assert client.get(PAGE).url == "/akun/"
    assert ask(client, nik).url == "/akun/"
    assert not SignUp.objects.exists()


def test_links_lead_to_the_sites_own_address(client, nik, deliver, settings):
    settings.SITE_URL = "https://kerja.contoh.go.id/"
    ask(client, nik)
    assert "https://kerja.contoh.go.id/akun/daftar/" in deliver()[-1].body


def test_sign_up_is_limited_for_an_email_a_nik_and_a_network(client, nik):
    codes = [ask(client, nik).status_code for _ in range(4)]
    assert codes == [302, 302, 302, 429]
    codes = [ask(client, nik, f"{number}@contoh.test").status_code for number in range(4)]
    assert codes[-1] == 429
    assert "coba lagi" in ask(client, nik).content.decode()


def test_a_rule_of_a_higher_app_stands_at_its_field(client, nik, deliver, link_in):
    def listener(**kwargs):
        raise ValidationError({"full_name": "Nama tidak boleh berisi angka."})

    ask(client, nik)
    path = link_in(deliver()[-1])
    signals.signed_up.connect(listener)
    try:
        response = fill(client, path)
    finally:
        signals.signed_up.disconnect(listener)
    assert response.status_code == 422
    assert "Nama tidak boleh berisi angka." in response.content.decode()
    assert not User.objects.exists()
    assert client.get(path).status_code == 200


def test_a_links_secret_gets_into_no_log(client, nik, deliver, link_in, caplog):
    ask(client, nik)
    path = link_in(deliver()[-1])
    caplog.set_level("DEBUG")
    assert fill(client, path, password1="pendek").status_code == 422
    client.get(path)
    assert path.rstrip("/").rsplit("/", 1)[1] not in caplog.text


def test_other_sites_do_not_get_the_links_address_but_the_form_can_be_sent(client, nik, deliver, link_in):
    ask(client, nik)
    page = client.get(link_in(deliver()[-1]))
    assert page["Referrer-Policy"] == "same-origin"


def test_links_of_the_worker_lead_to_the_port_of_the_site(settings, rf):
    settings.SITE_URL, settings.LOCAL_URL = "", "http://127.0.0.1:8222"
    assert absolute("/ak1/") == "http://127.0.0.1:8222/ak1/"
    assert absolute("/ak1/", rf.get("/")) == "http://testserver/ak1/"
    settings.SITE_URL = "https://disnaker.contoh.go.id/"
    assert absolute("/ak1/") == "https://disnaker.contoh.go.id/ak1/"
