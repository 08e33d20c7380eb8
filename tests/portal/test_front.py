"""The public pages: what the office offers, its numbers as measured, the card check, and their weight."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import clock, measures
from core.measures import Period
from portal import numbers
from tests.browser import WIDTHS, window
from tests.employers import builders
from tests.training import builders as training

TODAY = builders.TODAY
STATIC = Path(__file__).resolve().parents[2] / "core" / "static" / "core"
PUBLIC = ["front", "data", "ak1", "employers", "relations", "privacy", "accessibility"]


@pytest.fixture(autouse=True)
def _day():
    """Hold the clock in the demo's year."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def office(db):
    """The office, open vacancies and trainings, and ten trainees of this year."""
    agency = builders.office(
        builders.city(), address="Jalan Contoh 1", phone="(022) 555 0000", email="a@contoh.test"
    )
    firm = builders.company("PT Contoh Uji")
    for title in ("Operator jahit", "Juru masak"):
        builders.vacancy(
            firm,
            title=title,
            state="PUBLISHED",
            published_on=date(2023, 8, 18),
            wage_from=3_514_093,
            openings_any=25,
        )
    builders.vacancy(firm, title="Sudah lewat", state="PUBLISHED", closes_on=date(2023, 8, 20))
    builders.vacancy(firm, title="Belum diperiksa", state="SUBMITTED")
    coming = training.cohort(
        training.programme("Barista"),
        starts_on=date(2023, 9, 4),
        ends_on=date(2023, 9, 15),
        state="OPEN",
        quota=9,
    )
    training.enrolment(coming, state="ACCEPTED")
    past = training.cohort(state="FINISHED")
    for _ in range(10):
        training.graduate(past)
    return agency


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_opens_for_everybody(name, client, office):
    response = client.get(reverse(f"portal:{name}"))
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert " style=" not in html
    assert "Dinas Tenaga Kerja Kota Cimahi" in html


def test_public_pages_open_before_the_office_is_set_up(client, db):
    for name in PUBLIC:
        assert client.get(reverse(f"portal:{name}")).status_code == 200, name


def test_the_front_page_shows_what_is_open_today(client, office):
    html = client.get("/").content.decode()
    assert "Cari kerja di Cimahi, dari ponsel Anda" in html
    assert html.count('<a class="tile') == 6
    assert html.count('class="tile main"') == 1
    assert "2 lowongan terbuka" in html
    assert "Operator jahit" in html
    assert "Rp\u00a03.514.093 per bulan" in html
    assert "25 orang" in html
    assert "Tayang 18 Agustus 2023" in html
    assert "Sudah lewat" not in html
    assert "Belum diperiksa" not in html
    assert "Barista" in html
    assert "sisa 8 kursi" in html
    assert "12 hari" in html


def test_every_link_of_the_front_page_leads_somewhere(client, office):
    html = client.get("/").content.decode()
    for url in sorted(set(re.findall(r'href="(/[^"#]*)"', html))):
        if url.startswith("/static/"):
            continue
        assert client.get(url, follow=True).status_code == 200, url


def test_the_numbers_are_the_measures(client, office):
    html = client.get("/").content.decode()
    shown = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html))
    period = Period(date(2023, 1, 1), TODAY)
    for code, label in numbers.FRONT:
        assert shown[label] == f"{measures.value(code, period)}", code
    assert shown["peserta pelatihan"] == "10"
    assert shown["lowongan terbuka hari ini"] == "2"


def test_the_data_page_explains_each_number(client, office):
    response = client.get(reverse("portal:data"))
    html = response.content.decode()
    listed = response.context["numbers"]
    assert {each.code for each in listed} == {code for code, _ in numbers.PUBLISHED}
    for each in listed:
        assert each.definition
        assert each.value == measures.value(each.code, Period(date(2023, 1, 1), TODAY))
    assert "Sampai 21 Agustus 2023" in html
    assert client.get(reverse("portal:data"), {"tahun": "2022"}).context["until"] == date(2022, 12, 31)


@pytest.mark.parametrize("year", ["2024", "1999", "abcd", "20231", "-1", ""])
def test_the_data_page_knows_its_years(client, office, year):
    assert client.get(reverse("portal:data"), {"tahun": year}).status_code == 404


def test_the_card_check_posts_the_number(client, office):
    html = client.get("/").content.decode()
    form = re.search(r'<form method="post" action="([^"]+)" class="stack">', html)
    assert form.group(1) == reverse("jobseekers:check_card")
    response = client.post(form.group(1), {"code": "3277 151223 001982"})
    assert response.status_code == 200
    assert "Kartu tidak ditemukan" in response.content.decode()


def test_the_first_view_is_light(client, office):
    html = client.get("/").content
    sizes = {"html": len(gzip.compress(html, 6))}
    for name in set(re.findall(r'/static/core/([\w.]+?)(?:\.[0-9a-f]{12})?(\.\w+)"', html.decode())):
        file = "".join(name)
        sizes[file] = len(gzip.compress((STATIC / file).read_bytes(), 6))
    assert {"site.css", "site.js", "mark.svg"} <= set(sizes)
    assert "htmx.min.js" not in sizes
    assert sum(sizes.values()) <= 60 * 1024, sizes


def test_the_front_page_asks_the_database_little(client, office, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")


@pytest.mark.axe
@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1280])
def test_public_pages_have_no_axe_violation(live_server, office, width):
    addresses = [reverse(f"portal:{name}") for name in PUBLIC]
    with window(live_server.url, width=width) as seen:
        for address in addresses:
            assert seen.goto(address) == 200
            assert seen.violations() == [], address
            seen.shoot(f"front{address.replace('/', '_')}{width}")
        assert seen.problems == []


@pytest.mark.browser
@pytest.mark.slow
def test_public_pages_do_not_scroll_sideways(live_server, office):
    addresses = [reverse(f"portal:{name}") for name in PUBLIC]
    with window(live_server.url) as seen:
        for width in (320, *WIDTHS):
            seen.page.set_viewport_size({"width": width, "height": 800})
            for address in addresses:
                seen.goto(address)
                assert seen.overflow() <= 0, (address, width)


@pytest.mark.axe
@pytest.mark.slow
@pytest.mark.parametrize(
    "role", [Role.PLACEMENT_OFFICER, Role.COMPANY_OPERATOR, Role.JOBSEEKER, Role.PLANNER]
)
def test_homes_have_no_axe_violation(live_server, office, client_as, role):
    session = client_as(role).cookies["sessionid"].value
    for width in (360, 1280):
        with window(live_server.url, width=width, session=session) as seen:
            assert seen.goto(reverse("portal:home")) == 200
            assert seen.violations() == []
            assert seen.overflow() <= 0
            assert seen.problems == []
