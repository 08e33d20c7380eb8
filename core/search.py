"""One search over all records: words by trigrams, numbers that must stay secret by their blind index.

An app makes a kind of record known once and keeps its entry in step from its services::

    register_kind("person", "Pencari kerja", rows=lambda user: JobSeeker.objects.visible_to(user),
    show=person_hit) index("person", person.uid, words=[person.full_name, person.phone],
    exact_indexes=[person.nik_index]) remove("person", person.uid)
    # erasure, merging

PostgreSQL answers from a pg_trgm index, SQLite from an FTS5 table with trigrams; both are made after
``migrate`` (like the append-only guards: a rebuilt SQLite table would lose its triggers). Both find the same
records: every word of the query must occur in the entry; when nothing does, the nearest spellings come.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, connections, transaction
from django.db.models import BooleanField, FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from core import bulk
from core.models.search import SearchEntry, SearchKey
from core.personal import blind_index

LEAST = 3
CANDIDATES = 200
NEAR, LEAST_WORD = 0.45, 0.3
WORDS_LIMIT = 1000
REASON = "Indeks pencarian"
_LONG_NUMBER = re.compile(r"\d{16,}")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS core_search_words ON core_searchentry USING gin (words gin_trgm_ops)",
)
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS core_search_fts "
    "USING fts5(words, content='core_searchentry', content_rowid='id', tokenize='trigram')",
    "CREATE TRIGGER IF NOT EXISTS core_search_added AFTER INSERT ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(rowid, words) VALUES (new.id, new.words); END",
    "CREATE TRIGGER IF NOT EXISTS core_search_removed AFTER DELETE ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(core_search_fts, rowid, words) VALUES ('delete', old.id, old.words); END",
    "CREATE TRIGGER IF NOT EXISTS core_search_changed AFTER UPDATE OF words ON core_searchentry BEGIN "
    "INSERT INTO core_search_fts(core_search_fts, rowid, words) VALUES ('delete', old.id, old.words); "
    "INSERT INTO core_search_fts(rowid, words) VALUES (new.id, new.words); END",
    "INSERT INTO core_search_fts(core_search_fts) VALUES ('rebuild')",
)
_SQLITE_NAMES = ("core_search_fts", "core_search_added", "core_search_removed", "core_search_changed")


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
    """A searchable sort of record.

    Its visible rows for a user, and how one is shown (title, subtitle, address).
    """

    name: str
    label: str
    rows: Callable[[Any], QuerySet]
    show: Callable[[Any], tuple[str, str, str]]


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str,
    label: str,
    *,
    rows: Callable[[Any], QuerySet],
    show: Callable[[Any], tuple[str, str, str]],
) -> None:
    """Make a kind searchable.

    ``rows(user)`` must start from ``visible_to``: what isn't yours is never found.
    """
    _kinds[name] = Kind(name, label, rows, show)


def normal(text: str) -> str:
    """Words in small letters without accents and punctuation, one space apart."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_WORD.sub(
        " ", "".join(letter for letter in plain if not unicodedata.combining(letter))
    ).strip()


def _entry_words(words: Iterable[str]) -> str:
    parts = [normal(word) for word in words if word]
    if any(_LONG_NUMBER.search(part.replace(" ", "")) for part in parts):
        raise ValueError("a number of sixteen digits goes into exact_indexes, never into words")
    return " ".join(part for part in parts if part)[:WORDS_LIMIT]


def index(kind: str, uid: UUID, *, words: Iterable[str], exact_indexes: Iterable[bytes | None] = ()) -> None:
    """Write the entry of a record anew, in the transaction of its change.

    ``words`` are texts that may be found by a part of them; sixteen digits in a row raise ValueError, since
    they may be a NIK. ``exact_indexes`` are blind indexes (core.personal.blind_index) of numbers that are
    found whole only.
    """
    text = _entry_words(words)
    with transaction.atomic():
        entry, _ = SearchEntry.objects.update_or_create(kind=kind, uid=uid, defaults={"words": text})
        wanted = {bytes(digest) for digest in exact_indexes if digest}
        present = {bytes(key.digest): key.pk for key in entry.keys.all()}
        SearchKey.objects.filter(
            pk__in=[pk for digest, pk in present.items() if digest not in wanted]
        ).delete()
        fresh = (SearchKey(entry=entry, digest=digest) for digest in sorted(wanted - set(present)))
        bulk.create(SearchKey, fresh, actor=None, reason=REASON)


def index_many(kind: str, rows: Iterable[tuple[UUID, Iterable[str], Iterable[bytes | None]]]) -> int:
    """Write the entries of new records in bulk (uid, words, exact indexes); for loaders. Return how many."""
    entries, keys = [], []
    for uid, words, exact_indexes in rows:
        entries.append(SearchEntry(kind=kind, uid=uid, words=_entry_words(words)))
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


def searchable(query: str) -> bool:
    """Whether a query has a word of three characters at least; shorter ones find too much."""
    return any(len(word) >= LEAST for word in normal(query).split())


def find(query: str, user: Any, kinds: Iterable[str] | None = None, *, limit: int = 20) -> list[Hit]:
    """The records the user may see that hold every word of the query, best first, at most ``limit`` a kind.

    Sixteen digits look for the one record with that NIK or number, by its blind index.
    """
    hits: list[Hit] = []
    for name in _kinds if kinds is None else kinds:
        kind = _kinds[name]
        entries = SearchEntry.objects.filter(kind=name, uid__in=kind.rows(user).order_by().values("uid"))
        hits += _find(kind, entries, query, user, limit)
    return hits


def _find(kind: Kind, entries: QuerySet, query: str, user: Any, limit: int) -> list[Hit]:
    number = re.sub(r"[\s.\-/]", "", query)
    if re.fullmatch(r"\d{16}", number):
        return _show(kind, user, list(entries.filter(keys__digest=blind_index(number))[:limit]), near=False)
    text = normal(query)
    if not searchable(text):
        return []
    found = list(_containing(entries, text.split()[:8])[:CANDIDATES])
    near = not found
    if near:
        found = [entry for entry in _resembling(entries, text) if _is_near(text, entry.words)]
    found.sort(key=lambda entry: (-_rank(text, entry.words), entry.words, str(entry.uid)))
    return _show(kind, user, found[:limit], near=near)


def _containing(entries: QuerySet, words: list[str]) -> QuerySet:
    """Entries in which every word occurs.

    Words of one or two letters are tested on what the longer ones find.
    """
    if connection.vendor == "sqlite":
        match = " AND ".join(f'"{word}"' for word in words if len(word) >= LEAST)
        entries = entries.filter(pk__in=_fts(match))
        words = [word for word in words if len(word) < LEAST]
    condition = Q()
    for word in words:
        condition &= Q(words__contains=word)
    return entries.filter(condition)


def _resembling(entries: QuerySet, text: str) -> list[SearchEntry]:
    """Entries that share trigrams with the text, the most alike first as far as the database can tell."""
    if connection.vendor == "sqlite":
        match = " OR ".join(f'"{part}"' for part in sorted(_inner_trigrams(text)))
        ranked = RawSQL(
            "SELECT rowid FROM core_search_fts WHERE words MATCH %s ORDER BY rank LIMIT 2000", [match]
        )
        return list(entries.filter(pk__in=ranked))
    alike = RawSQL("core_searchentry.words %%> %s", [text], output_field=BooleanField())
    distance = RawSQL("core_searchentry.words <->> %s", [text], output_field=FloatField())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {LEAST_WORD}")
        return list(entries.filter(alike).order_by(distance)[:CANDIDATES])


def _fts(match: str) -> RawSQL:
    return RawSQL("SELECT rowid FROM core_search_fts WHERE words MATCH %s", [match])


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


def _rank(text: str, words: str) -> float:
    """Whole words before beginnings before parts; a shorter entry before a longer one."""
    padded = f" {words} "
    score = 0.0
    for word in text.split():
        score += 3 if f" {word} " in padded else 2 if f" {word}" in padded else 1 if word in padded else 0
    return score + sum(similarity(text, words)) - len(words) / 10_000


def _show(kind: Kind, user: Any, entries: list[SearchEntry], *, near: bool) -> list[Hit]:
    records = {row.uid: row for row in kind.rows(user).filter(uid__in=[entry.uid for entry in entries])}
    hits = []
    for entry in entries:
        if entry.uid in records:
            title, subtitle, url = kind.show(records[entry.uid])
            hits.append(Hit(kind.name, kind.label, entry.uid, title, subtitle, url, near))
    return hits


def ensure(*, using: str, **kwargs: Any) -> None:
    """Make the index of this database where it is missing (receiver of ``post_migrate``)."""
    database = connections[using]
    if "core_searchentry" not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            statements = _POSTGRESQL
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE name IN (%s, %s, %s, %s)", _SQLITE_NAMES)
            statements = () if cursor.fetchone() == (len(_SQLITE_NAMES),) else _SQLITE
        for statement in statements:
            cursor.execute(statement)
