"""Each measure of the app against a count in plain Python, over random histories; evidence equals the number."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock, measures
from core.measures import Period
from employers.models import Company, CompanyReport, ForeignWorker, Vacancy
from employers.services.reports import file_report
from tests.employers import builders

pytestmark = pytest.mark.django_db

START, LAST = date(2022, 1, 1), date(2024, 12, 31)
days = st.integers(0, (LAST - START).days).map(lambda n: START + timedelta(days=n))
COMPANY_CODES = ("companies", "companies_bpjs", "companies_minimum_wage", "companies_decent_work")


@st.composite
def report_numbers(draw):
    """What one report says, within the rules."""
    male, female = draw(st.integers(0, 6)), draw(st.integers(0, 6))
    registered = draw(st.booleans())
    members = draw(st.integers(0, male + female)) if registered else 0
    return {
        "workers_male": male,
        "workers_female": female,
        "workers_disabled": draw(st.integers(0, male + female)),
        "bpjs_registered": registered,
        "bpjs_members": members,
        "all_workers_insured": registered and members == male + female and draw(st.booleans()),
        "pays_minimum_wage": draw(st.booleans()),
        "has_company_regulation": draw(st.booleans()),
        "has_collective_agreement": draw(st.booleans()),
        "has_wage_scale": draw(st.booleans()),
        "has_lks_bipartite": draw(st.booleans()),
    }


@st.composite
def company_histories(draw):
    """(first day, last day or None, region, [(day, report)…] in order, [(start, length) of foreign workers])."""
    start = draw(days)
    end = draw(st.none() | st.integers(0, 700).map(lambda n: start + timedelta(days=n)))
    reports = sorted(draw(st.lists(st.tuples(days, report_numbers()), max_size=3)), key=lambda pair: pair[0])
    workers = draw(st.lists(st.tuples(days, st.integers(0, 500)), max_size=3))
    region = draw(st.sampled_from([None, "32.77.01.1001", "32.77.01.1002", "32.77.02.1001", "32.77.02"]))
    return start, end, region, reports, workers


def _build(histories) -> None:
    """Write the histories; reports through the service, in the order in which they came."""
    for start, end, region, reports, workers in histories:
        made = builders.company(operating_from=start, operating_until=None, region_id=region)
        last = None
        for day, numbers in reports:
            if day < start or (last is not None and day <= last):
                continue
            file_report(actor=None, company=made, valid_from=day, **numbers)
            last = day
        for first, length in workers:
            builders.foreign_worker(made, valid_from=first, valid_until=first + timedelta(days=length))
        Company.objects.filter(pk=made.pk).update(operating_until=end)


def _holds(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or day <= end)


def _expected(day: date) -> dict[str, int]:
    """Count in Python from the rows themselves."""
    companies = [row for row in Company.objects.all() if _holds(row.operating_from, row.operating_until, day)]
    open_ids = {row.pk for row in companies}
    reports = [
        row
        for row in CompanyReport.objects.all()
        if row.company_id in open_ids and _holds(row.valid_from, row.valid_until, day)
    ]
    workers = [row for row in ForeignWorker.objects.all() if _holds(row.valid_from, row.valid_until, day)]
    return {
        "companies": len(companies),
        "companies_bpjs": len({row.company_id for row in reports if row.bpjs_registered}),
        "companies_minimum_wage": len({row.company_id for row in reports if row.pays_minimum_wage}),
        "companies_decent_work": len({row.company_id for row in reports if row.meets_decent_work}),
        "workers": sum(row.workers_male + row.workers_female for row in reports),
        "bpjs_members": sum(row.bpjs_members for row in reports),
        "workers_disabled": sum(row.workers_disabled for row in reports),
        "foreign_workers": len(workers),
        "companies_foreign_workers": len({row.company_id for row in workers}),
    }


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(histories=st.lists(company_histories(), max_size=4), asked=st.lists(days, min_size=1, max_size=4))
def test_stocks_equal_a_count_in_python(agency, histories, asked):
    with transaction.atomic(), clock.frozen(LAST):
        _build(histories)
        for day in asked:
            period = Period(date(day.year, 1, 1), day)
            for name, expected in _expected(day).items():
                code = f"employers.{name}"
                assert measures.value(code, period) == expected, (name, day)
                rows = list(measures.evidence(code, period))
                if name in ("workers", "bpjs_members", "workers_disabled"):
                    assert sum(row.weight for row in rows) == expected
                else:
                    assert len(rows) == expected
                if name in COMPANY_CODES:
                    cells = measures.cells(code, period, ["district"])
                    assert sum(number for _, number in cells) == expected
                    for (district,), number in cells:
                        assert measures.value(code, period, {"district": district}) == number
        transaction.set_rollback(True)


def test_a_district_is_the_kecamatan_of_the_kelurahan(agency):
    builders.company(region_id="32.77.01.1001")
    builders.company(region_id="32.77.01")
    builders.company(region_id="32.77.02.1001")
    builders.company()
    cells = dict(measures.cells("employers.companies", Period.year(2023), ["district"]))
    assert cells == {("",): 1, ("32.77.01",): 2, ("32.77.02",): 1}
    names = measures.get("employers.companies").dimensions["district"].names()
    assert names["32.77.01"] == "Cimahi Selatan"


def test_vacancies_count_from_publication_to_their_last_day(company):
    builders.vacancy(company)
    builders.vacancy(company, state="SUBMITTED")
    shown = builders.vacancy(
        company, state="PUBLISHED", published_on=date(2023, 3, 1), closes_on=date(2023, 4, 30)
    )
    builders.vacancy(company, state="CLOSED", published_on=date(2023, 3, 1), closes_on=date(2023, 3, 15))

    def on(*day: int) -> int:
        return measures.value("employers.vacancies_open", Period(date(2023, 1, 1), date(*day)))

    assert [on(2023, 2, 28), on(2023, 3, 1), on(2023, 3, 15), on(2023, 3, 16)] == [0, 2, 2, 1]
    assert [on(2023, 4, 30), on(2023, 5, 1)] == [1, 0]
    assert list(
        measures.evidence("employers.vacancies_open", Period(date(2023, 1, 1), date(2023, 4, 1)))
    ) == [shown]
    assert Vacancy.objects.count() == 4


def test_evidence_masks_names_and_every_row_has_an_address(company):
    builders.foreign_worker(company, name="Kim Contoh Uji")
    builders.report(company, bpjs_registered=True, bpjs_members=3)
    for code in measures.codes():
        if not code.startswith("employers."):
            continue
        measure = measures.get(code)
        for row in measures.evidence(code, Period.year(2023)):
            texts = [str(column.value(row)) for column in measure.columns]
            assert "Contoh Uji" not in " ".join(texts)
            assert measure.url(row).startswith("/")
        assert measure.definition.endswith(".")
        assert measure.unit
