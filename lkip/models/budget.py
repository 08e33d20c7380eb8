"""The budget: amounts stand on sub kegiatan and on the lowest spending types; every parent is computed."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.reference import Nomenclature


class BudgetLine(Record):
    """Ceiling (pagu) and realisation of one sub kegiatan, whole rupiah. Year, code, name and place in the tree are
    the nomenclature's."""

    nomenclature = models.OneToOneField(Nomenclature, on_delete=models.PROTECT, related_name="budget_line")
    ceiling = models.BigIntegerField("pagu")
    realised = models.BigIntegerField("realisasi")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ceiling__gte=0, realised__gte=0), name="budget_line_not_negative"
            )
        ]

    def __str__(self) -> str:
        return str(self.nomenclature)


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
