"""The six-monthly report: on the holder's own pages, by the mailed link, and at the desk."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.limits import HOUR, MINUTE, client_ip, count, network_of
from core import clock
from core.errors import Refused
from core.formats import date_long
from core.listing import FormView, ListView
from core.pages import UNPROCESSABLE, FormPage, error_summary
from core.personal import mask_name
from jobseekers import forms
from jobseekers.enums import LinkPurpose, ReportChannel
from jobseekers.exports import CardTable, HolderReportTable
from jobseekers.models import AK1Card, HolderReport
from jobseekers.permissions import is_officer, owns
from jobseekers.reporting import Slot, next_slot, slot_on, slots_of
from jobseekers.services import holder_reports, links

PUBLIC = "core/public.html"
GONE = 410
BURST, STEADY = 40, 120
THANKS = "Laporan Anda sudah kami terima. Terima kasih."
THANKS_WORK = (
    "Laporan Anda sudah kami terima. Petugas memeriksa kabar pekerjaan ini dan bisa menghubungi Anda."
)


def thanks(made: HolderReport) -> str:
    """What the holder is told."""
    return THANKS_WORK if made.status in holder_reports.WORKS else THANKS


def intro_of(slots: list[Slot]) -> str:
    """What is due now, or from when on."""
    today = clock.today()
    slot = slot_on(slots, today)
    if slot is not None and slot.is_late(today):
        return f"{slot.name} jatuh tempo {date_long(slot.due)} dan sekarang terlambat. Kirim hari ini juga."
    if slot is not None:
        return f"{slot.name} jatuh tempo {date_long(slot.due)}. Kirim paling lambat {date_long(slot.closes)}."
    following = next_slot(slots, today)
    when = f"Laporan berikutnya dibuka {date_long(following.opens)}. " if following else ""
    return f"{when}Bila Anda sudah bekerja, berusaha sendiri, atau sekolah lagi, kabarkan sekarang."


class MyReport(FormView):
    """The holder's own report."""

    form_class = forms.HolderReportForm
    page_title = "Lapor keadaan Anda"
    submit_label = "Kirim laporan"
    success_message = ""
    editing = True

    def allowed(self) -> bool:
        """`get_record` finds the reader's own card only."""
        return True

    def get_record(self) -> AK1Card:
        """The own card, or 404."""
        cards = AK1Card.objects.filter(uid=self.kwargs["uid"], jobseeker__user=self.request.user)
        card = cards.select_related("jobseeker").first()
        if card is None:
            raise Http404("Kartu tidak ditemukan.")
        return card

    def perform(self, form, record: AK1Card, version: int) -> HolderReport:
        """Report."""
        return holder_reports.report(
            record, actor=self.request.user, channel=ReportChannel.ACCOUNT, **form.told()
        )

    def extra_context(self, record: AK1Card) -> dict[str, Any]:
        """The public shell, and what is due."""
        page = FormPage(
            self.page_title, self.submit_label, self.back_url(record), intro=intro_of(slots_of(record))
        )
        return {"shell_template": PUBLIC, "page": page}

    def back_url(self, record: AK1Card) -> str:
        """The card."""
        return reverse("jobseekers:my_card", args=[record.uid])

    def success_url(self, made: HolderReport) -> str:
        """The card, with thanks."""
        messages.success(self.request, thanks(made))
        return self.back_url(made.card)


class DeskReport(FormView):
    """An officer takes the report of somebody who came or called."""

    form_class = forms.DeskReportForm
    table = CardTable
    page_title = "Catat laporan pemegang kartu"
    submit_label = "Catat laporan"
    success_message = "Laporan dicatat."
    editing = True

    def allowed(self) -> bool:
        """Officers only."""
        return is_officer(self.request.user)

    def get_record(self) -> AK1Card:
        """A card of somebody else."""
        record = super().get_record()
        if owns(self.request.user, record.jobseeker):
            raise Http404("Laporan sendiri dikirim dari halaman kartu sendiri.")
        return record

    def perform(self, form, record: AK1Card, version: int) -> HolderReport:
        """Report for the holder."""
        return holder_reports.report(
            record, actor=self.request.user, channel=ReportChannel.DESK, **form.told()
        )

    def extra_context(self, record: AK1Card) -> dict[str, Any]:
        """Whose card, and what is due."""
        slots = slots_of(record)
        slot = slot_on(slots, clock.today())
        due = (
            f"{slot.name}, jatuh tempo {date_long(slot.due)}."
            if slot
            else "Tidak ada laporan yang jatuh tempo."
        )
        intro = f"{record.jobseeker.full_name}, kartu {record.number_grouped}. {due}"
        page = FormPage(self.page_title, self.submit_label, self.back_url(record), intro=intro)
        return {"page": page}

    def back_url(self, record: AK1Card) -> str:
        """The card."""
        return reverse("jobseekers:card_detail", args=[record.uid])

    def success_url(self, made: HolderReport) -> str:
        """The card."""
        return self.back_url(made.card)


class HolderReportList(ListView):
    """All reports of holders."""

    table = HolderReportTable


@login_not_required
@never_cache
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def link_report(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the mailed link: looking changes nothing, so a mail scanner may; sending uses the link up.

    A dead, an old and a guessed link look the same. Who looks in is counted, so that nobody tries many.
    """
    who = network_of(client_ip(request))
    count("report-link", who, limit=BURST, window=MINUTE)
    count("report-link-hour", who, limit=STEADY, window=HOUR)
    link = links.find(token, LinkPurpose.SIX_MONTH_REPORT)
    if link is None or link.card is None:
        return _discreet(render(request, "jobseekers/link_dead.html", status=GONE))
    form = forms.HolderReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = holder_reports.report_by_link(link, **form.told())
        except links.LinkDead:
            return _discreet(render(request, "jobseekers/link_dead.html", status=GONE))
        except (Refused, ValidationError) as problem:
            _blame(form, problem)
        else:
            messages.success(request, thanks(made))
            return redirect("jobseekers:link_done")
    intro = f"Untuk {mask_name(link.jobseeker.full_name)}. {intro_of(slots_of(link.card))}"
    context = {
        "form": form,
        "page": FormPage("Lapor keadaan Anda", "Kirim laporan", intro=intro),
        "errors": error_summary(form),
        "shell_template": PUBLIC,
    }
    return _discreet(render(request, "core/form.html", context, status=UNPROCESSABLE if form.errors else 200))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def link_done(request: HttpRequest) -> HttpResponse:
    """After the mailed link was used: thanks, without a name or a token in the address."""
    return render(request, "jobseekers/link_done.html")


def _blame(form, problem: Refused | ValidationError) -> None:
    if isinstance(problem, ValidationError):
        for name, found in problem.error_dict.items():
            form.add_error(name if name in form.fields else None, found[0].messages[0])
        return
    form.add_error(problem.field if problem.field in form.fields else None, str(problem))


def _discreet(response: HttpResponse) -> HttpResponse:
    """Keep the address, which holds the link's secret, out of the log of refused requests."""
    response._has_been_logged = True  # what Django itself sets once it has written the line
    return response
