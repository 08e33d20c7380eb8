"""The counters that document numbers come from."""

from django.db import models


class Counter(models.Model):
    """The last number given in a series in a year. Written only by `core.numbering`."""

    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="counter_once_a_year")]

    def __str__(self) -> str:
        return f"{self.series}/{self.year}: {self.last}"
