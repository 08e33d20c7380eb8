"""The life of a card and the ledger behind it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock, jobs
from core.errors import Refused
from core.workflow import NotAllowed, WrongState
from jobseekers.models import AK1Card, Episode, EpisodeEvent
from jobseekers.models.episode import AppendOnly
from jobseekers.services import applications, cards
from jobseekers.signals import life_event
from jobseekers.tasks import EXPIRE

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
