"""Writes of the plan's documents: Renstra, RKT, PK, their targets, quarters, baselines and money."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction

from core.models.reference import Nomenclature
from lkip.action_plan import QUARTERS, disagreement
from lkip.enums import TargetDocument
from lkip.models import (
    Baseline,
    Indicator,
    IndicatorTarget,
    PlanDocument,
    PlannedBudget,
    QuarterTarget,
)
from lkip.services.plan import InvalidPlan, put
from lkip.services.quarters import refuse_locked
from lkip.services.rows import amend_row, create_row

YEAR_END = 4
"""A year is closed with its last quarter."""


def save_document(
    actor, *, kind: str, year: int, title: str, to_year: int | None = None, **values
) -> PlanDocument:
    """Record a document of the plan. `values` are fields of PlanDocument. Raises InvalidPlan."""
    _check_change(kind, values.get("reason", ""))
    return create_row(
        PlanDocument,
        actor=actor,
        label=f"{TargetDocument(kind).label} dicatat",
        kind=kind,
        year=year,
        to_year=to_year or year,
        title=title,
        **values,
    )


def amend_document(document: PlanDocument, *, actor, version: int, **changes) -> PlanDocument:
    """Change decree, date, signatories. Raises InvalidPlan, StaleRecord."""
    _check_change(document.kind, changes.get("reason", document.reason))
    return amend_row(document, actor=actor, version=version, label="Dokumen diubah", **changes)


def _check_change(kind: str, reason: str) -> None:
    if kind == TargetDocument.PK_REVISED and not reason.strip():
        raise InvalidPlan("Tulis mengapa perjanjian kinerja diubah.")


@transaction.atomic
def add_target(
    actor,
    *,
    indicator: Indicator,
    year: int,
    document: str,
    value: Decimal,
    decree: str = "",
    category: str = "",
    reason: str = "",
    entered_on: date | None = None,
) -> IndicatorTarget:
    """Write what a document promises for a year. Raises InvalidPlan when there is one, or the year is closed."""
    refuse_locked(year, YEAR_END)
    return create_row(
        IndicatorTarget,
        actor=actor,
        label="Target dibuat",
        indicator=indicator,
        year=year,
        document=document,
        value=value,
        decree=decree,
        category=category,
        reason=reason,
        entered_on=entered_on,
    )


@transaction.atomic
def amend_target(target: IndicatorTarget, *, actor, version: int, reason: str, **changes) -> IndicatorTarget:
    """Change a target; a changed value or predicate needs a reason. Raises InvalidPlan, StaleRecord."""
    refuse_locked(target.year, YEAR_END)
    moved = any(name in changes and changes[name] != getattr(target, name) for name in ("value", "category"))
    if moved and not reason.strip():
        raise InvalidPlan("Tulis alasan mengapa target ini berubah.")
    return amend_row(
        target, actor=actor, version=version, label="Target diubah", comment=reason, reason=reason, **changes
    )


@transaction.atomic
def set_quarter_targets(
    actor,
    *,
    indicator: Indicator,
    year: int,
    values: Sequence[Decimal],
    target: Decimal,
    actions: Sequence[str] = (),
) -> list[QuarterTarget]:
    """Write the four quarters of an indicator's action plan.

    `target` is the year's target that they have to agree with (see `lkip.action_plan`). A closed quarter keeps its
    value: a different one is refused. Raises InvalidPlan.
    """
    if len(values) != len(QUARTERS):
        raise InvalidPlan("Isi target keempat triwulan.")
    problem = disagreement(values, target, indicator.aggregation)
    if problem:
        raise InvalidPlan(problem)
    steps = [*actions, *[""] * 4][:4]
    held = {row.quarter: row for row in QuarterTarget.objects.filter(indicator=indicator, year=year)}
    written = []
    for quarter, value, step in zip(QUARTERS, values, steps, strict=True):
        before = held.get(quarter)
        if before is None or (before.value, before.action) != (value, step):
            refuse_locked(year, quarter)
        key = {"indicator": indicator, "year": year, "quarter": quarter}
        written.append(
            put(QuarterTarget, key, {"value": value, "action": step}, actor=actor, label="Target triwulan")
        )
    return written


def set_baseline(
    actor, *, indicator: Indicator, document: PlanDocument, value: Decimal, year: int | None = None
) -> Baseline:
    """Write the value from which a Renstra starts, and the year that it describes."""
    key = {"indicator": indicator, "document": document}
    return put(Baseline, key, {"value": value, "year": year}, actor=actor, label="Keadaan awal")


def _hangs_below(node: Nomenclature, other: Nomenclature) -> bool:
    """Whether `node` is somewhere below `other` in the tree."""
    above = node.parent
    while above is not None:
        if above.pk == other.pk:
            return True
        above = above.parent
    return False


def plan_budget(
    actor, *, nomenclature: Nomenclature, document: PlanDocument, year: int, amount: int
) -> PlannedBudget:
    """Write what a document plans for a node in a year, whole rupiah; parents are computed from what is below them.

    Raises InvalidPlan where a node above or below has an amount already (the money would stand twice), for a negative
    amount, or a year outside the document.
    """
    family = PlannedBudget.objects.filter(document=document, year=year).exclude(nomenclature=nomenclature)
    if any(
        _hangs_below(row.nomenclature, nomenclature) or _hangs_below(nomenclature, row.nomenclature)
        for row in family.select_related("nomenclature__parent__parent")
    ):
        raise InvalidPlan(
            "Pagu sudah ditulis pada tingkat lain dari program ini; yang di atas dihitung dari bawahnya."
        )
    if not document.year <= year <= document.to_year:
        raise InvalidPlan(f"Dokumen ini berlaku {document.year}–{document.to_year}.")
    if amount < 0:
        raise InvalidPlan("Pagu tidak boleh negatif.")
    key = {"nomenclature": nomenclature, "document": document, "year": year}
    return put(PlannedBudget, key, {"amount": amount}, actor=actor, label="Pagu indikatif")


@transaction.atomic
def plan_budgets(
    actor, *, nomenclature: Nomenclature, document: PlanDocument, amounts: dict[int, int | None]
) -> list[PlannedBudget]:
    """Write a node's money for several years at once; a year without an amount is left as it is."""
    return [
        plan_budget(actor, nomenclature=nomenclature, document=document, year=year, amount=amount)
        for year, amount in amounts.items()
        if amount is not None
    ]
