"""The register of failures to protect personal data (UU 27/2022 Ps 46): clock, affected people, written notice."""

from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from accounts.models.user import normalise_email
from core import clock
from core.errors import Refused
from core.jobs import JobRun, enqueue
from core.redaction import redact
from core.workflow import NotAllowed, fire, opened, revise
from jobseekers import notifications
from jobseekers.enums import BreachState
from jobseekers.models import Breach
from jobseekers.permissions import can_answer_requests
from jobseekers.services.affected import KIND_LABELS, affected, build_query

TIME_TO_TELL = timedelta(hours=72)
"""3 × 24 hours from the moment the failure was found out."""
TELL = "jobseekers.tell_breach"
_BATCH = 200


def _values(
    *,
    title: str,
    happened_from: date,
    happened_until: date | None,
    found_at: datetime,
    data_kinds: list[str],
    door: str,
    account: str,
    cause: str,
    handling: str,
) -> dict:
    """Return the columns of a breach; raise Refused by field."""
    officer = User.objects.filter(email=normalise_email(account)).first() if account else None
    if door == "account" and officer is None:
        raise Refused("Tidak ada akun dengan e-mail ini. Periksa ejaannya.", field="account")
    if found_at > clock.now():
        raise Refused("Waktu diketahui belum tiba. Periksa tanggal dan jamnya.", field="found_on")
    begun = clock.at(happened_from, 0)
    if begun > found_at:
        raise Refused("Terjadinya tidak mungkin sesudah diketahui.", field="happened_from")
    query = build_query(
        kinds=data_kinds,
        door=door,
        since=happened_from,
        until=happened_until,
        account=officer.uid if officer is not None and door == "account" else None,
    )
    return {
        "title": redact(title),
        "happened_from": begun,
        "happened_until": clock.at(happened_until, 23, 59) if happened_until else None,
        "found_at": found_at,
        "due_at": found_at + TIME_TO_TELL,
        "data_kinds": ", ".join(KIND_LABELS[kind] for kind in query["kinds"])[:300],
        "cause": redact(cause),
        "handling": redact(handling),
        "affected_query": query,
        "affected_count": affected(query).count(),
    }


def _check(actor) -> None:
    if not can_answer_requests(actor):
        raise NotAllowed("Buku ini diisi pejabat pelindungan data pribadi.")


@transaction.atomic
def record_breach(*, actor, **answers) -> Breach:
    """Write a breach into the register; the clock starts when it was found, not when it is written down.

    Raises NotAllowed, or Refused by field.
    """
    _check(actor)
    breach = Breach.objects.create(**_values(**answers))
    opened(breach, actor=actor, label="Peristiwa dicatat")
    return breach


@transaction.atomic
def revise_breach(breach: Breach, *, actor, version: int, **answers) -> Breach:
    """Correct a breach that is still handled; the affected people are counted anew."""
    _check(actor)
    if breach.state != BreachState.OPEN:
        raise Refused("Pemberitahuan sudah dikirim, jadi catatan ini tidak bisa diubah lagi.")
    return revise(breach, actor=actor, version=version, label="Peristiwa diubah", **_values(**answers))


@transaction.atomic
def tell_affected(breach: Breach, *, actor, version: int) -> Breach:
    """Order the written notice to everybody affected (what data, when and how, what was done), and stop the clock.

    A job sends it, by notice on the site and by mail; who has neither stands in the list that the officer prints
    letters from. Raises Refused without a word on the handling, StaleRecord, NotAllowed, WrongState.
    """
    _check(actor)
    told = fire(breach, "tell", actor=actor, version=version)
    if not told.handling.strip():
        raise Refused("Tulis dulu penanganan dan pemulihannya. Pemberitahuan harus memuatnya (Pasal 46).")
    enqueue(TELL, key=str(told.uid), payload={"breach": told.pk}, actor=actor)
    return told


def send_notices(run: JobRun) -> None:
    """Send the notices of a breach, a batch a step; each person is told once, however often the job runs."""
    breach = Breach.objects.get(pk=run.payload["breach"])
    people = affected(breach.affected_query).select_related("user").order_by("pk")
    total, done, after = people.count(), 0, run.cursor or 0
    while batch := list(people.filter(pk__gt=after)[:_BATCH]):
        after = batch[-1].pk
        done += len(batch)
        with run.step(done=min(done, total), total=total, cursor=after):
            for person in batch:
                notifications.breach_told(breach, person)


@transaction.atomic
def close_breach(breach: Breach, *, actor, version: int) -> Breach:
    """Note that it is handled and recovered."""
    _check(actor)
    return fire(breach, "close", actor=actor, version=version)
