"""Foreign workers (TKA) with their permit."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from employers import permissions, validators
from employers.models.company import Company


class ForeignWorkerQuerySet(RecordQuerySet):
    """Foreign workers."""

    def visible_to(self, user) -> "ForeignWorkerQuerySet":
        """Staff who handle foreign workers see all, a company's operator the own ones, nobody else any."""
        if permissions.has_role(user, *permissions.FOREIGN_WORKER_READERS):
            return self
        return self.filter(company__institution__in=permissions.own_companies(user))


class ForeignWorker(Record):
    """One foreign worker of a company, for as long as the permit (RPTKA approval) is valid, both days included."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="foreign_workers", verbose_name="perusahaan"
    )
    name = models.CharField("nama", max_length=150)
    nationality = models.CharField("kewarganegaraan", max_length=60)
    position = models.CharField("jabatan", max_length=120)
    permit_no = models.CharField("nomor pengesahan RPTKA", max_length=60)
    valid_from = models.DateField("berlaku sejak")
    valid_until = models.DateField("berlaku sampai")

    history = HistoricalRecords()
    objects = ForeignWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "tenaga kerja asing"
        verbose_name_plural = "tenaga kerja asing"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="employers_tka_dates"),
            models.UniqueConstraint(fields=["permit_no", "name"], name="employers_tka_one_permit"),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_until", "company"], name="employers_tka_valid")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raise ValidationError when the permit ends before it starts."""
        problem = validators.period_problem(self.valid_from, self.valid_until)
        if problem:
            raise ValidationError({"valid_until": problem})
