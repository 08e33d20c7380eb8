"""A holder's own word that they work: kept until an officer makes a report of it, or says why not."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from jobseekers.models import HolderReport, JobSeeker
from jobseekers.permissions import can_read_cards
from placements import workflows
from placements.enums import SelfReportState
from placements.models.report import ChannelReport


class SelfReportQuerySet(RecordQuerySet):
    """Self-reports."""

    def visible_to(self, user) -> "SelfReportQuerySet":
        """Who reads cards: what a holder told is not for the other services."""
        return self if can_read_cards(user) else self.none()


@governed(workflows.SELF_REPORT)
class SelfReport(FSMModelMixin, Record):
    """Never counted by itself: `report` is what an officer made of it, and that counts once it is verified."""

    jobseeker = models.ForeignKey(
        JobSeeker, on_delete=models.PROTECT, related_name="self_reports", verbose_name="pencari kerja"
    )
    holder_report = models.OneToOneField(
        HolderReport,
        on_delete=models.PROTECT,
        related_name="self_report",
        verbose_name="laporan pemegang kartu",
    )
    told_on = models.DateField("dikabarkan pada")
    state = StateField(
        "keadaan",
        max_length=10,
        choices=SelfReportState.choices,
        default=SelfReportState.OPEN,
    )
    report = models.ForeignKey(
        ChannelReport,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="self_reports",
        verbose_name="laporan penempatan",
    )

    objects = SelfReportQuerySet.as_manager()

    class Meta:
        verbose_name = "kabar bekerja"
        verbose_name_plural = "kabar bekerja"
        ordering = ["told_on", "pk"]
        indexes = [models.Index(fields=["state", "told_on"], name="self_report_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=SelfReportState.BOOKED, report__isnull=False)
                | Q(state__in=(SelfReportState.OPEN, SelfReportState.DISMISSED), report__isnull=True),
                name="self_report_booked_as",
            )
        ]

    def __str__(self) -> str:
        return f"Kabar bekerja {self.told_on}"

    def on_book(self, *, actor, report: ChannelReport) -> None:
        """An officer made a report of it."""
        self.report = report
