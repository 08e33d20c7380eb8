"""What companies are told."""

from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from core import formats
from employers.enums import VacancyState
from employers.models import Vacancy
from messaging.services import notify


def operators_of(institution) -> list[User]:
    """The active operators of a company."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__institution=institution,
            memberships__role=Role.COMPANY_OPERATOR,
            memberships__ended_on__isnull=True,
        ).distinct()
    )


def vacancy_decided(vacancy: Vacancy, *, comment: str = "") -> None:
    """Tell the company's operators whether the vacancy is public, or why not."""
    if vacancy.state == VacancyState.PUBLISHED:
        title = f"Lowongan “{vacancy.title}” sudah tayang"
        body = f"Pencari kerja bisa melihatnya sampai {formats.date_long(vacancy.closes_on)}."
    else:
        title = f"Lowongan “{vacancy.title}” ditolak"
        body = f"Alasan: {comment.strip()} Perbaiki lalu ajukan lagi."
    url = reverse("employers:vacancy_detail", args=[vacancy.uid])
    for user in operators_of(vacancy.company.institution):
        notify(user, title, body, url, f"vacancy:{vacancy.uid}:{vacancy.version}")
