"""The BKOL report: a fixed layout, each sum asked of the measure, the same on page, sheet and paper."""

import io
import random
import re
from datetime import date, timedelta

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
from jobseekers.bkol import CODE, TITLE, bkol_report
from jobseekers.models import AK1Card
from jobseekers.services import applications
from tests.jobseekers.test_pages import READERS, ROLES

pytestmark = pytest.mark.django_db
YEAR = Period.year(2023)
DAYS = "?dari=2023-01-01&sampai=2023-12-31"


@pytest.fixture
def card_of(sent, officer):
    """Return a function that issues a card, to a new person when none is given."""

    def make(**changes):
        application = sent(**changes)
        return applications.approve(application, actor=officer, version=application.version)

    return make


@pytest.fixture
def cards(card_of, places, levels):
    """Twelve cards at random but always the same, one elsewhere, one without kelurahan and level, one replaced."""
    dice = random.Random(3)
    homes = [code for code in places if code.startswith("32.77.") and len(code) == 13]
    for _ in range(12):
        with clock.frozen(date(2023, 2, 1) + timedelta(days=dice.randrange(150))):
            card_of(
                village=places[dice.choice(homes)],
                education=dice.choice(list(levels.values())),
                sex=dice.choice("MF"),
                graduation_year=None,
            )
    card_of(village=places["32.75.01.1001"])
    nobody = card_of()
    person = nobody.jobseeker
    person.village, person.education = None, None
    person.save()
    card_of(person=card_of().jobseeker, kind="REPLACEMENT", reason="DAMAGED")


def rows_of(paper):
    table = paper.tables[0]
    return [(line.label, dict(zip(table.head, line.values, strict=True)), line.kind) for line in table.lines]


def content(response) -> io.BytesIO:
    return io.BytesIO(b"".join(response.streaming_content))


def test_each_number_is_that_of_the_register(cards, levels):
    found = {label: numbers for label, numbers, _ in rows_of(bkol_report(YEAR))}
    by_hand = {}
    for card in AK1Card.objects.filter(kind__in=("NEW", "RENEWAL"), issued_on__year=2023):
        village = card.jobseeker.village
        home = village is not None and village.code.startswith("32.77")
        places = [village.name, village.parent.name] if home else ["Luar kota" if village else "Tidak diisi"]
        level = card.jobseeker.education_id
        columns = [
            card.jobseeker.get_sex_display(),
            level or "Tidak diisi",
            card.get_kind_display(),
            "Jumlah",
        ]
        for place in [*places, "Jumlah"]:
            for column in columns:
                by_hand[place, column] = by_hand.get((place, column), 0) + 1
    assert by_hand["Jumlah", "Jumlah"] == 15
    assert by_hand["Tidak diisi", "Tidak diisi"] == 1
    assert {
        (place, column): value for place, row in found.items() for column, value in row.items() if value
    } == by_hand


def test_the_layout_stands_without_a_single_card(agency, levels):
    paper = bkol_report(Period.year(2020))
    kinds = [(label, kind) for label, _, kind in rows_of(paper)]
    assert kinds == [
        ("Cimahi Selatan", "group"), ("Cibeureum", "row"), ("Melong", "row"),
        ("Cimahi Tengah", "group"), ("Baros", "row"), ("Cigugur Tengah", "row"),
        ("Luar kota", "group"), ("Tidak diisi", "group"), ("Jumlah", "total"),
    ]  # fmt: skip
    assert paper.tables[0].spans == [
        ("Jenis kelamin", 2),
        ("Pendidikan terakhir", 6),
        ("Jenis kartu", 2),
        ("", 1),
    ]
    assert {value for _, numbers, _ in rows_of(paper) for value in numbers.values()} == {0}


def test_sums_equal_the_evidence(cards):
    rows = {label: numbers for label, numbers, _ in rows_of(bkol_report(YEAR))}
    assert rows["Jumlah"]["Jumlah"] == measures.evidence_count(CODE, YEAR)
    for code, name in (("32.77.01", "Cimahi Selatan"), ("32.77.02", "Cimahi Tengah")):
        assert rows[name]["Jumlah"] == measures.evidence_count(CODE, YEAR, {"district": code})
        assert rows[name]["SMK"] == measures.evidence_count(
            CODE, YEAR, {"district": code, "education": "SMK"}
        )
    assert rows["Luar kota"]["Jumlah"] == measures.evidence_count(CODE, YEAR, {"district": ["32.75.01"]})


def test_a_sum_is_asked_not_added(cards, monkeypatch):
    """When the rows by kelurahan lie, the kecamatan and the city still tell the truth."""
    true = {label: row for label, row, kind in rows_of(bkol_report(YEAR)) if kind != "row"}
    asked = measures.cells

    def lying(code, period, by, filters=None):
        found = asked(code, period, by, filters)
        return [] if by[0] == "village" else found

    monkeypatch.setattr(measures, "cells", lying)
    told = bkol_report(YEAR)
    assert {label: row for label, row, kind in rows_of(told) if kind != "row"} == true
    assert {row["Jumlah"] for _, row, kind in rows_of(told) if kind == "row"} == {0}


def test_page_sheet_and_paper_are_one(cards, client_as):
    client = client_as("PLANNER")
    at = reverse("jobseekers:bkol") + DAYS
    paper = client.get(at).context["paper"]
    rows = [[line.label, *line.values] for line in paper.tables[0].lines]
    sheet = load_workbook(content(client.get(at + "&format=xlsx"))).worksheets[0]
    written = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(at for at, row in enumerate(written) if row[0] == paper.tables[0].corner)
    assert written[top] == [paper.tables[0].corner, *paper.tables[0].head]
    assert written[top - 1][1:4] == ["Jenis kelamin", None, "Pendidikan terakhir"]
    assert written[top + 1 :] == rows
    rules = {row[0]: row[1] for row in written[: top - 1] if row[0]}
    assert set(rules) == {
        TITLE, "Instansi", "Masa", "Yang dihitung", "Sumber", "Tempat dan pendidikan", "Jumlah", "Tata letak",
        "Dibuat", "Oleh",
    }  # fmt: skip
    assert rules["Masa"] == "1 Januari 2023 sampai 31 Desember 2023; masa ini belum berakhir"
    assert rules["Yang dihitung"] == measures.get(CODE).definition
    assert rules["Oleh"] == client.user.full_name
    words = " ".join(one.extract_text() for one in PdfReader(content(client.get(at + "&format=pdf"))).pages)
    words = " ".join(words.split())
    for row in rows:
        assert " ".join(str(cell) for cell in row) in words, row
    assert measures.get(CODE).register in words
    assert [event.detail for event in AuditEvent.objects.filter(kind="export.direct").order_by("id")] == [
        {"table": "bkol-ak1", "format": name, "rows": len(rows)} for name in ("xlsx", "pdf")
    ]


def test_every_row_opens_as_many_cards_as_it_counts(cards, client_as):
    client = client_as("PLACEMENT_OFFICER")
    for line in client.get(reverse("jobseekers:bkol") + DAYS).context["table"].lines:
        assert client.get(line.url).context["page"].count == line.values[-1], line.label
    planner = client_as("PLANNER").get(reverse("jobseekers:bkol") + DAYS)
    assert "/petugas/kartu/" not in planner.content.decode()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("query", ["", "?format=xlsx", "?format=pdf"])
def test_who_sees_the_recap_sees_the_report(agency, levels, client_as, role, query):
    allowed = role in READERS["recap"]
    client = client_as(role)
    assert client.get(reverse("jobseekers:bkol") + query).status_code == (200 if allowed else 403)
    assert client.post(reverse("jobseekers:bkol") + query).status_code == 405
    exported = AuditEvent.objects.filter(kind="export.direct").count()
    assert exported == (1 if allowed and query else 0)


def test_without_signing_in_there_is_no_report(agency, levels):
    assert Client().get(reverse("jobseekers:bkol") + "?format=xlsx").status_code == 302
    assert not AuditEvent.objects.filter(kind="export.direct").exists()


def test_nonsense_in_the_address_is_this_year(agency, levels, client_as):
    client = client_as("PLANNER")
    for query in ("?tahun=abc", "?format=exe", ""):
        response = client.get(reverse("jobseekers:bkol") + query)
        assert response.context["span"] == (date(2023, 1, 1), date(2023, 12, 31)), query


@pytest.mark.parametrize("page", ["bkol", "recap"])
@pytest.mark.parametrize(
    ("query", "words", "box"),
    [
        ("?dari_day=31&dari_month=2&dari_year=2023", "“31-2-2023” tidak ada di kalender", "f-dari_day"),
        ("?dari_day=1&dari_month=&dari_year=2023", "Dari tanggal belum lengkap", "f-dari_day"),
        ("?dari=0001-01-01", "tidak mungkin", "f-dari_day"),
        ("?dari=1999-12-31", "paling awal 1 Januari 2000", "f-dari_day"),
        ("?sampai=x%00", "bukan tanggal", "f-sampai_day"),
        ("?dari=2023-12-31&sampai=2023-01-01", "lebih awal daripada", "f-sampai_day"),
    ],
)
def test_an_impossible_day_is_said_and_no_other_days_are_counted(
    agency, levels, client_as, page, query, words, box
):
    client = client_as("PLANNER")
    answer = client.get(reverse(f"jobseekers:{page}") + query)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert words in html
    assert f'href="#{box}"' in html
    assert "<table" not in html
    assert "1 Januari 2000 sampai" not in html
    if "_day=31" in query:
        for name, value in (("dari_day", "31"), ("dari_month", "2"), ("dari_year", "2023")):
            assert re.search(rf'name="{name}" value="0?{value}"', html)
    paper = client.get(reverse(f"jobseekers:{page}") + query + "&format=xlsx")
    assert (paper.status_code, "attachment" in paper.get("Content-Disposition", "")) == (400, False)


def test_the_recap_leads_to_the_report_of_its_days(agency, levels, client_as):
    client = client_as("PLANNER")
    html = client.get(reverse("jobseekers:recap") + "?dari=2023-02-01&sampai=2023-02-28").content.decode()
    link = reverse("jobseekers:bkol") + "?dari=2023-02-01&amp;sampai=2023-02-28"
    assert f'href="{link}"' in html
    report = client.get(link.replace("&amp;", "&"))
    assert report.context["span"] == (date(2023, 2, 1), date(2023, 2, 28))


def test_the_queries_do_not_grow_with_the_cards(card_of, places, levels):
    card_of(village=places["32.75.01.1001"])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            bkol_report(YEAR)
        counts.append(len(asked))
        card_of(village=places["32.77.01.1001"], sex="M")
        card_of(village=places["32.77.02.1002"], education=levels["S1"], graduation_year=None)
    assert counts[0] == counts[1]
    assert counts[0] <= 22
