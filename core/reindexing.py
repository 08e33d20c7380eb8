"""Writing the search entries anew: after an update that changes how words are kept, or to mend what was lost.

Safe while the site is in use: each batch locks its records, so an entry can't become older than its record, and only
what differs is written. Doing it twice changes nothing.
"""

from typing import Any

from django.db import connections, transaction

from core import search
from core.jobs import HopelessError, JobRun, enqueue
from core.models.job import Job
from core.models.search import SearchEntry

BATCH = 500
REINDEX = "core.reindex_search"


@transaction.atomic
def reindex_batch(kind: search.Kind, after: int) -> tuple[int | None, int, int]:
    """Bring the entries of the next records up to date.

    Returns (key of the last record or None at the end, how many were looked at, how many entries were written).
    """
    records = list(
        kind.model._base_manager.select_for_update(of=("self",)).filter(pk__gt=after).order_by("pk")[:BATCH]
    )
    if not records:
        return None, 0, 0
    present = {
        entry.uid: entry
        for entry in SearchEntry.objects.filter(
            kind=kind.name, uid__in=[row.uid for row in records]
        ).prefetch_related("keys")
    }
    fresh, written = [], 0
    for record in records:
        wanted, have = kind.entry(record), present.get(record.uid)
        if wanted is None:
            if have is not None:
                search.remove(kind.name, record.uid)
                written += 1
        elif have is None:
            fresh.append((record.uid, wanted.words, wanted.exact))
        elif not _same(wanted, have):
            search.put(kind, record)
            written += 1
    return records[-1].pk, len(records), written + search.index_many(kind.name, fresh)


def _same(wanted: search.Entry, have: SearchEntry) -> bool:
    digests = {bytes(digest) for digest in wanted.exact if digest}
    return have.words == search.entry_words(wanted.words) and digests == {
        bytes(key.digest) for key in have.keys.all()
    }


def forget_strays(kind: search.Kind) -> int:
    """Delete the entries whose record is no more; return how many."""
    living = kind.model._base_manager.values("uid")
    return SearchEntry.objects.filter(kind=kind.name).exclude(uid__in=living).delete()[0]


def reindex(kind: search.Kind, *, say=lambda done: None) -> tuple[int, int]:
    """All records of a kind, batch after batch; return (looked at, written or deleted)."""
    after, seen, changed = 0, 0, 0
    while True:
        last, looked, written = reindex_batch(kind, after)
        seen, changed = seen + looked, changed + written
        if last is None:
            return seen, changed + forget_strays(kind)
        after = last
        say(seen)


def reindex_job(run: JobRun) -> None:
    """The job of one kind (payload kind); goes on where a dead worker stopped."""
    kind = {kind.name: kind for kind in search.kinds()}.get(run.payload["kind"])
    if kind is None:
        raise HopelessError(f"no search kind {run.payload['kind']}")
    total = kind.model._base_manager.count()
    done, after = run.job.done, run.cursor or 0
    while True:
        with transaction.atomic():
            last, looked, _ = reindex_batch(kind, after)
            if last is None:
                break
            done, after = done + looked, last
            with run.step(done=done, total=max(total, done), cursor=last):
                pass
    with run.finish():
        forget_strays(kind)


def ask_after_update(*, using: str, **kwargs: Any) -> None:
    """Ask for one reindexing a kind and search.VERSION, when there are records (receiver of ``post_migrate``)."""
    if using != "default":
        return
    tables = set(connections[using].introspection.table_names())
    if not {Job._meta.db_table, SearchEntry._meta.db_table} <= tables:
        return
    for kind in search.kinds():
        key = f"v{search.VERSION}:{kind.name}"
        if kind.model._meta.db_table not in tables or Job.objects.filter(key=f"{REINDEX}:{key}").exists():
            continue
        if kind.model._base_manager.exists():
            enqueue(REINDEX, key=key, payload={"kind": kind.name})
