"""An officer clears a complete file with at most 12 key strokes and 6 page loads, in a real browser; both counted.

A click counts as one stroke. The way begins at the officer's home and ends when the next waiting file is open.
"""

import pytest

from core import clock
from core.files import store
from core.images import Content
from jobseekers.models import AK1Application, AK1Card, PersonDocument
from tests.browser import window

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]
STROKES, LOADS = 12, 6


class Counted:
    """A page whose strokes and loads are counted."""

    def __init__(self, opened) -> None:
        self.page, self.strokes, self.loads = opened.page, 0, 0
        self.page.on("load", self._loaded)

    def _loaded(self, page) -> None:
        self.loads += 1

    def press(self, key: str, *, leads: bool = False) -> None:
        """One key; `leads` waits for the page that it opens."""
        self.strokes += 1
        if leads:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        else:
            self.page.keyboard.press(key)

    def click(self, name: str) -> None:
        """One click on a link that opens a page."""
        self.strokes += 1
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name).first.click()


def test_a_complete_file_is_cleared(sent, client_as, live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    first, second = sent(full_name="Asep Lengkap"), sent(full_name="Budi Berikut")
    stored = store(Content(b"%PDF-1.4 isi", "application/pdf"), actor=None, kind="jobseekers.document")
    PersonDocument.objects.create(
        jobseeker=first.jobseeker, kind="DIPLOMA", file=stored, uploaded_at=clock.now()
    )
    client = client_as("PLACEMENT_OFFICER")
    with window(live_server.url, session=client.cookies["sessionid"].value) as opened:
        counted = Counted(opened)
        page = counted.page
        assert opened.goto("/beranda/") == 200
        counted.click("Mulai memeriksa")
        assert page.get_by_role("heading", level=1).inner_text() == "Asep Lengkap"
        assert page.locator("kbd", has_text="S").first.is_visible()
        counted.press("1", leads=True)
        assert "Ijazah" in page.get_by_role("heading", level=1).inner_text()
        counted.press("k", leads=True)
        counted.press("s")
        assert page.evaluate("document.activeElement.value") == "approve"
        counted.press("Enter", leads=True)
        assert page.get_by_role("heading", level=1).inner_text() == "Budi Berikut"
        assert "disetujui, kartu sudah terbit" in page.locator("body").inner_text()
        strokes, loads = counted.strokes, counted.loads
        counted.press("b", leads=True)
        assert page.get_by_role("heading", level=1).inner_text() == "Kembalikan untuk diperbaiki"
        assert opened.violations() == []
        problems = opened.problems
    assert problems == []
    assert 0 < strokes <= STROKES
    assert 0 < loads <= LOADS
    assert AK1Application.objects.get(pk=first.pk).state == "APPROVED"
    assert AK1Card.objects.get().application == first
    assert AK1Application.objects.get(pk=second.pk).state == "SUBMITTED"
