"""What differs between the two databases, behind one function each."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


def learn() -> None:
    """Let the database count its tables anew, after much was written at once: its plans follow these counts.

    PostgreSQL does so by itself after a while, SQLite never.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside the block from one state of the database.

    PostgreSQL: REPEATABLE READ. SQLite: a deferred transaction, whose first read fixes the state and which never
    takes the write lock (the default here is IMMEDIATE, which would). Inside a running transaction (a test, or a
    caller's own block) that transaction is used as it is.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        usual = connection.transaction_mode
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
