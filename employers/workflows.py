"""The steps of a vacancy."""

from core.workflow import Transition, Workflow
from employers import permissions
from employers.enums import VacancyState as S

VACANCY = Workflow(
    states=S,
    transitions=(
        Transition("submit", "Ajukan lowongan", (S.DRAFT,), S.SUBMITTED, permissions.offers_vacancy),
        Transition("withdraw", "Tarik kembali", (S.SUBMITTED,), S.DRAFT, permissions.offers_vacancy),
        Transition("publish", "Tayangkan", (S.SUBMITTED,), S.PUBLISHED, permissions.checks_vacancy),
        Transition(
            "reject", "Tolak", (S.SUBMITTED,), S.REJECTED, permissions.checks_vacancy, needs_comment=True
        ),
        Transition("redraft", "Perbaiki lagi", (S.REJECTED,), S.DRAFT, permissions.offers_vacancy),
        Transition("close", "Tutup lowongan", (S.PUBLISHED,), S.CLOSED, permissions.ends_vacancy),
    ),
)
