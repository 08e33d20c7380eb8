"""Reporting: what becomes one placement, what is refused, who may."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution
from core.nik import make_nik
from core.workflow import NotAllowed, timeline
from employers.enums import EmployerClass
from jobseekers.models import JobSeeker
from jobseekers.services.people import Gone
from placements.enums import Channel, ContractType, EvidenceKind, Reach
from placements.models import ChannelReport, Placement
from placements.services import AlreadyReported, find_or_register, report_of
from tests.employers import builders
from tests.placements.conftest import BORN, TODAY

pytestmark = pytest.mark.django_db


def _nothing_written():
    return not Placement.objects.exists() and not ChannelReport.objects.exists()


def test_the_first_report_makes_the_placement_and_both_have_a_history(reported, officer):
    report = reported("BKK", actor=officer)
    assert report.state == "REPORTED"
    assert report.reported_on == TODAY
    assert report.reported_by == officer
    assert report.placement.primary_channel == "BKK"
    assert report.placement.employer_class == EmployerClass.PRIVATE_COMPANY
    assert [row.label for row in timeline(report)] == ["Laporan penempatan dicatat"]
    labels = [row.label for row in timeline(report.placement)]
    assert labels == ["Penempatan dicatat", "Jalur utama ditetapkan"]
    assert report.placement.history.count() == 2


def test_another_channel_joins_the_same_job_start(reported, people):
    person = people()
    first = reported("PELATIHAN", person=person, service_on=date(2023, 6, 30))
    second = reported("JOB_FAIR", person=person, service_on=date(2023, 7, 20))
    assert first.placement == second.placement
    assert Placement.objects.get().primary_channel == "JOB_FAIR"
    assert reported("BKK", person=person).placement == first.placement
    assert Placement.objects.get().primary_channel == "JOB_FAIR"


def test_another_day_employer_or_person_is_another_placement(reported, start, people):
    person = people()
    reported(person=person)
    reported(person=person, job=start(started_on=date(2023, 8, 2)))
    reported(person=person, job=start(company=builders.company()))
    reported(person=people())
    assert Placement.objects.count() == 4


def test_the_same_channel_twice_is_refused_with_what_is_on_file(reported, people):
    person = people()
    before = reported("BKK", person=person)
    with pytest.raises(AlreadyReported, match="sudah dilaporkan lewat Bursa Kerja Khusus") as caught:
        reported("BKK", person=person)
    assert "21 Agustus 2023" in str(caught.value)
    assert caught.value.report == before
    assert ChannelReport.objects.count() == 1


def test_a_name_that_is_a_registered_company_is_that_company(reported, start, people, company):
    person = people()
    first = reported("BKK", person=person)
    job = start(company=None, employer_name="  pt  garmen CONTOH ")
    second = reported("LPK", person=person, job=job)
    assert second.placement == first.placement
    assert Placement.objects.get().company == company


def test_an_employer_outside_the_register_is_named_and_classed(reported, start, people):
    person = people()
    job = start(company=None, employer_name="Warung Bu Tini", employer_class=EmployerClass.PERSON)
    report = reported("LPK", person=person, job=job)
    assert report.placement.employer_display == "Warung Bu Tini"
    again = reported(
        "BKK", person=person, job=start(company=None, employer_name="warung bu tini", employer_class=6)
    )
    assert again.placement == report.placement


def test_own_business(reported, start, people):
    job = start(
        company=None, own_business=True, contract_type=ContractType.OWN_BUSINESS, position="katering rumahan"
    )
    report = reported("PELATIHAN", job=job, evidence_kind=EvidenceKind.BUSINESS_PROOF)
    assert report.placement.employer_display == "Usaha sendiri"
    assert report.placement.employer_class == EmployerClass.PERSON


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"started_on": TODAY + timedelta(days=1)}, "started_on"),
        ({"started_on": date(2015, 1, 6)}, "started_on"),
        ({"started_on": date(2015, 1, 1), "company": "old"}, "started_on"),
        ({"company": None}, "employer_name"),
        ({"company": None, "employer_name": "Toko Maju"}, "employer_class"),
        ({"contract_type": ContractType.OWN_BUSINESS}, "contract_type"),
        ({"company": None, "own_business": True}, "contract_type"),
        (
            {
                "company": None,
                "own_business": True,
                "contract_type": ContractType.OWN_BUSINESS,
                "position": "",
            },
            "position",
        ),
        ({"reach": Reach.AKAN}, "destination"),
        ({"reach": Reach.AKAD}, "destination"),
    ],
)
def test_an_impossible_job_is_refused_at_its_field_and_nothing_is_written(
    reported, start, company, changes, field
):
    if changes.get("company") == "old":
        changes = {**changes, "company": builders.company(operating_from=date(2023, 1, 1))}
    with pytest.raises(ValidationError) as caught:
        reported("LPK", job=start(**changes))
    assert field in caught.value.error_dict
    assert _nothing_written()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"service_on": TODAY + timedelta(days=1)}, "service_on"),
        ({"evidence_kind": EvidenceKind.BUSINESS_PROOF}, "evidence_kind"),
        ({"evidence_kind": "X"}, "evidence_kind"),
        ({"channel": "X"}, "channel"),
    ],
)
def test_an_impossible_report_is_refused_at_its_field(reported, changes, field):
    with pytest.raises(ValidationError) as caught:
        reported(changes.pop("channel", "LPK"), **changes)
    assert field in caught.value.error_dict
    assert _nothing_written()


def test_abroad_needs_eighteen_years(reported, start, people):
    young = people(birth_date=date(2006, 1, 1))
    job = start(company=None, employer_name="Nihon KK", employer_class=4, reach=Reach.AKAN, destination="Jepang",
                contract_type=ContractType.MIGRANT)  # fmt: skip
    with pytest.raises(ValidationError, match="paling muda 18 tahun"):
        reported("CPMI", person=young, job=job)
    assert reported("CPMI", person=people(), job=job).placement.reach == Reach.AKAN


def test_an_institution_reports_through_its_own_channel_only(reported, bkk):
    with pytest.raises(ValidationError) as caught:
        reported("LPK", institution=bkk)
    assert "institution" in caught.value.error_dict
    assert reported("BKK", institution=bkk).institution == bkk


def test_a_person_who_was_merged_away_takes_no_report(reported, people):
    person, winner = people(), people()
    JobSeeker.objects.filter(pk=person.pk).update(merged_into=winner)
    with pytest.raises(Gone):
        reported(person=person)
    assert _nothing_written()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("channel", list(Channel))
def test_who_may_report_through_which_channel(reported, user_with, agency, start, role, channel):
    """Every role × channel in the office's name; whoever may not changes nothing."""
    allowed = {
        Role.PLACEMENT_OFFICER: set(Channel),
        Role.TRAINING_OFFICER: {Channel.PELATIHAN},
        Role.FAIR_OFFICER: {Channel.JOB_FAIR},
    }.get(role, set())
    job = start()
    if channel == Channel.CPMI:
        job = start(reach=Reach.AKAN, destination="Jepang", contract_type=ContractType.MIGRANT)
    user = user_with(role)
    if channel in allowed:
        assert reported(channel, actor=user, job=job).reported_by == user
    else:
        with pytest.raises(NotAllowed):
            reported(channel, actor=user, job=job)
        assert _nothing_written()


def test_operators_report_for_their_own_institution_only(reported, bkk, bkk_operator, user_with):
    assert reported("BKK", actor=bkk_operator, institution=bkk).institution == bkk
    other = Institution.objects.create(kind=InstitutionKind.BKK, name="BKK SMK Contoh 2")
    lpk = Institution.objects.create(kind=InstitutionKind.LPK, name="LPK Contoh")
    for channel, institution in (("BKK", other), ("BKK", None), ("LPK", lpk), ("PELATIHAN", bkk)):
        with pytest.raises(NotAllowed):
            reported(channel, actor=bkk_operator, institution=institution)
    lpk_operator = user_with(Role.LPK_OPERATOR, lpk)
    assert reported("LPK", actor=lpk_operator, institution=lpk).channel == "LPK"
    assert ChannelReport.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"own_business": True},
        {"company": None, "employer_name": ""},
        {"employer_name": "Toko Maju"},
        {"contract_type": ContractType.OWN_BUSINESS},
        {"reach": "X"},
        {"primary_channel": "X"},
    ],
)
def test_the_database_refuses_a_crooked_placement(reported, fields):
    placement = reported().placement
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.filter(pk=placement.pk).update(**fields)


@pytest.mark.parametrize(
    "fields", [{"channel": "X"}, {"decided_on": TODAY}, {"state": "VERIFIED"}, {"state": "X"}]
)
def test_the_database_refuses_a_crooked_report(reported, fields):
    report = reported()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChannelReport.objects.filter(pk=report.pk).update(**fields)


class TestThePerson:
    """Found by the words of the KTP, or put on file; who reports learns nothing about others."""

    WORDS = {"full_name": "Agus Setiawan", "birth_date": BORN, "sex": "M"}

    def nik(self, serial=9500):
        return make_nik("327701", BORN, "M", serial)

    def test_is_found_by_nik_and_name(self, people):
        known = people("Agus Setiawan", nik=self.nik())
        found = find_or_register(actor=None, nik=self.nik(), **{**self.WORDS, "full_name": "AGUS  setiawan"})
        assert found == known

    def test_a_verified_row_wins(self, people, officer):
        people("Agus Setiawan", nik=self.nik())
        verified = people("Agus Setiawan", nik=self.nik())
        JobSeeker.objects.filter(pk=verified.pk).update(
            nik_verified_at="2023-01-01T00:00:00+07:00", nik_verified_method="KTP_SEEN"
        )
        assert find_or_register(actor=officer, nik=self.nik(), **self.WORDS) == verified

    def test_somebody_elses_nik_makes_a_row_of_its_own_as_an_unknown_one_does(self, people, bkk_operator):
        people("Orang Lain", nik=self.nik())
        for nik in (self.nik(), self.nik(9501)):
            made = find_or_register(actor=bkk_operator, nik=nik, **self.WORDS)
            assert made.full_name == "Agus Setiawan"
            assert made.nik_verified_at is None
        assert JobSeeker.objects.count() == 3

    def test_a_nik_that_differs_from_birth_date_or_sex_is_refused(self, agency):
        for change in ({"sex": "F"}, {"birth_date": date(2001, 5, 18)}):
            with pytest.raises(ValidationError) as caught:
                find_or_register(actor=None, nik=self.nik(), **{**self.WORDS, **change})
            assert "nik" in caught.value.error_dict
        assert not JobSeeker.objects.exists()


def test_a_refused_report_leaves_no_person_behind(agency, officer, start):
    identity = {
        "nik": make_nik("327701", BORN, "M", 9600),
        "full_name": "Agus",
        "birth_date": BORN,
        "sex": "M",
    }
    report = {
        "start": start(started_on=TODAY + timedelta(days=3)),
        "channel": "BKK",
        "evidence_kind": "CONTRACT",
    }
    with pytest.raises(ValidationError):
        report_of(actor=officer, identity=identity, **report)
    assert not JobSeeker.objects.exists()
    assert report_of(
        actor=officer, identity=identity, **{**report, "start": start()}
    ).placement.jobseeker.nik_index
