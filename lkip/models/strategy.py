"""What the office wants and who it is: statements of the plan, units, staff, and what it shares with others."""

from datetime import date

from django.db import models
from simple_history.models import HistoricalRecords

from core.models.base import Record, RecordQuerySet
from core.models.reference import EducationLevel, Nomenclature
from lkip.enums import Employment, PostClass, StatementKind
from lkip.models.plan import Objective
from lkip.permissions import can_see_report


class StatementQuerySet(models.QuerySet):
    """Statements."""

    def in_force(self, year: int) -> "StatementQuerySet":
        """Those that hold in the year."""
        return self.filter(
            models.Q(from_year__lte=year), models.Q(to_year=None) | models.Q(to_year__gte=year)
        )


class Statement(Record):
    """One sentence of the strategy: visi, misi, issue, legal basis, duty, strategy or policy direction.

    A strategy serves an objective, a policy direction a strategy (`parent`), a mission the vision: read down, they are
    the matrix tujuan – sasaran – strategi – arah kebijakan. ``reference`` names the document that says so.
    """

    kind = models.CharField("jenis", max_length=12, choices=StatementKind)
    text = models.TextField("isi")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="induk"
    )
    objective = models.ForeignKey(
        Objective,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategies",
        verbose_name="sasaran",
    )
    from_year = models.PositiveSmallIntegerField("berlaku mulai tahun")
    to_year = models.PositiveSmallIntegerField("berlaku sampai tahun", null=True, blank=True)
    reference = models.CharField("dokumen", max_length=250, blank=True)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    history = HistoricalRecords()

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=StatementKind.values), name="statement_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(to_year=None) | models.Q(to_year__gte=models.F("from_year")),
                name="statement_years_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=StatementKind.STRATEGY) | models.Q(objective__isnull=False),
                name="statement_strategy_serves_an_objective",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=StatementKind.POLICY) | models.Q(parent__isnull=False),
                name="statement_policy_under_a_strategy",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Unit(Record):
    """A box of the organisation chart: the office, its secretariat, sections, sub sections, technical units."""

    key = models.SlugField("kunci", max_length=60, unique=True)
    name = models.CharField("nama", max_length=150)
    head_post = models.CharField("jabatan pimpinan", max_length=150, blank=True)
    duty = models.TextField("tugas", blank=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name="di bawah",
    )
    section = models.ForeignKey(
        "accounts.Institution",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="bidang",
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class StaffMemberQuerySet(RecordQuerySet):
    """Rows of the staff register."""

    def visible_to(self, user) -> "StaffMemberQuerySet":
        """The register is for the office's staff; nobody else sees a row."""
        return self.all() if can_see_report(user) else self.none()

    def serving_on(self, day: date) -> "StaffMemberQuerySet":
        """Those who hold a post on the day."""
        return self.filter(
            models.Q(started_on__lte=day), models.Q(ended_on=None) | models.Q(ended_on__gte=day)
        )


class StaffMember(Record):
    """One person's time in one post of the office; who changes post, grade or education gets a new row."""

    name = models.CharField("nama", max_length=150)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff", verbose_name="unit")
    post = models.CharField("jabatan", max_length=150)
    post_class = models.CharField("kelompok jabatan", max_length=14, choices=PostClass)
    grade = models.CharField("golongan", max_length=5, blank=True)
    education = models.ForeignKey(
        EducationLevel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pendidikan",
    )
    employment = models.CharField("status kepegawaian", max_length=8, choices=Employment)
    started_on = models.DateField("mulai")
    ended_on = models.DateField("sampai", null=True, blank=True)
    history = HistoricalRecords()

    objects = StaffMemberQuerySet.as_manager()

    class Meta:
        ordering = ["unit__position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="staff_member_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(employment=Employment.NON_ASN, grade="")
                | ~models.Q(employment=Employment.NON_ASN),
                name="staff_member_grade_is_for_asn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"


class CrossCutting(Record):
    """A programme of ours to which another office contributes, and with what."""

    nomenclature = models.ForeignKey(
        Nomenclature, on_delete=models.PROTECT, related_name="+", verbose_name="program"
    )
    partner = models.CharField("perangkat daerah lain", max_length=200)
    contribution = models.TextField("peran")
    position = models.PositiveSmallIntegerField("urutan", default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nomenclature", "partner"], name="cross_cutting_partner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.nomenclature} – {self.partner}"
