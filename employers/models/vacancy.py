"""Vacancies: what a company offers, and from when to when the public sees it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin
from simple_history.models import HistoricalRecords

from core import clock
from core.models.base import Record, RecordQuerySet, StateField
from core.workflow import governed
from employers import permissions, validators, workflows
from employers.enums import ContractType, VacancyState
from employers.models.company import Company


class VacancyQuerySet(RecordQuerySet):
    """Vacancies."""

    def visible_to(self, user) -> "VacancyQuerySet":
        """Staff see all vacancies, a company's operator the own ones; for everybody else see `open_on`."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(company__institution__in=permissions.own_companies(user))

    def open_on(self, day: date) -> "VacancyQuerySet":
        """Vacancies that the public sees on `day`; `closes_on` is the last day."""
        return self.filter(state=VacancyState.PUBLISHED, published_on__lte=day, closes_on__gte=day)


@governed(workflows.VACANCY)
class Vacancy(FSMModelMixin, Record):
    """One position offered by a company.

    Openings are persons: for men only, for women only, for either sex; how many of each were filled is told when the
    vacancy is closed, the others count as withdrawn. Wages are rupiah a month. `closes_on` is the last day on which one
    can apply; closing early moves it to the day of closing.
    """

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="vacancies", verbose_name="perusahaan"
    )
    title = models.CharField("nama jabatan", max_length=150)
    occupation = models.ForeignKey(
        "core.ClassificationCode",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="golongan jabatan (KBJI)",
    )
    description = models.TextField("uraian pekerjaan", blank=True)
    openings_male = models.PositiveIntegerField("kebutuhan laki-laki", default=0)
    openings_female = models.PositiveIntegerField("kebutuhan perempuan", default=0)
    openings_any = models.PositiveIntegerField("kebutuhan laki-laki atau perempuan", default=0)
    filled_male = models.PositiveIntegerField("terisi laki-laki", default=0)
    filled_female = models.PositiveIntegerField("terisi perempuan", default=0)
    filled_any = models.PositiveIntegerField("terisi laki-laki atau perempuan", default=0)
    education_min = models.ForeignKey(
        "core.EducationLevel",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="pendidikan terendah",
    )
    wage_from = models.BigIntegerField("upah terendah", null=True, blank=True)
    wage_to = models.BigIntegerField("upah tertinggi", null=True, blank=True)
    region = models.ForeignKey(
        "core.Region",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="tempat kerja",
    )
    contract_type = models.CharField(
        "jenis perjanjian kerja", max_length=16, choices=ContractType.choices, default=ContractType.FIXED_TERM
    )
    published_on = models.DateField("tayang sejak", null=True, blank=True)
    closes_on = models.DateField("ditutup pada", null=True, blank=True)
    state = StateField(
        "keadaan",
        max_length=16,
        choices=VacancyState.choices,
        default=VacancyState.DRAFT,
    )

    history = HistoricalRecords()
    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = "lowongan"
        verbose_name_plural = "lowongan"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=VacancyState.values), name="employers_vacancy_state"
            ),
            models.CheckConstraint(
                condition=Q(openings_male__gt=0) | Q(openings_female__gt=0) | Q(openings_any__gt=0),
                name="employers_vacancy_openings",
            ),
            models.CheckConstraint(
                condition=Q(
                    filled_male__lte=F("openings_male"),
                    filled_female__lte=F("openings_female"),
                    filled_any__lte=F("openings_any"),
                ),
                name="employers_vacancy_filled",
            ),
            models.CheckConstraint(
                condition=Q(state=VacancyState.CLOSED) | Q(filled_male=0, filled_female=0, filled_any=0),
                name="employers_vacancy_filled_closed",
            ),
            models.CheckConstraint(
                condition=Q(wage_from__isnull=True) | Q(wage_from__gte=0), name="employers_vacancy_wage"
            ),
            models.CheckConstraint(
                condition=Q(wage_to__isnull=True)
                | Q(wage_from__isnull=True)
                | Q(wage_to__gte=F("wage_from")),
                name="employers_vacancy_wage_range",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=(VacancyState.PUBLISHED, VacancyState.CLOSED),
                    published_on__isnull=False,
                    closes_on__isnull=False,
                    closes_on__gte=F("published_on"),
                )
                | Q(
                    state__in=(VacancyState.DRAFT, VacancyState.SUBMITTED, VacancyState.REJECTED),
                    published_on__isnull=True,
                ),
                name="employers_vacancy_published",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_on"], name="employers_vacancy_open"),
            models.Index(fields=["published_on", "closes_on"], name="employers_vacancy_shown"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def openings_total(self) -> int:
        """Persons wanted, whatever their sex."""
        return self.openings_male + self.openings_female + self.openings_any

    @property
    def filled_total(self) -> int:
        """Persons found, whatever their sex."""
        return self.filled_male + self.filled_female + self.filled_any

    def clean(self) -> None:
        """Raise ValidationError for no openings, a wage range upside down, or a close before publication."""
        problems = {}
        openings = validators.openings_problem(self.openings_male, self.openings_female, self.openings_any)
        if openings:
            problems["openings_any"] = openings
        wage = validators.wage_problem(self.wage_from, self.wage_to)
        if wage:
            problems["wage_to"] = wage
        period = validators.period_problem(self.published_on, self.closes_on)
        if period:
            problems["closes_on"] = period
        if problems:
            raise ValidationError(problems)

    def on_submit(self, *, actor) -> None:
        """A vacancy that is sent in names its last day, and that day has not passed."""
        validators.require_open_end(self.closes_on, clock.today())

    def on_publish(self, *, actor) -> None:
        """Publication starts today."""
        validators.require_open_end(self.closes_on, clock.today())
        self.published_on = clock.today()

    def on_close(self, *, actor, filled_male: int = 0, filled_female: int = 0, filled_any: int = 0) -> None:
        """Closing early moves the last day to today; a day that has passed stays. Raises ValidationError by field."""
        filled = {"male": filled_male, "female": filled_female, "any": filled_any}
        problems = {}
        for sex, number in filled.items():
            most = getattr(self, f"openings_{sex}")
            if not 0 <= number <= most:
                problems[f"filled_{sex}"] = f"Isi 0 sampai {most}, sebanyak yang dibutuhkan."
            setattr(self, f"filled_{sex}", number)
        if problems:
            raise ValidationError(problems)
        self.closes_on = min(self.closes_on, clock.today())
