"""The API of the owner: rows of the profile, documents, visits, reports, the card's paper, the copy of all data."""

import json
from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from core import clock
from core.models import StoredFile
from core.models.audit import AuditEvent
from core.models.reference import ClassificationCode
from jobseekers.models import (
    AK1Card,
    HolderReport,
    JobSeeker,
    PersonDocument,
    Schooling,
    Skill,
    VisitBooking,
    VisitSlot,
)
from jobseekers.services import applications
from jobseekers.services.cards import remove_from_register
from tests.jobseekers.conftest import TODAY
from tests.jobseekers.test_api import problem, send
from tests.jobseekers.test_documents import pdf, picture

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "kunci-0001"}


@pytest.fixture
def rina(person_with, seeker):
    """A person with an account."""
    return person_with(user=seeker)


@pytest.fixture
def client(client_as, rina):
    """Rina's client."""
    return client_as(user=rina.user)


@pytest.fixture
def stranger(client_as, person_with, user_with):
    """Another job seeker's client."""
    other = person_with(user=user_with("JOBSEEKER"), full_name="Orang Lain")
    return client_as(user=other.user)


@pytest.fixture
def card(sent, officer, rina):
    """Rina's card."""
    application = sent(person=rina)
    return applications.approve(application, actor=officer, version=application.version)


@pytest.fixture
def hours(db):
    """Two hours tomorrow, a place each."""
    day = TODAY + timedelta(days=1)
    return [
        VisitSlot.objects.create(day=day, starts_at=time(h), ends_at=time(h + 1), counters=1, per_counter=1)
        for h in (8, 9)
    ]


def version_of(person):
    return {"If-Match": str(JobSeeker.objects.get(pk=person.pk).version)}


def upload(client, version, data, *, kind="KTP", **fields):
    body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("a.pdf", data), **fields})
    return client.generic(
        "PUT", reverse("api:own_document", args=[kind]), body, MULTIPART_CONTENT, headers=version
    )


def everything():
    tables = (
        JobSeeker,
        Skill,
        Schooling,
        PersonDocument,
        StoredFile,
        VisitBooking,
        VisitSlot,
        HolderReport,
        AK1Card,
    )
    return {table: list(table.objects.order_by("pk").values()) for table in tables}


class TestRows:
    def test_add_once_change_and_remove(self, client, rina):
        body, now = {"name": "Las listrik", "level": "GOOD"}, version_of(rina)
        made = send(client, "POST", "own_rows", body, "skills", **now, **KEY)
        assert (made.status_code, made.json()["name"]) == (201, "Las listrik")
        again = send(client, "POST", "own_rows", body, "skills", **now, **KEY)
        assert (again.status_code, again.json()["id"], again["ETag"]) == (
            200,
            made.json()["id"],
            made["ETag"],
        )
        problem(send(client, "POST", "own_rows", {**body, "name": "Jahit"}, "skills", **now, **KEY), 422)
        row = ("skills", made.json()["id"])
        problem(send(client, "PUT", "own_row", body, *row, **now), 412)
        body["level"] = "EXPERT"
        changed = send(client, "PUT", "own_row", body, *row, **{"If-Match": made["ETag"]})
        assert changed.json()["level"] == "EXPERT"
        assert [row["level"] for row in send(client, "GET", "own_rows", None, "skills").json()] == ["EXPERT"]
        gone = send(client, "DELETE", "own_row", None, *row, **{"If-Match": changed["ETag"]})
        assert gone.status_code == 204
        problem(send(client, "GET", "own_row", None, *row), 404)
        problem(
            send(client, "POST", "own_rows", {**body, "level": "GOOD"}, "skills", **version_of(rina), **KEY),
            409,
        )

    def test_what_the_card_prints_follows(self, client, rina, levels):
        body = {"level": "S1", "school": "Universitas Contoh", "major": "Teknik", "graduated": 2023}
        send(client, "POST", "own_rows", body, "schooling", **version_of(rina), **KEY)
        rina.refresh_from_db()
        assert (rina.education_id, rina.education_school) == ("S1", "Universitas Contoh")

    def test_an_occupation_by_its_code(self, client, rina):
        ClassificationCode.objects.create(
            scheme="KBJI", version="2014", code="7212", level=4, title="Juru las"
        )
        made = send(
            client, "POST", "own_rows", {"occupation": "7212"}, "occupations", **version_of(rina), **KEY
        )
        assert made.json()["title"] == "Juru las"
        key = {"Idempotency-Key": "kunci-0002"}
        told = problem(
            send(
                client, "POST", "own_rows", {"occupation": "9999"}, "occupations", **version_of(rina), **key
            ),
            422,
        )
        assert set(told["errors"]) == {"occupation"}

    def test_rules_of_the_page_hold(self, client, rina):
        body = {
            "employer": "PT Contoh",
            "occupation": "Operator",
            "started_on": "2023-05-09",
            "ended_on": "2022-01-01",
        }
        before = everything()
        told = problem(send(client, "POST", "own_rows", body, "work", **version_of(rina), **KEY), 422)
        assert set(told["errors"]) == {"ended_on"}
        problem(send(client, "POST", "own_rows", {}, "hobi", **version_of(rina), **KEY), 404)
        assert everything() == before

    def test_not_while_the_file_waits_and_never_somebody_elses(self, client, stranger, rina, sent):
        skill = Skill.objects.create(jobseeker=rina, name="Las")
        before = everything()
        for method in ("GET", "PUT", "DELETE"):
            problem(
                send(stranger, method, "own_row", {"name": "x"}, "skills", skill.pk, **{"If-Match": "1"}), 404
            )
        assert everything() == before
        sent(person=rina)
        before = everything()
        problem(send(client, "DELETE", "own_row", None, "skills", skill.pk, **version_of(rina)), 409)
        assert everything() == before

    def test_the_need_is_the_owners(self, client, rina):
        body = {"kind": "HEARING", "need": "Juru bahasa isyarat"}
        kept = send(client, "PUT", "own_need", body, **version_of(rina))
        assert kept.json() == body == send(client, "GET", "own_need").json()
        told = problem(send(client, "PUT", "own_need", {"kind": "VISUAL"}, **version_of(rina)), 422)
        assert set(told["errors"]) == {"need"}


class TestDocuments:
    def test_upload_list_fetch_delete(self, client, rina):
        made = upload(client, version_of(rina), pdf(b"satu"))
        assert (made.status_code, made.json()["state"]) == (200, "UNCHECKED")
        (row,) = send(client, "GET", "own_documents").json()
        assert (row["kind"], row["content_type"]) == ("KTP", "application/pdf")
        got = client.get(reverse("api:own_document_file", args=["KTP"]))
        assert b"".join(got.streaming_content) == pdf(b"satu")
        assert got["Cache-Control"] == "private, no-store"
        replaced = upload(client, {"If-Match": made["ETag"]}, picture())
        assert replaced.json()["content_type"] == "image/jpeg"
        gone = send(client, "DELETE", "own_document", None, "KTP", **{"If-Match": replaced["ETag"]})
        assert gone.status_code == 204
        assert not PersonDocument.objects.exists()

    def test_refusals_keep_nothing(self, client, stranger, rina):
        upload(client, version_of(rina), pdf())
        before = everything()
        told = problem(upload(client, version_of(rina), b"<html>bukan dokumen</html>"), 422)
        assert set(told["errors"]) == {"file"}
        problem(upload(client, {"If-Match": "99"}, pdf()), 412)
        problem(upload(client, version_of(rina), pdf(), kind="PASPOR"), 404)
        problem(send(stranger, "GET", "own_document", None, "KTP"), 404)
        problem(send(stranger, "DELETE", "own_document", None, "KTP", **{"If-Match": "1"}), 404)
        assert stranger.get(reverse("api:own_document_file", args=["KTP"])).status_code == 404
        assert everything() == before

    def test_what_an_application_still_needs(self, client, stranger, rina, agency):
        agency.policies["ak1_document_ktp"] = "REQUIRED"
        agency.save()
        uid = send(client, "POST", "own_applications", {"kind": "NEW"}, **KEY).json()["uid"]
        told = send(client, "GET", "own_application_checks", None, uid).json()
        assert {"kind": "KTP", "mandatory": True, "state": None} in told["documents"]
        assert [row["code"] for row in told["findings"]] == ["document_missing"]
        upload(client, version_of(rina), pdf())
        assert send(client, "GET", "own_application_checks", None, uid).json()["findings"] == []
        problem(send(stranger, "GET", "own_application_checks", None, uid), 404)


class TestVisits:
    def test_half_a_character_is_no_text(self, client):
        body = '{"slot": "\\ud800"}'
        answer = client.post(reverse("api:own_visits"), body, content_type="application/json", headers=KEY)
        assert "JSON yang benar" in problem(answer, 400)["detail"]

    def test_choose_move_cancel(self, client, hours):
        (day,) = send(client, "GET", "visit_days").json()
        assert day == {"day": hours[0].day.isoformat(), "free": 2}
        problem(client.get(reverse("api:visit_slots")), 422)
        free = client.get(reverse("api:visit_slots"), {"day": day["day"]}).json()
        assert [row["starts_at"] for row in free] == ["08:00:00", "09:00:00"]
        made = send(client, "POST", "own_visits", {"slot": free[0]["uid"]}, **KEY)
        assert send(client, "POST", "own_visits", {"slot": free[0]["uid"]}, **KEY).json() == made.json()
        uid = made.json()["uid"]
        moved = send(
            client, "POST", "own_visit_move", {"slot": free[1]["uid"]}, uid, **{"If-Match": made["ETag"]}
        )
        assert moved.json()["slot"]["uid"] == free[1]["uid"]
        problem(send(client, "POST", "own_visit_cancel", {}, uid, **{"If-Match": made["ETag"]}), 412)
        gone = send(client, "POST", "own_visit_cancel", {}, uid, **{"If-Match": moved["ETag"]})
        assert gone.json()["state"] == "CANCELLED"
        assert sum(VisitSlot.objects.values_list("booked", flat=True)) == 0

    def test_a_full_hour_and_a_visit_of_somebody_else(self, client, stranger, hours):
        slot = {"slot": str(hours[0].uid)}
        made = send(client, "POST", "own_visits", slot, **KEY)
        before = everything()
        assert "penuh" in problem(send(stranger, "POST", "own_visits", slot, **KEY), 422)["detail"]
        for name in ("own_visit_cancel", "own_visit_move"):
            problem(send(stranger, "POST", name, slot, made.json()["uid"], **{"If-Match": made["ETag"]}), 404)
        assert everything() == before


class TestCard:
    def test_its_paper_and_its_reports(self, client, card):
        paper = client.get(reverse("api:own_card_pdf", args=[card.uid]))
        assert paper.content.startswith(b"%PDF")
        due = send(client, "GET", "own_card_due", None, card.uid).json()
        assert [row["number"] for row in due] == [1, 2, 3]
        problem(send(client, "POST", "own_card_reports", {"status": "LOOKING"}, card.uid, **KEY), 422)
        with clock.frozen(card.report_days[0]):
            made = send(client, "POST", "own_card_reports", {"status": "LOOKING"}, card.uid, **KEY)
            again = send(client, "POST", "own_card_reports", {"status": "LOOKING"}, card.uid, **KEY)
        assert (made.status_code, made.json()["slot"], again.status_code) == (201, 1, 200)
        assert send(client, "GET", "own_card_due", None, card.uid).json()[0]["report"] == made.json()["uid"]
        assert len(send(client, "GET", "own_card_reports", None, card.uid).json()["results"]) == 1
        key = {"Idempotency-Key": "kunci-0002"}
        told = problem(send(client, "POST", "own_card_reports", {"status": "WORKING"}, card.uid, **key), 422)
        assert set(told["errors"]) == {"employer_name", "since"}

    def test_not_somebody_elses_and_not_after_its_end(self, client, stranger, card, officer):
        before, events = everything(), AuditEvent.objects.count()
        for name in ("own_card_pdf", "own_card_due", "own_card_reports"):
            problem(stranger.get(reverse(f"api:{name}", args=[card.uid])), 404)
        problem(send(stranger, "POST", "own_card_reports", {"status": "STUDYING"}, card.uid, **KEY), 404)
        assert (everything(), AuditEvent.objects.count()) == (before, events)
        remove_from_register(
            card, actor=officer, version=card.version, reason="MOVED", comment="Surat pindah"
        )
        problem(client.get(reverse("api:own_card_pdf", args=[card.uid])), 403)


def test_a_copy_of_all_data_is_noted(client, rina):
    copy = send(client, "POST", "own_data", {})
    assert json.loads(copy.content)["data"]
    assert send(client, "POST", "own_data_paper", {}).content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(object_uid=rina.uid, kind="jobseekers.my_data_downloaded").count() == 2
    problem(client.get(reverse("api:own_data")), 405)
