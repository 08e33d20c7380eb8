"""Who looked at a person's data: the access events about the person, the applications, cards and files.

Higher rooms tell under which ids they keep looks at a person (`register_looked_at`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import Membership
from core import audit, clock
from core.models.audit import AuditEvent
from jobseekers.enums import DocumentKind
from jobseekers.models import AK1Application, AK1Card, JobSeeker, PersonDocument

FILE_OPENED = "file.opened"
CARD_PRINTED = "jobseekers.card_printed"
LOOKS = (audit.OPENED, audit.REVEALED, FILE_OPENED, CARD_PRINTED)
"""The kinds of event that are a look at personal data; the paper of a card shows the NIK."""

WHAT = {
    "jobseekers.jobseeker": "Data diri",
    "jobseekers.ak1application": "Permohonan AK-1",
    "jobseekers.ak1card": "Kartu AK-1",
    "core.storedfile": "Berkas yang Anda unggah",
}
PAGES = {"application": "Permohonan AK-1"}
"""What is seen on a page that keeps its look under the person."""
DUTIES = {
    Role.PLACEMENT_OFFICER: "Melayani Anda sebagai pencari kerja",
    Role.TRAINING_OFFICER: "Mengurus pelatihan kerja",
    Role.LPK_OPERATOR: "Menyelenggarakan pelatihan yang Anda ikuti",
    Role.FAIR_OFFICER: "Mengurus bursa kerja",
    Role.MEDIATOR: "Menangani perselisihan hubungan industrial",
    Role.PDP_OFFICER: "Menjaga data pribadi dan menjawab permintaan pemilik data",
    Role.SECTION_HEAD: "Mengawasi pelayanan di bidangnya",
    Role.AGENCY_HEAD: "Mengawasi pelayanan Dinas",
    Role.PLANNER: "Mencocokkan angka laporan kinerja dengan rekaman di baliknya",
    Role.APIP_REVIEWER: "Mereviu laporan kinerja",
    Role.ADMINISTRATOR: "Mengurus sistem dan membantu pengguna",
}
"""Why a role opens people's data, where the page asks for no reason; of several roles the first one here tells."""
EXAMINED = {
    "application": "Memeriksa permohonan AK-1 Anda",
    "document": "Memeriksa dokumen permohonan AK-1 Anda",
    "card": "Mencetak kartu AK-1 Anda",
}
"""The same for a pengantar kerja, page by page."""
NO_REASON = "Alasan tidak tercatat; tanyakan kepada Dinas"


Source = Callable[[JobSeeker], Iterable[UUID]]
_elsewhere: dict[str, tuple[str, Source]] = {}


def register_looked_at(model: str, what: str, source: Source) -> None:
    """Let `source(person)` tell the ids of the records of `model` whose looks are looks at the person."""
    _elsewhere[model] = (what, source)


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
    for _, source in _elsewhere.values():
        found += source(person)
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
    held = [
        row for row in memberships if row.started_on <= day and (row.ended_on is None or row.ended_on >= day)
    ]
    roles = ", ".join(dict.fromkeys(row.get_role_display() for row in held))
    return Look(
        at=event.at,
        name=event.actor_name or "Sistem",
        role=roles or ("Peran tidak tercatat" if event.actor_uid else "Proses otomatis"),
        what=_what(event),
        why=str(event.detail.get("reason", "")) or _duty(event, {row.role for row in held}),
    )


def _what(event: AuditEvent) -> str:
    if event.kind == audit.REVEALED:
        return "NIK tanpa sensor"
    if event.kind == CARD_PRINTED:
        return "Kartu AK-1 untuk dicetak, dengan NIK"
    page, kind = event.detail.get("page", ""), event.detail.get("kind", "")
    if page == "document" and kind in DocumentKind.values:
        return f"Dokumen: {DocumentKind(kind).label}"
    what, _ = _elsewhere.get(event.object_model, (WHAT.get(event.object_model, "Data Anda"), None))
    return f"{what}, lewat aplikasi yang tersambung (API)" if page == "api" else PAGES.get(page, what)


def _duty(event: AuditEvent, roles: set[str]) -> str:
    """The reason that follows from the role held that day and the page opened; automatic steps need none."""
    if event.actor_uid is None:
        return "Langkah otomatis sistem"
    page = "card" if event.kind == CARD_PRINTED else event.detail.get("page", "")
    if page == "api" and event.object_model == "jobseekers.ak1application":
        page = "application"
    if Role.PLACEMENT_OFFICER in roles and page in EXAMINED:
        return EXAMINED[page]
    return next((duty for role, duty in DUTIES.items() if role in roles), NO_REASON)
