"""Generated requests for every operation of the schema by those whom it is not for: refused, never an error."""

import json
from io import StringIO
from uuid import uuid4

import pytest
import schemathesis
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings

from core.models.workflow import WorkflowLog
from tests.jobseekers.test_api_schema import call, known, whose

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = 2
PUBLIC = ("/api/v1/schema/", "/api/v1/lkip/")
SIGNED_IN = ("/api/v1/downloads/", "/api/v1/card-check/", "/api/v1/me/drafts/confirm/")
"""What every account may ask: the own files, the public check of a card, the own mailed link."""


def operations() -> list:
    """All operations of the schema as it is served."""
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", stdout=out)
    schema = schemathesis.openapi.from_dict(json.loads(out.getvalue()))
    return [found.ok() for found in schema.get_all_operations()]


def is_for(who: str, path: str) -> bool:
    """Whether the address answers this person."""
    return (
        path.startswith(PUBLIC) or (who != "anonymous" and path.startswith(SIGNED_IN)) or whose(path) == who
    )


@pytest.mark.parametrize("who", ["anonymous", "owner", "officer", "bkk"])
def test_nobody_gets_what_is_not_theirs_nor_an_error(who, sent, officer, client_as):
    person = sent().jobseeker
    clients = {
        "anonymous": Client,
        "owner": lambda: client_as(user=person.user),
        "officer": lambda: client_as(user=officer),
        "bkk": lambda: client_as("BKK_OPERATOR"),
    }
    client = clients[who]()
    client.raise_request_exception = False
    strange = [operation for operation in operations() if not is_for(who, operation.path)]
    before, answered = WorkflowLog.objects.count(), {}

    for operation in strange:
        _ask(operation, client, person, answered)
    wrong = {
        label: codes
        for label, codes in answered.items()
        if codes - ({401, 404} if who == "anonymous" else {401, 403, 404, 405, 415, 422, 428})
    }
    assert not wrong, json.dumps({label: sorted(codes) for label, codes in wrong.items()})
    assert len(answered) == len(strange) >= 10
    assert WorkflowLog.objects.count() == before


def _ask(operation, client, person, answered) -> None:
    @seed(11)
    @settings(max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def run(case):
        caches["default"].key_prefix = f"test-{uuid4()}"  # what is counted starts anew
        answer = call(client, case, _aim(operation.path, person))
        answered.setdefault(operation.label, set()).add(answer.status_code)

    run()


def _aim(path: str, person):
    """A row of the person where the address names one."""
    try:
        return known(path, person)
    except AttributeError:
        return None  # there is no such row
