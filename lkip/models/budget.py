"""The budget: amounts stand on sub kegiatan and on the lowest spending types; every parent is computed."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.reference import Nomenclature
from lkip.enums import FundingSource
from lkip.models.plan import Objective


class BudgetLine(Record):
    """Ceiling (pagu) and realisation of one sub kegiatan, whole rupiah. Year, code, name and place in the tree are
    the nomenclature's.

    ``ceiling`` is the budget in force (after the APBD perubahan), ``initial_ceiling`` the APBD murni where it is known.
    ``realised`` and ``physical`` (per cent of the work) are what the newest month of `BudgetProgress` says, or of the
    year's end where only that is known.
    """

    nomenclature = models.OneToOneField(Nomenclature, on_delete=models.PROTECT, related_name="budget_line")
    ceiling = models.BigIntegerField("pagu")
    realised = models.BigIntegerField("realisasi")
    initial_ceiling = models.BigIntegerField("pagu murni", null=True, blank=True)
    physical = models.DecimalField(
        "realisasi fisik (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ceiling__gte=0, realised__gte=0), name="budget_line_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(initial_ceiling=None) | models.Q(initial_ceiling__gte=0),
                name="budget_line_initial_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(physical=None) | models.Q(physical__gte=0, physical__lte=100),
                name="budget_line_physical_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return str(self.nomenclature)


class BudgetFunding(Record):
    """The part of a line's ceiling that one source pays, whole rupiah."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="funding")
    source = models.CharField("sumber dana", max_length=8, choices=FundingSource)
    ceiling = models.BigIntegerField("pagu")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "source"], name="budget_funding_source_once"),
            models.CheckConstraint(condition=models.Q(ceiling__gte=0), name="budget_funding_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.source}"


class BudgetProgress(Record):
    """How far a line stood at the end of a month: money (cumulative, rupiah) and work (cumulative, per cent)."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="progress")
    month = models.PositiveSmallIntegerField("bulan")
    realised = models.BigIntegerField("realisasi sampai bulan ini")
    physical = models.DecimalField("fisik (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["line", "month"], name="budget_progress_once_a_month"),
            models.CheckConstraint(
                condition=models.Q(month__gte=1, month__lte=12, realised__gte=0),
                name="budget_progress_possible",
            ),
            models.CheckConstraint(
                condition=models.Q(physical=None) | models.Q(physical__gte=0, physical__lte=100),
                name="budget_progress_physical_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.month}"


class IncomeLine(Record):
    """A row of the office's income (pendapatan), whole rupiah; amounts only where it has no children."""

    year = models.PositiveSmallIntegerField("tahun")
    key = models.CharField("kunci", max_length=80)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    code = models.CharField("kode", max_length=40, blank=True)
    name = models.CharField("uraian", max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    target = models.BigIntegerField("anggaran", null=True, blank=True)
    realised = models.BigIntegerField("realisasi", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="income_line_key_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True, realised__isnull=True)
                | models.Q(target__gte=0, realised__gte=0),
                name="income_line_both_amounts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeShare(Record):
    """Which programme serves which objective, and with what share (per cent) of its money."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="shares")
    nomenclature = models.ForeignKey(Nomenclature, on_delete=models.PROTECT, related_name="shares")
    share = models.DecimalField("bagian (%)", max_digits=5, decimal_places=2, default=100)
    history = HistoricalRecords()

    class Meta:
        ordering = ["nomenclature__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "nomenclature"], name="programme_share_once"),
            models.CheckConstraint(
                condition=models.Q(share__gt=0, share__lte=100), name="programme_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.objective.code} {self.nomenclature.key}"


class SpendingType(Record):
    """A node of the second breakdown, by type of spending; amounts only where it has no children."""

    year = models.PositiveSmallIntegerField("tahun")
    key = models.CharField("kunci", max_length=80)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    name = models.CharField("jenis belanja", max_length=150)
    position = models.PositiveSmallIntegerField(default=0)
    ceiling = models.BigIntegerField("pagu", null=True, blank=True)
    realised = models.BigIntegerField("realisasi", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="spending_type_key_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(ceiling__isnull=True, realised__isnull=True)
                | models.Q(ceiling__gte=0, realised__gte=0),
                name="spending_type_both_amounts",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PrintedAmount(Record):
    """What a source document prints for a row where it contradicts the sums; kept, shown and never used."""

    nomenclature = models.OneToOneField(Nomenclature, on_delete=models.PROTECT, related_name="printed")
    ceiling = models.BigIntegerField("pagu tercetak", null=True, blank=True)
    realised = models.BigIntegerField("realisasi tercetak", null=True, blank=True)
    percent = models.DecimalField("persen tercetak", max_digits=8, decimal_places=2, null=True, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return str(self.nomenclature)
