"""The city, its people and those who report, for the placements' tests."""

from datetime import date
from itertools import count

import pytest

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution
from core import clock
from core.nik import make_nik
from jobseekers.services.people import register_person
from placements.enums import ContractType, EvidenceKind
from placements.models import ChannelReport
from placements.services import JobStart, report_placement
from tests.employers import builders

TODAY = builders.TODAY
BORN = date(2001, 5, 17)


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def agency(db):
    """The office."""
    return builders.office(builders.city())


@pytest.fixture
def officer(agency, user_with):
    """A pengantar kerja."""
    return user_with(Role.PLACEMENT_OFFICER, full_name="Ratna Dewi Contohwati")


@pytest.fixture
def second_officer(agency, user_with):
    """Another pengantar kerja."""
    return user_with(Role.PLACEMENT_OFFICER, full_name="Budi Contohman")


@pytest.fixture
def bkk(agency):
    """A school job exchange."""
    return Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMK Contoh 1")


@pytest.fixture
def bkk_operator(bkk, user_with):
    """Its operator."""
    return user_with(Role.BKK_OPERATOR, bkk, full_name="Siti Operatorwati")


@pytest.fixture
def company(agency):
    """A registered company."""
    return builders.company("PT Garmen Contoh")


@pytest.fixture
def people(agency):
    """Return a function that makes a person of the given name, born on BORN, with a NIK of their own."""
    serials = count(9000)

    def make(full_name: str = "", **fields):
        serial = next(serials)
        values = {
            "full_name": full_name or "Orang Uji " + chr(65 + serial % 26) + chr(65 + serial // 26 % 26),
            "sex": "M",
            "birth_date": BORN,
            **fields,
        }
        nik = fields.pop("nik", None) or make_nik("327701", values["birth_date"], values["sex"], serial)
        values.pop("nik", None)
        return register_person(actor=None, nik=nik, **values)

    return make


@pytest.fixture
def start(company):
    """Return a function that makes a job start at the company on 1 August 2023."""

    def make(**changes) -> JobStart:
        values = {
            "started_on": date(2023, 8, 1),
            "contract_type": ContractType.FIXED_TERM,
            "company": company,
            "position": "operator jahit",
            **changes,
        }
        return JobStart(**values)

    return make


@pytest.fixture
def reported(start, people):
    """Return a function that makes a report (of a new person, by the system, unless told otherwise)."""

    def make(channel: str = "SIDAKEP_ONLINE", *, person=None, job=None, **changes) -> ChannelReport:
        values = {"actor": None, "evidence_kind": EvidenceKind.CONTRACT, **changes}
        return report_placement(jobseeker=person or people(), start=job or start(), channel=channel, **values)

    return make
