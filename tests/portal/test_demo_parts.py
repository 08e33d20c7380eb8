"""The demo's parts that need no loaded city: shares that add up, faces, passwords, refusals."""

import datetime as dt
import hashlib
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from core.bulk import Step, write
from core.clock import at
from core.models.workflow import WorkflowLog
from core.reference import load_reference
from core.workflow import timeline
from portal.demo import load, office, story
from portal.demo.chance import Chance, Workdays, deal
from portal.demo.city import City, UnknownCity, available, explain, open_city
from portal.demo.faces import EACH_SEX, SIZE, draw_face
from portal.demo.names import CompanyNames, person_name
from portal.demo.world import World
from training.models import TrainingProgramme


@given(
    st.integers(0, 100_000),
    st.lists(st.floats(0, 1000, allow_nan=False), min_size=1, max_size=60),
    st.integers(0, 3),
)
def test_dealt_parts_add_up_and_none_is_below_the_least(total, weights, least):
    if total < least * len(weights):
        with pytest.raises(ValueError, match="can't be split"):
            deal(total, weights, least)
        return
    parts = deal(total, weights, least)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    assert min(parts) >= least


def test_the_same_city_and_part_draw_the_same_and_other_parts_do_not():
    first, again, other = Chance("a", "x"), Chance("a", "x"), Chance("a", "y")
    drawn = [first.uid() for _ in range(5)]
    assert drawn == [again.uid() for _ in range(5)]
    assert drawn != [other.uid() for _ in range(5)]


def test_sixty_different_faces_drawn_the_same_each_time():
    faces = {
        hashlib.sha256(draw_face(number, sex).data).hexdigest()
        for sex in "MF"
        for number in range(1, EACH_SEX + 1)
    }
    assert len(faces) == 60
    face = draw_face(1, "F")
    assert face == draw_face(1, "F")
    assert Image.open(BytesIO(face.data)).size == SIZE


def test_names_fit_the_sex_and_company_names_come_once():
    chance = Chance("a", "names")
    assert all(2 <= len(person_name(chance, sex).split()) <= 3 for sex in "MF" for _ in range(50))
    names = CompanyNames(chance)
    given_out = [names.next() for _ in range(800)]
    assert len(set(given_out)) == 800


def test_the_password_follows_from_the_secret_key_and_is_a_good_one(settings):
    first = office.demo_password()
    assert first == office.demo_password()
    validate_password(first)
    settings.SECRET_KEY = "another-secret-key-of-another-installation"
    assert office.demo_password() != first


def test_an_unknown_city_is_refused_with_the_known_ones():
    assert available() == ["bekasi-2024", "cimahi-2023"]
    with pytest.raises(UnknownCity, match="cimahi-2023"):
        open_city("bandung-2023")
    with pytest.raises(UnknownCity):
        open_city("../secrets")


@pytest.mark.parametrize("code", ["cimahi-2023", "bekasi-2024"])
def test_explain_tells_report_assumption_and_invention_and_every_finding(code):
    city = open_city(code)
    text = explain(city)
    for part in ("report", "assumed", "invented"):
        assert all(line in text for line in city.profile["explain"][part])
    assert all(finding["title"] in text for finding in city.findings)


def test_the_command_without_a_city_says_which_there_are():
    with pytest.raises(CommandError, match="bekasi-2024, cimahi-2023"):
        call_command("demo")


def test_logins_are_told_in_demo_mode_only(settings, db):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="mode demo"):
        call_command("demo", logins=True)
    settings.DEMO_MODE = True
    with pytest.raises(CommandError, match="Belum ada akun demo"):
        call_command("demo", logins=True)


def test_a_database_in_use_is_refused_or_left_alone(user_with, monkeypatch):
    user_with("PLANNER")
    monkeypatch.setattr(load, "_fill", lambda *args: pytest.fail("nothing may be written"))
    with pytest.raises(CommandError, match="sudah berisi"):
        call_command("demo", "cimahi-2023", stdout=StringIO())
    call_command("demo", "cimahi-2023", if_empty=True, stdout=StringIO())


def test_a_failure_leaves_no_half_city(db, monkeypatch):
    monkeypatch.setattr(load.companies.CompanyRegister, "make", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("demo", "bekasi-2024", stdout=StringIO())
    assert load.is_empty()


def _world(records: dict, db) -> World:
    load_reference()
    city = City("cimahi-2023")
    city.__dict__["records"] = city.records | records
    return World(city, Workdays(dt.date(2021, 1, 1), city.demo_date), {})


def test_a_plan_with_more_placed_holders_than_cards_is_refused(db):
    cards = City("cimahi-2023").records["cards"]
    few = cards | {"monthly": {**cards["monthly"], "NEW": [0] * 12}}
    with pytest.raises(story.PlanDoesNotFit, match="more card holders"):
        story.people_of(_world({"cards": few}, db))


def test_a_plan_whose_cards_come_too_late_is_refused(db):
    cards = City("cimahi-2023").records["cards"]
    late = cards | {"monthly": {**cards["monthly"], "NEW": [0] * 11 + [1859], "RENEWAL": [0] * 11 + [188]}}
    with pytest.raises(story.PlanDoesNotFit, match="too few cards"):
        story.people_of(_world({"cards": late}, db))


def test_the_writer_logs_every_step_and_counts_them_as_the_version(user_with):
    actor = user_with("TRAINING_OFFICER")
    days = [dt.date(2023, 3, 1), dt.date(2023, 4, 3)]
    steps = [
        Step(at(days[0]), "Dibuat", actor),
        Step(at(days[1], 14), "Tolak", None, "x", "A", "B", "sebabnya"),
    ]
    first = TrainingProgramme(name="Satu")
    second = TrainingProgramme(name="Dua")
    write(TrainingProgramme, [(first, steps), (second, steps[:1])])
    assert [(line.version, line.label, line.at) for line in timeline(first)] == [
        (1, "Dibuat", at(days[0])),
        (2, "Tolak", at(days[1], 14)),
    ]
    assert timeline(first)[0].actor == actor
    first.refresh_from_db()
    assert first.version == 2
    assert second.version == 1
    assert first.history.count() == 1
    assert WorkflowLog.objects.of(second).count() == 1
