"""The pages of the budget: what they show, who may write, and that a refusal changes nothing."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import STAFF_ROLES, Role
from core import clock
from core.models.reference import Nomenclature
from core.models.staging import StagedUpload
from lkip.budget_sheet.reading import fingerprint, reopen
from lkip.models import BudgetFunding, BudgetLine, BudgetProgress, IncomeLine, Objective, ProgrammeShare
from lkip.services import budget
from tests.lkip.conftest import YEAR
from tests.lkip.test_budget_import import TOTAL, printed_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(small_year):
    """A line of the small year."""
    return BudgetLine.objects.get(nomenclature__key="p.k.1")


def url(name, *args):
    return reverse(f"lkip:{name}", args=[YEAR, *args])


def test_the_page_shows_murni_months_sources_income_and_words(line, planner, client_as):
    with clock.frozen(clock.at(clock.dt.date(YEAR, 12, 31))):
        for each in BudgetLine.objects.all():
            budget.save_line(
                planner,
                nomenclature=each.nomenclature,
                ceiling=each.ceiling,
                realised=each.realised,
                initial_ceiling=700,
            )
            budget.record_progress(planner, line=each, month=3, realised=each.realised, physical=Decimal(50))
    line.refresh_from_db()
    budget.set_funding(planner, line=line, amounts={"DBHCHT": 250})
    budget.save_income(planner, year=YEAR, key="r", name="Retribusi", target=0, realised=0)
    client = client_as("PLANNER")
    text = client.get(url("budget")).content.decode()
    for shown in (
        "1.400",
        "Maret",
        "Rp\u00a01.200 (80,00 %)",
        "50,00",
        "DBHCHT",
        "Retribusi",
        "tanpa anggaran",
    ):
        assert shown in text
    part = client.get(url("budget") + "?sumber=DBHCHT").content.decode()
    assert "Sub 1" in part
    assert "Sub 2" not in part
    assert client.get(url("budget") + "?sumber=XYZ").status_code == 404


def test_a_line_is_changed_with_its_sources_in_one_go(line, client_as):
    client = client_as("PLANNER")
    page = client.get(url("budget_line", line.uid))
    assert "900" in page.content.decode()
    data = {"initial_ceiling": "900", "ceiling": "1.100", "realised": "950", "physical": "87,5"}
    data |= {"reason": "DPPA 12/2031", "source_DBHCHT": "400", "version": line.version}
    assert client.post(url("budget_line", line.uid), data).status_code == 302
    line.refresh_from_db()
    assert (line.initial_ceiling, line.ceiling, line.realised) == (900, 1100, 950)
    assert line.physical == Decimal("87.5")
    assert BudgetFunding.objects.get().ceiling == 400
    stale = client.post(url("budget_line", line.uid), data | {"version": 1, "ceiling": "1.200"})
    assert stale.status_code == 409
    wrong = client.post(
        url("budget_line", line.uid), data | {"version": line.version, "source_DBHCHT": "1.101"}
    )
    assert wrong.status_code == 422
    assert "melebihi pagu" in wrong.content.decode()
    line.refresh_from_db()
    assert line.ceiling == 1100
    assert BudgetFunding.objects.get().ceiling == 400


def test_more_spent_than_the_ceiling_is_saved_and_told(line, client_as):
    client = client_as("PLANNER")
    data = {"ceiling": "1.000", "realised": "1.200", "version": line.version}
    told = client.post(url("budget_line", line.uid), data, follow=True).content.decode()
    assert "melebihi pagu sebesar Rp\u00a0200" in told
    line.refresh_from_db()
    assert (line.ceiling, line.realised) == (1000, 1200)
    data |= {"realised": "1.000", "version": line.version}
    assert (
        "melebihi pagu" not in client.post(url("budget_line", line.uid), data, follow=True).content.decode()
    )


def test_a_month_is_recorded_and_its_fall_asks_for_a_reason(line, client_as):
    client = client_as("PLANNER")
    with clock.frozen(clock.at(clock.dt.date(YEAR, 12, 31))):
        data = {"month": "6", "realised": "500", "physical": "40", "version": line.version}
        assert client.post(url("budget_month", line.uid), data).status_code == 302
        assert "500" in client.get(url("budget_month", line.uid) + "?bulan=6").content.decode()
        line.refresh_from_db()
        data |= {"month": "7", "realised": "499", "version": line.version}
        refused = client.post(url("budget_month", line.uid), data)
        assert refused.status_code == 422
        assert "Tulis alasannya" in refused.content.decode()
        assert client.post(url("budget_month", line.uid), data | {"version": 1}).status_code == 409
        assert client.post(url("budget_month", line.uid), data | {"month": "x"}).status_code == 422
    assert BudgetProgress.objects.get().realised == 500


def test_shares_and_income_are_written(small_year, programme, client_as):
    client = client_as("PLANNER")
    objective = Objective.objects.get(code="s1")
    data = {f"share_{objective.pk}": "40,5"}
    assert client.post(url("budget_share", "p"), data).status_code == 302
    assert ProgrammeShare.objects.get().share == Decimal("40.5")
    text = client.get(url("budget_shares")).content.decode()
    assert "607,5" in text or "608" in text
    assert client.get(url("budget_share", "p.k")).status_code == 404
    assert client.post(url("income_new"), {"name": "PAD"}).status_code == 302
    top = IncomeLine.objects.get()
    data = {"name": "Retribusi", "target": "10", "realised": "5", "parent": top.pk}
    assert client.post(url("income_new"), data).status_code == 302
    assert (
        client.post(
            url("income_line", top.uid), {"name": "PAD", "target": "1", "realised": "1", "version": 1}
        ).status_code
        == 422
    )
    assert IncomeLine.objects.filter(target=10, parent=top).count() == 1


def test_a_new_line_takes_a_sub_kegiatan_without_one(small_year, client_as):
    parent = Nomenclature.objects.get(key="p.k")
    node = Nomenclature.objects.create(
        year=YEAR, key="p.k.3", name="Sub 3", level="SUB_ACTIVITY", parent=parent, order=9
    )
    data = {"nomenclature": node.pk, "ceiling": "5", "realised": "0"}
    assert client_as("PLANNER").post(url("budget_line_new"), data).status_code == 302
    assert BudgetLine.objects.get(nomenclature=node).ceiling == 5


@pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role != Role.PLANNER])
def test_others_read_and_change_nothing(line, role, client_as):
    client = client_as(role)
    assert client.get(url("budget")).status_code == 200
    assert client.get(url("budget_shares")).status_code == 200
    before = (line.version, BudgetLine.objects.count())
    for name, args in (
        ("budget_line", [line.uid]),
        ("budget_month", [line.uid]),
        ("budget_line_new", []),
        ("income_new", []),
        ("budget_share", ["p"]),
        ("budget_upload", []),
    ):
        page = client.post(url(name, *args), {"ceiling": "1", "realised": "1", "month": "1", "name": "X"})
        assert page.status_code == 403
    line.refresh_from_db()
    assert (line.version, BudgetLine.objects.count()) == before
    assert not IncomeLine.objects.exists()


def test_a_file_is_read_mended_by_choice_and_saved(small_year, client_as):
    client = client_as("PLANNER")
    upload = printed_table()
    upload.name = "tabel.xlsx"
    page = client.post(url("budget_upload"), {"file": upload})
    staged = StagedUpload.objects.get()
    here = url("budget_preview", staged.uid)
    assert page.url == here
    text = client.get(here).content.decode()
    assert "jumlah rinciannya 638.725.000" in text
    assert "D32" in text
    data = {"keputusan": "keadaan", "total_ceiling": TOTAL[0], "total_realised": TOTAL[1], "month": ""}
    assert client.post(here, data).status_code == 302
    staged.refresh_from_db()
    text = client.get(here).content.decode()
    assert "Usulan 5" in text
    first = fingerprint(reopen(staged).repairs[0])
    choice = {"keputusan": "perbaikan", "usulan": first}
    assert client.post(here, choice | {"alasan": ""}).status_code == 422
    assert client.post(here, choice | {"alasan": "Buku besar"}).status_code == 302
    assert "Buku besar" in client.get(here).content.decode()
    before = BudgetLine.objects.count()
    assert client.post(here, {"keputusan": "all"}).status_code == 422
    assert BudgetLine.objects.count() == before
    assert client.post(here, {"keputusan": "good"}).url == url("budget")
    assert BudgetLine.objects.filter(nomenclature__name="Rakor", realised=36_960_727).exists()
    text = client.get(url("budget")).content.decode()
    assert "Tercetak: realisasi 38.800.000." in text
    assert client.get(here).status_code == 200
    assert client.post(here, {"keputusan": "good"}).status_code == 422
    assert client.post(here, {"keputusan": "x"}).status_code == 404


def test_an_upload_is_its_owners_and_its_years_only(small_year, client_as):
    client = client_as("PLANNER")
    upload = printed_table()
    upload.name = "tabel.xlsx"
    client.post(url("budget_upload"), {"file": upload})
    staged = StagedUpload.objects.get()
    assert client_as("PLANNER").get(url("budget_preview", staged.uid)).status_code == 404
    assert client.get(reverse("lkip:budget_preview", args=[YEAR + 1, staged.uid])).status_code == 404
    columns = {"keputusan": "kolom", "kolom_name": "B", "kolom_ceiling": "C", "kolom_realised": "C"}
    assert client.post(url("budget_preview", staged.uid), columns).status_code == 422
    assert client.post(url("budget_preview", staged.uid), {"keputusan": "batal"}).status_code == 302
    assert not staged.rows.exists()


def test_a_bad_file_is_refused_in_words(small_year, client_as):
    client = client_as("PLANNER")
    assert client.post(url("budget_upload")).status_code == 422
    bad = printed_table()
    bad = type(bad)(b"\x00" * 900)
    bad.name = "x.xlsx"
    page = client.post(url("budget_upload"), {"file": bad})
    assert page.status_code == 422
    assert "unggah lagi" in page.content.decode()
    assert client.get(url("budget_template")).content[:2] == b"PK"


def test_statements_do_not_grow_with_lines(small_year, planner, client_as):
    client = client_as("PLANNER")
    client.get(url("budget"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url("budget"))
    parent = Nomenclature.objects.get(key="p.k")
    for number in range(10, 25):
        node = Nomenclature.objects.create(
            year=YEAR, key=f"n{number}", name=f"N{number}", level="SUB_ACTIVITY", parent=parent, order=number
        )
        budget.save_line(planner, nomenclature=node, ceiling=number, realised=1)
        budget.save_income(planner, year=YEAR, key=f"i{number}", name="I", target=1, realised=1)
    with CaptureQueriesContext(connection) as many:
        client.get(url("budget"))
    assert len(many) == len(few)
