"""The index behind core.search, once for PostgreSQL and once for SQLite; nobody else asks it.

Both answer the same questions about the words of an entry: `holding` (whole words or beginnings), `one_of` (one of very
many spellings), `inside` (a part of the text), `resembling` (shared trigrams). `ensure` makes the index where it is
missing.
"""

from typing import Any

from django.db import connection, connections, transaction
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from core.models.search import SearchEntry

LEAST, LEAST_WORD = 3, 0.3
PLAUSIBLE = 2000
"""How many entries are looked at for the nearest spellings; on SQLite the best by its own rank."""
ALIKE = 60
"""How many words PostgreSQL takes for like a word of the query, the most alike."""

Alternatives = list[dict[str, bool]]
"""For every word of a query its spellings; True where the spelling may go on (a beginning)."""

_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX IF NOT EXISTS core_search_words ON core_searchentry USING gin (words gin_trgm_ops)",
    "CREATE INDEX IF NOT EXISTS core_search_terms ON core_searchentry "
    "USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    # Every word once, so that a slip is looked for among tens of thousands of words, not among millions of entries.
    # Nothing is unique here: two who add the same new name must not wait for each other, and a word twice does no harm.
    """
    DO $do$ BEGIN
        IF to_regclass('core_search_word') IS NULL THEN
            CREATE TABLE core_search_word (word text NOT NULL);
            INSERT INTO core_search_word
                SELECT DISTINCT w.word FROM core_searchentry, unnest(string_to_array(words, ' ')) w(word)
                WHERE w.word ~ '^[a-z]+$';
            CREATE INDEX core_search_word_word ON core_search_word (word);
            CREATE INDEX core_search_word_parts ON core_search_word USING gin (word gin_trgm_ops);
        END IF;
    END $do$
    """,
    """
    CREATE OR REPLACE FUNCTION core_search_learn() RETURNS trigger LANGUAGE plpgsql AS $do$ BEGIN
        INSERT INTO core_search_word
            SELECT DISTINCT w.word FROM added, unnest(string_to_array(words, ' ')) w(word)
            WHERE w.word ~ '^[a-z]+$' AND NOT EXISTS (SELECT FROM core_search_word known WHERE known.word = w.word);
        RETURN NULL;
    END $do$
    """,
    """
    CREATE OR REPLACE FUNCTION core_search_forget() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off
    AS $do$ BEGIN
        DELETE FROM core_search_word known
            USING (SELECT DISTINCT word FROM gone, unnest(string_to_array(words, ' ')) word) lost
            WHERE known.word = lost.word AND NOT EXISTS (
                SELECT FROM core_searchentry
                WHERE array_to_tsvector(string_to_array(words, ' ')) @@ quote_literal(lost.word)::tsquery
            );
        RETURN NULL;
    END $do$
    """,
    *(
        f"CREATE OR REPLACE TRIGGER core_search_{name} AFTER {event} ON core_searchentry REFERENCING {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION core_search_{does}()"
        for name, event, rows, does in (
            ("added", "INSERT", "NEW TABLE AS added", "learn"),
            ("changed", "UPDATE", "NEW TABLE AS added", "learn"),
            ("left", "UPDATE", "OLD TABLE AS gone", "forget"),
            ("removed", "DELETE", "OLD TABLE AS gone", "forget"),
        )
    ),
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

    def one_of(self, words: Alternatives) -> Q | Func:
        """As `holding`, for words of hundreds of spellings, of which nearly none is ever written."""
        asked = sorted({spelling for word in words for spelling in word})
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT word FROM core_search_word WHERE word = ANY(%s)", [asked])
            written = {word for (word,) in cursor.fetchall()}
        return self._one_of_each([{s: False for s in word if s in written} for word in words])

    def resembling(self, entries: QuerySet, text: str) -> list[SearchEntry]:
        """Entries that hold for each word of the text one that shares trigrams with it."""
        words = []
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL pg_trgm.similarity_threshold = {LEAST_WORD}")
            for word in text.split():
                cursor.execute(
                    "SELECT word FROM core_search_word WHERE word %% %s GROUP BY word "
                    "ORDER BY similarity(word, %s) DESC, word LIMIT %s",
                    [word, word, ALIKE],
                )
                words.append({alike: False for (alike,) in cursor.fetchall()})
        return list(entries.filter(self._one_of_each(words))[:PLAUSIBLE])

    def _one_of_each(self, words: Alternatives) -> Q | Func:
        return self.holding(words) if all(words) else Q(pk__in=[])


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
