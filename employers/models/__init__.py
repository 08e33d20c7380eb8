"""Models of the employers app."""

from employers.models.company import Company
from employers.models.foreign_worker import ForeignWorker
from employers.models.report import CompanyReport
from employers.models.vacancy import Vacancy

__all__ = ["Company", "CompanyReport", "ForeignWorker", "Vacancy"]
