"""Several people at once, on a real database file or server: one decision, no number lost, no card twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from core import clock
from core.errors import Refused
from core.workflow import StaleRecord
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeEvent, HolderReport, JobSeeker
from jobseekers.services import applications, holder_reports, ledger, links
from jobseekers.services.people import NikTaken, update_person
from messaging.models import Notice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = date(2023, 8, 21)
DUE = date(2024, 2, 21)


def at_once(*calls, day=DAY):
    """Run the calls in threads that start together; return each result or the refusal it raised."""
    start = Barrier(len(calls))

    def run(call):
        try:
            with clock.frozen(day):
                start.wait(timeout=20)
                return call()
        except Refused as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_officers_approve_the_same_file(sent, officer, user_with):
    other = user_with("PLACEMENT_OFFICER", full_name="Petugas Kedua")
    for _ in range(5):
        application = sent()
        results = at_once(
            lambda a=application: applications.approve(a, actor=officer, version=a.version),
            lambda a=application: applications.approve(a, actor=other, version=a.version),
        )
        won = [result for result in results if isinstance(result, AK1Card)]
        lost = [result for result in results if isinstance(result, StaleRecord)]
        assert (len(won), len(lost)) == (1, 1), results
        winner = AK1Application.objects.get(pk=application.pk).decided_by
        assert winner.full_name in str(lost[0])
        assert Notice.objects.filter(user=application.jobseeker.user, title__contains="terbit").count() == 1
    assert AK1Card.objects.count() == Episode.objects.count() == EpisodeEvent.objects.count() == 5


def test_numbers_are_unique_and_without_gaps_when_many_approve(sent, user_with):
    officers = [user_with("PLACEMENT_OFFICER", full_name=f"Petugas {n}") for n in range(4)]
    files = [sent() for _ in range(12)]
    spoilt = sent()
    JobSeeker.objects.filter(pk=spoilt.jobseeker_id).update(birth_place="")

    def work(officer, mine):
        found = []
        for application in mine:
            try:
                found.append(applications.approve(application, actor=officer, version=application.version))
            except Exception as problem:
                found.append(problem)
        return found

    at_once(*[lambda n=n: work(officers[n], [*files[n::4], files[(n + 1) % 12], spoilt]) for n in range(4)])
    serials = sorted(int(number[-6:]) for number in AK1Card.objects.values_list("number", flat=True))
    assert serials == list(range(1, 13))
    assert AK1Application.objects.filter(state="APPROVED").count() == 12
    assert AK1Application.objects.get(pk=spoilt.pk).state == "SUBMITTED"


def test_a_file_mended_while_it_is_approved(sent, officer):
    for number in range(4):
        application = sent()
        person = application.jobseeker
        results = at_once(
            lambda a=application: applications.approve(a, actor=officer, version=a.version),
            lambda p=person, n=number: update_person(
                p, actor=p.user, version=p.version, address=f"Jalan Baru Nomor {n}"
            ),
        )
        fresh = AK1Application.objects.get(pk=application.pk)
        if fresh.state == "APPROVED":
            assert isinstance(results[0], AK1Card)
        else:
            assert isinstance(results[0], StaleRecord)
            assert not AK1Card.objects.filter(application=application).exists()
        assert any(not isinstance(result, Exception) for result in results), results


def test_one_person_starts_two_applications_at_once(person_with, user_with):
    user = user_with("JOBSEEKER")
    person = person_with(user=user)
    results = at_once(*[lambda: applications.start_application(actor=user, person=person)] * 3)
    assert sum(isinstance(result, AK1Application) for result in results) == 1
    assert sum(isinstance(result, Refused) for result in results) == 2
    assert AK1Application.objects.count() == 1


def test_two_claims_on_one_nik_are_approved_at_once(sent, officer, user_with, person_with):
    other = user_with("PLACEMENT_OFFICER")
    first = sent()
    twin = person_with(user=user_with("JOBSEEKER"), nik=first.jobseeker.read_nik())
    second = sent(person=twin)
    results = at_once(
        lambda: applications.approve(first, actor=officer, version=first.version),
        lambda: applications.approve(second, actor=other, version=second.version),
    )
    assert sum(isinstance(result, AK1Card) for result in results) == 1
    assert sum(isinstance(result, NikTaken) for result in results) == 1
    assert JobSeeker.objects.filter(nik_verified_at__isnull=False).count() == 1
    assert AK1Card.objects.get().number.endswith("000001")


def test_one_link_gives_one_report_and_a_correction_at_the_same_time_balances(sent, officer):
    """The same mailed link sent by several windows at once, while an officer corrects the holder's data."""
    application = sent()
    card = applications.approve(application, actor=officer, version=application.version)
    with clock.frozen(DUE):
        token = links.make(purpose="SIX_MONTH_REPORT", person=card.jobseeker, card=card, slot=1, days=88)
        link = links.find(token, "SIX_MONTH_REPORT")
    person = JobSeeker.objects.get(pk=card.jobseeker_id)
    calls = [lambda: holder_reports.report_by_link(link, status="LOOKING") for _ in range(3)]
    calls.append(lambda: update_person(person, actor=officer, version=person.version, education=None))
    results = at_once(*calls, day=DUE)
    assert sum(isinstance(result, HolderReport) for result in results) == 1, results
    assert sum(isinstance(result, links.LinkDead) for result in results) == 2, results
    kinds = sorted(EpisodeEvent.objects.values_list("kind", flat=True))
    assert kinds == ["CORRECTED_IN", "CORRECTED_OUT", "REGISTERED", "REPORTED"]
    episode = Episode.objects.get()
    assert len(ledger.cells_of(episode.events.all())) == episode.cells.count() == 2
