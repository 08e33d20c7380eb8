"""What a reader has chosen of a table: search, filters, chip, sort, page. The URL carries it.

The page, the count, the chips and the export ask the same Selection, so they can't show different rows. A
value that a filter does not know selects nothing and is named in ``errors``; it is never ignored, because an
export would then hold more than its reader thought.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from core import formats
from core.tables import Filter, Table
from core.widgets import PARTS, as_typed, missing_in, typed_day

SEARCH, SORT, PAGE, CHIP, FORMAT = "q", "urut", "hal", "lihat", "format"
SEARCH_LIMIT = 100
LINK_LIMIT = 400
_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_NIK_TOKEN = re.compile(r"nik:[0-9a-f]{64}")


def holds_nik(text: str) -> bool:
    """Whether 16 digits in a row stand in the text, however they are spaced."""
    return bool(_NIK.search(re.sub(r"[\s.\-]", "", text)))


@dataclass
class FilterState:
    """A filter with its value in this selection."""

    filter: Filter
    values: dict[str, str]
    options: list[tuple[str, str]]
    error: str = ""
    parsed: Any = None

    @property
    def active(self) -> bool:
        """Whether the filter narrows the list."""
        return any(self.values.values())

    @property
    def value(self) -> str:
        """The value of a filter with one parameter."""
        return next(iter(self.values.values()))

    @property
    def words(self) -> str:
        """The chosen value in words."""
        if self.error:
            return self.value
        if self.filter.kind == "date":
            start, end = self.parsed
            if start and end:
                return f"{formats.date_long(start)} sampai {formats.date_long(end)}"
            return f"sejak {formats.date_long(start)}" if start else f"sampai {formats.date_long(end)}"
        if self.filter.describe:
            return self.filter.describe(self.value)
        return dict(self.options).get(self.value, self.value)


class Selection:
    """The rows of a table that one user has chosen by one URL."""

    def __init__(self, table: Table, user: Any, params: Mapping[str, Any]) -> None:
        """Read the URL parameters; unknown ones are left alone."""
        self.table, self.user, self.errors = table, user, []
        self.search = self._one(params, SEARCH)
        self.filters = [self._read(item, params) for item in table.filters]
        self.chip = self._known(self._one(params, CHIP), {chip.key for chip in table.chips}, "Pilihan cepat")
        sortable = {column.key for column in table.columns if column.sort}
        sort = self._one(params, SORT)
        self.sort = sort if self._known(sort.removeprefix("-"), sortable, "Urutan") else ""
        page = self._one(params, PAGE)
        self.page = int(page) if re.fullmatch(r"[1-9]\d{0,6}", page) else 1
        if len(self.search) > SEARCH_LIMIT:
            self.errors.append(f"Kata pencarian paling panjang {SEARCH_LIMIT} huruf.")
        if "\x00" in "".join(
            [self.search, *(value for state in self.filters for value in state.values.values())]
        ):
            self.errors.append("Ada karakter yang tidak dikenal di alamat halaman ini.")
        if holds_nik(self.search):
            self.errors.append(
                "NIK tidak boleh ditulis di alamat halaman. Ketik NIK di kotak Cari, lalu tekan Terapkan."
            )

    @staticmethod
    def _one(params: Mapping[str, Any], name: str) -> str:
        value = params.get(name, "")
        return (value[-1] if isinstance(value, list) and value else str(value or "")).strip()

    def _day(self, params: Mapping[str, Any], name: str) -> str:
        """What stands in the three boxes of a day, as ISO text."""
        return typed_day(
            {f"{name}_{part}": self._one(params, f"{name}_{part}") for part, _, _ in PARTS}, name
        )

    def _known(self, value: str, known: set[str], what: str) -> str:
        if value and value not in known:
            self.errors.append(
                f"{what} “{value[:40]}” tidak dikenal. Pilih salah satu yang ada di halaman ini."
            )
            return ""
        return value

    def _read(self, item: Filter, params: Mapping[str, Any]) -> FilterState:
        values = {name: self._one(params, name) for name in item.names}
        if item.kind == "date":
            values = {name: self._day(params, name) or value for name, value in values.items()}
        state = FilterState(item, values, item.options(self.user) if item.kind in ("choice", "bool") else [])
        if not state.active:
            return state
        try:
            state.parsed = _parse(state)
        except ValueError as problem:
            state.error = str(problem)
            self.errors.append(state.error)
        return state

    @cached_property
    def _base(self) -> QuerySet:
        """All chosen rows before the chip; the search is asked once."""
        return self.base()

    def base(self) -> QuerySet:
        """All chosen rows before the chip, asked anew."""
        queryset = self.table.queryset(self.user)
        if self.errors:
            return queryset.none()
        for state in self.filters:
            if state.active:
                queryset = _apply(queryset, state)
        if self.search:
            if _NIK_TOKEN.fullmatch(self.search) and self.table.nik_field:
                return queryset.filter(**{self.table.nik_field: bytes.fromhex(self.search[4:])})
            queryset = self.table.search(queryset, self.search, self.user)
        return queryset

    def queryset(self) -> QuerySet:
        """The chosen rows in their order."""
        queryset = self._base
        chip = next((chip for chip in self.table.chips if chip.key == self.chip), None)
        if chip is not None:
            queryset = queryset.filter(chip.condition(self.user))
        default = chip.sort if chip is not None else ()
        return queryset.order_by(*self.table.ordering(queryset, self.sort, default))

    def counts(self) -> dict[str, int]:
        """Rows of every chip, and of all under "", in one query."""
        conditions = {
            f"chip_{index}": Count("pk", filter=chip.condition(self.user))
            for index, chip in enumerate(self.table.chips)
        }
        base = self._base.order_by()
        if not conditions:
            return {"": base.count()}
        found = base.aggregate(chip_all=Count("pk"), **conditions)
        return {"": found["chip_all"]} | {
            chip.key: found[f"chip_{index}"] for index, chip in enumerate(self.table.chips)
        }

    @property
    def narrowed(self) -> bool:
        """Whether anything narrows the list."""
        chosen = any(state.active and not state.filter.fixed for state in self.filters)
        return bool(self.search or self.chip or chosen)

    def params(self, **changes: Any) -> list[tuple[str, str]]:
        """The URL parameters; a change of "" or None drops one, page and format are never kept."""
        kept: dict[str, Any] = {SEARCH: self.search}
        for state in self.filters:
            kept |= state.values
        kept |= {CHIP: self.chip, SORT: self.sort} | {
            name.replace("__", "-"): value for name, value in changes.items()
        }
        return [(name, str(value)) for name, value in kept.items() if value not in ("", None)]

    def url(self, **changes: Any) -> str:
        """The query string of a neighbouring selection, with its question mark."""
        return "?" + urlencode(self.params(**changes))

    def words(self) -> list[tuple[str, str]]:
        """The selection in words: what the export prints under "Saringan"."""
        lines = []
        if self.search:
            shown = "NIK (disamarkan)" if _NIK_TOKEN.fullmatch(self.search) else f"“{self.search}”"
            lines.append(("Pencarian", shown))
        lines += [(state.filter.title, state.words) for state in self.filters if state.active]
        chip = next((chip for chip in self.table.chips if chip.key == self.chip), None)
        if chip is not None:
            lines.append(("Pilihan cepat", chip.title))
        return lines

    def sort_words(self) -> str:
        """The order in words."""
        column = self.table.column(self.sort.removeprefix("-")) if self.sort else None
        if column is None:
            return "urutan bawaan"
        return f"{column.title}, {'menurun' if self.sort.startswith('-') else 'menaik'}"


def selection_of(table: Table, user: Any, query: str) -> Selection:
    """The selection that a stored query string describes."""
    return Selection(table, user, QueryDict(query))


def _parse(state: FilterState) -> Any:
    item, value = state.filter, state.value
    if item.kind == "date":
        start, end = (_date(text, item.title) for text in state.values.values())
        if start and end and end < start:
            raise ValueError(
                f"{item.title}: tanggal akhir ({formats.date_long(end)}) lebih awal daripada tanggal mulai."
            )
        return start, end
    if item.kind == "year":
        if not re.fullmatch(r"(19|20|21)\d\d", value):
            raise ValueError(f"{item.title}: tahun ditulis dengan empat angka, contohnya 2023.")
        return int(value)
    if item.kind in ("choice", "bool"):
        if value not in {option for option, _ in state.options}:
            raise ValueError(f"{item.title}: pilihan “{value[:40]}” tidak dikenal.")
        return value == "ya" if item.kind == "bool" else value
    limit = LINK_LIMIT if item.kind == "hidden" else SEARCH_LIMIT
    if len(value) > limit or holds_nik(value):
        raise ValueError(f"{item.title}: isi saringan terlalu panjang atau memuat NIK.")
    return value


def _date(text: str, title: str) -> date | None:
    if not text:
        return None
    if lack := missing_in(text):
        raise ValueError(f"{title}: tanggal {lack}.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{title}: “{as_typed(text)[:20]}” bukan tanggal yang ada. Contoh: 31 12 2023."
        ) from None


def _apply(queryset: QuerySet, state: FilterState) -> QuerySet:
    item, value = state.filter, state.parsed
    if item.apply is not None:
        return item.apply(queryset, value)
    if item.kind == "date":
        bounds = {"gte": value[0], "lte": value[1]}
        return queryset.filter(**{f"{item.field}__{look}": day for look, day in bounds.items() if day})
    if item.kind == "year":
        return queryset.filter(Q(**{f"{item.field}__year": value}))
    if item.kind == "text" and "__" not in item.field:
        return queryset.filter(**{f"{item.field}__icontains": value})
    return queryset.filter(**{item.field: value})
