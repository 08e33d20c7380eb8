"""The NIK as a name to sign in with: only its keyed hash is kept."""

from django.conf import settings
from django.db import models

from core.personal import blind_index


class UserIdentifierManager(models.Manager):
    """Looks up accounts by NIK."""

    def holder_of(self, nik: str):
        """Return the identifier row of a NIK (sixteen digits), or None."""
        return self.filter(nik_index=blind_index(nik)).select_related("user").first()


class UserIdentifier(models.Model):
    """An account answers to one NIK, and a NIK to one account."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identifier")
    nik_index = models.BinaryField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserIdentifierManager()

    class Meta:
        verbose_name = "pengenal masuk"
        verbose_name_plural = "pengenal masuk"

    def __str__(self) -> str:
        return f"NIK {self.user_id}"
