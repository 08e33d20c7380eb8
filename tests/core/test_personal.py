"""Sealing, looking up, masking and revealing personal data."""

import datetime as dt
import time
import uuid

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import audit, clock, personal
from core.files import read_file, store
from core.images import Content
from core.models.audit import AuditEvent
from core.personal import SealBroken, blind_index, mask_name, mask_nik, seal, unseal
from core.rotation import rotate_keys
from jobseekers.models import JobSeeker
from jobseekers.models.person import NIK_CONTEXT
from jobseekers.services.people import register_person
from messaging.models import Message

ROW = uuid.UUID("0190a6c5-0000-7000-8000-000000000001")
OLD, NEW = b"o" * 32, b"n" * 32


@given(st.text(max_size=200), st.uuids(), st.text(min_size=1, max_size=40))
def test_what_is_sealed_opens_for_its_row_and_field_only(value, row, context):
    blob = seal(value, context=context, row=row)
    assert unseal(blob, context=context, row=row) == value
    assert unseal(memoryview(blob), context=context, row=row) == value
    for other_context, other_row in ((context + "x", row), (context, uuid.UUID(int=row.int ^ 1))):
        with pytest.raises(SealBroken):
            unseal(blob, context=other_context, row=other_row)


@given(st.integers(0, 44), st.integers(1, 255))
def test_a_changed_byte_anywhere_does_not_open(position, flip):
    blob = bytearray(seal("3277014501990001", context="c", row=ROW))
    blob[position] ^= flip
    with pytest.raises(SealBroken):
        unseal(bytes(blob), context="c", row=ROW)


def test_two_seals_of_one_value_differ_and_do_not_contain_it():
    one, two = (seal("3277014501990001", context="c", row=ROW) for _ in range(2))
    assert one != two
    assert len(one) == 45
    assert b"3277014501990001" not in one


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01short", b"\xff" * 45])
def test_garbage_does_not_open(blob):
    with pytest.raises(SealBroken) as caught:
        unseal(blob, context="c", row=ROW)
    assert "3277" not in str(caught.value)


def test_bytes_of_a_file_seal_too():
    data = bytes(range(256)) * 100
    blob = personal.seal_bytes(data, context="core.storedfile", row=ROW)
    assert personal.unseal_bytes(blob, context="core.storedfile", row=ROW) == data


def test_the_highest_key_seals_and_all_keys_open(settings):
    settings.PERSONAL_DATA_KEYS = {1: OLD}
    old = seal("x", context="c", row=ROW)
    settings.PERSONAL_DATA_KEYS = {1: OLD, 2: NEW}
    assert personal.key_id_of(old) == 1
    assert unseal(old, context="c", row=ROW) == "x"
    assert personal.key_id_of(seal("x", context="c", row=ROW)) == 2
    settings.PERSONAL_DATA_KEYS = {2: NEW}
    with pytest.raises(SealBroken):
        unseal(old, context="c", row=ROW)


def test_blind_index_is_keyed_and_stable(settings):
    first = blind_index("3277014501990001")
    assert len(first) == 32
    assert first == blind_index("3277014501990001") != blind_index("3277014501990002")
    settings.BLIND_INDEX_KEY = NEW
    assert blind_index("3277014501990001") != first


def test_masks():
    assert mask_nik("3277014501990023") == "3277••••••••••23"
    assert mask_nik("123") == "•••"
    assert mask_name("Agus Setiawan") == "Agus S•••••••"
    assert mask_name("  Siti  Nur Aini ") == "Siti N•• A•••"
    assert mask_name("Suharto") == "Su•••••"
    assert mask_name("") == ""


def test_sealing_is_fast_enough_for_a_list():
    started = time.perf_counter()
    for _ in range(2000):
        unseal(seal("3277014501990023", context="c", row=ROW), context="c", row=ROW)
    assert time.perf_counter() - started < 0.5


def test_every_sealed_column_is_registered_so_that_rotation_reaches_it():
    registered = {(entry.model, entry.field) for entry in personal.sealed_fields()}
    columns = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField) and field.name.endswith("_sealed")
        if not model.__name__.startswith("Historical")
    }
    assert columns - registered == set()


@pytest.fixture
def note(db):
    """Return a record with a sealed field: a letter of the outbox."""
    return _note()


def _note() -> Message:
    return Message.objects.create(
        key=str(uuid.uuid4()), recipient="a@contoh.test", subject="Uji", created_at=clock.now()
    )


def _seal(note, value):
    personal.seal_into(note, "body_sealed", value)
    note.save()


def test_registering_a_field_with_two_contexts_is_a_mistake():
    with pytest.raises(ValueError, match="two contexts"):
        personal.register_sealed(Message, "body_sealed", context="another")


@pytest.mark.django_db
class TestReveal:
    """Looking at a sealed value: only with a reason, and never without a trace."""

    def test_leaves_who_what_and_why(self, note):
        _seal(note, "3277014501990023")
        actor = User.objects.create_user(email="p@contoh.test", full_name="Petugas Satu")
        shown = personal.reveal(note, "body_sealed", actor=actor, reason="Cocokkan dengan 3277014501990023")
        assert shown == "3277014501990023"
        event = AuditEvent.objects.get(kind=audit.REVEALED)
        assert (event.actor_uid, event.actor_name, event.object_uid) == (actor.uid, "Petugas Satu", note.uid)
        assert event.detail["field"] == "body_sealed"
        assert "Cocokkan" in event.detail["reason"]
        assert "3277014501990023" not in str(event.detail)

    @pytest.mark.parametrize("reason", ["", "    ", "ok", "x" * 301])
    def test_needs_a_reason(self, note, reason):
        _seal(note, "3277014501990023")
        with pytest.raises(personal.ReasonRequired, match="isi surat"):
            personal.reveal(note, "body_sealed", actor=None, reason=reason)
        assert not AuditEvent.objects.filter(kind=audit.REVEALED).exists()

    def test_shows_nothing_when_the_trace_cannot_be_written(self, note, monkeypatch):
        _seal(note, "3277014501990023")

        def broken(*args, **kwargs):
            raise RuntimeError("disk full")

        monkeypatch.setattr(audit, "record", broken)
        with pytest.raises(RuntimeError):
            personal.reveal(note, "body_sealed", actor=None, reason="Verifikasi berkas")


@pytest.mark.django_db
class TestRotation:
    """`rotate_personal_data_keys` seals old values under the new key and leaves the rest alone."""

    def test_old_values_move_to_the_new_key_and_open_without_the_old_one(self, note, settings, capsys):
        settings.PERSONAL_DATA_KEYS = {1: OLD}
        _seal(note, "rahasia lama")
        settings.PERSONAL_DATA_KEYS = {1: OLD, 2: NEW}
        current = _note()
        _seal(current, "rahasia baru")
        before = bytes(Message.objects.get(pk=current.pk).body_sealed)
        call_command("rotate_personal_data_keys")
        assert "1 disegel ulang, 1 sudah terbaru" in capsys.readouterr().out
        settings.PERSONAL_DATA_KEYS = {2: NEW}
        note.refresh_from_db()
        assert personal.clear_value(note, "body_sealed") == "rahasia lama"
        assert bytes(Message.objects.get(pk=current.pk).body_sealed) == before
        call_command("rotate_personal_data_keys")
        assert "0 disegel ulang, 2 sudah terbaru" in capsys.readouterr().out

    def test_a_value_that_does_not_open_is_named_and_the_command_fails(self, note, settings):
        settings.PERSONAL_DATA_KEYS = {1: OLD}
        _seal(note, "x")
        settings.PERSONAL_DATA_KEYS = {2: NEW}
        kept = bytes(Message.objects.get(pk=note.pk).body_sealed)
        with pytest.raises(CommandError, match=str(note.uid)):
            call_command("rotate_personal_data_keys")
        assert bytes(Message.objects.get(pk=note.pk).body_sealed) == kept
        assert AuditEvent.objects.filter(kind=audit.KEYS_ROTATED).count() == 1

    def test_old_versions_and_stored_files_move_too(self, db, settings):
        settings.PERSONAL_DATA_KEYS = {1: OLD}
        nik = personal.make_nik("327701", dt.date(2001, 5, 17), "M", 9001)
        person = register_person(
            actor=None, full_name="Agus", sex="M", birth_date=dt.date(2001, 5, 17), nik=nik
        )
        stored = store(Content(b"%PDF surat", "application/pdf"), actor=None, kind="test", sealed=True)
        old_path = stored.path
        settings.PERSONAL_DATA_KEYS = {1: OLD, 2: NEW}
        assert rotate_keys().broken == []
        settings.PERSONAL_DATA_KEYS = {2: NEW}
        version = JobSeeker.history.get(id=person.pk)
        assert personal.unseal(version.nik_sealed, context=NIK_CONTEXT, row=version.uid) == nik
        stored.refresh_from_db()
        assert read_file(stored) == b"%PDF surat"
        assert not default_storage.exists(old_path)
        assert JobSeeker.history.count() == 1
        assert JobSeeker.objects.get().version == 1

    def test_a_file_that_is_gone_is_named(self, db, settings):
        stored = store(Content(b"%PDF surat", "application/pdf"), actor=None, kind="test", sealed=True)
        default_storage.delete(stored.path)
        assert rotate_keys().broken == [f"core.storedfile {stored.uid}"]
