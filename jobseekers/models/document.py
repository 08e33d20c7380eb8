"""Documents of a person, what an officer found about them, and what an application was returned for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.base import Record, RecordQuerySet
from jobseekers.enums import DocumentKind, DocumentState
from jobseekers.permissions import can_read_cards


class OwnedQuerySet(RecordQuerySet):
    """Rows under a person that the placement section reads."""

    def visible_to(self, user) -> "OwnedQuerySet":
        """Staff of the placement section, and the person."""
        if can_read_cards(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class PersonDocument(Record):
    """The one current document of a kind; a new upload replaces it and is unchecked again. Files are sealed."""

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name="pencari kerja",
    )
    kind = models.CharField("jenis dokumen", max_length=24, choices=DocumentKind.choices)
    file = models.ForeignKey(
        "core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name="berkas"
    )
    printed_name = models.CharField("nama pada dokumen", max_length=150, blank=True)
    uploaded_at = models.DateTimeField("diunggah pada")
    state = models.CharField(
        "hasil pemeriksaan",
        max_length=12,
        choices=DocumentState.choices,
        default=DocumentState.UNCHECKED,
    )
    reason = models.CharField("yang perlu diperbaiki", max_length=300, blank=True)
    checked_at = models.DateTimeField("diperiksa pada", null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "kind"], name="document_one_of_kind"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="document_kind"),
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="document_state"),
            models.CheckConstraint(
                condition=(Q(state=DocumentState.REFUSED) & ~Q(reason=""))
                | (~Q(state=DocumentState.REFUSED) & Q(reason="")),
                name="document_refused_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class ReturnPoint(models.Model):
    """One thing to mend in a returned application: a document or a part of the answers, and why."""

    application = models.ForeignKey(
        "jobseekers.AK1Application",
        on_delete=models.CASCADE,
        related_name="return_points",
        verbose_name="permohonan",
    )
    document = models.CharField("dokumen", max_length=24, choices=DocumentKind.choices, blank=True)
    part = models.CharField("bagian isian", max_length=24, blank=True)
    reason = models.CharField("yang perlu diperbaiki", max_length=300)
    mended_at = models.DateTimeField("diperbaiki pada", null=True, blank=True)

    class Meta:
        verbose_name = "yang perlu diperbaiki"
        verbose_name_plural = "yang perlu diperbaiki"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(document="") & ~Q(part="")) | (~Q(document="") & Q(part="")),
                name="return_point_one_place",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="return_point_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


class Interview(Record):
    """Notes of the AK/II interview: what officer and person spoke about, kept at the office."""

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.PROTECT,
        related_name="interviews",
        verbose_name="pencari kerja",
    )
    application = models.ForeignKey(
        "jobseekers.AK1Application",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
        verbose_name="permohonan",
    )
    held_on = models.DateField("tanggal")
    notes = models.TextField("catatan wawancara", max_length=2000)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="petugas"
    )

    objects = OwnedQuerySet.as_manager()

    class Meta:
        verbose_name = "wawancara AK/II"
        verbose_name_plural = "wawancara AK/II"
        ordering = ["-held_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(notes=""), name="interview_notes")]

    def __str__(self) -> str:
        return f"Wawancara {self.held_on}"
