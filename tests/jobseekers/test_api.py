"""The API: same services and permissions as the pages; versions, creation once, problems in Indonesian."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import clock
from core.api import PROBLEM
from core.models import IdempotencyKey
from core.models.audit import AuditEvent
from jobseekers.models import AK1Application, AK1Card, DataRequest, JobSeeker
from tests.jobseekers.test_races import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def rina(person_with, seeker):
    """A person with an account."""
    return person_with(user=seeker)


@pytest.fixture
def client(client_as, rina):
    """Rina's client."""
    return client_as(user=rina.user)


def send(client, method, name, body=None, *args, **headers):
    return client.generic(
        method, reverse(f"api:{name}", args=args), json.dumps(body), "application/json", headers=headers
    )


def start(client, key="kunci-0001", **body):
    return send(client, "POST", "own_applications", {"kind": "NEW", **body}, **{"Idempotency-Key": key})


def problem(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == PROBLEM
    body = response.json()
    assert body["status"] == status
    assert body["title"]
    return body


def test_the_schema_is_complete():
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=out)
    schema = json.loads(out.getvalue())
    assert "422" in schema["paths"]["/api/v1/me/profile/"]["patch"]["responses"]
    names = {"nik", "kk"}
    assert names <= set(schema["components"]["schemas"]["PatchedProfileChangeRequest"]["properties"])


class TestProfile:
    def test_the_nik_goes_out_masked_only(self, client, rina):
        response = send(client, "GET", "profile")
        assert response["ETag"] == f'"{rina.version}"'
        assert response.json()["nik"] == rina.nik_masked
        assert rina.read_nik() not in response.content.decode()
        assert rina.read_kk() not in response.content.decode()

    def test_a_write_carries_its_version(self, client, rina):
        assert "If-Match" in problem(send(client, "PATCH", "profile", {"skills": "Las"}), 428)["detail"]
        problem(send(client, "PATCH", "profile", {"skills": "Las"}, **{"If-Match": "*"}), 412)
        saved = send(client, "PATCH", "profile", {"skills": "Las"}, **{"If-Match": f'"{rina.version}"'})
        assert (saved.status_code, saved.json()["skills"]) == (200, "Las")
        stale = send(client, "PATCH", "profile", {"skills": "Jahit"}, **{"If-Match": f'"{rina.version}"'})
        assert rina.user.full_name in problem(stale, 412)["detail"]
        assert JobSeeker.objects.get().skills == "Las"

    def test_errors_by_field_without_the_number(self, client, rina):
        nik = "3277026508030001"
        body = {"nik": nik, "birth_date": "2003-08-24"}
        answer = send(client, "PATCH", "profile", body, **{"If-Match": str(rina.version)})
        told = problem(answer, 422)
        assert set(told["errors"]) == {"nik"}
        assert nik not in answer.content.decode()
        told = problem(send(client, "PATCH", "profile", {"sex": "X"}, **{"If-Match": "1"}), 422)
        assert told["errors"]["sex"] == ["Pilihan ini tidak ada dalam daftar."]

    def test_not_while_the_file_waits(self, client, rina, sent):
        sent(person=rina)
        answer = send(client, "PATCH", "profile", {"skills": "x"}, **{"If-Match": str(rina.version)})
        problem(answer, 409)


class TestApplications:
    def test_create_fill_send_withdraw(self, client, rina):
        made = start(client)
        assert made.status_code == 201
        uid = made.json()["uid"]
        sent = send(client, "POST", "own_application_submit", {}, uid, **{"If-Match": made["ETag"]})
        assert sent.json()["state"] == "SUBMITTED"
        problem(send(client, "POST", "own_application_submit", {}, uid, **{"If-Match": made["ETag"]}), 412)
        gone = send(client, "POST", "own_application_withdraw", {}, uid, **{"If-Match": sent["ETag"]})
        assert gone.json()["state"] == "WITHDRAWN"
        problem(send(client, "POST", "own_application_withdraw", {}, uid, **{"If-Match": gone["ETag"]}), 409)

    def test_creation_happens_once(self, client):
        first, again = start(client), start(client)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["uid"] == again.json()["uid"]
        other = send(
            client,
            "POST",
            "own_applications",
            {"kind": "RENEWAL"},
            **{"Idempotency-Key": "kunci-0001"},
        )
        assert "kiriman lain" in problem(other, 422)["detail"]
        problem(send(client, "POST", "own_applications", {"kind": "NEW"}), 422)
        assert AK1Application.objects.count() == 1

    def test_a_refused_creation_frees_its_key(self, client):
        problem(start(client, kind="REPLACEMENT", reason="LOST"), 422)
        assert not IdempotencyKey.objects.exists()
        assert start(client).status_code == 201

    def test_what_is_not_yours_does_not_exist(self, client, client_as, sent):
        other = sent()
        for name in ("own_application", "own_application_submit", "own_application_withdraw"):
            method = "GET" if name == "own_application" else "POST"
            problem(send(client, method, name, {}, other.uid, **{"If-Match": str(other.version)}), 404)
        problem(send(client_as("COMPANY_OPERATOR"), "GET", "profile"), 404)
        assert AK1Application.objects.get(pk=other.pk).version == other.version

    def test_who_is_not_signed_in(self):
        assert problem(Client().get(reverse("api:profile")), 401)["title"] == "Belum masuk"

    def test_a_write_needs_the_sites_token(self, rina):
        bare = Client(enforce_csrf_checks=True)
        bare.force_login(rina.user)
        problem(start(bare), 403)
        assert not AK1Application.objects.exists()


class TestOffice:
    def test_queue_and_decision(self, client_as, officer, sent):
        application = sent()
        desk = client_as(user=officer)
        (row,) = desk.get(reverse("api:applications"), {"state": "SUBMITTED"}).json()["results"]
        assert row["uid"] == str(application.uid)
        now = {"If-Match": str(application.version)}
        problem(send(desk, "POST", "application_return", {}, application.uid, **now), 422)
        stale = {"If-Match": str(application.version - 1)}
        problem(send(desk, "POST", "application_approve", {}, application.uid, **stale), 412)
        assert not AK1Card.objects.exists()
        done = send(
            desk, "POST", "application_approve", {}, application.uid, **{"If-Match": str(application.version)}
        )
        assert done.json()["state"] == "APPROVED"
        assert done.json()["card"] == str(AK1Card.objects.get().uid)

    def test_only_officers_decide(self, client_as, sent):
        application = sent()
        for role in ("JOBSEEKER", "SECTION_HEAD", "COMPANY_OPERATOR", "BKK_OPERATOR"):
            answer = send(
                client_as(role),
                "POST",
                "application_approve",
                {},
                application.uid,
                **{"If-Match": str(application.version)},
            )
            problem(answer, 403)
        assert AK1Application.objects.get().version == application.version

    def test_a_look_is_kept(self, client_as, officer, rina):
        client_as(user=officer).get(reverse("api:person", args=[rina.uid]))
        assert AuditEvent.objects.filter(object_uid=rina.uid, actor_uid=officer.uid).count() == 1

    @pytest.mark.parametrize("people", [1, 3])
    def test_lists_ask_a_fixed_number_of_queries(
        self, client_as, officer, person_with, sent, django_assert_max_num_queries, people
    ):
        for _ in range(people):
            sent()
        desk = client_as(user=officer)
        for name in ("applications", "people", "cards"):
            with django_assert_max_num_queries(9):
                assert desk.get(reverse(f"api:{name}")).status_code == 200

    def test_pages_by_cursor(self, client_as, officer, person_with):
        for _ in range(3):
            person_with()
        desk, seen = client_as(user=officer), []
        url = reverse("api:people") + "?page_size=2"
        while url:
            page = desk.get(url).json()
            seen += [row["uid"] for row in page["results"]]
            url = page["next"]
        assert len(seen) == len(set(seen)) == 3
        for cursor in ("x", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
            problem(desk.get(reverse("api:people"), {"cursor": cursor}), 404)


class TestRights:
    def test_consents_and_requests(self, client, rina):
        rows = send(client, "GET", "own_consents").json()
        assert {row["given_at"] for row in rows} == {None}
        assert send(client, "PUT", "own_consent", {"version": 1}, "kabar").status_code == 204
        assert [row["purpose"] for row in send(client, "GET", "own_consents").json() if row["given_at"]] == [
            "kabar"
        ]
        assert send(client, "DELETE", "own_consent", None, "kabar").status_code == 204
        made = send(
            client,
            "POST",
            "own_requests",
            {"kind": "ERASURE", "text": "Saya minta data saya dihapus."},
            **{"Idempotency-Key": str(uuid4())},
        )
        assert made.status_code == 201
        uid = made.json()["uid"]
        gone = send(client, "POST", "own_request_withdraw", {}, uid, **{"If-Match": made["ETag"]})
        assert gone.json()["state"] == "WITHDRAWN"
        assert DataRequest.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_same_creation_at_the_same_moment(rina):
    start_line, clients = Barrier(4), [Client() for _ in range(4)]
    for mine in clients:
        mine.force_login(rina.user)

    def run(number):
        try:
            with clock.frozen(DAY):
                start_line.wait(timeout=60)
                answer = start(clients[number], key="bersamaan-1")
                return answer.status_code, answer.json().get("uid")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(run, range(4)))
    assert sorted(status for status, _ in found) == [200, 200, 200, 201]
    assert len({uid for _, uid in found}) == 1
    assert AK1Application.objects.count() == 1


@pytest.mark.django_db
def test_a_body_that_is_no_object_is_answered_in_indonesian(client_as, person_with, seeker):
    person = person_with(user=seeker)
    told = send(client_as(user=seeker), "PATCH", "profile", [1], **{"If-Match": str(person.version)})
    assert "Harus berupa objek JSON" in str(problem(told, 422)["errors"])
    wrong = {"village": "99", "phone": True, "wage_expectation": "x"}
    told = send(client_as(user=seeker), "PATCH", "profile", wrong, **{"If-Match": str(person.version)})
    assert not re.search(r"[Ii]nvalid|Expected|Object with|valid string", str(problem(told, 422)["errors"]))
