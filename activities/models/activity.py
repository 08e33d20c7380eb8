"""An activity of the office, with its participants counted by category and sex."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from activities import permissions, validators, workflows
from activities.enums import ActivityKind, ActivityState, ParticipantCategory
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed


class ActivityQuerySet(RecordQuerySet):
    """Activities."""

    def visible_to(self, user) -> "ActivityQuerySet":
        """Staff who read the register see all of it, nobody else any."""
        return self if permissions.can_read_activities(user) else self.none()

    def counted(self) -> "ActivityQuerySet":
        """Activities that count: not struck."""
        return self.filter(state=ActivityState.RECORDED)

    def with_participants(self) -> "ActivityQuerySet":
        """Each row with ``people``, the number of its participants."""
        people = (
            ActivityParticipants.objects.filter(activity=models.OuterRef("pk"))
            .order_by()
            .values("activity")
            .annotate(people=models.Sum(F("male") + F("female")))
            .values("people")
        )
        return self.annotate(
            people=models.functions.Coalesce(
                models.Subquery(people, output_field=models.IntegerField()), models.Value(0)
            )
        )


@governed(workflows.ACTIVITY)
class Activity(FSMModelMixin, Record):
    """One activity; of one day when `ended_on` is empty. `output_quantity` counts `output_unit` (people …)."""

    held_on = models.DateField("dilaksanakan pada")
    ended_on = models.DateField("selesai pada", null=True, blank=True)
    sub_activity = models.ForeignKey(
        "core.Nomenclature",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="sub kegiatan",
    )
    kind = models.CharField("jenis", max_length=24, choices=ActivityKind.choices)
    title = models.CharField("nama kegiatan", max_length=200)
    place = models.CharField("tempat", max_length=200, blank=True)
    output_unit = models.CharField("satuan keluaran", max_length=40, blank=True)
    output_quantity = models.DecimalField(
        "jumlah keluaran", max_digits=12, decimal_places=2, null=True, blank=True
    )
    notes = models.TextField("catatan", blank=True)
    evidence = models.ForeignKey(
        "core.StoredFile",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="bukti",
    )
    state = StateField(
        "keadaan",
        max_length=12,
        choices=ActivityState.choices,
        default=ActivityState.RECORDED,
    )

    history = HistoricalRecords()
    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ActivityState.values), name="activities_activity_state"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ActivityKind.values), name="activities_activity_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("held_on")),
                name="activities_activity_dates",
            ),
            models.CheckConstraint(
                condition=Q(output_quantity__isnull=True) | (Q(output_quantity__gte=0) & ~Q(output_unit="")),
                name="activities_activity_output",
            ),
        ]
        indexes = [models.Index(fields=["held_on", "state"], name="activities_activity_held")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raise ValidationError for an end before the start or an output without a unit."""
        problems = {}
        dates = validators.dates_problem(self.held_on, self.ended_on)
        if dates:
            problems["ended_on"] = dates
        output = validators.output_problem(self.output_quantity, self.output_unit)
        if output:
            problems["output_unit"] = output
        if problems:
            raise ValidationError(problems)


class ActivityParticipants(models.Model):
    """How many people of one category took part, by sex."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="participants", verbose_name="kegiatan"
    )
    category = models.CharField("kelompok peserta", max_length=16, choices=ParticipantCategory.choices)
    male = models.PositiveIntegerField("laki-laki", default=0)
    female = models.PositiveIntegerField("perempuan", default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "peserta kegiatan"
        verbose_name_plural = "peserta kegiatan"
        ordering = ["activity", "category"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "category"], name="activities_participants_once"),
            models.CheckConstraint(
                condition=Q(category__in=ParticipantCategory.values), name="activities_participants_category"
            ),
            models.CheckConstraint(
                condition=Q(male__gt=0) | Q(female__gt=0), name="activities_participants_some"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.male + self.female}"

    @property
    def total(self) -> int:
        """People of both sexes."""
        return self.male + self.female
