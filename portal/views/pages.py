"""Pages that explain: the card, vacancies for companies, disputes, numbers, personal data, access."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.context_processors import reverse_or_blank
from portal.menu import has_own_file
from portal.numbers import published, so_far
from portal.places import VACANCIES

YEARS_BACK = 5


@login_not_required
@require_safe
def ak1(request: HttpRequest) -> HttpResponse:
    """What the card is, what to have at hand, and where to begin."""
    context = {
        "start_url": reverse_or_blank("jobseekers:my_ak1"),
        "check_url": reverse_or_blank("jobseekers:check_card"),
    }
    return render(request, "portal/ak1.html", context)


@login_not_required
@require_safe
def employers(request: HttpRequest) -> HttpResponse:
    """How a company gets an account and offers work."""
    manage_url = VACANCIES.address if VACANCIES.open_to(request.user) else ""
    return render(request, "portal/employers.html", {"manage_url": manage_url})


@login_not_required
@require_safe
def relations(request: HttpRequest) -> HttpResponse:
    """How a dispute is taken in, and what to bring."""
    return render(request, "portal/relations.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What happens to personal data."""
    shown = not request.user.is_authenticated or has_own_file(request.user)
    return render(
        request, "portal/privacy.html", {"own_url": reverse("jobseekers:my_privacy") if shown else ""}
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the site can be used by everybody."""
    return render(request, "portal/accessibility.html")


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The office's numbers of a year, each with its definition and its parts."""
    this_year = clock.today().year
    asked = request.GET.get("tahun", str(this_year))
    if not re.fullmatch(r"\d{4}", asked) or not this_year - YEARS_BACK <= int(asked) <= this_year:
        raise Http404("Tahun ini tidak tersedia.")
    year = int(asked)
    years = [
        {"label": str(each), "url": f"?tahun={each}", "current": each == year, "count": None}
        for each in range(this_year, this_year - 3, -1)
    ]
    context = {"year": year, "years": years, "numbers": published(year), "until": so_far(year).end}
    return render(request, "portal/data.html", context)
