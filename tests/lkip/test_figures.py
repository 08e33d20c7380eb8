"""Figures: values, parts, targets, budget; what is missing is said in words."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models.workflow import WorkflowLog
from core.workflow import StaleRecord, revise
from lkip.enums import Formula, Level, Status, TargetDocument
from lkip.exports import frozen_row
from lkip.figures import NoSuchYear, compute
from lkip.freezing import frozen_figure
from lkip.models import Indicator, IndicatorTarget, ReportYear
from lkip.services import budget, plan
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db


def test_ratio_has_its_parts_its_target_and_its_achievement(small_year):
    figure = compute(small_year).figures["rate"]
    assert (figure.numerator, figure.denominator, figure.value) == (30, 40, 75)
    assert figure.target == 50
    assert figure.target_document == "Perjanjian Kinerja"
    assert figure.capaian == 150
    assert figure.status == Status.REACHED


def test_the_year_says_which_document_counts(small_year, planner):
    year = ReportYear.objects.get(year=small_year)
    revise(year, actor=planner, version=year.version, target_priority=[TargetDocument.RENSTRA])
    assert compute(small_year).figures["rate"].target == 60


def test_clamp_is_shown_beside_the_raw_achievement(small_year, planner):
    year = ReportYear.objects.get(year=small_year)
    revise(year, actor=planner, version=year.version, clamp_low=Decimal(0), clamp_high=Decimal(100))
    figure = compute(small_year).figures["rate"]
    assert (figure.capaian, figure.capaian_clamped) == (150, 100)


def test_change_against_the_year_before(small_year):
    figure = compute(small_year).figures["growth"]
    assert (figure.value, figure.numerator, figure.denominator) == (50, 30, 20)
    assert figure.records_count is None


def test_difference(small_year):
    assert compute(small_year).figures["gap"].value == 10


def test_a_missing_score_is_never_zero(small_year):
    row = frozen_row(frozen_figure(compute(small_year).figures["score"]))
    assert row["value"] is None
    assert row["value_display"] == "belum tersedia"
    assert row["capaian"] is None
    assert compute(small_year).figures["score"].status == Status.WAITING


def test_parents_are_sums_and_efficiency_is_exact(small_year):
    year = compute(small_year)
    assert [(r.key, r.ceiling, r.realised) for r in year.tree] == [
        ("p", 1500, 1200),
        ("p.k", 1500, 1200),
        ("p.k.1", 1000, 900),
        ("p.k.2", 500, 300),
    ]
    assert year.total.remaining == 300
    assert year.efficiencies[0].figure.value == Fraction(150) - Fraction(1200, 1500) * 100


def test_amounts_stand_on_sub_kegiatan_only(small_year, planner, programme):
    with pytest.raises(budget.InvalidAmount, match="dihitung dari sub kegiatannya"):
        budget.save_line(planner, nomenclature=programme, ceiling=1, realised=1)
    assert compute(small_year).total.ceiling == 1500


def test_a_circle_is_refused_and_nothing_is_written(small_year, planner):
    rate, made, base = (Indicator.objects.get(code=code) for code in ("rate", "made", "base"))
    parts = {"numerator": rate, "denominator": base}
    with pytest.raises(Exception, match="berputar"):
        revise(made, actor=planner, version=made.version, formula=Formula.RATIO, **parts)
    made.refresh_from_db()
    assert made.formula == Formula.STATISTIC


def test_unknown_measure_and_filter_are_refused(planner):
    values = {"name": "x", "level": Level.SUPPORT, "unit": "x", "formula": Formula.MEASURE}
    with pytest.raises(plan.InvalidPlan, match="tidak dikenal"):
        plan.save_indicator(planner, code="x", measure="no.such", **values)
    with pytest.raises(plan.InvalidPlan, match="Saringan tidak dikenal"):
        plan.save_indicator(
            planner, code="x", measure="placements.placement_reports", filters={"warna": 1}, **values
        )
    assert not Indicator.objects.filter(code="x").exists()


def test_the_second_writer_is_told_who_was_first(small_year, planner, user_with):
    other = user_with("PLANNER", full_name="Rina Perencana")
    target = IndicatorTarget.objects.get(indicator__code="rate", document="PK")
    revise(target, actor=other, version=target.version, value=Decimal(70))
    with pytest.raises(StaleRecord, match="Rina Perencana sudah mengubah"):
        revise(target, actor=planner, version=target.version, value=Decimal(10))
    target.refresh_from_db()
    assert target.value == 70
    assert list(WorkflowLog.objects.of(target).values_list("version", flat=True)) == [1, 2]


def test_a_year_that_is_not_prepared_is_refused(db):
    with pytest.raises(NoSuchYear):
        compute(1999)
    with pytest.raises(CommandError, match="belum disiapkan"):
        call_command("lkip", "figures", "1999")


def test_statements_do_not_grow_with_statistics_and_targets(small_year, planner):
    def statements():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            compute(small_year)
        return len(queries)

    before = statements()
    for i in range(3):
        extra = plan.save_indicator(
            planner, code=f"e{i}", name="e", level=Level.SUPPORT, unit="x", formula=Formula.STATISTIC
        )
        plan.record_statistic(planner, indicator=extra, year=YEAR, value=Decimal(i), source="BPS")
        plan.set_target(planner, indicator=extra, year=YEAR, document="PK", value=Decimal(1))
    assert statements() == before
