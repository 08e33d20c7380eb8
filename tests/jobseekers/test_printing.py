"""The print register: one card, a day's cards in one file, killed and run again."""

import io
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from core import clock, files, jobs
from core.errors import Refused
from core.models import AgencyProfile
from core.models.files import DownloadFile
from core.models.job import Job
from core.workflow import StaleRecord
from jobseekers import tasks
from jobseekers.models import AK1Card, CardPrint, JobSeeker, PrintBatch
from jobseekers.services import applications, printing
from tests.jobseekers.conftest import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(sent, officer):
    """Return a function that issues so many cards today."""

    def make(count=1, **changes):
        found = []
        for _ in range(count):
            application = sent(**changes)
            found.append(applications.approve(application, actor=officer, version=application.version))
        return found

    return make


def text_of(row):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(files.read_file(row.file))).pages)


def test_each_printing_of_one_card_is_a_line(issued, officer):
    (card,) = issued()
    card = printing.count_print(card, actor=officer, version=card.version)
    card = printing.count_print(card, actor=officer, version=card.version)
    assert card.print_count == 2
    assert list(card.prints.order_by("copy_no").values_list("copy_no", "printed_by")) == [
        (1, officer.pk),
        (2, officer.pk),
    ]
    with pytest.raises(StaleRecord):
        printing.count_print(card, actor=officer, version=card.version - 1)
    assert card.prints.count() == 2


def test_a_day_s_cards_come_as_one_sealed_file(issued, officer):
    cards = issued(5)
    printing.count_print(cards[4], actor=officer, version=cards[4].version)
    batch = printing.order_batch(actor=officer, day=TODAY)
    jobs.work_off()
    row = DownloadFile.objects.get()
    assert (row.state, row.rows, row.owner, row.message) == ("READY", 4, officer, "")
    assert row.file.sealed
    assert row.expires_at < clock.machine_now() + timedelta(days=1, minutes=1)
    assert len(PdfReader(io.BytesIO(files.read_file(row.file))).pages) == 2
    assert not files.default_storage.open(row.file.path).read().startswith(b"%PDF")
    assert set(batch.prints.values_list("card", flat=True)) == {card.pk for card in cards[:4]}
    assert set(AK1Card.objects.values_list("print_count", flat=True)) == {1}


def test_printed_cards_come_again_only_on_demand_and_are_counted_as_copies(issued, officer):
    issued(2)
    printing.order_batch(actor=officer, day=TODAY)
    jobs.work_off()
    with pytest.raises(
        Refused, match="Tidak ada kartu berlaku yang terbit 21 Agustus 2023 dan belum dicetak"
    ):
        printing.order_batch(actor=officer, day=TODAY)
    assert PrintBatch.objects.count() == 1
    again = printing.order_batch(actor=officer, day=TODAY, again=True)
    jobs.work_off()
    assert set(again.prints.values_list("copy_no", flat=True)) == {2}
    assert DownloadFile.objects.filter(state="READY").count() == 2


@pytest.mark.parametrize("where", ["lines", "drawing", "storing"])
def test_a_batch_that_was_killed_prints_the_same_lines_once(issued, officer, monkeypatch, where):
    issued(6)
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    batch = printing.order_batch(actor=officer, day=TODAY)
    job = Job.objects.get(pk=batch.job_id)

    class Killed(BaseException):
        pass

    calls = []

    def die(*args, **kwargs):
        raise Killed

    def second(batch, cards, list_cards=printing.list_cards):
        calls.append(1)
        written = list_cards(batch, cards)
        if len(calls) == 2:
            raise Killed
        return written

    with monkeypatch.context() as patched:
        if where == "lines":
            patched.setattr(printing, "list_cards", second)
        elif where == "drawing":
            patched.setattr(tasks, "render_cards", die)
        else:
            patched.setattr(files, "store", die)
        with pytest.raises(Killed):
            jobs.run(job.pk)
    before = set(batch.prints.values_list("pk", "card", "copy_no"))
    assert len(before) == (2 if where == "lines" else 6)
    Job.objects.filter(pk=job.pk).update(lease_until=clock.machine_now() - timedelta(seconds=1))
    jobs.sweep()
    jobs.work_off()
    assert Job.objects.get(pk=job.pk).state == "DONE"
    assert before <= set(batch.prints.values_list("pk", "card", "copy_no"))
    assert set(AK1Card.objects.values_list("print_count", flat=True)) == {1}
    row = DownloadFile.objects.get()
    assert (row.state, row.rows, CardPrint.objects.count()) == ("READY", 6, 6)
    for number in AK1Card.objects.values_list("number", flat=True):
        assert len(re.findall(f"{number[:4]} {number[4:10]} {number[10:]}", text_of(row))) == 2  # one a side


def test_what_cannot_be_printed_is_left_out_and_named(issued, officer):
    good, bad = issued(2)
    JobSeeker.objects.filter(pk=bad.jobseeker_id).update(address="W" * 205)
    printing.order_batch(actor=officer, day=TODAY)
    jobs.work_off()
    row = DownloadFile.objects.get()
    assert (row.state, row.rows) == ("READY", 1)
    assert bad.number_grouped in row.message
    assert "alamat" in row.message
    assert list(CardPrint.objects.values_list("card", flat=True)) == [good.pk]
    assert AK1Card.objects.get(pk=bad.pk).print_count == 0


def test_a_failed_order_is_taken_up_again_with_its_lines(issued, officer, monkeypatch):
    issued(2)
    batch = printing.order_batch(actor=officer, day=TODAY)
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "render_cards", lambda *args: 1 / 0)
        for _ in range(5):
            Job.objects.filter(pk=batch.job_id).update(not_before=clock.machine_now())
            jobs.run(batch.job_id)
    assert Job.objects.get(pk=batch.job_id).state == "FAILED"
    assert printing.order_batch(actor=officer, day=TODAY) == batch
    jobs.work_off()
    assert DownloadFile.objects.get().state == "READY"
    assert CardPrint.objects.count() == 2


def test_a_card_that_ended_is_not_in_the_batch(issued, officer):
    kept, gone = issued(2)
    AK1Card.objects.filter(pk=gone.pk).update(state="REMOVED", removal_reason="MOVED", ended_on=TODAY)
    assert list(printing.cards_to_print(TODAY)) == [kept]
    assert not printing.cards_to_print(date(2023, 8, 20)).exists()


def test_pages_of_the_register(issued, client_as):
    card, client = issued(3)[0], client_as("PLACEMENT_OFFICER")
    assert (
        reverse("jobseekers:print_register") in client.get(reverse("jobseekers:card_list")).content.decode()
    )
    done = client.post(reverse("jobseekers:print_day"), {"day": "2023-08-21", "which": "new"})
    assert done.status_code == 302
    assert done.url == reverse("core:downloads")
    jobs.work_off()
    page = client.get(reverse("jobseekers:print_register"))
    assert card.number_grouped in page.content.decode()
    assert "3 cetakan" in page.content.decode()
    refused = client.post(reverse("jobseekers:print_day"), {"day": "2023-08-21", "which": "new"})
    assert refused.status_code == 422
    assert "Tidak ada kartu berlaku" in refused.content.decode()
    row = DownloadFile.objects.get()
    assert client.get(reverse("core:download", args=[row.uid])).status_code == 200
    other = client_as("PLACEMENT_OFFICER")
    assert other.get(reverse("core:download", args=[row.uid])).status_code == 404
    before = CardPrint.objects.count(), PrintBatch.objects.count()
    for role in ("JOBSEEKER", "SECTION_HEAD", "TRAINING_OFFICER"):
        answer = client_as(role).post(reverse("jobseekers:print_day"), {"day": "2023-08-21", "which": "all"})
        assert answer.status_code == 403
    assert (CardPrint.objects.count(), PrintBatch.objects.count()) == before


def test_the_register_asks_as_much_for_three_lines_as_for_one(issued, officer, client_as):
    client = client_as("PLACEMENT_OFFICER")
    counts = []
    for count in (1, 2):
        for card in issued(count):
            printing.count_print(card, actor=officer, version=card.version)
        assert client.get(reverse("jobseekers:print_register")).status_code == 200
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("jobseekers:print_register"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_number_taken_under_another_format_is_passed_over(issued, agency):
    agency.number_formats = {"ak1": "{yy}{n:02}"}
    agency.save()
    (first,) = issued()
    assert first.number == "2301"
    AK1Card.objects.filter(pk=first.pk).update(number="23002")
    agency.number_formats = {"ak1": "{yy}{n:03}"}
    agency.save()
    second, third = issued(2)
    assert (second.number, third.number) == ("23003", "23004")


@pytest.mark.parametrize("pattern", ["{region4}{n:06}", "{yyyy}{mm}", "AK1"])
def test_a_format_without_year_or_number_is_refused(agency, pattern):
    agency.number_formats = {"ak1": pattern}
    with pytest.raises(ValidationError, match="harus memuat"):
        agency.save()
    assert AgencyProfile.objects.get().number_formats == {}


def test_numbers_start_again_each_year_and_stay_different(issued):
    first = issued()[0].number
    with clock.frozen(date(2024, 1, 2)):
        second = issued()[0].number
    assert (first, second) == ("3277210823000001", "3277020124000001")
