"""The front page: what the office offers, its numbers, the newest vacancies and trainings, the card check."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.context_processors import reverse_or_blank
from core.models.agency import AgencyProfile, NoAgency
from employers.selectors import open_vacancies
from portal.numbers import front_numbers
from training.selectors import open_trainings

NEWEST_VACANCIES, NEXT_TRAININGS = 5, 3


def _city() -> str:
    """The city's short name: "Cimahi"."""
    try:
        name = AgencyProfile.current().region.name
    except NoAgency:
        return ""
    return name.removeprefix("Kota ").removeprefix("Kabupaten ")


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The page that everybody meets first."""
    vacancies, trainings = open_vacancies(), open_trainings()
    vacancy_count, training_count = vacancies.count(), trainings.count()
    newest = [
        {"row": row, "url": reverse_or_blank("employers:public_vacancy", row.uid)}
        for row in vacancies[:NEWEST_VACANCIES]
    ]
    coming = [
        {
            "row": row,
            "days": (row.ends_on - row.starts_on).days + 1,
            "url": reverse_or_blank("training:public_training", row.uid),
        }
        for row in trainings[:NEXT_TRAININGS]
    ]
    context = {
        "city": _city(),
        "now": clock.now(),
        "numbers": front_numbers(),
        "vacancy_count": vacancy_count,
        "training_count": training_count,
        "vacancies": newest,
        "trainings": coming,
        "vacancies_url": reverse_or_blank("employers:public_vacancies"),
        "trainings_url": reverse_or_blank("training:public_trainings"),
        "my_card_url": reverse_or_blank("jobseekers:my_ak1"),
        "check_url": reverse_or_blank("jobseekers:check_card"),
    }
    return render(request, "portal/front.html", context)
