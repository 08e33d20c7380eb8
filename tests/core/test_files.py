"""Stored files: random names, closed unless a rule opens them, sealed ones unreadable at rest."""

import io
import os
import re
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse
from PIL import Image

from core import clock, files
from core.files import (
    erase_file,
    open_file,
    read_file,
    register_file_permission,
    store,
    store_document,
    store_image,
    sweep_orphans,
)
from core.images import Content, UnfitFile
from core.models import AuditEvent, DownloadFile, StoredFile
from core.models.files import DownloadState

pytestmark = pytest.mark.django_db
NIK = "3277010101909001"


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr(files, "_rules", {})


def photo(size=(900, 1200)):
    target = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(target, "JPEG")
    target.seek(0)
    return target


def on_disk(stored):
    with default_storage.open(stored.path) as handle:
        return handle.read()


def test_image_is_kept_under_a_random_name_that_says_nothing(user_with):
    user = user_with()
    stored = store_image(photo(), actor=user, kind="uji.foto", size=(480, 640))
    other = store_image(photo(), actor=user, kind="uji.foto", size=(480, 640))
    assert re.fullmatch(r"berkas/[0-9a-f]{2}/[0-9a-f]{38}", stored.path)
    assert stored.path != other.path
    assert stored.sha256 == other.sha256
    assert (stored.owner, stored.content_type, stored.size) == (user, "image/jpeg", len(read_file(stored)))
    with Image.open(open_file(stored)) as image:
        assert image.size == (480, 640)


def test_refused_upload_leaves_nothing(user_with):
    before = list(files._stored_paths())
    with pytest.raises(UnfitFile):
        store_image(io.BytesIO(b"not a picture"), actor=user_with(), kind="uji.foto")
    assert not StoredFile.objects.exists()
    assert list(files._stored_paths()) == before


def test_row_that_cannot_be_saved_takes_its_file_along(user_with, monkeypatch):
    before = set(files._stored_paths())
    monkeypatch.setattr(StoredFile, "save", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("disk")))
    with pytest.raises(RuntimeError):
        store(Content(b"abc", "text/plain"), actor=user_with(), kind="uji")
    assert set(files._stored_paths()) == before


def test_sealed_file_is_unreadable_at_rest_and_bound_to_its_row(user_with):
    content = Content(b"%PDF-1.4 " + NIK.encode(), "application/pdf")
    stored = store(content, actor=user_with(), kind="uji.ktp", sealed=True)
    other = store(content, actor=user_with(), kind="uji.ktp", sealed=True)
    raw = on_disk(stored)
    for secret in (NIK.encode(), NIK.encode("utf-16-le"), b"PDF"):
        assert secret not in raw
    assert raw != on_disk(other)
    assert read_file(stored) == content.data
    stored.path = other.path
    with pytest.raises(Exception, match="does not open"):
        read_file(stored)


def test_unknown_kind_and_stranger_get_404_the_owner_gets_the_file(client_as, user_with):
    client = client_as()
    mine = store_image(photo(), actor=client.user, kind="uji.milik")
    theirs = store_image(photo(), actor=user_with(), kind="uji.milik")
    closed = store_image(photo(), actor=client.user, kind="uji.tak-terdaftar")
    register_file_permission("uji.milik", lambda user, stored: stored.owner_id == user.pk)

    def get(stored):
        return client.get(reverse("core:file", args=[stored.uid]))

    answer = get(mine)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == read_file(mine)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "private" in answer["Cache-Control"]
    assert [get(theirs).status_code, get(closed).status_code] == [404, 404]
    client.logout()
    assert get(mine).status_code in (302, 404)


def test_opening_leaves_an_access_event_where_the_rule_says_so(client_as):
    client = client_as()
    stored = store(Content(b"x", "application/pdf"), actor=None, kind="uji.ktp", sealed=True)
    register_file_permission("uji.ktp", lambda user, stored: True, access_event=True)
    answer = client.get(reverse("core:file", args=[stored.uid]))
    assert answer["Cache-Control"] == "private, no-store"
    event = AuditEvent.objects.get(kind="file.opened")
    assert (event.actor_uid, event.object_uid) == (client.user.uid, stored.uid)


def test_files_are_outside_every_public_folder(settings):
    assert not settings.MEDIA_URL or settings.MEDIA_URL == "/"
    assert isinstance(default_storage._wrapped, FileSystemStorage)
    assert not str(default_storage.location).startswith(str(settings.STATIC_ROOT))


def test_erasing_removes_row_and_content(user_with, django_capture_on_commit_callbacks):
    stored = store_image(photo(), actor=user_with(), kind="uji.foto")
    with django_capture_on_commit_callbacks(execute=True):
        erase_file(stored)
    assert not default_storage.exists(stored.path)
    assert not StoredFile.objects.filter(pk=stored.pk).exists()


def in_use(stored, owner):
    """A record that names the file."""
    DownloadFile.objects.create(
        owner=owner, title="Uji", table="x", format="pdf", created_at=clock.now(), state=DownloadState.READY,
        file=stored, rows=1, expires_at=clock.now(),
    )  # fmt: skip


def test_orphans_are_swept_after_a_day_only(user_with):
    owner = user_with()
    kept = store_image(photo(), actor=owner, kind="uji.foto")
    in_use(kept, owner)
    old = default_storage.save("berkas/ab/lama", io.BytesIO(b"x"))
    new = default_storage.save("berkas/ab/baru", io.BytesIO(b"x"))
    before = (clock.machine_now() - timedelta(days=2)).timestamp()
    for path in (old, kept.path):
        os.utime(default_storage.path(path), (before, before))
    assert sweep_orphans() >= 1
    assert [default_storage.exists(path) for path in (kept.path, old, new)] == [True, False, True]


def test_a_row_that_nothing_points_at_is_swept_after_a_day(user_with, django_capture_on_commit_callbacks):
    owner, day_before = user_with(), (clock.machine_now() - timedelta(days=2)).timestamp()
    used, left, young = (store_image(photo(), actor=owner, kind="uji.foto") for _ in range(3))
    gone = store_image(photo(), actor=owner, kind="uji.foto")
    default_storage.delete(gone.path)
    in_use(used, owner)
    for stored in (used, left):
        os.utime(default_storage.path(stored.path), (day_before, day_before))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep_orphans() >= 2
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {used.pk, young.pk}
    assert [default_storage.exists(stored.path) for stored in (used, left, young)] == [True, False, True]


def test_document_may_be_a_picture(user_with):
    assert store_document(photo(), actor=user_with(), kind="uji.ijazah").content_type == "image/jpeg"
