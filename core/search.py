"""One search over all records: words in one spelling (core.spelling), secret numbers by their blind index.

An app makes a kind of record known once; from then on every save of the model, and every row that core.bulk writes,
keeps the record's entry in step in the same transaction::

    register_kind("person", "Pencari kerja", model=JobSeeker, entry=person_entry,
                  rows=lambda user: JobSeeker.objects.visible_to(user), show=person_hit)

``entry(record)`` returns an `Entry` (words, exact indexes), or None for a record that must not be found (merged,
erased). Lists ask `narrow`, the search page too. A query is answered by the first of these steps that finds something:

1. a number of sixteen digits: the record with exactly that number, by its blind index;
2. records that hold every word of the query whole or as a beginning, in any order, in any spelling that folds alike;
3. records in which every word occurs somewhere inside;
4. the nearest spellings: each word at most one letter off;
5. what shares enough trigrams. Words with a digit resemble nothing.

PostgreSQL answers steps 2, 4 and 5 from a GIN index over the words, 4 and 5 after a look into its list of all words,
3 from a pg_trgm index; SQLite from two FTS5 tables. All are made after ``migrate`` (like the append-only guards: a
rebuilt SQLite table would lose its triggers).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save

from core import bulk
from core.models.search import SearchEntry, SearchKey
from core.personal import blind_index
from core.search_index import backend
from core.spelling import fold, one_letter_off, starts, words_of

VERSION = 1
"""Counts up when entries have to be written anew: other folding, other words."""
LEAST = 3
CANDIDATES, POOL = 200, 1000
NEAR, LEAST_WORD = 0.45, 0.3
WORDS_LIMIT, QUERY_WORDS = 1000, 8
REASON = "Indeks pencarian"
_LONG_NUMBER = re.compile(r"\d{16,}")
_DIGIT = re.compile(r"\d")
_NUMBER_SIGNS = re.compile(r"[\s.\-/()+]")
_FIRST_DIGITS = 5
"""From how many digits on a query of digits and signs is one number, however it is spaced."""


@dataclass(frozen=True)
class Entry:
    """What is kept of a record: texts that may be found by a part, and blind indexes that are found whole only."""

    words: list[str]
    exact: list[bytes | None] = field(default_factory=list)


@dataclass(frozen=True)
class Hit:
    """A found record as the reader sees it. ``near`` says that the spelling only resembles the query."""

    kind: str
    label: str
    uid: UUID
    title: str
    subtitle: str
    url: str
    near: bool = False


@dataclass(frozen=True)
class Kind:
    """A searchable sort of record: its visible rows for a user, how one is shown, and what is kept of it."""

    name: str
    label: str
    rows: Callable[[Any], QuerySet]
    show: Callable[[Any], tuple[str, str, str]]
    model: type[models.Model] | None = None
    entry: Callable[[Any], Entry | None] | None = None
    numbers: bool = False


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str,
    label: str,
    *,
    rows: Callable[[Any], QuerySet],
    show: Callable[[Any], tuple[str, str, str]],
    model: type[models.Model] | None = None,
    entry: Callable[[Any], Entry | None] | None = None,
    numbers: bool = False,
) -> None:
    """Make a kind searchable; with ``model`` and ``entry`` its entries follow every save and every bulk write.

    ``rows(user)`` must start from ``visible_to``: what isn't yours is never found. ``numbers`` says that the entries
    hold numbers only: a query without a digit, a name, is not looked for among them.
    """
    kind = _kinds[name] = Kind(name, label, rows, show, model, entry, numbers)
    if model is None or entry is None:
        return

    def saved(instance: Any, raw: bool = False, **kwargs: Any) -> None:
        if not raw:
            put(kind, instance)

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"core.search:{name}")
    bulk.after_write(model, name, lambda made: index_many(name, _entries(kind, made)))


def kinds() -> list[Kind]:
    """The kinds whose entries the installation keeps by itself."""
    return [kind for kind in _kinds.values() if kind.entry is not None]


def _entries(kind: Kind, records: Iterable) -> Iterator[tuple]:
    for record in records:
        entry = kind.entry(record)
        if entry is not None:
            yield record.uid, entry.words, entry.exact


def put(kind: Kind, record: Any) -> None:
    """Write or remove the entry of one record as its kind says."""
    entry = kind.entry(record)
    if entry is None:
        remove(kind.name, record.uid)
    else:
        index(kind.name, record.uid, words=entry.words, exact_indexes=entry.exact)


def entry_words(words: Iterable[str]) -> str:
    """The text of an entry, in one spelling. Raises ValueError on sixteen digits in a row: it may be a NIK."""
    parts = [fold(word) for word in words if word]
    if any(_LONG_NUMBER.search(part.replace(" ", "")) for part in parts):
        raise ValueError("a number of sixteen digits goes into exact_indexes, never into words")
    return " ".join(part for part in parts if part)[:WORDS_LIMIT].rstrip()


def index(kind: str, uid: UUID, *, words: Iterable[str], exact_indexes: Iterable[bytes | None] = ()) -> None:
    """Bring the entry of a record up to date, in the transaction of its change.

    ``words`` are texts that may be found by a part of them; sixteen digits in a row raise ValueError, since
    they may be a NIK. ``exact_indexes`` are blind indexes (core.personal.blind_index) of numbers that are
    found whole only.
    """
    text = entry_words(words)
    with transaction.atomic():
        entry, _ = SearchEntry.objects.get_or_create(kind=kind, uid=uid, defaults={"words": text})
        if entry.words != text:
            entry.words = text
            entry.save(update_fields=["words"])
        wanted = {bytes(digest) for digest in exact_indexes if digest}
        present = {bytes(key.digest): key.pk for key in entry.keys.all()}
        gone = [pk for digest, pk in present.items() if digest not in wanted]
        if gone:
            SearchKey.objects.filter(pk__in=gone).delete()
        fresh = [SearchKey(entry=entry, digest=digest) for digest in sorted(wanted - set(present))]
        if fresh:
            bulk.create(SearchKey, fresh, actor=None, reason=REASON)


def index_many(kind: str, rows: Iterable[tuple[UUID, Iterable[str], Iterable[bytes | None]]]) -> int:
    """Write the entries of new records in bulk (uid, words, exact indexes); for loaders. Return how many."""
    entries, keys = [], []
    for uid, words, exact_indexes in rows:
        entries.append(SearchEntry(kind=kind, uid=uid, words=entry_words(words)))
        keys.append({bytes(digest) for digest in exact_indexes if digest})
    with transaction.atomic():
        made = bulk.create(SearchEntry, entries, actor=None, reason=REASON)
        fresh = (
            SearchKey(entry=entry, digest=digest)
            for entry, digests in zip(made, keys, strict=True)
            for digest in sorted(digests)
        )
        bulk.create(SearchKey, fresh, actor=None, reason=REASON)
    return len(made)


def remove(kind: str, uid: UUID) -> None:
    """Forget a record; part of its erasure."""
    SearchEntry.objects.filter(kind=kind, uid=uid).delete()


def forget(uids: Iterable[UUID]) -> int:
    """Forget records of any kind; for the erasure of a person. Return how many entries went."""
    return SearchEntry.objects.filter(uid__in=list(uids)).delete()[0]


# --- asking ---


def one_number(text: str) -> str:
    """The digits of a query that is one number, however it is spaced ("0812-3456-7890"), or "".

    A mobile number is given the way it is kept: 08… for +628… and 628….
    """
    digits = _NUMBER_SIGNS.sub("", text)
    if not digits.isdecimal() or not digits.isascii() or len(digits) < _FIRST_DIGITS:
        return ""
    return "0" + digits[2:] if digits.startswith("628") else digits


def _words(query: str) -> list[str]:
    number = one_number(query)
    return [number] if number else words_of(query)[:QUERY_WORDS]


def searchable(query: str) -> bool:
    """Whether a query has a word of three characters at least; shorter ones find too much."""
    return any(len(word) >= LEAST for word in _words(query))


@dataclass(frozen=True)
class _Step:
    """One way to look for a query: its condition on the entries, and whether it only resembles."""

    condition: Callable[[QuerySet], QuerySet]
    near: bool = False


def _steps(query: str) -> Iterator[_Step]:
    """The ways to look for a query, the surest first; none for a query that is too short."""
    number = one_number(query)
    if len(number) == 16:
        digest = blind_index(number)
        yield _Step(lambda entries: entries.filter(keys__digest=digest))
        return
    words = _words(query)
    if len(number) > 16 or not searchable(query):
        return
    yield _Step(lambda entries: entries.filter(backend().holding([_beginnings(word) for word in words])))
    if number:
        return
    folded = fold(query).split()[:QUERY_WORDS]
    yield _Step(lambda entries: _containing(entries, folded))
    if _DIGIT.search(query):
        return
    off = [dict.fromkeys(one_letter_off(word), False) for word in folded]
    yield _Step(lambda entries: entries.filter(backend().one_of(off)), near=True)


def _beginnings(word: str) -> dict[str, bool]:
    """{folded word: whether it may go on}; words of one or two letters count whole only."""
    return {start: len(word) >= LEAST and len(start) > 1 for start in starts(word)}


def _containing(entries: QuerySet, words: list[str]) -> QuerySet:
    """Entries in which every word occurs. Words of one or two letters are tested on what the longer ones find."""
    long = [word for word in words if len(word) >= LEAST]
    if not long:
        return entries.none()
    condition = backend().inside(long)
    for word in words:
        if len(word) < LEAST:
            condition &= Q(words__contains=word)
    return entries.filter(condition)


def _asked(names: Iterable[str], query: str) -> list[str]:
    """The kinds among which a query can be found at all."""
    named = not _DIGIT.search(query)
    return [name for name in names if not (named and name in _kinds and _kinds[name].numbers)]


def narrow(queryset: QuerySet, query: str, kinds: dict[str, str]) -> tuple[QuerySet, bool]:
    """The rows of ``queryset`` that a query finds, and whether they only resemble it.

    ``kinds`` says which kinds of entries lead to a row and by which path: {"card": "uid", "person":
    "jobseeker__uid"}. The first step that finds a row of the queryset decides, so list, count and export agree.
    """
    asked = {kind: kinds[kind] for kind in _asked(kinds, query)}
    for step in _steps(query):
        for kind, path in asked.items():
            entries = step.condition(SearchEntry.objects.filter(kind=kind)).order_by()
            found = _narrowed(queryset, entries, path)
            if found is not None:
                return found, step.near
    entries = _trigram_rows(query, list(asked))
    for kind, path in asked.items():
        found = queryset.filter(**{f"{path}__in": [row.uid for row in entries if row.kind == kind]})
        if found.exists():
            return found, True
    return queryset.none(), False


def _narrowed(queryset: QuerySet, entries: QuerySet, path: str) -> QuerySet | None:
    """The rows behind the entries, or None. Few entries go as a list: planners guess badly at a subquery."""
    uids = list(entries.values_list("uid", flat=True)[: POOL + 1])
    if not uids:
        return None
    wanted = uids if len(uids) <= POOL else entries.values("uid")
    found = queryset.filter(**{f"{path}__in": wanted})
    return found if found.exists() else None


def find(query: str, user: Any, kinds: Iterable[str] | None = None, *, limit: int = 20) -> list[Hit]:
    """The records the user may see that a query finds, best first, at most ``limit`` a kind."""
    hits: list[Hit] = []
    for name in _asked(_kinds if kinds is None else kinds, query):
        hits += _find(_kinds[name], query, user, limit)
    return hits


def _find(kind: Kind, query: str, user: Any, limit: int) -> list[Hit]:
    entries = SearchEntry.objects.filter(kind=kind.name).order_by()
    for step in _steps(query):
        rows = list(step.condition(entries)[:POOL])
        hits = _best(kind, rows, query, user, limit, near=step.near)
        if not hits and len(rows) == POOL:  # crowded out by what the reader may not see
            visible = entries.filter(uid__in=kind.rows(user).order_by().values("uid"))
            rows = list(step.condition(visible)[:POOL])
            hits = _best(kind, rows, query, user, limit, near=step.near)
        if hits:
            return hits
    return _best(kind, _trigram_rows(query, [kind.name]), query, user, limit, near=True)


def _trigram_rows(query: str, kinds: list[str]) -> list[SearchEntry]:
    """The entries that share enough trigrams with the query; a number resembles nothing."""
    text = fold(query)
    if not kinds or _DIGIT.search(query) or not searchable(query) or not _inner_trigrams(text):
        return []
    found = backend().resembling(SearchEntry.objects.filter(kind__in=kinds), text)
    return [entry for entry in found if _is_near(text, entry.words)]


def _best(
    kind: Kind, entries: list[SearchEntry], query: str, user: Any, limit: int, *, near: bool
) -> list[Hit]:
    """The best of the entries that the user may see."""
    text = one_number(query) or fold(query)
    rank = _resemblance if near else _rank
    entries.sort(key=lambda entry: (-rank(text, entry.words), entry.words, str(entry.uid)))
    entries = entries[:CANDIDATES]
    hits: list[Hit] = []
    for first in range(0, len(entries), 2 * limit):
        part = entries[first : first + 2 * limit]
        records = {row.uid: row for row in kind.rows(user).filter(uid__in=[entry.uid for entry in part])}
        for entry in part:
            if entry.uid in records:
                hits.append(Hit(kind.name, kind.label, entry.uid, *kind.show(records[entry.uid]), near))
        if len(hits) >= limit:
            break
    return hits[:limit]


def _rank(text: str, words: str) -> float:
    """Whole words before beginnings before parts; a shorter entry before a longer one."""
    padded = f" {words} "
    score = 0.0
    for word in text.split():
        score += 3 if f" {word} " in padded else 2 if f" {word}" in padded else 1 if word in padded else 0
    return score - len(words) / 10_000


def _resemblance(text: str, words: str) -> float:
    return sum(similarity(text, words)) - len(words) / 10_000


def _inner_trigrams(text: str) -> set[str]:
    return {word[at : at + 3] for word in text.split() if len(word) >= LEAST for at in range(len(word) - 2)}


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def similarity(query: str, words: str) -> list[float]:
    """How near each word of the query is to its best word among ``words``, by shared trigrams; 0 to 1."""
    offered = [_trigrams(word) for word in words.split()]
    return [
        max((len(wanted & have) / len(wanted | have) for have in offered), default=0)
        for wanted in map(_trigrams, query.split())
    ]


def _is_near(query: str, words: str) -> bool:
    """Whether the spellings resemble: each word a little, all together enough."""
    scores = similarity(query, words)
    alike = min(scores) >= LEAST_WORD and sum(scores) / len(scores) >= NEAR
    return alike and bool(_inner_trigrams(query) & _inner_trigrams(words))
