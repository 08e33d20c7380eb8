"""What a company reports about its workforce; the last report holds until the next one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from employers import permissions, validators
from employers.enums import ReportSource
from employers.models.company import Company

DECENT_WORK = (
    (Q(has_company_regulation=True) | Q(has_collective_agreement=True))
    & Q(has_wage_scale=True)
    & Q(has_lks_bipartite=True)
    & Q(all_workers_insured=True)
)
"""The rule of decent-work governance: company regulation or collective agreement, a wage scale, a bipartite body, and
all workers insured. The 2023 report of Cimahi names the four parts, not the threshold; all four are asked here."""


class CompanyReportQuerySet(RecordQuerySet):
    """Company reports."""

    def visible_to(self, user) -> "CompanyReportQuerySet":
        """Whoever sees the company sees its reports."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(company__institution__in=permissions.own_companies(user))

    def valid_on(self, day: date) -> "CompanyReportQuerySet":
        """Reports that hold on `day`, at most one a company."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))


class CompanyReport(Record):
    """The yearly data of a company (WLKP), valid from a day until the next report replaces it.

    Workers are counted with foreign and disabled workers among them. `bpjs_members` are persons insured at BPJS
    Ketenagakerjaan. At most one report of a company is open, and reports of one company never overlap.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="reports", verbose_name="perusahaan"
    )
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    workers_male = models.PositiveIntegerField("pekerja laki-laki", default=0)
    workers_female = models.PositiveIntegerField("pekerja perempuan", default=0)
    foreign_workers_male = models.PositiveIntegerField("TKA laki-laki", default=0)
    foreign_workers_female = models.PositiveIntegerField("TKA perempuan", default=0)
    workers_disabled = models.PositiveIntegerField("pekerja penyandang disabilitas", default=0)
    bpjs_registered = models.BooleanField("terdaftar di BPJS Ketenagakerjaan", default=False)
    bpjs_members = models.PositiveIntegerField("peserta BPJS Ketenagakerjaan", default=0)
    all_workers_insured = models.BooleanField("semua pekerja menjadi peserta", default=False)
    pays_minimum_wage = models.BooleanField("membayar upah sesuai UMK", default=False)
    has_company_regulation = models.BooleanField("punya peraturan perusahaan (PP)", default=False)
    has_collective_agreement = models.BooleanField("punya perjanjian kerja bersama (PKB)", default=False)
    has_wage_scale = models.BooleanField("punya struktur dan skala upah", default=False)
    has_lks_bipartite = models.BooleanField("punya LKS bipartit", default=False)
    source = models.CharField(
        "sumber", max_length=12, choices=ReportSource.choices, default=ReportSource.WLKP
    )

    history = HistoricalRecords()
    objects = CompanyReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan perusahaan"
        verbose_name_plural = "laporan perusahaan"
        ordering = ["-valid_from", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="employers_report_dates",
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(valid_until__isnull=True), name="employers_report_one_open"
            ),
            models.UniqueConstraint(fields=["company", "valid_from"], name="employers_report_one_a_day"),
            models.CheckConstraint(
                condition=Q(foreign_workers_male__lte=F("workers_male"))
                & Q(foreign_workers_female__lte=F("workers_female"))
                & Q(workers_disabled__lte=F("workers_male") + F("workers_female"))
                & Q(bpjs_members__lte=F("workers_male") + F("workers_female")),
                name="employers_report_parts",
            ),
            models.CheckConstraint(
                condition=Q(bpjs_registered=True) | Q(bpjs_members=0), name="employers_report_members"
            ),
            models.CheckConstraint(
                condition=Q(all_workers_insured=False)
                | Q(bpjs_registered=True, bpjs_members=F("workers_male") + F("workers_female")),
                name="employers_report_all_insured",
            ),
            models.CheckConstraint(
                condition=Q(source__in=ReportSource.values), name="employers_report_source"
            ),
        ]
        indexes = [
            models.Index(fields=["valid_from", "valid_until", "company"], name="employers_report_valid")
        ]

    def __str__(self) -> str:
        return f"Laporan {self.company} sejak {self.valid_from:%d-%m-%Y}"

    @property
    def workers_total(self) -> int:
        """All workers of both sexes."""
        return self.workers_male + self.workers_female

    @property
    def foreign_workers_total(self) -> int:
        """All foreign workers of both sexes."""
        return self.foreign_workers_male + self.foreign_workers_female

    @property
    def meets_decent_work(self) -> bool:
        """Whether the company meets DECENT_WORK by this report."""
        return (
            (self.has_company_regulation or self.has_collective_agreement)
            and self.has_wage_scale
            and self.has_lks_bipartite
            and self.all_workers_insured
        )

    def clean(self) -> None:
        """Raise ValidationError for an end before the start, and for a part greater than its whole."""
        problems = validators.workforce_problems(self)
        problem = validators.period_problem(self.valid_from, self.valid_until)
        if problem:
            problems["valid_until"] = problem
        if problems:
            raise ValidationError(problems)
