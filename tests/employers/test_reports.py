"""Yearly reports: one holds at a time, parts never exceed their whole."""

import threading
from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from core import clock
from core.workflow import NotAllowed, StaleRecord, timeline
from employers.models import CompanyReport
from employers.services.reports import correct_report, file_report
from tests.employers import builders

pytestmark = pytest.mark.django_db


def test_a_new_report_ends_the_one_before(officer, company):
    first = file_report(actor=officer, company=company, valid_from=date(2023, 1, 2), workers_male=4)
    second = file_report(actor=officer, company=company, valid_from=date(2023, 7, 1), workers_male=6)
    first.refresh_from_db()
    assert first.valid_until == date(2023, 6, 30)
    assert second.valid_until is None
    assert list(CompanyReport.objects.valid_on(date(2023, 6, 30))) == [first]
    assert list(CompanyReport.objects.valid_on(date(2023, 7, 1))) == [second]
    assert [row.label for row in timeline(first)] == ["Laporan diterima", "Diganti laporan baru"]


def test_an_operator_reports_for_the_own_company_only(operator, company):
    file_report(actor=operator, company=company, valid_from=date(2023, 1, 2), workers_male=4)
    other = builders.company()
    with pytest.raises(NotAllowed):
        file_report(actor=operator, company=other, valid_from=date(2023, 1, 2), workers_male=4)
    assert not other.reports.exists()


@pytest.mark.parametrize("role", [Role.PLANNER, Role.AGENCY_HEAD, Role.LPK_OPERATOR, Role.JOBSEEKER])
def test_others_report_nothing(user_with, company, role):
    with pytest.raises(NotAllowed):
        file_report(actor=user_with(role), company=company, valid_from=date(2023, 1, 2))
    assert not CompanyReport.objects.exists()


@pytest.mark.parametrize(
    ("valid_from", "words"),
    [
        (date(2023, 9, 1), "belum tiba"),
        (date(2014, 9, 1), "baru beroperasi"),
        (date(2023, 3, 1), "Sudah ada laporan"),
        (date(2022, 3, 1), "Sudah ada laporan"),
    ],
)
def test_impossible_starts_are_refused_and_nothing_changes(officer, company, valid_from, words):
    before = file_report(actor=officer, company=company, valid_from=date(2023, 3, 1), workers_male=4)
    with pytest.raises(ValidationError) as caught:
        file_report(actor=officer, company=company, valid_from=valid_from, workers_male=5)
    assert words in caught.value.message_dict["valid_from"][0]
    before.refresh_from_db()
    assert (before.valid_until, before.version) == (None, 1)
    assert CompanyReport.objects.count() == 1


def test_no_report_after_the_end_of_operation(officer, company):
    type(company).objects.filter(pk=company.pk).update(operating_until=date(2023, 5, 31))
    with pytest.raises(ValidationError, match="tidak beroperasi lagi"):
        file_report(actor=officer, company=company, valid_from=date(2023, 6, 1), workers_male=5)


BAD_NUMBERS = [
    ({"foreign_workers_male": 11}, "foreign_workers_male"),
    ({"foreign_workers_female": 6}, "foreign_workers_female"),
    ({"workers_disabled": 16}, "workers_disabled"),
    ({"bpjs_registered": True, "bpjs_members": 16}, "bpjs_members"),
    ({"bpjs_registered": False, "bpjs_members": 3}, "bpjs_members"),
    ({"bpjs_registered": True, "bpjs_members": 14, "all_workers_insured": True}, "all_workers_insured"),
    ({"bpjs_registered": False, "bpjs_members": 0, "all_workers_insured": True}, "all_workers_insured"),
]


@pytest.mark.parametrize(("numbers", "field"), BAD_NUMBERS)
def test_parts_exceed_no_whole(officer, company, numbers, field):
    whole = {"workers_male": 10, "workers_female": 5}
    with pytest.raises(ValidationError) as caught:
        file_report(actor=officer, company=company, valid_from=date(2023, 1, 2), **whole, **numbers)
    assert field in caught.value.message_dict
    assert not CompanyReport.objects.exists()


@pytest.mark.parametrize("numbers", [numbers for numbers, _ in BAD_NUMBERS])
def test_the_database_refuses_the_same(company, numbers):
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.report(company, **numbers)


def test_the_database_keeps_one_open_report(company):
    builders.report(company)
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.report(company, valid_from=date(2023, 5, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        builders.report(company, valid_until=date(2022, 1, 1), valid_from=date(2022, 5, 1))


def test_a_correction_needs_a_reason_and_the_version_seen(officer, company):
    made = file_report(actor=officer, company=company, valid_from=date(2023, 1, 2), workers_male=4)
    with pytest.raises(ValidationError, match="alasan"):
        correct_report(made, actor=officer, version=1, comment="", workers_male=5)
    correct_report(made, actor=officer, version=1, comment="Salah ketik", workers_male=5)
    with pytest.raises(StaleRecord):
        correct_report(made, actor=officer, version=1, comment="Salah ketik", workers_male=9)
    made.refresh_from_db()
    assert (made.workers_male, made.version) == (5, 2)
    assert [row.workers_male for row in made.history.order_by("history_id")] == [4, 5]


def test_nobody_corrects_a_strangers_report(user_with, company):
    made = builders.report(company)
    with pytest.raises(NotAllowed):
        correct_report(made, actor=user_with(Role.PLANNER), version=1, comment="x", workers_male=99)
    made.refresh_from_db()
    assert (made.workers_male, made.version) == (10, 1)


@pytest.mark.parametrize("held", range(16))
def test_decent_work_is_all_four_parts(company, held):
    regulation, scale, body, insured = (bool(held & bit) for bit in (1, 2, 4, 8))
    made = builders.report(
        company,
        has_company_regulation=regulation and held % 3 != 0,
        has_collective_agreement=regulation and held % 3 == 0,
        has_wage_scale=scale,
        has_lks_bipartite=body,
        bpjs_registered=True,
        bpjs_members=15 if insured else 14,
        all_workers_insured=insured,
    )
    assert made.meets_decent_work == (held == 15)


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_leave_one_open(officer, company):
    barrier, outcomes = threading.Barrier(2), []

    def file(day: date) -> None:
        try:
            with clock.frozen(builders.TODAY):
                barrier.wait(10)
                file_report(actor=officer, company=company, valid_from=day, workers_male=4)
            outcomes.append("filed")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=file, args=(day,)) for day in (date(2023, 2, 1), date(2023, 3, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert "filed" in outcomes
    assert CompanyReport.objects.filter(company=company, valid_until=None).count() == 1
    found = list(CompanyReport.objects.filter(company=company).order_by("valid_from"))
    assert len(found) == outcomes.count("filed")
    assert all(a.valid_until < b.valid_from for a, b in pairwise(found))
