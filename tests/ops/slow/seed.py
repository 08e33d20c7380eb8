"""A small office for real processes: python -m tests.ops.slow.seed CARDS; prints sessions and ids as JSON."""

import io
import json
import sys
from datetime import date

import django

DAY = date(2003, 8, 25)
REGIONS = (
    ("32", "Jawa Barat", "PROVINCE", ""),
    ("32.77", "Kota Cimahi", "REGENCY", "CITY"),
    ("32.77.01", "Cimahi Selatan", "DISTRICT", ""),
    ("32.77.01.1001", "Melong", "VILLAGE", "URBAN"),
)


def office() -> None:
    """Regions, levels of education, the profile."""
    from core.models import AgencyProfile, EducationLevel, Region

    for code, name, level, kind in REGIONS:
        Region.objects.create(
            code=code, name=name, level=level, kind=kind, parent_id=code.rpartition(".")[0] or None
        )
    EducationLevel.objects.create(code="SMK", label="SMK", order=1)
    AgencyProfile(
        code="cimahi",
        name="Dinas Tenaga Kerja",
        government="Pemerintah Kota Cimahi",
        region_id="32.77",
        address="Jalan Contoh Raya Nomor 1, Cimahi 40500",
        policies={"ak1_document_ktp": "OPTIONAL", "ak1_document_diploma": "OPTIONAL"},
    ).save()


def user(role: str, number: int = 1, institution=None):
    """A user with a role and, for staff, a second factor."""
    from allauth.mfa.models import Authenticator

    from accounts.adapters import SecondFactorAdapter
    from accounts.models import Membership, User
    from core import clock

    made = User.objects.create_user(
        email=f"{role.lower()}-{number}@contoh.test", full_name="Ratna Contohwati"
    )
    Membership.objects.create(user=made, role=role, institution=institution, started_on=clock.today())
    Authenticator.objects.create(
        user=made, type="totp", data={"secret": SecondFactorAdapter().encrypt("JBSWY3DPEHPK3PXP")}
    )
    return made


def session(of) -> str:
    """The key of a signed-in session."""
    from django.test import Client

    client = Client()
    client.force_login(of, backend=None)
    return client.cookies["sessionid"].value


def person(number: int, *, account, photo):
    """A person whose file is complete."""
    from core.models import EducationLevel, Region
    from core.personal import make_nik
    from jobseekers.services.people import register_person

    return register_person(
        actor=account,
        user=account,
        full_name=f"Rina Lestari {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}",
        nik=make_nik("327701", DAY, "F", 9000 + number),
        kk="3277010101209000",
        sex="F",
        birth_place="Cimahi",
        birth_date=DAY,
        marital_status="SINGLE",
        religion="ISLAM",
        education=EducationLevel.objects.get(),
        education_major="Teknik Komputer",
        education_school="SMKN Contoh 1 Cimahi",
        graduation_year=2021,
        village=Region.objects.get(level="VILLAGE"),
        address="Jalan Melati Nomor 12",
        rt="03",
        rw="08",
        phone="0812 0000 0000",
        photo=photo,
    )


def seed(count: int) -> dict:
    """Make the office, `count` cards issued today, two people with a draft, an officer and a school."""
    from accounts.models import Institution
    from core import files
    from jobseekers.services import applications
    from tests.pictures import photo

    office()
    officer = user("PLACEMENT_OFFICER")
    school = Institution.objects.create(kind="BKK", name="SMKN Contoh 1 Cimahi")
    teacher = user("BKK_OPERATOR", institution=school)
    picture = files.store_image(io.BytesIO(photo().getvalue()), actor=None, kind="jobseekers.photo")
    for number in range(count):
        holder = user("JOBSEEKER", number)
        one = person(number, account=holder, photo=picture)
        draft = applications.start_application(actor=holder, person=one)
        sent = applications.submit(draft, actor=holder, version=draft.version)
        applications.approve(sent, actor=officer, version=sent.version)
    found = {"officer": session(officer), "teacher": session(teacher)}
    for number, name in enumerate(("sender", "applicant"), start=count):
        account = user("JOBSEEKER", number)
        one = person(number, account=account, photo=picture)
        draft = applications.start_application(actor=account, person=one)
        found |= {name: session(account), f"{name}_application": str(draft.uid)}
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(seed(int(sys.argv[1]))))
