"""Open trainings as everybody sees them."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.pages import Fact
from training import selectors
from training.models import TrainingCohort

PAGE_SIZE = 20


@login_not_required
@require_safe
def trainings(request: HttpRequest) -> HttpResponse:
    """Trainings to which one can apply today, the next to begin first."""
    page = Paginator(selectors.open_trainings(), PAGE_SIZE).get_page(request.GET.get("hal", ""))
    return render(request, "training/public_trainings.html", {"rows": page})


def _facts(cohort: TrainingCohort) -> list[Fact]:
    facts = [
        Fact("Angkatan", cohort.name),
        Fact("Penyelenggara", cohort.provider.name if cohort.provider else "Dinas"),
        Fact("Mulai", cohort.starts_on, kind="date"),
        Fact("Selesai", cohort.ends_on, kind="date"),
        Fact("Lama", f"{cohort.hours} jam pelajaran" if cohort.hours else ""),
        Fact("Tempat", cohort.place),
        Fact("Unit kompetensi", cohort.programme.competency_unit),
        Fact("Kuota", f"{cohort.quota} orang"),
        Fact("Sisa kursi", f"{max(0, cohort.seats_left)} orang"),
        Fact("Biaya", "Gratis" if cohort.funding_source != "SELF" else "Tanyakan kepada penyelenggara"),
    ]
    return [fact for fact in facts if fact.value not in (None, "")]


@login_not_required
@require_safe
def training(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One open training; one that has begun is gone."""
    cohort = selectors.open_trainings().filter(uid=uid).first()
    if cohort is None:
        raise Http404("Pelatihan ini tidak ada atau pendaftarannya sudah ditutup.")
    context = {"cohort": cohort, "facts": _facts(cohort), "back_url": reverse("training:public_trainings")}
    return render(request, "training/public_training.html", context)
