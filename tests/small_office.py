"""The smallest office in which a card is issued: a few kelurahan, five levels of education, the profile."""

import io
from datetime import date

from PIL import Image

from core import files
from core.images import Content
from core.models import AgencyProfile, EducationLevel, Region
from core.models.reference import RegionKind, RegionLevel
from core.personal import make_nik

PLACES = [
    ("32", "Jawa Barat", RegionLevel.PROVINCE, ""),
    ("32.77", "Kota Cimahi", RegionLevel.REGENCY, RegionKind.CITY),
    ("32.77.01", "Cimahi Selatan", RegionLevel.DISTRICT, ""),
    ("32.77.01.1001", "Melong", RegionLevel.VILLAGE, RegionKind.URBAN),
    ("32.77.01.1002", "Cibeureum", RegionLevel.VILLAGE, RegionKind.URBAN),
    ("32.77.02", "Cimahi Tengah", RegionLevel.DISTRICT, ""),
    ("32.77.02.1001", "Baros", RegionLevel.VILLAGE, RegionKind.URBAN),
    ("32.77.02.1002", "Cigugur Tengah", RegionLevel.VILLAGE, RegionKind.URBAN),
    ("32.75", "Kota Bekasi", RegionLevel.REGENCY, RegionKind.CITY),
    ("32.75.01", "Bekasi Timur", RegionLevel.DISTRICT, ""),
    ("32.75.01.1001", "Bekasi Jaya", RegionLevel.VILLAGE, RegionKind.URBAN),
]
LEVELS = ("SD", "SMP", "SMA", "SMK", "S1")


def make_places() -> dict[str, Region]:
    """A city with two kecamatan of two kelurahan each, and one kelurahan of another city; by code."""
    for code, name, level, kind in PLACES:
        Region.objects.create(
            code=code, name=name, level=level, kind=kind, parent_id=code.rpartition(".")[0] or None
        )
    return {row.code: row for row in Region.objects.all()}


def make_levels() -> dict[str, EducationLevel]:
    """Five levels of education; by code."""
    for order, code in enumerate(LEVELS):
        EducationLevel.objects.create(code=code, label=code, order=order)
    return {row.code: row for row in EducationLevel.objects.all()}


def make_agency(**fields) -> AgencyProfile:
    """The office of the city; without other policies it demands a KTP and a diploma."""
    profile = AgencyProfile(
        code="cimahi",
        name="Dinas Tenaga Kerja",
        government="Pemerintah Kota Cimahi",
        region=Region.objects.get(code="32.77"),
        address="Jalan Contoh Raya Nomor 1, Cimahi 40500",
        phone="(022) 0000000",
        **fields,
    )
    profile.save()
    return profile


def make_photo(owner=None):
    """A small red picture, kept as a photo."""
    picture = io.BytesIO()
    Image.new("RGB", (48, 64), (180, 30, 30)).save(picture, "JPEG")
    return files.store(Content(picture.getvalue(), "image/jpeg"), actor=owner, kind="jobseekers.photo")


def make_person(number: int, *, actor=None, **changes):
    """A person whose file is complete; `number` ends the NIK, keyword arguments replace answers."""
    from jobseekers.services.people import register_person

    birth_date = changes.get("birth_date", date(2003, 8, 25))
    sex = changes.get("sex", "F")
    answers = {
        "full_name": "Rina Lestari",
        "nik": make_nik("327702", birth_date, sex, number) if birth_date else "",
        "kk": "3277020101209000",
        "sex": sex,
        "birth_place": "Cimahi",
        "birth_date": birth_date,
        "marital_status": "SINGLE",
        "religion": "ISLAM",
        "education": EducationLevel.objects.get(code="SMK"),
        "education_major": "Teknik Komputer dan Jaringan",
        "education_school": "SMKN Contoh 1 Cimahi",
        "graduation_year": 2021,
        "skills": "Merakit komputer, jaringan dasar.",
        "village": Region.objects.get(code="32.77.02.1001"),
        "address": "Jalan Melati Nomor 12",
        "rt": "03",
        "rw": "08",
        "phone": "0812 0000 0000",
        **changes,
    }
    return register_person(actor=actor, **answers)
