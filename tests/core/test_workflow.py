"""The one door: versions, rights, reasons, and two writers at once."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.models.workflow import WorkflowLog
from core.personal import make_nik
from core.workflow import (
    CommentRequired,
    NotAllowed,
    StaleRecord,
    WrongState,
    available,
    fire,
    opened,
    revise,
    timeline,
)
from jobseekers.models import AK1Application, JobSeeker


@pytest.fixture
def application(db, user_with):
    """A submitted application of a person without an account."""
    person = JobSeeker.objects.create(full_name="Sari Uji", sex="F", birth_date=date(2000, 1, 2))
    found = AK1Application.objects.create(
        jobseeker=person, kind="NEW", origin="DESK", state="SUBMITTED", submitted_at=clock.now()
    )
    opened(found, actor=None, label="Dibuat")
    return found


def state_of(application):
    return AK1Application.objects.values_list("state", "version").get(pk=application.pk)


def test_a_step_raises_the_version_and_is_logged(application, user_with):
    officer = user_with("PLACEMENT_OFFICER", full_name="Rina Marlina")
    fire(
        application,
        "return_",
        actor=officer,
        version=1,
        comment="Foto terlalu gelap.",
        note="Foto terlalu gelap.",
    )
    assert state_of(application) == ("RETURNED", 2)
    last = timeline(application)[-1]
    assert (last.version, last.source, last.target) == (2, "SUBMITTED", "RETURNED")
    assert (last.actor_name, last.comment) == ("Rina Marlina", "Foto terlalu gelap.")


def test_the_loser_is_told_who_decided_and_when(application, user_with):
    first, second = user_with("PLACEMENT_OFFICER", full_name="Rina Marlina"), user_with("PLACEMENT_OFFICER")
    with clock.frozen(date(2031, 5, 6)):
        fire(
            application,
            "return_",
            actor=first,
            version=1,
            comment="Foto terlalu gelap.",
            note="Foto terlalu gelap.",
        )
    with pytest.raises(StaleRecord, match=r"Rina Marlina sudah mengubah .* 6 Mei 2031 pukul 09\.00 WIB"):
        fire(application, "reject", actor=second, version=1, comment="Ganda.", note="Ganda.")
    assert state_of(application) == ("RETURNED", 2)


def test_without_the_right_nothing_changes(application, user_with):
    with pytest.raises(NotAllowed):
        fire(application, "reject", actor=user_with("MEDIATOR"), version=1, comment="Tidak boleh.")
    assert state_of(application) == ("SUBMITTED", 1)
    assert WorkflowLog.objects.of(application).count() == 1


def test_a_reason_is_needed_where_the_table_says_so(application, user_with):
    with pytest.raises(CommentRequired):
        fire(application, "reject", actor=user_with("PLACEMENT_OFFICER"), version=1, comment="   ")
    assert state_of(application) == ("SUBMITTED", 1)


def test_a_nik_in_a_reason_is_not_kept(application, user_with):
    nik = make_nik("327702", date(2000, 1, 2), "F", 9123)
    revise(
        application,
        actor=user_with("PLACEMENT_OFFICER"),
        version=1,
        comment=f"Sama dengan {nik}.",
        origin="ONLINE",
    )
    kept = timeline(application)[-1].comment
    assert nik not in kept
    assert kept.startswith("Sama dengan")


def test_the_database_refuses_a_log_without_its_reason(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkflowLog.objects.create(
            model="x", object_uid=application.uid, version=9, label="x", comment_required=True, at=clock.now()
        )


def test_the_database_refuses_a_second_write_of_one_version(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        opened(application, actor=None, label="Lagi")


def test_a_wrong_state_is_named(application, user_with):
    officer = user_with("PLACEMENT_OFFICER")
    fire(application, "reject", actor=officer, version=1, comment="Ganda.", note="Ganda.")
    with pytest.raises(WrongState, match="keadaan data ini sekarang"):
        fire(application, "reject", actor=officer, version=2, comment="Ganda.", note="Ganda.")


def test_the_state_cannot_be_set_by_hand(application):
    with pytest.raises(AttributeError):
        application.state = "APPROVED"
    with pytest.raises(TypeError):
        revise(application, actor=None, version=1, state="APPROVED")


def test_an_edit_while_it_is_decided_makes_the_decision_stale(application, user_with):
    revise(application, actor=None, version=1, origin="ONLINE")
    with pytest.raises(StaleRecord):
        fire(
            application,
            "reject",
            actor=user_with("PLACEMENT_OFFICER"),
            version=1,
            comment="Ganda.",
            note="Ganda.",
        )
    assert state_of(application) == ("SUBMITTED", 2)


def test_available_lists_only_what_the_user_may_do(application, user_with):
    officer = {step.name for step in available(application, user_with("PLACEMENT_OFFICER"))}
    assert {"approve", "return_", "reject"} <= officer
    assert available(application, user_with("MEDIATOR")) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_of_eight_writers_at_once_exactly_one_wins(user_with):
    person = JobSeeker.objects.create(full_name="Sari Uji", sex="F", birth_date=date(2000, 1, 2))
    record = AK1Application.objects.create(
        jobseeker=person, kind="NEW", origin="DESK", state="SUBMITTED", submitted_at=clock.now()
    )
    opened(record, actor=None, label="Dibuat")
    officers = [user_with("PLACEMENT_OFFICER") for _ in range(8)]
    gate, outcomes = threading.Barrier(8), []

    def decide(officer):
        gate.wait()
        try:
            fire(record, "reject", actor=officer, version=1, comment="Ganda.", note="Ganda.")
            outcomes.append("won")
        except StaleRecord:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["told"] * 7 + ["won"]
    assert state_of(record) == ("REJECTED", 2)
    assert WorkflowLog.objects.of(record).count() == 2
