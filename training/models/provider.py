"""Training providers (LPK, BLK): the licence side of an institution."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from accounts.models import Institution
from core.models.base import Record, RecordQuerySet
from training import permissions
from training.enums import Accreditation


class TrainingProviderQuerySet(RecordQuerySet):
    """Training providers."""

    def visible_to(self, user) -> "TrainingProviderQuerySet":
        """Staff see all providers, an operator the own one, nobody else any."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(institution__in=permissions.own_providers(user))


class TrainingProvider(Record):
    """Licence data of one LPK or BLK. Name and address stand in its institution."""

    institution = models.OneToOneField(
        Institution, on_delete=models.PROTECT, related_name="training_provider", verbose_name="lembaga"
    )
    licence_no = models.CharField("nomor izin", max_length=60, blank=True)
    licensed_on = models.DateField("tanggal izin", null=True, blank=True)
    accreditation = models.CharField(
        "akreditasi", max_length=12, choices=Accreditation.choices, default=Accreditation.NONE
    )
    accredited_until = models.DateField("akreditasi berlaku sampai", null=True, blank=True)

    history = HistoricalRecords()
    objects = TrainingProviderQuerySet.as_manager()

    class Meta:
        verbose_name = "lembaga pelatihan"
        verbose_name_plural = "lembaga pelatihan"
        ordering = ["institution__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accreditation=Accreditation.ACCREDITED)
                | Q(accreditation=Accreditation.NONE, accredited_until__isnull=True),
                name="training_provider_accreditation",
            ),
            models.UniqueConstraint(
                fields=["licence_no"], condition=~Q(licence_no=""), name="training_provider_one_licence"
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name

    @property
    def name(self) -> str:
        """The name of the institution."""
        return self.institution.name
