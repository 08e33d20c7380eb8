"""Long exports.

Ordered on the page, made by a job, fetched from "Unduhan" for seven days, by their owner only.
"""

import tempfile
import uuid
from datetime import time, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest

from core import audit, clock, files, jobs
from core.errors import Refused
from core.models.files import DownloadFile, DownloadState, StoredFile
from core.selection import Selection, selection_of
from core.tables import Table, registry
from core.tables_out import CONTENT_TYPES, Stamp, file_name, write

KIND = "core.download"
KEEP_DAYS = 7


def order(selection: Selection, name: str, *, actor: Any, request: HttpRequest | None = None) -> DownloadFile:
    """Order an export in the background and return its row; the job starts after the commit."""
    with transaction.atomic():
        row = DownloadFile.objects.create(
            owner=actor,
            title=selection.table.title,
            table=selection.table.slug,
            query=selection.url()[1:],
            format=name,
            created_at=clock.now(),
        )
        row.job = jobs.enqueue(
            "core.export", key=str(row.uid), payload={"download": str(row.uid)}, actor=actor
        )
        row.save(update_fields=["job"])
        audit.record(
            "export.ordered",
            actor=actor,
            detail={"table": row.table, "format": name, "download": str(row.uid)},
            request=request,
        )
    return row


def announce(*, owner: Any, title: str, format: str, table: str = "") -> DownloadFile:
    """Put a file that another room's job will make into the owner's Unduhan; set its `job` when it is enqueued."""
    return DownloadFile.objects.create(
        owner=owner, title=title, table=table, format=format, created_at=clock.now()
    )


def hand_over(
    row: DownloadFile, stored: StoredFile, *, rows: int, keep: timedelta, message: str = ""
) -> None:
    """Make an announced file ready; call it in the `finish` of the job that made it."""
    DownloadFile.objects.filter(pk=row.pk).update(
        state=DownloadState.READY,
        file=stored,
        rows=rows,
        message=message[:500],
        expires_at=clock.machine_now() + keep,
    )


def give_up(row: DownloadFile, message: str) -> None:
    """Say why an announced file will not come; call it in the `finish` of its job."""
    DownloadFile.objects.filter(pk=row.pk).update(state=DownloadState.FAILED, message=message[:500])


@jobs.job("core.export")
def make_export(run: jobs.JobRun) -> None:
    """Write the ordered export to a file.

    Refused when the right is gone or the format can't hold the rows.
    """
    row = DownloadFile.objects.select_related("owner").get(uid=uuid.UUID(run.payload["download"]))
    if row.state != DownloadState.WAITING:
        return
    stored = None
    try:
        selection = _selection(row)
        with tempfile.TemporaryFile() as target:
            total = selection.counts()[selection.chip]
            stamp = Stamp.of(row.owner)
            count = write(
                selection, row.format, target, stamp, lambda done: run.progress(min(done, total), total)
            )
            run.progress(count, max(total, count))
            stored = files.store_stream(
                target,
                actor=row.owner,
                kind=KIND,
                name=file_name(selection, row.format, stamp.at),
                content_type=CONTENT_TYPES[row.format],
            )
    except Refused as problem:
        with run.finish():
            give_up(row, str(problem))
        return
    try:
        with run.finish():
            hand_over(row, stored, rows=count, keep=timedelta(days=KEEP_DAYS))
    except jobs.LeaseLostError:
        files.erase_file(stored)
        raise


def _selection(row: DownloadFile) -> Selection:
    """The ordered selection, with the permission asked again as of now."""
    table_class: type[Table] | None = registry.get(row.table)
    owner = get_user_model().objects.get(pk=row.owner_id)
    if table_class is None or not owner.is_active or not table_class().permission(owner):
        raise Refused("Anda tidak lagi berwenang atas tabel ini.")
    selection = selection_of(table_class(), owner, row.query)
    if selection.errors:
        raise Refused(" ".join(selection.errors))
    return selection


@jobs.job("core.expire_downloads", daily_at=time(1, 15))
def expire_downloads(run: jobs.JobRun) -> None:
    """Remove exports after seven days, and files that no row knows."""
    expired = list(
        DownloadFile.objects.filter(
            state=DownloadState.READY, expires_at__lt=clock.machine_now()
        ).select_related("file")
    )
    for number, row in enumerate(expired, start=1):
        with run.step(done=number, total=len(expired)):
            stored: StoredFile = row.file
            DownloadFile.objects.filter(pk=row.pk).update(state=DownloadState.EXPIRED, file=None)
            files.erase_file(stored)
    files.sweep_orphans()
