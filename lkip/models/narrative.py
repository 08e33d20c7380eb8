"""The words of a year's report. A number in them is a reference to a figure, never digits that somebody typed."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record
from core.models.files import StoredFile


class Section(Record):
    """The text of one place of the report, named by `key` (see the report's outline). Empty: the default sentences.

    ``body`` is text with marks for figures and declared numbers (lkip.text reads them).
    """

    year = models.PositiveSmallIntegerField("tahun")
    key = models.CharField("bagian", max_length=100)
    body = models.TextField("isi", blank=True, max_length=100_000)
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["year", "key"], name="one_text_a_section")]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"


class Draft(models.Model):
    """What somebody has typed in a section and not saved yet; kept by itself so that nothing typed is lost."""

    year = models.PositiveSmallIntegerField("tahun")
    key = models.CharField("bagian", max_length=100)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    body = models.TextField("isi", blank=True, max_length=100_000)
    base_version = models.PositiveIntegerField("versi saat dibuka", default=0)
    saved_at = models.DateTimeField("disimpan pada")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "key", "user"], name="one_draft_a_writer")]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"


class Photograph(Record):
    """A picture of the year with its caption, printed in a section."""

    year = models.PositiveSmallIntegerField("tahun")
    key = models.CharField("bagian", max_length=100)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("keterangan", max_length=250)
    taken_on = models.DateField("tanggal", null=True, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.caption


class AcceptedWarning(Record):
    """A warning of the checker that the planner lets stand, with the written reason the gate asks for."""

    year = models.PositiveSmallIntegerField("tahun")
    rule = models.CharField("aturan", max_length=20)
    subject = models.CharField("pokok", max_length=64)
    """A fingerprint of what the finding is about, values included: when these change, the reason no longer holds."""
    reason = models.TextField("alasan")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "rule", "subject"], name="one_reason_a_warning"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="accepted_warning_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.rule}"
