"""What an API request with an idempotency key was answered."""

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """One answered creation. The same key with the same body gets the same answer; with another body, a refusal.

    Only the digest of the body is kept, and the address of what was made; never the answer itself, which may hold
    personal data.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    route = models.CharField(max_length=120)
    body_digest = models.BinaryField(max_length=32)
    made_uid = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "kunci permintaan API"
        verbose_name_plural = "kunci permintaan API"
        constraints = [models.UniqueConstraint(fields=["user", "route", "key"], name="core_idempotency_once")]
        indexes = [models.Index(fields=["created_at"], name="core_idempotency_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.created_at}"
