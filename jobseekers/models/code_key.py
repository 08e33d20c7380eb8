"""The public keys by which anybody can check the codes on cards."""

from django.db import models
from django.db.models import F, Q


class CodeKey(models.Model):
    """One public key (Ed25519). The secret half stays in the environment; a retired key still proves old cards.

    `revoked_at`: the secret was lost to somebody; codes of this key no longer prove anything.
    """

    kid = models.BinaryField("penanda kunci", max_length=4, unique=True)
    public = models.BinaryField("kunci publik", max_length=32)
    active_from = models.DateTimeField("dipakai sejak")
    retired_at = models.DateTimeField("diganti pada", null=True, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)
    reason = models.CharField("sebab dicabut", max_length=200, blank=True)

    class Meta:
        verbose_name = "kunci kode kartu"
        verbose_name_plural = "kunci kode kartu"
        ordering = ["-active_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("active_from")),
                name="code_key_span",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, reason="")
                | (Q(revoked_at__isnull=False) & ~Q(reason="")),
                name="code_key_revoked_why",
            ),
        ]

    def __str__(self) -> str:
        return bytes(self.kid).hex()
