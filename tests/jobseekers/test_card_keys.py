"""Keys: changed, given up, published; and what the check page says of codes that prove nothing."""

import json
import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from core import clock
from core.errors import Refused
from jobseekers import cardcode, published
from jobseekers.models import AK1Card, CodeKey
from jobseekers.services import applications, cards, code_keys
from tests.caching import forget_all
from tests.jobseekers.conftest import TODAY

pytestmark = pytest.mark.django_db
OLD, NEW, STRANGE = (bytes([n]) * 32 for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def _old_key(settings):
    settings.SIGNING_KEY = OLD


@pytest.fixture
def card(sent, officer):
    application = sent()
    return applications.approve(application, actor=officer, version=application.version)


def code_of(card, **changes):
    facts = {"number": card.number, "issued_on": card.issued_on, "valid_until": card.valid_until} | changes
    return cardcode.sign(facts["number"], "Rina Lestari", facts["issued_on"], facts["valid_until"])


def rotate(settings, on):
    """What an office does: a new secret, then the command."""
    code_keys.register_current()
    settings.SIGNING_KEY = NEW
    with clock.frozen(on):
        return code_keys.register_current()


def said(code):
    answer = Client().post(reverse("jobseekers:check_card"), {"code": code})
    assert answer.status_code == 200
    return answer.context["verdict"], answer.content.decode()


def test_a_retired_key_still_proves_its_codes(card, settings):
    code = code_of(card)
    rotate(settings, TODAY + timedelta(days=30))
    assert code_keys.check(code).number == card.number
    assert code_keys.check(code_of(card)).number == card.number
    verdict, page = said(code)
    assert verdict.kind == "ok"
    assert "Rina L••••••" in page


def test_a_retired_key_signs_no_later_cards(card, settings):
    forged = code_of(card, issued_on=TODAY + timedelta(days=31))
    rotate(settings, TODAY + timedelta(days=30))
    with pytest.raises(cardcode.Altered):
        code_keys.check(forged)


def test_a_revoked_key_is_told_apart(card, settings):
    code = code_of(card)
    old = cardcode.current_kid().hex()
    rotate(settings, TODAY)
    code_keys.revoke(old, reason="Kunci tersalin ke surel")
    with pytest.raises(code_keys.RevokedKey):
        code_keys.check(code)
    verdict, page = said(code)
    assert verdict.kind == "revoked-key"
    assert "Kunci yang menandatanganinya sudah dicabut" in page
    assert "Rina" not in page
    assert said(card.number)[0].kind == "ok", "by number the card holds as before"


def test_an_altered_code_of_a_revoked_key_is_altered(card, settings):
    code = code_of(card)
    old = cardcode.current_kid().hex()
    rotate(settings, TODAY)
    code_keys.revoke(old, reason="x")
    broken = cardcode.b45decode(code[4:])
    broken = broken[:30] + bytes([broken[30] ^ 1]) + broken[31:]
    with pytest.raises(cardcode.Altered):
        code_keys.check("AK1:" + cardcode.b45encode(broken))


def test_every_cause_is_told_apart(card, settings, officer):
    good = code_of(card)
    settings.SIGNING_KEY = STRANGE
    forged = code_of(card)
    settings.SIGNING_KEY = OLD
    data = cardcode.b45decode(good[4:])
    at = data.index(card.number.encode()) + 15
    altered = "AK1:" + cardcode.b45encode(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    found = {
        "ok": said(good),
        "damaged": said(good[:-9]),
        "altered": said(altered),
        "forged": said(forged),
        "unknown": said(code_of(card, number="3277210823999999")),
    }
    with clock.frozen(card.valid_until + timedelta(days=1)):
        found["expired"] = said(good)
    cards.remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Surat")
    found["revoked"] = said(good)
    assert {name: verdict.kind for name, (verdict, _) in found.items()} == {name: name for name in found}
    assert len({verdict.title for verdict, _ in found.values()}) == len(found)
    for name in ("damaged", "altered", "forged", "unknown"):
        assert "Rina" not in found[name][1]
        assert card.number_grouped not in found[name][1]


def test_a_copied_code_of_a_replaced_card_says_so(card, sent, officer):
    copy = code_of(card)
    lost = sent(person=card.jobseeker, kind="REPLACEMENT", reason="LOST")
    applications.approve(lost, actor=officer, version=lost.version)
    verdict, page = said(copy)
    assert (verdict.kind, verdict.status) == ("replaced", "Diganti kartu baru")
    assert AK1Card.objects.active().get().number_grouped not in page


def test_guessing_is_limited(card, monkeypatch):
    # a minute of its own: a slow machine must not cross into the next, nor another worker count into this one
    moment = clock.machine_now() + timedelta(days=400)
    monkeypatch.setattr(clock, "machine_now", lambda: moment)
    client, url = Client(), reverse("jobseekers:check_card")
    codes = [client.post(url, {"code": f"32772108230{n:05d}"}).status_code for n in range(25)]
    assert codes.count(200) == 20
    assert codes[20:] == [429] * 5


# --- the command ---


def run(*words):
    out = StringIO()
    call_command("card_keys", *words, stdout=out)
    return out.getvalue()


def test_the_command_registers_lists_retires_and_revokes(settings):
    assert "belum dicatat" in run("list")
    assert not CodeKey.objects.exists()
    old = cardcode.current_kid().hex()
    assert f"{old}  dipakai" in run("register")
    run("register")
    assert CodeKey.objects.count() == 1
    with pytest.raises(CommandError, match="sedang dipakai"):
        run("retire", old)
    with pytest.raises(CommandError, match="sedang dipakai"):
        run("revoke", old, "--reason", "bocor")
    settings.SIGNING_KEY = NEW
    shown = run("register")
    assert f"{old}  diganti" in shown
    assert f"{cardcode.current_kid().hex()}  dipakai" in shown
    assert "DICABUT" in run("revoke", old, "--reason", "bocor")
    with pytest.raises(CommandError, match="Tidak ada kunci"):
        run("retire", "00000000")
    with pytest.raises(CommandError, match="Tidak ada kunci"):
        run("retire", "bukan-hex")
    settings.SIGNING_KEY = OLD
    with pytest.raises(CommandError, match="sudah pernah diganti"):
        run("register")


def test_revoking_needs_a_reason(settings):
    old = code_keys.register_current()
    settings.SIGNING_KEY = NEW
    with pytest.raises(Refused, match="sebab"):
        code_keys.revoke(str(old), reason="  ")
    old.refresh_from_db()
    assert old.revoked_at is None


# --- what is published ---


def test_the_keys_are_published_without_a_secret(settings, agency):
    rotate(settings, TODAY)
    answer = Client().get(reverse("jobseekers:card_keys"))
    keys = answer.json()["keys"]
    assert [key["status"] for key in keys] == ["active", "retired"]
    assert all({"kty", "crv", "kid", "x", "alg"} <= set(key) and "d" not in key for key in keys)
    for secret in (OLD, NEW):
        assert published.base64url(secret) not in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=600"
    assert answer["Access-Control-Allow-Origin"] == "*"
    again = Client().get(reverse("jobseekers:card_keys"), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_the_list_holds_ended_cards_until_their_date_and_nothing_readable(card, officer):
    assert published.ended_early() == b""
    cards.remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Surat")
    assert published.ended_early() == published.number_hash(card.number)
    page = Client().get(reverse("jobseekers:cards_ended")).content.decode()
    said_by_list = json.loads(published.base64.urlsafe_b64decode(json.loads(page)["payload"] + "=="))
    assert set(said_by_list) == {"format", "made_at", "next_by", "hash", "ended"}
    for secret in (card.number, "Rina", "MOVED"):
        assert secret not in page + json.dumps(said_by_list)
    with clock.frozen(card.valid_until + timedelta(days=1)):
        assert published.ended_early() == b""


def test_asking_again_costs_no_statement(card, django_assert_num_queries):
    client = Client()
    for name in ("card_keys", "cards_ended"):
        client.get(reverse(f"jobseekers:{name}"))
        with django_assert_num_queries(0):
            assert client.get(reverse(f"jobseekers:{name}")).status_code == 200


def test_posting_to_a_published_file_is_refused():
    assert Client().post(reverse("jobseekers:card_keys")).status_code == 405


def test_a_code_costs_one_statement(card, django_assert_num_queries):
    code = code_of(card)
    with django_assert_num_queries(1):
        code_keys.check(code)


@pytest.fixture(autouse=True)
def _fresh_files():
    forget_all()
    yield
    forget_all()


def test_random_secrets_give_other_keys(settings):
    settings.SIGNING_KEY = os.urandom(32)
    first = cardcode.current_kid()
    settings.SIGNING_KEY = os.urandom(32)
    assert cardcode.current_kid() != first
