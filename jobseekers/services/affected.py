"""Whom a data breach touches: the query that the register keeps, so that the answer can be given again.

The query is plain JSON: which data, through which door, in which days; of a person it holds at most the public id of
the officer's account that was used.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from core import audit, clock
from core.models.audit import AuditEvent
from jobseekers.looks import CARD_PRINTED, LOOKS
from jobseekers.models import (
    AccommodationNeed,
    AK1Application,
    AK1Card,
    HolderReport,
    Interview,
    JobSeeker,
    PersonDocument,
)


@dataclass(frozen=True)
class DataKind:
    """A kind of data: who has it in the system."""

    key: str
    label: str
    holders: Callable[[QuerySet], QuerySet]


@dataclass(frozen=True)
class Door:
    """A way by which data got out."""

    key: str
    label: str


def _under(model) -> Callable[[QuerySet], QuerySet]:
    return lambda people: people.filter(pk__in=model.objects.values("jobseeker"))


DATA_KINDS = (
    DataKind("nik", "NIK", lambda people: people.filter(nik_index__isnull=False)),
    DataKind("kk", "Nomor KK", lambda people: people.filter(kk_sealed__isnull=False)),
    DataKind(
        "contact", "Telepon, e-mail, alamat", lambda people: people.exclude(phone="", email="", address="")
    ),
    DataKind("photo", "Pas foto", lambda people: people.filter(photo__isnull=False)),
    DataKind("documents", "Dokumen yang diunggah", _under(PersonDocument)),
    DataKind("needs", "Kebutuhan akomodasi (data spesifik)", _under(AccommodationNeed)),
    DataKind("cards", "Kartu AK-1", _under(AK1Card)),
    DataKind("interviews", "Catatan wawancara", _under(Interview)),
    DataKind("reports", "Laporan enam bulanan", _under(HolderReport)),
)
DOORS = (
    Door("all", "Seluruh basis data"),
    Door("looks", "Berkas yang dibuka petugas pada masa itu"),
    Door("account", "Lewat satu akun petugas pada masa itu"),
    Door("registered", "Orang yang terdaftar pada masa itu"),
)
KIND_LABELS = {kind.key: kind.label for kind in DATA_KINDS}
DOOR_LABELS = {door.key: door.label for door in DOORS}


def build_query(
    *, kinds: list[str], door: str, since: date, until: date | None, account: UUID | None
) -> dict:
    """Return the query as the register keeps it. Raises ValueError for an unknown kind or door."""
    if set(kinds) - set(KIND_LABELS) or door not in DOOR_LABELS or not kinds:
        raise ValueError("unknown kind of data or door")
    return {
        "kinds": sorted(kinds),
        "door": door,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
        "account": str(account) if account else None,
    }


def affected(query: dict) -> QuerySet:
    """Return the living people whom a kept query finds: through the door, and holding one of the kinds of data."""
    people = JobSeeker.objects.living()
    since = date.fromisoformat(query["since"])
    until = date.fromisoformat(query["until"]) if query["until"] else clock.today()
    if query["door"] in ("looks", "account"):
        people = people.filter(_looked_at(since, until, query["account"]))
    elif query["door"] == "registered":
        people = people.filter(registered_on__range=(since, until))
    holders = Q(pk__in=[])
    for kind in DATA_KINDS:
        if kind.key in query["kinds"]:
            holders |= Q(pk__in=kind.holders(JobSeeker.objects.living()).values("pk"))
    return people.filter(holders).order_by("full_name", "pk")


def _looked_at(since: date, until: date, account: str | None) -> Q:
    """The people whose row, application, card or file was opened in these days (by one account)."""
    events = AuditEvent.objects.filter(
        kind__in=LOOKS, at__gte=clock.at(since, 0), at__lt=clock.at(until + timedelta(days=1), 0)
    )
    if account:
        events = events.filter(actor_uid=account)
    else:  # who prints the own card is nobody whose file was opened
        own = JobSeeker.objects.filter(user__isnull=False).values("user__uid")
        events = events.exclude(kind=CARD_PRINTED, actor_uid__in=own)
    seen = events.filter(object_uid__isnull=False).values("object_uid")
    return (
        Q(uid__in=seen)
        | Q(pk__in=AK1Application.objects.filter(uid__in=seen).values("jobseeker"))
        | Q(pk__in=AK1Card.objects.filter(uid__in=seen).values("jobseeker"))
        | Q(pk__in=PersonDocument.objects.filter(file__uid__in=seen).values("jobseeker"))
        | Q(photo__uid__in=seen)
    )


def exports_meanwhile(query: dict) -> int:
    """Return how many tables were exported in these days (by the account): what the events of looks can't tell."""
    since = date.fromisoformat(query["since"])
    until = date.fromisoformat(query["until"]) if query["until"] else clock.today()
    events = AuditEvent.objects.filter(
        kind=audit.EXPORTED, at__gte=clock.at(since, 0), at__lt=clock.at(until + timedelta(days=1), 0)
    )
    return (events.filter(actor_uid=query["account"]) if query["account"] else events).count()
