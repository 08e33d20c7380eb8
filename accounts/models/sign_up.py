"""A sign-up that waits for its mailed link to be opened."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.personal import clear_value, register_sealed, seal_into


class SignUp(models.Model):
    """What was typed on the sign-up page: e-mail, and NIK sealed. Gone once used or a day old.

    The link's secret is kept as a hash only: who reads the table cannot open an account.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254)
    nik_sealed = models.BinaryField("NIK", editable=False)
    nik_index = models.BinaryField(max_length=32, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True, editable=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "pendaftaran akun"
        verbose_name_plural = "pendaftaran akun"
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="accounts_signup_email_lower"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="accounts_signup_expires"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="accounts_signup_email")]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def nik(self) -> str:
        """The NIK in clear; for the moment in which the account is made."""
        return clear_value(self, "nik_sealed")

    @nik.setter
    def nik(self, value: str) -> None:
        seal_into(self, "nik_sealed", value)


register_sealed(SignUp, "nik_sealed")
