"""The API of officers: approving many files, joining doubles, erasing, printing a day's cards, breaches, registers."""

import io
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.urls import reverse
from pypdf import PdfReader

from accounts.services.tokens import make_token
from core import clock, jobs
from core.models import IdempotencyKey
from core.models.audit import AuditEvent
from core.models.files import DownloadFile
from core.models.job import Job
from jobseekers import tasks  # noqa: F401 - registers the jobs
from jobseekers.models import (
    AK1Application,
    AK1Card,
    Breach,
    CardPrint,
    Episode,
    EpisodeEvent,
    HolderReport,
    JobSeeker,
    PrintBatch,
    Skill,
)
from jobseekers.services import applications, holder_reports, printing, profile
from messaging.models import Message, Notice
from tests.jobseekers.conftest import TODAY
from tests.jobseekers.test_api import problem, send
from tests.jobseekers.test_documents import put

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "kunci-0001"}
TABLES = (
    JobSeeker, AK1Application, AK1Card, CardPrint, PrintBatch, Breach, Episode, EpisodeEvent, HolderReport,
    DownloadFile, Job, Message, IdempotencyKey,
)  # fmt: skip


def everything():
    return {table: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.fixture
def desk(client_as, officer):
    """The officer's client."""
    return client_as(user=officer)


@pytest.fixture
def pdp(client_as):
    """The client of the data protection officer."""
    return client_as("PDP_OFFICER")


def approved(application, officer):
    return applications.approve(application, actor=officer, version=application.version)


class TestTogether:
    def test_a_preview_says_why_and_changes_nothing(self, desk, sent):
        ready, marked = sent(full_name="Wati Contohwati", kk="3277020101209777"), sent()
        document = put(marked.jobseeker, "KTP", name="")
        type(document).objects.filter(pk=document.pk).update(state="REFUSED", reason="Buram")
        before = everything()
        body = {"applications": [str(ready.uid), str(marked.uid), "3d5e4b2a-0000-4000-8000-000000000000"]}
        told = send(desk, "POST", "together_preview", body).json()
        assert [one["application"]["uid"] for one in told] == [str(ready.uid), str(marked.uid)]
        assert told[0]["obstacles"] == []
        assert "perlu diganti" in told[1]["obstacles"][0]
        assert everything() == before

    def test_each_is_decided_once_and_the_loser_is_told(self, desk, sent, officer, user_with):
        first, second, mended = sent(), sent(), sent()
        other = user_with("PLACEMENT_OFFICER", full_name="Bambang Contohadi")
        approved(second, other)
        files = [{"uid": str(row.uid), "version": row.version} for row in (first, second)]
        files += [{"uid": str(mended.uid), "version": mended.version - 1}]
        files += [{"uid": "3d5e4b2a-0000-4000-8000-000000000000", "version": 1}]
        told = {
            one["application"]: one for one in send(desk, "POST", "together_approve", {"files": files}).json()
        }
        assert told[str(first.uid)]["number"] == AK1Card.objects.get(application=first).number
        assert "Bambang Contohadi" in told[str(second.uid)]["problem"]
        assert (told[str(mended.uid)]["card"], bool(told[str(mended.uid)]["problem"])) == (None, True)
        assert "tidak ada" in told["3d5e4b2a-0000-4000-8000-000000000000"]["problem"]
        assert (AK1Card.objects.count(), AK1Application.objects.get(pk=mended.pk).state) == (2, "SUBMITTED")
        again = send(desk, "POST", "together_approve", {"files": files[:1]}).json()
        assert (again[0]["card"], AK1Card.objects.count()) == (None, 2)

    def test_bad_input_changes_nothing(self, desk, sent):
        row = sent()
        before, file = everything(), {"uid": str(row.uid), "version": row.version}
        for body in (
            {},
            {"files": []},
            {"files": [file, file]},
            {"files": [file] * 51},
            {"files": [{"uid": "x"}]},
        ):
            assert problem(send(desk, "POST", "together_approve", body), 422)["errors"]
        problem(send(desk, "POST", "together_preview", {"applications": []}), 422)
        assert everything() == before

    @pytest.mark.parametrize("rows", [1, 3])
    def test_a_preview_asks_few_queries_a_file(self, desk, sent, rows, django_assert_max_num_queries):
        uids = [str(sent().uid) for _ in range(rows)]
        with django_assert_max_num_queries(10 + 12 * rows):
            assert len(send(desk, "POST", "together_preview", {"applications": uids}).json()) == rows


class TestFiles:
    def test_asking_to_come_and_the_past(self, desk, sent, officer):
        row = sent()
        problem(send(desk, "POST", "application_ask_to_come", {}, row.uid), 428)
        asked = send(desk, "POST", "application_ask_to_come", {}, row.uid, **{"If-Match": str(row.version)})
        assert asked.json()["version"] == row.version + 1
        assert Notice.objects.filter(user=row.jobseeker.user).exists()
        told = send(desk, "GET", "application_history", None, row.uid).json()
        assert [(step["label"], step["actor_name"]) for step in told][-1] == (
            "Pemohon diminta datang", officer.full_name,
        )  # fmt: skip
        problem(
            send(desk, "POST", "application_ask_to_come", {}, row.uid, **{"If-Match": str(row.version)}), 412
        )

    def test_the_owner_reads_the_past_without_names_of_staff(self, sent, client_as, officer):
        row = sent()
        approved(row, officer)
        owner = client_as(user=row.jobseeker.user)
        told = send(owner, "GET", "own_application_history", None, row.uid)
        assert [step["transition"] for step in told.json()][-1] == "approve"
        assert officer.full_name not in told.content.decode()
        problem(send(client_as("JOBSEEKER"), "GET", "own_application_history", None, row.uid), 404)

    def test_a_draft_of_the_counter_is_taken_back(self, desk, person_with, officer, sent):
        draft = applications.start_application(actor=officer, person=person_with(), origin="DESK")
        gone = send(desk, "POST", "application_withdraw", {}, draft.uid, **{"If-Match": str(draft.version)})
        assert gone.json()["state"] == "WITHDRAWN"
        theirs, before = sent(), everything()
        now = {"If-Match": str(theirs.version)}
        problem(send(desk, "POST", "application_withdraw", {}, theirs.uid, **now), 403)
        assert {**everything(), AK1Application: 0} == {**before, AK1Application: 0}
        assert AK1Application.objects.get(pk=theirs.pk).state == "SUBMITTED"


class TestPeople:
    def test_doubles_are_joined(self, desk, person_with):
        loser, kept = person_with(), person_with()
        body = {"keep": str(kept.uid), "reason": "KTP sama, diperiksa di loket"}
        before = everything()
        problem(send(desk, "POST", "person_merge", body, loser.uid), 428)
        problem(send(desk, "POST", "person_merge", body, loser.uid, **{"If-Match": "99"}), 412)
        now = {"If-Match": str(loser.version)}
        wrong = ({**body, "keep": "x"}, {**body, "keep": str(loser.uid)}, {**body, "reason": " "}, {})
        for each in wrong:
            problem(send(desk, "POST", "person_merge", each, loser.uid, **now), 422)
        assert everything() == before
        done = send(desk, "POST", "person_merge", body, loser.uid, **now)
        assert (done.status_code, done.json()["uid"]) == (200, str(kept.uid))
        assert JobSeeker.objects.get(pk=loser.pk).merged_into == kept
        problem(send(desk, "POST", "person_merge", body, loser.uid, **now), 404)

    def test_an_erasure_is_the_pdp_officer_s(self, desk, pdp, person_with, sent):
        person, body = person_with(), {"reason": "Surat permintaan 12/2023"}
        waiting = sent().jobseeker
        before = everything()
        now = {"If-Match": str(person.version)}
        problem(send(desk, "POST", "person_erase", body, person.uid, **now), 403)
        problem(send(pdp, "POST", "person_erase", body, person.uid, **{"If-Match": "99"}), 412)
        problem(send(pdp, "POST", "person_erase", {"reason": " "}, person.uid, **now), 422)
        told = problem(
            send(pdp, "POST", "person_erase", body, waiting.uid, **{"If-Match": str(waiting.version)}), 422
        )
        assert "belum diputus" in told["detail"]
        assert everything() == before
        assert send(pdp, "POST", "person_erase", body, person.uid, **now).status_code == 204
        person.refresh_from_db()
        assert (person.nik_sealed, person.address) == (None, "")

    def test_rows_photo_and_ledger_of_a_person(self, desk, sent, officer, client_as):
        row = sent()
        card = approved(row, officer)
        person = row.jobseeker
        Skill.objects.create(jobseeker=person, name="Las")
        got = send(desk, "GET", "person_rows", None, person.uid, "skills").json()
        assert [one["name"] for one in got] == ["Las"]
        problem(send(desk, "GET", "person_rows", None, person.uid, "rahasia"), 404)
        assert (
            b"".join(send(desk, "GET", "person_photo", None, person.uid).streaming_content)[:2] == b"\xff\xd8"
        )
        own = client_as(user=person.user)
        assert b"".join(send(own, "GET", "photo").streaming_content)[:2] == b"\xff\xd8"
        (episode,) = send(desk, "GET", "person_episodes", None, person.uid).json()
        assert episode["card"] == str(card.uid)
        assert [(line["kind"], line["delta"]) for line in episode["events"]] == [("REGISTERED", 1)]
        assert AuditEvent.objects.filter(object_uid=person.uid, actor_uid=officer.uid).count() == 3
        (held,) = desk.get(reverse("api:cards"), {"person": str(person.uid)}).json()["results"]
        assert held["uid"] == str(card.uid)
        assert desk.get(reverse("api:cards"), {"state": "EXPIRED"}).json()["results"] == []
        (file,) = desk.get(reverse("api:applications"), {"person": str(person.uid)}).json()["results"]
        assert file["uid"] == str(row.uid)

    def test_a_need_is_read_by_who_counsels_only(self, desk, person_with, client_as):
        person = person_with()
        assert send(desk, "GET", "person_need", None, person.uid).json() == {"kind": "", "need": ""}
        profile.set_need(person, actor=None, version=person.version, kind="PHYSICAL", need="Jalur kursi roda")
        told = send(desk, "GET", "person_need", None, person.uid)
        assert (told.json()["need"], told["Cache-Control"]) == ("Jalur kursi roda", "private, no-store")
        for role in ("SECTION_HEAD", "ADMINISTRATOR", "PDP_OFFICER", "JOBSEEKER", "COMPANY_OPERATOR"):
            problem(send(client_as(role), "GET", "person_need", None, person.uid), 403)


class TestPrinting:
    def order(self, client, key="kunci-0001", **body):
        told = {"day": TODAY.isoformat(), **body}
        return send(client, "POST", "print_batches", told, **{"Idempotency-Key": key})

    def test_a_day_s_cards_are_ordered_once_and_fetched(self, desk, sent, officer, client_as):
        cards = [approved(sent(), officer) for _ in range(2)]
        made = self.order(desk)
        uid = made.json()["uid"]
        assert (made.status_code, made.json()["state"]) == (201, "WAITING")
        assert (self.order(desk).status_code, self.order(desk).json()["uid"]) == (200, uid)
        assert PrintBatch.objects.count() == 1
        problem(desk.get(reverse("api:download_file", args=[uid])), 404)
        jobs.work_off()
        told = send(desk, "GET", "download", None, uid).json()
        assert (told["state"], told["rows"]) == ("READY", 2)
        answer = desk.get(reverse("api:download_file", args=[uid]))
        assert answer["Cache-Control"] == "private, no-store"
        text = "".join(
            page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
        )
        assert all(card.jobseeker.full_name.upper().split()[0] in text.upper() for card in cards)
        listed = desk.get(reverse("api:prints"), {"day": TODAY.isoformat()}).json()["results"]
        assert {(row["number"], row["copy_no"]) for row in listed} == {(card.number, 1) for card in cards}
        (own,) = desk.get(reverse("api:downloads")).json()["results"]
        assert own["uid"] == uid
        stranger = client_as("PLACEMENT_OFFICER")
        assert stranger.get(reverse("api:downloads")).json()["results"] == []
        for name in ("download", "download_file"):
            problem(stranger.get(reverse(f"api:{name}", args=[uid])), 404)

    def test_a_day_without_cards_and_bad_days(self, desk):
        before = everything()
        assert "Tidak ada kartu" in problem(self.order(desk), 422)["detail"]
        problem(self.order(desk, day="31-08-2023"), 422)
        problem(send(desk, "POST", "print_batches", {"day": TODAY.isoformat()}), 422)
        assert everything() == before

    def test_no_token_opens_what_shows_a_nik(self, desk, sent, officer):
        card = approved(sent(), officer)
        put(card.jobseeker, "KTP", name="")
        uid = self.order(desk).json()["uid"]
        jobs.work_off()
        _, token = make_token(actor=officer, label="Uji", days=7, may_write=True)
        bearer = {"Authorization": f"Bearer {token}"}
        nobody = type(desk)()
        for name, args in (("download_file", [uid]), ("card_pdf", [card.uid]),
                           ("person_document_file", [card.jobseeker.uid, "KTP"])):  # fmt: skip
            told = problem(nobody.get(reverse(f"api:{name}", args=args), headers=bearer), 403)
            assert "masuk lewat situs" in told["detail"]
        assert nobody.get(reverse("api:download", args=[uid]), headers=bearer).status_code == 200

    def test_a_token_that_only_reads_may_search_and_check_which_are_posts(self, desk, person_with, officer):
        person_with(full_name="Siti Contohwati")
        _, token = make_token(actor=officer, label="Uji", days=7, may_write=False)
        bearer, nobody = {"Authorization": f"Bearer {token}"}, type(desk)()
        sent = {"content_type": "application/json", "headers": bearer}
        found = nobody.post(reverse("api:search"), {"query": "siti contohwati"}, **sent)
        assert (found.status_code, len(found.json())) == (200, 1)
        assert nobody.post(reverse("api:card_check"), {"code": "0000"}, **sent).status_code == 200
        refused = problem(nobody.post(reverse("api:print_batches"), {"day": str(TODAY)}, **sent), 403)
        assert refused["detail"].startswith("Token ini hanya untuk membaca.")

    def test_an_address_that_is_none_is_a_problem_and_no_page(self, desk):
        assert "bukan untuk akun Anda" in problem(desk.get("/api/v1/nothing/"), 404)["detail"]


BREACH = {
    "title": "Surel salah kirim", "happened_from": "2023-08-18", "happened_until": "2023-08-19",
    "found_at": "2023-08-20T09:00:00+07:00", "data_kinds": ["contact", "nik"], "door": "all", "cause": "Salah alamat",
}  # fmt: skip


class TestBreaches:
    def test_the_register_from_the_first_note_to_the_end(self, pdp, person_with):
        people = [person_with(), person_with()]
        made = send(pdp, "POST", "breaches", BREACH, **KEY)
        told = made.json()
        assert (made.status_code, told["affected_count"], told["data_kinds"]) == (201, 2, ["contact", "nik"])
        assert (told["happened_from"], told["happened_until"]) == ("2023-08-18", "2023-08-19")
        assert told["due_at"].startswith("2023-08-23T09:00:00")
        again = send(pdp, "POST", "breaches", BREACH, **KEY)
        assert (again.status_code, Breach.objects.count()) == (200, 1)
        uid = told["uid"]
        now = {"If-Match": made["ETag"]}
        assert "penanganan" in problem(send(pdp, "POST", "breach_tell", {}, uid, **now), 422)["detail"]
        mended = send(pdp, "PUT", "breach", {**BREACH, "handling": "Kata sandi diganti"}, uid, **now)
        problem(send(pdp, "PUT", "breach", BREACH, uid, **now), 412)
        listed = send(pdp, "GET", "breach_people", None, uid)
        assert {row["uid"] for row in listed.json()["results"]} == {str(person.uid) for person in people}
        assert all(person.read_nik() not in listed.content.decode() for person in people)
        assert AuditEvent.objects.filter(kind="jobseekers.affected_listed").count() == 1
        done = send(pdp, "POST", "breach_tell", {}, uid, **{"If-Match": mended["ETag"]})
        assert done.json()["notified_at"]
        assert Job.objects.filter(kind="jobseekers.tell_breach").count() == 1
        problem(send(pdp, "PUT", "breach", BREACH, uid, **{"If-Match": done["ETag"]}), 422)
        closed = send(pdp, "POST", "breach_close", {}, uid, **{"If-Match": done["ETag"]})
        assert closed.json()["state"] == "CLOSED"
        problem(send(pdp, "POST", "breach_close", {}, uid, **{"If-Match": closed["ETag"]}), 409)
        assert pdp.get(reverse("api:breaches"), {"state": "OPEN"}).json()["results"] == []

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"happened_from": "0001-01-01"}, "happened_from"), ({"happened_from": "2023-08-22"}, "happened_from"),
            ({"happened_until": "2023-08-17"}, "happened_until"), ({"happened_until": "2023-08-30"}, "happened_until"),
            ({"found_at": "2030-01-01T00:00:00Z"}, "found_on"), ({"found_at": "kemarin"}, "found_at"),
            ({"data_kinds": []}, "data_kinds"), ({"data_kinds": ["x"]}, "data_kinds"), ({"door": "jendela"}, "door"),
            ({"door": "account"}, "account"), ({"door": "account", "account": "tak@ada.test"}, "account"),
            ({"title": ""}, "title"),
        ],
    )  # fmt: skip
    def test_bad_input_names_its_field(self, pdp, change, field):
        before = everything()
        told = problem(send(pdp, "POST", "breaches", {**BREACH, **change}, **KEY), 422)
        assert field in {name.partition(".")[0] for name in told["errors"]}
        assert everything() == before

    def test_heads_read_and_others_see_nothing(self, pdp, client_as, person_with):
        person_with()
        made = send(pdp, "POST", "breaches", {**BREACH, "handling": "x"}, **KEY)
        uid, now = made.json()["uid"], {"If-Match": made["ETag"]}
        calls = [("POST", "breaches", BREACH), ("PUT", "breach", BREACH, uid), ("POST", "breach_tell", {}, uid),
                 ("POST", "breach_close", {}, uid), ("GET", "breach_people", None, uid)]  # fmt: skip
        before = everything()
        for role in ("AGENCY_HEAD", "ADMINISTRATOR"):
            client = client_as(role)
            assert send(client, "GET", "breach", None, uid).json()["uid"] == uid
            for method, name, body, *args in calls:
                problem(send(client, method, name, body, *args, **now, **KEY), 403)
        for role in ("PLACEMENT_OFFICER", "JOBSEEKER", "COMPANY_OPERATOR", "SECTION_HEAD"):
            client = client_as(role)
            for method, name, body, *args in [
                *calls,
                ("GET", "breach", None, uid),
                ("GET", "breaches", None),
            ]:
                problem(send(client, method, name, body, *args, **now, **KEY), 403)
        assert everything() == before


def test_the_books_of_reports_and_bkol(desk, sent, officer, client_as):
    card = approved(sent(), officer)
    with clock.frozen(TODAY + timedelta(184)):
        holder_reports.report(card, actor=officer, channel="DESK", status="LOOKING")
        (row,) = desk.get(reverse("api:holder_reports"), {"status": "LOOKING"}).json()["results"]
        assert (row["card"], row["full_name"]) == (str(card.uid), card.jobseeker.full_name)
        assert desk.get(reverse("api:holder_reports"), {"late": "true"}).json()["results"] == []
        problem(desk.get(reverse("api:holder_reports"), {"status": "X"}), 422)
    paper = desk.get(reverse("api:bkol"), {"since": "2023-08-01", "until": "2023-08-31"}).json()
    (table,) = paper["tables"]
    assert table["lines"][-1]["values"][-1] == 1
    assert len(table["head"]) == len(table["lines"][0]["values"])
    for wrong in ({"since": "2023-08-01"}, {"since": "2023-08-02", "until": "2023-08-01"}, {"since": "x"}):
        problem(desk.get(reverse("api:bkol"), wrong), 422)
    problem(client_as("JOBSEEKER").get(reverse("api:bkol")), 403)


def test_the_recap_counts_what_the_page_counts(desk, sent, officer):
    approved(sent(), officer)
    sent()

    def total(**asked):
        return sum(cell["count"] for cell in desk.get(reverse("api:recap"), asked).json())

    assert (total(), total(measure="sent"), total(measure="waiting"), total(measure="cards")) == (2, 2, 1, 1)
    assert total(measure="cards", since="2022-01-01", until="2022-12-31") == 0
    assert total(since="2023-08-21", until="2023-08-21") == 2
    problem(desk.get(reverse("api:recap"), {"measure": "uang"}), 422)


class TestCardCheck:
    def test_everybody_who_signed_in_checks_a_card(self, sent, officer, client_as):
        card = approved(sent(), officer)
        client = client_as("COMPANY_OPERATOR")
        told = send(client, "POST", "card_check", {"code": card.number})
        assert (told.json()["kind"], told.json()["number"]) == ("ok", card.number)
        assert card.jobseeker.full_name not in told.content.decode()
        assert card.jobseeker.read_nik() not in told.content.decode()
        unknown = send(client, "POST", "card_check", {"code": "3277010101000009"}).json()
        assert (unknown["kind"], unknown["number"], unknown["valid_until"]) == ("unknown", "", None)
        assert send(client, "POST", "card_check", {"code": "AK1:XYZ"}).json()["kind"] == "damaged"

    def test_checks_are_counted_with_those_of_the_page(self, client_as, client, agency):
        caches["default"].clear()
        with clock.frozen(clock.machine_now()):
            for _ in range(15):
                client.post(reverse("jobseekers:check_card"), {"code": "1"})
            api = client_as("COMPANY_OPERATOR")
            found = [send(api, "POST", "card_check", {"code": "1"}).status_code for _ in range(10)]
        assert 429 in found
        assert found[0] == 200


@pytest.mark.parametrize(
    "role", ["JOBSEEKER", "COMPANY_OPERATOR", "BKK_OPERATOR", "LPK_OPERATOR", "TRAINING_OFFICER"]
)
def test_nobody_else_decides(role, client_as, sent, officer, person_with):
    row, person = sent(), person_with()
    approved(sent(), officer)
    before, client, now = everything(), client_as(role), {"If-Match": "1"}
    calls = [
        ("POST", "together_preview", {"applications": [str(row.uid)]}),
        ("POST", "together_approve", {"files": [{"uid": str(row.uid), "version": row.version}]}),
        ("POST", "application_ask_to_come", {}, row.uid), ("POST", "application_withdraw", {}, row.uid),
        ("GET", "application_history", None, row.uid),
        ("POST", "person_merge", {"keep": str(person.uid), "reason": "x"}, row.jobseeker.uid),
        ("POST", "person_erase", {"reason": "x"}, person.uid), ("GET", "person_need", None, person.uid),
        ("GET", "person_episodes", None, person.uid),
        ("POST", "print_batches", {"day": TODAY.isoformat()}), ("GET", "prints", None), ("GET", "holder_reports", None),
    ]  # fmt: skip
    for method, name, body, *args in calls:
        problem(send(client, method, name, body, *args, **now, **KEY), 403)
    assert everything() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_registers_ask_a_fixed_number_of_queries(
    rows, desk, pdp, sent, officer, django_assert_max_num_queries
):
    for _ in range(rows):
        card = approved(sent(), officer)
        printing.count_print(card, actor=officer, version=card.version)
        holder_reports.report(card, actor=officer, channel="DESK", status="STUDYING")
    send(pdp, "POST", "breaches", BREACH, **KEY)
    breach = Breach.objects.get().uid
    for client, name, args in ((desk, "prints", []), (desk, "holder_reports", []), (desk, "cards", []),
                               (pdp, "breach_people", [breach])):  # fmt: skip
        with django_assert_max_num_queries(12):
            assert len(client.get(reverse(f"api:{name}", args=args)).json()["results"]) == rows
