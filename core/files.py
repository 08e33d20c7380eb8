"""Files of the office: random names, never public, opened only through a permission.

Whoever owns a ``kind`` registers who may open it::

    register_file_permission("jobseekers.photo", may_see_photo)          # (user, stored) -> bool

A kind that nobody registered is closed. Make and write files before the business transaction, not in it
(`prepare_image` and `prepare_document` of core.images do the slow part); a file whose row was rolled back is
swept after a day.
"""

import hashlib
import io
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, ProtectedError

from core import clock, personal
from core.images import Content, prepare_document, prepare_image
from core.models.files import StoredFile

FOLDER = "berkas"
SEAL_CONTEXT = "core.storedfile.content"
SWEEP_AFTER = timedelta(days=1)

Predicate = Callable[[Any, StoredFile], bool]


@dataclass(frozen=True)
class FileRule:
    """Who may open a kind of file, and whether opening it leaves an access event."""

    predicate: Predicate
    access_event: bool


_rules: dict[str, FileRule] = {}


def register_file_permission(kind: str, predicate: Predicate, *, access_event: bool = False) -> None:
    """Let ``predicate(user, stored)`` decide who opens files of this kind."""
    _rules[kind] = FileRule(predicate, access_event)


def rule_for(kind: str) -> FileRule:
    """The rule of a kind; an unknown kind is closed to everybody."""
    return _rules.get(kind, FileRule(lambda user, stored: False, access_event=False))


def store_image(
    upload: BinaryIO,
    *,
    actor: Any,
    kind: str,
    size: tuple[int, int] | None = None,
    least: tuple[int, int] | None = None,
    sealed: bool = False,
) -> StoredFile:
    """Re-encode and keep an uploaded picture.

    See `core.images.prepare_image` for the limits. Raises UnfitFile.
    """
    return store(prepare_image(upload, size=size, least=least), actor=actor, kind=kind, sealed=sealed)


def store_document(upload: BinaryIO, *, actor: Any, kind: str, sealed: bool = False) -> StoredFile:
    """Keep an uploaded PDF or picture of a document.

    ``sealed`` for whatever holds a NIK. Raises UnfitFile.
    """
    return store(prepare_document(upload), actor=actor, kind=kind, sealed=sealed)


def store(content: Content, *, actor: Any, kind: str, name: str = "", sealed: bool = False) -> StoredFile:
    """Keep bytes that are known to be fit.

    ``name`` is what a download is called; never a name that a user gave.
    """
    row = _row(kind=kind, name=name, content_type=content.content_type, actor=actor, sealed=sealed)
    row.size, row.sha256 = len(content.data), hashlib.sha256(content.data).hexdigest()
    data = _seal(content.data, row) if sealed else content.data
    return _keep(row, io.BytesIO(data))


def store_stream(stream: BinaryIO, *, actor: Any, kind: str, name: str, content_type: str) -> StoredFile:
    """Keep a long file piece by piece (never sealed); the stream is read from its beginning."""
    row = _row(kind=kind, name=name, content_type=content_type, actor=actor, sealed=False)
    digest, row.size = hashlib.sha256(), 0
    stream.seek(0)
    for piece in iter(lambda: stream.read(1024 * 1024), b""):
        digest.update(piece)
        row.size += len(piece)
    row.sha256 = digest.hexdigest()
    stream.seek(0)
    return _keep(row, stream)


def open_file(stored: StoredFile) -> BinaryIO:
    """The content, unsealed when it was sealed. Raises FileNotFoundError when the file is gone."""
    handle = default_storage.open(stored.path, "rb")
    if not stored.sealed:
        return handle
    with handle:
        return io.BytesIO(_unseal(handle.read(), stored))


def read_file(stored: StoredFile) -> bytes:
    """The whole content."""
    with open_file(stored) as handle:
        return handle.read()


def resealed_copy(stored: StoredFile) -> str:
    """Write a copy that the current key seals and return its path; "" when that key sealed the file already.

    The row still points at the old content: `core.rotation` moves it. Raises SealBroken, or FileNotFoundError when the
    file is gone.
    """
    with default_storage.open(stored.path, "rb") as handle:
        blob = handle.read()
    if personal.key_id_of(blob) == personal.current_key_id():
        return ""
    fresh = _seal(_unseal(blob, stored), stored)
    return default_storage.save(_random_path(), File(io.BytesIO(fresh)))


def erase_file(stored: StoredFile) -> None:
    """Remove the row now and the content after the commit; for erasure of a person, too."""
    path = stored.path
    StoredFile.objects.filter(pk=stored.pk).delete()
    transaction.on_commit(lambda: default_storage.delete(path))


def release_file(stored: StoredFile) -> bool:
    """Erase a file that a record has just let go of, unless another record shows it too; return whether it went.

    Files of two people are never one file, but the demo's drawings are shared by many.
    """
    try:
        with transaction.atomic():
            erase_file(stored)
    except ProtectedError:
        return False
    return True


def copy_to(stored: StoredFile, target: BinaryIO) -> None:
    """Write the content into another binary file."""
    with open_file(stored) as handle:
        shutil.copyfileobj(handle, target)


def sweep_orphans() -> int:
    """Delete files without a row and rows that nothing points at, both older than a day; return how many.

    Both are what a process leaves that is killed between writing a file and the record which names it.
    """
    before = clock.machine_now() - SWEEP_AFTER
    removed = _sweep_unused(before)
    for paths in _batches(_stored_paths(), 500):
        known = set(StoredFile.objects.filter(path__in=paths).values_list("path", flat=True))
        for path in set(paths) - known:
            if default_storage.get_modified_time(path) < before:
                default_storage.delete(path)
                removed += 1
    return removed


def _sweep_unused(before: datetime) -> int:
    """Erase stored files that no record names, not even one in a history; their age is their content's."""
    unused = StoredFile.objects.order_by("pk")
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            name = relation.field.attname
            users = relation.related_model._base_manager.filter(**{name: OuterRef("pk")})
            unused = unused.exclude(Exists(users))
    removed = 0
    for stored in list(unused):
        try:
            if default_storage.get_modified_time(stored.path) >= before:
                continue
        except FileNotFoundError:
            pass  # a row without content names nothing
        try:
            with transaction.atomic():
                erase_file(stored)
        except (IntegrityError, ProtectedError):
            continue  # taken into use just now
        removed += 1
    return removed


def _random_path() -> str:
    token = secrets.token_hex(20)
    return f"{FOLDER}/{token[:2]}/{token[2:]}"


def _row(*, kind: str, name: str, content_type: str, actor: Any, sealed: bool) -> StoredFile:
    return StoredFile(
        kind=kind,
        name=name,
        content_type=content_type,
        path=_random_path(),
        sealed=sealed,
        owner=actor if getattr(actor, "pk", None) else None,
        created_at=clock.now(),
    )


def _keep(row: StoredFile, stream: BinaryIO) -> StoredFile:
    """Write the content, then the row; without the row the content goes again."""
    row.path = default_storage.save(row.path, File(stream))
    try:
        row.save(force_insert=True)
    except Exception:
        default_storage.delete(row.path)
        raise
    return row


def _seal(data: bytes, row: StoredFile) -> bytes:
    return personal.seal_bytes(data, context=SEAL_CONTEXT, row=row.uid)


def _unseal(data: bytes, row: StoredFile) -> bytes:
    return personal.unseal_bytes(data, context=SEAL_CONTEXT, row=row.uid)


def _stored_paths() -> Iterator[str]:
    if not default_storage.exists(FOLDER):
        return
    folders, _ = default_storage.listdir(FOLDER)
    for folder in folders:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _batches(items: Iterator[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
