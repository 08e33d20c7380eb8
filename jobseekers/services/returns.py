"""What a file is returned for: points at documents and parts of the answers, and their mending."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from core import clock
from core.errors import Refused
from core.redaction import redact
from core.workflow import NotAllowed, revise
from jobseekers.enums import DocumentKind, DocumentState
from jobseekers.models import AK1Application, JobSeeker, PersonDocument, ReturnPoint
from jobseekers.parts import PARTS
from jobseekers.permissions import is_officer, owns
from jobseekers.services.people import lock_person

REASON_LENGTH = 300
NOTE_LENGTH = 1000


@dataclass(frozen=True)
class Point:
    """One thing to mend: a document (one of DocumentKind) or a part of the answers (its address), and why."""

    reason: str
    document: str = ""
    part: str = ""


def tidy_points(points: Iterable[Point]) -> list[Point]:
    """Return the points with their reasons trimmed and free of NIK; those without a reason are left out.

    Raises Refused when a reason is too long or a point is about nothing or two things.
    """
    found = []
    for point in points:
        reason = redact(" ".join(point.reason.split()))
        if not reason:
            continue
        if len(reason) > REASON_LENGTH:
            raise Refused(f"Alasan paling panjang {REASON_LENGTH} huruf; yang ini {len(reason)} huruf.")
        known = point.document in DocumentKind.values if point.document else point.part in PARTS
        if not known or (point.document and point.part):
            raise Refused("Alasan ini tidak menunjuk satu dokumen atau satu bagian isian.")
        found.append(Point(reason, point.document, point.part))
    return found


def place_of(document: str, part: str) -> str:
    """Return what a point is about, as the applicant knows it."""
    return DocumentKind(document).label if document else PARTS[part].title


def note_of(points: list[Point], comment: str) -> str:
    """Return the points and the general note as the one text that mail, notice and log carry."""
    lines = [f"{place_of(point.document, point.part)}: {point.reason}" for point in points]
    text = "\n".join([*lines, comment] if comment else lines)
    if len(text) > NOTE_LENGTH:
        raise Refused(
            f"Semua alasan bersama paling panjang {NOTE_LENGTH} huruf; yang ini {len(text)} huruf. Singkatkan."
        )
    return text


def write(application: AK1Application, points: list[Point], *, actor) -> None:
    """Keep the points of a file that was just returned, instead of older ones, and refuse the documents named.

    Called inside the transaction of the return, with person and application locked.
    """
    ReturnPoint.objects.filter(application=application).delete()
    reasons = {}
    for point in points:
        ReturnPoint.objects.create(
            application=application, document=point.document, part=point.part, reason=point.reason
        )
        if point.document:
            reasons[point.document] = point.reason
    for row in PersonDocument.objects.filter(jobseeker=application.jobseeker_id, kind__in=reasons).order_by(
        "pk"
    ):
        mark(row, DocumentState.REFUSED, actor=actor, version=row.version, reason=reasons[row.kind])


def mark(row: PersonDocument, state: str, *, actor, version: int, reason: str = "") -> PersonDocument:
    """Write what an officer found about a document."""
    return revise(
        row,
        actor=actor,
        version=version,
        label=DocumentState(state).label,
        comment=reason,
        state=state,
        reason=reason,
        checked_at=clock.now(),
        checked_by=actor,
    )


def accept_documents(person: JobSeeker, *, actor) -> None:
    """Note that whoever approved the file has seen its documents. Raises Refused when one still has to be replaced.

    Called inside the approval, with the person locked.
    """
    for row in PersonDocument.objects.filter(jobseeker=person).order_by("pk"):
        if row.state == DocumentState.REFUSED:
            raise Refused(
                f"{row.get_kind_display()} masih bertanda perlu diganti. Kembalikan berkas ini, atau terima dokumennya."
            )
        if row.state == DocumentState.UNCHECKED:
            mark(row, DocumentState.ACCEPTED, actor=actor, version=row.version)


@transaction.atomic
def accept_document(row: PersonDocument, *, actor, version: int) -> PersonDocument:
    """Note that a document is in order. `version` is the one the officer saw: a newer upload is not accepted unseen.

    Raises NotAllowed on the officer's own document, StaleRecord when it was replaced meanwhile.
    """
    person = lock_person(row.jobseeker)
    if not is_officer(actor) or owns(actor, person):
        raise NotAllowed("Dokumen ini diperiksa pengantar kerja lain.")
    return mark(row, DocumentState.ACCEPTED, actor=actor, version=version)
