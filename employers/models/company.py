"""A company of the city: the labour side of an institution."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Institution
from core.models.base import Record, RecordQuerySet
from employers import permissions, validators
from employers.enums import EmployerClass, Ownership


class CompanyQuerySet(RecordQuerySet):
    """Companies."""

    def visible_to(self, user) -> "CompanyQuerySet":
        """Staff of the register see all companies, an operator the own one, nobody else any."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        return self.filter(institution__in=permissions.own_companies(user))

    def operating_on(self, day: date) -> "CompanyQuerySet":
        """Companies in operation on `day`, both ends included."""
        return self.filter(operating_from__lte=day).filter(
            Q(operating_until__isnull=True) | Q(operating_until__gte=day)
        )


class Company(Record):
    """One employer that operates in the city. Name and address stand in its institution.

    `nib` is the business number of the OSS system (13 digits). `operating_until` is the last day of operation,
    empty while it operates.
    """

    institution = models.OneToOneField(
        Institution, on_delete=models.PROTECT, related_name="company", verbose_name="lembaga"
    )
    industry = models.ForeignKey(
        "core.ClassificationCode",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="lapangan usaha (KBLI)",
    )
    nib = models.CharField("NIB", max_length=13, blank=True, validators=[validators.validate_nib])
    ownership = models.CharField(
        "status permodalan", max_length=16, choices=Ownership.choices, default=Ownership.DOMESTIC
    )
    employer_class = models.PositiveSmallIntegerField(
        "golongan pemberi kerja", choices=EmployerClass.choices, default=EmployerClass.PRIVATE_COMPANY
    )
    operating_from = models.DateField("beroperasi sejak")
    operating_until = models.DateField("beroperasi sampai", null=True, blank=True)

    history = HistoricalRecords()
    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = "perusahaan"
        verbose_name_plural = "perusahaan"
        ordering = ["institution__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operating_until__isnull=True) | Q(operating_until__gte=F("operating_from")),
                name="employers_company_dates",
            ),
            models.CheckConstraint(
                condition=Q(employer_class__in=EmployerClass.values), name="employers_company_class"
            ),
            models.CheckConstraint(
                condition=Q(ownership__in=Ownership.values), name="employers_company_ownership"
            ),
            models.UniqueConstraint(fields=["nib"], condition=~Q(nib=""), name="employers_company_one_nib"),
        ]
        indexes = [
            models.Index(fields=["operating_from", "operating_until"], name="employers_company_operating")
        ]

    def __str__(self) -> str:
        return self.institution.name

    @property
    def name(self) -> str:
        """The name of the institution."""
        return self.institution.name

    def clean(self) -> None:
        """Raise ValidationError when the company ends before it starts."""
        problem = validators.period_problem(self.operating_from, self.operating_until)
        if problem:
            raise ValidationError({"operating_until": problem})
