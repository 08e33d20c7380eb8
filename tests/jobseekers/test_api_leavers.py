"""The API of a BKK: a class of leavers from an Excel, its preview and decision, and the leaver's own draft."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from core.models import IdempotencyKey
from core.models.audit import AuditEvent
from core.models.staging import StagedUpload
from core.personal import mask_nik
from jobseekers.models import AK1Application, JobSeeker, OneTimeLink
from messaging.models import Message, Notice
from tests.jobseekers import test_leavers
from tests.jobseekers.test_api import problem, send
from tests.jobseekers.test_leavers import link_in, mails, row, sheet

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "kunci-0001"}
school, operator = test_leavers.school, test_leavers.operator


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (JobSeeker, AK1Application, OneTimeLink, StagedUpload, Message, IdempotencyKey)
    ]


def upload(client, *rows, key="kunci-0001"):
    return client.post(
        reverse("api:leaver_uploads"), {"file": sheet(*rows)}, headers={"Idempotency-Key": key}
    )


def commit(client, uid, mode="all"):
    return send(client, "POST", "leaver_upload_commit", {"mode": mode}, uid)


class TestUpload:
    def test_a_class_is_sent_in_and_each_leaver_is_mailed(self, operator):
        made = upload(operator, row(1), row(2))
        staged = made.json()
        assert (made.status_code, staged["state"], staged["good_rows"], staged["bad_rows"]) == (
            201, "STAGED", 2, 0,
        )  # fmt: skip
        assert staged["heads"][0] == "NIK"
        assert staged["rows"][0]["cells"][0] == mask_nik(row(1)["NIK"])
        assert row(1)["NIK"] not in made.content.decode()
        assert not AK1Application.objects.exists()
        done = commit(operator, staged["uid"])
        assert done.json() == {"saved": 2, "skipped": []}
        drafts = AK1Application.objects.all()
        assert {(draft.state, draft.origin) for draft in drafts} == {("DRAFT", "BKK")}
        assert {mail.recipient for mail in mails()} == {"siti1@contoh.test", "siti2@contoh.test"}
        listed = operator.get(reverse("api:leavers")).json()["results"]
        assert [(one["name"], one["stands"]) for one in listed] == [("Siti C•••••••••", "WAITING")] * 2
        event = AuditEvent.objects.get(kind="upload.committed")
        assert event.detail == {"upload": "lulusan-bkk", "rows": 2, "skipped": 0}

    def test_the_same_key_gives_the_same_upload_also_after_the_decision(self, operator):
        first = upload(operator, row(1)).json()["uid"]
        again = upload(operator, row(1))
        assert (again.status_code, again.json()["uid"]) == (200, first)
        commit(operator, first)
        after = upload(operator, row(1))
        assert (after.status_code, after.json()["state"], after.json()["rows"]) == (200, "COMMITTED", [])
        told = problem(upload(operator, row(2)), 422)
        assert "kunci" in told["detail"].lower() or "Key" in told["detail"]
        assert "sudah disimpan" in problem(upload(operator, row(1), key="kunci-0002"), 422)["detail"]
        assert "sudah disimpan" in problem(commit(operator, first), 422)["detail"]
        assert (AK1Application.objects.count(), StagedUpload.objects.count()) == (1, 1)

    def test_errors_name_their_cells_and_good_rows_can_go_alone(self, operator):
        staged = upload(operator, row(1), row(2, **{"Nama lengkap": ""})).json()
        assert [[error["cell"] for error in one["errors"]] for one in staged["rows"]] == [[], ["B3"]]
        before = everything()
        assert "B3" in problem(commit(operator, staged["uid"]), 422)["detail"]
        problem(commit(operator, staged["uid"], mode="semua"), 422)
        assert everything() == before
        answer = operator.get(reverse("api:leaver_upload_errors", args=[staged["uid"]]))
        book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
        assert book.active.max_row == 2
        done = commit(operator, staged["uid"], mode="good").json()
        assert (done["saved"], [one["number"] for one in done["skipped"]]) == (1, [3])

    def test_an_upload_is_thrown_away(self, operator):
        staged = upload(operator, row(1)).json()["uid"]
        assert send(operator, "DELETE", "leaver_upload", None, staged).status_code == 204
        assert StagedUpload.objects.get().state == "DISCARDED"
        problem(commit(operator, staged), 422)
        assert not AK1Application.objects.exists()

    def test_what_is_no_sheet(self, operator):
        before = everything()
        wrong = io.BytesIO(b"bukan tabel")
        wrong.name = "a.xlsx"
        answer = operator.post(reverse("api:leaver_uploads"), {"file": wrong}, headers=KEY)
        assert problem(answer, 422)["detail"]
        problem(operator.post(reverse("api:leaver_uploads"), {}, headers=KEY), 422)
        problem(operator.post(reverse("api:leaver_uploads"), {"file": sheet(row(1))}), 422)
        assert everything() == before

    def test_the_template_is_the_page_s(self, operator):
        answer = operator.get(reverse("api:leaver_template"))
        heads = [
            cell.value for cell in load_workbook(io.BytesIO(b"".join(answer.streaming_content)))["Data"][1]
        ]
        assert heads[0].startswith("NIK")

    @pytest.mark.parametrize("role", ["JOBSEEKER", "PLACEMENT_OFFICER", "LPK_OPERATOR", "COMPANY_OPERATOR"])
    def test_nobody_else(self, operator, client_as, role):
        staged = upload(operator, row(1)).json()["uid"]
        before, client = everything(), client_as(role)
        problem(upload(client, row(2)), 403)
        problem(commit(client, staged), 403)
        problem(send(client, "DELETE", "leaver_upload", None, staged), 403)
        for name in ("leavers", "leaver_template"):
            problem(client.get(reverse(f"api:{name}")), 403)
        assert everything() == before

    def test_another_bkk_neither_sees_nor_decides(self, operator, client_as):
        staged = upload(operator, row(1)).json()["uid"]
        before, other = everything(), client_as("BKK_OPERATOR")
        problem(commit(other, staged), 404)
        for name in ("leaver_upload", "leaver_upload_errors"):
            problem(other.get(reverse(f"api:{name}", args=[staged])), 404)
        problem(send(other, "DELETE", "leaver_upload", None, staged), 404)
        assert everything() == before
        commit(operator, staged)
        assert other.get(reverse("api:leavers")).json()["results"] == []

    @pytest.mark.parametrize("rows", [1, 4])
    def test_the_list_asks_a_fixed_number_of_queries(
        self,
        operator,
        rows,
        django_assert_max_num_queries,
    ):
        commit(operator, upload(operator, *[row(n + 1) for n in range(rows)]).json()["uid"])
        with django_assert_max_num_queries(9):
            assert len(operator.get(reverse("api:leavers")).json()["results"]) == rows


class TestOwnDraft:
    @pytest.fixture
    def token(self, operator):
        """The token that a leaver was mailed."""
        commit(operator, upload(operator, row(1)).json()["uid"])
        return link_in(mails()[0]).split("/")[-2]

    def test_the_leaver_takes_it_over_and_nobody_else(self, token, user_with, client_as, operator):
        before, stranger = everything(), client_as("JOBSEEKER")
        problem(send(stranger, "POST", "own_draft_confirm", {"token": token}), 422)
        problem(send(operator, "POST", "own_draft_confirm", {"token": token}), 422)
        problem(send(Client(), "POST", "own_draft_confirm", {"token": token}), 401)
        problem(send(stranger, "POST", "own_draft_confirm", {"token": "a" * 32}), 404)
        assert everything() == before
        owner = client_as(user=user_with("JOBSEEKER", email="siti1@contoh.test"))
        taken = send(owner, "POST", "own_draft_confirm", {"token": token}).json()
        assert taken["application"] == str(AK1Application.objects.get().uid)
        assert send(owner, "GET", "own_application", None, taken["application"]).json()["state"] == "DRAFT"
        problem(send(owner, "POST", "own_draft_confirm", {"token": token}), 404)

    def test_who_is_on_file_becomes_an_officer_s_task(
        self, token, user_with, client_as, person_with, officer
    ):
        user = user_with("JOBSEEKER", email="siti1@contoh.test")
        person_with(user=user)
        answer = send(client_as(user=user), "POST", "own_draft_confirm", {"token": token})
        assert answer.json() == {"application": None}
        assert Notice.objects.filter(user=officer, title__contains="digabung").count() == 1

    def test_guessing_is_counted(self, token, client_as):
        client = client_as("JOBSEEKER")
        answers = [
            send(client, "POST", "own_draft_confirm", {"token": f"{n:032}"}).status_code for n in range(61)
        ]
        assert set(answers[:60]) == {404}
        assert answers[60] == 429
