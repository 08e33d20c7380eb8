"""The ledger balances: over random lives, in every cell, a month closes with what the next one opens with."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, measures
from core.errors import Refused
from core.measures import Period
from jobseekers.enums import ApplicationKind, EventKind, RemovalReason
from jobseekers.measures import register
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeCell, EpisodeEvent, JobSeeker
from jobseekers.models.episode import AppendOnly
from jobseekers.services import cards, ledger, merging, people

pytestmark = pytest.mark.django_db
START = date(2023, 1, 25)
CELL = ("sex", "age_group", "education", "village")


def card_of(person, *, actor, kind=ApplicationKind.NEW):
    """Issue a card as an approval does, without the paper work before it."""
    application = AK1Application.objects.create(
        jobseeker=person,
        kind=kind,
        reason="LOST" if kind == ApplicationKind.REPLACEMENT else "",
        state="APPROVED",
        submitted_at=clock.now(),
        decided_at=clock.now(),
        decided_by=actor,
    )
    with transaction.atomic():
        return cards.issue(application, actor=actor, person=people.lock_person(person))


def fresh(person):
    return JobSeeker.objects.get(pk=person.pk)


def correct(person, *, actor, **changes):
    found = fresh(person)
    return people.update_person(found, actor=actor, version=found.version, **changes)


@pytest.fixture
def holder(agency, person_with, officer):
    """A person without NIK, so that sex and birth date are free, with a card of 25 January 2023."""
    with clock.frozen(START):
        person = person_with(nik="", birth_date=date(2003, 8, 25))
        card_of(person, actor=officer)
    return person


def stock(day, **filters):
    return measures.value(register.STOCK, Period(day, day), filters)


def test_a_correction_is_a_pair_on_its_own_day(holder, officer, levels):
    before, day = date(2023, 3, 31), date(2023, 4, 10)
    with clock.frozen(day):
        correct(holder, actor=officer, education=levels["S1"])
    assert (stock(before, education="SMK"), stock(before, education="S1")) == (1, 0)
    assert (stock(day, education="SMK"), stock(day, education="S1")) == (0, 1)
    pair = list(EpisodeEvent.objects.order_by("pk").values_list("kind", "on", "delta", "education"))[1:]
    assert pair == [("CORRECTED_OUT", day, -1, "SMK"), ("CORRECTED_IN", day, 1, "S1")]
    april = Period.month(2023, 4)
    assert measures.value(register.CORRECTED_OUT, april, {"education": "SMK"}) == 1
    assert measures.value(register.CORRECTED_IN, april, {"education": "S1"}) == 1
    assert measures.value(register.REGISTERED, april) == 0


def test_the_age_group_is_that_of_the_day_of_registration(holder, officer):
    assert Episode.objects.get().age_group == "15-19"
    with clock.frozen(date(2024, 1, 1)):
        assert stock(date(2024, 1, 1), age_group="15-19") == 1, "twenty by now, frozen all the same"
        correct(holder, actor=officer, birth_date=date(2003, 1, 25))
    assert stock(date(2024, 1, 1), age_group="20-29") == 1, "twenty on the very day of registration"
    with clock.frozen(date(2024, 1, 2)):
        correct(holder, actor=officer, birth_date=date(2003, 1, 26))
    assert stock(date(2024, 1, 2), age_group="15-19") == 1


@pytest.mark.parametrize("changes", [{"full_name": "Rina Lestari Contoh"}, {"birth_date": date(2003, 8, 26)}])
def test_what_moves_nobody_writes_nothing(holder, officer, changes):
    with clock.frozen(date(2023, 5, 1)):
        correct(holder, actor=officer, **changes)
    assert EpisodeEvent.objects.count() == EpisodeCell.objects.count() == 1


def test_an_ended_episode_stays_as_it_was_counted(holder, officer, levels, places):
    day = date(2023, 6, 1)
    with clock.frozen(day):
        cards.record_placement(actor=officer, person=holder, on=day)
        before = list(EpisodeEvent.objects.values()), list(EpisodeCell.objects.values())
        correct(holder, actor=officer, education=levels["SD"], sex="M", village=places["32.77.01.1001"])
    assert (list(EpisodeEvent.objects.values()), list(EpisodeCell.objects.values())) == before


def test_a_stale_correction_leaves_the_ledger_alone(holder, officer, levels):
    with pytest.raises(Refused), clock.frozen(date(2023, 5, 1)):
        people.update_person(holder, actor=officer, version=fresh(holder).version - 1, education=levels["S1"])
    assert EpisodeEvent.objects.count() == 1


def test_a_placement_before_the_correction_ends_on_the_day_of_the_correction(holder, officer, levels):
    with clock.frozen(date(2023, 4, 10)):
        correct(holder, actor=officer, education=levels["S1"])
    with clock.frozen(date(2023, 5, 2)):
        event = cards.record_placement(actor=officer, person=holder, on=date(2023, 3, 1))
    assert (event.on, event.education_id) == (date(2023, 4, 10), "S1")
    assert stock(date(2023, 4, 9)) == 1
    assert stock(date(2023, 4, 10)) == 0
    assert_balanced(date(2023, 6, 1))


def test_a_card_past_its_date_is_not_continued(holder, officer):
    """The nightly job may be late: who comes after the last day registers anew."""
    old = AK1Card.objects.get()
    with clock.frozen(old.valid_until + timedelta(days=1)):
        card_of(holder, actor=officer, kind=ApplicationKind.RENEWAL)
    kinds = list(EpisodeEvent.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["REGISTERED", "EXPIRED", "REGISTERED"]
    assert AK1Card.objects.get(pk=old.pk).state == "EXPIRED"


def test_the_ledger_only_grows(holder):
    event = EpisodeEvent.objects.get()
    with pytest.raises(AppendOnly):
        EpisodeEvent.objects.update(delta=0)
    with pytest.raises(AppendOnly):
        event.delete()
    event.delta = 0
    with pytest.raises(AppendOnly):
        event.save()


def months(until):
    year, month = START.year, START.month
    while date(year, month, 1) <= until:
        yield Period.month(year, month)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def cells(code, span):
    return Counter(dict(measures.cells(code, span, CELL)))


def assert_balanced(until):
    """Every month in every cell: opening + in - out = closing; and the two books tell the same."""
    opening = Counter()
    for span in months(until):
        closing = cells(register.STOCK, span)
        moved = Counter(opening)
        for code in register.INFLOWS:
            moved.update(cells(code, span))
        for code in register.OUTFLOWS:
            moved.subtract(cells(code, span))
        assert +moved == closing, span
        assert all(number >= 0 for number in moved.values()), span
        assert sum(closing.values()) == measures.value(register.STOCK, span)
        assert measures.value(register.STOCK, span) == measures.evidence(register.STOCK, span).count()
        opening = closing
    for episode in Episode.objects.prefetch_related("events", "cells"):
        stored = [
            {"since": cell.since, "until": cell.until, **ledger.cell_of(cell)}
            for cell in sorted(episode.cells.all(), key=lambda cell: cell.pk)
        ]
        assert ledger.cells_of(episode.events.all()) == stored
        assert stored[-1]["until"] == episode.closed_on


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from("MF"),
        "birth_date": st.sampled_from(
            [date(2003, 1, 25), date(2003, 8, 25), date(1993, 2, 1), date(1960, 1, 1)]
        ),
        "education": st.sampled_from(["SD", "SMK", "S1", None]),
        "village": st.sampled_from(["32.77.02.1001", "32.77.01.1001", None]),
    },
)
STEPS = st.tuples(
    st.sampled_from(
        [
            "register",
            "register",
            "renew",
            "replace",
            "place",
            "remove",
            "expire",
            "correct",
            "correct",
            "merge",
            "report",
        ]
    ),
    st.integers(0, 3),
    st.sampled_from([0, 0, 1, 6, 17, 31, 200]),
    CHANGES,
)


class Lives:
    """A few people to whom things happen, each by the service that does it in the office."""

    def __init__(self, make, actor, places, levels) -> None:
        self.actor, self.places, self.levels = actor, places, levels
        with clock.frozen(START):
            self.people = [make(nik="", birth_date=date(1990, 1, 1 + n)) for n in range(4)]

    def take(self, name, place, today, changes) -> None:
        """Take one step; what the service refuses did not happen."""
        try:
            with transaction.atomic():
                getattr(self, name)(self.people[place], today, changes)
        except Refused:
            return

    def card(self, person):
        return AK1Card.objects.active().filter(jobseeker=person).first()

    def register(self, person, today, changes):
        return card_of(person, actor=self.actor)

    def renew(self, person, today, changes):
        return card_of(person, actor=self.actor, kind=ApplicationKind.RENEWAL)

    def replace(self, person, today, changes):
        return card_of(person, actor=self.actor, kind=ApplicationKind.REPLACEMENT)

    def place(self, person, today, changes):
        return cards.record_placement(actor=self.actor, person=person, on=today - timedelta(days=20))

    def remove(self, person, today, changes):
        card = self.card(person)
        return card and cards.remove_from_register(
            card, actor=self.actor, version=card.version, reason=RemovalReason.MOVED, comment="Surat"
        )

    def expire(self, person, today, changes):
        for card in AK1Card.objects.active().filter(valid_until__lt=today):
            cards.expire(card)
        return True

    def correct(self, person, today, changes):
        found = dict(changes)
        if found.get("education"):
            found["education"] = self.levels[found["education"]]
        if found.get("village"):
            found["village"] = self.places[found["village"]]
        return correct(person, actor=self.actor, **found)

    def report(self, person, today, changes):
        card = self.card(person)
        return card and cards.record_report(card, actor=self.actor)

    def merge(self, person, today, changes):
        loser, winner = fresh(person), fresh(self.people[0])
        return merging.merge_people(
            loser, into=winner, actor=self.actor, version=loser.version, reason="Orang yang sama"
        )


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=4, max_size=25))
def test_random_lives_balance(person_with, officer, places, levels, steps):
    with transaction.atomic():
        lives, today = Lives(person_with, officer, places, levels), START
        for name, place, days, changes in steps:
            today += timedelta(days=days)
            with clock.frozen(today):
                lives.take(name, place, today, changes)
        counted = EpisodeEvent.objects.filter(kind=EventKind.REGISTERED).count()
        assert counted == Episode.objects.count()
        assert_balanced(today + timedelta(days=40))
        transaction.set_rollback(True)


def test_a_double_entry_balances_in_the_months_before_it_was_found(holder, person_with, officer):
    """Two rows of one person are two registrations until the office finds out; the second then leaves as a double."""
    with clock.frozen(START):
        twin = person_with(nik="", birth_date=date(2003, 8, 25))
        card_of(twin, actor=officer)
    with clock.frozen(date(2023, 4, 3)):
        twin = fresh(twin)
        merging.merge_people(twin, into=fresh(holder), actor=officer, version=twin.version, reason="Sama")
    assert (stock(date(2023, 3, 31)), stock(date(2023, 4, 30))) == (2, 1)
    assert measures.value(register.REMOVED, Period.month(2023, 4), {"reason": "DOUBLE"}) == 1
    assert_balanced(date(2023, 5, 1))


def test_a_merged_person_counts_in_the_cell_of_the_row_that_stays(agency, person_with, officer, levels):
    with clock.frozen(START):
        winner = person_with(nik="", birth_date=date(1980, 8, 25), education=levels["S1"])
        loser = person_with(nik="", birth_date=date(2003, 8, 25))
        card_of(loser, actor=officer)
    day = date(2023, 4, 3)
    with clock.frozen(day):
        loser = fresh(loser)
        merging.merge_people(loser, into=fresh(winner), actor=officer, version=loser.version, reason="Sama")
    # the schooling is the winner's; the day of birth is the loser's, for an officer has checked that one
    assert measures.cells(register.STOCK, Period(day, day), CELL) == [
        (("F", "15-19", "S1", "32.77.02.1001"), 1)
    ]
    assert_balanced(date(2023, 5, 1))
