"""200 files, eight officers at once, a fifth approved twice, a tenth mended while open (file database or server)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import OperationalError, connection

from core import clock
from core.errors import Refused
from core.models import WorkflowLog
from core.workflow import StaleRecord
from jobseekers.models import AK1Application, AK1Card, Episode, EpisodeEvent, JobSeeker
from jobseekers.services import applications
from jobseekers.services.people import update_person
from jobseekers.services.proposals import NEEDS_APPLICATION

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DAY = date(2023, 8, 21)
FILES, OFFICERS = 200, 8


def patiently(call):
    """Ask again when SQLite's one writer's turn did not come in time on a busy machine: nothing was done then."""
    for _ in range(20):
        try:
            return call()
        except OperationalError as problem:
            if "locked" not in str(problem):
                raise
    raise AssertionError("the database never had a turn for this write")


def approve(officer, application):
    """The card, or the refusal."""
    try:
        return patiently(
            lambda: applications.approve(application, actor=officer, version=application.version)
        )
    except Refused as problem:
        return problem


def work(start, officer, files):
    """One officer's morning: approve what was seen; return each file with its card or the refusal."""
    found = []
    try:
        with clock.frozen(DAY):
            start.wait(timeout=60)
            for application in files:
                found.append((application.pk, approve(officer, application)))
    finally:
        connection.close()
    return found


def move(pk):
    """A new address; the version is read again, because an approval raises it as well."""
    person = JobSeeker.objects.get(pk=pk)
    try:
        update_person(person, actor=person.user, version=person.version, address="Jalan Baru Nomor 7")
    except StaleRecord:
        return
    except Refused as problem:  # an officer approved first: the address is verified now
        if str(problem) != NEEDS_APPLICATION:
            raise


def mend(start, files):
    """The applicants who change their address while an officer has the file open."""
    try:
        with clock.frozen(DAY):
            start.wait(timeout=60)
            for application in files:
                patiently(lambda pk=application.jobseeker_id: move(pk))
    finally:
        connection.close()


def test_two_hundred_files_and_eight_officers(sent, user_with):
    officers = [user_with("PLACEMENT_OFFICER", full_name=f"Petugas Nomor {n}") for n in range(OFFICERS)]
    files = [sent() for _ in range(FILES)]
    twice, mended = files[::5], files[3::10]
    assert (len(twice), len(mended)) == (40, 20)
    shares = [files[n::OFFICERS] for n in range(OFFICERS)]
    for place, application in enumerate(twice):  # a second officer has it open as well
        shares[(files.index(application) + 1 + place) % OFFICERS].insert(place // 2, application)
    start = Barrier(OFFICERS + 1)
    with ThreadPoolExecutor(OFFICERS + 1) as pool:
        applicants = pool.submit(mend, start, mended)
        results = [pool.submit(work, start, *pair) for pair in zip(officers, shares, strict=True)]
        outcomes = [each for result in results for each in result.result()]
        applicants.result()

    cards = [outcome for _, outcome in outcomes if isinstance(outcome, AK1Card)]
    lost = [(pk, outcome) for pk, outcome in outcomes if not isinstance(outcome, AK1Card)]
    assert len(outcomes) == sum(len(share) for share in shares)
    assert all(isinstance(problem, StaleRecord) for _, problem in lost), lost
    serials = sorted(int(number[-6:]) for number in AK1Card.objects.values_list("number", flat=True))
    assert serials == list(range(1, len(cards) + 1))

    approved = dict(
        AK1Application.objects.filter(state="APPROVED").values_list("pk", "decided_by__full_name")
    )
    assert len(approved) == len(cards) == Episode.objects.count() == EpisodeEvent.objects.count()
    uids = AK1Application.objects.filter(pk__in=approved).values_list("uid", flat=True)
    assert WorkflowLog.objects.filter(object_uid__in=uids, transition="approve").count() == len(approved)
    unseen = set(AK1Application.objects.filter(state="SUBMITTED").values_list("pk", flat=True))
    assert unseen <= {application.pk for application in mended}
    assert len(approved) + len(unseen) == FILES

    names = {application.pk: application.jobseeker.user.full_name for application in mended}
    for pk, problem in lost:
        told = str(problem)
        faster = {approved.get(pk), names.get(pk)} - {None}
        assert any(name in told for name in faster), told
        assert "21 Agustus 2023" in told
