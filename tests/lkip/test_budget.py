"""The budget: what may be written, what follows from it, and that nothing else changes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.models.reference import Nomenclature
from core.models.workflow import WorkflowLog
from core.workflow import StaleRecord, revise
from lkip import budget as tree_of
from lkip import formulas
from lkip.enums import EfficiencyLabel, FundingSource
from lkip.figures import compute
from lkip.models import BudgetFunding, BudgetLine, BudgetProgress, Objective, ProgrammeShare, ReportYear
from lkip.services import budget, quarters
from lkip.shares import efficiency_rule
from tests.lkip.conftest import YEAR

percents = st.fractions(min_value=0, max_value=300)
amounts = st.integers(0, 10**12)


@pytest.fixture
def year_end(small_year):
    """The small year on its last day."""
    with clock.frozen(clock.at(clock.dt.date(YEAR, 12, 31))):
        yield small_year


@pytest.fixture
def line(year_end):
    """The line of 1.000 rupiah, 900 of them spent."""
    return BudgetLine.objects.get(nomenclature__key="p.k.1")


# --- the label of an efficiency ---


@pytest.mark.parametrize(
    ("achieved", "ceiling", "realised", "label"),
    [
        (111, 100, 90, EfficiencyLabel.EFFICIENT),
        (100, 100, 95, EfficiencyLabel.FAIR),
        (100, 100, 100, EfficiencyLabel.FAIR),
        (100, 100, 105, EfficiencyLabel.FAIR),
        (100, 100, 106, EfficiencyLabel.INEFFICIENT),
        (99, 100, 1, EfficiencyLabel.TARGET_MISSED),
        (0, 100, 0, EfficiencyLabel.TARGET_MISSED),
        (150, 0, 0, EfficiencyLabel.NOT_STARTED),
        (None, 0, 0, EfficiencyLabel.NOT_STARTED),
        (150, 0, 5, EfficiencyLabel.UNBUDGETED),
        (None, 100, 50, EfficiencyLabel.UNKNOWN),
    ],
)
def test_every_case_has_its_word(achieved, ceiling, realised, label):
    achieved = None if achieved is None else Fraction(achieved)
    assert formulas.efficiency_label(achieved, ceiling, realised, Fraction(5)) == label


@given(st.none() | percents, amounts, amounts, st.integers(0, 50))
def test_efficient_needs_a_reached_target_and_money_that_was_budgeted(achieved, ceiling, realised, margin):
    label = formulas.efficiency_label(achieved, ceiling, realised, Fraction(margin))
    judged = {EfficiencyLabel.EFFICIENT, EfficiencyLabel.FAIR, EfficiencyLabel.INEFFICIENT}
    assert (label in judged) == bool(ceiling and achieved is not None and achieved >= 100)
    if label in judged:
        difference = formulas.efficiency(achieved, formulas.absorption(ceiling, realised))
        assert (label == EfficiencyLabel.EFFICIENT) == (difference > margin)
        assert (label == EfficiencyLabel.INEFFICIENT) == (difference < -margin)


@given(amounts, amounts)
def test_an_absorption_without_a_ceiling_is_words(ceiling, realised):
    shown = tree_of.absorption_text(ceiling, realised)
    assert (shown[0].isdigit()) == bool(ceiling)
    assert "100" not in tree_of.absorption_text(0, realised)


def test_the_rule_says_its_margin(small_year):
    settings = ReportYear.objects.get(year=small_year)
    revise(settings, actor=None, version=settings.version, efficiency_margin=Decimal("2.5"))
    figures = compute(small_year)
    assert "2,50 poin" in efficiency_rule(figures.settings.efficiency_margin)
    assert figures.efficiencies[0].label == EfficiencyLabel.EFFICIENT


def test_without_money_the_year_says_so(small_year, planner):
    for each in BudgetLine.objects.all():
        revise(each, actor=planner, version=each.version, ceiling=0, realised=0)
    found = compute(small_year).efficiencies[0]
    assert (found.figure.value, found.label) == (None, EfficiencyLabel.NOT_STARTED)
    assert found.absorption_display == "tanpa anggaran"


# --- sums ---


@given(
    st.lists(
        st.tuples(
            amounts, amounts, st.none() | amounts, st.none() | st.decimals(0, 100, places=2), st.booleans()
        ),
        min_size=1,
        max_size=6,
    )
)
def test_parents_are_the_sums_of_what_is_known(leaves):
    class Node:
        def __init__(self, pk, parent_id):
            self.pk, self.parent_id = pk, parent_id

    nodes = [Node(0, None), *(Node(i, 0) for i in range(1, len(leaves) + 1))]
    sums = {
        i: tree_of._leaf(
            BudgetLine(ceiling=c, realised=r, initial_ceiling=m, physical=p), {}, {3: r} if told else {}, 3
        )
        for i, (c, r, m, p, told) in enumerate(leaves, 1)
    }

    def make(node, depth):
        return tree_of.Row(str(node.pk), "", "", "", depth, 0, 0, False)

    rows = tree_of._summed([nodes[0]], {0: nodes[1:]}, sums, make)
    top = rows[0]
    assert top.ceiling == sum(leaf[0] for leaf in leaves)
    assert top.realised == sum(leaf[1] for leaf in leaves)
    assert (top.initial_ceiling is None) == any(leaf[2] is None for leaf in leaves)
    known = all(p is not None or not c for c, _, _, p, _ in leaves)
    assert (top.physical is not None) == (known and top.ceiling > 0)
    if top.physical is not None:
        assert 0 <= top.physical <= 100
    assert (top.months[2] is None) == any(r and not told for _, r, _, _, told in leaves)
    assert top.months[3:] == (None,) * 9


@given(st.dictionaries(st.integers(1, 12), st.integers(0, 10**9), min_size=1))
def test_months_carry_the_last_amount_and_stop(known):
    last = max(known)
    series = tree_of.carried(known, last)
    assert len(series) == 12
    assert all(series[month - 1] == amount for month, amount in known.items())
    assert series[last:] == [None] * (12 - last)
    if sorted(known.values()) == [known[month] for month in sorted(known)]:
        assert series[:last] == sorted(series[:last])


# --- progress by month ---


@pytest.mark.django_db
def test_the_line_follows_its_newest_month(line, planner):
    budget.record_progress(planner, line=line, month=3, realised=200, physical=Decimal(20))
    budget.record_progress(planner, line=line, month=6, realised=500)
    line.refresh_from_db()
    assert (line.realised, line.physical) == (500, Decimal(20))
    row = next(r for r in compute(YEAR).tree if r.key == "p.k.1")
    assert row.months[:7] == (0, 0, 200, 200, 200, 500, None)
    assert compute(YEAR).tree[0].months == (None,) * 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "values", "message"),
    [
        (7, {"realised": 100}, "lebih kecil daripada bulan sebelumnya"),
        (2, {"realised": 600}, "lebih besar daripada bulan sesudahnya"),
        (7, {"realised": 1001}, "melebihi pagu"),
        (7, {"realised": 600, "physical": Decimal(10)}, "fisik ini lebih kecil"),
    ],
)
def test_a_fall_needs_a_reason_that_the_log_keeps(line, planner, month, values, message):
    budget.record_progress(planner, line=line, month=6, realised=500, physical=Decimal(50))
    with pytest.raises(budget.InvalidAmount, match=message):
        budget.record_progress(planner, line=line, month=month, **values)
    assert BudgetProgress.objects.count() == 1
    step = budget.record_progress(planner, line=line, month=month, reason="Pengembalian belanja.", **values)
    assert WorkflowLog.objects.of(step).last().comment == "Pengembalian belanja."


@pytest.mark.django_db
def test_a_month_that_has_not_begun_is_refused(small_year, planner):
    line = BudgetLine.objects.get(nomenclature__key="p.k.1")
    with (
        clock.frozen(clock.at(clock.dt.date(YEAR, 5, 31))),
        pytest.raises(budget.InvalidAmount, match="belum berjalan"),
    ):
        budget.record_progress(planner, line=line, month=6, realised=1)
    assert not BudgetProgress.objects.exists()


@pytest.mark.django_db
def test_a_realisation_by_month_is_not_typed_past_it(line, planner):
    budget.record_progress(planner, line=line, month=6, realised=500)
    with pytest.raises(budget.InvalidAmount, match="per bulan"):
        budget.save_line(planner, nomenclature=line.nomenclature, ceiling=1000, realised=501)
    budget.save_line(
        planner, nomenclature=line.nomenclature, ceiling=1100, realised=500, initial_ceiling=1000
    )
    line.refresh_from_db()
    assert (line.ceiling, line.initial_ceiling, line.realised) == (1100, 1000, 500)


@pytest.mark.django_db
def test_the_second_writer_of_a_month_is_told(line, planner, user_with):
    other = user_with("PLANNER", full_name="Rina Perencana")
    step = budget.record_progress(planner, line=line, month=6, realised=500)
    budget.record_progress(other, line=line, month=6, realised=510, version=step.version)
    with pytest.raises(StaleRecord, match="Rina Perencana"):
        budget.record_progress(planner, line=line, month=6, realised=520, version=step.version)
    line.refresh_from_db()
    assert line.realised == 510


# --- funding, income, shares ---


@pytest.mark.django_db
def test_sources_never_pass_the_ceiling(line, planner):
    budget.set_funding(planner, line=line, amounts={FundingSource.DBHCHT: 600, FundingSource.PAD: 400})
    line.refresh_from_db()
    with pytest.raises(budget.InvalidAmount, match="melebihi pagu"):
        budget.set_funding(planner, line=line, amounts={FundingSource.DBHCHT: 1001})
    with pytest.raises(budget.InvalidAmount, match="Kurangi dahulu"):
        budget.save_line(planner, nomenclature=line.nomenclature, ceiling=999, realised=900)
    line.refresh_from_db()
    assert line.ceiling == 1000
    budget.set_funding(planner, line=line, amounts={FundingSource.DBHCHT: 300})
    assert dict(BudgetFunding.objects.values_list("source", "ceiling")) == {"DBHCHT": 300, "PAD": 0}
    assert compute(YEAR).total.funding == {"DBHCHT": 300}


@pytest.mark.django_db
def test_income_parents_are_computed(small_year, planner):
    top = budget.save_income(planner, year=YEAR, key="pad", name="Pendapatan Asli Daerah")
    for number, (target, realised) in enumerate(((2000, 1900), (0, 5), (0, 0)), 1):
        budget.save_income(
            planner,
            year=YEAR,
            key=f"pad.{number}",
            name=f"Retribusi {number}",
            parent=top,
            position=number,
            target=target,
            realised=realised,
        )
    rows = compute(YEAR).income
    assert [(r.ceiling, r.realised, r.absorption_display) for r in rows] == [
        (2000, 1905, "95,25"),
        (2000, 1900, "95,00"),
        (0, 5, "realisasi tanpa pagu"),
        (0, 0, "tanpa anggaran"),
    ]
    with pytest.raises(budget.InvalidAmount, match="rinciannya"):
        budget.save_income(planner, year=YEAR, key="pad", name="PAD", target=1, realised=1)
    with pytest.raises(budget.InvalidAmount, match="dua-duanya"):
        budget.save_income(planner, year=YEAR, key="x", name="X", target=1)


@pytest.mark.django_db
def test_an_indicator_without_programmes_takes_its_objectives_shares(small_year, planner, programme):
    objective = Objective.objects.get(code="s1")
    budget.set_shares(planner, nomenclature=programme, shares={objective: Decimal("33.33")})
    figures = compute(small_year)
    score = next(e for e in figures.efficiencies if e.indicator.code == "score")
    assert score.ceiling == Fraction(1500) * Fraction("33.33") / 100
    assert score.absorption == 80
    assert score.programmes == ("Program P (33,33\u00a0%)",)
    assert score.label == EfficiencyLabel.UNKNOWN
    rate = next(e for e in figures.efficiencies if e.indicator.code == "rate")
    assert (rate.ceiling, rate.programmes) == (1500, ("Program P",))
    assert figures.shares.total().ceiling == sum(o.money.ceiling for o in figures.shares.by_objective())
    assert not figures.shares.states()[0].complete


@pytest.mark.django_db
def test_no_more_than_all_of_a_programme_is_dealt_out(small_year, planner, programme):
    first = Objective.objects.get(code="s1")
    second = budget.put(
        Objective,
        {"code": "s2"},
        {"goal": first.goal, "text": "Sasaran dua"},
        actor=planner,
        label="Sasaran",
    )
    budget.set_shares(planner, nomenclature=programme, shares={first: Decimal(60), second: Decimal(40)})
    with pytest.raises(budget.InvalidAmount, match="lebih dari seluruhnya"):
        budget.set_shares(planner, nomenclature=programme, shares={first: Decimal(61), second: Decimal(40)})
    assert list(ProgrammeShare.objects.values_list("share", flat=True)) == [Decimal(60), Decimal(40)]
    budget.set_shares(planner, nomenclature=programme, shares={second: Decimal(100)})
    assert ProgrammeShare.objects.get().objective == second
    assert ProgrammeShare.history.filter(history_type="-").get().history_user == planner
    kegiatan = Nomenclature.objects.get(key="p.k")
    with pytest.raises(budget.InvalidAmount, match="adalah program"):
        budget.set_shares(planner, nomenclature=kegiatan, shares={first: Decimal(1)})


@pytest.mark.django_db
def test_a_closed_quarter_keeps_its_months(line, planner):
    from lkip.models import QuarterLock

    QuarterLock.objects.create(year=YEAR, quarter=2)
    with pytest.raises(quarters.QuarterClosed, match="Triwulan II"):
        budget.record_progress(planner, line=line, month=5, realised=1)
    budget.record_progress(planner, line=line, month=7, realised=1)
    QuarterLock.objects.create(year=YEAR, quarter=4)
    other = BudgetLine.objects.get(nomenclature__key="p.k.2")
    with pytest.raises(quarters.QuarterClosed):
        budget.save_line(planner, nomenclature=other.nomenclature, ceiling=500, realised=301)
    other.refresh_from_db()
    assert other.realised == 300
