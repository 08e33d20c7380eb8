"""Training programmes: one canonical name each, so that a misspelt course stays the same course."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from training import permissions


class TrainingProgrammeQuerySet(RecordQuerySet):
    """Programmes."""

    def visible_to(self, user) -> "TrainingProgrammeQuerySet":
        """Whoever works with trainings sees the list of programmes."""
        return self if permissions.can_read_trainings(user) else self.none()

    def called(self, name: str) -> "TrainingProgrammeQuerySet":
        """The programme of this name or alias, whatever its case; at most one."""
        name = " ".join(name.split())
        return self.filter(Q(name__iexact=name) | Q(aliases__name__iexact=name)).distinct()


class TrainingProgramme(Record):
    """What is taught: one name, the occupation it leads to, and its competency unit (SKKNI)."""

    name = models.CharField("nama program", max_length=120, unique=True)
    occupation = models.ForeignKey(
        "core.ClassificationCode",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="golongan jabatan (KBJI)",
    )
    competency_unit = models.CharField("unit kompetensi", max_length=200, blank=True)

    history = HistoricalRecords()
    objects = TrainingProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "program pelatihan"
        verbose_name_plural = "program pelatihan"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="training_programme_one_name"),
            models.CheckConstraint(condition=~Q(name=""), name="training_programme_named"),
        ]

    def __str__(self) -> str:
        return self.name


class ProgrammeAlias(models.Model):
    """Another name under which a programme appears in papers ("Favorista" for "Vaporista")."""

    programme = models.ForeignKey(
        TrainingProgramme, on_delete=models.CASCADE, related_name="aliases", verbose_name="program"
    )
    name = models.CharField("nama lain", max_length=120)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "nama lain program"
        verbose_name_plural = "nama lain program"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="training_alias_one_name")]

    def __str__(self) -> str:
        return self.name
