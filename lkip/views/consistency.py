"""The checker's page: what it finds in the year, where each is mended, and reasons for what is let stand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from core.errors import Refused
from core.pages import UNPROCESSABLE
from lkip.consistency import judge
from lkip.permissions import can_plan
from lkip.services import consistency
from lkip.views.report import figures_or_404


class Consistency(View):
    """All findings of the year, what blocks approval first."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the findings."""
        return self._show(request, year)

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Write the reason for one warning."""
        figures_or_404(request, year)
        if not can_plan(request.user):
            raise PermissionDenied("Alasan ditulis oleh perencana.")
        sent = {name: request.POST.get(name, "") for name in ("rule", "subject", "reason")}
        try:
            consistency.accept(request.user, year=year, **sent)
        except Refused as refusal:
            return self._show(
                request, year, errors=[(f"a-{sent['subject'][:12]}", refusal.message)], sent=sent
            )
        messages.success(request, "Alasan sudah disimpan.")
        return redirect("lkip:consistency", year=year)

    def _show(
        self, request: HttpRequest, year: int, *, errors: list = (), sent: dict | None = None
    ) -> HttpResponse:
        judged = judge(figures_or_404(request, year))
        context = {
            "year": year,
            "open": [each for each in judged if each.blocks],
            "settled": [each for each in judged if not each.blocks],
            "may_write": can_plan(request.user),
            "errors": errors,
            "sent": sent or {},
        }
        return render(request, "lkip/consistency.html", context, status=UNPROCESSABLE if errors else 200)
