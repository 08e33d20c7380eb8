"""Who may see and change companies and what belongs to them."""

from accounts.enums import InstitutionKind, Role
from accounts.permissions import acts_for, has_role, institutions_of
from employers.enums import VacancyState

READERS = (
    Role.PLACEMENT_OFFICER,
    Role.TRAINING_OFFICER,
    Role.FAIR_OFFICER,
    Role.MEDIATOR,
    Role.SECTION_HEAD,
    Role.PLANNER,
    Role.APIP_REVIEWER,
    Role.AGENCY_HEAD,
)
"""Staff who read the register of companies."""

EDITORS = (Role.PLACEMENT_OFFICER, Role.MEDIATOR, Role.SECTION_HEAD)
"""Staff who keep the register of companies."""

FOREIGN_WORKER_READERS = (Role.PLACEMENT_OFFICER, Role.MEDIATOR, Role.SECTION_HEAD)
"""Staff who read the names of foreign workers; others see numbers only."""


def can_read_companies(user) -> bool:
    """True for staff who read the register, and for a company's operator (who finds only the own company in it)."""
    return has_role(user, *READERS, Role.COMPANY_OPERATOR)


def can_keep_register(user) -> bool:
    """True for staff who add companies and change any of them."""
    return has_role(user, *EDITORS)


def can_report(user, company) -> bool:
    """True for the operator of this very company and for staff who keep the register."""
    return can_keep_register(user) or acts_for(user, company.institution, Role.COMPANY_OPERATOR)


def can_read_foreign_workers(user) -> bool:
    """True for staff who handle foreign workers, and for a company's operator."""
    return has_role(user, *FOREIGN_WORKER_READERS, Role.COMPANY_OPERATOR)


def can_read_vacancies(user) -> bool:
    """True for whoever works with vacancies before they are public."""
    return has_role(user, *READERS, Role.COMPANY_OPERATOR)


def can_check_vacancies(user) -> bool:
    """True for staff who let a vacancy go public or refuse it."""
    return has_role(user, Role.PLACEMENT_OFFICER, Role.SECTION_HEAD)


def own_companies(user):
    """The institutions of kind company that `user` acts for."""
    return institutions_of(user, InstitutionKind.COMPANY)


def offers_vacancy(user, vacancy) -> bool:
    """True for the operator of the vacancy's company and for staff who keep the register."""
    return can_report(user, vacancy.company)


def checks_vacancy(user, vacancy) -> bool:
    """True for staff who decide on vacancies; nobody decides on one of a company they act for."""
    return can_check_vacancies(user) and not acts_for(user, vacancy.company.institution)


def ends_vacancy(user, vacancy) -> bool:
    """True for the company itself and for staff who decide on vacancies."""
    return can_check_vacancies(user) or offers_vacancy(user, vacancy)


def edits_vacancy(user, vacancy) -> bool:
    """A vacancy is changed by its company before it is public, or after it was refused."""
    return vacancy.state in (VacancyState.DRAFT, VacancyState.REJECTED) and offers_vacancy(user, vacancy)
