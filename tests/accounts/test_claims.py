"""Claims on a NIK that another account holds."""

import pytest
from django.urls import reverse

from accounts import services, signals
from accounts.enums import ClaimState, Role
from accounts.models import NikClaim, SignUp, User, UserIdentifier
from accounts.services.claims import open_claim
from core.models.audit import AuditEvent
from core.personal import blind_index
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, timeline
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(user_with, nik) -> User:
    """The account that answers to `nik` now."""
    user = user_with(Role.JOBSEEKER, full_name="Pemegang Lama")
    services.bind_nik(actor=None, user=user, nik=nik)
    return user


@pytest.fixture
def officer(user_with) -> User:
    """A placement officer."""
    return user_with(Role.PLACEMENT_OFFICER)


@pytest.fixture
def claim(holder, officer, nik) -> NikClaim:
    """Somebody else's claim on `nik`."""
    return open_claim(nik=nik, email="budi@contoh.test", full_name="Budi Raharjo", holder=holder)


def decide(claim, step, actor, comment="KTP asli sudah dilihat", version=None):
    return services.decide_claim(claim, step, actor=actor, version=version or claim.version, comment=comment)


def test_granting_frees_the_nik_and_sends_a_fresh_link(claim, holder, officer, nik, deliver, link_in, client):
    released = []

    def listener(sender, user, nik_index, actor, **kwargs):
        released.append((user, nik_index, actor))

    signals.nik_released.connect(listener)
    try:
        decided = decide(claim, "grant", officer)
    finally:
        signals.nik_released.disconnect(listener)
    assert released == [(holder, blind_index(nik), officer)]
    assert (decided.state, decided.decided_by, decided.nik_sealed) == (ClaimState.GRANTED, officer, None)
    assert not UserIdentifier.objects.exists()
    mails = {mail.to[0]: mail for mail in deliver()[-2:]}
    assert "dilepas" in mails[holder.email].subject
    data = {"full_name": "Budi Raharjo", "password1": PASSWORD, "password2": PASSWORD}
    client.post(link_in(mails["budi@contoh.test"]), data)
    assert UserIdentifier.objects.get().user.email == "budi@contoh.test"
    assert timeline(decided)[-1].comment == "KTP asli sudah dilihat"


def test_refusing_leaves_the_holder_alone_and_tells_why(claim, holder, officer, deliver):
    decided = decide(claim, "refuse", officer, "KTP tidak cocok")
    assert (decided.state, decided.nik_sealed) == (ClaimState.REFUSED, None)
    assert UserIdentifier.objects.get().user == holder
    assert not SignUp.objects.exists()
    mail = deliver()[-1]
    assert mail.to == ["budi@contoh.test"]
    assert "KTP tidak cocok" in mail.body


def test_a_nik_in_the_officers_words_does_not_get_into_the_mail(claim, officer, nik, deliver):
    decide(claim, "refuse", officer, f"NIK {nik} bukan milik Anda")
    assert nik not in deliver()[-1].body


@pytest.mark.parametrize(
    "role", [role for role in [None, *Role] if role not in (Role.PLACEMENT_OFFICER, Role.ADMINISTRATOR)]
)
def test_nobody_else_decides_or_sees(claim, user_with, client_as, role, holder):
    actor = user_with(role)
    with pytest.raises(NotAllowed):
        decide(claim, "grant", actor)
    assert not NikClaim.objects.visible_to(actor).exists()
    client = client_as(user=actor)
    page = reverse("accounts:claim_detail", args=[claim.uid])
    assert client.get(page).status_code in (403, 404)
    assert client.post(page, {"langkah": "reveal", "comment": "ingin tahu"}).status_code in (403, 404)
    assert client.get(reverse("accounts:claims")).status_code == 403
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN
    assert UserIdentifier.objects.get().user == holder


def test_the_second_officer_is_told_who_decided(claim, officer, user_with):
    decide(claim, "refuse", officer)
    with pytest.raises(StaleRecord, match="Uji"):
        decide(claim, "grant", user_with(Role.PLACEMENT_OFFICER), version=1)
    with pytest.raises(WrongState):
        decide(claim, "grant", officer, version=2)
    assert not SignUp.objects.exists()


def test_a_decision_needs_a_reason(claim, officer):
    for step in ("grant", "refuse"):
        with pytest.raises(CommentRequired):
            decide(claim, step, officer, comment=" ")


def test_the_page_masks_the_nik_and_shows_it_with_a_reason_that_is_kept(claim, client_as, nik):
    client = client_as(Role.PLACEMENT_OFFICER)
    page = reverse("accounts:claim_detail", args=[claim.uid])
    shown = client.get(page)
    assert nik not in shown.content.decode()
    assert nik[:4] + "••••••••••" + nik[-2:] in shown.content.decode()
    refused = client.post(page, {"langkah": "reveal", "comment": ""})
    assert refused.status_code == 422
    assert "Tulis alasan melihat NIK" in refused.content.decode()
    assert nik not in refused.content.decode()
    assert not AuditEvent.objects.filter(actor_uid=client.user.uid, object_uid=claim.uid).exists()
    opened = client.post(page, {"langkah": "reveal", "comment": "Membandingkan dengan KTP"})
    assert nik in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    event = AuditEvent.objects.get(actor_uid=client.user.uid, object_uid=claim.uid)
    assert event.detail["reason"] == "Membandingkan dengan KTP"
    assert nik not in client.get(page).content.decode()


def test_deciding_on_the_page(claim, client_as):
    client = client_as(Role.PLACEMENT_OFFICER)
    page = reverse("accounts:claim_detail", args=[claim.uid])
    assert client.post(page, {"langkah": "grant", "version": 1, "comment": "KTP cocok"}).status_code == 302
    stale = client.post(page, {"langkah": "refuse", "version": 1, "comment": "Tidak cocok"})
    assert stale.status_code == 409
    claim.refresh_from_db()
    assert claim.state == ClaimState.GRANTED


def test_binding_a_nik_has_its_limits(holder, user_with, nik, other_nik):
    from core.errors import Refused

    other = user_with(Role.JOBSEEKER)
    with pytest.raises(Refused, match="sudah dipakai akun lain"):
        services.bind_nik(actor=None, user=other, nik=nik)
    assert services.bind_nik(actor=None, user=holder, nik=nik).user == holder
    services.bind_nik(actor=None, user=holder, nik=other_nik)
    assert bytes(UserIdentifier.objects.get().nik_index) == blind_index(other_nik)
    services.release_nik(actor=None, user=holder)
    services.release_nik(actor=None, user=holder)
    assert not UserIdentifier.objects.exists()
