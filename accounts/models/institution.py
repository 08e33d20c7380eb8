"""Institutions: who the operators act for."""

from django.db import models
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from accounts.enums import STAFF_ROLES, InstitutionKind, InstitutionState
from accounts.workflows import INSTITUTION
from core.models.base import Record, RecordQuerySet, StateField
from core.models.reference import Region
from core.workflow import governed


class InstitutionQuerySet(RecordQuerySet):
    """Institutions."""

    def visible_to(self, user) -> "InstitutionQuerySet":
        """The office's staff see all institutions, operators their own."""
        if not user.is_authenticated:
            return self.none()
        if user.active_roles & set(STAFF_ROLES):
            return self
        return self.filter(
            memberships__user=user, memberships__ended_on__isnull=True, state=InstitutionState.ACTIVE
        ).distinct()


@governed(INSTITUTION)
class Institution(FSMModelMixin, Record):
    """A company, training institute, school job exchange, union … or a section of the office."""

    kind = models.CharField("jenis", max_length=24, choices=InstitutionKind.choices)
    name = models.CharField("nama", max_length=200)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="wilayah"
    )
    address = models.CharField("alamat", max_length=300, blank=True)
    phone = models.CharField("telepon", max_length=32, blank=True)
    email = models.EmailField("e-mail", blank=True)
    state = StateField(
        "status",
        max_length=16,
        choices=InstitutionState.choices,
        default=InstitutionState.ACTIVE,
    )

    history = HistoricalRecords()
    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "lembaga"
        verbose_name_plural = "lembaga"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=InstitutionKind.values), name="accounts_institution_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=InstitutionState.values), name="accounts_institution_state"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="accounts_institution_named"),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="accounts_institution_kind_name")]

    def __str__(self) -> str:
        return self.name
