"""Each measure of the app against a count in plain Python, over random cohorts; evidence equals the number."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import measures
from core.measures import Period
from tests.training import builders
from training.models import Certificate, Enrolment

pytestmark = pytest.mark.django_db

days = st.integers(0, 1000).map(lambda n: date(2022, 1, 1) + timedelta(days=n))
states = st.sampled_from(
    ["APPLIED", "ACCEPTED", "ATTENDING", "COMPLETED", "COMPLETED", "WITHDRAWN", "REJECTED"]
)
participants = st.tuples(
    states, st.sampled_from(["NONE", "COMPETENT", "NOT_YET"]), st.lists(days, max_size=2)
)
cohorts = st.tuples(
    st.integers(0, 1),
    st.sampled_from(["APBD", "DBHCHT", "CSR"]),
    days,
    st.integers(0, 40),
    st.lists(participants, max_size=4),
)
periods = st.one_of(
    st.builds(Period.year, st.integers(2022, 2024)),
    st.builds(Period.quarter, st.integers(2022, 2024), st.integers(1, 4)),
    st.builds(Period.month, st.integers(2022, 2024), st.integers(1, 12)),
)


def _build(plan) -> None:
    programmes = [builders.programme("Las"), builders.programme("Barista")]
    for which, fund, start, length, people in plan:
        made = builders.cohort(
            programmes[which], funding_source=fund, starts_on=start, ends_on=start + timedelta(days=length)
        )
        for state, result, issued in people:
            result = result if state == "COMPLETED" else "NONE"
            assessed_on = made.ends_on if result != "NONE" else None
            found = builders.enrolment(made, state=state, result=result, assessed_on=assessed_on)
            if result == "COMPETENT":
                for number, day in enumerate(issued):
                    builders.certificate(found, issued_on=day, scheme=("OFFICE", "BNSP")[number])


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(plan=st.lists(cohorts, max_size=4), asked=st.lists(periods, min_size=1, max_size=3))
def test_flows_equal_a_count_in_python(agency, plan, asked):
    with transaction.atomic():
        _build(plan)
        rows = list(Enrolment.objects.select_related("cohort__programme"))
        papers = list(Certificate.objects.select_related("enrolment__cohort__programme"))
        for period in asked:
            done = [
                row
                for row in rows
                if row.state == "COMPLETED" and period.start <= row.cohort.ends_on <= period.end
            ]
            competent = [row for row in done if row.result == "COMPETENT"]
            issued = [row for row in papers if period.start <= row.issued_on <= period.end]
            for code, expected in (("trainees", done), ("competent", competent), ("certificates", issued)):
                code = f"training.{code}"
                assert measures.value(code, period) == len(expected)
                assert set(measures.evidence(code, period)) == set(expected)
            by_fund = Counter((row.cohort.funding_source, row.cohort.programme.name) for row in done)
            assert (
                dict(measures.cells("training.trainees", period, ["funding_source", "programme"])) == by_fund
            )
            for (fund, name), number in by_fund.items():
                filters = {"funding_source": fund, "programme": name}
                assert measures.evidence_count("training.trainees", period, filters) == number
            by_scheme = Counter((row.scheme, row.enrolment.cohort.programme.name) for row in issued)
            assert dict(measures.cells("training.certificates", period, ["scheme", "programme"])) == by_scheme
        transaction.set_rollback(True)


def test_one_more_record_moves_the_figure_by_one(agency):
    year = Period.year(2023)
    made = builders.graduate()
    assert measures.value("training.competent", year) == 1
    Enrolment.objects.filter(pk=made.pk).update(result="NOT_YET")
    assert measures.value("training.competent", year) == 0
    assert measures.value("training.trainees", year) == 1
    made.delete()
    assert measures.value("training.trainees", year) == 0


def test_evidence_masks_names_and_every_row_has_an_address(agency):
    made = builders.graduate(jobseeker=builders.person("Agus Setiawan"))
    builders.certificate(made)
    for code in ("training.trainees", "training.competent", "training.certificates"):
        measure = measures.get(code)
        for row in measures.evidence(code, Period.year(2023)):
            texts = " ".join(str(column.value(row)) for column in measure.columns)
            assert "Agus S" in texts
            assert "Setiawan" not in texts
            assert measure.url(row).startswith("/pelatihan/")
