"""The search box of the staff: people, cards, cases, companies. It posts, so a NIK never stands in an address."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.permissions import is_staff_member
from core import tables
from core.listing import ListPage, build_page
from core.personal import blind_index
from core.search import narrow, one_number
from core.selection import SEARCH, SEARCH_LIMIT, Selection, holds_nik

ROWS = 5
SHORTEST = 2
WHOLE = 16
"""Digits of a NIK, and of a card's number."""
PEOPLE, CARDS = "pencari-kerja", "kartu-ak1"
NUMBERED = (PEOPLE, CARDS)


@dataclass(frozen=True)
class Found:
    """What one register has: its first rows and the way to all of them ("" when the way would show the NIK)."""

    page: ListPage
    url: str


REGISTERS = (
    (PEOPLE, "jobseekers:person_list"),
    (CARDS, "jobseekers:card_list"),
    ("permohonan-ak1", "jobseekers:application_list"),
    ("perselisihan", "disputes:case_list"),
    ("perusahaan", "employers:company_list"),
    ("kelola-lowongan", "employers:vacancy_list"),
    ("peserta-pelatihan", "training:enrolment_list"),
    ("pengguna", "accounts:users"),
)


class Unlinked(Selection):
    """A selection of what the search finds for a number, which must not stand in an address."""

    def __init__(self, table: tables.Table, user: Any, number: str) -> None:
        super().__init__(table, user, {})
        self.number = number

    def base(self):
        """The records with this number."""
        rows = self.table.queryset(self.user)
        if len(self.number) != WHOLE:
            return self.table.search(rows, self.number, self.user)
        if self.table.slug == CARDS:  # a NIK is the person's, and leads to the person alone
            return narrow(rows, self.number, {"card": "uid"})[0]
        return rows.filter(**{self.table.nik_field: blind_index(self.number)})


def _choose(table: tables.Table, user: Any, text: str) -> Selection | None:
    """How this register is asked; None when it can't hold such a thing."""
    if holds_nik(text):
        digits = re.sub(r"\D", "", text)
        return Unlinked(table, user, digits) if table.slug in NUMBERED and len(digits) == WHOLE else None
    number = one_number(text)
    if number and table.search_kinds:
        return Unlinked(table, user, number)
    return Selection(table, user, {SEARCH: text})


def search_registers(user: Any, text: str) -> list[Found]:
    """Ask every register that the user may read; those that have nothing are left out."""
    found = []
    for slug, url_name in REGISTERS:
        cls = tables.registry.get(slug)
        if cls is None or not cls().permission(user):
            continue
        selection = _choose(cls(), user, text)
        if selection is None or selection.errors:
            continue
        page = build_page(selection.table, selection, ROWS)
        if not page.count:
            continue
        try:
            address = reverse(url_name)
        except NoReverseMatch:
            address = ""
        listed = type(selection) is Selection and address
        found.append(Found(page, address + selection.url() if listed else ""))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found; one single hit leads straight to it. A plain GET shows the empty page."""
    if not is_staff_member(request.user):
        raise PermissionDenied("Pencarian ini untuk petugas dinas.")
    text = request.POST.get("q", "").replace("\x00", "").strip()[:SEARCH_LIMIT]
    errors, found = [], []
    if request.method == "POST":
        if len(text) < SHORTEST:
            errors = [("cari", f"Ketik paling sedikit {SHORTEST} huruf atau angka.")]
        else:
            found = search_registers(request.user, text)
    if len(found) == 1 and found[0].page.count == 1 and found[0].page.rows[0].url:
        return redirect(found[0].page.rows[0].url)
    shown = "" if holds_nik(text) else text
    context = {
        "found": found,
        "errors": errors,
        "text": shown,
        "asked": request.method == "POST" and not errors,
        "by_number": holds_nik(text),
    }
    return render(request, "portal/search.html", context, status=422 if errors else 200)
