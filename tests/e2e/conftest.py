"""The demo city of Cimahi behind a real web server, for a real browser. Loaded once a file, taken away afterwards."""

import io
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.models import User
from core import clock
from core.jobs import work_off
from core.models.agency import demo_date, forget
from tests.browser import Window, window
from tests.caching import forget_all

CITY, YEAR = "cimahi-2023", 2023


@dataclass
class Office:
    """A running site; `as_role` opens a browser window signed in as the demo login of a role."""

    url: str
    sessions: dict[str, str]

    @contextmanager
    def as_role(self, role: str = "", **options) -> Iterator[Window]:
        """A window of the role; without a role nobody is signed in."""
        with window(self.url, session=self.sessions.get(role, ""), **options) as opened:
            yield opened
            assert opened.problems == []


class Worker(threading.Thread):
    """Works off the jobs of the site while the tests run, as the Celery worker does in service."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()

    def run(self) -> None:
        """Look for work until the module is over."""
        while not self.over.wait(0.3):
            work_off()
        connection.close()


def sign_in(role: str) -> str:
    """The key of a signed-in session of the role's demo login."""
    client = Client()
    user = User.objects.filter(is_demo=True, memberships__role=role).order_by("pk").first()
    client.force_login(user, backend=None)
    return client.cookies["sessionid"].value


def newest_mail(opened: Window, address: str, word: str = "") -> None:
    """Open the newest mail to `address` (with `word` in its line), once the worker has sent it."""
    for _ in range(60):
        opened.goto("/demo/surat/")
        rows = opened.page.locator("main tbody tr", has_text=address)
        row = rows.filter(has_text=re.compile(word, re.IGNORECASE))
        if row.count():
            # Without scripts a click returns before the page is there.
            with opened.page.expect_navigation():
                row.first.get_by_role("link").click()
            return
        time.sleep(0.3)
    raise AssertionError(f"no mail came: {word}")


@contextmanager
def served(folder: Path, build: Callable[[str], Any], server: type = LiveServer) -> Iterator[Any]:
    """What `build` makes, behind a web server at the address that it is given, in demo mode; emptied afterwards.

    Has what it makes a `calendar`, the site believes it; otherwise the demo's own day.
    """
    settings = override_settings(
        DEMO_MODE=True,
        DEMO_MAIL_DIR=folder / "mail",
        ALLOWED_HOSTS=["*"],
        MEDIA_ROOT=folder / "media",
    )
    with settings:
        forget_all()
        running, worker = server("127.0.0.1"), Worker()
        try:
            made = build(running.url)
            clock.set_demo_day_source(getattr(made, "calendar", demo_date))
            worker.start()
            yield made
        finally:
            worker.over.set()
            if worker.is_alive():
                worker.join(10)
            running.stop()
            clock.set_demo_day_source(demo_date)
            call_command("flush", interactive=False, verbosity=0)
            forget()


def build_city(url: str) -> Office:
    """The demo city, with a session for each role."""
    call_command("demo", CITY, stdout=io.StringIO())
    return Office(url, {role.value: sign_in(role) for role in Role})


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker, tmp_path_factory):
    """The city, committed, in demo mode."""
    with django_db_blocker.unblock(), served(tmp_path_factory.mktemp("office"), build_city) as made:
        yield made


@pytest.fixture(autouse=True)
def _site_may_write(request):
    """End the transaction that pytest opens around a test: on SQLite it would keep the site from writing."""
    if "office" in request.fixturenames:
        request.getfixturevalue("db")
        connection.connection.rollback()
