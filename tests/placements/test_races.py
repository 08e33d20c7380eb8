"""Two reporters at once, with real threads on the real database."""

import threading

import pytest
from django.db import connection

from core import clock
from core.workflow import StaleRecord
from placements.enums import ReportState
from placements.models import ChannelReport, Placement
from placements.services import AlreadyReported, decide, report_placement
from tests.placements.conftest import TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def _at_once(*calls) -> list:
    """Run the calls in threads that start together; return results and refusals in order."""
    barrier, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            with clock.frozen(TODAY):
                barrier.wait()
                found[number] = call()
        except (AlreadyReported, StaleRecord) as refusal:
            found[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def _reporting(person, job, channel):
    return lambda: report_placement(
        actor=None, jobseeker=person, start=job, channel=channel, evidence_kind="CONTRACT"
    )


def test_two_reports_of_one_placement_and_channel_make_one(people, start):
    for _ in range(5):
        person, job = people(), start()
        found = _at_once(*[_reporting(person, job, "BKK")] * 4)
        assert len([result for result in found if isinstance(result, ChannelReport)]) == 1
        assert len([result for result in found if isinstance(result, AlreadyReported)]) == 3
        assert ChannelReport.objects.filter(placement__jobseeker=person).count() == 1
        assert Placement.objects.filter(jobseeker=person).count() == 1


def test_two_channels_at_once_share_one_placement(people, start):
    for _ in range(5):
        person, job = people(), start()
        found = _at_once(_reporting(person, job, "PELATIHAN"), _reporting(person, job, "JOB_FAIR"))
        assert all(isinstance(result, ChannelReport) for result in found)
        placement = Placement.objects.get(jobseeker=person)
        assert placement.reports.count() == 2
        assert placement.primary_channel == "PELATIHAN"


def test_two_officers_decide_once(reported, officer, second_officer):
    report = reported()
    found = _at_once(
        lambda: decide(report, "verify", actor=officer, version=1),
        lambda: decide(report, "reject", actor=second_officer, version=1, comment="Bukti kurang"),
    )
    refused = [result for result in found if isinstance(result, StaleRecord)]
    assert len(refused) == 1
    report = ChannelReport.objects.get()
    assert report.state in (ReportState.VERIFIED, ReportState.REJECTED)
    assert report.version == 2
