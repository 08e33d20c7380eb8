"""Checks a foreign report in the background: the file goes as soon as it has been read, the findings after a week."""

import json
import uuid
from datetime import time, timedelta
from typing import Any, BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from core import audit, clock, files, jobs
from core.errors import Refused
from core.images.kinds import Content
from core.models.files import StoredFile
from core.models.job import Job, JobState
from lkip.checker.check import check
from lkip.checker.model import Finding
from lkip.checker.reading import MOST_BYTES, read

KIND = "lkip.check_foreign"
FOREIGN, RESULT = "lkip.foreign_report", "lkip.foreign_findings"
KEEP_FOREIGN, KEEP_RESULT = timedelta(days=1), timedelta(days=7)
NAMES = ("laporan yang diperiksa", "laporan pembanding")


def order_check(actor: Any, *, report: UploadedFile, other: UploadedFile | None = None) -> Job:
    """Take one report, or two to compare, and return the job that checks. Raises Refused for what is none."""
    contents = [_content(file) for file in (report, other) if file is not None]
    for data, name in zip(contents, NAMES, strict=False):
        if not any(line.text for line in read(data, name).lines):
            raise Refused("Berkas ini tidak memuat teks yang dapat diperiksa.")
    stored = [
        files.store(Content(data, "application/octet-stream"), actor=actor, kind=FOREIGN, sealed=True)
        for data in contents
    ]
    with transaction.atomic():
        job = jobs.enqueue(
            KIND, key=str(stored[0].uid), payload={"files": [str(f.uid) for f in stored]}, actor=actor
        )
        audit.record("lkip.foreign_checked", actor=actor, detail={"files": len(stored)})
    return job


def _content(file: BinaryIO) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Refused("Berkas terlalu besar; paling besar 20 MB.")
    return data


@jobs.job(KIND, lease=timedelta(minutes=5), attempts=2)
def run_check(run: jobs.JobRun) -> None:
    """Read, check, keep the findings, and let the files go."""
    stored = [StoredFile.objects.filter(uid=uuid.UUID(uid)).first() for uid in run.payload["files"]]
    if any(file is None for file in stored):
        with run.finish():
            return
    documents = [read(files.read_file(f), name) for f, name in zip(stored, NAMES, strict=False)]
    findings = check(*documents)
    text = json.dumps([as_dict(f) for f in findings], ensure_ascii=False)
    kept = files.store(
        Content(text.encode(), "application/json"), actor=run.job.actor, kind=RESULT, sealed=True
    )
    try:
        with run.finish(findings=str(kept.uid)):
            for file in stored:
                files.erase_file(file)
    except jobs.LeaseLostError:
        files.erase_file(kept)
        raise


def as_dict(finding: Finding) -> dict:
    """A finding as it is kept and shown."""
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "severity": str(finding.severity),
        "title": finding.title,
        "places": [place.where for place in finding.places],
        "values": list(finding.values),
        "sum": finding.sum,
    }


def findings_of(job: Job) -> list[dict] | None:
    """The findings of a finished job; None when it waits, or when they have been thrown away."""
    uid = job.result.get("findings") if job.state == JobState.DONE else None
    stored = StoredFile.objects.filter(uid=uuid.UUID(uid), kind=RESULT).first() if uid else None
    return json.loads(files.read_file(stored)) if stored else None


@jobs.job("lkip.forget_foreign", daily_at=time(1, 45))
def forget(run: jobs.JobRun) -> None:
    """Erase files that no job took, and findings after a week."""
    now = clock.now()
    with run.finish():
        for kind, keep in ((FOREIGN, KEEP_FOREIGN), (RESULT, KEEP_RESULT)):
            for stored in StoredFile.objects.filter(kind=kind, created_at__lt=now - keep):
                files.erase_file(stored)
