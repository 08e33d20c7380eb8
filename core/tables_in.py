"""One class an upload: template, preview with an error a cell, commit of all rows or of the good ones, once only.

::

    class PlacementUpload(Upload):
        slug = "penempatan-bkk"
        title = "Penempatan dari BKK"
        permission = may_report                                  # (user) -> bool
        fields = [Field(key="nik", title="NIK", kind="nik", required=True, unique=True), …]
        def check_row(self, values, user): …                     # raise Refused(message, field="key")
        def save_row(self, values, actor): services.report_placement(actor=actor, …)

`stage` reads a file into `StagedUpload` and `StagedRow` (cells sealed, errors without content); `commit`
reads every row again, so a choice that is gone meanwhile is noticed, and saves through the service. Mode
"all" saves nothing unless every row is good; "good" leaves the bad rows out and names them. The same content
is committed once: a second time is refused with the day of the first. Staged rows are deleted when decided,
or after seven days.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import uuid4

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, transaction

from core import bulk, clock, formats, personal
from core.cells import Sheet, UnreadableSheet, Value, address, read_sheet
from core.errors import Refused
from core.fields_in import Field
from core.images import MIB, read_limited
from core.models.staging import StagedRow, StagedUpload, UploadState
from core.redaction import redact
from core.sealed_cells import plain, sealed_cells, unsealed_cells

ALL, GOOD = "all", "good"
KEEP_DAYS = 7

registry: dict[str, type["Upload"]] = {}


@dataclass(frozen=True)
class CellError:
    """What is wrong with a cell, or with a whole row (``cell`` is then "baris 7")."""

    cell: str
    title: str
    message: str


@dataclass
class PreviewRow:
    """A staged row as its owner sees it: masked cells and errors."""

    number: int
    cells: list[str]
    errors: list[CellError]


@dataclass
class Outcome:
    """What a commit did."""

    saved: int = 0
    skipped: list[tuple[int, list[CellError]]] = field(default_factory=list)


class RowsRefused(Refused):
    """Mode "all" met rows that can't be saved; nothing was."""

    def __init__(self, outcome: Outcome) -> None:
        """Take what was found."""
        first = outcome.skipped[0][1][0]
        super().__init__(
            f"Tidak ada yang disimpan: {formats.number(len(outcome.skipped))} baris belum benar. "
            f"Yang pertama di {first.cell}: {first.message}"
        )
        self.outcome = outcome


class Upload:
    """Base of every upload; see the module's text."""

    slug = ""
    title = ""
    intro = ""
    fields: list[Field] = []
    max_rows = 2000
    max_bytes = 5 * MIB

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register the upload; ``permission`` may be a plain predicate of the user."""
        super().__init_subclass__(**kwargs)
        predicate = cls.__dict__.get("permission")
        if (
            callable(predicate)
            and getattr(predicate, "__code__", None)
            and predicate.__code__.co_argcount == 1
        ):
            cls.permission = staticmethod(predicate)
        if not cls.slug:
            return
        if registry.setdefault(cls.slug, cls).__qualname__ != cls.__qualname__:
            raise ImproperlyConfigured(f"Two uploads share the slug {cls.slug!r}")
        registry[cls.slug] = cls

    def permission(self, user: Any) -> bool:
        """Whether the user may upload. Denied unless the upload says otherwise."""
        return False

    def check_row(self, values: dict[str, Any], user: Any) -> None:
        """Rules across cells and against the database; raise Refused, its ``field`` names the column."""

    def save_row(self, values: dict[str, Any], actor: Any) -> None:
        """Save one row through a service."""
        raise NotImplementedError(f"{type(self).__name__}.save_row")

    # --- reading ---

    def places(self, head: list[str]) -> dict[str, int]:
        """Where each field's column stands. UnreadableSheet when one is missing, unknown or there twice."""
        titles = [_title(text) for text in head]
        known = {_title(item.title): item for item in self.fields}
        unknown = [text for text, title in zip(head, titles, strict=True) if title and title not in known]
        twice = sorted({title for title in titles if title and titles.count(title) > 1})
        absent = [item.title for title, item in known.items() if item.required and title not in titles]
        for names, words in (
            (absent, "Kolom wajib tidak ada"),
            (unknown, "Kolom tidak dikenal"),
            (twice, "Kolom ada dua kali"),
        ):
            if names:
                listed = ", ".join(f"“{redact(name)[:40]}”" for name in names[:5])
                raise UnreadableSheet(f"{words}: {listed}. Pakai judul kolom dari templat, lalu unggah lagi.")
        return {known[title].key: place for place, title in enumerate(titles) if title}

    def read_row(
        self, cells: dict[str, Value], places: dict[str, int], number: int, user: Any
    ) -> tuple[dict[str, Any], list[CellError]]:
        """The typed values of a row and its errors; cross checks run only when every cell is good."""
        values, errors = {}, []
        for item in self.fields:
            try:
                values[item.key] = item.read(cells.get(item.key, ""), self._options(item, user))
            except Refused as problem:
                errors.append(self._error(item, places, number, str(problem)))
        if not errors:
            try:
                self.check_row(values, user)
            except (Refused, ValidationError) as problem:
                errors += self.errors_of(problem, places, number)
        return values, errors

    def errors_of(
        self, problem: Refused | ValidationError, places: dict[str, int], number: int
    ) -> list[CellError]:
        """A refusal of a rule or a service as errors of cells."""
        if isinstance(problem, Refused):
            return [self._error(self._field(problem.field), places, number, str(problem))]
        if hasattr(problem, "error_dict"):
            return [
                self._error(self._field(name), places, number, text)
                for name, found in problem.message_dict.items()
                for text in found
            ]
        return [self._error(None, places, number, text) for text in problem.messages]

    def _field(self, key: str) -> Field | None:
        return next((item for item in self.fields if item.key == key), None)

    def _options(self, item: Field, user: Any) -> list[tuple[Any, str]]:
        """The choices of a field, asked once for a whole file."""
        known = self.__dict__.setdefault("_choices", {})
        if item.key not in known:
            known[item.key] = item.options(user) if item.kind == "choice" else []
        return known[item.key]

    @staticmethod
    def _error(item: Field | None, places: dict[str, int], number: int, message: str) -> CellError:
        cell = address(places[item.key], number) if item and item.key in places else f"baris {number}"
        return CellError(cell, item.title if item else "", redact(message))


@dataclass
class Read:
    """A file that was read and checked, and is kept nowhere yet; `digest` says what stands in it."""

    upload: Upload
    digest: bytes
    places: dict[str, int]
    rows: list[StagedRow]


def read(upload: Upload, file: BinaryIO, *, actor: Any) -> Read:
    """Read a file and check its rows, outside of any transaction. Raises UnfitFile, UnreadableSheet or Refused."""
    if not upload.permission(actor):
        raise Refused("Anda tidak berwenang mengunggah tabel ini.")
    sheet = read_sheet(read_limited(file, upload.max_bytes), max_rows=upload.max_rows)
    places = upload.places(sheet.head)
    rows = [_cells_of(upload, places, row) for _, row in sheet.rows]
    if not rows:
        raise UnreadableSheet(
            "Belum ada baris data di bawah judul kolom. Isi mulai baris kedua, lalu unggah lagi."
        )
    digest = personal.blind_index(f"upload:{upload.slug}:{json.dumps(rows, default=plain, sort_keys=True)}")
    return Read(upload, digest, places, list(_stage_rows(upload, sheet, places, rows, actor)))


def keep(found: Read, *, actor: Any) -> StagedUpload:
    """Keep what was read for a decision. Raises Refused, keeping nothing, when this content was committed before."""
    _refuse_repeat(found.upload, found.digest)
    bad = sum(1 for row in found.rows if row.errors)
    now = clock.now()
    with transaction.atomic():
        staged = StagedUpload.objects.create(
            owner=actor,
            kind=found.upload.slug,
            content_hash=found.digest,
            options={"places": found.places},
            good_rows=len(found.rows) - bad,
            bad_rows=bad,
            created_at=now,
            expires_at=now + timedelta(days=KEEP_DAYS),
        )
        for row in found.rows:
            row.upload = staged
        bulk.create(StagedRow, found.rows, actor=actor, reason=f"Unggahan {found.upload.title}")
    return staged


def stage(upload: Upload, file: BinaryIO, *, actor: Any) -> StagedUpload:
    """Read a file and keep its rows for a decision.

    Raises UnfitFile, UnreadableSheet or Refused; then nothing is kept.
    """
    return keep(read(upload, file, actor=actor), actor=actor)


def _stage_rows(
    upload: Upload, sheet: Sheet, places: dict[str, int], rows: list[dict[str, Value]], actor: Any
) -> Iterator[StagedRow]:
    seen: dict[tuple[str, Any], str] = {}
    for (number, _), cells in zip(sheet.rows, rows, strict=True):
        values, errors = upload.read_row(cells, places, number, actor)
        for key, place in places.items():
            where = address(place, number)
            if where in sheet.formulas:
                title = upload._field(key).title
                errors.append(
                    CellError(where, title, "Sel ini berisi rumus. Salin, lalu tempel sebagai nilai.")
                )
        errors += _repeats(upload, values, places, number, seen)
        row = StagedRow(uid=uuid4(), number=number, errors=[vars(error) for error in errors])
        row.sealed = sealed_cells(cells, row)
        yield row


def _repeats(
    upload: Upload,
    values: dict[str, Any],
    places: dict[str, int],
    number: int,
    seen: dict[tuple[str, Any], str],
) -> list[CellError]:
    """Errors of values that must not stand twice in one file."""
    errors = []
    for item in upload.fields:
        value = values.get(item.key)
        if not item.unique or value is None:
            continue
        where = address(places[item.key], number)
        first = seen.setdefault((item.key, value), where)
        if first != where:
            errors.append(CellError(where, item.title, f"{item.title} ini sudah ada di {first}."))
    return errors


def preview(staged: StagedUpload, *, bad_only: bool = False) -> Iterator[PreviewRow]:
    """The rows as their owner may see them: NIK and personal cells masked."""
    upload = registry[staged.kind]()
    for row, cells in unsealed_rows(staged, bad_only=bad_only):
        shown = [item.shown(cells.get(item.key, "")) for item in upload.fields]
        yield PreviewRow(row.number, shown, [CellError(**error) for error in row.errors])


def unsealed_rows(
    staged: StagedUpload, *, bad_only: bool = False
) -> Iterator[tuple[StagedRow, dict[str, Value]]]:
    """The staged rows with their cells in clear; only for what goes back to the owner or on to a service."""
    rows = staged.rows.exclude(errors=[]) if bad_only else staged.rows.all()
    for row in rows.iterator(chunk_size=500):
        yield row, unsealed_cells(row)


def commit(staged: StagedUpload, *, actor: Any, mode: str = ALL) -> Outcome:
    """Save the staged rows, in one transaction.

    Mode "all" raises RowsRefused when a row is bad, and nothing is saved; mode "good" skips bad rows and
    returns them. A second commit of the same content, or of an upload decided meanwhile, raises Refused.
    """
    upload = registry[staged.kind]()
    if not upload.permission(actor):
        raise Refused("Anda tidak berwenang mengunggah tabel ini.")
    try:
        with transaction.atomic():
            row = StagedUpload.objects.select_for_update().get(pk=staged.pk)
            if row.state != UploadState.STAGED:
                raise Refused(_decided(row))
            _refuse_repeat(upload, bytes(row.content_hash))
            outcome = _save_rows(upload, row, actor)
            if mode == ALL and outcome.skipped:
                raise RowsRefused(outcome)
            if not outcome.saved:
                raise Refused("Tidak ada baris yang bisa disimpan. Perbaiki berkasnya, lalu unggah lagi.")
            row.state, row.saved_rows, row.decided_at = UploadState.COMMITTED, outcome.saved, clock.now()
            row.save(update_fields=["state", "saved_rows", "decided_at"])
            row.rows.all().delete()
    except IntegrityError as problem:
        if "core_upload_committed_once" not in str(problem) and "content_hash" not in str(problem):
            raise
        raise Refused(
            "Isi berkas ini baru saja disimpan oleh unggahan lain. Tidak ada yang disimpan lagi."
        ) from None
    return outcome


def _save_rows(upload: Upload, staged: StagedUpload, actor: Any) -> Outcome:
    outcome, places = Outcome(), staged.options["places"]
    for row in staged.rows.all():
        if row.errors:
            outcome.skipped.append((row.number, [CellError(**error) for error in row.errors]))
            continue
        values, errors = upload.read_row(unsealed_cells(row), places, row.number, actor)
        if not errors:
            try:
                with transaction.atomic():
                    upload.save_row(values, actor)
                outcome.saved += 1
                continue
            except (Refused, ValidationError) as problem:
                errors = upload.errors_of(problem, places, row.number)
        outcome.skipped.append((row.number, errors))
    return outcome


def discard(staged: StagedUpload) -> None:
    """Throw a staged upload away."""
    with transaction.atomic():
        row = StagedUpload.objects.select_for_update().get(pk=staged.pk)
        if row.state == UploadState.STAGED:
            row.state, row.decided_at = UploadState.DISCARDED, clock.now()
            row.save(update_fields=["state", "decided_at"])
            row.rows.all().delete()


def _refuse_repeat(upload: Upload, digest: bytes) -> None:
    before = StagedUpload.objects.filter(
        kind=upload.slug, content_hash=digest, state=UploadState.COMMITTED
    ).first()
    if before is not None:
        raise Refused(_decided(before))


def _decided(row: StagedUpload) -> str:
    if row.state == UploadState.COMMITTED:
        return (
            f"Isi berkas ini sudah disimpan pada {formats.datetime_long(row.decided_at)} "
            f"({formats.number(row.saved_rows)} baris). Tidak ada yang disimpan lagi."
        )
    return "Unggahan ini sudah dibatalkan. Unggah berkasnya sekali lagi."


def _cells_of(upload: Upload, places: dict[str, int], row: list[Value]) -> dict[str, Value]:
    return {key: row[place] if place < len(row) else "" for key, place in places.items()}


def _title(text: str) -> str:
    return " ".join(text.replace("*", " ").split()).casefold()
