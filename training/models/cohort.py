"""Cohorts: one run of a programme, paid from one source."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock, formats
from core.errors import Refused
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from training import permissions, validators, workflows
from training.enums import CohortState, FundingSource
from training.models.programme import TrainingProgramme
from training.models.provider import TrainingProvider


class TrainingCohortQuerySet(RecordQuerySet):
    """Cohorts."""

    def visible_to(self, user) -> "TrainingCohortQuerySet":
        """Staff see all cohorts, an LPK's operator those of the own provider, nobody else any."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(provider__institution__in=permissions.own_providers(user))

    def open_on(self, day: date) -> "TrainingCohortQuerySet":
        """Cohorts to which one can apply on `day`: open, and not begun yet."""
        return self.filter(state=CohortState.OPEN, starts_on__gte=day)


@governed(workflows.COHORT)
class TrainingCohort(FSMModelMixin, Record):
    """One run of a programme. `hours` are lesson hours (JP); `quota` is the number of seats."""

    programme = models.ForeignKey(
        TrainingProgramme, on_delete=models.PROTECT, related_name="cohorts", verbose_name="program"
    )
    provider = models.ForeignKey(
        TrainingProvider,
        on_delete=models.PROTECT,
        related_name="cohorts",
        null=True,
        blank=True,
        verbose_name="penyelenggara",
    )
    name = models.CharField("angkatan", max_length=80)
    funding_source = models.CharField("sumber dana", max_length=8, choices=FundingSource.choices)
    sub_activity = models.ForeignKey(
        "core.Nomenclature",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="sub kegiatan",
    )
    hours = models.PositiveIntegerField("jam pelajaran", null=True, blank=True)
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("selesai")
    quota = models.PositiveIntegerField("kuota")
    place = models.CharField("tempat", max_length=200, blank=True)
    state = StateField(
        "keadaan",
        max_length=12,
        choices=CohortState.choices,
        default=CohortState.PLANNED,
    )

    history = HistoricalRecords()
    objects = TrainingCohortQuerySet.as_manager()

    class Meta:
        verbose_name = "angkatan pelatihan"
        verbose_name_plural = "angkatan pelatihan"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CohortState.values), name="training_cohort_state"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="training_cohort_dates"),
            models.CheckConstraint(condition=Q(quota__gt=0), name="training_cohort_quota"),
            models.CheckConstraint(
                condition=Q(funding_source__in=FundingSource.values), name="training_cohort_funding"
            ),
            models.UniqueConstraint(
                fields=["programme", "name", "starts_on", "funding_source"], name="training_cohort_once"
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on", "funding_source"], name="training_cohort_ended"),
            models.Index(fields=["state", "starts_on"], name="training_cohort_open"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.name}"

    def clean(self) -> None:
        """Raise ValidationError for an end before the start or no seats."""
        problems = {}
        period = validators.period_problem(self.starts_on, self.ends_on)
        if period:
            problems["ends_on"] = period
        if self.quota is not None and self.quota < 1:
            problems["quota"] = "Kuota sedikitnya 1 orang."
        if problems:
            raise ValidationError(problems)

    def on_finish(self, *, actor) -> None:
        """A training is finished on its last day at the earliest."""
        if clock.today() < self.ends_on:
            raise Refused(
                f"Pelatihan ini baru selesai pada {formats.date_long(self.ends_on)}. "
                "Ubah dulu tanggal selesainya bila memang selesai lebih awal."
            )
