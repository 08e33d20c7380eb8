"""Background work that is neither lost nor done twice.

A caller saves a `Job` row in the same transaction as its business change (`enqueue`). After commit the row's
number goes to the broker; the message is only a hint. What counts is the row: a worker must claim it (a
lease, `core.silence`), and a sweep every 30 seconds hands out again what a lost message or a dead worker left behind. A
handler may therefore run twice; it writes its effect inside `JobRun.step` or `JobRun.finish`, which commit
together with the job's own progress, so that the effect is there once.
"""

import logging
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial, update_wrapper

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from core import clock, silence
from core.errors import Refused
from core.models.job import Job, JobState
from core.redaction import redact

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
LOST_AFTER = timedelta(seconds=45)
BACKOFF_FIRST, BACKOFF_MOST = 10, 3600
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{1,64}")


class LeaseLostError(Exception):
    """Another worker has this job now; whatever this one still writes must not count."""


class HopelessError(Exception):
    """Raised by a handler when trying again cannot help; the job fails at once."""


@dataclass(frozen=True)
class Kind:
    """A sort of work: its handler, longest silence, number of tries, and when it runs by itself."""

    name: str
    handler: Callable[["JobRun"], None]
    lease: timedelta
    attempts: int
    daily_at: time | None


_kinds: dict[str, Kind] = {}


def job(kind: str, *, lease: timedelta = LEASE, attempts: int = 5, daily_at: time | None = None):
    """Register the decorated function as the handler of `kind` ("app.verb").

    `lease` is the longest time between two signs of life (`progress`, `step`); `attempts` counts tries, dead
    workers included. With `daily_at` (local time) the sweep enqueues one job a day by itself, late if the
    machine was off.
    """

    def register(handler: Callable[["JobRun"], None]):
        if kind in _kinds and _kinds[kind].handler.__qualname__ != handler.__qualname__:
            raise ValueError(f"two handlers for {kind}")
        _kinds[kind] = Kind(kind, handler, lease, attempts, daily_at)
        return handler

    return register


def enqueue(
    kind: str, *, key: str, payload: dict | None = None, actor=None, not_before: datetime | None = None
) -> Job:
    """Ask for work, inside the transaction of the business change; the worker hears of it after commit.

    `key` names the wanted effect within `kind`: a second call with the same key returns the first row.
    `payload` may hold numbers, booleans and codes (uid, state, date) or lists of them; anything that could be
    personal data raises ValueError.
    """
    if kind not in _kinds:
        raise LookupError(f"no handler for {kind}")
    _check_payload(payload or {})
    now = clock.machine_now()
    due = not_before or now
    before = connection.run_on_commit[-1][1] if connection.run_on_commit else None
    among_others = before is dispatch or getattr(before, "func", None) is _hand_over
    alone = due <= now and not among_others
    row, created = Job.objects.get_or_create(
        key=f"{kind}:{key}",
        defaults={
            "kind": kind,
            "payload": payload or {},
            "actor": actor,
            "not_before": due,
            "sent_at": now if alone else None,
            "created_at": now,
        },
    )
    if created and alone:
        # Named like the function: Django writes the name into the log when it fails.
        transaction.on_commit(update_wrapper(partial(_hand_over, row.pk), _hand_over), robust=True)
    elif created and due <= now and before is not dispatch:
        transaction.on_commit(dispatch, robust=True)
    return row


def retry(row: Job) -> Job:
    """Put a failed job back into the queue with all its attempts; other states are left as they are."""
    changed = Job.objects.filter(pk=row.pk, state=JobState.FAILED).update(
        state=JobState.QUEUED,
        attempts=0,
        not_before=clock.machine_now(),
        sent_at=None,
        finished_at=None,
        error="",
    )
    if changed:
        transaction.on_commit(dispatch, robust=True)
    row.refresh_from_db()
    return row


def _check_payload(payload: dict) -> None:
    for name, value in payload.items():
        for item in value if isinstance(value, list) else [value]:
            if item is None or isinstance(item, bool) or (isinstance(item, int) and abs(item) < 10**15):
                continue
            if isinstance(item, str) and _CODE.fullmatch(item) and redact(item) == item:
                continue
            raise ValueError(f"payload of a job holds keys and codes only: {name}")


def dispatch() -> int:
    """Hand waiting jobs to the broker, as many as it may hold, and return how many were sent.

    Jobs whose message was sent long ago and never taken are sent again: claiming is exclusive, so a message
    too many does nothing.
    """
    room = settings.JOBS_IN_BROKER - waiting_in_broker()
    if room <= 0:
        return 0
    now = clock.machine_now()
    due = Job.objects.filter(state=JobState.QUEUED, not_before__lte=now).filter(
        Q(sent_at=None) | Q(sent_at__lt=now - LOST_AFTER)
    )
    if not due.exists():  # asked after every job; mostly nothing waits, and then no lock is taken
        return 0
    with transaction.atomic():
        numbers = list(
            due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .order_by("not_before", "id")
            .values_list("pk", flat=True)[:room]
        )
        Job.objects.filter(pk__in=numbers).update(sent_at=now)
    for number in numbers:
        _send(number)
    return len(numbers)


def _hand_over(number: int) -> None:
    """Send the one job of a transaction. Its row says "sent" from the start, which is taken back when it wasn't."""
    sent = False
    try:
        if waiting_in_broker() < settings.JOBS_IN_BROKER:
            _send(number)
            sent = True
    finally:
        if not sent:
            Job.objects.filter(pk=number, state=JobState.QUEUED).update(sent_at=None)


def _send(number: int) -> None:
    current_app.send_task("core.run_job", args=[number], ignore_result=True, retry=False)


def waiting_in_broker() -> int:
    """Return how many messages lie in the broker's queue now."""
    with current_app.pool.acquire(block=True) as link:
        return link.default_channel.queue_declare(queue=settings.JOBS_QUEUE, durable=True).message_count


def run(number: int, *, watched: bool = False) -> bool:
    """Claim job `number` and work it off; return whether this call did the work.

    Nothing happens when the job is done, not due, or held by another worker. An exception of the handler is
    logged and leads to another try later, or to FAILED after the last. With `watched` (a worker) this process
    ends when the job gives no sign of life within its lease.
    """
    claimed = _claim(number)
    if claimed is None:
        return False
    claimed.watched = watched
    try:
        claimed.heard()
        _kinds[claimed.job.kind].handler(claimed)
        if not claimed.finished:
            with claimed.finish():
                pass
    except LeaseLostError:
        logger.warning("job %s: lease lost, result thrown away", number)
        return False
    except Exception as problem:
        logger.exception("job %s (%s) attempt %s", number, claimed.job.kind, claimed.job.attempts)
        _give_back(claimed, problem)
        return False
    finally:
        silence.over(number)
    return True


def work_off(limit: int | None = None) -> int:
    """Run due jobs in this process until none (or `limit`) is left; for tests and one-off commands."""
    worked = 0
    while limit is None or worked < limit:
        number = (
            Job.objects.filter(state=JobState.QUEUED, not_before__lte=clock.machine_now())
            .order_by("not_before", "id")
            .values_list("pk", flat=True)
            .first()
        )
        if number is None:
            break
        run(number)
        worked += 1
    return worked


def sweep() -> None:
    """Free the jobs of dead workers, enqueue what is due every day, and send what waits."""
    _free_expired()
    _enqueue_daily()
    dispatch()


def _claim(number: int) -> "JobRun | None":
    now = clock.machine_now()
    row = Job.objects.filter(pk=number).first()
    if row is None or row.kind not in _kinds:
        return None
    token = uuid.uuid4()
    claimed = Job.objects.filter(
        pk=number, state=JobState.QUEUED, not_before__lte=now, attempts=row.attempts
    ).update(
        state=JobState.RUNNING,
        lease=token,
        lease_until=now + _kinds[row.kind].lease,
        attempts=row.attempts + 1,
        started_at=now,
        sent_at=None,
    )
    if not claimed:
        return None
    row.refresh_from_db()
    return JobRun(row, token)


def _give_back(claimed: "JobRun", problem: Exception) -> None:
    row, now = claimed.job, clock.machine_now()
    told = isinstance(problem, HopelessError | Refused)
    text = str(problem) if told else f"{type(problem).__name__}: {problem}"
    mine = Job.objects.filter(pk=row.pk, state=JobState.RUNNING, lease=claimed.token)
    if told or row.attempts >= _kinds[row.kind].attempts:
        state = {"state": JobState.FAILED, "finished_at": now}
    else:
        pause = min(BACKOFF_FIRST * 4 ** (row.attempts - 1), BACKOFF_MOST)
        state = {"state": JobState.QUEUED, "not_before": now + timedelta(seconds=pause)}
    mine.update(lease=None, lease_until=None, error=redact(text)[:500], **state)


def _free_expired() -> None:
    now = clock.machine_now()
    with transaction.atomic():
        expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=now).select_for_update(
            skip_locked=connection.features.has_select_for_update_skip_locked
        )
        for row in expired:
            most = _kinds[row.kind].attempts if row.kind in _kinds else 1
            over = row.attempts >= most
            Job.objects.filter(pk=row.pk).update(
                state=JobState.FAILED if over else JobState.QUEUED,
                finished_at=now if over else None,
                not_before=now,
                lease=None,
                lease_until=None,
                sent_at=None,
                error="Pekerja berhenti di tengah jalan." if over else "",
            )


def _enqueue_daily() -> None:
    local = clock.machine_now()
    due = [kind.name for kind in _kinds.values() if kind.daily_at and local.time() >= kind.daily_at]
    day = local.date().isoformat()
    known = set(Job.objects.filter(key__in=[f"{name}:{day}" for name in due]).values_list("kind", flat=True))
    for name in due:
        if name not in known:
            enqueue(name, key=day)


class JobRun:
    """A claimed job in the hands of its handler."""

    def __init__(self, row: Job, token: uuid.UUID) -> None:
        """Take the claimed `row`; `token` proves the claim at every write."""
        self.job, self.token, self.finished, self.watched = row, token, False, False

    @property
    def payload(self) -> dict:
        """What was enqueued: keys and codes."""
        return self.job.payload

    @property
    def cursor(self) -> int | None:
        """Key of the last row that an earlier step finished; a handler over many rows goes on after it."""
        return self.job.cursor

    def heard(self) -> None:
        """Note a sign of life: from now the lease runs again."""
        if self.watched:
            silence.expect(self.job.pk, _kinds[self.job.kind].lease.total_seconds())

    def progress(self, done: int, total: int) -> None:
        """Tell how far the work is and renew the lease. Raises LeaseLostError when another worker has the
        job.
        """
        with self.step(done=done, total=total):
            pass

    @contextmanager
    def step(self, *, done: int, total: int, cursor: int | None = None) -> Iterator[None]:
        """Write a part of the effect; it commits together with progress and `cursor`, or not at all."""
        with transaction.atomic():
            row = self._mine()
            yield
            row.done, row.total = done, total
            if cursor is not None:
                row.cursor = cursor
            row.lease_until = clock.machine_now() + _kinds[row.kind].lease
            row.save(update_fields=["done", "total", "cursor", "lease_until"])
        self.job = row
        self.heard()

    @contextmanager
    def finish(self, **result) -> Iterator[dict]:
        """Write the last part of the effect; it commits together with the state DONE.

        The block may add to the yielded dict, which is kept as the job's `result` (keys and codes only).
        """
        with transaction.atomic():
            row = self._mine()
            yield result
            _check_payload(result)
            row.state, row.result, row.error = JobState.DONE, result, ""
            row.lease = row.lease_until = None
            row.finished_at = clock.machine_now()
            row.save(update_fields=["state", "result", "error", "lease", "lease_until", "finished_at"])
        self.job, self.finished = row, True

    def _mine(self) -> Job:
        row = (
            Job.objects.select_for_update()
            .filter(pk=self.job.pk, state=JobState.RUNNING, lease=self.token)
            .first()
        )
        if row is None:
            raise LeaseLostError(f"job {self.job.pk}")
        return row
