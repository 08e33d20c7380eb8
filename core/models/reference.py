"""Reference data: what the state has numbered and named, with the version or the time it holds for."""

import datetime as dt

from django.db import models
from django.db.models import F, Q


class RegionLevel(models.TextChoices):
    """The four levels of the Kemendagri codes."""

    PROVINCE = "PROVINCE", "Provinsi"
    REGENCY = "REGENCY", "Kabupaten/Kota"
    DISTRICT = "DISTRICT", "Kecamatan"
    VILLAGE = "VILLAGE", "Kelurahan/Desa"


class RegionKind(models.TextChoices):
    """What a region of levels two and four is called."""

    NONE = "", "–"
    REGENCY = "REGENCY", "Kabupaten"
    CITY = "CITY", "Kota"
    URBAN = "URBAN", "Kelurahan"
    RURAL = "RURAL", "Desa"


class RegionQuerySet(models.QuerySet):
    """Regions by validity and place."""

    def current(self, on: dt.date | None = None) -> "RegionQuerySet":
        """Return the regions in force: today's list, or the one of the day `on`."""
        if on is None:
            return self.filter(valid_until=None)
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_until=None) | Q(valid_until__gte=on)
        )

    def within(self, region: "Region") -> "RegionQuerySet":
        """Return `region` itself and everything below it."""
        return self.filter(Q(code=region.code) | Q(code__startswith=region.code + "."))


class Region(models.Model):
    """A region under its Kemendagri code "PP.KK.CC.XXXX" (Kepmendagri 300.2.2-2430/2025), not the BPS code.

    A code that a split or merger has ended keeps its row with `valid_until` (the year of the last official
    list that has it), because a NIK issued under it stays valid for life.
    """

    code = models.CharField("kode", primary_key=True, max_length=13)
    name = models.CharField("nama", max_length=80)
    level = models.CharField("tingkat", max_length=8, choices=RegionLevel.choices)
    kind = models.CharField("jenis", max_length=7, choices=RegionKind.choices, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="induk"
    )
    valid_from = models.DateField("berlaku sejak", null=True, blank=True)
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "name"], name="region_level_name")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=RegionLevel.values), name="region_level_known"),
            models.CheckConstraint(condition=Q(kind__in=RegionKind.values), name="region_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
                name="region_valid_period",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plain_code(self) -> str:
        """The code without dots; of a district the first six digits of a NIK issued there."""
        return self.code.replace(".", "")


class RegionAlias(models.Model):
    """Another name of a region ("Medan Satria" for Medansatria), or the code it had before."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("nama lain", max_length=80)
    old_code = models.CharField("kode lama", max_length=13, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "name", "old_code"], name="region_alias_once"),
        ]
        indexes = [
            models.Index(fields=["name"], name="region_alias_name"),
            models.Index(fields=["old_code"], name="region_alias_old_code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} → {self.region_id}"


class Scheme(models.TextChoices):
    """The classifications of BPS that the office uses."""

    KBJI = "KBJI", "Klasifikasi Baku Jabatan Indonesia"
    KBLI = "KBLI", "Klasifikasi Baku Lapangan Usaha Indonesia"


class ClassificationCode(models.Model):
    """An occupation (KBJI) or industry (KBLI); a code means something only with its scheme and version."""

    scheme = models.CharField("klasifikasi", max_length=4, choices=Scheme.choices)
    version = models.CharField("versi", max_length=4)
    code = models.CharField("kode", max_length=8)
    level = models.PositiveSmallIntegerField("tingkat")
    title = models.CharField("judul", max_length=250)
    parent_code = models.CharField("kode induk", max_length=8, blank=True)

    class Meta:
        ordering = ["scheme", "version", "code"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version", "code"], name="classification_code_once"),
            models.CheckConstraint(condition=Q(scheme__in=Scheme.values), name="classification_scheme_known"),
        ]
        indexes = [models.Index(fields=["scheme", "version", "level"], name="classification_level")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def scheme_version(self) -> str:
        """The scheme with its version as one word: "KBJI2014"."""
        return f"{self.scheme}{self.version}"


class ClassificationMapping(models.Model):
    """Where a code of one version went in the next. Only differences are rows; all other shared codes stay.

    `to_code` empty: the group is gone. `from_code` empty: the group is new.
    """

    scheme = models.CharField("klasifikasi", max_length=4, choices=Scheme.choices)
    from_version = models.CharField("dari versi", max_length=4)
    from_code = models.CharField("kode lama", max_length=8, blank=True)
    to_version = models.CharField("ke versi", max_length=4)
    to_code = models.CharField("kode baru", max_length=8, blank=True)
    note = models.CharField("catatan", max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "from_version", "from_code", "to_version", "to_code"],
                name="classification_mapping_once",
            ),
            models.CheckConstraint(
                condition=~Q(from_code="") | ~Q(to_code=""), name="classification_mapping_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.from_code or '–'} → {self.to_code or '–'}"


class IpkEducationCode(models.Model):
    """A four-digit education code of the labour-market forms (IPK III)."""

    code = models.CharField("kode", primary_key=True, max_length=4)
    label = models.CharField("uraian", max_length=120)
    level = models.CharField("jenjang", max_length=4)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class EducationLevel(models.Model):
    """A step of the education ladder, with its level in the qualifications framework (KKNI) and IPK group."""

    code = models.CharField("kode", primary_key=True, max_length=16)
    label = models.CharField("jenjang", max_length=60)
    order = models.PositiveSmallIntegerField("urutan", unique=True)
    kkni_level = models.PositiveSmallIntegerField("jenjang KKNI", null=True, blank=True)
    ipk_group = models.CharField("kelompok IPK", max_length=40, blank=True)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.label


class NomenclatureLevel(models.TextChoices):
    """The three levels of the government's budget nomenclature."""

    PROGRAMME = "PROGRAMME", "Program"
    ACTIVITY = "ACTIVITY", "Kegiatan"
    SUB_ACTIVITY = "SUB_ACTIVITY", "Sub kegiatan"


class Nomenclature(models.Model):
    """A programme, kegiatan or sub kegiatan of one budget year. Without a code it shows *tanpa kode*."""

    year = models.PositiveSmallIntegerField("tahun")
    code = models.CharField("kode", max_length=24, null=True, blank=True)
    name = models.CharField("nama", max_length=300)
    level = models.CharField("tingkat", max_length=12, choices=NomenclatureLevel.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="induk"
    )
    order = models.PositiveSmallIntegerField("urutan", default=0)
    key = models.CharField("kunci", max_length=80)
    """Names the row in exports and figures, also where there is no official code; unique within the year."""

    class Meta:
        ordering = ["year", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="nomenclature_key_once_a_year"),
            models.UniqueConstraint(fields=["year", "code"], name="nomenclature_code_once_a_year"),
            models.UniqueConstraint(
                fields=["year", "name"], condition=Q(parent=None), name="nomenclature_programme_once_a_year"
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="nomenclature_name_once_a_parent"),
            models.CheckConstraint(
                condition=Q(level="PROGRAMME", parent=None)
                | Q(level__in=["ACTIVITY", "SUB_ACTIVITY"], parent__isnull=False),
                name="nomenclature_parent_by_level",
            ),
            models.CheckConstraint(condition=~Q(code=""), name="nomenclature_code_null_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def code_display(self) -> str:
        """The code, or the words for its absence."""
        return self.code or "tanpa kode"


class MinimumWage(models.Model):
    """The minimum wage of a region and year (UMK), rupiah with sen. Unverified ones carry a mark."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="minimum_wages")
    year = models.PositiveSmallIntegerField("tahun")
    amount = models.DecimalField("UMK (rupiah)", max_digits=14, decimal_places=2)
    decree = models.CharField("dasar", max_length=160, blank=True)
    verified = models.BooleanField("sudah diperiksa", default=False)

    class Meta:
        ordering = ["region", "year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year"], name="minimum_wage_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="minimum_wage_positive"),
        ]

    def __str__(self) -> str:
        return f"UMK {self.region} {self.year}"


class HolidayKind(models.TextChoices):
    """Why the office is closed."""

    NATIONAL = "NATIONAL", "Libur nasional"
    COLLECTIVE = "COLLECTIVE", "Cuti bersama"
    OFFICE = "OFFICE", "Libur kantor"


class Holiday(models.Model):
    """A day off. OFFICE days are the office's own and bind only here."""

    date = models.DateField("tanggal")
    name = models.CharField("nama", max_length=120)
    kind = models.CharField("jenis", max_length=10, choices=HolidayKind.choices)
    source = models.CharField("sumber", max_length=250, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["date", "kind", "name"], name="holiday_once"),
            models.CheckConstraint(condition=Q(kind__in=HolidayKind.values), name="holiday_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class DecreedYear(models.Model):
    """A year whose decree on holidays has been entered completely; other years are computed, provisional."""

    year = models.PositiveSmallIntegerField("tahun", primary_key=True)
    decree = models.CharField("dasar", max_length=160)

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class ReferenceFile(models.Model):
    """A data file as it was last loaded, so that an unchanged one is not read again."""

    name = models.CharField(primary_key=True, max_length=80)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
