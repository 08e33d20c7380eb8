"""The register of printed cards."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models.base import RecordQuerySet
from jobseekers.permissions import can_read_cards


class CardPrintQuerySet(RecordQuerySet):
    """Lines of the print register."""

    def visible_to(self, user) -> "CardPrintQuerySet":
        """Staff of the placement section."""
        return self if can_read_cards(user) else self.none()


class PrintBatch(models.Model):
    """A day's cards in one file: made by a job, fetched from Unduhan."""

    day = models.DateField("kartu terbit tanggal")
    made_at = models.DateTimeField("dipesan pada")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="petugas"
    )
    job = models.OneToOneField(
        "core.Job",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name="pekerjaan",
    )

    objects = CardPrintQuerySet.as_manager()

    class Meta:
        verbose_name = "cetak bersama"
        verbose_name_plural = "cetak bersama"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Cetak kartu {self.day}"


class CardPrint(models.Model):
    """One printing of one card: the first is the original, each later one a counted reprint."""

    card = models.ForeignKey(
        "jobseekers.AK1Card", on_delete=models.PROTECT, related_name="prints", verbose_name="kartu"
    )
    batch = models.ForeignKey(
        PrintBatch,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="prints",
        verbose_name="cetak bersama",
    )
    copy_no = models.PositiveSmallIntegerField("cetakan ke-")
    printed_at = models.DateTimeField("dicetak pada")
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="petugas",
    )

    objects = CardPrintQuerySet.as_manager()

    class Meta:
        verbose_name = "cetakan kartu"
        verbose_name_plural = "buku cetak kartu"
        ordering = ["-printed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["card", "copy_no"], name="card_print_numbered"),
            models.UniqueConstraint(fields=["card", "batch"], name="card_print_once_a_batch"),
            models.CheckConstraint(condition=Q(copy_no__gte=1), name="card_print_copy"),
        ]

    def __str__(self) -> str:
        return f"Cetakan {self.copy_no}"
