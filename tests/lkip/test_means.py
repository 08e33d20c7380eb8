"""The mean achievement of the main indicators: over what it is taken, what is left out, and how it is printed."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from core.workflow import revise
from lkip import report
from lkip.bands import Scale, Step
from lkip.enums import Direction, Formula, Level
from lkip.figures import Figure, compute
from lkip.figures.means import OFFICE, means
from lkip.models import BandScale, Indicator, Objective, ReportYear
from lkip.services import plan, scales
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
SCALE = Scale("s", "S", "", False, (Step("Rendah", "", None, 0), Step("Tinggi", "", Fraction(90), 1)))


@pytest.fixture
def add(small_year, planner):
    """Add a main indicator with value and target; `None` waits."""

    def indicator(code, value, target, *, objective="s1", **fields):
        values = {"level": Level.IKU, "unit": "nilai", "decimals": 2, "direction": Direction.UP}
        values |= {"formula": Formula.STATISTIC, "objective": Objective.objects.get(code=objective), **fields}
        row = plan.save_indicator(planner, code=code, name=f"Indikator {code}", **values)
        if value is not None:
            plan.record_statistic(planner, indicator=row, year=YEAR, value=Decimal(value), source="BPS")
        plan.set_target(planner, indicator=row, year=YEAR, document="PK", value=Decimal(target))
        return row

    return indicator


def found() -> dict:
    return {mean.figure.code: mean for mean in compute(YEAR).means}


def test_each_indicator_weighs_the_same_and_the_office_is_no_mean_of_means(add, planner):
    goal = plan.save_goal(planner, code="t2", text="Tujuan dua")
    plan.save_objective(planner, code="s2", goal=goal, text="Sasaran dua")
    add("a", 50, 100, objective="s2")
    add("b", 90, 100)
    by = found()
    # s1 holds rate (75 of 50: 150 %) and b (90 %); score waits. s2 holds a (50 %).
    assert by[f"{OFFICE}_s1"].figure.value == 120
    assert by[f"{OFFICE}_s2"].figure.value == 50
    assert by[OFFICE].figure.value == Fraction(290, 3)
    assert (by[OFFICE].figure.numerator, by[OFFICE].figure.denominator) == (290, 3)


def test_what_has_no_achievement_is_named_and_never_a_zero(small_year):
    office = found()[OFFICE]
    assert [figure.code for figure in office.counted] == ["rate"]
    assert [figure.code for figure in office.left_out] == ["score"]
    assert office.figure.value == 150


def test_without_any_achievement_there_is_no_mean(small_year):
    Indicator.objects.get(code="rate").targets.all().delete()
    assert found() == {}
    assert all(table.key != "rata-rata" for table in report.build(compute(YEAR)).tables())


def test_a_zero_target_is_left_out(add):
    add("nol", 5, 0)
    assert "nol" in {figure.code for figure in found()[OFFICE].left_out}


def test_the_bounds_of_the_year_and_its_predicates_hold(add, planner):
    add("a", 80, 100)
    scales.load_scales(planner)
    settings = ReportYear.objects.get(year=YEAR)
    revise(
        settings, actor=None, version=settings.version, clamp_low=Decimal(0), clamp_high=Decimal(100),
        scale=BandScale.objects.get(code="permendagri-86-2017"),
    )  # fmt: skip
    office = found()[OFFICE].figure
    assert (office.value, office.predicate) == (90, "Tinggi")  # rate at its bound, 100, and 80
    words = "".join(run.text for run in _lead())
    assert "90,00" in words
    assert "predikat Tinggi" in words


def test_what_waits_for_a_register_marks_the_mean(add):
    add("sementara", 80, 100, formula=Formula.INTERIM, waits_for="Register survei")
    assert found()[OFFICE].figure.interim == "Register survei"
    document = report.build(compute(YEAR))
    assert document.figures[f"{OFFICE}@{YEAR}"].interim


def _lead():
    chapter = next(each for each in report.build(compute(YEAR)).chapters if each.key == "bab3")
    return next(
        b.runs for b in chapter.blocks if b.kind == "paragraph" and b.runs[0].text.startswith("Rata-rata")
    )


def test_the_sheet_takes_the_mean_of_its_own_cells(add):
    add("a", 80, 100)
    book = openpyxl.load_workbook(BytesIO(report.render(report.build(compute(YEAR)), "xlsx")))
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=AVERAGE(")
    ]
    assert len(formulas) == 2  # the objective's and the office's
    assert len(formulas[-1].split(",")) == 2


def test_its_page_lists_what_it_is_made_of(small_year, client_as):
    shown = client_as("PLANNER").get(reverse("lkip:figure", args=[YEAR, OFFICE])).content.decode()
    assert "150,00" in shown
    assert reverse("lkip:figure", args=[YEAR, "rate"]) in shown
    assert "tidak ikut dihitung" in shown
    year = client_as("PLANNER").get(reverse("lkip:year", args=[YEAR])).content.decode()
    assert reverse("lkip:figure", args=[YEAR, OFFICE]) in year


@given(st.lists(st.fractions(0, 200, max_denominator=99), min_size=1, max_size=9))
def test_the_mean_lies_between_its_parts_and_does_not_ask_their_order(values):
    def over(order):
        figures = [
            Figure(
                f"f{n}", "x", "persen", 2, Level.IKU, v, capaian=v, capaian_clamped=v, indicator=Indicator()
            )
            for n, v in enumerate(order)
        ]
        return means(figures, SCALE)[-1].figure

    mean = over(values)
    assert min(values) <= mean.value <= max(values)
    assert mean.value == over(values[::-1]).value
    assert mean.predicate == ("Tinggi" if mean.value > 90 else "Rendah")
