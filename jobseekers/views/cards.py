"""The register of cards, the page of one card, its PDF, and taking a holder off the register."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import audit, clock
from core.formats import date_long
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.tables import Table
from jobseekers import forms
from jobseekers.documents.ak1_card import render_cards
from jobseekers.enums import CardState
from jobseekers.exports import CardTable
from jobseekers.models import AK1Card
from jobseekers.permissions import can_print_card, is_officer, owns
from jobseekers.reporting import late_slot, slots_of
from jobseekers.services import cards, printing

STATE_COLOURS = {
    "ACTIVE": "green",
    "EXPIRED": "grey",
    "REPLACED": "grey",
    "REMOVED": "red",
    "PLACED": "green",
}


class FindsCards:
    """A list whose search knows card numbers: as long as a NIK, they would else be taken for one."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A full card number leads to its card; everything else is searched as usual."""
        digits = re.sub(r"\D", "", request.POST.get("q", ""))
        if len(digits) == 16:
            card = AK1Card.objects.visible_to(request.user).filter(number=digits).first()
            if card is not None:
                return redirect("jobseekers:card_detail", uid=card.uid)
        return super().post(request, *args, **kwargs)


class CardList(FindsCards, ListView):
    """All cards."""

    table = CardTable

    def extra_context(self) -> dict[str, Any]:
        """The way to the print register."""
        return {"secondary": [Link("Buku cetak", reverse("jobseekers:print_register"))]}


class CardDetail(DetailView):
    """One card with its life."""

    table: type[Table] = CardTable

    def title(self, record: AK1Card) -> str:
        """The number."""
        return str(record)

    def subtitle(self, record: AK1Card) -> str:
        """Whose it is."""
        return record.jobseeker.full_name

    def back(self) -> tuple[str, str]:
        """The register."""
        return reverse("jobseekers:card_list"), "Kartu AK-1"

    def sections(self, record: AK1Card) -> list[Section]:
        """What is printed, and how it ended."""
        facts = [
            Fact(
                "Pemegang",
                record.jobseeker.full_name,
                url=reverse("jobseekers:person_detail", args=[record.jobseeker.uid]),
            ),
            Fact("Jenis", record.get_kind_display()),
            Fact("Terbit", record.issued_on, kind="date"),
            Fact("Berlaku sampai", record.valid_until, kind="date"),
            Fact("Pengantar kerja", record.officer_name),
            Fact("NIP", record.officer_nip),
            Fact("Dicetak", f"{record.print_count} kali"),
        ]
        if record.ended_on:
            facts.append(Fact("Tidak berlaku sejak", record.ended_on, kind="date"))
        if record.removal_reason:
            facts.append(Fact("Alasan", record.get_removal_reason_display()))
        return [Section("Kartu", facts)]

    def side(self, record: AK1Card) -> list[Section]:
        """The days on which to report, and the ledger."""
        events = record.events.select_related("episode").order_by("on", "pk")
        rows = [[event.get_kind_display(), date_long(event.on), event.note] for event in events]
        return [
            Section("Laporan enam bulanan", _report_facts(record)),
            Section("Peristiwa", head=["Peristiwa", "Tanggal", "Catatan"], rows=rows),
        ]

    def actions(self, record: AK1Card) -> list[Action]:
        """Print (counted), note a report, take off the register; the holder opens the paper, who only looks nothing."""
        user = self.request.user
        if record.state != CardState.ACTIVE or not can_print_card(user, record):
            return []
        if owns(user, record.jobseeker):
            return [Action("pdf", "Buka PDF", reverse("jobseekers:card_pdf", args=[record.uid]))]
        remove = reverse("jobseekers:card_remove", args=[record.uid])
        return [
            Action("print", "Cetak kartu", main=True),
            Action("report", "Catat laporan…", reverse("jobseekers:card_report", args=[record.uid])),
            Action("remove", "Hapus dari daftar…", remove, danger=True),
        ]

    def _all_steps(self, record: AK1Card) -> list[Action]:
        """Only what the page offers: the workflow's steps need more than a button."""
        return [action for action in self.actions(record) if not action.url]

    def perform(self, record: AK1Card, step: str, *, version: int, comment: str) -> None:
        """Count a print: the only step without a page of its own."""
        printing.count_print(record, actor=self.request.user, version=version)

    def done_message(self, record: AK1Card, step: str) -> str:
        """What was noted."""
        return "Cetakan dicatat. Kartu terbuka sebagai PDF."

    def done_url(self, record: AK1Card, step: str) -> str:
        """A print leads to the paper."""
        return reverse("jobseekers:card_pdf", args=[record.uid])


def _report_facts(card: AK1Card) -> list[Fact]:
    """The due days, each with what was reported; who is late is marked."""
    reports, today = list(card.holder_reports.all()), clock.today()
    slots, late = slots_of(card, reports), None
    if card.state == CardState.ACTIVE:
        late = late_slot(slots, today)
    facts = []
    for slot in slots:
        if slot.report is not None:
            note = f"{slot.report.get_status_display()}, {date_long(slot.report.on)}"
            flag = "wa" if slot.report.late else "ok"
            facts.append(Fact(slot.name, slot.due, "date", flag=flag,
                              note=f"{note}, terlambat" if slot.report.late else note))  # fmt: skip
        elif slot == late:
            facts.append(Fact(slot.name, slot.due, "date", flag="no", note="Terlambat, belum ada laporan"))
        else:
            facts.append(Fact(slot.name, slot.due, "date"))
    facts += [
        Fact("Kabar di luar jadwal", f"{report.get_status_display()}, {date_long(report.on)}")
        for report in reports
        if report.slot == 0
    ]
    return facts


class CardRemove(FormView):
    """Taking the holder off the register of job seekers."""

    form_class = forms.RemoveForm
    table = CardTable
    page_title = "Hapus dari daftar pencari kerja"
    submit_label = "Hapus dari daftar"
    success_message = "Pemegang kartu dihapus dari daftar pencari kerja."
    editing = True

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def perform(self, form, record: AK1Card, version: int) -> AK1Card:
        """End card and episode."""
        return cards.remove_from_register(
            record, actor=self.request.user, version=version, **form.cleaned_data
        )

    def back_url(self, record: AK1Card) -> str:
        """The card."""
        return reverse("jobseekers:card_detail", args=[record.uid])

    def success_url(self, record: AK1Card) -> str:
        """The card."""
        return reverse("jobseekers:card_detail", args=[record.uid])


@never_cache
@require_safe
def card_pdf(request: HttpRequest, uid) -> HttpResponse:
    """Both sides of one card on A4, for its holder and for who prints cards; made on demand and never stored."""
    card = AK1Card.objects.visible_to(request.user).filter(uid=uid)
    card = card.select_related(
        "jobseeker__village__parent__parent", "jobseeker__education", "jobseeker__photo"
    ).first()
    if card is None:
        raise Http404("Kartu tidak ditemukan.")
    if not can_print_card(request.user, card):
        raise PermissionDenied(
            "Pada kartu tercetak NIK lengkap, jadi PDF-nya hanya untuk pengantar kerja dan pemegangnya."
        )
    if card.state != CardState.ACTIVE:
        raise PermissionDenied("Kartu ini sudah tidak berlaku, jadi tidak bisa dicetak lagi.")
    data = render_cards([card])
    audit.record("jobseekers.card_printed", actor=request.user, obj=card, request=request)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="kartu-ak1-{card.uid.hex[:8]}.pdf"'
    return response
