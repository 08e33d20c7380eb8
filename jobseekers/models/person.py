"""The person: one row, with or without an account, a card or a verified NIK."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from core import clock
from core.models.base import Record, RecordQuerySet
from core.models.reference import RegionLevel
from core.personal import blind_index, clear_value, mask_nik, register_sealed
from jobseekers.enums import DesiredRegion, MaritalStatus, NikMethod, Religion, Sex
from jobseekers.permissions import can_read_people
from jobseekers.validators import three_digits

NIK_CONTEXT = "jobseekers.JobSeeker.nik"
KK_CONTEXT = "jobseekers.JobSeeker.kk"
KK_DOMAIN = "kk"


def kk_index_of(kk: str) -> bytes:
    """Return the blind index of a family card number (sixteen digits); apart from that of a NIK."""
    return blind_index(kk, domain=KK_DOMAIN)


LIVING = Q(merged_into__isnull=True, erased_at__isnull=True)
"""Rows that stand for a person: not a merged tombstone, not erased."""


class JobSeekerQuerySet(RecordQuerySet):
    """People."""

    def living(self) -> "JobSeekerQuerySet":
        """Rows that stand for a person today: neither merged away nor erased."""
        return self.filter(LIVING)

    def visible_to(self, user) -> "JobSeekerQuerySet":
        """The front-desk and related staff see all people; a job seeker only their own row."""
        if can_read_people(user):
            return self
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(user=user)


class JobSeeker(Record):
    """One person. Enrolments, placements and parties of cases point here.

    The NIK is sealed and bound to this row; `nik_index` (keyed hash, 32 bytes) finds it. Only a verified NIK
    is unique, so that a stranger's claim on somebody's number can't lock the owner out.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="jobseeker",
        verbose_name="akun",
    )
    full_name = models.CharField("nama lengkap", max_length=150)
    nik_sealed = models.BinaryField("NIK", null=True, max_length=128)
    nik_index = models.BinaryField(null=True, max_length=32)
    nik_verified_at = models.DateTimeField("NIK diverifikasi pada", null=True, blank=True)
    nik_verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    nik_verified_method = models.CharField(
        "cara verifikasi NIK", max_length=16, choices=NikMethod.choices, blank=True
    )
    kk_sealed = models.BinaryField("nomor KK", null=True, max_length=128)
    kk_index = models.BinaryField(null=True, max_length=32)
    birth_place = models.CharField("tempat lahir", max_length=100, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices)
    marital_status = models.CharField(
        "status perkawinan", max_length=16, choices=MaritalStatus.choices, blank=True
    )
    religion = models.CharField("agama", max_length=16, choices=Religion.choices, blank=True)
    education = models.ForeignKey(
        "core.EducationLevel",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pendidikan terakhir",
    )
    education_major = models.CharField("jurusan", max_length=150, blank=True)
    education_school = models.CharField("sekolah atau kampus", max_length=150, blank=True)
    graduation_year = models.PositiveSmallIntegerField("tahun lulus", null=True, blank=True)
    skills = models.TextField("keterampilan dan pengalaman", max_length=400, blank=True)
    village = models.ForeignKey(
        "core.Region",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="kelurahan",
    )
    address = models.CharField("alamat", max_length=205, blank=True)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    domicile_village = models.ForeignKey(
        "core.Region",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="kelurahan domisili",
    )
    domicile_address = models.CharField("alamat domisili", max_length=205, blank=True)
    domicile_rt = models.CharField("RT domisili", max_length=3, blank=True)
    domicile_rw = models.CharField("RW domisili", max_length=3, blank=True)
    desired_region = models.CharField(
        "daerah kerja yang diinginkan", max_length=16, choices=DesiredRegion.choices, blank=True
    )
    wage_expectation = models.PositiveIntegerField("upah yang diharapkan (rupiah)", null=True, blank=True)
    phone = models.CharField("telepon", max_length=16, blank=True)
    email = models.EmailField("surel", blank=True)
    photo = models.ForeignKey(
        "core.StoredFile",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="pas foto",
    )
    registered_on = models.DateField("terdaftar sejak", default=clock.today)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="tombstones"
    )
    erased_at = models.DateTimeField("dihapus pada", null=True, blank=True)

    history = HistoricalRecords()
    objects = JobSeekerQuerySet.as_manager()

    class Meta:
        verbose_name = "pencari kerja"
        verbose_name_plural = "pencari kerja"
        indexes = [
            models.Index(
                # the last two are always empty here; with them SQLite answers the cube from the index alone
                fields=["village", "education", "sex", "birth_date", "merged_into", "erased_at"],
                condition=LIVING,
                name="person_cube",
            ),
            models.Index(fields=["nik_index"], name="person_nik_index"),
            models.Index(fields=["full_name"], name="person_full_name"),
            models.Index(fields=["kk_index"], name="person_kk_index"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["nik_index"],
                condition=Q(nik_verified_at__isnull=False) & LIVING,
                name="person_one_verified_nik",
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="person_sex"),
            models.CheckConstraint(
                condition=Q(nik_sealed__isnull=True, nik_index__isnull=True)
                | Q(nik_sealed__isnull=False, nik_index__isnull=False),
                name="person_nik_sealed_with_index",
            ),
            models.CheckConstraint(
                condition=Q(kk_index__isnull=True) | Q(kk_sealed__isnull=False),
                name="person_kk_index_with_sealed",
            ),
            models.CheckConstraint(
                condition=Q(desired_region__in=["", *DesiredRegion.values]), name="person_desired_region"
            ),
            models.CheckConstraint(
                condition=Q(nik_verified_at__isnull=True, nik_verified_method="")
                | Q(
                    nik_verified_at__isnull=False,
                    nik_index__isnull=False,
                    nik_verified_method__in=NikMethod.values,
                ),
                name="person_nik_verified_how",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(nik_sealed__isnull=True, kk_sealed__isnull=True, photo__isnull=True, user__isnull=True),
                name="person_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="person_not_merged_into_self",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(user__isnull=True),
                name="person_tombstone_has_no_account",
            ),
            models.CheckConstraint(
                condition=Q(graduation_year__isnull=True) | Q(graduation_year__range=(1940, 2100)),
                name="person_graduation_year",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_living(self) -> bool:
        """Whether the row stands for a person: neither merged away nor erased."""
        return self.merged_into_id is None and self.erased_at is None

    def read_nik(self) -> str:
        """Return the NIK in clear, or "". Callers must have the right to it and leave an audit event."""
        return clear_value(self, "nik_sealed")

    def read_kk(self) -> str:
        """Return the family card number in clear, or ""; same duty as `read_nik`."""
        return clear_value(self, "kk_sealed")

    @property
    def nik_masked(self) -> str:
        """The NIK as pages show it: first four and last two digits."""
        nik = self.read_nik()
        return mask_nik(nik) if nik else ""

    def address_line(self) -> str:
        """Street, RT/RW, kelurahan, kecamatan and city in one line; load `village__parent__parent` before."""
        return _line(self.address, self.rt, self.rw, self.village)

    def domicile_line(self) -> str:
        """The same of where the person lives now, "" when that is the KTP's address."""
        if self.domicile_village_id is None:
            return ""
        return _line(self.domicile_address, self.domicile_rt, self.domicile_rw, self.domicile_village)


def _line(street: str, rt: str, rw: str, village) -> str:
    # rows written before RT and RW were brought to three digits print like all others
    parts = [f"{street} RT {three_digits(rt)} RW {three_digits(rw)}".strip() if rt and rw else street]
    if (
        village is not None and village.level == RegionLevel.DISTRICT
    ):  # a KTP from a city whose kelurahan we don't have
        parts += [f"Kecamatan {village.name}", village.parent.name if village.parent else ""]
    elif village is not None:
        parts.append(f"Kelurahan {village.name}")
        if village.parent is not None:
            parts.append(f"Kecamatan {village.parent.name}")
            if village.parent.parent is not None:
                parts.append(village.parent.parent.name)
    return ", ".join(part for part in parts if part)


register_sealed(JobSeeker, "nik_sealed", context=NIK_CONTEXT)
register_sealed(JobSeeker, "kk_sealed", context=KK_CONTEXT)
