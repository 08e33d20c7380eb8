"""The pages of the report: what they show, who may open them, and that numbers lead to their records."""

import json
from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core import clock, measures
from core.measures import Period
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from lkip import evidence
from lkip.permissions import EVIDENCE_ROLES

pytestmark = pytest.mark.django_db


def test_year_page_shows_figures_and_budget(small_year, client_as):
    page = client_as("PLANNER").get(reverse("lkip:year", args=[small_year]))
    text = page.content.decode()
    assert page.status_code == 200
    for shown in ("75,00\u00a0%", "150,00\u00a0%", "80,00\u00a0%", "Rp\u00a0300", "Menunggu nilai", "+70,00"):
        assert shown in text


def test_a_figure_page_shows_its_parts_and_where_they_come_from(small_year, client_as):
    text = client_as("PLANNER").get(reverse("lkip:figure", args=[small_year, "rate"])).content.decode()
    assert "Perjanjian Kinerja" in text
    assert reverse("lkip:figure", args=[small_year, "made"]) in text
    assert reverse("lkip:figure", args=[small_year, "base"]) in text


def test_the_planner_gets_from_a_figure_to_what_it_is_made_of(small_year, client_as):
    page = reverse("lkip:figure", args=[small_year, "score"])
    record = reverse("lkip:statistic_new", args=[small_year, "score"])
    target = reverse("lkip:lineage", args=[small_year, "score"])
    shown = client_as("PLANNER").get(page).content.decode()
    assert record in shown
    assert target in shown
    assert record not in client_as("AGENCY_HEAD").get(page).content.decode()
    computed = reverse("lkip:figure", args=[small_year, "rate"])
    assert ">Catat nilai<" not in client_as("PLANNER").get(computed).content.decode()


def test_budget_and_efficiency_figures_have_pages(small_year, client_as):
    client = client_as("SECTION_HEAD")
    for code in ("budget_total", "budget_p.k.1", "efficiency_rate"):
        assert client.get(reverse("lkip:figure", args=[small_year, code])).status_code == 200
    assert client.get(reverse("lkip:figure", args=[small_year, "no-such"])).status_code == 404
    assert "Sub 1" in client.get(reverse("lkip:budget", args=[small_year])).content.decode()


def test_an_unknown_year_is_404(small_year, client_as):
    assert client_as("PLANNER").get(reverse("lkip:year", args=[1999])).status_code == 404


@pytest.mark.parametrize("role", [r for r in Role if r not in STAFF_ROLES])
def test_outsiders_do_not_see_the_report(small_year, client_as, role):
    assert client_as(role).get(reverse("lkip:year", args=[small_year])).status_code == 403


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_evidence_needs_its_right(db, client_as, role):
    url = evidence.url("jobseekers.ak1_cards", Period.year(2031))
    assert client_as(role).get(url).status_code == (200 if role in EVIDENCE_ROLES else 403)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "2031-01-01",
        "2031-12-31_2031-01-01",
        "2031-01-01_2031-12-31;warna=1",
        "2031-99-01_2031-12-31",
    ],
)
def test_a_broken_question_is_404(db, client_as, token):
    url = reverse("lkip:evidence", args=["jobseekers.ak1_cards"])
    assert client_as("PLANNER").get(url, {"angka": token}).status_code == 404


def test_an_unknown_measure_is_404(db, client_as):
    assert client_as("PLANNER").get(reverse("lkip:evidence", args=["no.such"])).status_code == 404


@pytest.mark.parametrize("code", measures.codes())
def test_every_measure_has_a_list_of_evidence(db, client_as, code):
    page = client_as("PLANNER").get(evidence.url(code, Period.year(2031)))
    assert page.status_code == 200
    assert "Tidak ada rekaman" in page.content.decode()


@pytest.mark.parametrize("code", measures.codes())
def test_every_measure_says_what_it_counts(code):
    measure = measures.get(code)
    assert len(measure.definition) > 40
    assert measure.definition.endswith(".")
    assert measure.register
    assert measure.columns


def test_a_token_says_the_question_and_is_read_back():
    measure = measures.get("placements.placement_reports")
    period, filters = Period.quarter(2031, 2), {"channel": ["BKK", "LPK"], "reach": "AKL"}
    text = evidence.token(period, filters)
    assert evidence.read_token(measure, text) == (period, filters)
    words = evidence.words(measure, text)
    assert "1 April 2031 sampai 30 Juni 2031" in words
    assert "Bursa Kerja Khusus" in words


def test_files_of_the_figures(small_year, client_as):
    client = client_as("PLANNER")
    rows = json.loads(client.get(reverse("lkip:figures_file", args=[small_year, "json"])).content)
    rate = next(row for row in rows if row["code"] == "rate")
    assert (rate["value"], rate["numerator"], rate["capaian"]) == ("75", "30", "150")
    csv = client.get(reverse("lkip:figures_file", args=[small_year, "csv"])).content.decode("utf-8-sig")
    assert "rate;rate;persen;75;" in csv
    assert client.get(reverse("lkip:figures_file", args=[small_year, "exe"])).status_code == 404


def test_records_are_linked_only_for_those_who_may_open_them(small_year, client_as, user_with):
    person = JobSeeker.objects.create(full_name="Sari Uji", sex="F", birth_date=date(2000, 1, 2))
    clerk = user_with("PLACEMENT_OFFICER")
    application = AK1Application.objects.create(
        jobseeker=person,
        kind="NEW",
        origin="DESK",
        state="APPROVED",
        submitted_at=clock.now(),
        decided_at=clock.now(),
        decided_by=clerk,
    )
    card = AK1Card.objects.create(
        jobseeker=person,
        application=application,
        number="3277020131000001",
        kind="NEW",
        issued_on=date(2031, 3, 1),
        valid_until=date(2033, 3, 1),
        officer_name="Petugas",
    )
    url = evidence.url("jobseekers.ak1_cards", Period.year(2031))
    own = reverse("jobseekers:card_detail", args=[card.uid])
    for role, linked in (("PLANNER", False), ("APIP_REVIEWER", False), ("AGENCY_HEAD", True)):
        client = client_as(role)
        page = client.get(url).content.decode()
        assert "Sari U" in page
        assert (own in page) is linked
        assert client.get(own).status_code == (200 if linked else 403)


@pytest.mark.parametrize(
    "tail", ["", "laporan/", "angka.json", "anggaran/", "rencana/", "triwulan/4/", "edisi/"]
)
def test_a_year_that_no_database_can_hold_is_not_found(client_as, tail):
    for year in ("99999999999999999999", "0", "99999"):
        assert client_as("PLANNER").get(f"/lkip/{year}/{tail}").status_code == 404
    assert client_as("PLANNER").get("/lkip/2031/triwulan/99999999999999999999/").status_code == 404
