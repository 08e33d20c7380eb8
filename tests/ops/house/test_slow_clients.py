"""Clients that fall silent in the middle of a request: they cost their own connection, and nobody waits for them."""

import socket
import time

import pytest
import requests

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("house")]
MANY = 20
"""More than the house has threads."""
HALVES = {
    "head": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half",
    "body": b"POST /akun/masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 4000\r\n\r\nlogin=a",
}


@pytest.mark.parametrize("half", HALVES)
def test_the_site_answers_others(house, half):
    log = house.folder / "web.log"
    before = log.stat().st_size
    host, _, port = house.base.removeprefix("http://").partition(":")
    links = [socket.create_connection((host, int(port)), timeout=30) for _ in range(MANY)]
    try:
        for link in links:
            link.sendall(HALVES[half])
        time.sleep(0.5)
        began = time.monotonic()
        assert requests.get(f"{house.base}/healthz", timeout=40).status_code == 200
        silence = int(house.environment["CLIENT_SILENCE_SECONDS"])
        assert time.monotonic() - began < 10 * silence, (
            "every thread was held for longer than a silent client may"
        )
    finally:
        for link in links:
            link.close()
    assert "Traceback" not in log.read_text()[before:], "whoever wants to could fill the disk with it"
