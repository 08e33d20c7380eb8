"""The user: signs in by e-mail (or NIK, through its blind index), holds roles by memberships only."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from accounts.enums import InstitutionState, Role
from core.models.base import Record, RecordQuerySet


class UserQuerySet(RecordQuerySet):
    """Users."""

    def visible_to(self, user) -> "UserQuerySet":
        """Administrators see every user; everybody else only themselves."""
        if not user.is_authenticated:
            return self.none()
        if Role.ADMINISTRATOR in user.active_roles:
            return self
        return self.filter(pk=user.pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Creates users; business code calls `accounts.services`."""

    def get_by_natural_key(self, username: str) -> "User":
        """Look up by e-mail, whatever its case."""
        return self.get(email=normalise_email(username))

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Save a user; without a password the account can't sign in until one is set by mail."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save()
        return user


def normalise_email(email: str) -> str:
    """Return the one spelling under which an e-mail address is stored: trimmed, lower case."""
    return email.strip().lower()


class User(AbstractBaseUser, Record):
    """A person who can sign in. Rights come from memberships; there is no superuser."""

    email = models.EmailField(
        "e-mail", max_length=254, unique=True, error_messages={"unique": "E-mail ini sudah dipakai."}
    )
    full_name = models.CharField("nama lengkap", max_length=150)
    is_active = models.BooleanField("aktif", default=True)
    is_demo = models.BooleanField(
        "akun demo", default=False, help_text="Masuk tanpa faktor kedua; hanya berlaku dalam mode demo."
    )

    history = HistoricalRecords(excluded_fields=["password", "last_login"])
    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ["full_name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def save(self, *args, **kwargs) -> None:
        """Save with the e-mail in its one spelling; signing in is audited apart and makes no history row."""
        self.email = normalise_email(self.email)
        fields = kwargs.get("update_fields")
        quiet = fields is not None and set(fields) <= {"last_login", "password"}
        if quiet:
            self.skip_history_when_saving = True
        try:
            super().save(*args, **kwargs)
        finally:
            if quiet:
                del self.skip_history_when_saving

    def refresh_from_db(self, *args, **kwargs) -> None:
        """Re-read the row and forget the roles read before."""
        super().refresh_from_db(*args, **kwargs)
        self.forget_roles()

    def forget_roles(self) -> None:
        """Drop the cached memberships, after a grant or an end."""
        self.__dict__.pop("active_memberships", None)
        self.__dict__.pop("active_roles", None)

    @cached_property
    def active_memberships(self) -> tuple:
        """Open memberships of an active user; read once per user object, so once a request."""
        if not self.is_active:
            return ()
        return tuple(
            self.memberships.filter(ended_on__isnull=True)
            .exclude(institution__state=InstitutionState.CLOSED)
            .select_related("institution")
            .order_by("pk")
        )

    @cached_property
    def active_roles(self) -> frozenset[str]:
        """Values of enums.Role that the user holds now."""
        return frozenset(membership.role for membership in self.active_memberships)

    def get_full_name(self) -> str:
        """Name as shown on pages and in logs."""
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """First word of the name."""
        return self.get_full_name().split(" ")[0]
