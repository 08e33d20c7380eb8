"""Services of the plan: statements, units, staff, documents, targets and where they come from, outside numbers."""

from datetime import date
from decimal import Decimal

import pytest

from core import clock, measures
from core.clock import at
from core.measures import Period
from core.models.reference import Nomenclature, Region
from core.models.workflow import WorkflowLog
from core.workflow import StaleRecord
from lkip import lineage, plan_tables, regional, staff_tables
from lkip.enums import Aggregation, Formula, Level, StatementKind
from lkip.models import (
    Indicator,
    IndicatorTarget,
    PlanDocument,
    PlannedBudget,
    QuarterLock,
    QuarterTarget,
    StaffMember,
    Statement,
)
from lkip.services import documents, plan, statistics, strategy, year_setup
from lkip.services.plan import InvalidPlan
from lkip.services.quarters import QuarterClosed
from tests.lkip.conftest import YEAR

pytestmark = pytest.mark.django_db
DAY = date(YEAR, 1, 31)


@pytest.fixture
def office(planner):
    """A box of the chart."""
    return strategy.save_unit(planner, key="dinas", name="Dinas", head_post="Kepala Dinas")


@pytest.fixture
def hire(planner, office):
    """Return a function that enters a person."""

    def make(**values):
        given = {
            "name": "Sari Uji", "unit": office, "post": "Analis", "post_class": "STAFF", "employment": "PNS",
            "grade": "III/a", "started_on": date(YEAR - 2, 1, 3),
        }  # fmt: skip
        return strategy.add_staff(planner, **{**given, **values})

    return make


@pytest.fixture
def target(small_year):
    """The PK target of the ratio."""
    return IndicatorTarget.objects.get(indicator__code="rate", document="PK")


def test_a_statement_stands_where_its_kind_belongs(small_year, planner):
    objective = Indicator.objects.get(code="rate").objective
    base = {"text": "x", "from_year": YEAR}
    vision = strategy.save_statement(planner, kind=StatementKind.VISION, **base)
    way = strategy.save_statement(planner, kind=StatementKind.STRATEGY, objective=objective, **base)
    strategy.save_statement(planner, kind=StatementKind.POLICY, parent=way, **base)
    strategy.save_statement(planner, kind=StatementKind.MISSION, parent=vision, **base)
    held = Statement.objects.count()
    for wrong in (
        {"kind": StatementKind.POLICY, "parent": vision},
        {"kind": StatementKind.POLICY},
        {"kind": StatementKind.STRATEGY},
        {"kind": StatementKind.ISSUE, "objective": objective},
        {"kind": StatementKind.ISSUE, "to_year": YEAR - 1},
    ):
        with pytest.raises(InvalidPlan):
            strategy.save_statement(planner, **base, **wrong)
    assert Statement.objects.count() == held


def test_a_statement_ends_with_a_year_and_who_is_late_is_told(planner, user_with):
    other = user_with("PLANNER", full_name="Rina Perencana")
    row = strategy.save_statement(planner, kind=StatementKind.ISSUE, text="lama", from_year=YEAR - 3)
    strategy.amend_statement(row, actor=other, version=row.version, to_year=YEAR - 1)
    assert row not in Statement.objects.in_force(YEAR)
    with pytest.raises(StaleRecord, match="Rina Perencana"):
        strategy.amend_statement(row, actor=planner, version=1, text="baru")
    assert [line.label for line in WorkflowLog.objects.of(row)] == [
        "Isu strategis dicatat",
        "Pernyataan diubah",
    ]


def test_a_unit_does_not_hang_below_itself(planner, office):
    below = strategy.save_unit(planner, key="bidang", name="Bidang", parent=office)
    with pytest.raises(InvalidPlan, match="dirinya sendiri"):
        strategy.amend_unit(office, actor=planner, version=office.version, parent=below)
    with pytest.raises(InvalidPlan, match="sudah dipakai"):
        strategy.save_unit(planner, key="dinas", name="Lain")


def test_staff_are_counted_on_a_day_and_a_move_keeps_the_count(planner, hire):
    member = hire()
    hire(name="Budi Uji", employment="NON_ASN", post_class="NON_ASN", grade="III/a")
    assert StaffMember.objects.get(name="Budi Uji").grade == ""
    strategy.move_staff(member, actor=planner, version=1, moved_on=date(YEAR, 4, 1), grade="III/b")
    for day, grade in ((date(YEAR, 3, 31), "III/a"), (date(YEAR, 4, 1), "III/b")):
        period = Period(date(YEAR, 1, 1), day)
        assert measures.value("lkip.office_staff", period) == 2
        cells = dict(measures.cells("lkip.office_staff", period, ["grade"], {"employment": "PNS"}))
        assert cells == {(grade,): 1}
    assert measures.value("lkip.office_staff", Period.year(YEAR - 3)) == 0


def test_staff_dates_and_an_ended_post(planner, hire):
    with pytest.raises(InvalidPlan, match="tidak boleh sebelum"):
        hire(ended_on=date(YEAR - 3, 1, 1))
    assert not StaffMember.objects.exists()
    member = strategy.end_staff(hire(), actor=planner, version=1, ended_on=DAY)
    with pytest.raises(InvalidPlan, match="sudah berakhir"):
        strategy.end_staff(member, actor=planner, version=member.version, ended_on=DAY)


def test_each_person_stands_in_one_row_of_a_staff_table(hire):
    hire(post_class="FUNCTIONAL", grade="IX", employment="PPPK")
    hire(post_class="FUNCTIONAL")
    hire(employment="NON_ASN", post_class="NON_ASN")
    post, grade, education = staff_tables.tables(date(YEAR, 12, 31))
    assert post.rows == [("Jabatan fungsional", (1,)), ("PPPK", (1,)), ("Non-ASN", (1,))]
    assert post.totals == (3,)
    assert grade.rows == [("Penata Muda, III/a", (1,)), ("PPPK golongan IX", (1,))]
    assert (education.rows, education.totals) == ([("tidak diisi", (2, 1))], (2, 1))


# --- documents, targets, quarters -----------------------------------------------------------------------------------


def test_one_document_of_a_kind_a_year_and_a_change_needs_a_reason(planner, office):
    documents.save_document(planner, kind="PK", year=YEAR, title="PK")
    documents.save_document(planner, kind="PK", year=YEAR, title="PK unit", unit=office)
    for values in (
        {"kind": "PK", "title": "Dua kali"},
        {"kind": "PK", "title": "Dua kali", "unit": office},
        {"kind": "PK_REVISED", "title": "Tanpa alasan"},
        {"kind": "RKT", "title": "Terlalu lama", "to_year": YEAR + 1},
    ):
        with pytest.raises(InvalidPlan):
            documents.save_document(planner, year=YEAR, **values)
    assert PlanDocument.objects.count() == 2


def test_a_changed_target_needs_a_reason_and_keeps_its_way(small_year, planner, target, user_with):
    other = user_with("PLANNER", full_name="Rina Perencana")
    with pytest.raises(InvalidPlan, match="alasan"):
        documents.amend_target(target, actor=planner, version=1, reason=" ", value=Decimal(55))
    target.refresh_from_db()
    assert target.value == 50
    changed = documents.amend_target(target, actor=other, version=1, reason="APBD berubah", value=Decimal(55))
    (way,) = lineage.lineages([changed])
    assert [(step.value, step.reason) for step in way.steps] == [(50, ""), (55, "APBD berubah")]
    line = WorkflowLog.objects.of(changed).last()
    assert (line.actor_name, line.comment) == ("Rina Perencana", "APBD berubah")


def test_a_target_written_after_the_year_or_after_its_result_is_late(small_year, planner):
    indicator = plan.save_indicator(
        planner, code="later", name="x", level=Level.IKU, unit="x", formula=Formula.STATISTIC
    )

    def enter(document, entered_on, written):
        with clock.frozen(at(written)):
            return documents.add_target(
                planner,
                indicator=indicator,
                year=YEAR,
                document=document,
                value=Decimal(1),
                entered_on=entered_on,
            )

    rows = [
        enter("RENSTRA", date(YEAR - 1, 5, 1), date(YEAR - 1, 6, 1)),
        enter("RKT", None, date(YEAR + 1, 1, 2)),
        enter("PK", DAY, date(YEAR + 1, 1, 2)),
    ]
    assert [way.late for way in lineage.lineages(rows)] == [
        "",
        f"ditetapkan setelah tahun {YEAR} berakhir",
        "",
    ]
    with clock.frozen(at(date(YEAR, 1, 15))):
        statistics.add_statistic(planner, indicator=indicator, year=YEAR, value=Decimal(1), source="BPS")
    assert [bool(way.late) for way in lineage.lineages(rows)] == [False, True, True]
    assert lineage.too_late(date(YEAR, 9, 2), YEAR, date(YEAR, 9, 1)) == "ditetapkan setelah hasilnya dicatat"
    assert lineage.too_late(date(YEAR, 9, 1), YEAR, date(YEAR, 9, 1)) == ""


def test_a_value_changed_later_without_a_new_document_counts_from_the_day_it_was_typed(planner, target):
    with clock.frozen(at(date(YEAR + 1, 2, 1))):
        changed = documents.amend_target(
            target, actor=planner, version=1, reason="Dicocokkan", value=Decimal(75)
        )
    (way,) = lineage.lineages([changed])
    assert "setelah tahun" in way.late


def test_a_closed_year_keeps_its_targets_and_statistics(small_year, planner, target):
    QuarterLock.objects.create(year=YEAR, quarter=4)
    made = Indicator.objects.get(code="made")
    with pytest.raises(QuarterClosed):
        documents.amend_target(target, actor=planner, version=1, reason="x", value=Decimal(1))
    with pytest.raises(QuarterClosed):
        documents.add_target(planner, indicator=made, year=YEAR, document="RKT", value=Decimal(1))
    with pytest.raises(QuarterClosed):
        statistics.amend_statistic(made.statistics.get(year=YEAR), actor=planner, version=1, value=Decimal(1))
    target.refresh_from_db()
    assert target.value == 50


def test_quarters_follow_the_aggregation_and_a_closed_one_stays(small_year, planner):
    rate = Indicator.objects.get(code="rate")
    set_ = documents.set_quarter_targets
    with pytest.raises(InvalidPlan, match="dibagi empat"):
        set_(planner, indicator=rate, year=YEAR, values=[Decimal("12.5")] * 4, target=Decimal(50))
    assert not QuarterTarget.objects.exists()
    set_(
        planner, indicator=rate, year=YEAR, values=[Decimal(n) for n in (20, 30, 40, 50)], target=Decimal(50)
    )
    QuarterLock.objects.create(year=YEAR, quarter=1)
    with pytest.raises(QuarterClosed):
        set_(
            planner,
            indicator=rate,
            year=YEAR,
            values=[Decimal(n) for n in (9, 30, 40, 50)],
            target=Decimal(50),
        )
    set_(
        planner, indicator=rate, year=YEAR, values=[Decimal(n) for n in (20, 35, 40, 50)], target=Decimal(50)
    )
    assert [row.value for row in QuarterTarget.objects.order_by("quarter")] == [20, 35, 40, 50]
    made = Indicator.objects.get(code="made")
    made.aggregation = Aggregation.SUM
    with pytest.raises(InvalidPlan, match="Jumlah"):
        set_(planner, indicator=made, year=YEAR, values=[Decimal(10)] * 4, target=Decimal(50))


def test_money_stands_once_in_the_tree_and_parents_add_up(planner, programme):
    document = documents.save_document(planner, kind="RENSTRA", year=YEAR, to_year=YEAR + 1, title="Renstra")
    first, second = Nomenclature.objects.filter(level="SUB_ACTIVITY")
    for node, year, amount in ((first, YEAR, 7), (second, YEAR, 5), (first, YEAR + 1, 3)):
        documents.plan_budget(planner, nomenclature=node, document=document, year=year, amount=amount)
    for node, year, amount, words in (
        (programme, YEAR, 1, "tingkat lain"),
        (first, YEAR + 2, 1, "berlaku"),
        (first, YEAR, -1, "negatif"),
    ):
        with pytest.raises(InvalidPlan, match=words):
            documents.plan_budget(planner, nomenclature=node, document=document, year=year, amount=amount)
    tree = plan_tables.document_tree(document)
    assert [(node.nomenclature.key, node.amounts) for node in tree.nodes] == [
        ("p", (12, 3)), ("p.k", (12, 3)), ("p.k.1", (7, 3)), ("p.k.2", (5, None)),
    ]  # fmt: skip
    assert tree.totals == (12, 3)
    assert PlannedBudget.objects.count() == 3


# --- outside numbers ------------------------------------------------------------------------------------------------


def test_computed_indicators_take_no_typed_value_and_interim_ones_name_their_register(small_year, planner):
    add = statistics.add_statistic
    rate = Indicator.objects.get(code="rate")
    with pytest.raises(InvalidPlan, match="dihitung"):
        add(planner, indicator=rate, year=YEAR, value=Decimal(1), source="BPS")
    wait = plan.save_indicator(
        planner, code="wait", name="w", level=Level.OUTPUT, unit="x", formula=Formula.INTERIM
    )
    with pytest.raises(InvalidPlan, match="register"):
        add(planner, indicator=wait, year=YEAR, value=Decimal(1), source="Laporan")
    with pytest.raises(InvalidPlan, match="sumber"):
        add(planner, indicator=wait, year=YEAR, value=Decimal(1), source=" ", waits_for="Register")
    add(planner, indicator=wait, year=YEAR, value=Decimal(1), source="Laporan", waits_for="Register")
    with pytest.raises(InvalidPlan, match="sudah ada"):
        add(planner, indicator=wait, year=YEAR, value=Decimal(2), source="Laporan", waits_for="Register")
    assert wait.statistics.get().value == 1


def test_neighbours_are_ranked_and_the_own_value_is_the_statistics(small_year, planner):
    made = Indicator.objects.get(code="made")
    province = Region.objects.get(code="32")
    other = Region.objects.create(code="32.75", name="Kota Bekasi", level="REGENCY", parent=province)
    home = Region.objects.get(code="32.77")
    for region, value in ((other, 40), (home, 99), (province, 25)):
        statistics.set_regional(
            planner, indicator=made, region=region, year=YEAR, value=Decimal(value), source="BPS"
        )
    found = regional.ranking(made, YEAR)
    assert [(row.region.code, row.values, row.rank, row.own) for row in found.rows] == [
        ("32.75", (40,), 1, False),
        ("32.77", (30,), 2, True),
    ]
    assert [row.region.code for row in found.wider] == ["32"]
    assert regional.ranking(Indicator.objects.get(code="base"), YEAR) is None
    with pytest.raises(InvalidPlan, match="statistik resmi"):
        statistics.set_regional(
            planner, indicator=Indicator.objects.get(code="score"), region=home, year=YEAR, value=Decimal(1),
            source="x",
        )  # fmt: skip


# --- a new year -----------------------------------------------------------------------------------------------------


def test_a_new_year_takes_the_plan_and_no_result(small_year, planner, programme):
    documents.save_document(
        planner, kind="PK", year=YEAR, title=f"PK {YEAR}", decree="1", signed_on=DAY, first_name="Sari"
    )
    rate = Indicator.objects.get(code="rate")
    documents.add_target(planner, indicator=rate, year=YEAR + 1, document="RENSTRA", value=Decimal(61))
    strategy.save_cross_cutting(
        planner, nomenclature=programme, partner="Dinas Lain", contribution="Membantu"
    )
    made = year_setup.prepare_from(planner, source=YEAR, year=YEAR + 1)
    assert (made.nodes, made.documents, made.promised) == (4, 1, 1)
    old, new = (
        list(Nomenclature.objects.filter(year=year).values_list("key", "name", "level", "parent__key"))
        for year in (YEAR, YEAR + 1)
    )
    assert old == new
    copied = PlanDocument.objects.get(year=YEAR + 1)
    assert (copied.title, copied.decree, copied.signed_on, copied.first_name) == (
        f"PK {YEAR + 1}",
        "",
        None,
        "Sari",
    )
    assert set(rate.programmes.values_list("year", flat=True)) == {YEAR, YEAR + 1}
    from lkip.figures import compute

    figures = compute(YEAR + 1)
    assert figures.tree == []
    assert figures.figures["rate"].value is None
    assert figures.figures["rate"].target == 61
    with pytest.raises(InvalidPlan, match="sudah disiapkan"):
        year_setup.prepare_from(planner, source=YEAR, year=YEAR + 1)
    with pytest.raises(InvalidPlan, match="sesudah"):
        year_setup.prepare_from(planner, source=YEAR, year=YEAR - 1)


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_a_closing_quarter_opens_its_own_transaction(small_year, planner):
    """The other tests run inside a transaction, which hid that a page of the site does not."""
    made = Indicator.objects.get(code="made")
    target = documents.add_target(planner, indicator=made, year=YEAR, document="RKT", value=Decimal(1))
    documents.amend_target(
        target, actor=planner, version=target.version, reason="Perubahan", value=Decimal(2)
    )
    score = Indicator.objects.get(code="score")
    row = statistics.add_statistic(
        planner, indicator=score, year=YEAR, value=Decimal(61), source="Inspektorat"
    )
    row = statistics.amend_statistic(row, actor=planner, version=row.version, value=Decimal(62))
    assert row.value == 62
