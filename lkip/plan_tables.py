"""What a document of the plan promises, as a tree: indicators with targets, and money whose parents are computed."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q

from core import formats
from core.models.reference import Nomenclature
from lkip.enums import Level, TargetDocument
from lkip.models import (
    Baseline,
    BudgetLine,
    Indicator,
    IndicatorTarget,
    PlanDocument,
    PlannedBudget,
    ReportYear,
    Unit,
)
from lkip.models.plan import default_priority

HEAD_LEVELS = (Level.GOAL, Level.IKU)


@dataclass(frozen=True)
class Promise:
    """An indicator in a document: where it starts and what is promised for each of the document's years."""

    indicator: Indicator
    baseline: Baseline | None
    targets: tuple[IndicatorTarget | None, ...]

    @property
    def promised(self) -> bool:
        """Whether any year has a target."""
        return any(self.targets)


@dataclass
class Node:
    """A programme, kegiatan or sub kegiatan: its promises, and its money by year (None: nothing is known)."""

    nomenclature: Nomenclature
    depth: int
    promises: list[Promise] = field(default_factory=list)
    amounts: tuple[int | None, ...] = ()

    @property
    def shown(self) -> bool:
        """Whether the document says anything about it."""
        return bool(self.promises) or any(amount is not None for amount in self.amounts)


@dataclass(frozen=True)
class DocumentTree:
    """All that a document says: goal and main indicators, then the tree with its total by year."""

    document: PlanDocument
    years: tuple[int, ...]
    heads: list[Promise]
    nodes: list[Node]
    totals: tuple[int, ...]


def years_of(document: PlanDocument) -> tuple[int, ...]:
    """Return the years that the document covers."""
    return tuple(range(document.year, document.to_year + 1))


def _promises(document: PlanDocument, years: tuple[int, ...]) -> dict[int, Promise]:
    """Return {indicator: its promise}: of which the document says something, or that are an output of its tree."""
    targets: dict[int, dict[int, IndicatorTarget]] = {}
    for target in IndicatorTarget.objects.filter(document=document.kind, year__in=years):
        targets.setdefault(target.indicator_id, {})[target.year] = target
    baselines = {row.indicator_id: row for row in Baseline.objects.filter(document=document)}
    of_the_tree = Q(level__in=(Level.OUTCOME, Level.OUTPUT), nomenclature__year=document.year)
    chosen = Indicator.objects.filter(Q(pk__in={*targets, *baselines}) | of_the_tree).select_related(
        "objective__goal", "nomenclature"
    )
    return {
        indicator.pk: Promise(
            indicator,
            baselines.get(indicator.pk),
            tuple(targets.get(indicator.pk, {}).get(year) for year in years),
        )
        for indicator in chosen
    }


def amounts_by_key(document: PlanDocument, years: tuple[int, ...]) -> dict[str, tuple[int | None, ...]]:
    """Return {key of a node: its money by year}; a parent is the sum of its children where any of them has money."""
    nodes = list(Nomenclature.objects.filter(year=document.year).order_by("order", "pk"))
    own: dict[int, dict[int, int]] = {}
    for row in PlannedBudget.objects.filter(document=document):
        own.setdefault(row.nomenclature_id, {})[row.year] = row.amount
    return summed(nodes, own, years)


def summed(nodes: list, own: dict[int, dict[int, int]], years: tuple[int, ...]) -> dict[str, tuple]:
    """Add up a tree: `own` holds {node: {year: rupiah}}; what stands on a parent counts only without children's."""
    children: dict[int | None, list] = {}
    for node in nodes:
        children.setdefault(node.parent_id, []).append(node)
    found: dict[str, tuple] = {}

    def add(node) -> tuple:
        below = [add(child) for child in children.get(node.pk, [])]
        held = own.get(node.pk, {})
        amounts = []
        for place, year in enumerate(years):
            parts = [amount[place] for amount in below if amount[place] is not None]
            amounts.append(sum(parts) if parts else held.get(year))
        found[node.key] = tuple(amounts)
        return found[node.key]

    for root in children.get(None, []):
        add(root)
    return found


def document_tree(document: PlanDocument) -> DocumentTree:
    """Return what the document of the whole office promises; five statements."""
    years = years_of(document)
    promises = list(_promises(document, years).values())
    amounts = amounts_by_key(document, years)
    by_key: dict[str, list[Promise]] = {}
    for promise in promises:
        if promise.indicator.nomenclature is not None:
            by_key.setdefault(promise.indicator.nomenclature.key, []).append(promise)
    nodes = [
        Node(row, depth, by_key.get(row.key, []), amounts[row.key])
        for row, depth in walk(Nomenclature.objects.filter(year=document.year).order_by("order", "pk"))
    ]
    heads = [p for p in promises if p.indicator.nomenclature is None]
    roots = [node for node in nodes if node.depth == 0]
    totals = tuple(sum(node.amounts[place] or 0 for node in roots) for place in range(len(years)))
    return DocumentTree(document, years, heads, [node for node in nodes if node.shown], totals)


def walk(rows) -> list[tuple[Nomenclature, int]]:
    """Return (node, depth), parents before children."""
    children: dict[int | None, list[Nomenclature]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    found: list[tuple[Nomenclature, int]] = []

    def visit(row: Nomenclature, depth: int) -> None:
        found.append((row, depth))
        for child in children.get(row.pk, []):
            visit(child, depth + 1)

    for root in children.get(None, []):
        visit(root, 0)
    return found


# --- the performance agreement (PK) ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Aim:
    """One line of an agreement: indicator, its target of the year, and the document that sets it."""

    indicator: Indicator
    target: IndicatorTarget
    own: bool


@dataclass(frozen=True)
class Money:
    """What an agreement plans to spend on a node."""

    name: str
    code: str
    amount: int


@dataclass(frozen=True)
class Agreement:
    """A performance agreement: the aims, the money behind them, and its total."""

    document: PlanDocument
    aims: list[Aim]
    money: list[Money]

    @property
    def total(self) -> int:
        """The sum of the money lines."""
        return sum(line.amount for line in self.money)


def agreement(document: PlanDocument) -> Agreement:
    """Return the sheet of the head of the office, or of a unit (its own indicators and those of units below it).

    A unit's sheet takes the target of the same kind of agreement where there is one, else the year's first document
    in order of priority; its money is that of the nodes its indicators belong to.
    """
    if document.unit_id is None:
        aims = _aims(document, Indicator.objects.filter(level__in=HEAD_LEVELS), own_only=True)
        keys = None
    else:
        owners = [unit.name for unit in _below(document.unit)]
        chosen = Indicator.objects.filter(owner__in=owners, nomenclature__isnull=False)
        aims = _aims(document, chosen, own_only=False)
        if document.unit.parent_id is not None and document.unit.parent.parent_id is None:
            aims = [aim for aim in aims if aim.indicator.nomenclature.level != "SUB_ACTIVITY"] or aims
        keys = {aim.indicator.nomenclature.key for aim in aims}
    return Agreement(document, aims, _money(document, keys))


def _below(unit: Unit) -> list[Unit]:
    """Return the unit and all below it."""
    children: dict[int | None, list[Unit]] = {}
    for row in Unit.objects.all():
        children.setdefault(row.parent_id, []).append(row)
    found, waiting = [], [unit]
    while waiting:
        row = waiting.pop(0)
        found.append(row)
        waiting += children.get(row.pk, [])
    return found


def _aims(document: PlanDocument, indicators, *, own_only: bool) -> list[Aim]:
    settings = ReportYear.objects.filter(year=document.year).first()
    order = [document.kind, *(settings.target_priority if settings else default_priority())]
    later = TargetDocument.PK_REVISED if document.kind == TargetDocument.PK else ""
    wanted = [document.kind] if own_only else [kind for kind in order if kind != later]
    rank = {kind: place for place, kind in reversed(list(enumerate(wanted)))}
    chosen: dict[int, IndicatorTarget] = {}
    for target in IndicatorTarget.objects.filter(
        year=document.year, document__in=wanted, indicator__in=indicators
    ):
        held = chosen.get(target.indicator_id)
        if held is None or rank[target.document] < rank[held.document]:
            chosen[target.indicator_id] = target
    return [
        Aim(row, chosen[row.pk], chosen[row.pk].document == document.kind)
        for row in indicators.select_related("objective", "nomenclature")
        if row.pk in chosen
    ]


def _money(document: PlanDocument, keys: set[str] | None) -> list[Money]:
    """Programmes of the office's sheet, or the chosen nodes of a unit's; without planned money the budget speaks."""
    office = (
        document
        if document.unit_id is None
        else PlanDocument.objects.filter(kind=document.kind, year=document.year, unit=None).first()
    )
    years = (document.year,)
    amounts = amounts_by_key(office, years) if office else {}
    rows = list(Nomenclature.objects.filter(year=document.year).order_by("order", "pk"))
    if keys is not None:
        budget = summed(rows, _budgeted(document), years)
        amounts = {key: amounts.get(key, (None,)) for key in budget}
        amounts = {key: value if value[0] is not None else budget[key] for key, value in amounts.items()}
    return [
        Money(row.name, row.code_display, amounts[row.key][0])
        for row, depth in walk(rows)
        if (depth == 0 if keys is None else row.key in keys and not _above(row.key, keys))
        and amounts.get(row.key, (None,))[0] is not None
    ]


def _above(key: str, keys: set[str]) -> bool:
    """Whether a parent of the node is chosen too, so that its money is not counted twice."""
    while "." in key:
        key = key.rpartition(".")[0]
        if key in keys:
            return True
    return False


def _budgeted(document: PlanDocument) -> dict[int, dict[int, int]]:
    """The year's budget lines: the initial ceiling for a PK before the change, else the one in force."""
    changed = document.kind == TargetDocument.PK_REVISED
    return {
        line.nomenclature_id: {
            document.year: line.ceiling if changed or line.initial_ceiling is None else line.initial_ceiling
        }
        for line in BudgetLine.objects.filter(nomenclature__year=document.year)
    }


def in_force(year: int) -> dict[int, IndicatorTarget]:
    """Return the target in force of each indicator: the first document of the year's order that sets one."""
    settings = ReportYear.objects.filter(year=year).first()
    priority = settings.target_priority if settings else default_priority()
    rank = {kind: place for place, kind in enumerate(priority)}
    chosen: dict[int, IndicatorTarget] = {}
    for target in IndicatorTarget.objects.filter(year=year, document__in=rank):
        held = chosen.get(target.indicator_id)
        if held is None or rank[target.document] < rank[held.document]:
            chosen[target.indicator_id] = target
    return chosen


def promised_text(value: Decimal | None, indicator: Indicator, category: str = "") -> str:
    """Write a target: its predicate, else the number with the decimals that it has."""
    if category:
        return category
    if value is None:
        return formats.DASH
    return formats.number(value, whole(value, indicator.decimals))


def whole(value: Decimal, decimals: int) -> int:
    """Return how many decimals a target is shown with: its own when it has more than the indicator."""
    exponent = -value.normalize().as_tuple().exponent
    return max(decimals, exponent, 0) if exponent > 0 else decimals
