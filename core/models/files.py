"""Files that the office keeps, and exports that wait for their owner."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """A file outside the database: its row says what it is, ``path`` where, ``kind`` who may open it.

    The path is random and says nothing. ``sealed`` content is encrypted at rest, bound to ``uid``. ``name``
    is given by the system, never taken from an upload, because people name scans after the number on them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("jenis", max_length=60)
    name = models.CharField("nama berkas", max_length=120, blank=True)
    content_type = models.CharField("tipe isi", max_length=100)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    sha256 = models.CharField("sidik isi", max_length=64)
    path = models.CharField(max_length=80, unique=True)
    sealed = models.BooleanField("terenkripsi", default=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"


class DownloadState(models.TextChoices):
    """Where an ordered export stands."""

    WAITING = "WAITING", "Sedang disiapkan"
    READY = "READY", "Siap diunduh"
    FAILED = "FAILED", "Gagal"
    EXPIRED = "EXPIRED", "Sudah dihapus"


class DownloadQuerySet(models.QuerySet):
    """Query set of downloads."""

    def visible_to(self, user) -> "DownloadQuerySet":
        """Return the user's own downloads; nobody sees another's."""
        return self.filter(owner=user) if user.is_authenticated else self.none()


class DownloadFile(models.Model):
    """An export prepared in the background.

    Which table, which selection (``query``), for whom, until when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    title = models.CharField("judul", max_length=200)
    table = models.CharField("tabel", max_length=80)
    query = models.TextField("pilihan", blank=True)
    format = models.CharField("bentuk", max_length=8)
    state = models.CharField(
        "keadaan", max_length=8, choices=DownloadState.choices, default=DownloadState.WAITING
    )
    job = models.ForeignKey("core.Job", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField("jumlah baris", null=True, blank=True)
    message = models.CharField("pesan", max_length=500, blank=True)
    created_at = models.DateTimeField("dipesan pada")
    expires_at = models.DateTimeField("dihapus pada", null=True, blank=True)

    objects = DownloadQuerySet.as_manager()

    class Meta:
        verbose_name = "unduhan"
        verbose_name_plural = "unduhan"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["owner", "-created_at"], name="core_download_owner"),
            models.Index(
                fields=["expires_at"], name="core_download_expiry", condition=Q(state=DownloadState.READY)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=DownloadState.values), name="core_download_state_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DownloadState.READY,
                    file__isnull=False,
                    expires_at__isnull=False,
                    rows__isnull=False,
                )
                | (~Q(state=DownloadState.READY) & Q(file__isnull=True)),
                name="core_download_ready_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.format})"
