"""What the plan's pages read: statements in force, the matrix, the chart, the action plan, the IKU sheet."""

from dataclasses import dataclass, field
from decimal import Decimal

from lkip import action_plan
from lkip.enums import Formula, Level, StatementKind
from lkip.models import (
    ExternalStatistic,
    Goal,
    Indicator,
    IndicatorTarget,
    Objective,
    QuarterTarget,
    RegionalStatistic,
    Statement,
    Unit,
)
from lkip.plan_tables import in_force, whole


def statements(year: int) -> dict[str, list[Statement]]:
    """Return the statements that hold in the year, by kind; one statement."""
    held: dict[str, list[Statement]] = {}
    for row in Statement.objects.in_force(year).select_related("parent", "objective"):
        held.setdefault(row.kind, []).append(row)
    return held


@dataclass(frozen=True)
class StrategyRow:
    """A strategy with the policy directions under it."""

    strategy: Statement
    policies: list[Statement]


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective with its strategies."""

    objective: Objective
    strategies: list[StrategyRow]


@dataclass(frozen=True)
class GoalRow:
    """A goal with its objectives."""

    goal: Goal
    objectives: list[ObjectiveRow]


def matrix(held: dict[str, list[Statement]]) -> list[GoalRow]:
    """Return tujuan – sasaran – strategi – arah kebijakan, read down; two statements."""
    policies: dict[int, list[Statement]] = {}
    for row in held.get(StatementKind.POLICY, []):
        policies.setdefault(row.parent_id, []).append(row)
    strategies: dict[int, list[StrategyRow]] = {}
    for row in held.get(StatementKind.STRATEGY, []):
        strategies.setdefault(row.objective_id, []).append(StrategyRow(row, policies.get(row.pk, [])))
    return [
        GoalRow(
            goal,
            [
                ObjectiveRow(objective, strategies.get(objective.pk, []))
                for objective in goal.objectives.all()
            ],
        )
        for goal in Goal.objects.prefetch_related("objectives")
    ]


@dataclass
class Box:
    """A unit of the chart with those below it."""

    unit: Unit
    below: list["Box"] = field(default_factory=list)


def chart() -> list[Box]:
    """Return the organisation chart; one statement."""
    boxes = {unit.pk: Box(unit) for unit in Unit.objects.all()}
    roots = []
    for box in boxes.values():
        above = boxes.get(box.unit.parent_id)
        (above.below if above else roots).append(box)
    return roots


@dataclass(frozen=True)
class ActionRow:
    """An indicator's year: target in force, four quarters (None: not planned), and what is wrong with them."""

    indicator: Indicator
    target: IndicatorTarget | None
    quarters: tuple[QuarterTarget | None, ...]
    until: tuple[Decimal | None, ...]
    problem: str
    decimals: int


def action_rows(year: int) -> list[ActionRow]:
    """Return the action plan in the order of the indicators; four statements."""
    planned: dict[int, dict[int, QuarterTarget]] = {}
    for row in QuarterTarget.objects.filter(year=year):
        planned.setdefault(row.indicator_id, {})[row.quarter] = row
    targets = in_force(year)
    found = []
    for indicator in Indicator.objects.select_related("objective"):
        held = planned.get(indicator.pk, {})
        target = targets.get(indicator.pk)
        if not held and not (indicator.level == Level.IKU and target):
            continue
        quarters = tuple(held.get(n) for n in action_plan.QUARTERS)
        values = [row.value for row in quarters if row is not None]
        problem, until = "", (None,) * 4
        if len(values) == len(quarters):
            until = tuple(action_plan.until(values, indicator.aggregation))
            if target is not None:
                problem = action_plan.disagreement(values, target.value, indicator.aggregation)
        digits = max([whole(value, indicator.decimals) for value in values], default=indicator.decimals)
        found.append(ActionRow(indicator, target, quarters, until, problem, digits))
    return found


@dataclass(frozen=True)
class IkuRow:
    """A main indicator as its sheet shows it."""

    indicator: Indicator
    target: IndicatorTarget | None
    formula: str


def iku_rows(year: int) -> list[IkuRow]:
    """Return goal and main indicators with the target in force; three statements."""
    targets = in_force(year)
    chosen = Indicator.objects.filter(level__in=(Level.GOAL, Level.IKU)).select_related(
        "objective__goal", "numerator", "denominator", "comparator", "scale"
    )
    return [IkuRow(row, targets.get(row.pk), formula_words(row)) for row in chosen]


def formula_words(indicator: Indicator) -> str:
    """Say the formula: the planner's own words, else what the definition is made of."""
    if indicator.formula_text:
        return indicator.formula_text
    first, second = indicator.numerator, indicator.denominator
    if indicator.formula == Formula.RATIO:
        times = "" if indicator.factor == 1 else f" × {indicator.factor}"
        return f"{first.name} ÷ {second.name}{times}"
    if indicator.formula == Formula.DIFFERENCE:
        return f"{first.name} – {second.name}"
    if indicator.formula == Formula.CHANGE:
        return f"{first.name}: (tahun ini – tahun lalu) ÷ tahun lalu × 100"
    return indicator.get_formula_display()


@dataclass(frozen=True)
class OutsideRow:
    """A number from outside: the year's value, the one before, and whether neighbours are known."""

    indicator: Indicator
    current: ExternalStatistic | None
    before: ExternalStatistic | None
    regional: bool

    @property
    def interim(self) -> bool:
        """Whether the value waits for a register of ours."""
        return self.indicator.formula == Formula.INTERIM or bool(self.current and self.current.waits_for)


def published_before() -> list[ExternalStatistic]:
    """Return what was published of computed indicators in years before this system, newest year first."""
    typed = (Formula.STATISTIC, Formula.SCORE, Formula.INTERIM)
    rows = ExternalStatistic.objects.exclude(indicator__formula__in=typed)
    return list(rows.select_related("indicator", "file").order_by("-year", "indicator__position"))


def outside_rows(year: int) -> list[OutsideRow]:
    """Return statistics, scores and interim entries with their values; three statements."""
    known: dict[tuple[int, int], ExternalStatistic] = {}
    for row in ExternalStatistic.objects.filter(year__in=(year, year - 1)).select_related("file"):
        known[row.indicator_id, row.year] = row
    ranked = set(RegionalStatistic.objects.values_list("indicator_id", flat=True).distinct())
    outside = Indicator.objects.filter(formula__in=(Formula.STATISTIC, Formula.SCORE, Formula.INTERIM))
    return [
        OutsideRow(row, known.get((row.pk, year)), known.get((row.pk, year - 1)), row.pk in ranked)
        for row in outside
    ]
