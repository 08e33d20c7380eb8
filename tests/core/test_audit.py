"""The audit trail: can be added to, not changed; and a forced change shows."""

import json
import threading
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import audit
from core.models.audit import AppendOnly, AuditEvent, AuditSeal

pytestmark = pytest.mark.django_db


def _events(count=3):
    return [audit.record("test.done", actor=None, detail={"n": i}) for i in range(count)]


def _force(sql, *params):
    """Change rows behind the application's back, with the guards taken down."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE core_auditevent DISABLE TRIGGER USER")
            cursor.execute("ALTER TABLE core_auditseal DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER core_auditevent_append_only")
            cursor.execute("DROP TRIGGER core_auditseal_append_only")
        cursor.execute(sql, params)


def test_an_event_says_who_what_and_from_where(user_with, rf):
    actor = user_with("MEDIATOR")
    request = rf.get("/", REMOTE_ADDR="10.1.2.3")
    event = audit.record("test.done", actor=actor, obj=actor, detail={"a": 1}, request=request)
    event.refresh_from_db()
    assert (event.actor_uid, event.actor_name, event.ip) == (actor.uid, actor.full_name, "10.1.2.3")
    assert (event.object_model, event.object_uid) == ("accounts.user", actor.uid)
    assert audit.events_about(actor) == [event]


def test_events_cannot_be_changed_or_deleted_through_the_models(db):
    event = _events(1)[0]
    for attempt in (
        event.save,
        event.delete,
        lambda: AuditEvent.objects.update(kind="x"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_update([event], ["kind"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert AuditEvent.objects.get().kind == "test.done"


def test_the_database_refuses_a_change_too(db):
    event = _events(1)[0]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE core_auditevent SET kind = 'x' WHERE id = %s", [event.id])
    if connection.vendor == "postgresql":
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM core_auditevent WHERE id = %s", [event.id])
    assert AuditEvent.objects.get().kind == "test.done"


def test_the_chain_grows_and_holds(db, capsys):
    assert audit.seal_chain() is None
    _events(3)
    first = audit.seal_chain()
    assert first.events == 3
    assert audit.seal_chain() is None
    _events(2)
    call_command("seal_audit")
    second = AuditSeal.objects.order_by("last_id").last()
    assert (second.first_id, second.events) == (first.last_id + 1, 2)
    assert bytes(second.previous) == bytes(first.digest)
    assert audit.verify_chain() == []
    call_command("seal_audit", "--verify")
    assert "2 peristiwa disegel" in (out := capsys.readouterr().out)
    assert "utuh" in out


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("UPDATE core_auditevent SET kind = 'x' WHERE id = %s", "berubah"),
        ("UPDATE core_auditevent SET actor_name = 'Orang lain' WHERE id = %s", "berubah"),
        ("UPDATE core_auditevent SET detail = '{\"n\": 7}' WHERE id = %s", "berubah"),
        ("UPDATE core_auditevent SET at = '2001-01-01T00:00:00+00:00' WHERE id = %s", "berubah"),
        ("DELETE FROM core_auditevent WHERE id = %s", "Jumlah"),
        ("DELETE FROM core_auditseal WHERE first_id <= %s", "Mata rantai"),
    ],
)
def test_a_forced_change_shows(db, sql, reason):
    events = _events(3)
    audit.seal_chain()
    _events(2)
    audit.seal_chain()
    _force(sql, events[1].id)
    breaks = audit.verify_chain()
    assert len(breaks) == 1
    assert reason in breaks[0].reason
    with pytest.raises(CommandError, match="berubah"):
        call_command("seal_audit", "--verify")


def test_an_event_slipped_in_below_a_seal_shows(db):
    events = _events(3)
    _force("DELETE FROM core_auditevent WHERE id = %s", events[1].id)
    audit.seal_chain()
    AuditEvent(id=events[1].id, at=events[1].at, kind="forged").save()
    assert [b.reason for b in audit.verify_chain()] == ["Jumlah peristiwa 3, padahal disegel 2."]


def test_who_can_write_rows_cannot_seal_them_again_without_the_key(db, settings):
    _events(2)
    settings.BLIND_INDEX_KEY = b"f" * 32
    audit.seal_chain()
    settings.BLIND_INDEX_KEY = b"t" * 32
    assert "kunci lain" in audit.verify_chain()[0].reason


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(2**53), 2**53)
            | st.text(max_size=20).filter(lambda t: "\0" not in t),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_any_detail_survives_the_database_and_verifies(db, values):
    if any("\\ud" in json.dumps(value) for value in values):
        return  # half a surrogate pair is no text
    for value in values:
        audit.record("test.detail", actor=None, detail={"v": value})
    audit.seal_chain()
    assert audit.verify_chain() == []


@pytest.mark.django_db(transaction=True)
def test_sealing_waits_for_writers_that_hold_a_lower_id(django_db_blocker):
    """On PostgreSQL an id is taken before the commit: the seal must not overtake it. On SQLite it cannot."""
    written, sealed = threading.Event(), threading.Event()
    link = []

    def writer():
        with transaction.atomic():
            audit.record("slow", actor=None)
            written.set()
            sealed.wait(timeout=0.7)
        connection.close()

    def sealer():
        written.wait()
        link.append(audit.seal_chain())
        sealed.set()
        connection.close()

    threads = [threading.Thread(target=writer), threading.Thread(target=sealer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert link[0].events == 1
    assert audit.verify_chain() == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sealing_gives_way_to_a_long_writer(django_db_blocker):
    started, over = threading.Event(), threading.Event()

    def writer():
        with transaction.atomic():
            audit.record("very slow", actor=None, obj=None, detail={"run": str(uuid.uuid4())})
            started.set()
            over.wait(timeout=20)
        connection.close()

    thread = threading.Thread(target=writer)
    thread.start()
    started.wait()
    assert audit.seal_chain() is None
    over.set()
    thread.join()
    assert audit.seal_chain().events == 1


def test_the_address_behind_a_trusted_proxy_is_the_visitor_s(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.7", REMOTE_ADDR="10.0.0.2")
    settings.TRUSTED_PROXY_COUNT = 0
    assert audit.record("test.seen", actor=None, request=request).ip == "10.0.0.2"
    settings.TRUSTED_PROXY_COUNT = 1
    assert audit.record("test.seen", actor=None, request=request).ip == "198.51.100.7"
