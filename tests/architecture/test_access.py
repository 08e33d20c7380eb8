"""Every URL × every role answers what the checked-in files say. New files: pytest tests/architecture/test_access.py
--write-access, then read the difference: it is the list of who may open what.
"""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from accounts.enums import STAFF_ROLES
from core import clock
from tests.access.world import build
from tests.architecture import access
from tests.employers.builders import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def world():
    """One row of everything, on a day of the demo's year."""
    with clock.frozen(TODAY):
        yield build()


@pytest.fixture
def looker(client_as):
    """Return a function that gives the client of a role."""
    return lambda role: Client() if role == access.ANONYMOUS else client_as(role)


_found: dict[str, dict] = {}


@pytest.mark.parametrize("role", access.ROLES)
def test_every_url_answers_this_role_as_listed(role, world, looker, request):
    listed = list(access.urls())
    found, faults = access.answers(looker(role), world, listed)
    assert faults == []
    if not request.config.getoption("--write-access"):
        assert access.differences(role, found, access.read()) == []
        return
    _found[role] = found
    if len(_found) == len(access.ROLES):
        access.write(_found, listed)


def test_nothing_of_the_office_opens_without_signing_in():
    """What the files say themselves: the public pages are few, and none of them changes anything."""
    public = {
        url for (url, method), row in access.read().items() if method == "GET" and row["anonymous"] == "200"
    }
    assert not [url for url in public if ":" in url and url.endswith(("_list", "_detail", "_edit", "_new"))]
    for (url, _method), row in access.read().items():
        if row[access.ANONYMOUS] == "login":
            continue
        opened = [role for role in STAFF_ROLES if row[role] == "200"]
        assert not opened or row[access.ANONYMOUS] in ("200", "302", "404", "405", "403", "401"), url


# --- the check fails when somebody breaks the house -------------------------------------------------------------


def _open(request):
    return HttpResponse("ok")


def _hidden(request):
    return HttpResponse("ok")


def _counting(request):
    from core.models import Counter

    Counter.objects.create(series="x", year=2023, last=1)
    return HttpResponse("ok")


_open.login_required = False
urlpatterns = [
    path("terbuka", _open, name="open"),
    path("hanya-masuk", _hidden, name="hidden"),
    path("menulis", _counting, name="counting"),
    path("masuk", _open, name="account_login"),
]


@pytest.fixture
def broken(settings, client_as):
    """A project of three pages, asked as a planner and as nobody; returns the function that asks."""
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]
    settings.LOGIN_URL = "/masuk"
    listed = list(access.urls())

    def ask(role):
        client = Client() if role == access.ANONYMOUS else client_as(role)
        return access.answers(client, {}, listed)

    return ask


def test_it_fails_when_a_page_opens_to_somebody_else(broken, tmp_path):
    found = {role: broken(role)[0] for role in access.ROLES}
    assert found["anonymous"]["hidden", "GET"] == "login"
    assert found["PLANNER"]["hidden", "GET"] == "200"
    access.write(found, list(access.urls()), tmp_path)
    expected = access.read(tmp_path)
    assert access.differences("anonymous", found["anonymous"], expected) == []
    opened = {**found["anonymous"], ("hidden", "GET"): "200"}
    (told,) = access.differences("anonymous", opened, expected)
    assert told == "GET hidden: answers 200 to anonymous, should be login"


def test_it_fails_when_a_url_is_new_or_gone(broken, tmp_path):
    found = {role: broken(role)[0] for role in access.ROLES}
    access.write(found, list(access.urls()), tmp_path)
    expected = access.read(tmp_path)
    now = dict(found["PLANNER"])
    now["new", "GET"] = now.pop(("open", "GET"))
    told = access.differences("PLANNER", now, expected)
    assert [line.split(":")[0] for line in told] == ["GET new", "GET open"]


def test_it_fails_when_looking_writes(broken):
    found, faults = broken("PLANNER")
    assert found["counting", "GET"] == "200"
    assert faults == ["GET counting writes to core_counter"]


def test_a_url_whose_row_nobody_made_is_an_error():
    with pytest.raises(LookupError, match="has no row for x:detail"):
        access.address_of(access.Url("x:detail", frozenset({"uid"})), {"y:*": {}})
