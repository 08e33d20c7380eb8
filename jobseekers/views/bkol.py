"""The BKOL report of some days, on the page and as Excel and PDF."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.measures import Period
from jobseekers import papers
from jobseekers.bkol import bkol_report
from jobseekers.permissions import can_read_cards, can_see_recap
from jobseekers.recap import CARDS
from jobseekers.views.recap import FORMATS, asked_span, export_links, period_links


@require_safe
def bkol(request: HttpRequest) -> HttpResponse:
    """The report of the days in the address, this year's when there are none."""
    if not can_see_recap(request.user):
        raise PermissionDenied("Laporan BKOL bukan untuk peran Anda.")
    span = asked_span(request, CARDS)
    url = reverse("jobseekers:card_list") if can_read_cards(request.user) else ""
    paper = bkol_report(Period(*span), url)
    if request.GET.get("format") in FORMATS:
        return papers.download(paper, request.GET["format"], request=request)
    context = {
        "paper": paper,
        "table": paper.tables[0],
        "span": span,
        "periods": period_links({}, span),
        "exports": export_links({}, span),
        "now": clock.now(),
    }
    return render(request, "jobseekers/bkol.html", context)
