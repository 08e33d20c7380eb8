"""Requests of people about their data (UU 27/2022 Ps 5-13), each with a clock of 3 × 24 hours of calendar time."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.selectors import users_with_role
from core import audit, clock
from core.errors import Refused
from core.formats import datetime_long
from core.redaction import redact
from core.workflow import fire, opened
from jobseekers import notifications
from jobseekers.enums import RequestKind, RequestState
from jobseekers.models import DataRequest, JobSeeker
from jobseekers.permissions import owns
from jobseekers.services import consents, erasure
from jobseekers.services.people import lock_person

TIME_TO_ANSWER = timedelta(hours=72)
"""3 × 24 hours, weekends and holidays included (UU 27/2022 Ps 30, 41, 43)."""
DOWNLOADED = "jobseekers.my_data_downloaded"
SHORTEST = 10
"""Letters of a request or an answer below which it says nothing."""


def _checked(text: str, field: str, what: str) -> str:
    text = redact(text.strip())
    if len(text) < SHORTEST:
        raise Refused(f"Tulis {what}, paling sedikit {SHORTEST} huruf.", field=field)
    return text


@transaction.atomic
def make_request(person: JobSeeker, *, actor, kind: str, text: str) -> DataRequest:
    """Open a request; the clock starts now. The PDP officers are told.

    Raises Refused for an unknown kind, a text that says nothing, or when one of the kind waits for its answer already.
    """
    if kind not in RequestKind.values:
        raise Refused("Pilih jenis permintaan dari daftar.", field="kind")
    text = _checked(text, "text", "permintaan Anda")
    fresh = lock_person(person)
    if not owns(actor, fresh):
        raise Refused("Permintaan hanya diajukan oleh pemilik data sendiri.")
    now = clock.now()
    try:
        with transaction.atomic():
            request = DataRequest.objects.create(
                jobseeker=fresh, kind=kind, text=text, made_at=now, due_at=now + TIME_TO_ANSWER
            )
    except IntegrityError:
        waiting = DataRequest.objects.get(jobseeker=fresh, kind=kind, state=RequestState.OPEN)
        raise Refused(
            f"Permintaan yang sama masih menunggu jawaban, paling lambat {datetime_long(waiting.due_at)}.",
            field="kind",
        ) from None
    opened(request, actor=actor, label="Permintaan diajukan")
    notifications.request_made(request, list(users_with_role(Role.PDP_OFFICER).order_by("pk")))
    return request


@transaction.atomic
def withdraw_request(request: DataRequest, *, actor, version: int) -> DataRequest:
    """Take a request back before it is answered. Raises StaleRecord, NotAllowed, WrongState."""
    lock_person(request.jobseeker)
    return fire(request, "withdraw", actor=actor, version=version)


@transaction.atomic
def refuse_request(request: DataRequest, *, actor, version: int, answer: str) -> DataRequest:
    """Refuse with the reasons, which the person reads. Raises StaleRecord, NotAllowed, WrongState, Refused."""
    answer = _checked(answer, "comment", "alasan penolakan dan dasar hukumnya")
    person = lock_person(request.jobseeker)
    refused = fire(request, "refuse", actor=actor, version=version, comment=answer, answer=answer)
    notifications.request_answered(refused, person, notifications.address_of(person))
    return refused


@transaction.atomic
def grant_request(request: DataRequest, *, actor, version: int, answer: str, origin=None) -> DataRequest:
    """Grant, and do what was asked: erasure erases, restriction and objection close every consent.

    A correction is made by whoever keeps the data; granting it says that it was done. `origin` is the HTTP request, for
    the audit trail. Raises CannotErase while an application is undecided or a card holds; then nothing is changed.
    """
    answer = _checked(answer, "comment", "jawaban untuk pemohon")
    person = lock_person(request.jobseeker)
    address = notifications.address_of(person)
    if request.kind == RequestKind.ERASURE:  # before the answer is written, which is to stay
        reason = f"Permintaan {request.reference}"
        erasure.erase_person(person, actor=actor, version=person.version, reason=reason, request=origin)
    granted = fire(request, "grant", actor=actor, version=version, comment=answer, answer=answer)
    if granted.kind == RequestKind.ERASURE:
        notifications.erased(granted, address)
        return granted
    if granted.kind in (RequestKind.RESTRICTION, RequestKind.OBJECTION):
        consents.close_all(person, actor=actor)
    notifications.request_answered(granted, person, address)
    return granted


@transaction.atomic
def note_download(person: JobSeeker, *, actor, form: str, request=None) -> None:
    """Keep that the person fetched a copy of their data; the copy itself is kept nowhere."""
    audit.record(DOWNLOADED, actor=actor, obj=person, detail={"format": form}, request=request)
