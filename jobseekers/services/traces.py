"""What an erased person left beside their own row: answers, files, old versions, log lines, search, mail, account.

This is the only place, with `erasure`, where history is rewritten; the events themselves, their order and times stay.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.services import erase_account, forget_claims
from core import search
from core.files import release_file
from core.models.files import StoredFile
from core.models.workflow import WorkflowLog
from core.staged import forget_staged
from core.workflow import revise
from jobseekers import models as m
from jobseekers.enums import BookingState, HolderStatus
from jobseekers.services import consents
from messaging.services import forget_address, forget_notices

GONE = "(dihapus)"
_ROWS = (
    m.Schooling,
    m.Skill,
    m.Language,
    m.WorkHistory,
    m.TrainingHistory,
    m.DesiredOccupation,
    m.AccommodationNeed,
    m.OneTimeLink,
    m.Interview,
)
"""Rows that tell nothing but the person."""


def year_only(birth_date: date | None) -> date | None:
    """Return 1 January of the year of birth: what statistics keep."""
    return date(birth_date.year, 1, 1) if birth_date else None


def uids_of(person: m.JobSeeker) -> list[UUID]:
    """Return the public ids of the person's row and of the records under it."""
    found = [person.uid]
    tables = (m.AK1Application, m.AK1Card, m.Episode, m.HolderReport, m.VisitBooking, m.DataRequest)
    for table in (*tables, m.PersonDocument, m.Interview):
        found += table.objects.filter(jobseeker=person).values_list("uid", flat=True)
    return found


@transaction.atomic
def erase_traces(person: m.JobSeeker, *, actor, nik: str, kk: str, nik_index: bytes | None, user) -> None:
    """Reach everything but the row itself, which the caller has emptied already; `nik` and `kk` find staged rows.

    The caller holds the lock of the person's row.
    """
    uids = uids_of(person)
    emails = set(m.JobSeeker.history.filter(id=person.pk).values_list("email", flat=True)) - {""}
    if user is not None:
        emails.add(user.email)
    consents.close_all(person, actor=actor)
    _documents(person)
    for table in _ROWS:
        table.objects.filter(jobseeker=person).delete()
    _words(person)
    _visits(person, actor=actor)
    _log(uids)
    search.forget(uids)
    forget_staged({nik, kk})
    forget_address(*emails)
    forget_notices(user=user, uids=uids)
    forget_claims(nik_index=nik_index, emails=emails)
    if user is not None:
        WorkflowLog.objects.filter(object_uid__in=uids, actor=user).update(actor_name="Pemohon", actor=None)
        erase_account(user, actor=actor)


def _documents(person: m.JobSeeker) -> None:
    rows = m.PersonDocument.objects.filter(jobseeker=person)
    files = list(StoredFile.objects.filter(pk__in=rows.values("file")))
    rows.delete()
    for stored in files:
        release_file(stored)


def _words(person: m.JobSeeker) -> None:
    """Free text that officers or the person wrote; states, days and counts stay."""
    sent = m.AK1Application.objects.filter(jobseeker=person)
    m.ReturnPoint.objects.filter(application__in=sent).update(reason=GONE)
    for rows in (sent, m.AK1Application.history.filter(jobseeker=person)):
        rows.exclude(officer_note="").update(officer_note=GONE)
    reports = m.HolderReport.objects.filter(jobseeker=person)
    reports.filter(status=HolderStatus.WORKING).update(employer_name=GONE)
    reports.exclude(status=HolderStatus.WORKING).update(employer_name="")
    reports.update(occupation="")
    requests = m.DataRequest.objects.filter(jobseeker=person)
    requests.update(text=GONE)
    requests.exclude(answer="").update(answer=GONE)
    for episode in m.Episode.objects.filter(jobseeker=person):
        m.Episode.objects.filter(pk=episode.pk).update(birth_date=year_only(episode.birth_date))


def _visits(person: m.JobSeeker, *, actor) -> None:
    """Give a booked place back; what the visit was for goes."""
    label = "Kunjungan dibatalkan: data dihapus"
    for visit in m.VisitBooking.objects.filter(jobseeker=person, state=BookingState.BOOKED):
        slot = m.VisitSlot.objects.select_for_update().get(pk=visit.slot_id)
        revise(slot, actor=actor, version=slot.version, label=label, booked=max(0, slot.booked - 1))
        revise(visit, actor=actor, version=visit.version, label=label, state=BookingState.CANCELLED)
    m.VisitBooking.objects.filter(jobseeker=person).update(purpose=GONE)


def _log(uids: list[UUID]) -> None:
    """Reasons in the log may name the person; who decided, what and when stays."""
    WorkflowLog.objects.filter(object_uid__in=uids).exclude(comment="").update(comment=GONE)
