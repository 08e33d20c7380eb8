"""People, files and officers of the job seekers' tests."""

import io
from datetime import date

import pytest
from PIL import Image

from core import clock, files
from core.images import Content
from core.models import AgencyProfile, EducationLevel, Region
from core.models.reference import RegionKind, RegionLevel
from core.personal import make_nik

TODAY = date(2023, 8, 21)


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def places(db):
    """A city with two kecamatan of two kelurahan each, and one kelurahan of another city; by code."""
    rows = [
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
    for code, name, level, kind in rows:
        Region.objects.create(
            code=code, name=name, level=level, kind=kind, parent_id=code.rpartition(".")[0] or None
        )
    return {row.code: row for row in Region.objects.all()}


@pytest.fixture
def levels(db):
    """Five levels of education; by code."""
    for order, code in enumerate(("SD", "SMP", "SMA", "SMK", "S1")):
        EducationLevel.objects.create(code=code, label=code, order=order)
    return {row.code: row for row in EducationLevel.objects.all()}


@pytest.fixture
def agency(places):
    """The office; it demands no documents, so that a test which wants them says so."""
    profile = AgencyProfile(
        code="cimahi",
        name="Dinas Tenaga Kerja",
        government="Pemerintah Kota Cimahi",
        region=places["32.77"],
        address="Jalan Contoh Raya Nomor 1, Cimahi 40500",
        phone="(022) 0000000",
        policies={"ak1_document_ktp": "OPTIONAL", "ak1_document_diploma": "OPTIONAL"},
    )
    profile.save()
    return profile


@pytest.fixture
def photo_file(db):
    """Return a function that keeps a small red picture as a photo."""
    picture = io.BytesIO()
    Image.new("RGB", (48, 64), (180, 30, 30)).save(picture, "JPEG")

    def make(owner=None):
        return files.store(Content(picture.getvalue(), "image/jpeg"), actor=owner, kind="jobseekers.photo")

    return make


@pytest.fixture
def person_with(agency, places, levels, photo_file):
    """Return a function that registers a person whose file is complete; keyword arguments replace answers."""
    from jobseekers.services.people import register_person

    count = 0

    def make(*, actor=None, **changes):
        nonlocal count
        count += 1
        birth_date = changes.get("birth_date", date(2003, 8, 25))
        sex = changes.get("sex", "F")
        nik = make_nik("327702", birth_date, sex, 9000 + count) if birth_date else ""
        answers = {
            "full_name": "Rina Lestari",
            "nik": nik,
            "kk": "3277020101209000",
            "sex": sex,
            "birth_place": "Cimahi",
            "birth_date": birth_date,
            "marital_status": "SINGLE",
            "religion": "ISLAM",
            "education": levels["SMK"],
            "education_major": "Teknik Komputer dan Jaringan",
            "education_school": "SMKN Contoh 1 Cimahi",
            "graduation_year": 2021,
            "skills": "Merakit komputer, jaringan dasar.",
            "village": places["32.77.02.1001"],
            "address": "Jalan Melati Nomor 12",
            "rt": "03",
            "rw": "08",
            "phone": "0812 0000 0000",
            "photo": photo_file(),
            **changes,
        }
        return register_person(actor=actor, **answers)

    return make


@pytest.fixture
def officer(user_with):
    """A pengantar kerja."""
    from accounts.enums import Role

    return user_with(Role.PLACEMENT_OFFICER, full_name="Ratna Dewi Contohwati, S.Sos.")


@pytest.fixture
def seeker(user_with):
    """An account of a job seeker."""
    from accounts.enums import Role

    return user_with(Role.JOBSEEKER, full_name="Rina Lestari")


@pytest.fixture
def sent(person_with, user_with):
    """Return a function that makes a job seeker's application which waits for an officer."""
    from accounts.enums import Role
    from jobseekers.services.applications import start_application, submit

    def make(*, person=None, kind="NEW", reason="", **changes):
        if person is None:
            person = person_with(user=user_with(Role.JOBSEEKER), **changes)
        application = start_application(actor=person.user, person=person, kind=kind, reason=reason)
        return submit(application, actor=person.user, version=application.version)

    return make
