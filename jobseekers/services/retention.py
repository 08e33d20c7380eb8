"""How long data are kept (UU 27/2022 Ps 42-44): what is over its time is shown first and dropped second.

The periods are policies of the office, to be set by the city's archive schedule (JRA).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from core import audit, clock
from core.errors import Refused
from core.files import release_file
from core.models.agency import AgencyProfile
from core.models.audit import AuditEvent
from core.models.idempotency import IdempotencyKey
from core.models.workflow import WorkflowLog
from jobseekers.enums import OPEN_APPLICATION, ApplicationState
from jobseekers.models import (
    AK1Application,
    AK1Card,
    Episode,
    Interview,
    JobSeeker,
    OneTimeLink,
    PersonDocument,
)
from jobseekers.services import proposals
from jobseekers.services.erasure import anonymise_person
from jobseekers.services.people import lock_person

APPLIED = "jobseekers.retention_applied"
KEY_DAYS = 2
"""Days for which the API remembers an idempotency key."""
AUDIT_MONTHS = 12
EXAMPLES = 5


def _ago(policy: str) -> Any:
    """Return the moment as many days ago as the policy says."""
    return clock.now() - timedelta(days=AgencyProfile.current().policy(policy))


def years_ago(day: date, years: int) -> date:
    """Return the same day `years` years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def rejected_uploads() -> QuerySet:
    """Documents of people whose last word was a refusal, past the period, with nothing undecided and no card."""
    mine = AK1Application.objects.filter(jobseeker=OuterRef("jobseeker"))
    refused = mine.filter(state=ApplicationState.REJECTED)
    since = _ago("retention_rejected_uploads_days")
    rows = PersonDocument.objects.filter(Exists(refused), uploaded_at__lt=since)
    later = mine.filter(decided_at__gte=since)
    return rows.exclude(Exists(mine.filter(state__in=OPEN_APPLICATION)) | Exists(later)).exclude(
        Exists(AK1Card.objects.active().filter(jobseeker=OuterRef("jobseeker")))
    )


def finished_files() -> QuerySet:
    """People whose last episode ended longer ago than files are kept, with nothing running."""
    until = years_ago(clock.today(), AgencyProfile.current().policy("retention_file_years"))
    mine = {"jobseeker": OuterRef("pk")}
    rows = JobSeeker.objects.living().annotate(ended=Max("episodes__closed_on")).filter(ended__lt=until)
    return rows.exclude(
        Exists(Episode.objects.open().filter(**mine))
        | Exists(AK1Card.objects.active().filter(**mine))
        | Exists(AK1Application.objects.open().filter(**mine))
    )


def old_drafts() -> QuerySet:
    """Drafts that were never sent and not touched for the period."""
    rows = AK1Application.objects.filter(
        state=ApplicationState.DRAFT, updated_at__lt=_ago("retention_draft_days")
    )
    return rows.exclude(Exists(Interview.objects.filter(application=OuterRef("pk"))))


def old_links() -> QuerySet:
    """One-time links that ran out long ago; only their hash is there."""
    return OneTimeLink.objects.filter(expires_at__lt=_ago("retention_link_days"))


def old_keys() -> QuerySet:
    """Idempotency keys that nobody will send again."""
    return IdempotencyKey.objects.filter(created_at__lt=clock.now() - timedelta(days=KEY_DAYS))


def _drop_document(row: PersonDocument) -> None:
    stored = row.file
    row.delete()
    release_file(stored)


def _anonymise(person: JobSeeker) -> None:
    anonymise_person(lock_person(person), label="Data dihapus: masa simpan habis")


def _drop_draft(row: AK1Application) -> None:
    uid, number = row.uid, row.pk
    proposals.forget(row)
    row.delete()
    AK1Application.history.filter(id=number).delete()
    WorkflowLog.objects.filter(object_uid=uid).delete()


@dataclass(frozen=True)
class Rule:
    """One kind of data past its time: how it is found, and what is done with each row."""

    key: str
    label: str
    due: Callable[[], QuerySet]
    act: Callable[[Any], None]


RULES = (
    Rule("rejected_uploads", "Unggahan pemohon yang ditolak", rejected_uploads, _drop_document),
    Rule("finished_files", "Berkas AK-1 yang masa simpannya habis (dianonimkan)", finished_files, _anonymise),
    Rule("drafts", "Draf yang tidak pernah dikirim", old_drafts, _drop_draft),
    Rule("links", "Tautan sekali pakai yang kedaluwarsa", old_links, lambda row: row.delete()),
    Rule("keys", "Kunci permintaan API", old_keys, lambda row: row.delete()),
)


@dataclass(frozen=True)
class Found:
    """What a rule found: how many, a few public ids (never names), and how many were refused when acting."""

    label: str
    count: int
    examples: tuple[str, ...]
    refused: int = 0


def show() -> list[Found]:
    """Return what is past its time; changes nothing."""
    return [_found(rule) for rule in RULES]


def apply() -> list[Found]:
    """Drop what is past its time, a row a transaction; what a rule of law still holds is left and counted.

    Stopped half-way it is simply run again. The audit trail is append-only and stays (see `kept_events`).
    """
    return [_applied(rule) for rule in RULES]


def kept_events() -> int:
    """Return how many audit events are older than a year: they stay, since the sealed chain proves them whole."""
    return AuditEvent.objects.filter(at__lt=clock.now() - timedelta(days=AUDIT_MONTHS * 365 // 12)).count()


def _found(rule: Rule) -> Found:
    rows = rule.due()
    examples = tuple(str(getattr(row, "uid", row.pk)) for row in rows.order_by("pk")[:EXAMPLES])
    return Found(rule.label, rows.count(), examples)


def _rows(rule: Rule) -> Iterator[Any]:
    after = 0
    while batch := list(rule.due().filter(pk__gt=after).order_by("pk")[:100]):
        after = batch[-1].pk  # before the rows are dropped
        yield from batch


def _applied(rule: Rule) -> Found:
    done, refused, examples = 0, 0, []
    for row in _rows(rule):
        name = str(getattr(row, "uid", row.pk))
        try:
            with transaction.atomic():
                rule.act(row)
        except Refused:
            refused += 1
            continue
        done += 1
        if len(examples) < EXAMPLES:
            examples.append(name)
    if done:
        audit.record(APPLIED, actor=None, detail={"rule": rule.key, "count": done})
    return Found(rule.label, done, tuple(examples), refused)
