"""The BKOL report of some days, on the page and as Excel and PDF."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.measures import Period
from jobseekers import papers
from jobseekers.bkol import TITLE, bkol_report
from jobseekers.permissions import can_read_cards, can_see_recap
from jobseekers.recap import CARDS
from jobseekers.views.recap import FORMATS, export_links, period_links
from jobseekers.views.spans import asked_span


@require_safe
def bkol(request: HttpRequest) -> HttpResponse:
    """The report of the days in the address, this year's when there are none."""
    if not can_see_recap(request.user):
        raise PermissionDenied("Laporan BKOL bukan untuk peran Anda.")
    asked = asked_span(request, CARDS)
    if asked.errors:
        told = {"asked": asked, "errors": asked.summary, "title": TITLE, "periods": period_links({}, None)}
        return render(request, "jobseekers/bkol.html", told, status=400)
    span = asked.span
    url = reverse("jobseekers:card_list") if can_read_cards(request.user) else ""
    paper = bkol_report(Period(*span), url)
    if request.GET.get("format") in FORMATS:
        return papers.download(paper, request.GET["format"], request=request)
    context = {
        "asked": asked,
        "title": paper.title,
        "paper": paper,
        "table": paper.tables[0],
        "span": span,
        "periods": period_links({}, span),
        "exports": export_links({}, span),
        "now": clock.now(),
    }
    return render(request, "jobseekers/bkol.html", context)
