"""The index behind core.search, once for PostgreSQL and once for SQLite; nobody else asks it.

Both answer the same questions about the words of an entry: `holding` (whole words or beginnings), `one_of` (one of very
many spellings), `inside` (a part of the text), `resembling` (shared trigrams). `ensure` makes the index where it is
missing.
"""

from typing import Any

from django.db import connection, connections, transaction
from django.db.models import BooleanField, F, FloatField, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from core.models.search import SearchEntry

CANDIDATES = 200
LEAST, LEAST_WORD = 3, 0.3
PLAUSIBLE = 2000
"""How many entries SQLite looks at for the nearest spellings, the best by its own rank."""

Alternatives = list[dict[str, bool]]
"""For every word of a query its spellings; True where the spelling may go on (a beginning)."""

_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS core_search_words ON core_searchentry USING gin (words gin_trgm_ops)",
    "CREATE INDEX IF NOT EXISTS core_search_terms ON core_searchentry "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    # Hundreds of spellings of which hardly one exists: the planner takes them for many rows and reads the whole table.
    "CREATE OR REPLACE FUNCTION core_search_one_of(spellings tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE "
    "SET enable_seqscan = off SET jit = off AS 'SELECT id FROM core_searchentry "
    "WHERE array_to_tsvector(string_to_array(words, '' '')) @@ spellings'",
)
_OLD = "INSERT INTO {table}({table}, rowid, words) VALUES ('delete', old.id, old.words); "
_NEW = "INSERT INTO {table}(rowid, words) VALUES (new.id, new.words); "


def _sqlite_table(table: str, trigger: str, tokens: str) -> tuple[str, ...]:
    """An FTS5 table over the words, and the triggers that keep it in step."""
    old, new = _OLD.format(table=table), _NEW.format(table=table)
    on = "core_searchentry BEGIN"
    return (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} "
        f"USING fts5(words, content='core_searchentry', content_rowid='id', {tokens})",
        f"CREATE TRIGGER IF NOT EXISTS {trigger}_added AFTER INSERT ON {on} {new}END",
        f"CREATE TRIGGER IF NOT EXISTS {trigger}_removed AFTER DELETE ON {on} {old}END",
        f"CREATE TRIGGER IF NOT EXISTS {trigger}_changed AFTER UPDATE OF words ON {on} {old}{new}END",
        f"INSERT INTO {table}({table}) VALUES ('rebuild')",  # noqa: S608 - the names above
    )


_SQLITE = _sqlite_table("core_search_fts", "core_search", "tokenize='trigram'") + _sqlite_table(
    "core_search_terms", "core_search_terms", "tokenize='unicode61', prefix='3 4 5'"
)
_SQLITE_NAMES = tuple(
    f"{name}{end}"
    for name, ends in (
        ("core_search_fts", ("",)),
        ("core_search_terms", ("",)),
        ("core_search", ("_added", "_removed", "_changed")),
        ("core_search_terms", ("_added", "_removed", "_changed")),
    )
    for end in ends
)


def _tsquery(words: Alternatives) -> str:
    """The words as PostgreSQL asks for them. Spellings are letters and digits only, so quoting is safe."""
    return " & ".join(
        "("
        + " | ".join(f"'{text}'" + (":*" if goes_on else "") for text, goes_on in sorted(word.items()))
        + ")"
        for word in words
    )


class Postgresql:
    """GIN over the words as lexemes, and pg_trgm."""

    def one_of(self, words: Alternatives) -> Q:
        """As `holding`, for words of hundreds of spellings."""
        found = RawSQL("SELECT core_search_one_of(%s::tsquery)", [_tsquery(words)])
        return Q(pk__in=found)

    def holding(self, words: Alternatives) -> Func:
        """The entry holds one spelling of every word."""
        query = _tsquery(words)
        terms = Func(F("words"), template="array_to_tsvector(string_to_array(%(expressions)s, ' '))")
        return Func(
            terms,
            Value(query),
            template="(%(expressions)s::tsquery)",
            arg_joiner=" @@ ",
            output_field=BooleanField(),
        )

    def inside(self, words: list[str]) -> Q:
        """Every word occurs somewhere in the entry."""
        condition = Q()
        for word in words:
            condition &= Q(words__contains=word)
        return condition

    def resembling(self, entries: QuerySet, text: str) -> list[SearchEntry]:
        """Entries that share trigrams with the text, the most alike first."""
        alike = RawSQL("core_searchentry.words %%> %s", [text], output_field=BooleanField())
        distance = RawSQL("core_searchentry.words <->> %s", [text], output_field=FloatField())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {LEAST_WORD}")
            return list(entries.filter(alike).order_by(distance)[:CANDIDATES])


class Sqlite:
    """Two FTS5 tables: words with beginnings, and trigrams."""

    def holding(self, words: Alternatives) -> Q:
        """The entry holds one spelling of every word."""
        match = " AND ".join(
            "("
            + " OR ".join(f'"{text}"' + ("*" if goes_on else "") for text, goes_on in sorted(word.items()))
            + ")"
            for word in words
        )
        return Q(pk__in=_fts("core_search_terms", match))

    one_of = holding

    def inside(self, words: list[str]) -> Q:
        """Every word occurs somewhere in the entry."""
        return Q(pk__in=_fts("core_search_fts", " AND ".join(f'"{word}"' for word in words)))

    def resembling(self, entries: QuerySet, text: str) -> list[SearchEntry]:
        """Entries that share trigrams with the text."""
        parts = {word[at : at + LEAST] for word in text.split() for at in range(len(word) - LEAST + 1)}
        ranked = RawSQL(  # noqa: S611 - the words are a parameter
            f"SELECT rowid FROM core_search_fts WHERE words MATCH %s ORDER BY rank LIMIT {PLAUSIBLE}",  # noqa: S608
            [" OR ".join(f'"{part}"' for part in sorted(parts))],
        )
        return list(entries.filter(pk__in=ranked))


def _fts(table: str, match: str) -> RawSQL:
    return RawSQL(f"SELECT rowid FROM {table} WHERE words MATCH %s", [match])  # noqa: S608, S611 - a parameter


_BACKENDS = {"postgresql": Postgresql(), "sqlite": Sqlite()}


def backend() -> Postgresql | Sqlite:
    """The index of the database in use."""
    return _BACKENDS[connection.vendor]


def ensure(*, using: str, **kwargs: Any) -> None:
    """Make the index of this database where it is missing (receiver of ``post_migrate``)."""
    database = connections[using]
    if "core_searchentry" not in database.introspection.table_names():
        return
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            statements = _POSTGRESQL
        else:
            marks = ", ".join(["%s"] * len(_SQLITE_NAMES))
            known = f"SELECT count(*) FROM sqlite_master WHERE name IN ({marks})"  # noqa: S608 - marks only
            cursor.execute(known, _SQLITE_NAMES)
            statements = () if cursor.fetchone() == (len(_SQLITE_NAMES),) else _SQLITE
        for statement in statements:
            cursor.execute(statement)
