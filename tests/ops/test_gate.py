"""The waiting page under load: no query, no session, and never more at a time than the limit."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.gate import AdmissionGate


class Slow:
    """A view that waits until it is let go, and remembers how many were in it at once."""

    def __init__(self):
        self.go, self.entered = threading.Event(), threading.Semaphore(0)
        self.lock, self.inside, self.most = threading.Lock(), 0, 0

    def __call__(self, request):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.entered.release()
        self.go.wait(20)
        with self.lock:
            self.inside -= 1
        return HttpResponse("masuk")


def test_as_many_as_the_limit_are_let_in_and_the_rest_wait(rf, settings):
    settings.WAITING_ROOM_LIMIT = 3
    view = Slow()
    gate = AdmissionGate(view)
    with ThreadPoolExecutor(40) as pool:
        inside = [pool.submit(gate, rf.get("/ak1/")) for _ in range(3)]
        for _ in range(3):
            assert view.entered.acquire(timeout=20)
        waiting = [future.result(20) for future in [pool.submit(gate, rf.get("/ak1/")) for _ in range(37)]]
        assert {answer.status_code for answer in waiting} == {503}
        view.go.set()
        assert {future.result(20).status_code for future in inside} == {200}
        assert gate(rf.get("/ak1/")).status_code == 200
    assert view.most == 3


def test_a_view_that_fails_gives_its_place_back(rf, settings):
    settings.WAITING_ROOM_LIMIT = 1

    def broken(request):
        raise RuntimeError

    gate = AdmissionGate(broken)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            gate(rf.get("/ak1/"))


def test_other_pages_and_an_open_gate_are_never_stopped(rf, settings):
    settings.WAITING_ROOM_LIMIT = 1
    gate = AdmissionGate(lambda request: HttpResponse("masuk"))
    gate.places.acquire()
    assert gate(rf.get("/kartu/periksa/")).status_code == 200
    assert gate(rf.get("/ak1/")).status_code == 503
    settings.WAITING_ROOM_LIMIT = 0
    assert AdmissionGate(lambda request: HttpResponse("masuk"))(rf.get("/ak1/")).status_code == 200


def test_the_waiting_page_says_what_to_do_and_comes_again_by_itself(rf, settings):
    settings.WAITING_ROOM_LIMIT = 1
    gate = AdmissionGate(lambda request: HttpResponse("masuk"))
    gate.places.acquire()
    asked, sent = gate(rf.get("/ak1/")), gate(rf.post("/ak1/mulai/"))
    assert asked["Retry-After"] == sent["Retry-After"] == "10"
    assert asked["Cache-Control"] == "no-store"
    assert b'<meta http-equiv="refresh" content="10">' in asked.content
    assert b"refresh" not in sent.content
    assert "Isian Anda belum terkirim" in sent.content.decode()
    assert len(asked.content) < 2048


@pytest.mark.django_db
def test_the_full_site_answers_the_crowd_without_a_query_or_a_session(
    settings, client_as, monkeypatch, django_assert_num_queries
):
    settings.WAITING_ROOM_LIMIT = 1
    gates, begin = [], AdmissionGate.__init__

    def remember(gate, get_response):
        begin(gate, get_response)
        gates.append(gate)

    monkeypatch.setattr(AdmissionGate, "__init__", remember)
    client, stranger = client_as("JOBSEEKER"), Client()
    url = reverse("jobseekers:my_visit")
    assert client.get(url).status_code == 200
    assert stranger.get(url).status_code == 302
    assert all(gate.places.acquire(blocking=False) for gate in gates)
    monkeypatch.setattr(SessionBase, "_get_session", lambda *args: pytest.fail("session was opened"))
    with django_assert_num_queries(0):
        answers = [asker.get(url) for asker in (client, stranger) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {503}
    assert {answer.headers.get("Set-Cookie") for answer in answers} == {None}
