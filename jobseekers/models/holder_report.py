"""The six-monthly report of a card's holder, and the one-time links that are mailed for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models.base import Record
from jobseekers.enums import HolderStatus, LinkPurpose, ReportChannel
from jobseekers.models.document import OwnedQuerySet


class HolderReport(Record):
    """What the holder said. `slot` 1, 2, 3 are the due ones of the card; 0 is a report outside them.

    WORKING is a self-report: the placements room hears of it, and it counts as a placement only when verified there.
    """

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="holder_reports",
        verbose_name="pencari kerja",
    )
    card = models.ForeignKey(
        "jobseekers.AK1Card", on_delete=models.PROTECT, related_name="holder_reports", verbose_name="kartu"
    )
    slot = models.PositiveSmallIntegerField("laporan ke-", default=0)
    on = models.DateField("tanggal")
    late = models.BooleanField("terlambat", default=False)
    status = models.CharField("keadaan", max_length=16, choices=HolderStatus.choices)
    employer_name = models.CharField("tempat kerja", max_length=150, blank=True)
    employer_local = models.BooleanField("tempat kerja di kota ini", null=True, blank=True)
    occupation = models.CharField("jabatan", max_length=120, blank=True)
    since = models.DateField("sejak", null=True, blank=True)
    channel = models.CharField("cara melapor", max_length=8, choices=ReportChannel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan enam bulanan"
        verbose_name_plural = "laporan enam bulanan"
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["on", "status"], name="holder_report_flow")]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "slot"], condition=Q(slot__gt=0), name="holder_report_once_a_slot"
            ),
            models.CheckConstraint(condition=Q(slot__range=(0, 3)), name="holder_report_slot"),
            models.CheckConstraint(condition=Q(status__in=HolderStatus.values), name="holder_report_status"),
            models.CheckConstraint(
                condition=Q(channel__in=ReportChannel.values), name="holder_report_channel"
            ),
            models.CheckConstraint(
                condition=(Q(status=HolderStatus.WORKING, since__isnull=False) & ~Q(employer_name=""))
                | Q(status=HolderStatus.SELF_EMPLOYED, since__isnull=False)
                | Q(status__in=(HolderStatus.LOOKING, HolderStatus.STUDYING)),
                name="holder_report_work_told",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.on}"


class OneTimeLink(models.Model):
    """A mailed link: only the hash of its token is kept. GET shows a page, the POST uses it up."""

    digest = models.BinaryField(max_length=32, unique=True)
    purpose = models.CharField("guna", max_length=20, choices=LinkPurpose.choices)
    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker", on_delete=models.CASCADE, related_name="links", verbose_name="pencari kerja"
    )
    card = models.ForeignKey(
        "jobseekers.AK1Card", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    application = models.ForeignKey(
        "jobseekers.AK1Application", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    slot = models.PositiveSmallIntegerField("laporan ke-", default=0)
    sent_at = models.DateTimeField("dikirim pada")
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai pada", null=True, blank=True)

    class Meta:
        verbose_name = "tautan sekali pakai"
        verbose_name_plural = "tautan sekali pakai"
        indexes = [models.Index(fields=["expires_at"], name="one_time_link_expiry")]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "slot", "purpose"],
                condition=Q(card__isnull=False),
                name="one_time_link_once_a_slot",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="one_time_link_span"),
            models.CheckConstraint(condition=Q(purpose__in=LinkPurpose.values), name="one_time_link_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.sent_at}"
