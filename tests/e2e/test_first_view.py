"""The first view of a page over the wire, at most 60 KiB: all that the page asks for, as the site in service sends it.

Style, scripts and signs are collected and packed as at deployment; the browser comes with an empty cache. What the
service worker fetches afterwards for the offline page is not part of the view.
"""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from django.test.testcases import LiveServerThread
from django.urls import reverse

from tests.browser import window
from tests.e2e.conftest import served
from tests.small_office import make_agency, make_levels, make_person, make_photo, make_places

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.xdist_group("e2e"),
]
MOST = 60 * 1024
COLLECTED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


class InService:
    """A web server without Django's own help for static files: WhiteNoise sends the packed ones."""

    def __init__(self, address: str) -> None:
        """Start it."""
        self.thread = LiveServerThread(address, static_handler=lambda application: application)
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{self.thread.host}:{self.thread.port}"

    def stop(self) -> None:
        """End it."""
        self.thread.terminate()


def build(url: str) -> dict[str, tuple[str, str]]:
    """Somebody with a draft and somebody with a card: (address, session) of the four pages, with the site under ""."""
    from accounts.enums import Role
    from accounts.models import Membership, User
    from jobseekers.services import applications

    make_places(), make_levels()
    make_agency(policies={"ak1_document_ktp": "OPTIONAL", "ak1_document_diploma": "OPTIONAL"})

    def somebody(name: str, role: str) -> User:
        user = User.objects.create_user(
            email=f"{name}@contoh.example", full_name="Rina Lestari", is_demo=True
        )
        Membership.objects.create(user=user, role=role, started_on=date(2023, 1, 2))
        return user

    def session(user: User) -> str:
        client = Client()
        client.force_login(user, backend=None)
        return client.cookies["sessionid"].value

    officer, first, second = (
        somebody(name, role)
        for name, role in (
            ("petugas", Role.PLACEMENT_OFFICER),
            ("pertama", Role.JOBSEEKER),
            ("kedua", Role.JOBSEEKER),
        )
    )
    person = make_person(9001, photo=make_photo(), user=first)
    draft = applications.start_application(actor=first, person=person)
    person = make_person(9002, photo=make_photo(), user=second)
    sent = applications.start_application(actor=second, person=person)
    sent = applications.submit(sent, actor=second, version=sent.version)
    card = applications.approve(sent, actor=officer, version=sent.version)
    return {
        "": (url, ""),
        "front": ("/", ""),
        "sign-up": ("/akun/daftar/", ""),
        "task list": (reverse("jobseekers:my_application", args=[draft.uid]), session(first)),
        "card": (reverse("jobseekers:my_card", args=[card.uid]), session(second)),
    }


@pytest.fixture
def pages(transactional_db, tmp_path):
    """The four pages of a site in service."""
    packed = override_settings(
        STORAGES=COLLECTED, STATIC_ROOT=tmp_path / "static", WHITENOISE_USE_FINDERS=False
    )
    with packed:
        call_command("collectstatic", verbosity=0, interactive=False)
        with served(tmp_path, build, InService) as made:
            yield made


def weighed(site: str, path: str, session: str) -> dict[str, int]:
    """Bytes over the wire, heads and bodies, of every request of the first view."""
    with window(site, width=360, session=session) as phone:
        wire = phone.page.context.new_cdp_session(phone.page)
        wire.send("Network.enable")
        urls, sizes = {}, {}
        wire.on(
            "Network.requestWillBeSent", lambda sent: urls.update({sent["requestId"]: sent["request"]["url"]})
        )
        wire.on(
            "Network.loadingFinished",
            lambda done: sizes.update({urls[done["requestId"]]: int(done["encodedDataLength"])}),
        )
        assert phone.goto(path) == 200
        phone.page.wait_for_load_state("networkidle")
        return sizes


def test_the_first_views_are_light(pages):
    (site, _), heavy = pages.pop(""), {}
    for name, (path, session) in pages.items():
        sizes = weighed(site, path, session)
        assert any("site." in url and url.endswith(".css") for url in sizes), "the style was not measured"
        if sum(sizes.values()) > MOST:
            heavy[name] = sizes
    assert heavy == {}
