"""The documents that promise: Renstra, RKT, Perjanjian Kinerja; what they promise by quarter and in money."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.reference import Nomenclature
from lkip.enums import TargetDocument
from lkip.models.indicator import Indicator
from lkip.models.strategy import Unit


class PlanDocument(Record):
    """A Renstra, RKT or Perjanjian Kinerja with decree, date and the two who signed.

    A Perjanjian Kinerja below the head's belongs to a unit: the sheet of its eselon III or IV.
    """

    kind = models.CharField("jenis", max_length=12, choices=TargetDocument)
    year = models.PositiveSmallIntegerField("tahun mulai")
    to_year = models.PositiveSmallIntegerField("tahun akhir")
    title = models.CharField("judul", max_length=250)
    decree = models.CharField("nomor", max_length=150, blank=True)
    signed_on = models.DateField("tanggal", null=True, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements", verbose_name="unit"
    )
    first_name = models.CharField("pihak pertama", max_length=150, blank=True)
    first_post = models.CharField("jabatan pihak pertama", max_length=150, blank=True)
    second_name = models.CharField("pihak kedua", max_length=150, blank=True)
    second_post = models.CharField("jabatan pihak kedua", max_length=150, blank=True)
    reason = models.TextField("alasan perubahan", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_year__gte=models.F("year")), name="plan_document_years_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=TargetDocument.RENSTRA) | models.Q(to_year=models.F("year")),
                name="plan_document_only_renstra_spans_years",
            ),
            models.UniqueConstraint(
                fields=["kind", "year"], condition=models.Q(unit=None), name="plan_document_once_a_year"
            ),
            models.UniqueConstraint(
                fields=["kind", "year", "unit"],
                condition=models.Q(unit__isnull=False),
                name="plan_document_once_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Baseline(Record):
    """The value from which a Renstra starts, with the year it describes."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="baselines")
    document = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="baselines")
    year = models.PositiveSmallIntegerField("tahun keadaan awal", null=True, blank=True)
    value = models.DecimalField("keadaan awal", max_digits=20, decimal_places=6)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["indicator", "document"], name="one_baseline_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.value}"


class QuarterTarget(Record):
    """What the action plan (rencana aksi) expects by the end of a quarter: for a SUM the part of that quarter,
    for the others the value that should stand then."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="quarter_targets")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    value = models.DecimalField("target", max_digits=20, decimal_places=6)
    action = models.TextField("langkah", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "quarter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="one_target_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="quarter_target_quarter_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}-{self.quarter}"


class PlannedBudget(Record):
    """What a document plans to spend on a node of the nomenclature in a year, whole rupiah."""

    nomenclature = models.ForeignKey(Nomenclature, on_delete=models.PROTECT, related_name="planned")
    document = models.ForeignKey(PlanDocument, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField("tahun")
    amount = models.BigIntegerField("pagu indikatif")
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomenclature", "document", "year"], name="one_planned_budget_a_year"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="planned_budget_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.nomenclature} {self.year}"
