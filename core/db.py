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


def hold(name: str, *, shared: bool = False) -> None:
    """Wait until nobody else holds `name`, then hold it until this transaction ends; `shared` among those who say so.

    For a rule about a row that may not be there yet, so that no row can be locked. SQLite needs nothing: its writing
    transactions come one after the other. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "hold() lasts until the end of a transaction; there is none"
        )
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [name])


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
