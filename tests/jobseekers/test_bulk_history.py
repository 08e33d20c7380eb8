"""What a bulk write leaves in history and log is what saving one by one would leave."""

from datetime import date

import pytest

from core import bulk, clock
from core.models.workflow import WorkflowLog
from jobseekers.models import JobSeeker

pytestmark = pytest.mark.django_db


def test_history_and_log_hold_the_record_as_it_was_written(agency, levels, places, officer):
    made = JobSeeker(
        full_name="Rina Lestari",
        sex="F",
        birth_date=date(2001, 2, 3),
        education=levels["SMK"],
        village=places["32.77.01.1001"],
        nik_sealed=b"\x00\x01sealed",
        nik_index=b"i" * 32,
    )
    now = clock.now()
    earlier = bulk.Step(now, "Terdaftar", None)
    last = bulk.Step(now, "Diperiksa " + "x" * 200, officer, "check", "A", "B", "Sesuai")
    (kept,) = bulk.write(JobSeeker, [(made, [earlier, last])])
    fresh, history = JobSeeker.objects.get(pk=kept.pk), JobSeeker.history.get()
    for field in JobSeeker.history.model.tracked_fields:
        assert _plain(getattr(history, field.attname)) == _plain(getattr(fresh, field.attname)), field.name
    assert history.instance == fresh
    assert (history.history_type, history.history_user, history.history_date) == ("+", officer, now)
    assert history.history_change_reason == last.label[:100]
    lines = list(WorkflowLog.objects.filter(object_uid=fresh.uid).order_by("version"))
    assert [(line.version, line.label, line.actor, line.comment) for line in lines] == [
        (1, "Terdaftar", None, ""),
        (2, last.label[:120], officer, "Sesuai"),
    ]
    assert fresh.version == 2
    assert lines[1].actor_name == officer.full_name
    assert lines[1].comment_required


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
