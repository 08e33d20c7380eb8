"""What a person knows, did and wants: rows under the person, one kind a model.

They carry no history of their own: every change goes through `services.profile`, which raises the person's version,
so that a file that was changed meanwhile can't be approved unseen.
"""

from django.db import models
from django.db.models import F, Q

from core.models.base import Record, RecordQuerySet
from core.personal import clear_value, register_sealed
from jobseekers.enums import DisabilityKind, SkillLevel
from jobseekers.permissions import can_read_needs, can_read_people


class ProfileRowQuerySet(RecordQuerySet):
    """Rows of a profile."""

    def visible_to(self, user) -> "ProfileRowQuerySet":
        """Who may read the person's file, and the person."""
        if can_read_people(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class ProfileRow(models.Model):
    """Base of the rows of a profile, in the order the person gave them."""

    jobseeker = models.ForeignKey(
        "jobseekers.JobSeeker",
        on_delete=models.CASCADE,
        related_name="%(class)s_rows",
        verbose_name="pencari kerja",
    )
    position = models.PositiveSmallIntegerField("urutan", default=0)

    objects = ProfileRowQuerySet.as_manager()

    class Meta:
        abstract = True


class Schooling(ProfileRow):
    """One step of formal education. `grade` is kept as it stands on the diploma ("8,42", "3.51", "Lulus")."""

    level = models.ForeignKey(
        "core.EducationLevel", on_delete=models.PROTECT, related_name="+", verbose_name="jenjang"
    )
    ipk_code = models.ForeignKey(
        "core.IpkEducationCode",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="jenis pendidikan (kode IPK)",
    )
    school = models.CharField("sekolah atau kampus", max_length=150)
    major = models.CharField("jurusan", max_length=150, blank=True)
    graduated = models.PositiveSmallIntegerField("tahun lulus")
    grade = models.CharField("nilai", max_length=20, blank=True)

    class Meta:
        verbose_name = "riwayat pendidikan"
        verbose_name_plural = "riwayat pendidikan"
        ordering = ["-graduated", "position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(graduated__range=(1940, 2100)), name="schooling_year")
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.graduated}"


class Skill(ProfileRow):
    """Something the person can do."""

    name = models.CharField("keterampilan", max_length=120)
    level = models.CharField("tingkat", max_length=8, choices=SkillLevel.choices, default=SkillLevel.BASIC)

    class Meta:
        verbose_name = "keterampilan"
        verbose_name_plural = "keterampilan"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "name"], name="skill_once"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="skill_level"),
        ]

    def __str__(self) -> str:
        return self.name


class Language(ProfileRow):
    """A language the person speaks."""

    name = models.CharField("bahasa", max_length=60)
    level = models.CharField("tingkat", max_length=8, choices=SkillLevel.choices, default=SkillLevel.BASIC)

    class Meta:
        verbose_name = "bahasa"
        verbose_name_plural = "bahasa"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "name"], name="language_once"),
            models.CheckConstraint(condition=Q(level__in=SkillLevel.values), name="language_level"),
        ]

    def __str__(self) -> str:
        return self.name


class WorkHistory(ProfileRow):
    """A former or present job. Months are given as their first day; `ended_on` empty: still there."""

    employer = models.CharField("tempat kerja", max_length=150)
    occupation = models.CharField("jabatan", max_length=120)
    started_on = models.DateField("mulai")
    ended_on = models.DateField("selesai", null=True, blank=True)
    duties = models.CharField("tugas", max_length=300, blank=True)

    class Meta:
        verbose_name = "pengalaman kerja"
        verbose_name_plural = "pengalaman kerja"
        ordering = ["-started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="work_history_span",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation}, {self.employer}"


class TrainingHistory(ProfileRow):
    """A training elsewhere, by the person's word. The office's own come through `jobseekers.registries`."""

    name = models.CharField("pelatihan", max_length=150)
    provider = models.CharField("penyelenggara", max_length=150)
    year = models.PositiveSmallIntegerField("tahun")
    certificate_no = models.CharField("nomor sertifikat", max_length=60, blank=True)

    class Meta:
        verbose_name = "riwayat pelatihan"
        verbose_name_plural = "riwayat pelatihan"
        ordering = ["-year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(year__range=(1940, 2100)), name="training_history_year")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"


class DesiredOccupation(ProfileRow):
    """An occupation the person looks for, by its KBJI code; scheme and version are those of the code."""

    occupation = models.ForeignKey(
        "core.ClassificationCode", on_delete=models.PROTECT, related_name="+", verbose_name="jabatan (KBJI)"
    )

    class Meta:
        verbose_name = "jabatan yang diinginkan"
        verbose_name_plural = "jabatan yang diinginkan"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["jobseeker", "occupation"], name="desired_occupation_once")
        ]

    def __str__(self) -> str:
        return str(self.occupation)


class AccommodationNeedQuerySet(RecordQuerySet):
    """Needs of people with a disability: specific personal data (UU 27/2022 Ps 4)."""

    def visible_to(self, user) -> "AccommodationNeedQuerySet":
        """The person, and those few whose work it is; everybody else sees counts only."""
        if can_read_needs(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(jobseeker__user=user)


class AccommodationNeed(Record):
    """Kind of disability and what the person needs to work: a table of its own, read only where it is needed.

    The need is sealed at rest; it is asked for, a diagnosis is not.
    """

    jobseeker = models.OneToOneField(
        "jobseekers.JobSeeker",
        on_delete=models.CASCADE,
        related_name="accommodation_need",
        verbose_name="pencari kerja",
    )
    kind = models.CharField("ragam disabilitas", max_length=16, choices=DisabilityKind.choices)
    need_sealed = models.BinaryField("kebutuhan akomodasi", max_length=2000)

    objects = AccommodationNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "kebutuhan akomodasi"
        verbose_name_plural = "kebutuhan akomodasi"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DisabilityKind.values), name="accommodation_kind")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def read_need(self) -> str:
        """Return the need in clear, or "". Callers must have the right to it."""
        return clear_value(self, "need_sealed")


register_sealed(AccommodationNeed, "need_sealed")
