"""Numbers that come from outside: official statistics and evaluators' scores."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.files import StoredFile
from core.models.reference import Region
from lkip.models.indicator import Indicator


class ExternalStatistic(Record):
    """The value of a statistic or score for one year, with who published it and when.

    ``category`` is the predicate where the value is one (WTP, BB). ``waits_for`` names the register that will give the
    number one day: until then it is *masukan sementara*, and no edition hides that.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="statistics")
    year = models.PositiveSmallIntegerField("tahun")
    value = models.DecimalField("nilai", max_digits=20, decimal_places=6)
    as_of = models.DateField("keadaan tanggal", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)
    document = models.CharField("dokumen", max_length=250, blank=True)
    category = models.CharField("predikat", max_length=60, blank=True)
    waits_for = models.CharField("menunggu register", max_length=150, blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="berkas"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "year"], name="one_statistic_a_year")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}"


class RegisterStart(Record):
    """The day since which a register of the office holds everything; ``register`` is the name that measures give it.

    What it holds of earlier days was brought along for other ends and makes no year's number (see `lkip.registers`).
    """

    register = models.CharField("register", max_length=120, unique=True)
    complete_from = models.DateField("lengkap sejak")
    note = models.CharField("keterangan", max_length=250, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["register"]

    def __str__(self) -> str:
        return self.register


class RegionalStatistic(Record):
    """The same statistic for another region and year: the neighbours in a ranked table."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="regional")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name="wilayah")
    year = models.PositiveSmallIntegerField("tahun")
    value = models.DecimalField("nilai", max_digits=20, decimal_places=6)
    as_of = models.DateField("keadaan tanggal", null=True, blank=True)
    source = models.CharField("sumber", max_length=200)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "region_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "region", "year"], name="one_regional_statistic_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.region_id} {self.year}"
