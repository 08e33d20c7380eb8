"""The office that runs this installation."""

import datetime as dt
import re

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from core import clock, policies
from core.contrast import contrast, is_hex
from core.errors import Refused
from core.formats import number
from core.models.files import StoredFile
from core.models.reference import Region

CACHE_KEY = "core.agency"
CACHE_SECONDS = 60

DEFAULT_COLOURS = {
    "accent": "#0d5c63",
    "accent-d": "#083c42",
    "accent-m": "#4f9195",
    "accent-l": "#b9d5d6",
    "accent-t": "#e8f2f2",
}
WHITE = "#ffffff"
# (text, background, least ratio, what it is to the reader)
CONTRASTS = (
    ("accent", "accent-t", 4.5, "warna utama di atas latar muda"),
    ("accent", WHITE, 4.5, "warna utama di atas putih"),
    ("accent-m", WHITE, 3.0, "warna kedua grafik di atas putih"),
    (WHITE, "accent-d", 4.5, "putih di atas warna tua"),
    ("accent-l", "accent-d", 4.5, "teks muda di atas warna tua"),
)


class NoAgency(Refused):
    """The installation has no office profile yet."""


def check_colours(colours: dict) -> None:
    """Raise ValidationError unless `colours` is empty or a whole set with enough contrast (WCAG 2.2 AA)."""
    if not colours:
        return
    if set(colours) != set(DEFAULT_COLOURS):
        raise ValidationError(f"Isi kelima warna sekaligus: {', '.join(DEFAULT_COLOURS)}.")
    for name, colour in colours.items():
        if not is_hex(colour):
            raise ValidationError(f"Warna {name} harus ditulis seperti #0d5c63.")
    for text, ground, least, meaning in CONTRASTS:
        ratio = contrast(colours.get(text, text), colours.get(ground, ground))
        if ratio < least:
            raise ValidationError(
                f"Kontras {meaning} hanya {number(ratio, 2)}, padahal paling sedikit {number(least, 1)}. "
                "Pilih warna yang lebih gelap atau lebih terang."
            )


def check_policies(values: dict) -> None:
    """Raise ValidationError on a policy nobody registered or a value of the wrong kind."""
    for name, value in values.items():
        try:
            policies.get(name).checked(value)
        except policies.UnknownPolicy as refusal:
            raise ValidationError(refusal.message) from refusal


def check_number_formats(formats: dict) -> None:
    """Raise ValidationError unless each format uses number and year, e.g. "{region4}{dd}{mm}{yy}{n:06}".

    Numbers start again every year: without the year two papers would have the same one.
    """
    for series, pattern in formats.items():
        if not isinstance(pattern, str) or not re.search(r"\{n(:0[1-9])?\}", pattern):
            raise ValidationError(f"Format nomor “{series}” harus memuat {{n}} atau {{n:06}}.")
        if "{yyyy}" not in pattern and "{yy}" not in pattern:
            raise ValidationError(
                f"Format nomor “{series}” harus memuat tahun, {{yyyy}} atau {{yy}}, "
                "karena nomor urut mulai lagi dari 1 setiap tahun."
            )


class AgencyProfile(models.Model):
    """The office's name, address, head and choices. One row; read it by `AgencyProfile.current()`."""

    code = models.SlugField("kode", max_length=40)
    name = models.CharField("nama dinas", max_length=120)
    government = models.CharField("pemerintah daerah", max_length=120)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name="wilayah")
    address = models.CharField("alamat", max_length=250, blank=True)
    phone = models.CharField("telepon", max_length=30, blank=True)
    email = models.EmailField("surel", blank=True)
    website = models.URLField("situs", blank=True)
    hours = models.CharField("jam layanan", max_length=120, blank=True)
    logo = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name="logo"
    )
    head_name = models.CharField("nama kepala dinas", max_length=120, blank=True)
    head_nip = models.CharField("NIP kepala dinas", max_length=18, blank=True)
    head_rank = models.CharField("pangkat kepala dinas", max_length=80, blank=True)
    head_title = models.CharField("jabatan", max_length=120, blank=True)
    number_formats = models.JSONField(
        "format nomor", default=dict, blank=True, validators=[check_number_formats]
    )
    policies = models.JSONField("kebijakan", default=dict, blank=True, validators=[check_policies])
    colours = models.JSONField("warna", default=dict, blank=True, validators=[check_colours])
    demo_date = models.DateField("hari dalam demo", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="agency_profile_one_row"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.region.name}" if self.region_id else self.name

    def save(self, *args, **kwargs) -> None:
        """Validate, write the only row, and forget the cached copy."""
        self.pk = 1
        self.full_clean(validate_unique=False, validate_constraints=False)
        super().save(*args, **kwargs)
        forget()
        transaction.on_commit(forget)

    def clean(self) -> None:
        """Check the head's NIP: eighteen digits when given."""
        if self.head_nip and not re.fullmatch(r"[0-9]{18}", self.head_nip):
            raise ValidationError({"head_nip": "NIP harus 18 angka."})

    @classmethod
    def current(cls) -> "AgencyProfile":
        """Return the office of this installation; raise NoAgency before one is set up."""
        profile = cache.get(CACHE_KEY)
        if profile is None:
            profile = cls.objects.select_related("region", "logo").filter(pk=1).first()
            if profile is None:
                raise NoAgency(
                    "Profil dinas belum diisi. Jalankan perintah “demo” atau isi profil dinas lebih dulu."
                )
            cache.set(CACHE_KEY, profile, CACHE_SECONDS)
        return profile

    @property
    def full_name(self) -> str:
        """The name with its city: "Dinas Tenaga Kerja Kota Cimahi"."""
        return f"{self.name} {self.region.name}"

    @property
    def palette(self) -> dict[str, str]:
        """The five colours of the pages: the office's own or the default ones."""
        return self.colours or DEFAULT_COLOURS

    def policy(self, name: str):
        """Return the office's choice for a registered policy, or its default."""
        return self.policies.get(name, policies.get(name).default)


def forget() -> None:
    """Drop the cached profile."""
    cache.delete(CACHE_KEY)
    cache.delete(CACHE_KEY + ".demo_date")


def demo_date() -> dt.date | None:
    """Return the day the demo runs on; None outside demo mode or when the profile names none."""
    if not settings.DEMO_MODE:
        return None
    held = cache.get(CACHE_KEY + ".demo_date")
    if held is None:
        held = AgencyProfile.objects.filter(pk=1).values_list("demo_date", flat=True).first() or ""
        cache.set(CACHE_KEY + ".demo_date", held, CACHE_SECONDS)
    return held or None


clock.set_demo_day_source(demo_date)
