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
from core.selection import SEARCH, SEARCH_LIMIT, Selection, holds_nik
from jobseekers.validators import normalise_phone

ROWS = 5
SHORTEST = 2


@dataclass(frozen=True)
class Found:
    """What one register has: its first rows and the way to all of them ("" when the way would show the NIK)."""

    page: ListPage
    url: str


REGISTERS = (
    ("pencari-kerja", "jobseekers:person_list"),
    ("kartu-ak1", "jobseekers:card_list"),
    ("permohonan-ak1", "jobseekers:application_list"),
    ("perselisihan", "disputes:case_list"),
    ("perusahaan", "employers:company_list"),
    ("kelola-lowongan", "employers:vacancy_list"),
    ("peserta-pelatihan", "training:enrolment_list"),
    ("pengguna", "accounts:users"),
)


def _words_for(table: tables.Table, text: str) -> str:
    """The search words as this register understands them; "" when it can't hold such a thing."""
    digits = re.sub(r"[\s.\-]", "", text)
    if holds_nik(text):
        if table.nik_field:
            return "nik:" + blind_index(digits).hex()
        return digits if table.slug == "kartu-ak1" else ""
    return digits if table.slug == "kartu-ak1" and digits.isdigit() else text


def _phone(text: str) -> str:
    """The text as a stored phone number, or "" when it is none."""
    digits = re.sub(r"[\s.\-()]", "", text)
    return normalise_phone(digits) if re.fullmatch(r"(\+62|62|0)8\d{7,11}", digits) else ""


class CardNumber(Selection):
    """A selection whose search is a card number: sixteen digits that are not taken for a NIK."""

    def __init__(self, table: tables.Table, user: Any, number: str) -> None:
        super().__init__(table, user, {})
        self.number = number

    def base(self):
        """The card of exactly this number, or those that begin with a shorter one."""
        return self.table.queryset(self.user).filter(number__startswith=self.number)


class PhoneNumber(Selection):
    """A selection of the people with this phone number."""

    def __init__(self, table: tables.Table, user: Any, number: str) -> None:
        super().__init__(table, user, {})
        self.number = number

    def base(self):
        """The people who gave the number."""
        return self.table.queryset(self.user).filter(phone=self.number)


def _choose(table: tables.Table, user: Any, text: str) -> Selection | None:
    words, phone = _words_for(table, text), _phone(text)
    if not words:
        return None
    if table.slug == "kartu-ak1" and words.isdigit():
        return CardNumber(table, user, words)
    if table.slug == "pencari-kerja" and phone:
        return PhoneNumber(table, user, phone)
    return Selection(table, user, {SEARCH: words})


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
