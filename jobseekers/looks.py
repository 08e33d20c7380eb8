"""Who looked at a person's data: the access events about the person, the applications, cards and files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Membership
from core import audit, clock
from core.models.audit import AuditEvent
from jobseekers.models import AK1Application, AK1Card, JobSeeker, PersonDocument

FILE_OPENED = "file.opened"
LOOKS = (audit.OPENED, audit.REVEALED, FILE_OPENED)
"""The kinds of event that are a look at personal data."""

WHAT = {
    "jobseekers.jobseeker": "Data diri",
    "jobseekers.ak1application": "Permohonan AK-1",
    "jobseekers.ak1card": "Kartu AK-1",
    "core.storedfile": "Berkas yang Anda unggah",
}


@dataclass(frozen=True)
class Look:
    """One look: when, by whom in which role, at what, and why. Of the officer only name and role are told."""

    at: datetime
    name: str
    role: str
    what: str
    why: str


def objects_of(person: JobSeeker) -> list[UUID]:
    """Return the public ids under which access events about the person are kept."""
    found = [person.uid]
    found += JobSeeker.objects.filter(merged_into=person).values_list("uid", flat=True)
    for table in (AK1Application, AK1Card):
        found += table.objects.filter(jobseeker=person).values_list("uid", flat=True)
    found += PersonDocument.objects.filter(jobseeker=person).values_list("file__uid", flat=True)
    if person.photo_id:
        found.append(person.photo.uid)
    return found


def looks_at(person: JobSeeker) -> QuerySet:
    """Return the access events about the person by others, newest first."""
    events = AuditEvent.objects.filter(kind__in=LOOKS, object_uid__in=objects_of(person))
    if person.user_id:
        events = events.exclude(actor_uid=person.user.uid)
    return events.order_by("-id")


def tell(events: list[AuditEvent]) -> list[Look]:
    """Word the events: the role is the one that the officer held on that day. One query, however many events."""
    days = [event.at for event in events]
    held: dict[UUID, list[Membership]] = {}
    if days:
        rows = Membership.objects.filter(
            user__uid__in={event.actor_uid for event in events if event.actor_uid}
        )
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=clock.local(min(days)).date()))
        for row in rows.select_related("user", "institution").order_by("pk"):
            held.setdefault(row.user.uid, []).append(row)
    return [_look(event, held.get(event.actor_uid, [])) for event in events]


def _look(event: AuditEvent, memberships: list[Membership]) -> Look:
    day = clock.local(event.at).date()
    roles = [
        row.get_role_display()
        for row in memberships
        if row.started_on <= day and (row.ended_on is None or row.ended_on >= day)
    ]
    what = WHAT.get(event.object_model, "Data Anda")
    if event.kind == audit.REVEALED:
        what = "NIK tanpa sensor"
    return Look(
        at=event.at,
        name=event.actor_name or "Sistem",
        role=", ".join(dict.fromkeys(roles)) or "Peran tidak tercatat",
        what=what,
        why=str(event.detail.get("reason", "")) or "Menangani berkas Anda",
    )
