"""Argon2 with a ceiling on how many hashes run at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.limits import TooManyRequests

AT_ONCE = 2
WAIT_SECONDS = 10

_slots = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def hashing_slot() -> Iterator[None]:
    """Wait for one of the process's slots; raise TooManyRequests when none gets free in time.

    One hash takes about 0.1 s of a core and 100 MiB: a flood of sign-ins must neither fill the memory nor hold all
    threads of the web process.
    """
    if not _slots.acquire(timeout=WAIT_SECONDS):
        raise TooManyRequests(WAIT_SECONDS)
    try:
        yield
    finally:
        _slots.release()


class CappedArgon2PasswordHasher(Argon2PasswordHasher):
    """Django's Argon2id hasher, at most AT_ONCE at a time in one process."""

    def encode(self, password: str, salt: str) -> str:
        """Hash in a slot."""
        with hashing_slot():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Compare in a slot."""
        with hashing_slot():
            return super().verify(password, encoded)
