"""A write on old data is told so (412) before its body or the state of things is judged."""

import pytest
from django.urls import reverse

from core.workflow import StaleRecord
from jobseekers.models import JobSeeker, Skill
from jobseekers.services import applications, people, rights
from tests.jobseekers.test_api import problem, send

STALE = {"If-Match": '"99"'}
KEY = {"Idempotency-Key": "kunci-0001"}


def test_a_verified_fact_on_an_old_version(holder, client_as):
    own = client_as(user=holder.user)
    told = problem(send(own, "PATCH", "profile", {"address": "Jalan Anggrek 1"}, **STALE), 412)
    assert "sudah mengubah data ini" in told["detail"]
    seen = {"If-Match": f'"{JobSeeker.objects.get(pk=holder.pk).version}"'}
    problem(send(own, "PATCH", "profile", {"address": "Jalan Anggrek 1"}, **seen), 422)


def test_a_body_that_would_be_refused(person_with, seeker, client_as):
    person_with(user=seeker)
    own = client_as(user=seeker)
    for method, name, args, body in (
        ("PATCH", "profile", (), {"rt": "satu"}),
        ("PUT", "own_need", (), {"kind": "???"}),
        ("PUT", "own_document", ("KTP",), None),
        ("PUT", "photo", (), None),
    ):
        if body is None:
            url = reverse(f"api:{name}", args=args)
            found = own.generic(method, url, "", "multipart/form-data; boundary=x", headers=STALE)
        else:
            found = send(own, method, name, body, *args, **STALE)
        problem(found, 412)


def test_a_sent_application_and_an_old_version(sent, client_as):
    application = sent()
    own = client_as(user=application.jobseeker.user)
    problem(send(own, "PATCH", "profile", {"address": "Jalan Anggrek 1"}, **STALE), 412)


def test_an_incomplete_application_on_an_old_version(person_with, seeker, client_as):
    person = person_with(user=seeker, address="")
    draft = applications.start_application(actor=seeker, person=person)
    problem(send(client_as(user=seeker), "POST", "own_application_submit", None, draft.uid, **STALE), 412)


def test_a_row_is_added_on_the_version_seen_and_repeated_on_it(person_with, seeker, client_as):
    person, row = person_with(user=seeker, skills=""), {"name": "Las listrik"}
    own = client_as(user=seeker)
    problem(send(own, "POST", "own_rows", row, "skills", **STALE, **KEY), 412)
    assert not Skill.objects.exists()
    seen = {"If-Match": f'"{person.version}"'}
    assert send(own, "POST", "own_rows", row, "skills", **seen, **KEY).status_code == 201
    assert send(own, "POST", "own_rows", row, "skills", **seen, **KEY).status_code == 200
    problem(send(own, "POST", "own_rows", row, "skills", **seen, **{"Idempotency-Key": "kunci-0002"}), 412)


def test_a_request_on_an_old_version(person_with, seeker, client_as):
    made = rights.make_request(person_with(user=seeker), actor=seeker, kind="CORRECTION", text="Nama salah.")
    problem(send(client_as(user=seeker), "POST", "own_request_withdraw", None, made.uid, **STALE), 412)


def test_the_service_says_so_under_its_lock(holder):
    with pytest.raises(StaleRecord):
        people.update_person(holder, actor=holder.user, version=99, address="Jalan Anggrek 1")
