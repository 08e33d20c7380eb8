"""Rate limits, the client's address, and the ceiling on hashes."""

import ipaddress
import threading

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts import hashers, limits
from core import clock


def request(headers=None, address="203.0.113.5"):
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers or {})


def test_the_limit_counts_each_one_apart_and_each_scope_apart():
    for _ in range(3):
        limits.count("a", "siti", limit=3, window=60)
    limits.count("a", "budi", limit=3, window=60)
    limits.count("b", "siti", limit=3, window=60)
    with pytest.raises(limits.TooManyRequests) as raised:
        limits.count("a", "siti", limit=3, window=60)
    assert 0 < raised.value.retry_after <= 60


def test_the_next_window_starts_anew(monkeypatch):
    import datetime as dt

    start = dt.datetime(2026, 11, 21, 9, 0, 0, tzinfo=clock.ZONE)
    monkeypatch.setattr(clock, "machine_now", lambda: start)
    limits.count("a", "siti", limit=1, window=60)
    monkeypatch.setattr(clock, "machine_now", lambda: start + dt.timedelta(seconds=59))
    with pytest.raises(limits.TooManyRequests) as raised:
        limits.count("a", "siti", limit=1, window=60)
    assert raised.value.retry_after == 1
    monkeypatch.setattr(clock, "machine_now", lambda: start + dt.timedelta(seconds=60))
    limits.count("a", "siti", limit=1, window=60)


def test_threads_together_get_as_many_as_one():
    allowed, barrier = [], threading.Barrier(8)

    def work():
        barrier.wait()
        for _ in range(10):
            try:
                limits.count("threads", "siti", limit=25, window=3600)
                allowed.append(1)
            except limits.TooManyRequests:
                continue

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 25


def test_the_cache_does_not_learn_who_it_is(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    monkeypatch.setattr(cache, "incr", lambda key: 1)
    limits.count("sign-up-nik", "3277015705009001", limit=1, window=60)
    assert keys
    assert "3277015705009001" not in keys[0]


def test_only_posts_count():
    @limits.limit_posts("view", limit=1, window=60)
    def view(request):
        return HttpResponse("ok")

    for _ in range(3):
        assert view(RequestFactory().get("/")).content == b"ok"
    view(request())
    with pytest.raises(limits.TooManyRequests):
        view(request())
    assert view(request(address="203.0.113.6")).content == b"ok"


@pytest.mark.parametrize(
    ("proxies", "told", "expected"),
    [
        (0, "198.51.100.1", "203.0.113.5"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # the client wrote the first entry itself
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.5"),  # fewer hops than there are proxies: believe none
        (1, "", "203.0.113.5"),
        (1, "bukan alamat", "203.0.113.5"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_behind_proxies(settings, proxies, told, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": told} if told else {}
    assert limits.client_ip(request(headers)) == expected


def test_no_address_at_all_is_still_an_address():
    assert limits.client_ip(request(address="")) == "0.0.0.0"


@given(address=st.ip_addresses())
def test_a_network_is_an_address_or_a_64(address):
    network = limits.network_of(str(address))
    if address.version == 4:
        assert network == str(address)
    else:
        low = int(address) >> 64 << 64
        assert int(ipaddress.ip_address(network)) == low


def test_a_home_with_ipv6_counts_as_one():
    assert limits.network_of("2001:db8:1:2::5") == limits.network_of("2001:db8:1:2:ffff::9")
    assert limits.network_of("2001:db8:1:2::5") != limits.network_of("2001:db8:1:3::5")


def test_the_hasher_hashes_and_lets_only_so_many_at_once(settings):
    settings.PASSWORD_HASHERS = ["accounts.hashers.CappedArgon2PasswordHasher"]
    from django.contrib.auth.hashers import check_password, identify_hasher, make_password

    encoded = make_password("empat gajah makan rumput")
    assert encoded.startswith("argon2$argon2id$")
    assert check_password("empat gajah makan rumput", encoded)
    assert not check_password("lima gajah", encoded)
    assert isinstance(identify_hasher(encoded), hashers.CappedArgon2PasswordHasher)


def test_when_all_slots_are_taken_one_is_told_to_wait(monkeypatch):
    monkeypatch.setattr(hashers, "WAIT_SECONDS", 0.01)
    taken = [hashers.hashing_slot() for _ in range(hashers.AT_ONCE)]
    for slot in taken:
        slot.__enter__()
    try:
        with pytest.raises(limits.TooManyRequests), hashers.hashing_slot():
            pass
    finally:
        for slot in taken:
            slot.__exit__(None, None, None)
    with hashers.hashing_slot():
        pass  # free again


@pytest.mark.django_db
def test_a_flooded_hasher_answers_429(client, settings, monkeypatch):
    settings.PASSWORD_HASHERS = ["accounts.hashers.CappedArgon2PasswordHasher"]
    monkeypatch.setattr(hashers, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(hashers, "_slots", threading.BoundedSemaphore(1))
    with hashers.hashing_slot():
        response = client.post("/akun/masuk/", {"login": "a@b.test", "password": "apa saja"})
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "Tidak ada yang berubah" in response.content.decode()
