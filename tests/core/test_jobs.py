"""Background jobs: neither lost nor done twice."""

import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from celery import current_app
from django.db import IntegrityError, transaction

from core import clock, jobs
from core.errors import Refused
from core.models.job import Job, JobState
from core.redaction import redact

START = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


@pytest.fixture
def kinds(monkeypatch):
    """A registry of our own; returns the decorator."""
    monkeypatch.setattr(jobs, "_kinds", {})
    return jobs.job


@pytest.fixture
def broker(monkeypatch):
    """A broker that only remembers what was sent; `broker.waiting` can be set, `broker.sent` lists the
    numbers.
    """

    class Broker:
        waiting = 0

        def __init__(self):
            self.sent = []

    fake = Broker()
    monkeypatch.setattr(jobs, "waiting_in_broker", lambda: fake.waiting)
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **kw: fake.sent.extend(args))
    return fake


@pytest.mark.django_db
def test_a_job_is_done_once_however_often_it_is_asked_for_and_delivered(kinds):
    done = []
    kinds("t.count")(lambda run: done.append(run.payload["card"]))
    first = jobs.enqueue("t.count", key="card-7", payload={"card": 7})
    again = jobs.enqueue("t.count", key="card-7", payload={"card": 7})
    assert first.pk == again.pk
    assert jobs.run(first.pk) is True
    assert jobs.run(first.pk) is False
    assert jobs.enqueue("t.count", key="card-7", payload={"card": 7}).state == JobState.DONE
    assert done == [7]


@pytest.mark.django_db(transaction=True)
def test_the_message_leaves_after_commit_and_never_for_what_was_rolled_back(kinds, broker):
    kinds("t.send")(lambda run: None)
    with transaction.atomic():
        rows = [jobs.enqueue("t.send", key=str(n)) for n in range(3)]
        assert broker.sent == []
    assert broker.sent == [row.pk for row in rows]
    with pytest.raises(RuntimeError), transaction.atomic():
        jobs.enqueue("t.send", key="lost")
        raise RuntimeError
    assert len(broker.sent) == 3
    assert not Job.objects.filter(key="t.send:lost").exists()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_harms_nobody_and_the_sweep_sends_later(kinds, broker, monkeypatch, caplog):
    kinds("t.down")(lambda run: None)

    def down():
        raise ConnectionError("refused")

    with monkeypatch.context() as night:
        night.setattr(jobs, "waiting_in_broker", down)
        with transaction.atomic():
            row = jobs.enqueue("t.down", key="1")
    assert broker.sent == []
    assert "refused" in caplog.text
    jobs.sweep()
    assert broker.sent == [row.pk]


@pytest.mark.django_db
def test_the_broker_never_holds_more_than_its_share(kinds, broker, settings):
    kinds("t.many")(lambda run: None)
    settings.JOBS_IN_BROKER = 200
    for n in range(250):
        jobs.enqueue("t.many", key=str(n))
    assert jobs.dispatch() == 200
    broker.waiting = 190
    assert jobs.dispatch() == 10
    broker.waiting = 200
    assert jobs.dispatch() == 0
    assert len(set(broker.sent)) == 210


@pytest.mark.django_db(transaction=True)
def test_a_job_that_finds_no_room_waits_for_the_next_free_worker(kinds, broker, settings):
    kinds("t.full")(lambda run: None)
    broker.waiting = settings.JOBS_IN_BROKER
    row = jobs.enqueue("t.full", key="1")
    assert broker.sent == []
    broker.waiting -= 1
    assert jobs.dispatch() == 1
    assert broker.sent == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_not_due_is_sent_when_it_is(kinds, broker):
    kinds("t.later")(lambda run: None)
    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.later", key="1", not_before=clock.machine_now() + timedelta(hours=1))
        jobs.sweep()
        assert broker.sent == []
        machine.shift(3601)
        jobs.sweep()
        assert broker.sent == [row.pk]


@pytest.mark.django_db(transaction=True)
def test_a_lost_message_is_sent_again_by_the_sweep_but_not_too_early(kinds, broker):
    kinds("t.lost")(lambda run: None)
    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.lost", key="1")
        machine.shift(20)
        jobs.sweep()
        assert broker.sent == [row.pk]
        machine.shift(jobs.LOST_AFTER.total_seconds())
        jobs.sweep()
        assert broker.sent == [row.pk, row.pk]


@pytest.mark.django_db
def test_the_job_of_a_dead_worker_is_freed_after_its_lease_and_the_dead_one_can_write_nothing(kinds, broker):
    kinds("t.crash")(lambda run: None)
    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.crash", key="1")
        dead = jobs._claim(row.pk)
        jobs.sweep()
        assert jobs.run(row.pk) is False, "held by a living worker"
        machine.shift(jobs.LEASE.total_seconds() + 1)
        jobs.sweep()
        assert row.pk in broker.sent
        assert jobs.run(row.pk) is True
        with pytest.raises(jobs.LeaseLostError), dead.finish():
            pytest.fail("the block of a lost lease must not run")
    row.refresh_from_db()
    assert (row.state, row.attempts) == (JobState.DONE, 2)


@pytest.mark.django_db
def test_a_handler_over_many_rows_goes_on_where_the_dead_one_stopped(kinds):
    written, fail_at = [], [4]

    @kinds("t.rows")
    def rows(run):
        for n in range((run.cursor or 0) + 1, 7):
            with run.step(done=n, total=6, cursor=n):
                written.append(n)
                if n in fail_at:
                    fail_at.clear()
                    written.pop()
                    raise OSError("gone")

    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.rows", key="1")
        assert jobs.run(row.pk) is False
        row.refresh_from_db()
        assert (row.cursor, row.percent, row.state) == (3, 50, JobState.QUEUED)
        machine.shift(60)
        assert jobs.run(row.pk) is True
    assert written == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db
def test_a_failing_job_is_tried_again_ever_later_and_gives_up_in_the_end(kinds):
    @kinds("t.fail", attempts=3)
    def fail(run):
        raise ValueError("nomor 3277010101900001 tidak cocok")

    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.fail", key="1")
        pauses = []
        for _ in range(3):
            jobs.run(row.pk)
            row.refresh_from_db()
            pauses.append((row.not_before - clock.machine_now()).total_seconds())
            assert jobs.work_off() == 0, "not due yet"
            machine.shift(max(pauses[-1], 0))
        assert pauses[:2] == [10, 40]
    assert row.state == JobState.FAILED
    assert row.finished_at is not None
    assert "3277010101900001" not in row.error
    jobs.retry(row)
    assert (row.state, row.attempts, row.error) == (JobState.QUEUED, 0, "")


@pytest.mark.parametrize("problem", [Refused("Berkas kosong."), jobs.HopelessError("Berkas kosong.")])
@pytest.mark.django_db
def test_what_cannot_succeed_is_not_tried_again(kinds, problem):
    @kinds("t.refused")
    def refuse(run):
        raise problem

    row = jobs.enqueue("t.refused", key="1")
    jobs.run(row.pk)
    row.refresh_from_db()
    assert row.state == JobState.FAILED
    assert "Berkas kosong." in row.error


@pytest.mark.django_db
def test_the_last_part_of_the_effect_commits_with_done_or_not_at_all(kinds):
    @kinds("t.finish")
    def finish(run):
        with run.finish() as result:
            Job.objects.create(
                kind="x", key="effect", not_before=clock.machine_now(), created_at=clock.machine_now()
            )
            result["file"] = str(uuid.UUID(int=7))
            if run.job.attempts == 1:
                raise OSError("power cut")

    with time_machine.travel(START, tick=False) as machine:
        row = jobs.enqueue("t.finish", key="1")
        jobs.run(row.pk)
        assert not Job.objects.filter(key="effect").exists()
        machine.shift(60)
        jobs.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.result) == (JobState.DONE, {"file": str(uuid.UUID(int=7))})
    assert Job.objects.filter(key="effect").count() == 1


@pytest.mark.parametrize(
    "payload",
    [
        {"nik": "3277010101900001"},
        {"nik": 3277010101900001},
        {"name": "Agus Setiawan"},
        {"to": ["agus@contoh.test"]},
        {"nested": {"a": 1}},
    ],
)
@pytest.mark.django_db
def test_a_payload_holds_keys_and_codes_only(kinds, payload):
    kinds("t.payload")(lambda run: None)
    with pytest.raises(ValueError, match="keys and codes"):
        jobs.enqueue("t.payload", key="1", payload=payload)
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_a_daily_job_runs_once_a_day_and_late_when_the_machine_was_off(kinds, broker):
    kinds("t.daily", daily_at=time(2, 0))(lambda run: None)
    with time_machine.travel(
        datetime(2026, 3, 1, 18, 59, tzinfo=UTC), tick=False
    ) as machine:  # 01.59 in Jakarta
        jobs.sweep()
        assert not Job.objects.exists()
        machine.shift(timedelta(minutes=1))
        jobs.sweep()
        jobs.sweep()
        assert [job.key for job in Job.objects.all()] == ["t.daily:2026-03-02"]
        machine.shift(timedelta(days=1, hours=9))
        jobs.sweep()
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_a_job_shows_only_to_who_asked_for_it(kinds, user_with):
    kinds("t.mine")(lambda run: None)
    asker, other = user_with(), user_with()
    row = jobs.enqueue("t.mine", key="1", actor=asker)
    assert list(Job.objects.visible_to(asker)) == [row]
    assert list(Job.objects.visible_to(other)) == []


@pytest.mark.django_db
def test_the_database_refuses_states_that_cannot_be(kinds):
    now = clock.machine_now()
    for wrong in (
        {"state": "LOST"},
        {"state": JobState.RUNNING},
        {"state": JobState.DONE},
        {"finished_at": now},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.create(kind="x", key=f"{wrong}", not_before=now, created_at=now, **wrong)


def test_two_handlers_for_one_kind_are_an_error_and_unknown_work_is_not_taken(kinds):
    def first(run):
        """One."""

    def second(run):
        """Two."""

    kinds("t.same")(first)
    with pytest.raises(ValueError, match="two handlers"):
        kinds("t.same")(second)
    with pytest.raises(LookupError):
        jobs.enqueue("t.unknown", key="1")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("NIK 3277010101900001.", False),
        ("NIK 3277 0101 0190 0001", False),
        ("NIK 327701-010190-0001", False),
        ("a3277010101900001b", False),
        ("Rp 11.872.240.800 dari 11.872.240.800", True),
        ("nomor 123456789012345", True),
        ("/ak1/permohonan/1c0e733e-9023-4473-9560-8698d2fc333f/", True),
    ],
)
def test_sixteen_digits_are_masked_wherever_they_stand(text, kept):
    assert (redact(text) == text) is kept
