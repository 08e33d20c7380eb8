"""One class a table: the list page and its export come from the same definition.

An app declares the table in ``exports.py``::

    class CardTable(Table):
        slug = "kartu-ak1"                       # unique in the installation; names the exported file
        title = "Kartu AK-1"
        noun = "kartu"                           # "23 kartu"
        permission = can_read_cards              # predicate (user) -> bool, asked when listed and when run
        columns = [
            Column("number", "Nomor", width=20, sort="number", explain="Nomor pada kartu.", link=card_url),
            Column("name", "Nama", value="jobseeker__full_name", sort="jobseeker__full_name"),
            Column("issued_on", "Terbit", kind="date", sort="issued_on"),
            Column("state", "Keadaan", kind="tag", choices=CardState.choices, colours={"ACTIVE": "green"}),
            Column("age", "Umur (tahun)", kind="int", value=lambda card: card.age),
        ]
        filters = [
            Filter("keadaan", "Keadaan", field="state", choices=CardState.choices),
            Filter("terbit", "Terbit", field="issued_on", kind="date"),
        ]
        chips = [Chip("habis", "Habis berlaku", Q(state="EXPIRED"))]
        search_fields = ("number__icontains", "jobseeker__full_name__icontains")
        default_sort = "-issued_on"

        def queryset(self, user):
            return Card.objects.visible_to(user).select_related("jobseeker")

``value`` is an ORM path (``a__b``) or a callable of the row; a table whose exported columns are all ORM paths
is exported without building model instances. Its page and the page of one record stand in ``views/`` and
``urls.py``::

    class CardList(ListView):
        table = CardTable

    class CardDetail(DetailView):
        table = CardTable                        # same visible_to, same permission; what isn't yours is 404
        def title(self, card): return f"Kartu {card.number}"
        def facts(self, card): return [Fact("Terbit", card.issued_on, kind="date")]
        # history and the workflow's buttons come by themselves; a POST of a button fires the transition

    urlpatterns = [
        path("kartu/", CardList.as_view(), name="card_list"),
        path("kartu/<uuid:uid>/", CardDetail.as_view(), name="card_detail"),
    ]

The URL carries the whole selection: ``q`` search, ``urut`` sort, ``hal`` page, ``lihat`` chip, one parameter
a filter (``<key>-dari`` and ``<key>-sampai`` for a range of dates), ``format`` for the export of exactly
these rows.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import and_, or_
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import F, Q, QuerySet

from core import clock, formats, search

KINDS = ("text", "int", "decimal", "money", "percent", "date", "datetime", "bool", "tag")
NUMERIC_KINDS = frozenset({"int", "decimal", "money", "percent"})
CHUNK = 2000

registry: dict[str, type["Table"]] = {}


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: what it is called, where its value comes from and how it is written.

    ``sub`` is a smaller second line on the page, red where ``late`` says so; ``width`` is in characters;
    ``explain`` is printed in "Keterangan"; ``choices`` turns a stored value into its label, ``convert`` into
    any other value; ``decimals`` counts for kind decimal and percent (a percent value is already ×100).
    """

    key: str = field(kw_only=False)
    title: str = field(kw_only=False)
    kind: str = "text"
    width: int = 16
    explain: str = ""
    value: str | Callable[[Any], Any] | None = None
    choices: Iterable[tuple[Any, str]] | None = None
    convert: Callable[[Any], Any] | None = None
    sort: str | tuple[str, ...] | None = None
    export: bool = True
    listed: bool = True
    link: Callable[[Any], str | None] | None = None
    sub: Callable[[Any], str] | None = None
    late: Callable[[Any], bool] | None = None
    colours: dict[Any, str] | None = None
    decimals: int = 2

    def __post_init__(self) -> None:
        """Refuse an unknown kind when the class is made, not when somebody opens the page."""
        if self.kind not in KINDS:
            raise ImproperlyConfigured(f"Column {self.key}: unknown kind {self.kind!r}")
        if self.choices is not None:
            object.__setattr__(self, "choices", dict(self.choices))

    @property
    def numeric(self) -> bool:
        """Whether the values stand right-aligned."""
        return self.kind in NUMERIC_KINDS

    @property
    def path(self) -> str | None:
        """The ORM path of the value, or None when it is computed."""
        return None if callable(self.value) else (self.value or self.key)

    def raw(self, row: Any) -> Any:
        """The stored value of a model instance."""
        if callable(self.value):
            return self.value(row)
        for part in self.path.split("__"):
            if row is None:
                return None
            row = getattr(row, part)
        return row

    def finish(self, raw: Any) -> Any:
        """The typed value of a stored one.

        Label of a choice, converted, moments in the office's time zone.
        """
        if self.choices is not None:
            return "" if raw is None or raw == "" else str(self.choices.get(raw, raw))
        if self.convert is not None:
            raw = self.convert(raw)
        if isinstance(raw, datetime):
            raw = clock.local(raw)
            return raw.date() if self.kind == "date" else raw.replace(tzinfo=None)
        return raw

    def text(self, value: Any) -> str:
        """The value as a reader sees it, the Indonesian way."""
        if value is None or value == "":
            return formats.DASH
        if self.kind == "bool":
            return "Ya" if value else "Tidak"
        if isinstance(value, datetime):
            return formats.datetime_long(value)
        if isinstance(value, date):
            return formats.date_long(value)
        if self.kind == "money":
            return formats.rupiah(value)
        if self.kind == "percent":
            return formats.percent(value, self.decimals)
        if self.kind == "decimal":
            return formats.number(value, self.decimals)
        if self.kind == "int" and isinstance(value, int | Decimal | Fraction):
            return formats.number(value)
        return str(value)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A choice above the list that narrows it; its value lives in the URL.

    Kinds: choice (one of ``choices``), bool, year, date (a range), text, hidden (set by a link only, shown as
    a removable line that ``describe`` words; ``fixed``: it is what the page is about and can't be removed).
    ``choices`` may be a callable of the user. ``apply(queryset, value)`` replaces the look-up by ``field``.
    """

    key: str = field(kw_only=False)
    title: str = field(kw_only=False)
    field: str = ""
    kind: str = "choice"
    choices: Iterable[tuple[Any, str]] | Callable[[Any], Iterable[tuple[Any, str]]] = ()
    apply: Callable[[QuerySet, Any], QuerySet] | None = None
    describe: Callable[[str], str] | None = None
    all_label: str = ""
    fixed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The URL parameters of the filter."""
        return (f"{self.key}-dari", f"{self.key}-sampai") if self.kind == "date" else (self.key,)

    def options(self, user: Any) -> list[tuple[str, str]]:
        """The choices with their values as the URL writes them."""
        if self.kind == "bool":
            return [("ya", "Ya"), ("tidak", "Tidak")]
        found = self.choices(user) if callable(self.choices) else self.choices
        return [(str(value), str(label)) for value, label in found]


@dataclass(frozen=True)
class Chip:
    """A quick filter with its count.

    ``q`` must not cross a to-many relation (use Exists): counts would multiply. ``sort`` is the order of these rows
    while the reader chose none, e.g. a queue's oldest first in a list that shows the newest first.
    """

    key: str
    title: str
    q: Q | Callable[[Any], Q]
    sort: tuple[str, ...] = ()

    def condition(self, user: Any) -> Q:
        """The condition for this user."""
        return self.q(user) if callable(self.q) else self.q


class Table:
    """Base of every table; see the module's text for how to declare one."""

    slug: str = ""
    title: str = ""
    noun: str = "baris"
    intro: str = ""
    columns: list[Column] = []
    filters: list[Filter] = []
    chips: list[Chip] = []
    search_fields: tuple[str, ...] = ()
    search_label: str = "Cari"
    default_sort: str | tuple[str, ...] = "pk"
    empty_text: str = "Belum ada data."
    formats: tuple[str, ...] = ("xlsx", "csv", "pdf")
    search_kinds: dict[str, str] = {}
    """Kinds of core.search that lead to a row, each with the path to its uid; used instead of ``search_fields``."""
    near = False
    """Whether the last search found only what resembles the words."""
    nik_field: str = ""
    """ORM path of a blind index: with it, 16 digits typed into the search find the person (ListView.post)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Register the table; a predicate of one argument given as ``permission`` is taken as it is."""
        super().__init_subclass__(**kwargs)
        predicate = cls.__dict__.get("permission")
        if inspect.isfunction(predicate) and len(inspect.signature(predicate).parameters) == 1:
            cls.permission = staticmethod(predicate)
        if not cls.slug:
            return
        other = registry.get(cls.slug)
        if other is not None and (other.__module__, other.__qualname__) != (cls.__module__, cls.__qualname__):
            raise ImproperlyConfigured(f"Two tables share the slug {cls.slug!r}: {other!r} and {cls!r}")
        registry[cls.slug] = cls

    def permission(self, user: Any) -> bool:
        """Whether the user may read the table. Denied unless the table says otherwise."""
        return False

    def queryset(self, user: Any) -> QuerySet:
        """All rows the user may see; start from ``Model.objects.visible_to(user)``."""
        raise NotImplementedError(f"{type(self).__name__}.queryset")

    def search(self, queryset: QuerySet, text: str, user: Any) -> QuerySet:
        """Rows that core.search finds; else those in which every word of ``text`` occurs in a search field."""
        if self.search_kinds:
            found, self.near = search.narrow(queryset, text, self.search_kinds)
            return found
        if not self.search_fields:
            return queryset
        words = text.split()[:8]
        return queryset.filter(
            reduce(and_, (reduce(or_, (Q(**{name: word}) for name in self.search_fields)) for word in words))
        )

    def row_url(self, row: Any) -> str | None:
        """The page of a row, linked from the first column unless that has its own ``link``."""
        return None

    @property
    def listed_columns(self) -> list[Column]:
        """The columns of the page."""
        return [column for column in self.columns if column.listed]

    @property
    def export_columns(self) -> list[Column]:
        """The columns of the export."""
        return [column for column in self.columns if column.export]

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    def ordering(self, queryset: QuerySet, sort: str = "", default: tuple[str, ...] = ()) -> list:
        """Order expressions: empty values last on both databases, the primary key decides ties.

        ``default`` takes the place of ``default_sort``.
        """
        descending = sort.startswith("-")
        column = self.column(sort.removeprefix("-")) if sort else None
        if column is not None and column.sort:
            names = (column.sort,) if isinstance(column.sort, str) else column.sort
            names = [_flip(name) if descending else name for name in names]
        else:
            names = default or self.default_sort
            names = [names] if isinstance(names, str) else list(names)
        ordering = [_order(queryset, name) for name in names]
        return ordering if "pk" in {name.lstrip("-") for name in names} else [*ordering, "pk"]

    def rows(self, queryset: QuerySet, columns: list[Column] | None = None) -> Iterator[list[Any]]:
        """The one row iterator: typed values of the columns, row after row, in chunks of 2,000."""
        columns = self.export_columns if columns is None else columns
        if all(column.path and is_orm_path(queryset, column.path) for column in columns):
            finish = [
                (index, column.finish)
                for index, column in enumerate(columns)
                if column.choices is not None
                or column.convert is not None
                or column.kind in ("date", "datetime")
            ]
            paths = [column.path for column in columns]
            for found in queryset.values_list(*paths).iterator(chunk_size=CHUNK):
                row = list(found)
                for index, convert in finish:
                    row[index] = convert(row[index])
                yield row
            return
        for record in queryset.iterator(chunk_size=CHUNK):
            yield [column.finish(column.raw(record)) for column in columns]


def tables_for(user: Any) -> list[type[Table]]:
    """The tables the user may read, by title."""
    return sorted((cls for cls in registry.values() if cls().permission(user)), key=lambda cls: cls.title)


def _flip(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _field(queryset: QuerySet, path: str) -> Any:
    """The model field at the end of an ORM path, or None for an annotation or a property."""
    model, found = queryset.model, None
    for part in path.split("__"):
        if model is None:
            return None
        try:
            found = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        model = found.related_model if found.is_relation else None
    return found


def _order(queryset: QuerySet, name: str) -> Any:
    plain, descending = name.lstrip("-"), name.startswith("-")
    found = _field(queryset, plain)
    if found is not None and not getattr(found, "null", True) and "__" not in plain:
        return name
    return F(plain).desc(nulls_last=True) if descending else F(plain).asc(nulls_last=True)


def is_orm_path(queryset: QuerySet, path: str) -> bool:
    """Whether the database can answer the path.

    A column or an annotation, not a property, not a to-many relation.
    """
    if path in queryset.query.annotations:
        return True
    found = _field(queryset, path)
    return (
        found is not None and getattr(found, "concrete", False) and not getattr(found, "many_to_many", False)
    )
