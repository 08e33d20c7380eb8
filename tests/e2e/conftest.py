"""The demo city of Cimahi behind a real web server, for a real browser. Loaded once a file, taken away afterwards."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from accounts.enums import Role
from accounts.models import User
from core.jobs import work_off
from core.models.agency import forget
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


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker, tmp_path_factory):
    """The city, committed, in demo mode."""
    folder = tmp_path_factory.mktemp("office")
    settings = override_settings(
        DEMO_MODE=True,
        DEMO_MAIL_DIR=folder / "mail",
        ALLOWED_HOSTS=["*"],
        MEDIA_ROOT=folder / "media",
    )
    with django_db_blocker.unblock(), settings:
        forget_all()
        call_command("demo", CITY, stdout=io.StringIO())
        server, worker = LiveServer("127.0.0.1"), Worker()
        worker.start()
        try:
            yield Office(server.url, {role.value: sign_in(role) for role in Role})
        finally:
            worker.over.set()
            worker.join(10)
            server.stop()
            call_command("flush", interactive=False, verbosity=0)
            forget()
