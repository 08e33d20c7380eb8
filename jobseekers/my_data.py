"""Everything the system holds about a person, by parts; higher rooms hand in theirs through this door.

::

    register_my_data("placements", "Penempatan kerja", tables=(Placement,), collect=lambda person: [
        describe(row, ("started_on", "position")) for row in Placement.objects.filter(jobseeker=person)])

A test walks every foreign key that points at a person and fails when no part has claimed its model.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from core import clock, formats
from core.formats import date_long, datetime_long


@dataclass(frozen=True)
class Entry:
    """One value: its name for machines and for people, the value as JSON knows it, and as a reader sees it."""

    name: str
    label: str
    value: Any
    text: str


Row = list[Entry]


@dataclass(frozen=True)
class Part:
    """A part of the data; ``tables`` are the models that it speaks for."""

    key: str
    title: str
    collect: Callable[[Any], Iterable[Row]]
    tables: tuple[type[models.Model], ...] = ()
    order: int = 50


@dataclass(frozen=True)
class Collected:
    """A part with the rows of one person."""

    key: str
    title: str
    rows: list[Row] = field(default_factory=list)


_parts: dict[str, Part] = {}


def register_my_data(
    key: str,
    title: str,
    *,
    collect: Callable[[Any], Iterable[Row]],
    tables: tuple[type[models.Model], ...] = (),
    order: int = 50,
) -> None:
    """Make a part known. The same key again replaces it, so that a reload does no harm."""
    _parts[key] = Part(key, title, collect, tables, order)


def parts() -> list[Part]:
    """Return all parts in their order."""
    return sorted(_parts.values(), key=lambda part: (part.order, part.key))


def collect_all(person) -> list[Collected]:
    """Return every part with the person's rows, empty ones included: "nothing" is an answer too."""
    return [Collected(part.key, part.title, list(part.collect(person))) for part in parts()]


def entry(name: str, label: str, value: Any) -> Entry:
    """Return one value, with its text in the Indonesian way."""
    return Entry(name, label[:1].upper() + label[1:], _plain(value), _text(value))


def describe(row: models.Model, names: Iterable[str]) -> Row:
    """Return the named fields of a row by their verbose names; a choice is told by its label."""
    found = []
    for name in names:
        column = row._meta.get_field(name)
        value = getattr(row, name)
        if column.choices:
            value = str(getattr(row, f"get_{name}_display")())
        elif column.is_relation and value is not None:
            value = getattr(value, "label", None) or getattr(value, "name", None) or str(value)
        found.append(entry(name, UNNAMED.get(name) or str(column.verbose_name), value))
    return found


UNNAMED = {
    "created_at": "dibuat pada",
    "sent_at": "dikirim pada",
    "read_at": "dibaca pada",
    "recipient": "penerima",
    "subject": "perihal",
    "title": "judul",
    "body": "isi",
}
"""Fields of models that no person was meant to read by their columns."""


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return clock.local(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"no plain form of {type(value).__name__}")


def _text(value: Any) -> str:
    if value is None or value == "":
        return formats.DASH
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, dt.datetime):
        return datetime_long(clock.local(value))
    if isinstance(value, dt.date):
        return date_long(value)
    return str(value)
