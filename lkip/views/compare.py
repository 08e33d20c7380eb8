"""Years side by side, and the AKIP self-assessment of one year."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from core.errors import Refused
from core.pages import UNPROCESSABLE
from lkip import comparing, lke
from lkip.permissions import can_plan, can_see_report
from lkip.proofs import Facts
from lkip.services import assessment
from lkip.views.report import figures_or_404


def compare(request: HttpRequest) -> HttpResponse:
    """Show several years in columns; the years are in the address."""
    if not can_see_report(request.user):
        raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
    wanted = comparing.chosen(request.GET.getlist("tahun"))
    context = {"years": comparing.years(), "wanted": wanted, "groups": comparing.compare(wanted)}
    return render(request, "lkip/compare.html", context)


class Assessment(View):
    """The AKIP evaluation sheet of the year: the office's answers beside what the data show."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the sheet."""
        return self._show(request, year)

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Write all answers of the form, or none when one of them is refused."""
        figures_or_404(request, year)
        if not can_plan(request.user):
            raise PermissionDenied("Lembar kerja evaluasi diisi oleh perencana.")
        given = {
            key: (request.POST.get(f"nilai-{key}", ""), request.POST.get(f"catatan-{key}", ""))
            for key in lke.criteria()
        }
        try:
            assessment.answer_all(request.user, year=year, given=given)
        except Refused as refusal:
            return self._show(
                request, year, errors=[(f"nilai-{refusal.field}", refusal.message)], typed=given
            )
        messages.success(request, "Lembar kerja evaluasi sudah disimpan.")
        return redirect("lkip:assessment", year=year)

    def _show(
        self, request: HttpRequest, year: int, *, errors: list = (), typed: dict | None = None
    ) -> HttpResponse:
        figures = figures_or_404(request, year)
        sheet = [
            (component, [(part, _lines(part, typed)) for part in parts], lke.total(parts))
            for component, parts in lke.sheet(Facts(figures))
        ]
        scores = [score for _, _, score in sheet]
        context = {
            "year": year,
            "sheet": sheet,
            "total": None if None in scores else sum(scores),
            "may_answer": can_plan(request.user),
            "errors": errors,
        }
        return render(request, "lkip/assessment.html", context, status=UNPROCESSABLE if errors else 200)


def _lines(part: lke.PartResult, typed: dict | None) -> list[tuple]:
    """Each line with what its two fields show: what was typed, else what is kept."""
    shown = []
    for line in part.lines:
        kept = ("", "") if line.answer is None else (f"{line.answer.share.normalize():f}", line.answer.note)
        shown.append((line, *(typed[line.key] if typed else kept)))
    return shown
