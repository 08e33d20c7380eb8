"""The rules of a placement report, one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements import validators
from placements.enums import Channel, ContractType, EvidenceKind, Reach

TODAY = date(2023, 8, 21)
START = date(2023, 8, 1)
services = st.lists(
    st.tuples(
        st.sampled_from(Channel.values),
        st.none() | st.dates(START - timedelta(days=9), START + timedelta(days=9)),
    ),
    max_size=6,
    unique_by=lambda service: service[0],
)


@given(services)
def test_the_primary_channel_is_that_of_the_last_service_before_the_start(found):
    """Against a plain reading of the rule: dated services up to the start first, then the list's order."""
    wanted = ""
    in_time = [(channel, day) for channel, day in found if day is not None and day <= START]
    if in_time:
        last = max(day for _, day in in_time)
        wanted = next(c for c in Channel.values if (c, last) in in_time)
    elif found:
        wanted = next(c for c in Channel.values if c in {channel for channel, _ in found})
    assert validators.primary_channel(found, START) == wanted
    assert validators.primary_channel(found[::-1], START) == wanted


def test_a_service_on_the_day_of_the_start_counts_and_one_after_it_does_not():
    fair, course = ("JOB_FAIR", START), ("PELATIHAN", START - timedelta(days=30))
    assert validators.primary_channel([course, fair], START) == "JOB_FAIR"
    assert validators.primary_channel([course, ("JOB_FAIR", START + timedelta(days=1))], START) == "PELATIHAN"


@pytest.mark.parametrize(
    ("started_on", "birth_date", "problem"),
    [
        (TODAY, date(2001, 1, 1), ""),
        (TODAY + timedelta(days=1), date(2001, 1, 1), "belum tiba"),
        (date(1999, 12, 31), date(1970, 1, 1), "paling awal"),
        (TODAY, date(2009, 1, 1), "umurnya 14 tahun"),
        (TODAY, date(2008, 8, 21), ""),
        (TODAY, None, ""),
    ],
)
def test_start(started_on, birth_date, problem):
    text = validators.start_problem(started_on, today=TODAY, birth_date=birth_date, minimum_age=15)
    assert problem in text
    assert bool(text) == bool(problem)


@pytest.mark.parametrize(
    ("channel", "reach", "destination", "contract", "fields"),
    [
        ("BKK", Reach.AKL, "", ContractType.FIXED_TERM, set()),
        ("BKK", Reach.AKAN, "Jepang", ContractType.MIGRANT, {"reach"}),
        ("CPMI", Reach.AKL, "", ContractType.FIXED_TERM, {"reach"}),
        ("CPMI", Reach.AKAN, "Jepang", ContractType.MIGRANT, set()),
        ("CPMI", Reach.AKAN, "", ContractType.FIXED_TERM, {"contract_type", "destination"}),
        ("LPK", Reach.AKAD, "", ContractType.FIXED_TERM, {"destination"}),
        ("LPK", Reach.AKAD, "Karawang", ContractType.MIGRANT, {"contract_type"}),
    ],
)
def test_reach(channel, reach, destination, contract, fields):
    assert set(validators.reach_problem(channel, reach, destination, contract)) == fields


def test_evidence_fits_the_job():
    assert validators.evidence_problem(EvidenceKind.CONTRACT, own_business=True)
    assert validators.evidence_problem(EvidenceKind.BUSINESS_PROOF, own_business=False)
    assert not validators.evidence_problem(EvidenceKind.BUSINESS_PROOF, own_business=True)
    assert not validators.evidence_problem(EvidenceKind.SELF_REPORT, own_business=True)
    assert not validators.evidence_problem(EvidenceKind.CONTRACT, own_business=False)
