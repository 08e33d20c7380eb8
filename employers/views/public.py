"""Vacancies as everybody sees them."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from employers import selectors
from employers.views.others import vacancy_facts

PAGE_SIZE = 20
SEARCH_LIMIT = 100


@login_not_required
@require_safe
def vacancies(request: HttpRequest) -> HttpResponse:
    """The vacancies that are open today, newest first; a search by words."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:SEARCH_LIMIT]
    found = selectors.open_vacancies()
    for word in text.split()[:8]:
        found = found.filter(Q(title__icontains=word) | Q(company__institution__name__icontains=word))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("hal", ""))
    return render(request, "employers/public_vacancies.html", {"rows": page, "text": text})


@login_not_required
@require_safe
def vacancy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One open vacancy; a closed one is gone."""
    found = selectors.open_vacancies().select_related("occupation").filter(uid=uid).first()
    if found is None:
        raise Http404("Lowongan ini tidak ada atau sudah ditutup.")
    facts = [fact for fact in vacancy_facts(found) if fact.value not in (None, "")]
    context = {"vacancy": found, "facts": facts, "back_url": reverse("employers:public_vacancies")}
    return render(request, "employers/public_vacancy.html", context)
