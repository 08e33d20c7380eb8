"""What is wrong, doubtful or assumed in a year's numbers, said openly."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from lkip.enums import Severity


class Finding(Record):
    """A contradiction or an assumption that the reader of the year must know."""

    year = models.PositiveSmallIntegerField("tahun")
    rule = models.CharField("aturan", max_length=20)
    severity = models.CharField("tingkat", max_length=8, choices=Severity)
    title = models.CharField("judul", max_length=200)
    detail = models.TextField("uraian")
    assumption = models.TextField("anggapan yang dipakai", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
