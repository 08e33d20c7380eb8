"""The recap as bars, tables, Excel and PDF: one set of numbers in four shapes."""

import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from core import clock, measures
from core.measures import Period
from core.models.audit import AuditEvent
from core.tables_out import CONTENT_TYPES
from jobseekers.enums import Sex
from jobseekers.models import JobSeeker
from jobseekers.services import applications
from tests.jobseekers.test_pages import READERS, ROLES

pytestmark = pytest.mark.django_db
QUERIES = (
    "?bentuk=tabel",
    "?bentuk=tabel&kecamatan=32.77.02",
    "?bentuk=tabel&jk=M",
    "?bentuk=tabel&ukuran=masuk&asal=ONLINE",
    "?bentuk=tabel&ukuran=kartu&dari=2023-08-01&sampai=2023-08-31",
    "?bentuk=tabel&ukuran=kartu&tahun=2021",
)


@pytest.fixture
def people(person_with, sent, officer, places, levels):
    """Six people of several places, ages and levels, two of them with an application, one with a card."""
    application = sent()
    applications.approve(application, actor=officer, version=application.version)
    sent(sex="M", education=levels["S1"], graduation_year=None, birth_date=date(1990, 5, 1))
    person_with(village=places["32.75.01.1001"], sex="M")
    person_with(village=None)
    person_with(village=places["32.77.01.1002"], birth_date=date(1980, 1, 1), graduation_year=None)
    person_with(village=places["32.77.01.1001"], education=levels["SD"], graduation_year=None)


def page(client, query: str):
    return client.get(reverse("jobseekers:recap") + query)


def content(response) -> io.BytesIO:
    return io.BytesIO(b"".join(response.streaming_content))


def texts_of(html: str, tag: str) -> list[str]:
    cells = re.findall(rf"<{tag}[ >].*?</{tag}>", html, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).replace("\xa0", " ").strip() for cell in cells]


def tables_on(html: str) -> list[list[list[str]]]:
    """The cross tables of the page as rows of texts."""
    tables = re.findall(r'<table class="t ct">.*?</table>', html, re.DOTALL)
    return [
        [texts_of(row, "t[hd]") for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)] for table in tables
    ]


def written(value) -> str:
    """A cell of the sheet as the page writes it."""
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",") + " %"
    return "" if value is None else str(value)


@pytest.mark.parametrize("query", QUERIES)
def test_the_sheet_holds_what_the_page_shows(people, client_as, query):
    client = client_as("PLANNER")
    shown = tables_on(page(client, query).content.decode())
    assert len(shown) in (2, 3)
    response = page(client, f"{query}&format=xlsx")
    assert response["Content-Type"] == CONTENT_TYPES["xlsx"]
    book = load_workbook(content(response))
    sheets = [
        [
            [written(float(cell.value) if "%" in cell.number_format else cell.value) if cell.value is not None else ""
             for cell in row]
            for row in book[name].iter_rows()
        ]
        for name in book.sheetnames[:-1]
    ]  # fmt: skip
    assert sheets == shown
    notes = {row[0].value: row[1].value for row in book["Keterangan"].iter_rows()}
    assert notes["Jumlah"] == sheets[0][-1][-2]
    assert notes["Oleh"] == client.user.full_name


def test_the_notes_say_filter_and_days(people, client_as):
    response = page(
        client_as("PLANNER"),
        "?ukuran=kartu&kecamatan=32.77.02&jk=F&dari=2023-08-01&sampai=2023-08-31&format=xlsx",
    )
    notes = {row[0].value: row[1].value for row in load_workbook(content(response))["Keterangan"].iter_rows()}
    assert notes["Saringan"] == "Kecamatan: Cimahi Tengah; Jenis kelamin: Perempuan"
    assert notes["Masa"] == "terbit 1 Agustus 2023 sampai 31 Agustus 2023"
    assert (notes["Jumlah"], notes["Perempuan"], notes["Laki-laki"]) == ("1", "1", "0")


def test_the_paper_has_the_same_numbers(people, client_as):
    client = client_as("PLANNER")
    shown = tables_on(page(client, "?bentuk=tabel").content.decode())
    response = page(client, "?format=pdf")
    assert response["Content-Type"] == "application/pdf"
    words = " ".join(sheet.extract_text() for sheet in PdfReader(content(response)).pages)
    words = words.replace("\xa0", " ")
    for table in shown:
        for row in table[1:]:
            assert re.search(r"\s+".join(re.escape(cell) for cell in row if cell), words), row


def test_an_export_leaves_one_audit_event_and_nothing_else(people, client_as):
    client = client_as("PLANNER")
    before = list(JobSeeker.objects.order_by("pk").values())
    page(client, "?format=pdf")
    event = AuditEvent.objects.get(kind="export.direct")
    assert event.actor_uid == client.user.uid
    assert (event.detail["table"], event.detail["format"]) == ("rekap-ak1", "pdf")
    assert list(JobSeeker.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", ["xlsx", "pdf"])
def test_only_who_sees_the_recap_gets_its_file(agency, levels, client_as, role, name):
    response = page(client_as(role), f"?format={name}")
    allowed = role in READERS["recap"]
    assert response.status_code == (200 if allowed else 403)
    assert AuditEvent.objects.filter(kind="export.direct").exists() == allowed


def test_without_signing_in_there_is_no_file(agency, levels):
    assert page(Client(), "?format=xlsx").status_code == 302
    assert not AuditEvent.objects.filter(kind="export.direct").exists()


def test_an_unknown_format_is_the_page(agency, levels, client_as):
    assert "text/html" in page(client_as("PLANNER"), "?format=exe")["Content-Type"]


def test_both_shapes_and_the_links_keep_everything(people, client_as):
    client = client_as("PLANNER")
    asked = "?ukuran=kartu&kecamatan=32.77.02&jk=F&asal=ONLINE&dari=2023-08-01&sampai=2023-08-31"
    kept = parse_qs(asked[1:])
    for shape in ("", "&bentuk=tabel"):
        html = page(client, asked + shape).content.decode().replace("&amp;", "&")
        links = re.findall(r'href="(\?[^"]+)"', html)
        assert len(links) == 7  # two files, three periods, two shapes
        for link in links:
            found = parse_qs(urlsplit(link).query)
            assert {**kept, "dari": found["dari"], "sampai": found["sampai"]}.items() <= found.items(), link
        files = [link for link in links if "format=" in link]
        assert all(kept.items() <= parse_qs(urlsplit(link).query).items() for link in files)
        assert ('name="bentuk" value="tabel"' in html) == bool(shape)


@pytest.mark.parametrize(
    "query", ["", "?ukuran=masuk", "?ukuran=kartu", "?kecamatan=32.77.01", "?ukuran=kartu&tahun=2021"]
)
def test_every_chart_adds_up_to_the_number_on_top(people, client_as, query):
    response = page(client_as("PLANNER"), query)
    total = response.context["total"]
    charts = [one for box in response.context["bars"] for one in box]
    assert [one.title for one in charts][1:2] == ["Jenis kelamin"]
    assert all(sum(bar.value for bar in one.rows) == total for one in charts)
    assert sum(step.left + step.right for step in response.context["steps"]) == total
    top = max(max(step.left, step.right) for step in response.context["steps"])
    longest = {step.left_width for step in response.context["steps"] if step.left == top}
    longest |= {step.right_width for step in response.context["steps"] if step.right == top}
    assert longest == {"100.00"} or not total


@pytest.mark.parametrize(
    ("shown", "code"), [("masuk", "jobseekers.applications_sent"), ("kartu", "jobseekers.ak1_cards")]
)
def test_the_recap_is_the_measure_and_its_evidence(people, sent, client_as, shown, code):
    with clock.frozen(date(2023, 7, 31)):
        sent(sex="M")
    client = client_as("PLANNER")
    for start, end in (
        ("2023-01-01", "2023-12-31"),
        ("2023-07-01", "2023-07-31"),
        ("2022-01-01", "2022-12-31"),
    ):
        period = Period(date.fromisoformat(start), date.fromisoformat(end))
        context = page(client, f"?ukuran={shown}&dari={start}&sampai={end}").context
        assert context["total"] == measures.value(code, period) == measures.evidence_count(code, period)
        by_sex = {Sex(sex).label: number for (sex,), number in measures.cells(code, period, ("sex",))}
        assert {label: number for label, number in context["by_sex"] if number} == by_sex
        places = {line.label: line.total.value for line in context["tables"][0].lines if line.total.value}
        names = measures.get(code).dimensions["district"].names()
        asked = measures.cells(code, period, ("district",))
        assert places == {names[key]: number for (key,), number in asked}


def test_a_returned_file_that_is_sent_again_counts_once_on_its_first_day(sent, officer):
    with clock.frozen(date(2023, 7, 31)):
        application = sent()
        returned = applications.return_application(
            application, actor=officer, version=application.version, comment="Foto buram"
        )
    applications.submit(returned, actor=returned.jobseeker.user, version=returned.version)
    july, august = Period.month(2023, 7), Period.month(2023, 8)
    code = "jobseekers.applications_sent"
    assert (measures.value(code, july), measures.value(code, august)) == (1, 0)


def test_every_bar_opens_as_many_rows_as_it_counts(people, client_as):
    client = client_as("PLACEMENT_OFFICER")
    opened = 0
    for query in ("", "?ukuran=masuk", "?ukuran=kartu"):
        for box in page(client, query).context["bars"]:
            for bar in (bar for one in box for bar in one.rows):
                assert client.get(bar.url).context["page"].count == bar.value, bar
                opened += 1
    assert opened > 15


@pytest.mark.parametrize("query", ["", "?bentuk=tabel", "?ukuran=kartu&format=xlsx", "?format=pdf"])
def test_the_queries_do_not_grow_with_the_people(person_with, places, levels, client_as, query):
    client = client_as("PLANNER")
    person_with()
    page(client, query)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert page(client, query).status_code == 200
        counts.append(len(asked))
        person_with(village=places["32.77.01.1001"], sex="M")
        person_with(village=places["32.77.02.1002"], education=levels["S1"], graduation_year=None)
    assert counts[0] == counts[1]
