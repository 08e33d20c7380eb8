"""The year while it runs: what section heads write about a quarter, evidence, and locked quarters."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.files import StoredFile
from lkip.models.indicator import Indicator


class QuarterNote(Record):
    """Why an indicator stands where it stands at the end of a quarter, and what is done about it.

    The note of quarter 4 is the analysis of causes and solutions that the report prints (PermenPAN-RB 53/2014).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="notes")
    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    supporting = models.TextField("yang mendukung", blank=True)
    cause = models.TextField("sebab atau hambatan", blank=True)
    follow_up = models.TextField("tindak lanjut", blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "quarter", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "quarter"], name="one_note_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="quarter_note_quarter_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.year}-{self.quarter}"


class NoteFile(Record):
    """A file that proves what a note says."""

    note = models.ForeignKey(QuarterNote, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("keterangan", max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


class QuarterLock(Record):
    """A quarter that is closed: its notes, targets and statistics no longer change. Opening it again needs a reason."""

    year = models.PositiveSmallIntegerField("tahun")
    quarter = models.PositiveSmallIntegerField("triwulan")
    locked = models.BooleanField("terkunci", default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "quarter"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter"], name="one_lock_a_quarter"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="quarter_lock_quarter_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.quarter}"
