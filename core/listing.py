"""The list page of a table, and (from `core.pages`) the page of one record and the page of one form.

``core/list.html`` gets ``page`` (a `ListPage`); with htmx (``HX-Request``) only
``core/partials/list_table.html`` is rendered with the same context. Filters are a GET form; where the table
finds people by NIK the form is a POST, which answers with a redirect to an address that carries the blind
index instead of the number.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.generic import View

from core import formats
from core.errors import Refused
from core.exports import order
from core.pages import Action, DetailView, Fact, FormView, Section, error_summary, stale_response
from core.personal import blind_index
from core.selection import FORMAT, PAGE, SEARCH, SORT, Selection, holds_nik
from core.tables import Column, Table
from core.tables_out import download

__all__ = [
    "Action",
    "DetailView",
    "Fact",
    "FormView",
    "ListPage",
    "ListView",
    "Section",
    "error_summary",
    "stale_response",
]

PAGE_SIZE = 25
DIRECT_ROWS = 5000
FORMAT_LABELS = {"xlsx": "Excel", "csv": "CSV", "pdf": "PDF"}


@dataclass(frozen=True)
class HeadCell:
    """A column's head: ``url`` sorts by it, ``aria_sort`` is "ascending", "descending" or ""."""

    column: Column
    title: str
    numeric: bool
    url: str = ""
    aria_sort: str = ""


@dataclass(frozen=True)
class Cell:
    """A value as the page shows it; ``colour`` is the tag's colour, ``sub`` a second, smaller line."""

    column: Column
    text: str
    url: str = ""
    sub: str = ""
    late: bool = False
    colour: str = ""

    @property
    def numeric(self) -> bool:
        """Whether it stands right-aligned."""
        return self.column.numeric

    @property
    def tag(self) -> bool:
        """Whether it is drawn as a tag."""
        return self.column.kind == "tag" and bool(self.colour)


@dataclass(frozen=True)
class Row:
    """One row: its record, its cells, the page it leads to."""

    record: Any
    cells: list[Cell]
    url: str = ""


@dataclass(frozen=True)
class Link:
    """A link of the page: chip, page number, export or removable filter."""

    label: str
    url: str
    current: bool = False
    count: int | None = None
    key: str = ""


@dataclass
class ListPage:
    """Everything that the list template shows."""

    table: Table
    selection: Selection
    count: int
    rows: list[Row]
    head: list[HeadCell]
    chips: list[Link] = field(default_factory=list)
    active: list[Link] = field(default_factory=list)
    pages: list[Link | None] = field(default_factory=list)
    exports: list[Link] = field(default_factory=list)
    first: int = 0
    last: int = 0
    previous_url: str = ""
    next_url: str = ""

    @property
    def title(self) -> str:
        """The table's name."""
        return self.table.title

    @property
    def count_words(self) -> str:
        """The count with its noun, e.g. "2.047 kartu"."""
        return f"{formats.number(self.count)} {self.table.noun}"

    @property
    def errors(self) -> list[str]:
        """What is wrong with the address; the list is empty then."""
        return self.selection.errors

    @property
    def filters(self) -> list:
        """The filters that have a field in the form."""
        return [state for state in self.selection.filters if state.filter.kind != "hidden"]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries along as hidden fields."""
        shown = {name for state in self.filters for name in state.values} | {SEARCH}
        return [(name, value) for name, value in self.selection.params() if name not in shown]

    @property
    def searchable(self) -> bool:
        """Whether there is a search box."""
        return bool(self.table.search_fields or self.table.search_kinds or self.table.nik_field) or (
            type(self.table).search is not Table.search
        )

    @property
    def search_text(self) -> str:
        """What stands in the search box; never a NIK."""
        return "" if holds_nik(self.selection.search) or self.by_nik else self.selection.search

    @property
    def by_nik(self) -> bool:
        """Whether the list was narrowed by a NIK."""
        return bool(self.table.nik_field) and self.selection.search.startswith("nik:")

    @property
    def near(self) -> bool:
        """Whether nothing is spelt as typed and the rows only resemble it."""
        return bool(self.selection.search and self.count and self.table.near)

    @property
    def form_method(self) -> str:
        """ "post" where a NIK may be typed, so that it never stands in an address."""
        return "post" if self.table.nik_field else "get"

    @property
    def export_method(self) -> str:
        """ "post" when the export is long and is prepared in the background."""
        return "post" if self.count > DIRECT_ROWS else "get"

    @property
    def clear_url(self) -> str:
        """The list without any choice."""
        return "?"


def build_page(table: Table, selection: Selection, page_size: int = PAGE_SIZE) -> ListPage:
    """Count, cut and dress the chosen rows.

    One query for all counts, one for the rows (plus the table's prefetches).
    """
    counts = selection.counts()
    count = counts[selection.chip]
    last_page = max(1, -(-count // page_size))
    number = min(selection.page, last_page)
    start = (number - 1) * page_size
    records = list(selection.queryset()[start : start + page_size]) if count else []
    columns = table.listed_columns
    return ListPage(
        table=table,
        selection=selection,
        count=count,
        rows=[_row(table, columns, record) for record in records],
        head=[_head(selection, column) for column in columns],
        chips=_chips(table, selection, counts),
        active=_active(selection),
        pages=_pages(selection, number, last_page),
        exports=[
            Link(FORMAT_LABELS[name], selection.url(**{FORMAT: name}), key=name) for name in table.formats
        ],
        first=start + 1 if records else 0,
        last=start + len(records),
        previous_url=selection.url(**{PAGE: number - 1 if number > 2 else ""}) if number > 1 else "",
        next_url=selection.url(**{PAGE: number + 1}) if number < last_page else "",
    )


def _head(selection: Selection, column: Column) -> HeadCell:
    if not column.sort:
        return HeadCell(column, column.title, column.numeric)
    now = {column.key: "ascending", f"-{column.key}": "descending"}.get(selection.sort, "")
    target = f"-{column.key}" if now == "ascending" else column.key
    return HeadCell(column, column.title, column.numeric, selection.url(**{SORT: target}), now)


def _row(table: Table, columns: list[Column], record: Any) -> Row:
    url = table.row_url(record) or ""
    cells = []
    for index, column in enumerate(columns):
        raw = column.raw(record)
        link = column.link(record) if column.link else (url if index == 0 else "")
        cells.append(
            Cell(
                column=column,
                text=column.text(column.finish(raw)),
                url=link or "",
                sub=column.sub(record) if column.sub else "",
                late=bool(column.late and column.late(record)),
                colour=(column.colours or {}).get(raw, ""),
            )
        )
    return Row(record, cells, url or (cells[0].url if cells else ""))


def _chips(table: Table, selection: Selection, counts: dict[str, int]) -> list[Link]:
    if not table.chips:
        return []
    everything = Link("Semua", selection.url(lihat=""), not selection.chip, counts[""])
    return [everything] + [
        Link(
            chip.title, selection.url(lihat=chip.key), chip.key == selection.chip, counts[chip.key], chip.key
        )
        for chip in table.chips
    ]


def _active(selection: Selection) -> list[Link]:
    found = [
        Link(f"{state.filter.title}: {state.words}", selection.url(**dict.fromkeys(state.values, "")))
        for state in selection.filters
        if state.active and not state.filter.fixed
    ]
    words = dict(selection.words())
    if "Pencarian" in words:
        found.insert(0, Link(f"Pencarian: {words['Pencarian']}", selection.url(**{SEARCH: ""})))
    return found


def _pages(selection: Selection, number: int, last: int) -> list[Link | None]:
    """Links of the first, last and neighbouring pages; None is a gap."""
    if last == 1:
        return []
    shown = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    links: list[Link | None] = []
    for before, page in zip([0, *shown], shown, strict=False):
        if page - before > 1:
            links.append(None)
        url = selection.url(**{PAGE: page if page > 1 else ""})
        links.append(Link(formats.number(page), url, page == number))
    return links


class ListView(View):
    """The page of a table: deny by the table's permission, show, search by NIK, export.

    A subclass gives ``table``; it may give ``primary`` = (label, URL name) for the button on top and
    ``extra_context()``.
    """

    table: type[Table] | None = None
    template_name = "core/list.html"
    partial_template_name = "core/partials/list_table.html"
    page_size = PAGE_SIZE

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the permission before anything else."""
        self.shown = self.table()
        if not self.shown.permission(request.user):
            raise PermissionDenied("Daftar ini bukan untuk peran Anda.")
        return super().dispatch(request, *args, **kwargs)

    def primary_action(self) -> Link | None:
        """The one main button of the page."""
        return None

    def extra_context(self) -> dict[str, Any]:
        """More context for the template."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, its table part for htmx, or the export."""
        selection = Selection(self.shown, request.user, request.GET)
        if request.GET.get(FORMAT):
            return self._export(selection, request.GET[FORMAT])
        page = build_page(self.shown, selection, self.page_size)
        context = {
            "page": page,
            "table": self.shown,
            "primary": self.primary_action(),
            **self.extra_context(),
        }
        partial = request.headers.get("HX-Request") == "true" and not request.headers.get("HX-Boosted")
        status = 400 if selection.errors else 200
        template = self.partial_template_name if partial else self.template_name
        response = render(request, template, context, status=200 if partial else status)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Order a long export, or turn a search for a NIK into an address without it."""
        if request.POST.get(FORMAT):
            return self._order_export(request, request.POST[FORMAT])
        params = request.POST.dict()
        params.pop("csrfmiddlewaretoken", None)
        text = params.get(SEARCH, "")
        if self.shown.nik_field and holds_nik(text):
            params[SEARCH] = "nik:" + blind_index(re.sub(r"\D", "", text)).hex()
        return redirect(request.path + Selection(self.shown, request.user, params).url())

    def _export(self, selection: Selection, name: str) -> HttpResponse:
        if name not in self.shown.formats:
            raise Http404
        if selection.errors:
            messages.error(self.request, "Ekspor dibatalkan. " + " ".join(selection.errors))
            return redirect(self.request.path)
        if selection.counts()[selection.chip] > DIRECT_ROWS:
            messages.warning(
                self.request,
                f"Daftar ini lebih dari {formats.number(DIRECT_ROWS)} baris. Tekan tombol Siapkan ekspor; "
                "berkasnya menunggu di Unduhan.",
            )
            return redirect(self.request.path + selection.url())
        try:
            return download(selection, name, request=self.request)
        except Refused as problem:
            messages.error(self.request, str(problem))
            return redirect(self.request.path + selection.url())

    def _order_export(self, request: HttpRequest, name: str) -> HttpResponse:
        params = QueryDict(request.GET.urlencode())
        selection = Selection(self.shown, request.user, params)
        if name not in self.shown.formats:
            raise Http404
        if selection.errors:
            messages.error(request, "Ekspor dibatalkan. " + " ".join(selection.errors))
            return redirect(request.path)
        order(selection, name, actor=request.user, request=request)
        messages.success(request, "Ekspor sedang disiapkan. Anda boleh meninggalkan halaman ini.")
        return redirect("core:downloads")
