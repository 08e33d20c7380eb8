"""What each URL answers to each role: asking, and the checked-in files that say how it should be."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.enums import Role

FOLDER = Path(__file__).resolve().parent.parent / "access"
ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *(role.value for role in Role))
METHODS = ("GET", "POST")
MAY_WRITE_ON_GET = {
    "django_session",
    "core_auditevent",
    "core_auditseal",
    "usersessions_usersession",
    "axes_accesslog",
}
"""Access log, session and rate counters are the only things that looking may leave behind."""

_WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)


@dataclass(frozen=True)
class Url:
    """A named URL and the names of the arguments that its address needs."""

    name: str
    arguments: frozenset[str]

    @property
    def app(self) -> str:
        """The app whose file lists it."""
        if ":" in self.name:
            return self.name.split(":")[0]
        return "accounts" if self.name.startswith(("account_", "mfa_")) else "config"


def urls(patterns=None, space: str = "", outer: frozenset = frozenset()) -> Iterator[Url]:
    """Every URL of the resolver."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        needed = outer | frozenset(pattern.pattern.converters) | frozenset(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (space, pattern.namespace) if part)
            yield from urls(pattern.url_patterns, inner, needed)
        elif isinstance(pattern, URLPattern):
            if not pattern.name:
                raise LookupError(f"a URL without a name: {pattern.pattern}")
            yield Url(f"{space}:{pattern.name}" if space else pattern.name, needed)


def address_of(url: Url, world: dict[str, dict]) -> str:
    """The address of this URL for the row that the world holds. Raises LookupError when it has none."""
    if not url.arguments:
        return reverse(url.name)
    if url.name in world:
        given = world[url.name]
    else:
        fitting = [key for key in world if key.endswith("*") and url.name.startswith(key[:-1])]
        if not fitting:
            raise LookupError(f"tests/access/world.py has no row for {url.name}")
        given = world[max(fitting, key=len)]
    query = f"?{given['?']}" if "?" in given else ""
    return reverse(url.name, kwargs={name: given[name] for name in url.arguments}) + query


def ask(client: Client, method: str, address: str) -> tuple[str, set[str]]:
    """Ask once, leaving nothing behind; returns the answer and the tables that a write went to.

    The answer is the status, or "login" for a redirect to the sign-in page; a failure is named.
    """
    cookies = client.cookies.copy()
    caches["default"].key_prefix = f"{settings.CACHES['default']['KEY_PREFIX']}-{uuid4()}"
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address) if method == "GET" else client.post(address)
            if response.streaming:
                b"".join(response.streaming_content)
        transaction.set_rollback(True)
    client.cookies = cookies
    wrote = {match[1] for query in queries if (match := _WRITE.match(query["sql"]))}
    if response.status_code == 302 and response["Location"].startswith(reverse("account_login")):
        return "login", wrote
    if response.status_code >= 500:
        problem = response.exc_info[1] if response.exc_info else ""
        return f"{response.status_code} {problem!r}"[:200], wrote
    return str(response.status_code), wrote


def answers(
    client: Client, world: dict[str, dict], listed: list[Url]
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Ask every URL with every method; returns the answers and what was written by looking."""
    client.raise_request_exception = False
    found, faults = {}, []
    for url in listed:
        address = address_of(url, world)
        for method in METHODS:
            found[url.name, method], wrote = ask(client, method, address)
            if found[url.name, method].startswith("5"):
                faults.append(f"{method} {url.name} fails: {found[url.name, method]}")
            if method == "GET" and (wrote - MAY_WRITE_ON_GET):
                faults.append(f"GET {url.name} writes to {', '.join(sorted(wrote - MAY_WRITE_ON_GET))}")
    return found, faults


def read(folder: Path = FOLDER) -> dict[tuple[str, str], dict[str, str]]:
    """The checked-in answers: (URL name, method) to answer by role."""
    expected = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                expected[row["url"], row["method"]] = {role: row[role] for role in ROLES}
    return expected


def write(found: dict[str, dict[tuple[str, str], str]], listed: list[Url], folder: Path = FOLDER) -> None:
    """Write one file an app from the answers by role; for a human to read the difference before committing."""
    for app in sorted({url.app for url in listed}):
        with (folder / f"{app}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(["url", "method", *ROLES])
            for url in sorted((u for u in listed if u.app == app), key=lambda u: u.name):
                for method in METHODS:
                    out.writerow([url.name, method, *(found[role][url.name, method] for role in ROLES)])


def differences(role: str, found: dict[tuple[str, str], str], expected: dict) -> list[str]:
    """Where the answers to a role are not what the files say; unlisted and vanished URLs included."""
    told = []
    for key in sorted(found.keys() | expected.keys()):
        url, method = key
        if key not in expected:
            told.append(f"{method} {url}: not in tests/access, answers {found[key]} to {role}")
        elif key not in found:
            told.append(f"{method} {url}: listed in tests/access, but there is no such URL")
        elif found[key] != expected[key][role]:
            told.append(f"{method} {url}: answers {found[key]} to {role}, should be {expected[key][role]}")
    return told
