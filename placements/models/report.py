"""A channel report: one channel says that one placement came about through it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from accounts.models import Institution
from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.models.files import StoredFile
from core.workflow import governed
from placements import permissions, workflows
from placements.enums import Channel, EvidenceKind, ReportState
from placements.models.placement import Placement


class ChannelReportQuerySet(RecordQuerySet):
    """Channel reports."""

    def visible_to(self, user) -> "ChannelReportQuerySet":
        """Officers see all, an operator those of the own institution."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        if not (user and user.is_authenticated):
            return self.none()
        return self.filter(institution__in=permissions.reporting_institutions(user))

    def verified(self) -> "ChannelReportQuerySet":
        """Reports that count."""
        return self.filter(state=ReportState.VERIFIED)


@governed(workflows.REPORT)
class ChannelReport(FSMModelMixin, Record):
    """One placement × one channel. It counts once an officer has verified its evidence.

    ``service_on`` is the day of the service that led to the job: the end of the training, the day of the fair.
    """

    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, related_name="reports", verbose_name="penempatan"
    )
    channel = models.CharField("jalur", max_length=14, choices=Channel)
    institution = models.ForeignKey(
        Institution,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placement_reports",
        verbose_name="pelapor",
    )
    reported_on = models.DateField("dilaporkan pada")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    service_on = models.DateField("tanggal layanan", null=True, blank=True)
    evidence_kind = models.CharField("jenis bukti", max_length=24, choices=EvidenceKind)
    evidence = models.ForeignKey(
        StoredFile,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="berkas bukti",
    )
    state = StateField(
        "keadaan",
        max_length=10,
        choices=ReportState.choices,
        default=ReportState.REPORTED,
    )
    decided_on = models.DateField("diputus pada", null=True, blank=True)
    history = HistoricalRecords()
    objects = ChannelReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan penempatan"
        ordering = ["-reported_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "channel"], name="report_once_a_channel"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="report_channel_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.REPORTED, decided_on__isnull=True)
                | Q(state__in=(ReportState.VERIFIED, ReportState.REJECTED), decided_on__isnull=False),
                name="report_decided_with_date",
            ),
        ]
        indexes = [models.Index(fields=["state", "channel", "placement"], name="report_counted")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.placement}"

    def on_verify(self, *, actor) -> None:
        """The evidence was looked at today."""
        self.decided_on = clock.today()

    def on_reject(self, *, actor) -> None:
        """The evidence did not hold."""
        self.decided_on = clock.today()

    def on_resubmit(self, *, actor) -> None:
        """It was mended and waits again."""
        self.decided_on = None

    def on_reopen(self, *, actor) -> None:
        """The decision is taken back."""
        self.decided_on = None
