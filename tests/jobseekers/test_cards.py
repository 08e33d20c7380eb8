"""The life of a card and the ledger behind it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.links import absolute
from core import clock, jobs
from core.errors import Refused
from core.workflow import NotAllowed, WrongState
from jobseekers.models import AK1Card, Episode, EpisodeEvent
from jobseekers.models.episode import AppendOnly
from jobseekers.services import applications, cards, visits
from jobseekers.signals import life_event
from jobseekers.tasks import EXPIRE
from messaging.models import Message, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(sent, officer):
    """Return a function that approves a fresh application."""

    def make(**changes):
        application = sent(**changes)
        return applications.approve(application, actor=officer, version=application.version)

    return make


@pytest.fixture
def heard():
    """The life events that a listener hears."""
    events = []

    def listener(sender, event, **kwargs):
        assert transaction.get_connection().in_atomic_block
        events.append((event.kind, event.on, event.reason))

    life_event.connect(listener)
    yield events
    life_event.disconnect(listener)


def test_placement_ends_card_and_episode(issued, officer, heard):
    card = issued()
    day = date(2023, 10, 2)
    event = cards.record_placement(actor=officer, person=card.jobseeker, on=day)
    card.refresh_from_db()
    assert (card.state, card.ended_on) == ("PLACED", day)
    assert Episode.objects.get().closed_on == day
    assert event.kind == "PLACED"
    assert heard == [("REGISTERED", date(2023, 8, 21), ""), ("PLACED", day, "")]
    assert cards.record_placement(actor=officer, person=card.jobseeker, on=day) is None


def test_placement_before_the_registration_is_no_event_of_it(issued, officer):
    card = issued()
    assert cards.record_placement(actor=officer, person=card.jobseeker, on=date(2023, 8, 20)) is None
    card.refresh_from_db()
    assert card.state == "ACTIVE"


def test_removal_needs_reason_comment_and_an_officer(issued, officer, user_with):
    card = issued()
    before = (
        list(AK1Card.objects.values()),
        list(Episode.objects.values()),
        list(EpisodeEvent.objects.values()),
    )
    for actor, reason, comment, problem in (
        (officer, "BORED", "x", Refused),
        (officer, "MOVED", " ", Refused),
        (user_with("SECTION_HEAD"), "MOVED", "Surat", NotAllowed),
    ):
        with pytest.raises(problem):
            cards.remove_from_register(
                card, actor=actor, version=card.version, reason=reason, comment=comment
            )
    now = (
        list(AK1Card.objects.values()),
        list(Episode.objects.values()),
        list(EpisodeEvent.objects.values()),
    )
    assert now == before
    ended = cards.remove_from_register(
        card, actor=officer, version=card.version, reason="MOVED", comment="Surat pindah"
    )
    assert (ended.state, ended.removal_reason) == ("REMOVED", "MOVED")
    with pytest.raises(WrongState):
        cards.remove_from_register(ended, actor=officer, version=ended.version, reason="DIED", comment="x")


def test_expiry_runs_daily_and_once(issued, heard):
    card, other = (
        issued(),
        issued(full_name="Budi", sex="M", birth_date=date(1999, 2, 28), graduation_year=None),
    )
    with clock.frozen(card.valid_until):
        jobs.enqueue(EXPIRE, key="a")
        jobs.work_off()
    assert AK1Card.objects.active().count() == 2
    with clock.frozen(card.valid_until + timedelta(days=1)):
        jobs.enqueue(EXPIRE, key="b")
        jobs.enqueue(EXPIRE, key="c")
        jobs.work_off()
    card.refresh_from_db()
    assert (card.state, card.ended_on) == ("EXPIRED", date(2025, 8, 21))
    assert not AK1Card.objects.active().exists()
    assert [event.kind for event in EpisodeEvent.objects.filter(episode__jobseeker=other.jobseeker)] == [
        "REGISTERED",
        "EXPIRED",
    ]
    assert [kind for kind, _, _ in heard].count("EXPIRED") == 2


def test_reports_are_kept_and_need_a_running_episode(issued, officer):
    card = issued()
    cards.record_report(card, actor=officer, on=date(2024, 2, 21), note="Masih mencari")
    assert EpisodeEvent.objects.filter(kind="REPORTED").count() == 1
    with pytest.raises(Refused, match="lebih awal"):
        cards.record_report(card, actor=officer, on=date(2023, 1, 1))
    cards.record_placement(actor=officer, person=card.jobseeker, on=date(2024, 3, 1))
    with pytest.raises(Refused, match="tidak sedang terdaftar"):
        cards.record_report(card, actor=officer, on=date(2024, 8, 21))


def test_the_ledger_is_append_only(issued):
    issued()
    event = EpisodeEvent.objects.get()
    event.on = date(2020, 1, 1)
    for act in (event.save, event.delete, EpisodeEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            act()
    with pytest.raises(AppendOnly):
        EpisodeEvent.objects.update(on=date(2020, 1, 1))
    assert EpisodeEvent.objects.get().on == date(2023, 8, 21)


def test_age_group_is_frozen_at_registration(issued):
    card = issued(birth_date=date(2003, 8, 22))
    episode = Episode.objects.get()
    assert episode.age_group == "15-19"
    with clock.frozen(date(2024, 2, 1)):
        cards.record_report(card, actor=None)
    episode.refresh_from_db()
    assert episode.age_group == "15-19"


def test_constraints_of_cards_and_episodes(issued):
    card = issued()
    rows = AK1Card.objects.filter(pk=card.pk)
    for wrong in (
        {"valid_until": card.issued_on},
        {"ended_on": card.issued_on},
        {"state": "EXPIRED"},
        {"state": "GONE"},
        {"removal_reason": "DIED"},
        {"number": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.update(closed_on=card.issued_on - timedelta(days=1))
    episode = Episode.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeEvent.objects.create(
            episode=episode, kind="REGISTERED", on=card.issued_on, recorded_at=clock.now()
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        EpisodeEvent.objects.create(
            episode=episode, kind="REMOVED", on=card.issued_on, recorded_at=clock.now()
        )


def test_numbers_run_through_the_year_and_start_again(issued):
    numbers = [issued().number]
    with clock.frozen(date(2023, 12, 31)):
        numbers.append(issued().number)
    with clock.frozen(date(2024, 1, 2)):
        numbers.append(issued().number)
    assert numbers == ["3277210823000001", "3277311223000002", "3277020124000001"]


def test_a_refused_approval_uses_no_number(sent, issued, officer):
    application = sent()
    person = application.jobseeker
    type(person).objects.filter(pk=person.pk).update(birth_place="")
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        applications.approve(application, actor=officer, version=application.version)
    assert issued().number == "3277210823000001"


def test_signatory_of_the_profile_is_printed(agency, issued):
    agency.policies = agency.policies | {
        "ak1_signatory_name": "Dra. Tuti",
        "ak1_signatory_nip": "198501012010012001",
    }
    agency.save()
    card = issued()
    assert (card.officer_name, card.officer_nip) == ("Dra. Tuti", "198501012010012001")


class TestRemovalIsTold:
    @pytest.fixture
    def card(self, sent, officer):
        application = sent(email="rina@contoh.test")
        return applications.approve(application, actor=officer, version=application.version)

    def remove(self, card, officer, reason):
        Message.objects.all().delete()
        return cards.remove_from_register(
            card, actor=officer, version=card.version, reason=reason, comment="Menurut telepon"
        )

    def test_by_notice_and_mail_and_on_the_own_pages(self, card, officer, client_as):
        ended = self.remove(card, officer, "MOVED")
        mail = Message.objects.get()
        assert mail.recipient == "rina@contoh.test"
        assert "mulai 21 Agustus 2023. Alasan: pindah domisili" in mail.body
        assert reverse("jobseekers:my_card", args=[card.uid]) in mail.body
        for secret in (card.number, "Menurut telepon"):
            assert secret not in mail.body
        assert Notice.objects.filter(
            user=card.jobseeker.user, title="Kartu AK-1 Anda tidak berlaku lagi"
        ).exists()
        client = client_as(user=card.jobseeker.user)
        words = "Dihapus dari daftar: pindah domisili, mulai 21 Agustus 2023"
        assert ended.end_words == words
        for url in (
            reverse("jobseekers:my_ak1"),
            reverse("portal:home"),
            reverse("jobseekers:my_card", args=[card.uid]),
        ):
            assert words in client.get(url).content.decode()

    def test_the_ended_card_stays_in_sight_while_a_new_one_is_asked_for(self, card, officer, client_as):
        self.remove(card, officer, "NO_REPORT")
        owner = card.jobseeker.user
        applications.start_application(actor=owner, person=card.jobseeker)
        client = client_as(user=owner)
        for url in (reverse("jobseekers:my_ak1"), reverse("portal:home")):
            assert "tidak melapor, mulai 21 Agustus 2023" in client.get(url).content.decode()

    def test_nobody_is_written_to_about_a_death(self, card, officer):
        before = Notice.objects.count()
        self.remove(card, officer, "DIED")
        assert not Message.objects.exists()
        assert Notice.objects.count() == before


def test_mails_lead_to_the_page_they_speak_of(sent, officer):
    """What is to be mended, the card, and the hour to choose are one step away."""
    application = sent(email="rina@contoh.test")
    asked = visits.ask_to_come(application, actor=officer, version=application.version)
    returned = applications.return_application(
        asked, actor=officer, version=asked.version, comment="KTP buram"
    )
    owner = application.jobseeker.user
    again = applications.submit(returned, actor=owner, version=returned.version)
    card = applications.approve(again, actor=officer, version=again.version)
    mails = {mail.subject: mail.body for mail in Message.objects.filter(recipient="rina@contoh.test")}
    for subject, url in (
        ("Anda diminta datang ke kantor Dinas", reverse("jobseekers:my_visit")),
        ("Permohonan AK-1 perlu Anda perbaiki", reverse("jobseekers:my_application", args=[application.uid])),
        ("Kartu AK-1 Anda sudah terbit", reverse("jobseekers:my_card", args=[card.uid])),
    ):
        assert absolute(url) in mails[subject]
