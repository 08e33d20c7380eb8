"""Taking in a budget table: stage, choose columns and repairs, save. Nothing is corrected by itself."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import uuid4

from django.db import IntegrityError, transaction

from core import bulk, clock, personal
from core.cells import UnreadableSheet, read_sheet
from core.errors import Refused
from core.images import MIB, read_limited
from core.models.staging import StagedRow, StagedUpload, UploadState
from core.tables_in import ALL, KEEP_DAYS, Outcome, RowsRefused, sealed_cells, unsealed_cells
from core.workflow import CommentRequired
from lkip.budget_sheet.layout import REQUIRED, filled_down
from lkip.budget_sheet.reading import KIND, Chosen, Reading, fingerprint, read, reopen
from lkip.permissions import can_plan
from lkip.services.budget_save import Saver

MAX_BYTES = 5 * MIB
MAX_ROWS = 3000


def _allowed(actor: Any) -> None:
    if not can_plan(actor):
        raise Refused("Anggaran diisi oleh perencana.")


def _counts(reading: Reading) -> dict[str, int]:
    return {"good_rows": len(reading.good_leaves()), "bad_rows": len(reading.bad_lines())}


def stage_budget(file: BinaryIO, *, actor: Any, year: int) -> StagedUpload:
    """Read a budget file and keep its rows for a decision. Raises UnfitFile, UnreadableSheet or Refused."""
    _allowed(actor)
    sheet = read_sheet(read_limited(file, MAX_BYTES), max_rows=MAX_ROWS)
    rows = [(1, list(sheet.head)), *sheet.rows] if not sheet.rows or sheet.rows[0][0] > 1 else sheet.rows
    rows = filled_down(rows, sheet.merged)
    reading = read(rows, year=year, formulas=sheet.formulas)
    if reading.layout.places and not reading.table.lines:
        raise UnreadableSheet("Di bawah judul kolom tidak ada baris anggaran yang bisa dibaca.")
    options = {
        "year": year,
        "letters": reading.layout.letters,
        "head": list(reading.layout.head),
        "titles": _titles(reading),
        "formulas": sorted(sheet.formulas),
    }
    held = [(n, {str(place): cell for place, cell in enumerate(cells) if cell != ""}) for n, cells in rows]
    staged_rows = [StagedRow(uid=uuid4(), number=number, errors=[]) for number, _ in held]
    for row, (_, cells) in zip(staged_rows, held, strict=True):
        row.sealed = sealed_cells(cells, row)
    now = clock.now()
    with transaction.atomic():
        staged = StagedUpload.objects.create(
            owner=actor,
            kind=KIND,
            content_hash=_digest(held, options),
            options=options,
            created_at=now,
            expires_at=now + timedelta(days=KEEP_DAYS),
            **_counts(reading),
        )
        for row in staged_rows:
            row.upload = staged
        bulk.create(StagedRow, staged_rows, actor=actor, reason="Unggahan anggaran")
    return staged


def _titles(reading: Reading) -> dict[str, str]:
    titles = reading.layout.titles
    return {name: titles[place] for name, place in reading.layout.places.items() if place in titles}


def _digest(rows: list, options: Mapping[str, Any]) -> bytes:
    """The same content decided on in the same way is the same upload."""
    decided = {name: value for name, value in options.items() if name not in ("formulas", "titles")}
    return personal.blind_index(f"upload:{KIND}:{json.dumps([rows, decided], default=str, sort_keys=True)}")


def _locked(staged: StagedUpload, actor: Any) -> StagedUpload:
    _allowed(actor)
    row = StagedUpload.objects.select_for_update().get(pk=staged.pk, kind=KIND)
    if row.state != UploadState.STAGED:
        raise Refused("Unggahan ini sudah diputuskan. Unggah berkasnya sekali lagi bila perlu.")
    return row


def _keep(row: StagedUpload, **options) -> StagedUpload:
    row.options |= options
    reading = reopen(row)
    row.options["titles"] = _titles(reading)
    row.good_rows, row.bad_rows = len(reading.good_leaves()), len(reading.bad_lines())
    rows = [(each.number, unsealed_cells(each)) for each in row.rows.all()]
    row.content_hash = _digest(rows, row.options)
    row.save(update_fields=["options", "good_rows", "bad_rows", "content_hash"])
    return row


@transaction.atomic
def choose_columns(staged: StagedUpload, *, actor: Any, letters: Mapping[str, str]) -> StagedUpload:
    """Read the file with other columns; kept with the upload, and the next upload of the office starts with them.

    `letters` names the column of each field (lkip.budget_sheet.layout.FIELDS). A chosen repair is dropped: it spoke of
    another reading. Raises UnreadableSheet.
    """
    row = _locked(staged, actor)
    given = {name: letter for name, letter in letters.items() if letter}
    if any(name not in given for name in REQUIRED):
        raise UnreadableSheet("Pilih kolom uraian dan kolom realisasi.")
    return _keep(row, letters=given, repair=None)


@transaction.atomic
def set_circumstances(
    staged: StagedUpload, *, actor: Any, month: int | None, known_total: tuple[int, int] | None
) -> StagedUpload:
    """Say by the end of which month the realisation stood (None: the year's end), and the whole office's ceiling and
    realisation where another source tells them (rupiah). A chosen repair is dropped.
    """
    row = _locked(staged, actor)
    if month is not None and not 1 <= month <= 12:
        raise Refused("Bulan antara Januari dan Desember.", field="month")
    if known_total is not None and min(known_total) < 0:
        raise Refused("Jumlah tidak boleh kurang dari nol.", field="total_ceiling")
    return _keep(row, month=month, known_total=list(known_total) if known_total else None, repair=None)


@transaction.atomic
def choose_repair(staged: StagedUpload, *, actor: Any, name: str, reason: str) -> StagedUpload:
    """Choose one of the proposals by its `fingerprint`, with the reason, which is kept in the log of each line that it
    changes. Nothing is saved before the upload is.
    """
    row = _locked(staged, actor)
    reason = " ".join(reason.split())
    if not reason:
        raise CommentRequired("Tulis alasan memilih perbaikan ini, misalnya dokumen yang Anda cocokkan.")
    repair = next((each for each in reopen(row).repairs if fingerprint(each) == name), None)
    if repair is None:
        raise Refused("Usulan ini tidak ada lagi. Muat ulang halaman, lalu pilih sekali lagi.")
    chosen = Chosen.from_repair(repair, reason=reason[:300], by=str(getattr(actor, "full_name", "")))
    return _keep(row, repair=chosen.as_json())


@transaction.atomic
def drop_repair(staged: StagedUpload, *, actor: Any) -> StagedUpload:
    """Go back to the file as it is printed."""
    return _keep(_locked(staged, actor), repair=None)


def commit_budget(staged: StagedUpload, *, actor: Any, mode: str = ALL, reason: str = "") -> Outcome:
    """Save the staged budget in one transaction.

    Mode "all" raises RowsRefused when a row is bad, and nothing is saved; mode "good" leaves bad rows out, and names
    them. `reason` explains months that fall. The same content is saved once. Raises Refused.
    """
    _allowed(actor)
    try:
        with transaction.atomic():
            row = _locked(staged, actor)
            if StagedUpload.objects.filter(
                kind=KIND, content_hash=row.content_hash, state=UploadState.COMMITTED
            ).exists():
                raise Refused("Isi berkas ini sudah disimpan. Tidak ada yang disimpan lagi.")
            reading = reopen(row)
            bad = [(line.number, list(reading.problems(line))) for line in reading.bad_lines()]
            if mode == ALL and bad:
                raise RowsRefused(Outcome(skipped=bad))
            outcome = Saver(reading, actor, reason=reason).save()
            outcome.skipped = sorted([*bad, *outcome.skipped], key=lambda each: each[0])
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
        raise Refused("Isi berkas ini baru saja disimpan oleh unggahan lain.") from None
    return outcome
