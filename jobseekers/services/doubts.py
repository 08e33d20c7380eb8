"""What an officer has to say yes to before approving: documents that nobody opened, names that differ from the KTP."""

from collections.abc import Iterable

from core import audit
from core.errors import Refused
from core.models.audit import AuditEvent
from jobseekers.enums import DocumentState
from jobseekers.models import JobSeeker, PersonDocument
from jobseekers.services.prechecks import of_names


class Unasked(Refused):
    """The approval would accept what nobody looked at, and the officer did not say that this is meant."""


def unopened(rows: Iterable[PersonDocument]) -> list[PersonDocument]:
    """Return the unchecked documents that nobody of the office opened since they were uploaded. One query.

    By the trail of who looked: page and API leave the same event. Load `jobseeker` before.
    """
    rows = [row for row in rows if row.state == DocumentState.UNCHECKED]
    if not rows:
        return []
    events = AuditEvent.objects.filter(
        kind=audit.OPENED, object_uid__in={row.jobseeker.uid for row in rows}, detail__page="document"
    )
    last = {}
    for uid, detail, at in events.order_by("id").values_list("object_uid", "detail", "at"):
        last[uid, detail.get("kind")] = at
    return [
        row
        for row in rows
        if (row.jobseeker.uid, row.kind) not in last or last[row.jobseeker.uid, row.kind] < row.uploaded_at
    ]


def words(person: JobSeeker, rows: list[PersonDocument]) -> list[str]:
    """Name them: "Belum dibuka: KTP, Ijazah." and "Namanya berbeda dari KTP: Ijazah."; empty when all is looked at."""
    closed = [row.get_kind_display() for row in unopened(rows)]
    differing = {finding.document for finding in of_names(person, rows)}
    other = [
        row.get_kind_display()
        for row in rows
        if row.kind in differing and row.state == DocumentState.UNCHECKED
    ]
    found = [f"Belum dibuka: {', '.join(closed)}."] if closed else []
    return found + ([f"Namanya berbeda dari KTP: {', '.join(other)}."] if other else [])


def of_person(person: JobSeeker) -> list[str]:
    """The same for a person, in the order of upload."""
    rows = PersonDocument.objects.filter(jobseeker=person).select_related("jobseeker").order_by("pk")
    return words(person, list(rows))


def check(person: JobSeeker) -> None:
    """Raise Unasked with what was not looked at."""
    found = of_person(person)
    if found:
        text = " ".join(found)
        raise Unasked(f"{text} Buka dulu, atau nyatakan bahwa Anda tetap menyetujui.", field="knowingly")
