"""The numbers against a plain count in Python, over random years."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core import clock, measures
from core.measures import Period
from jobseekers.models import JobSeeker
from placements.enums import Channel, ReportState
from placements.models import ChannelReport, Placement
from placements.services import decide
from placements.validators import primary_channel

pytestmark = pytest.mark.django_db

DOMESTIC = [channel for channel in Channel.values if channel != Channel.CPMI]
steps = st.lists(
    st.tuples(
        st.integers(0, 3),  # whose
        st.dates(date(2022, 12, 20), date(2023, 12, 31)),  # start
        st.sampled_from(DOMESTIC),
        st.sampled_from(["", "verify", "reject"]),
        st.none() | st.integers(-40, 40),  # service, days from the start
    ),
    min_size=1,
    max_size=10,
)


@hypothesis_settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps)
def test_every_measure_equals_a_plain_count(agency, company, officer, people, start, reported, found):
    from django.db import transaction

    with transaction.atomic(), clock.frozen(date(2024, 2, 20)):
        known = [people() for _ in range(4)]
        told = {}
        for who, day, channel, step, service in found:
            if (who, day, channel) in told:
                continue
            service_on = day + timedelta(days=service) if service is not None else None
            report = reported(channel, person=known[who], job=start(started_on=day), service_on=service_on)
            told[who, day, channel] = (step, service_on)
            if step:
                decide(report, step, actor=officer, version=1, comment="Alasan")
        _compare(told)
        transaction.set_rollback(True)


def _compare(told: dict) -> None:
    year = Period.year(2023)
    counted = {
        key: service for key, (step, service) in told.items() if step == "verify" and key[1].year == 2023
    }
    reports = Counter(channel for _, _, channel in counted)
    assert measures.value("placements.placement_reports", year) == sum(reports.values())
    cells = measures.cells("placements.placement_reports", year, ["channel"])
    assert {key[0] if isinstance(key, tuple) else key: n for key, n in dict(cells).items() if n} == dict(
        reports
    )
    assert measures.value("placements.placed_persons", year) == len({who for who, _, _ in counted})
    starts = {(who, day) for who, day, _ in counted}
    assert measures.value("placements.placements_by_primary_channel", year) == len(starts)
    wanted = Counter(
        primary_channel([(c, s) for (w, d, c), s in counted.items() if (w, d) == key], key[1])
        for key in starts
    )
    cells = measures.cells("placements.placements_by_primary_channel", year, ["primary_channel"])
    assert {key[0] if isinstance(key, tuple) else key: n for key, n in dict(cells).items() if n} == dict(
        wanted
    )
    for code, rows in (
        ("placements.placement_reports", sum(reports.values())),
        ("placements.placed_persons", len({who for who, _, _ in counted})),
        ("placements.placements_by_primary_channel", len(starts)),
    ):
        assert measures.evidence(code, year).count() == rows


def test_a_report_that_comes_or_goes_moves_the_figures(reported, officer, people):
    year, person = Period.year(2023), people()
    codes = ("placements.placement_reports", "placements.placed_persons")

    def figures():
        return [measures.value(code, year) for code in codes]

    assert figures() == [0, 0]
    report = reported("BKK", person=person)
    assert figures() == [0, 0]
    report = decide(report, "verify", actor=officer, version=1)
    assert figures() == [1, 1]
    other = decide(reported("LPK", person=person), "verify", actor=officer, version=1)
    assert figures() == [2, 1]
    other = decide(other, "reopen", actor=officer, version=2, comment="Salah orang")
    assert figures() == [1, 1]
    assert ChannelReport.objects.filter(state=ReportState.VERIFIED).count() == 1
    assert (Placement.objects.count(), JobSeeker.objects.count()) == (1, 1)
