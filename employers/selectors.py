"""Reads of the employers app."""

from core import clock
from employers.models import Company, CompanyReport, Vacancy


def open_vacancies():
    """Vacancies that the public sees today, newest first, with what a list shows of them."""
    return (
        Vacancy.objects.open_on(clock.today())
        .select_related("company__institution__region", "region", "education_min")
        .order_by("-published_on", "-pk")
    )


def newest_vacancies(limit: int = 5) -> list[Vacancy]:
    """The newest public vacancies, for the front page."""
    return list(open_vacancies()[:limit])


def current_report(company: Company) -> CompanyReport | None:
    """The report of a company that holds today."""
    return company.reports.valid_on(clock.today()).order_by("-valid_from").first()


def vacancies_waiting(user) -> int:
    """How many vacancies wait for a check by staff."""
    return Vacancy.objects.visible_to(user).filter(state="SUBMITTED").count()
