"""Loads many rows by COPY: a model's columns, defaults filled in, values from a generator."""

import io
from collections.abc import Iterable
from itertools import chain

from django.db import connection


def _text(value) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")


def copy(model, rows: Iterable[dict], *, chunk: int = 20_000) -> int:
    """COPY `rows` ({field attname: value}, all with the same fields) into the model's table.

    Missing columns get the field's default, asked for once and before the COPY: a default may read the database, and
    the connection takes no other question while the rows run through it. So a unique field must come with the row.
    """
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    fields = [f for f in model._meta.concrete_fields if not f.primary_key]
    defaults = {f.attname: _default(f) for f in fields if f.attname not in first}
    columns = ", ".join(f'"{f.column}"' for f in fields)
    names = [f.attname for f in fields]
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as target,
    ):
        buffer = io.StringIO()
        for row in chain([first], rows):
            values = defaults | row
            buffer.write("\t".join(_text(values[name]) for name in names) + "\n")
            count += 1
            if count % chunk == 0:
                target.write(buffer.getvalue())
                buffer = io.StringIO()
        target.write(buffer.getvalue())
    return count


def _default(field):
    """The value a new object would have; times are 'now' of the benchmark, which no measure reads."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return "2023-06-01 00:00:00+07"
    value = field.get_default()
    return field.get_prep_value(value) if value is not None else None
