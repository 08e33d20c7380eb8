"""The year while it runs: plan against value, notes by their owners, evidence, locks, reminders."""

import io
import threading
import time
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.enums import STAFF_ROLES, InstitutionKind, Role
from accounts.models import Institution
from core import clock
from core.models.files import StoredFile
from core.models.workflow import WorkflowLog
from core.workflow import StaleRecord, revise
from lkip.models import Indicator, NoteFile, QuarterLock, QuarterNote, QuarterTarget
from lkip.notifications import remind_all
from lkip.permissions import EVIDENCE_ROLES
from lkip.services import quarters
from messaging.models import Notice
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def next_spring():
    """The year is over, its last quarter not long ago."""
    with clock.frozen(clock.at(date(YEAR + 1, 1, 10))):
        yield


@pytest.fixture
def section(agency):
    """A section of the office."""
    return Institution.objects.create(kind=InstitutionKind.SECTION, name="Bidang Satu", region=agency.region)


@pytest.fixture
def indicator(small_year, section, planner):
    """The rate, answered for by the section, with a plan for two quarters."""
    found = Indicator.objects.get(code="rate")
    found = revise(found, actor=planner, version=found.version, section=section)
    QuarterTarget.objects.create(indicator=found, year=YEAR, quarter=4, value=Decimal(80))
    return found


@pytest.fixture
def head(user_with, section):
    """The section's head."""
    return user_with("SECTION_HEAD", institution=section)


def url(name, quarter, *args):
    return reverse(f"lkip:{name}", args=[YEAR, quarter, *args])


def picture():
    target = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(target, "PNG")
    return SimpleUploadedFile("bukti.png", target.getvalue(), "image/png")


def write(actor, indicator, quarter=4, **values):
    return quarters.write_note(
        actor, indicator=indicator, year=YEAR, quarter=quarter, **({"cause": "Sebab."} | values)
    )


def test_the_page_compares_with_the_plan_and_own_indicators_stand_first(indicator, head, client_as, planner):
    score = Indicator.objects.get(code="score")
    revise(score, actor=planner, version=score.version, position=0, level="IKU")
    client = client_as("SECTION_HEAD", user=head)
    text = client.get(url("quarter", 4)).content.decode()
    assert text.index("bidang Anda") < text.index(">score<")
    for shown in (
        "80,00\u00a0%",
        "75,00\u00a0%",
        "93,75\u00a0%",
        "Hampir",
        "Menunggu nilai",
        "belum ditulis",
    ):
        assert shown in text
    assert "Menunggu nilai" in client.get(url("quarter", 3)).content.decode()
    assert client.get(url("quarter", 5)).status_code == 404


def test_the_head_writes_own_notes_only_and_the_planner_all(indicator, head, planner, user_with):
    note = write(head, indicator)
    assert WorkflowLog.objects.of(note).last().actor == head
    other = Indicator.objects.get(code="score")
    stranger = user_with("SECTION_HEAD")
    for actor, target in ((head, other), (stranger, indicator), (user_with("AGENCY_HEAD"), indicator)):
        with pytest.raises(quarters.NotAllowed):
            write(actor, target, cause="Lain.")
    write(planner, other)
    note.refresh_from_db()
    assert (note.cause, note.version) == ("Sebab.", 1)
    with pytest.raises(quarters.Refused, match="paling sedikit satu"):
        write(planner, indicator, quarter=3, cause=" ")
    assert QuarterNote.objects.count() == 2


def test_two_writers_of_a_note_do_not_overwrite_each_other(indicator, head, planner):
    note = write(head, indicator, version=0)
    with pytest.raises(StaleRecord):
        write(planner, indicator, cause="Saya juga.", version=0)
    write(planner, indicator, cause="Bersama.", version=note.version)
    note.refresh_from_db()
    assert note.cause == "Bersama."


def test_a_closed_quarter_changes_nothing_until_it_is_opened_with_a_reason(indicator, head, planner):
    note = write(head, indicator)
    with pytest.raises(quarters.NotAllowed):
        quarters.lock_quarter(head, year=YEAR, quarter=4)
    with pytest.raises(quarters.Refused, match="belum berakhir"):
        quarters.lock_quarter(planner, year=YEAR + 1, quarter=1)
    quarters.lock_quarter(planner, year=YEAR, quarter=4)
    for actor in (head, planner):
        with pytest.raises(quarters.QuarterClosed):
            write(actor, indicator, cause="Berubah.")
    note.refresh_from_db()
    assert note.cause == "Sebab."
    with pytest.raises(quarters.CommentRequired):
        quarters.unlock_quarter(planner, year=YEAR, quarter=4, reason=" ")
    with pytest.raises(quarters.NotAllowed):
        quarters.unlock_quarter(head, year=YEAR, quarter=4, reason="x")
    assert QuarterLock.objects.get().locked
    lock = quarters.unlock_quarter(planner, year=YEAR, quarter=4, reason="Data BPS datang.")
    assert WorkflowLog.objects.of(lock).last().comment == "Data BPS datang."
    write(head, indicator, cause="Berubah.")


def test_a_quarter_that_has_not_begun_has_no_notes(indicator, planner):
    with pytest.raises(quarters.Refused, match="belum berjalan"):
        quarters.write_note(planner, indicator=indicator, year=YEAR + 1, quarter=2, cause="x")


def test_the_form_writes_keeps_evidence_and_removes_it(indicator, head, client_as, user_with):
    client = client_as("SECTION_HEAD", user=head)
    here = url("quarter_note", 4, "rate")
    data = {"cause": "Pabrik tutup.", "evidence": picture(), "caption": "Surat", "version": ""}
    assert client.post(here, data).status_code == 302
    found = NoteFile.objects.get()
    assert found.file.sealed
    link = reverse("core:file", args=[found.file.uid])
    text = client.get(here).content.decode()
    assert "Pabrik tutup." in text
    assert link in text
    for role in STAFF_ROLES:
        expected = 200 if role in EVIDENCE_ROLES else 404
        assert client_as(role).get(link).status_code in ((200,) if expected == 200 else (403, 404)), role
    remove = url("note_file_remove", 4, "rate", found.file.uid)
    assert client_as("AGENCY_HEAD").post(remove).status_code == 404
    assert NoteFile.objects.exists()
    stale = client.post(here, {"cause": "Lain.", "version": 1, "evidence": picture()})
    assert stale.status_code == 409
    assert StoredFile.objects.count() == 1
    assert client.post(remove).status_code == 302
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("role", [r for r in STAFF_ROLES if r != Role.PLANNER])
def test_others_read_and_write_nothing(indicator, role, client_as):
    client = client_as(role)
    assert client.get(url("quarter", 4)).status_code == 200
    assert client.get(url("quarter_note", 4, "rate")).status_code == 200
    assert client.post(url("quarter_note", 4, "rate"), {"cause": "x"}).status_code == 403
    assert client.post(url("quarter_lock", 4), {"langkah": "kunci"}).status_code == 403
    assert not QuarterNote.objects.exists()
    assert not QuarterLock.objects.exists()


def test_the_planner_locks_and_opens_on_the_page(indicator, client_as):
    client = client_as("PLANNER")
    client.post(url("quarter_lock", 4), {"langkah": "kunci"})
    assert "Terkunci" in client.get(url("quarter", 4)).content.decode()
    assert "dikunci" in client.get(url("quarter_note", 4, "rate")).content.decode()
    assert client.post(url("quarter_note", 4, "rate"), {"cause": "x"}).status_code == 422
    client.post(url("quarter_lock", 4), {"langkah": "buka", "alasan": ""})
    assert QuarterLock.objects.get().locked
    client.post(url("quarter_lock", 4), {"langkah": "buka", "alasan": "Perlu."})
    assert not QuarterLock.objects.get().locked
    assert client.post(url("quarter_lock", 4), {"langkah": "x"}).status_code == 404


def test_owners_are_reminded_once_of_what_is_missing(indicator, head, planner):
    asked = remind_all(clock.today())
    assert asked == remind_all(clock.today()) == Notice.objects.count()
    mine = Notice.objects.get(user=head)
    assert mine.url == url("quarter_note", 4, "rate")
    assert "score" in Notice.objects.get(user=planner).body
    Notice.objects.all().delete()
    write(head, indicator)
    remind_all(clock.today())
    assert not Notice.objects.filter(user=head).exists()
    Notice.objects.all().delete()
    quarters.lock_quarter(planner, year=YEAR, quarter=4)
    assert remind_all(clock.today()) == 0


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(YEAR, 3, 16), []),
        (date(YEAR, 3, 17), [(YEAR, 1)]),
        (date(YEAR, 4, 30), [(YEAR, 1)]),
        (date(YEAR, 5, 1), []),
        (date(YEAR + 1, 1, 30), [(YEAR, 4)]),
    ],
)
def test_reminders_have_their_days(today, due):
    assert quarters.due_quarters(today) == due


def test_statements_do_not_grow_with_notes(indicator, head, planner, client_as):
    client = client_as("PLANNER")
    client.get(url("quarter", 4))
    write(head, indicator)
    with CaptureQueriesContext(connection) as few:
        client.get(url("quarter", 4))
    for number in range(5):
        from lkip.services import plan

        more = plan.save_indicator(
            planner, code=f"n{number}", name="N", level="IKU", unit="x", formula="SCORE", direction="UP"
        )
        write(planner, more)
    with CaptureQueriesContext(connection) as many:
        client.get(url("quarter", 4))
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_who_locks_a_quarter_waits_for_the_note_that_is_being_written(indicator, head, planner):
    """The first lock of a quarter has no row yet that the note could have locked."""
    began, order = threading.Event(), []

    def note() -> None:
        try:
            with clock.frozen(clock.at(date(YEAR + 1, 1, 10))), transaction.atomic():
                write(head, indicator)
                began.set()
                time.sleep(0.5)
                order.append("note")
        finally:
            connection.close()

    def lock() -> None:
        try:
            with clock.frozen(clock.at(date(YEAR + 1, 1, 10))):
                began.wait(10)
                quarters.lock_quarter(planner, year=YEAR, quarter=4)
                order.append("lock")
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for work in (note, lock)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert order == ["note", "lock"]
    assert (QuarterNote.objects.count(), quarters.is_locked(YEAR, 4)) == (1, True)
