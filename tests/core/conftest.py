"""Fixtures of the kernel's tests."""

import pytest

from core.models.agency import AgencyProfile
from core.models.reference import Region
from core.reference import DATA, SOURCES, load_reference


@pytest.fixture
def reference(db):
    """Load the release's reference data."""
    return load_reference()


@pytest.fixture
def holiday_table(db):
    """Load the holidays and the years with a decree only."""
    for source in SOURCES:
        if source.name in ("hari_libur_2023_2026.csv", "libur_dasar.csv"):
            source.load(DATA / source.name)


@pytest.fixture
def cimahi(db):
    """Return the region Kota Cimahi with its province, without the rest of the reference data."""
    province, _ = Region.objects.get_or_create(
        code="32", defaults={"name": "Jawa Barat", "level": "PROVINCE"}
    )
    city, _ = Region.objects.get_or_create(
        code="32.77", defaults={"name": "Kota Cimahi", "level": "REGENCY", "kind": "CITY", "parent": province}
    )
    return city


@pytest.fixture
def agency(cimahi):
    """Return the office of Cimahi with default choices."""
    profile = AgencyProfile(
        code="cimahi", name="Dinas Tenaga Kerja", government="Pemerintah Kota Cimahi", region=cimahi
    )
    profile.save()
    return profile
