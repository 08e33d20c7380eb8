"""Uploads that were read and are waiting for a decision."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class UploadState(models.TextChoices):
    """Where an upload stands."""

    STAGED = "STAGED", "Menunggu keputusan"
    COMMITTED = "COMMITTED", "Sudah disimpan"
    DISCARDED = "DISCARDED", "Dibatalkan"


class StagedUploadQuerySet(models.QuerySet):
    """Query set of uploads."""

    def visible_to(self, user) -> "StagedUploadQuerySet":
        """Return the user's own uploads."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class StagedUpload(models.Model):
    """A file of rows that was read: they stand beside it, sealed, until committed or thrown away.

    ``content_hash`` is a keyed hash of the content and the options, so that a file is committed once only,
    and the file cannot be guessed from it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("jenis", max_length=60)
    content_hash = models.BinaryField(max_length=32)
    options = models.JSONField("pilihan", default=dict, blank=True)
    state = models.CharField("keadaan", max_length=9, choices=UploadState.choices, default=UploadState.STAGED)
    good_rows = models.PositiveIntegerField("baris benar", default=0)
    bad_rows = models.PositiveIntegerField("baris salah", default=0)
    saved_rows = models.PositiveIntegerField("baris tersimpan", default=0)
    created_at = models.DateTimeField("dibaca pada")
    expires_at = models.DateTimeField("dihapus pada")
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)

    objects = StagedUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="core_upload_state_known"),
            models.CheckConstraint(
                condition=Q(state=UploadState.STAGED, decided_at__isnull=True)
                | (~Q(state=UploadState.STAGED) & Q(decided_at__isnull=False)),
                name="core_upload_decided_has_time",
            ),
            models.UniqueConstraint(
                fields=["kind", "content_hash"],
                condition=Q(state=UploadState.COMMITTED),
                name="core_upload_committed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class StagedRow(models.Model):
    """One row of an upload.

    The cells are sealed (they may hold a NIK); errors name the cell, never its content.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    upload = models.ForeignKey(StagedUpload, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("baris")
    sealed = models.BinaryField()
    errors = models.JSONField("kesalahan", default=list, blank=True)

    class Meta:
        verbose_name = "baris unggahan"
        verbose_name_plural = "baris unggahan"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="core_upload_row_once")]

    def __str__(self) -> str:
        return f"{self.upload_id} {self.number}"
