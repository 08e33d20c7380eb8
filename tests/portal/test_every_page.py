"""Every page of the installation, for every kind of role: sound markup, Indonesian words, a title, a way back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import OPERATOR_ROLES, STAFF_ROLES, Role
from core import clock
from tests.access.world import build
from tests.architecture.access import ANONYMOUS, address_of, ask, urls
from tests.employers.builders import TODAY
from tests.markup import english, faults

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = (ANONYMOUS, Role.JOBSEEKER, *OPERATOR_ROLES, *STAFF_ROLES)
NAMES = (
    "Google Authenticator",
    "Microsoft Authenticator",
    "Job Fair",
    "Job fair",
    "job fair",
    "in-house training",
)
FRAGMENTS = {"lkip:narrative_palette"}
"""Parts of a page that are put into it where they are asked for; alone they are no page."""
TITLE = re.compile(r"<title>\s*(.*?)\s*</title>", re.DOTALL)


@pytest.fixture
def world():
    """One row of everything, on a day of the demo's year."""
    with clock.frozen(TODAY):
        yield build()


def pages_of(client: Client, world: dict) -> dict[str, str]:
    """The HTML that each URL shows to this client, by name; what is refused or no page is left out."""
    found = {}
    for url in urls():
        try:
            address = address_of(url, world)
        except LookupError:
            continue  # that the world has a row for every URL is the access test's business
        status, _ = ask(client, "GET", address)
        if status != "200" or url.name == "account_logout" or url.name in FRAGMENTS:
            continue
        response = client.get(address)
        if not response.streaming and response.headers["Content-Type"].startswith("text/html"):
            found[url.name] = response.content.decode()
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_this_role_opens_is_sound(role, world, client_as):
    client = Client() if role == ANONYMOUS else client_as(role)
    pages = pages_of(client, world)
    assert "portal:front" in pages
    problems = []
    for name, html in pages.items():
        problems += [f"{name}: {fault}" for fault in faults(html)]
        problems += [f"{name}: English: {word}" for word in english(html, but=NAMES)]
        title = TITLE.search(html)
        if not title or title[1].startswith("–") or "Sidakep" not in title[1]:
            problems.append(f"{name}: title {title and title[1]!r}")
        if " class=" not in html or reverse("core:style", args=["x"]).split("x")[0] in html:
            problems.append(f"{name}: not in the office's look")
    assert problems == []


def test_the_check_finds_faults_and_english():
    good = '<html lang="id"><a href="#isi">a</a><main id="isi"><h1>Judul</h1></main></html>'
    assert faults(good) == []
    bad = good.replace("<h1>", '<p style="x" id="isi"><label for="y">b</label><script>1</script><h1>')
    assert len(faults(bad)) == 4
    assert english(good.replace("Judul", "Not found. Please sign in.")) == ["Not found", "Please", "sign in"]
    assert english(good.replace("Judul", "Google Authenticator"), but=NAMES) == []
