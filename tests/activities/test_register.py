"""Activities: recorded, amended, struck; what the database refuses; the figures against a count in Python."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.enums import Role
from activities.enums import ActivityKind, ParticipantCategory
from activities.models import Activity, ActivityParticipants
from activities.services.register import amend_activity, record_activity
from core import measures
from core.measures import Period
from core.workflow import CommentRequired, NotAllowed, StaleRecord, WrongState, available, fire, timeline

pytestmark = pytest.mark.django_db
BASICS = {"held_on": date(2023, 3, 14), "kind": "SOCIALISATION", "title": "Sosialisasi BPJS"}


def test_an_activity_is_recorded_with_its_participants(agency, officer):
    made = record_activity(
        actor=officer, participants=[("BKK", 10, 14), ("LPK", 0, 0), ("COMPANY", 20, 14)], **BASICS
    )
    assert {row.category: row.total for row in made.participants.all()} == {"BKK": 24, "COMPANY": 34}
    assert [row.label for row in timeline(made)] == ["Kegiatan dicatat"]
    assert made.history.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ended_on": date(2023, 3, 13)}, "ended_on"),
        ({"held_on": date(2023, 8, 22)}, "held_on"),
        ({"ended_on": date(2023, 8, 22)}, "ended_on"),
        ({"kind": "PARTY"}, "kind"),
        ({"title": " "}, "title"),
        ({"output_quantity": Decimal(3)}, "output_unit"),
        ({"participants": [("BKK", 1, 1), ("BKK", 2, 2)]}, "participants"),
        ({"participants": [("ALIEN", 1, 1)]}, "participants"),
        ({"participants": [("BKK", -1, 1)]}, "participants"),
        ({"participants": [("BKK", 100_001, 0)]}, "participants"),
    ],
)
def test_impossible_activities_are_refused_whole(agency, officer, changes, field):
    with pytest.raises(ValidationError) as caught:
        record_activity(actor=officer, **(BASICS | changes))
    assert field in caught.value.message_dict
    assert not Activity.objects.exists()
    assert not ActivityParticipants.objects.exists()


KEEPERS = {
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.MEDIATOR,
    Role.SECTION_HEAD,
}
READERS = KEEPERS | {Role.PLANNER, Role.APIP_REVIEWER, Role.AGENCY_HEAD}


@pytest.mark.parametrize("role", [*Role.values, None])
def test_who_reads_and_who_keeps_the_register(activity_with, user_with, role):
    made, user = activity_with({"BKK": (1, 2)}), user_with(role)
    assert Activity.objects.visible_to(user).count() == (1 if role in READERS else 0)
    assert {step.name for step in available(made, user)} == (
        {"strike"} if role == Role.SECTION_HEAD else set()
    )
    if role in KEEPERS:
        assert record_activity(actor=user, **BASICS).pk
        return
    with pytest.raises(NotAllowed):
        record_activity(actor=user, **BASICS)
    with pytest.raises(NotAllowed):
        amend_activity(made, actor=user, version=1, title="Lain", participants=[])
    made.refresh_from_db()
    assert (made.version, Activity.objects.count(), made.participants.count()) == (1, 1, 1)


def test_amending_replaces_the_counts_and_keeps_their_history(activity_with, officer):
    made = activity_with({"BKK": (1, 2), "LPK": (3, 4)})
    kept = made.participants.get(category="BKK")
    amend_activity(
        made, actor=officer, version=1, title="Baru", participants=[("BKK", 5, 2), ("UNION", 1, 0)]
    )
    made.refresh_from_db()
    assert (made.title, made.version) == ("Baru", 2)
    assert {row.category: (row.male, row.female) for row in made.participants.all()} == {
        "BKK": (5, 2),
        "UNION": (1, 0),
    }
    assert [row.male for row in kept.history.order_by("history_id")] == [1, 5]
    assert ActivityParticipants.history.filter(category="LPK", history_type="-").count() == 1
    with pytest.raises(StaleRecord, match="Ratna Dewi Contohwati"):
        amend_activity(made, actor=officer, version=1, participants=[])
    assert made.participants.count() == 2


def test_a_struck_activity_counts_nowhere_until_it_is_restored(activity_with, officer, user_with):
    made, head, year = activity_with({"BKK": (1, 2)}), user_with(Role.SECTION_HEAD), Period.year(2023)

    def figures() -> tuple[int, int]:
        return measures.value("activities.activities", year), measures.value("activities.participants", year)

    assert figures() == (1, 3)
    with pytest.raises(CommentRequired):
        fire(made, "strike", actor=head, version=1)
    struck = fire(made, "strike", actor=head, version=1, comment="Tercatat dua kali")
    assert figures() == (0, 0)
    with pytest.raises(WrongState, match="dicoret"):
        amend_activity(struck, actor=officer, version=2, title="Lain")
    fire(struck, "restore", actor=head, version=2, comment="Ternyata bukan dobel")
    assert figures() == (1, 3)


@pytest.mark.parametrize(
    "changes",
    [
        {"ended_on": date(2023, 3, 13)},
        {"kind": "PARTY"},
        {"state": "GONE"},
        {"output_quantity": Decimal(3)},
        {"output_quantity": Decimal(-3), "output_unit": "orang"},
    ],
)
def test_the_database_refuses(activity_with, changes):
    made = activity_with()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(**changes)


@pytest.mark.parametrize("values", [{"male": 0, "female": 0}, {"category": "ALIEN", "male": 1}])
def test_the_database_refuses_counts(activity_with, values):
    made = activity_with({"BKK": (1, 1)})
    with pytest.raises(IntegrityError), transaction.atomic():
        made.participants.create(**({"category": "LPK", "male": 0, "female": 0} | values))
    with pytest.raises(IntegrityError), transaction.atomic():
        made.participants.create(category="BKK", male=1)


days = st.integers(0, 800).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
counts = st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(any)
held = st.tuples(
    days,
    st.sampled_from(ActivityKind.values),
    st.booleans(),
    st.dictionaries(st.sampled_from(ParticipantCategory.values), counts, max_size=3),
)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(held, max_size=6), year=st.integers(2022, 2024), quarter=st.integers(1, 4))
def test_figures_equal_a_count_in_python(activity_with, plan, year, quarter):
    with transaction.atomic():
        for day, kind, struck, people in plan:
            activity_with(people, held_on=day, kind=kind, state="STRUCK" if struck else "RECORDED")
        for period in (Period.year(year), Period.quarter(year, quarter)):
            counted = [
                (kind, people)
                for day, kind, struck, people in plan
                if not struck and period.start <= day <= period.end
            ]
            assert measures.value("activities.activities", period) == len(counted)
            assert measures.evidence_count("activities.activities", period) == len(counted)
            by_kind = Counter(kind for kind, _ in counted)
            assert {
                key: n for (key,), n in measures.cells("activities.activities", period, ["kind"])
            } == by_kind
            people = Counter()
            for _, found in counted:
                for category, (male, female) in found.items():
                    people[category] += male + female
            assert measures.value("activities.participants", period) == sum(people.values())
            rows = list(measures.evidence("activities.participants", period))
            assert sum(row.weight for row in rows) == sum(people.values())
            cells = measures.cells("activities.participants", period, ["category"])
            assert {key: n for (key,), n in cells} == people
        transaction.set_rollback(True)
