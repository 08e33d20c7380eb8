"""Approving many files at once: what can be approved together and why the rest can't, then each in its own step."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError

from core.errors import Refused
from core.workflow import NotAllowed
from jobseekers.ages import Age, age_of
from jobseekers.enums import ApplicationState, DocumentState
from jobseekers.models import AK1Application, AK1Card, PersonDocument
from jobseekers.permissions import is_officer, owns
from jobseekers.services import applications, doubts, proposals
from jobseekers.services.prechecks import findings

MOST = 50
"""Files in one go: two pages of the queue, a few seconds of work."""


@dataclass(frozen=True)
class Candidate:
    """A picked file: `obstacles` are why it can't be approved together with others.

    `documents` are what is attached; `closed` are the kinds that nobody opened: approving needs a yes to them.
    """

    application: AK1Application
    age: Age
    obstacles: list[str]
    documents: list[PersonDocument]
    closed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    """What became of a file: its card, or why there is none."""

    application: AK1Application
    card: AK1Card | None
    problem: str = ""


def picked(user, uids: Iterable[UUID]) -> list[AK1Application]:
    """The files among `uids` that the user may see, the oldest first, with what a preview needs."""
    rows = AK1Application.objects.visible_to(user).filter(uid__in=list(uids))
    rows = rows.select_related(
        "jobseeker__user",
        "jobseeker__village__parent__parent",
        "jobseeker__education",
        "jobseeker__photo",
        "decided_by",
        "proposal__photo",
    ).prefetch_related("jobseeker__documents")
    return [proposals.shown(row) for row in rows.order_by("submitted_at", "pk")]


def preview(user, rows: Iterable[AK1Application]) -> list[Candidate]:
    """Look at each file; nothing is written."""
    rows = list(rows)
    attached = {row.pk: list(row.jobseeker.documents.all()) for row in rows}
    shut = {row.pk for row in doubts.unopened(document for found in attached.values() for document in found)}
    return [
        Candidate(
            row,
            age_of(row.submitted_at),
            _obstacles(user, row),
            attached[row.pk],
            frozenset(document.kind for document in attached[row.pk] if document.pk in shut),
        )
        for row in rows
    ]


def _obstacles(user, application: AK1Application) -> list[str]:
    if application.state != ApplicationState.SUBMITTED:
        by = f" oleh {application.decided_by.full_name}" if application.decided_by else ""
        return [f"Tidak menunggu pemeriksaan: {application.get_state_display().lower()}{by}."]
    if owns(user, application.jobseeker):
        return ["Ini permohonan Anda sendiri. Pengantar kerja lain yang memutuskan."]
    found = [
        f"{row.get_kind_display()} bertanda perlu diganti."
        for row in application.jobseeker.documents.all()
        if row.state == DocumentState.REFUSED
    ]
    try:
        applications.check_complete(application.jobseeker)
    except ValidationError as problem:
        found += problem.messages
    return found + [finding.for_desk for finding in findings(application)]


def approve_each(
    rows: Iterable[AK1Application], *, actor, versions: dict[str, int], knowingly: bool = False
) -> list[Result]:
    """Approve the files with the versions of the preview (by uid), each in its own transaction.

    One refusal leaves the others alone: its result says why there is no card. `knowingly` as in
    `applications.approve`. Raises NotAllowed for who is no officer.
    """
    if not is_officer(actor):
        raise NotAllowed("Permohonan disetujui oleh pengantar kerja.")
    return [_approve(row, actor=actor, version=versions[str(row.uid)], knowingly=knowingly) for row in rows]


def _approve(application: AK1Application, *, actor, version: int, knowingly: bool) -> Result:
    try:
        card = applications.approve(application, actor=actor, version=version, knowingly=knowingly)
    except ValidationError as problem:
        return Result(application, None, " ".join(problem.messages))
    except Refused as problem:
        return Result(application, None, str(problem))
    return Result(application, card)
