"""Membership: a user holds a role, for an institution or for the office, from a day to a day."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.enums import OPERATOR_ROLES, STAFF_ROLES, Role
from accounts.models.institution import Institution
from core.models.base import Record, RecordQuerySet


class MembershipQuerySet(RecordQuerySet):
    """Memberships."""

    def visible_to(self, user) -> "MembershipQuerySet":
        """Administrators see every membership; everybody else their own."""
        if not user.is_authenticated:
            return self.none()
        if Role.ADMINISTRATOR in user.active_roles:
            return self
        return self.filter(user=user)

    def open(self) -> "MembershipQuerySet":
        """Memberships that hold now."""
        return self.filter(ended_on__isnull=True)


class Membership(Record):
    """One role of one user. It holds while `ended_on` is empty; ending takes effect at once and is final."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="pengguna",
    )
    role = models.CharField("peran", max_length=24, choices=Role.choices)
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        related_name="memberships",
        null=True,
        blank=True,
        verbose_name="lembaga",
    )
    started_on = models.DateField("mulai")
    ended_on = models.DateField("berakhir", null=True, blank=True)

    history = HistoricalRecords()
    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering = ["-started_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=OPERATOR_ROLES, institution__isnull=False)
                | Q(role=Role.JOBSEEKER, institution__isnull=True)
                | Q(role__in=STAFF_ROLES),
                name="accounts_membership_role_institution",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="accounts_membership_dates",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "institution"],
                condition=Q(ended_on__isnull=True),
                name="accounts_membership_one_open",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(ended_on__isnull=True, institution__isnull=True),
                name="accounts_membership_one_open_office",
            ),
        ]
        indexes = [models.Index(fields=["role", "ended_on"], name="accounts_membership_role")]

    def __str__(self) -> str:
        place = f" – {self.institution.name}" if self.institution else ""
        return f"{self.get_role_display()}{place}"
