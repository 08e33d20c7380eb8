"""Numbers that come from outside: official statistics and evaluators' scores."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from lkip.models.indicator import Indicator


class ExternalStatistic(Record):
    """The value of a statistic or score for one year, with who published it and when."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="statistics")
    year = models.PositiveSmallIntegerField("tahun")
    value = models.DecimalField("nilai", max_digits=20, decimal_places=6)
    as_of = models.DateField("keadaan tanggal", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)
    document = models.CharField("dokumen", max_length=250, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_statistic_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"
