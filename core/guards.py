"""Triggers that make the database itself refuse changes to append-only rows. Ensured after every ``migrate``.

PostgreSQL refuses UPDATE and DELETE. SQLite refuses UPDATE only, since emptying its tables between tests is a
DELETE; there a deletion shows by the hash chain (`core.audit.verify_chain`).
"""

from django.db import connections

APPEND_ONLY = ("core_auditevent", "core_auditseal")

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE OR REPLACE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_append_only BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""


def ensure(*, using: str, **kwargs) -> None:
    """Create the triggers where they are missing (receiver of ``post_migrate``)."""
    connection = connections[using]
    statement = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in existing.intersection(APPEND_ONLY):
            cursor.execute(statement.format(table=table))
