"""The plan's pages: what they show, who may write, that a refusal changes nothing, and that lists don't ask more."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core.models.reference import Nomenclature
from lkip.enums import Formula, Level, StatementKind
from lkip.models import (
    Baseline,
    CrossCutting,
    ExternalStatistic,
    Indicator,
    IndicatorTarget,
    PlanDocument,
    PlannedBudget,
    QuarterTarget,
    RegionalStatistic,
    ReportYear,
    StaffMember,
    Statement,
    Unit,
)
from lkip.services import documents, plan, statistics, strategy
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
MODELS = (
    Baseline, CrossCutting, ExternalStatistic, Indicator, IndicatorTarget, PlanDocument, PlannedBudget, QuarterTarget,
    RegionalStatistic, ReportYear, StaffMember, Statement, Unit,
)  # fmt: skip
TABS = (
    "plan", "organisation", "plan_documents", "renstra", "rkt", "action_plan", "iku_sheet", "cross_cutting",
    "statistics",
)  # fmt: skip


@pytest.fixture
def full(small_year, planner, programme):
    """A year with strategy, staff, documents, money and quarters."""
    rate, made = Indicator.objects.get(code="rate"), Indicator.objects.get(code="made")
    vision = strategy.save_statement(planner, kind="VISION", text="Visi kantor", from_year=YEAR)
    strategy.save_statement(planner, kind="MISSION", text="Misi kantor", from_year=YEAR, parent=vision)
    way = strategy.save_statement(
        planner, kind="STRATEGY", text="Perluasan kabar kerja", from_year=YEAR, objective=rate.objective
    )
    strategy.save_statement(planner, kind="POLICY", text="Pusat kabar kerja", from_year=YEAR, parent=way)
    unit = strategy.save_unit(planner, key="dinas", name="Dinas Uji", head_post="Kepala Dinas")
    member = strategy.add_staff(
        planner, name="Sari Uji", unit=unit, post="Analis", post_class="STAFF", employment="PNS", grade="III/a",
        started_on=date(YEAR - 1, 1, 3),
    )  # fmt: skip
    renstra = documents.save_document(
        planner, kind="RENSTRA", year=YEAR, to_year=YEAR + 1, title="Renstra Uji"
    )
    agreement = documents.save_document(
        planner, kind="PK", year=YEAR, title="Perjanjian Uji", signed_on=date(YEAR, 1, 31), decree="5/PK",
        first_name="Sari Kepala", first_post="Kepala Dinas", second_post="Wali Kota",
    )  # fmt: skip
    for node, amount in zip(Nomenclature.objects.filter(level="SUB_ACTIVITY"), (700, 500), strict=True):
        for document in (renstra, agreement):
            documents.plan_budget(planner, nomenclature=node, document=document, year=YEAR, amount=amount)
    documents.set_baseline(planner, indicator=rate, document=renstra, value=Decimal("44.5"), year=YEAR - 1)
    shared = strategy.save_cross_cutting(
        planner, nomenclature=programme, partner="Dinas Lain", contribution="Membantu"
    )
    return {
        "way": way, "unit": unit, "member": member, "renstra": renstra, "agreement": agreement, "shared": shared,
        "rate": rate, "made": made,
        "value": made.statistics.get(year=YEAR), "target": rate.targets.get(document="PK"),
    }  # fmt: skip


def page(client, name, *args) -> str:
    response = client.get(reverse(f"lkip:{name}", args=[YEAR, *args]))
    assert response.status_code == 200, name
    return response.content.decode()


def test_the_strategy_is_read_down_from_goal_to_policy(full, client_as):
    text = page(client_as("APIP_REVIEWER"), "plan")
    for words in ("Visi kantor", "Misi kantor", "Tujuan satu", "Sasaran satu", "Perluasan kabar kerja"):
        assert words in text
    assert text.index("Perluasan kabar kerja") < text.index("Pusat kabar kerja")
    assert "Ubah" not in text
    assert reverse("lkip:statement_edit", args=[YEAR, full["way"].uid]) in page(client_as("PLANNER"), "plan")


def test_the_day_of_the_staff_tables_stays_as_it_was_typed(full, client_as):
    client, address = client_as("PLANNER"), reverse("lkip:organisation", args=[YEAR])
    typed = {"tanggal_day": "31", "tanggal_month": "Feb", "tanggal_year": str(YEAR)}
    text = client.get(address, typed).content.decode()
    assert f"“31 Feb {YEAR}” tidak ada di kalender" in text
    for name, value in typed.items():
        assert re.search(rf'name="{name}" value="{value}"', text)
    assert "Jumlah</th>" not in text
    text = client.get(address, typed | {"tanggal_day": "1"}).content.decode()
    assert f"1 Februari {YEAR}" in text
    assert "Jumlah</th>" in text
    assert f"1 Februari {YEAR}" in client.get(address, {"tanggal": f"{YEAR}-02-01"}).content.decode()


def test_the_tree_computes_parents_and_names_the_baseline(full, client_as):
    text = page(client_as("PLANNER"), "renstra")
    assert text.count("1.200") >= 3
    assert "44,5" in text
    assert "belum ada" in page(client_as("PLANNER"), "rkt").lower()


def test_an_agreement_is_shown_and_printed_with_its_numbers(full, client_as):
    client = client_as("AGENCY_HEAD")
    text = page(client, "plan_document", full["agreement"].uid)
    assert "5/PK" in text
    assert "1.200" in text
    sheet = client.get(reverse("lkip:agreement_sheet", args=[YEAR, full["agreement"].uid]))
    pdf = pypdf.PdfReader(BytesIO(sheet.content))
    printed = " ".join(page.extract_text() for page in pdf.pages)
    for words in (
        "Perjanjian Uji",
        "Sari Kepala",
        "Wali Kota",
        "50,00",
        "1.200",
        "5/PK",
        f"31 Januari {YEAR}",
    ):
        assert words in printed.replace("\u00a0", " "), words
    again = client.get(reverse("lkip:agreement_sheet", args=[YEAR, full["agreement"].uid]))
    assert again.content == sheet.content
    assert client.get(reverse("lkip:agreement_sheet", args=[YEAR, full["renstra"].uid])).status_code == 404


def test_a_late_target_is_marked_with_the_reason(full, planner, client_as):
    documents.amend_target(
        full["target"],
        actor=planner,
        version=1,
        reason="Dicocokkan",
        value=Decimal(75),
        entered_on=date(YEAR + 1, 1, 9),
    )
    text = page(client_as("SECTION_HEAD"), "lineage", "rate")
    assert "Terlambat" in text
    assert "Dicocokkan" in text
    assert "Terlambat" in page(client_as("SECTION_HEAD"), "plan_document", full["agreement"].uid)


def test_interim_entries_are_marked_and_the_own_region_is_ranked(full, planner, client_as):
    wait = plan.save_indicator(
        planner, code="wait", name="Menanti", level=Level.OUTPUT, unit="x", formula=Formula.INTERIM
    )
    statistics.add_statistic(
        planner, indicator=wait, year=YEAR, value=Decimal(7), source="Laporan", waits_for="Register uji"
    )
    text = page(client_as("PLANNER"), "statistics")
    assert "Masukan sementara" in text
    assert "menunggu Register uji" in text
    assert "Masukan sementara" in page(client_as("PLANNER"), "regional", "wait")


def test_staff_list_searches_filters_and_exports(full, planner, client_as):
    client = client_as("SECTION_HEAD")
    url = reverse("lkip:staff_list")
    assert "Sari Uji" in client.get(url, {"q": "sari"}).content.decode()
    assert "Sari Uji" not in client.get(url, {"status": "PPPK"}).content.decode()
    sheet = client.get(url, {"format": "csv"})
    body = b"".join(sheet.streaming_content) if sheet.streaming else sheet.content
    assert "Sari Uji" in body.decode("utf-8-sig")
    assert "Sari Uji" in page_of(client, "staff_detail", full["member"].uid)


def page_of(client, name, *args) -> str:
    response = client.get(reverse(f"lkip:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", [r for r in Role if r not in STAFF_ROLES])
def test_outsiders_see_nothing_of_the_plan(full, client_as, role):
    client = client_as(role)
    for name in TABS:
        assert client.get(reverse(f"lkip:{name}", args=[YEAR])).status_code == 403
    assert client.get(reverse("lkip:staff_list")).status_code == 403
    assert client.get(reverse("lkip:staff_detail", args=[full["member"].uid])).status_code in (403, 404)


def test_a_year_that_is_not_prepared_is_404(full, client_as):
    client = client_as("PLANNER")
    for name in TABS:
        assert client.get(reverse(f"lkip:{name}", args=[1999])).status_code == 404


def writes(full) -> list[tuple[str, list, dict]]:
    """Every form of the plan with what it takes to be accepted."""
    staff = {
        "name": "Budi Uji", "unit": full["unit"].pk, "post": "Analis", "post_class": "STAFF", "employment": "PNS",
        "grade": "III/b", "started_on": f"{YEAR}-01-03",
    }  # fmt: skip
    return [
        ("statement_new", [YEAR], {"kind": "ISSUE", "text": "Isu baru", "from_year": YEAR, "position": 1}),
        ("statement_edit", [YEAR, full["way"].uid], {
            "text": "Diubah", "objective": full["rate"].objective_id, "from_year": YEAR, "position": 0, "version": 1,
        }),
        ("unit_new", [YEAR], {"key": "bidang", "name": "Bidang", "parent": full["unit"].pk, "position": 1}),
        ("unit_edit", [YEAR, full["unit"].uid], {"name": "Dinas Baru", "position": 0, "version": 1}),
        ("cross_cutting_new", [YEAR], {
            "nomenclature": full["shared"].nomenclature_id, "partner": "Lagi", "contribution": "x", "position": 1,
        }),
        ("cross_cutting_edit", [YEAR, full["shared"].uid], {
            "nomenclature": full["shared"].nomenclature_id, "partner": "Lain", "contribution": "y", "position": 0,
            "version": 1,
        }),
        ("plan_document_new", [YEAR], {"kind": "RKT", "title": "RKT Uji", "year": YEAR}),
        ("plan_document_edit", [YEAR, full["agreement"].uid], {"title": "Perjanjian Baru", "version": 1}),
        ("planned_budget", [YEAR, full["renstra"].uid, "p.k.1"], {f"amount_{YEAR}": "9.000"}),
        ("target_new", [YEAR, "rate"], {"year": YEAR, "document": "RKT", "value": "61,5"}),
        ("target_edit", [YEAR, full["target"].uid], {"value": "52", "reason": "Berubah", "version": 1}),
        ("baseline_edit", [YEAR, "made", full["renstra"].uid], {"value": "12", "year": YEAR - 1}),
        ("quarters_edit", [YEAR, "rate"], {f"value_{n}": v for n, v in enumerate((10, 20, 30, 52), 1)}),
        ("statistic_new", [YEAR, "score"], {"year": YEAR, "value": "71,2", "source": "Inspektorat"}),
        ("statistic_edit", [YEAR, full["value"].uid], {"value": "31", "source": "BPS", "version": 1}),
        ("regional_new", [YEAR, "made"], {"region": "32", "year": YEAR, "value": "5", "source": "BPS"}),
        ("prepare_year", [YEAR], {"year": YEAR + 1}),
        ("staff_new", [], staff),
        ("staff_edit", [full["member"].uid], {**staff, "version": 1}),
        ("staff_move", [full["member"].uid], {**staff, "moved_on": f"{YEAR}-05-01", "version": 2}),
        ("statistic_withdraw", [YEAR, full["value"].uid], {"reason": "Salah tahun", "version": 2}),
    ]  # fmt: skip


def state() -> list:
    """Everything that the plan's tables hold."""
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@pytest.mark.parametrize("role", [r for r in STAFF_ROLES if r != Role.PLANNER])
def test_nobody_but_the_planner_writes_and_nothing_changes(full, client_as, role):
    client, before = client_as(role), state()
    for name, args, data in writes(full):
        assert client.post(reverse(f"lkip:{name}", args=args), data).status_code in (403, 404), name
    assert state() == before


def test_the_planner_writes_every_form(full, client_as):
    client = client_as("PLANNER")
    for name, args, data in writes(full):
        before, url = state(), reverse(f"lkip:{name}", args=args)
        assert client.get(url).status_code == 200, name
        response = client.post(url, data)
        assert response.status_code == 302, (name, response.content.decode()[-3000:])
        assert state() != before, name
    assert Statement.objects.get(kind=StatementKind.ISSUE).text == "Isu baru"
    assert [row.value for row in QuarterTarget.objects.order_by("quarter")] == [10, 20, 30, 52]
    assert full["rate"].targets.get(document="PK").value == 52
    assert StaffMember.objects.get(pk=full["member"].pk).ended_on == date(YEAR, 4, 30)
    assert client.get(reverse("lkip:plan", args=[YEAR + 1])).status_code == 200


def test_a_refusal_keeps_what_was_typed_and_changes_nothing(full, client_as):
    client, before = client_as("PLANNER"), state()
    for name, args, data in (
        ("quarters_edit", [YEAR, "rate"], {f"value_{n}": "12,5" for n in (1, 2, 3, 4)}),
        ("target_edit", [YEAR, full["target"].uid], {"value": "52", "reason": "", "version": 1}),
        ("target_new", [YEAR, "rate"], {"year": YEAR, "document": "PK", "value": "satu"}),
        ("statistic_new", [YEAR, "made"], {"year": YEAR, "value": "1", "source": "BPS"}),
        ("planned_budget", [YEAR, full["renstra"].uid, "p"], {f"amount_{YEAR}": "1"}),
        ("prepare_year", [YEAR], {"year": YEAR}),
        (
            "statement_new",
            [YEAR],
            {"kind": "POLICY", "text": "Tanpa induk", "from_year": YEAR, "position": 1},
        ),
    ):
        response = client.post(reverse(f"lkip:{name}", args=args), data)
        assert response.status_code == 422, name
        assert next(iter(data.values())).__str__() in response.content.decode(), name
    assert state() == before
    stale = {"value": "52", "reason": "x", "version": 9}
    assert client.post(reverse("lkip:target_edit", args=[YEAR, full["target"].uid]), stale).status_code == 409


def test_a_file_stands_behind_a_statistic(full, client_as):
    client = client_as("PLANNER")
    url = reverse("lkip:statistic_new", args=[YEAR, "score"])
    values = {"year": YEAR, "value": "71", "source": "Inspektorat"}
    broken = SimpleUploadedFile("x.pdf", b"bukan pdf", content_type="application/pdf")
    assert client.post(url, {**values, "file": broken}).status_code == 422
    assert not ExternalStatistic.objects.filter(indicator__code="score").exists()


@pytest.mark.parametrize(
    ("name", "head", "row", "model"),
    [
        ("staff_upload", "Nama;Unit;Jabatan;Kelompok jabatan;Status kepegawaian;Golongan;Mulai",
         f"Budi Uji;Dinas Uji;Analis;Pelaksana;PNS;III/b;03-01-{YEAR}", StaffMember),
        ("target_upload", "Kode indikator;Tahun;Dokumen;Target", f"rate;{YEAR + 1};Renstra;62,5", IndicatorTarget),
        ("statistic_upload", "Kode indikator;Tahun;Nilai;Sumber", f"score;{YEAR};71,5;Inspektorat", ExternalStatistic),
        ("regional_upload", "Kode indikator;Wilayah;Tahun;Nilai;Sumber", f"made;Jawa Barat;{YEAR};5,5;BPS",
         RegionalStatistic),
    ],
)  # fmt: skip
def test_rows_come_in_from_a_file(full, client_as, name, head, row, model):
    client, before = client_as("PLANNER"), model.objects.count()
    args = [] if name == "staff_upload" else [YEAR]
    file = SimpleUploadedFile("x.csv", f"{head}\n{row}\n".encode(), content_type="text/csv")
    response = client.post(reverse(f"lkip:{name}", args=args), {"file": file})
    assert response.status_code == 302, response.content.decode()[-2000:]
    shown = client.get(response["Location"])
    assert shown.status_code == 200
    assert model.objects.count() == before
    done = client.post(response["Location"], {"keputusan": "all"})
    assert done.status_code == 302, done.content.decode()[-2500:]
    assert model.objects.count() == before + 1


def test_pages_ask_no_more_when_the_plan_grows(full, planner, client_as):
    client = client_as("PLANNER")
    places = [(name, [YEAR]) for name in TABS] + [
        ("plan_document", [YEAR, full["agreement"].uid]),
        ("lineage", [YEAR, "rate"]),
        ("staff_list", []),
    ]

    def asked() -> dict[str, int]:
        found = {}
        for name, args in places:
            client.get(reverse(f"lkip:{name}", args=args))
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"lkip:{name}", args=args))
            found[name] = len(queries)
        return found

    def grow(n: int) -> None:
        extra = plan.save_indicator(
            planner, code=f"e{n}", name=f"e{n}", level=Level.IKU, unit="x", formula=Formula.STATISTIC,
            objective=full["rate"].objective, nomenclature=Nomenclature.objects.get(key="p.k.1"),
        )  # fmt: skip
        for document in ("RENSTRA", "PK", "RKT"):
            documents.add_target(planner, indicator=extra, year=YEAR, document=document, value=Decimal(8))
        documents.set_quarter_targets(
            planner, indicator=extra, year=YEAR, values=[Decimal(8)] * 4, target=Decimal(8)
        )
        statistics.add_statistic(planner, indicator=extra, year=YEAR, value=Decimal(n), source="BPS")
        strategy.save_statement(planner, kind="ISSUE", text=f"isu {n}", from_year=YEAR)
        unit = strategy.save_unit(planner, key=f"u{n}", name=f"u{n}", parent=full["unit"])
        strategy.add_staff(
            planner,
            name="x",
            unit=unit,
            post="x",
            post_class="STAFF",
            employment="PNS",
            started_on=date(YEAR, 1, 1),
        )

    grow(0)
    before = asked()
    for n in (1, 2, 3):
        grow(n)
    after = asked()
    assert {name: count for name, count in after.items() if count > before[name]} == {}
