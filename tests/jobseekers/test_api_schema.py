"""Generated requests for every operation of the schema, by those whom it is for: no error of the server."""

import json
from datetime import time, timedelta
from io import StringIO
from uuid import uuid4

import pytest
import requests
import schemathesis
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, User
from core import clock
from core.models.files import DownloadFile
from core.models.staging import StagedUpload
from core.tables_in import stage
from jobseekers.imports import LeaverUpload
from jobseekers.models import AK1Application, AK1Card, Breach, DataRequest, VisitBooking, VisitSlot
from jobseekers.services import applications, breaches, printing, rights, visits
from tests.jobseekers.test_leavers import row, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 5
BASE = "http://testserver"


BKK, PDP = ("/leavers/",), ("/requests/", "/breaches/", "/erase/")
"""Whose the addresses are that are neither the owner's nor an officer's."""


def whose(path: str) -> str:
    """Who an address is for: what lies under /me/ is the owner's, the rest an officer's, but for the lists above."""
    if "/me/" in path:
        return "owner"
    if any(part in path for part in BKK):
        return "bkk"
    return "pdp" if any(part in path for part in PDP) else "officer"


def operations(who: str):
    """The operations of the schema as it is served, of those who may use them.

    That the others are refused is what tests/access says, address by address.
    """
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    found = [
        found.ok()
        for found in schemathesis.openapi.from_dict(json.loads(out.getvalue())).get_all_operations()
    ]
    return [operation for operation in found if whose(operation.path) == who]


def known(path: str, person) -> tuple[str, int]:
    """The id and version of a row that the address may name."""
    tables = {
        "requests": DataRequest,
        "cards": AK1Card,
        "applications": AK1Application,
        "visits": VisitBooking,
        "slots": VisitSlot,
        "breaches": Breach,
        "uploads": StagedUpload,
        "downloads": DownloadFile,
    }
    table = (
        None if "/people/" in path else next((tables[name] for name in tables if f"/{name}/" in path), None)
    )
    own = {"jobseeker": person} if table and hasattr(table, "jobseeker") else {}
    row = table.objects.filter(**own).order_by("-pk").first() if table else person
    return str(row.uid), getattr(row, "version", 0)


def call(client, case, aim):
    """Send one generated request, leaving nothing behind."""
    headers = dict(case.headers or {})
    if aim is not None:
        if "uid" in (case.path_parameters or {}):
            case.path_parameters["uid"] = aim[0]
        if "If-Match" in headers:
            headers["If-Match"] = str(aim[1])
        if "Idempotency-Key" in headers:
            headers["Idempotency-Key"] = "kunci-uji-1"
    case.headers = headers
    given_ = case.as_transport_kwargs(base_url=BASE)
    known_ = {
        name: given_[name] for name in ("method", "url", "params", "data", "json", "files") if name in given_
    }
    ready = requests.Request(**known_, headers=given_.get("headers")).prepare()
    body = ready.body if ready.body is not None else b""
    sent = {
        name: value for name, value in ready.headers.items() if name not in ("Content-Type", "Content-Length")
    }
    with transaction.atomic():
        answer = client.generic(
            ready.method,
            ready.url.removeprefix(BASE),
            body.encode() if isinstance(body, str) else body,
            ready.headers.get("Content-Type", "application/json"),
            headers={name: _latin(value) for name, value in sent.items()},
        )
        transaction.set_rollback(True)
    return answer


def _latin(value) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def ask(operation, client, person, reached):
    """Send the generated requests of one operation."""

    @seed(7)
    @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), aimed=st.booleans())
    def run(case, aimed):
        caches["default"].key_prefix = f"test-{uuid4()}"  # what is counted starts anew
        answer = call(client, case, known(operation.path, person) if aimed else None)
        assert answer.status_code < 500, (operation.label, answer.content[:300])
        reached.add((operation.label, answer.status_code))

    run()


@pytest.fixture
def world(sent, officer, user_with):
    """A row of everything that an address may name; returns the person and the accounts by what they are."""
    approved = sent()
    applications.approve(approved, actor=officer, version=approved.version)
    person = approved.jobseeker
    waiting = applications.start_application(
        actor=person.user, person=person, kind="REPLACEMENT", reason="LOST"
    )
    person.refresh_from_db()
    applications.submit(waiting, actor=person.user, version=waiting.version)
    slot = VisitSlot.objects.create(day=clock.today() + timedelta(1), starts_at=time(8), ends_at=time(9))
    visits.book(actor=person.user, person=person, slot=slot)
    rights.make_request(person, actor=person.user, kind="CORRECTION", text="Nama saya salah eja.")
    printing.order_batch(actor=officer, day=clock.today())
    accounts = {"owner": person.user, "officer": officer, "pdp": user_with("PDP_OFFICER")}
    breaches.record_breach(
        actor=accounts["pdp"], title="Surel salah kirim", happened_from=clock.today(), happened_until=None,
        found_at=clock.now(), data_kinds=["nik"], door="all", account="", cause="Salah alamat", handling="",
    )  # fmt: skip
    school = Institution.objects.create(kind=InstitutionKind.BKK, name="SMKN Contoh 1 Cimahi")
    accounts["bkk"] = User.objects.create_user(email="bkk@contoh.test", full_name="Guru BKK")
    Membership.objects.create(
        user=accounts["bkk"], role=Role.BKK_OPERATOR, institution=school, started_on=clock.today()
    )
    stage(LeaverUpload(), sheet(row(1)), actor=accounts["bkk"])
    return person, accounts


@pytest.mark.parametrize(("who", "least"), [("owner", 40), ("officer", 50), ("pdp", 10), ("bkk", 6)])
def test_no_request_is_an_error_of_the_server(who, least, world, client_as):
    person, accounts = world
    client = client_as(user=accounts[who])
    client.raise_request_exception = False
    reached = set()
    asked = operations(who)
    for operation in asked:
        ask(operation, client, person, reached)
    assert len({label for label, _ in reached}) == len(asked) >= least
    assert {200, 404, 422} <= {status for _, status in reached}
