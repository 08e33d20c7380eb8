"""A list in a browser: it refreshes in place with scripts, and works the same without them."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import clock
from tests.browser import window
from tests.employers import builders

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def companies(transactional_db):
    """Thirty companies, one of them called Melati."""
    with clock.frozen(builders.TODAY):
        builders.office(builders.city())
        builders.company("PT Melati Jaya")
        for number in range(29):
            builders.company(f"PT Contoh {number:02}")


@pytest.fixture
def session(companies, client_as):
    """A signed-in pengantar kerja."""
    return client_as(Role.PLACEMENT_OFFICER).cookies["sessionid"].value


def test_typing_narrows_the_list_in_place_and_the_address_follows(live_server, session):
    address = reverse("employers:company_list")
    with window(live_server.url, session=session) as seen:
        page = seen.page
        seen.goto(address)
        assert "30 perusahaan" in page.inner_text("#daftar")
        page.evaluate("document.querySelector('h1').dataset.same = 'yes'")
        page.fill("#f-q", "melati")
        page.locator("#daftar [role=status]", has_text="1 perusahaan").wait_for()
        assert page.get_attribute("h1", "data-same") == "yes", "the page itself was not loaded again"
        assert "q=melati" in page.url
        assert page.input_value("#f-q") == "melati", "the field keeps what was typed"
        assert page.locator("#daftar tbody tr").count() == 1
        assert page.evaluate("localStorage.length") == 0, "no page is kept in the browser's storage"
        page.go_back()
        page.locator("#daftar [role=status]", has_text="30 perusahaan").wait_for()
        assert seen.problems == []


def test_without_scripts_the_same_form_loads_the_page(live_server, session):
    with window(live_server.url, session=session, scripts=False) as seen:
        page = seen.page
        seen.goto(reverse("employers:company_list"))
        page.fill("#f-q", "melati")
        page.click("form.tools button[type=submit]")
        assert "q=melati" in page.url
        assert page.locator("#daftar tbody tr").count() == 1
        page.click("a:has-text('Pencarian')")
        assert page.locator("#daftar tbody tr").count() == 25
        page.click("text=Berikutnya")
        assert page.locator("#daftar tbody tr").count() == 5


def test_below_768_px_each_row_is_a_card(live_server, session):
    with window(live_server.url, width=360, session=session) as seen:
        page = seen.page
        seen.goto(reverse("employers:company_list"))
        box = page.locator("#daftar tbody tr").first.bounding_box()
        assert box["width"] <= 360
        assert box["height"] > 90
        label = page.evaluate(
            "getComputedStyle(document.querySelector('#daftar td[data-l]'), '::before').content"
        )
        assert len(label) > 4
        assert seen.overflow() <= 0
