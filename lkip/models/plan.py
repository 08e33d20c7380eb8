"""The plan that a year is measured against: goals (tujuan), objectives (sasaran), and the year's report settings."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from lkip.enums import TargetDocument
from lkip.models.scale import BandScale


def default_priority() -> list[str]:
    """The last signed contract wins over the older documents."""
    return [TargetDocument.PK_REVISED, TargetDocument.PK, TargetDocument.RKT, TargetDocument.RENSTRA]


class ReportYear(Record):
    """Settings of one year's report.

    ``target_priority`` names the documents in the order in which their targets count; a document that is left
    out is shown, not used. ``clamp_low``/``clamp_high`` (per cent) bound an achievement where the city's rule says
    so; the unbounded value is always kept beside it. ``low_absorption`` is the per cent below which a spending
    row is called "rendah". ``efficiency_margin`` parts *efisien* from *cukup efisien* and *belum efisien*. ``scale``
    gives achievements their predicate. ``options`` holds what this city words or orders otherwise in the report
    (lkip.report.options says which keys there are).
    """

    year = models.PositiveSmallIntegerField("tahun", unique=True)
    target_priority = models.JSONField("urutan dokumen target", default=default_priority)
    clamp_low = models.DecimalField(
        "batas bawah capaian", max_digits=7, decimal_places=2, null=True, blank=True
    )
    clamp_high = models.DecimalField(
        "batas atas capaian", max_digits=7, decimal_places=2, null=True, blank=True
    )
    low_absorption = models.DecimalField(
        "serapan rendah di bawah", max_digits=5, decimal_places=2, default=75
    )
    budget_source = models.CharField("sumber anggaran", max_length=200, blank=True)
    efficiency_margin = models.DecimalField(
        "selisih yang masih disebut cukup efisien (poin)", max_digits=5, decimal_places=2, default=5
    )
    scale = models.ForeignKey(
        BandScale,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="skala predikat",
    )
    options = models.JSONField("susunan laporan", default=dict, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(clamp_low=None)
                | models.Q(clamp_high=None)
                | models.Q(clamp_high__gt=models.F("clamp_low")),
                name="report_year_clamp_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"LKIP {self.year}"

    def clean(self) -> None:
        """Refuse documents that don't exist."""
        unknown = set(self.target_priority) - set(TargetDocument.values)
        if unknown:
            raise ValidationError(
                {"target_priority": f"Dokumen tidak dikenal: {', '.join(sorted(unknown))}."}
            )


class Goal(Record):
    """A goal (tujuan) of the strategic plan."""

    code = models.SlugField("kode", unique=True)
    text = models.CharField("tujuan", max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Objective(Record):
    """An objective (sasaran) under a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="objectives")
    code = models.SlugField("kode", unique=True)
    text = models.CharField("sasaran", max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text
