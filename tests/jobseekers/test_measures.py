"""The numbers of the room agree with a count by hand, and each has its evidence."""

import random
from datetime import date, timedelta

import pytest

from core import clock, measures
from core.measures import Period
from jobseekers import selectors
from jobseekers.enums import AgeGroup
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.services import applications, cards
from jobseekers.validators import age_group

pytestmark = pytest.mark.django_db
CARDS, WAITING, REGISTERED = (
    "jobseekers.ak1_cards",
    "jobseekers.applications_waiting",
    "jobseekers.jobseekers",
)


@pytest.fixture
def busy_year(sent, officer, places, levels):
    """Forty applications over two years, decided, renewed, placed and removed at random but always the same."""
    dice = random.Random(7)
    villages = [places[code] for code in places if len(code) == 13]
    for number in range(40):
        day = date(2023, 1, 1) + timedelta(days=dice.randrange(700))
        with clock.frozen(day):
            birth = date(1965 + dice.randrange(40), 1 + dice.randrange(12), 1 + dice.randrange(28))
            application = sent(
                birth_date=birth,
                sex=dice.choice("MF"),
                education=dice.choice(list(levels.values())),
                village=dice.choice(villages),
                graduation_year=None,
            )
        fate = number % 8
        with clock.frozen(day + timedelta(days=dice.randrange(5))):
            if fate == 0:
                continue
            if fate == 1:
                applications.reject(application, actor=officer, version=application.version, comment="x")
                continue
            if fate == 2:
                applications.return_application(
                    application, actor=officer, version=application.version, comment="x"
                )
                continue
            card = applications.approve(application, actor=officer, version=application.version)
        later = card.issued_on + timedelta(days=20 + dice.randrange(200))
        with clock.frozen(later):
            if fate == 3:
                cards.record_placement(actor=officer, person=card.jobseeker, on=later)
            elif fate == 4:
                cards.remove_from_register(
                    card, actor=officer, version=card.version, reason="MOVED", comment="Surat"
                )
            elif fate == 5:
                lost = sent(person=card.jobseeker, kind="REPLACEMENT", reason="LOST")
                applications.approve(lost, actor=officer, version=lost.version)


def spans():
    yield from (Period.year(2023), Period.year(2024), Period.quarter(2023, 2), Period.month(2024, 3))
    yield Period(date(2023, 7, 15), date(2023, 7, 15))


@pytest.mark.slow
def test_measures_agree_with_a_count_by_hand(busy_year):
    all_cards = list(AK1Card.objects.select_related("jobseeker"))
    all_applications = list(AK1Application.objects.all())
    for span in spans():
        counted = [
            card
            for card in all_cards
            if card.kind != "REPLACEMENT" and span.start <= card.issued_on <= span.end
        ]
        assert measures.value(CARDS, span) == len(counted)
        waiting = [
            row
            for row in all_applications
            if row.submitted_at
            and clock.local(row.submitted_at).date() <= span.end
            and (row.decided_at is None or clock.local(row.decided_at).date() > span.end)
        ]
        assert measures.value(WAITING, span) == len(waiting)
        registered = {
            episode.jobseeker_id
            for person in JobSeeker.objects.all()
            for episode in person.episodes.all()
            if episode.opened_on <= span.end and (episode.closed_on is None or episode.closed_on > span.end)
        }
        assert measures.value(REGISTERED, span) == len(registered)
        for code in (CARDS, WAITING, REGISTERED):
            assert measures.evidence(code, span).count() == measures.value(code, span)


@pytest.mark.slow
def test_cells_add_up_and_open_their_own_rows(busy_year):
    span = Period.year(2023)
    for code, dimensions in (
        (CARDS, ("sex", "education", "village", "district", "kind")),
        (WAITING, ("sex", "education", "village", "district", "kind", "origin")),
        (REGISTERED, ("sex", "education", "village", "district", "age_group")),
    ):
        for dimension in dimensions:
            cells = measures.cells(code, span, [dimension])
            assert sum(value for _, value in cells) == measures.value(code, span)
            names = measures.get(code).dimensions[dimension].names()
            for (key,), value in cells:
                assert key in names
                assert measures.evidence(code, span, {dimension: key}).count() == value


def test_evidence_shows_no_full_name_and_leads_to_the_record(sent, officer):
    application = sent()
    span = Period.year(2023)
    waiting = measures.get(WAITING)
    row = measures.evidence(WAITING, span).get()
    shown = [str(column.value(row)) for column in waiting.columns]
    assert "Rina L••••••" in shown
    assert "Lestari" not in " ".join(shown)
    assert waiting.url(row).endswith(f"/{application.uid}/")
    card = applications.approve(application, actor=officer, version=application.version)
    row = measures.evidence(CARDS, span).get()
    shown = [str(column.value(row)) for column in measures.get(CARDS).columns]
    assert card.number_grouped in shown
    assert "Lestari" not in " ".join(shown)
    person = measures.evidence(REGISTERED, span).get()
    shown = [str(column.value(person)) for column in measures.get(REGISTERED).columns]
    assert shown[:2] == ["Rina L••••••", "Perempuan"]


def test_a_card_more_or_less_changes_the_number(sent, officer):
    span = Period.year(2023)
    application = sent()
    assert (measures.value(CARDS, span), measures.value(WAITING, span)) == (0, 1)
    card = applications.approve(application, actor=officer, version=application.version)
    assert (measures.value(CARDS, span), measures.value(REGISTERED, span)) == (1, 1)
    lost = sent(person=application.jobseeker, kind="REPLACEMENT", reason="DAMAGED")
    applications.approve(lost, actor=officer, version=lost.version)
    assert measures.value(CARDS, span) == 1
    card = AK1Card.objects.active().get()
    cards.remove_from_register(card, actor=officer, version=card.version, reason="MOVED", comment="Surat")
    assert measures.value(REGISTERED, span) == 0
    assert measures.value(CARDS, span) == 1


def test_the_cube_agrees_with_a_count_by_hand(busy_year, django_assert_num_queries):
    day = date(2024, 2, 29)
    with django_assert_num_queries(1):
        cells = selectors.recap_cube(on=day)
    by_hand = {}
    for person in JobSeeker.objects.living():
        key = (person.village_id, person.education_id, person.sex, age_group(person.birth_date, day))
        by_hand[key] = by_hand.get(key, 0) + 1
    assert {(c.village, c.education, c.sex, c.age_group): c.count for c in cells} == by_hand


def test_the_cube_counts_what_is_not_filled_in(agency, person_with):
    person_with(village=None, education=None)
    person_with(birth_date=None, nik="")
    cells = {(c.village, c.education, c.age_group): c.count for c in selectors.recap_cube()}
    assert cells == {(None, None, "15-19"): 1, ("32.77.02.1001", "SMK", "-"): 1}
    assert selectors.recap_cube()[0].sex == "F"


def test_age_conditions_split_everybody_once(busy_year):
    day = date(2024, 2, 29)
    found = [
        JobSeeker.objects.filter(selectors.age_condition(group, day)).count()
        for group in [*AgeGroup.values, selectors.NOT_FILLED]
    ]
    assert sum(found) == JobSeeker.objects.count()
