"""The figures of disputes against a count in plain Python over random cases; the evidence names no party."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import measures
from core.measures import Period
from disputes.enums import SETTLED, DisputeKind, Outcome
from disputes.models import DisputeCase

pytestmark = pytest.mark.django_db

START = date(2022, 6, 1)
days = st.integers(0, 900).map(lambda n: START + timedelta(days=n))
plans = st.lists(
    st.tuples(
        days,
        st.none() | st.integers(0, 500),
        st.sampled_from(DisputeKind.values),
        st.sampled_from(Outcome.values),
    ),
    max_size=8,
)
periods = st.one_of(
    st.builds(Period.year, st.integers(2022, 2024)),
    st.builds(Period.quarter, st.integers(2022, 2024), st.integers(1, 4)),
    st.builds(Period.until_month, st.integers(2022, 2024), st.integers(1, 12)),
)


def _build(plan, case_with, mediator) -> None:
    for registered, length, kind, outcome in plan:
        values = {"kind": kind, "received_on": registered, "registered_on": registered}
        if length is None or outcome == "NONE":
            case_with(**values)
            continue
        end = registered + timedelta(days=length)
        dates = dict.fromkeys(("assigned_on", "first_session_on", "recommended_on", "agreed_on"), end)
        values |= {**dates, "mediator": mediator, "settled_on": end, "outcome": outcome}
        values["handed_to"] = "PROVINCE" if outcome == "HANDED_OVER" else ""
        case_with("CLOSED", **values)


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(plan=plans, asked=st.lists(periods, min_size=1, max_size=3))
def test_figures_equal_a_count_in_python(case_with, mediator, plan, asked):
    with transaction.atomic():
        _build(plan, case_with, mediator)
        rows = list(DisputeCase.objects.all())
        for period in asked:
            registered = [row for row in rows if period.start <= row.registered_on <= period.end]
            settled = [
                row
                for row in registered
                if row.outcome in SETTLED and row.settled_on is not None and row.settled_on <= period.end
            ]
            for code, expected in (("registered", registered), ("settled", settled)):
                code = f"disputes.{code}"
                assert measures.value(code, period) == len(expected)
                assert set(measures.evidence(code, period)) == set(expected)
                by_both = Counter((row.kind, row.outcome) for row in expected)
                assert dict(measures.cells(code, period, ["kind", "outcome"])) == by_both
            agreed = sum(row.outcome == "SETTLEMENT_AGREEMENT" for row in settled)
            assert measures.value("disputes.settled", period, {"outcome": "SETTLEMENT_AGREEMENT"}) == agreed
            assert measures.value("disputes.settled", period) <= measures.value("disputes.registered", period)
        transaction.set_rollback(True)


def test_a_case_settled_after_the_year_counts_in_no_year(case_with, mediator):
    case_with(
        "CLOSED",
        outcome="WITHDRAWN",
        registered_on=date(2022, 12, 20),
        received_on=date(2022, 12, 19),
        settled_on=date(2023, 1, 10),
    )
    assert measures.value("disputes.registered", Period.year(2022)) == 1
    assert measures.value("disputes.settled", Period.year(2022)) == 0
    assert measures.value("disputes.settled", Period.year(2023)) == 0


def test_the_evidence_names_no_party(case_with):
    made = case_with(summary="Upah tidak dibayar")
    for code in ("disputes.registered", "disputes.settled"):
        measure = measures.get(code)
        texts = " ".join(str(column.value(made)) for column in measure.columns)
        assert "Agus" not in texts
        assert "Garmen" not in texts
        assert "Upah" not in texts
        assert made.number in texts
        assert measure.url(made) == f"/perselisihan/{made.uid}/"
        assert measure.definition.endswith(".")
