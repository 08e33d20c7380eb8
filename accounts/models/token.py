"""Access tokens: how a program of the account's owner signs in to the API."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AccessToken(models.Model):
    """A token of an account: only its hash is kept, it ends by itself, and its owner can end it before.

    Without `may_write` it reads only.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_tokens")
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    label = models.CharField("nama", max_length=60)
    may_write = models.BooleanField("boleh mengubah data", default=False)
    created_at = models.DateTimeField("dibuat")
    expires_at = models.DateTimeField("berlaku sampai")
    revoked_at = models.DateTimeField("dicabut", null=True, blank=True)
    last_used_on = models.DateField("terakhir dipakai", null=True, blank=True)

    class Meta:
        verbose_name = "token API"
        verbose_name_plural = "token API"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="access_token_span"),
            models.CheckConstraint(condition=~Q(label=""), name="access_token_label"),
        ]

    def __str__(self) -> str:
        return self.label
