"""A placement: one person and one job start."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from core.models.reference import ClassificationCode
from employers.enums import EmployerClass
from employers.models import Company
from jobseekers.models import JobSeeker
from placements import permissions
from placements.enums import Channel, ContractType, Reach, WageBand


class PlacementQuerySet(RecordQuerySet):
    """Placements."""

    def visible_to(self, user) -> "PlacementQuerySet":
        """Officers see all; an operator those that the own institution reported; a person the own ones."""
        if permissions.has_role(user, *permissions.READERS):
            return self
        if not (user and user.is_authenticated):
            return self.none()
        own = self.model.objects.filter(reports__institution__in=permissions.reporting_institutions(user))
        return self.filter(Q(jobseeker__user=user) | Q(pk__in=own.values("pk")))


class Placement(Record):
    """One person and one job start, with an employer or in a business of the person's own.

    ``company`` is the registered employer; one outside the register is named in ``employer_name``. Reports of
    several channels about the same start point at one placement. ``primary_channel`` is the channel of the last
    service before the start; the service layer keeps it.
    """

    jobseeker = models.ForeignKey(
        JobSeeker, on_delete=models.PROTECT, related_name="placements", verbose_name="orang"
    )
    company = models.ForeignKey(
        Company,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
        verbose_name="perusahaan",
    )
    employer_name = models.CharField("nama pemberi kerja", max_length=200, blank=True)
    own_business = models.BooleanField("usaha sendiri", default=False)
    employer_class = models.PositiveSmallIntegerField(
        "golongan pemberi kerja", choices=EmployerClass.choices, null=True, blank=True
    )
    occupation = models.ForeignKey(
        ClassificationCode,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="jabatan",
    )
    position = models.CharField("pekerjaan", max_length=150, blank=True)
    reach = models.CharField("jenis antar kerja", max_length=4, choices=Reach, default=Reach.AKL)
    destination = models.CharField("kota atau negara tujuan", max_length=100, blank=True)
    started_on = models.DateField("mulai bekerja")
    contract_type = models.CharField("ikatan kerja", max_length=12, choices=ContractType)
    wage_band = models.CharField("upah", max_length=16, choices=WageBand, default=WageBand.UNKNOWN)
    primary_channel = models.CharField("jalur utama", max_length=14, choices=Channel, blank=True)
    history = HistoricalRecords()
    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "penempatan"
        ordering = ["-started_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(own_business=True, company__isnull=True, employer_name="")
                | Q(own_business=False, company__isnull=False, employer_name="")
                | (Q(own_business=False, company__isnull=True) & ~Q(employer_name="")),
                name="placement_one_employer",
            ),
            models.CheckConstraint(
                condition=Q(own_business=True, contract_type=ContractType.OWN_BUSINESS)
                | (Q(own_business=False) & ~Q(contract_type=ContractType.OWN_BUSINESS)),
                name="placement_contract_fits_employer",
            ),
            models.UniqueConstraint(
                fields=["jobseeker", "company", "started_on"],
                condition=Q(company__isnull=False),
                name="placement_once_a_company_and_day",
            ),
            models.UniqueConstraint(
                fields=["jobseeker", "employer_name", "started_on"],
                condition=Q(company__isnull=True),
                name="placement_once_an_employer_and_day",
            ),
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="placement_reach_known"),
            models.CheckConstraint(
                condition=Q(primary_channel__in=["", *Channel.values]), name="placement_channel_known"
            ),
        ]
        indexes = [
            models.Index(fields=["started_on", "jobseeker"], name="placement_started_person"),
        ]

    def __str__(self) -> str:
        return f"{self.jobseeker} – {self.employer_display}"

    @property
    def employer_display(self) -> str:
        """The employer as a reader sees it."""
        if self.own_business:
            return "Usaha sendiri"
        return self.company.institution.name if self.company_id else self.employer_name
