"""What is wrong, doubtful or assumed in a year's numbers, said openly."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from lkip.enums import Severity


class Finding(Record):
    """A contradiction or an assumption that the reader of the year must know.

    ``rule`` is the class of the contradiction (SAME, SUM, TARGET, …), ``indicators`` the codes of the figures that it
    is about: the checker then takes what it finds there for declared.
    """

    year = models.PositiveSmallIntegerField("tahun")
    rule = models.CharField("aturan", max_length=20)
    severity = models.CharField("tingkat", max_length=8, choices=Severity)
    title = models.CharField("judul", max_length=200)
    detail = models.TextField("uraian")
    assumption = models.TextField("anggapan yang dipakai", blank=True)
    indicators = models.JSONField("angka", default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
