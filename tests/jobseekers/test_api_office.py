"""The API of officers: the counter, documents, notes, cards, visits, search, requests about data, IPK forms."""

from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models.audit import AuditEvent
from core.models.files import StoredFile
from core.personal import make_nik
from jobseekers.ipk import form_1
from jobseekers.models import (
    AK1Application,
    AK1Card,
    CardPrint,
    DataRequest,
    HolderReport,
    Interview,
    JobSeeker,
    PersonDocument,
    VisitBooking,
    VisitSlot,
)
from jobseekers.services import applications, rights, visits
from tests.jobseekers.conftest import TODAY
from tests.jobseekers.test_api import problem, send
from tests.jobseekers.test_documents import pdf, put
from tests.pictures import photo

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "kunci-0001"}
TABLES = (
    JobSeeker, AK1Application, AK1Card, CardPrint, PersonDocument, Interview, HolderReport, VisitSlot, VisitBooking,
    DataRequest,
)  # fmt: skip


def everything():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.fixture
def desk(client_as, officer):
    """The officer's client."""
    return client_as(user=officer)


@pytest.fixture
def card(sent, officer):
    """Somebody's card."""
    application = sent()
    return applications.approve(application, actor=officer, version=application.version)


def walk_in(client):
    nik = make_nik("327702", date(2001, 5, 4), "M", 9777)
    data = {
        "full_name": "Budi Contoh", "sex": "M", "nik": nik, "kk": "3277020101209000", "birth_place": "Cimahi",
        "birth_date": "2001-05-04", "marital_status": "SINGLE", "religion": "ISLAM", "education": "SMK",
        "village": "32.77.02.1001", "address": "Jalan Melati 1", "phone": "0812 0000 0001",
        "photo": SimpleUploadedFile("a.jpg", photo().read())
    }  # fmt: skip
    return client.post(reverse("api:walk_ins"), data, headers=KEY)


@pytest.mark.usefixtures("agency", "levels")
def test_a_walk_in_is_registered_and_sent_once(desk, client_as):
    made = walk_in(desk)
    assert (made.status_code, made.json()["state"], made.json()["origin"]) == (201, "SUBMITTED", "DESK")
    again = walk_in(desk)
    assert (again.status_code, again.json()["uid"]) == (200, made.json()["uid"])
    assert StoredFile.objects.filter(kind="jobseekers.photo").count() == 1
    problem(walk_in(client_as("SECTION_HEAD")), 403)
    assert JobSeeker.objects.count() == 1


def test_a_renewal_at_the_counter(desk, card, officer):
    person = card.jobseeker
    told = problem(send(desk, "POST", "person_applications", {"kind": "NEW"}, person.uid, **KEY), 422)
    assert "kartu" in told["detail"]
    body = {"kind": "REPLACEMENT", "reason": "LOST"}
    made = send(desk, "POST", "person_applications", body, person.uid, **KEY)
    assert made.json()["state"] == "DRAFT"
    sent = send(desk, "POST", "application_submit", {}, made.json()["uid"], **{"If-Match": made["ETag"]})
    assert sent.json()["state"] == "SUBMITTED"


def test_points_say_what_to_mend(desk, sent):
    application = sent()
    put(application.jobseeker, "KTP", name="")
    application.refresh_from_db()
    now = {"If-Match": str(application.version)}
    body = {"points": [{"document": "KTP", "reason": "Buram"}, {"part": "foto", "reason": "Gelap"}]}
    done = send(desk, "POST", "application_return", body, application.uid, **now)
    assert done.json()["state"] == "RETURNED"
    told = send(desk, "GET", "application_checks", None, application.uid).json()
    assert [(row["document"], row["part"]) for row in told["points"]] == [("KTP", ""), ("", "foto")]
    (row,) = send(desk, "GET", "person_documents", None, application.jobseeker.uid).json()
    assert (row["state"], row["reason"]) == ("REFUSED", "Buram")


def test_twins_are_for_officers_only(desk, sent, client_as):
    first = sent()
    second = sent(nik=first.jobseeker.read_nik())
    told = send(desk, "GET", "application_checks", None, second.uid).json()
    assert [twin["uid"] for row in told["findings"] for twin in row["twins"]][:1] == [
        str(first.jobseeker.uid)
    ]
    own = client_as(user=second.jobseeker.user)
    theirs = send(own, "GET", "own_application_checks", None, second.uid)
    assert str(first.jobseeker.uid) not in theirs.content.decode()


def test_documents_and_notes_of_a_file(desk, sent, officer):
    application = sent()
    row = put(application.jobseeker, "KTP", pdf(b"isi"), name="")
    uid = application.jobseeker.uid
    got = desk.get(reverse("api:person_document_file", args=[uid, "KTP"]))
    assert b"".join(got.streaming_content) == pdf(b"isi")
    assert AuditEvent.objects.filter(object_uid=uid, actor_uid=officer.uid).count() == 1
    problem(send(desk, "POST", "person_document_accept", {}, uid, "KTP", **{"If-Match": "9"}), 412)
    done = send(desk, "POST", "person_document_accept", {}, uid, "KTP", **{"If-Match": str(row.version)})
    assert done.json()["state"] == "ACCEPTED"
    problem(send(desk, "GET", "application_notes", None, application.uid), 404)
    body = {"notes": "Bersedia kerja malam."}
    kept = send(desk, "PUT", "application_notes", body, application.uid, **{"If-Match": "0"})
    assert kept.json()["notes"] == body["notes"]
    problem(send(desk, "PUT", "application_notes", body, application.uid, **{"If-Match": "0"}), 412)


def test_a_nik_is_told_for_a_reason(desk, person_with, client_as):
    person = person_with()
    problem(send(desk, "POST", "person_nik", {"reason": "x"}, person.uid), 422)
    told = send(desk, "POST", "person_nik", {"reason": "Mencocokkan KTP"}, person.uid)
    assert (told.json()["nik"], told["Cache-Control"]) == (person.read_nik(), "private, no-store")
    refused = send(client_as("SECTION_HEAD"), "POST", "person_nik", {"reason": "Ingin tahu saja"}, person.uid)
    problem(refused, 403)
    assert person.read_nik() not in refused.content.decode()


def test_data_is_corrected_at_the_counter(desk, person_with, client_as):
    person = person_with()
    now = {"If-Match": str(person.version)}
    problem(send(client_as("TRAINING_OFFICER"), "PATCH", "person", {"rt": "09"}, person.uid, **now), 403)
    saved = send(desk, "PATCH", "person", {"rt": "09"}, person.uid, **now)
    assert saved.json()["rt"] == "009"


def test_a_card_is_printed_reported_and_removed(desk, card):
    assert desk.get(reverse("api:card_pdf", args=[card.uid])).content.startswith(b"%PDF")
    printed = send(desk, "POST", "card_printed", {}, card.uid, **{"If-Match": str(card.version)})
    assert CardPrint.objects.filter(card=card).count() == 1
    body = {"status": "STUDYING"}
    made = send(desk, "POST", "card_reports", body, card.uid, **KEY)
    assert (made.status_code, made.json()["channel"]) == (201, "DESK")
    now = {"If-Match": str(AK1Card.objects.get().version)}
    problem(send(desk, "POST", "card_remove", {"reason": "MOVED"}, card.uid, **now), 422)
    gone = send(desk, "POST", "card_remove", {"reason": "MOVED", "comment": "Surat pindah"}, card.uid, **now)
    assert gone.json()["state"] == "REMOVED"
    problem(send(desk, "POST", "card_printed", {}, card.uid, **{"If-Match": printed["ETag"]}), 422)


def test_hours_are_opened_and_visits_written_down(desk, officer, person_with):
    body = {
        "first_day": TODAY.isoformat(), "last_day": TODAY.isoformat(), "opens": "13:00", "closes": "14:00",
        "minutes": 30, "counters": 1, "per_counter": 2,
    }  # fmt: skip
    assert send(desk, "POST", "slots", body).json() == {"opened": 2}
    problem(send(desk, "POST", "slots", body), 422)
    rows = desk.get(reverse("api:slots"), {"day": TODAY.isoformat()}).json()
    person = person_with()
    booking = visits.book(actor=officer, person=person, slot=VisitSlot.objects.get(uid=rows[0]["uid"]))
    change = {"counters": 1, "per_counter": 1, "closed": True}
    slot = VisitSlot.objects.get(uid=rows[0]["uid"])
    changed = send(desk, "PUT", "slot", change, slot.uid, **{"If-Match": str(slot.version)})
    assert (changed.json()["closed"], changed.json()["booked"]) == (True, 1)
    (listed,) = desk.get(reverse("api:visits"), {"day": TODAY.isoformat()}).json()["results"]
    assert listed["full_name"] == person.full_name
    done = send(
        desk, "POST", "visit_settle", {"came": True}, booking.uid, **{"If-Match": str(booking.version)}
    )
    assert done.json()["state"] == "ATTENDED"
    problem(send(desk, "POST", "visit_cancel", {}, booking.uid, **{"If-Match": done["ETag"]}), 422)


def test_search_finds_what_the_reader_may_see(desk, client_as, card):
    person = card.jobseeker
    found = send(desk, "POST", "search", {"query": "rina"}).json()
    assert {row["kind"] for row in found} >= {"person"}
    (by_nik,) = send(desk, "POST", "search", {"query": person.read_nik()}).json()
    assert (by_nik["uid"], "nik" in by_nik) == (str(person.uid), False)
    (by_card,) = send(desk, "POST", "search", {"query": card.number}).json()
    assert by_card["kind"] == "card"
    assert send(client_as("TRAINING_OFFICER"), "POST", "search", {"query": card.number}).json() == []
    problem(send(client_as("COMPANY_OPERATOR"), "POST", "search", {"query": "rina"}), 403)


def test_requests_are_answered_by_the_pdp_officer(client_as, desk, person_with, user_with):
    person = person_with(user=user_with("JOBSEEKER"))
    row = rights.make_request(person, actor=person.user, kind="CORRECTION", text="Nama saya salah eja.")
    now, body = {"If-Match": str(row.version)}, {"answer": "Sudah kami betulkan."}
    before = everything()
    for name in ("request_grant", "request_refuse"):
        problem(send(desk, "POST", name, body, row.uid, **now), 403)
    problem(send(desk, "GET", "requests"), 403)
    assert everything() == before
    pdp = client_as("PDP_OFFICER")
    (listed,) = pdp.get(reverse("api:requests"), {"state": "OPEN"}).json()["results"]
    assert listed["person"] == str(person.uid)
    done = send(pdp, "POST", "request_grant", body, row.uid, **now)
    assert (done.json()["state"], done.json()["answer"]) == ("GRANTED", body["answer"])
    problem(send(pdp, "POST", "request_refuse", body, row.uid, **{"If-Match": done["ETag"]}), 409)


def test_the_forms_are_the_pages(desk, card):
    told = desk.get(reverse("api:ipk"), {"form": "III-1", "month": TODAY.isoformat()}).json()
    form = form_1(TODAY.replace(day=1))
    assert told["balanced"]
    assert [row["numbers"] for row in told["lines"]] == [line.numbers for line in form.lines]
    for wrong in ({"form": "III-9", "month": "2023-08-01"}, {"form": "III-1", "month": "2099-01-01"}):
        problem(desk.get(reverse("api:ipk"), wrong), 422)


@pytest.mark.parametrize(
    "role", ["JOBSEEKER", "COMPANY_OPERATOR", "BKK_OPERATOR", "LPK_OPERATOR", "TRAINING_OFFICER"]
)
def test_nobody_else_writes(role, client_as, card, sent, person_with):
    application, person = sent(), person_with()
    put(person, "KTP", name="")
    slot = VisitSlot.objects.create(day=TODAY + timedelta(1), starts_at=time(8), ends_at=time(9))
    booking = visits.book(actor=application.jobseeker.user, person=application.jobseeker, slot=slot)
    before, client, now = everything(), client_as(role), {"If-Match": "1"}
    calls = [
        ("POST", "application_submit", {}, application.uid),
        ("PUT", "application_notes", {"notes": "x"}, application.uid),
        ("POST", "person_applications", {"kind": "NEW"}, person.uid),
        ("POST", "person_document_accept", {}, person.uid, "KTP"),
        ("POST", "person_nik", {"reason": "Mau tahu"}, person.uid), ("PATCH", "person", {"rt": "01"}, person.uid),
        ("POST", "card_printed", {}, card.uid), ("POST", "card_remove", {"reason": "DIED", "comment": "x"}, card.uid),
        ("POST", "card_reports", {"status": "STUDYING"}, card.uid), ("PUT", "slot", {}, slot.uid),
        ("POST", "visit_settle", {"came": True}, booking.uid), ("POST", "visit_cancel", {}, booking.uid),
        ("POST", "slots", {}), ("GET", "person_document_file", None, person.uid, "KTP"),
        ("GET", "application_checks", None, application.uid), ("GET", "visits", None),
        ("GET", "card_pdf", None, card.uid),
    ]  # fmt: skip
    for method, name, body, *args in calls:
        problem(send(client, method, name, body, *args, **now, **KEY), 403)
    assert everything() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_a_fixed_number_of_queries(
    rows, client_as, desk, person_with, user_with, django_assert_max_num_queries
):
    slot = VisitSlot.objects.create(
        day=TODAY + timedelta(1), starts_at=time(8), ends_at=time(9), per_counter=9
    )
    for _ in range(rows):
        person = person_with(user=user_with("JOBSEEKER"))
        rights.make_request(person, actor=person.user, kind="CORRECTION", text="Nama saya salah eja.")
        visits.book(actor=person.user, person=person, slot=slot)
    with django_assert_max_num_queries(9):
        assert len(desk.get(reverse("api:visits"), {"day": slot.day.isoformat()}).json()["results"]) == rows
    pdp = client_as("PDP_OFFICER")
    with django_assert_max_num_queries(9):
        assert len(pdp.get(reverse("api:requests")).json()["results"]) == rows
