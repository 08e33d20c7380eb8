"""The guides: for each role, how to do its work, with pictures of the real pages."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHELL = {"shell_template": "core/public.html"}


@login_not_required
@require_safe
def jobseeker(request: HttpRequest) -> HttpResponse:
    """From an account to a card, and what comes after. Open to all: people read it before they sign up."""
    return render(request, "portal/guides/jobseeker.html", SHELL)


@login_not_required
@require_safe
def placement_officer(request: HttpRequest) -> HttpResponse:
    """The day of a pengantar kerja. It tells no secret, so it needs no account either."""
    return render(request, "portal/guides/placement_officer.html", SHELL)


@login_not_required
@require_safe
def planner(request: HttpRequest) -> HttpResponse:
    """The year of a planner, from the plan to the published report. The report is public, so its making may be too."""
    return render(request, "portal/guides/planner.html", SHELL)
