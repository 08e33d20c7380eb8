"""Writes of the plan: settings of a year, goals, objectives, indicators, targets, statistics, findings."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import Refused
from core.models.reference import Nomenclature
from core.workflow import opened, revise
from lkip.models import ExternalStatistic, Finding, Goal, Indicator, IndicatorTarget, Objective, ReportYear
from lkip.report import options
from lkip.report.outline import arranged, objectives


class InvalidPlan(Refused):
    """The plan's own rules refuse this row."""


def put(model, key: dict, values: dict, *, actor, label: str, version: int | None = None, comment: str = ""):
    """Create the row of `key`, or revise it when its values differ; the row is checked before it is written.

    `version` is the one that a form carried: who saw an older row is told who wrote in between. `comment` is the reason
    that stands in the log.
    """
    held = model.objects.filter(**key).first()
    if held is not None:
        changed = {name: value for name, value in values.items() if getattr(held, name) != value}
        seen = held.version if version is None else version
        if not changed and seen == held.version:
            return held
        return revise(held, actor=actor, version=seen, label=f"{label} diubah", comment=comment, **changed)
    row = model(**key, **values)
    try:
        row.clean()
    except ValidationError as error:
        raise InvalidPlan(" ".join(error.messages)) from error
    row.save()
    opened(row, actor=actor, label=f"{label} dibuat", comment=comment)
    return row


@transaction.atomic
def prepare_year(actor, *, year: int, **settings) -> ReportYear:
    """Set the report settings of a year; the keywords are fields of ReportYear. Raises WrongOption."""
    if "options" in settings:
        options.check(settings["options"], {place.key: place for place in arranged(objectives())})
    return put(ReportYear, {"year": year}, settings, actor=actor, label="Pengaturan LKIP")


@transaction.atomic
def save_goal(actor, *, code: str, text: str, position: int = 0) -> Goal:
    """Create or change a goal (tujuan)."""
    return put(Goal, {"code": code}, {"text": text, "position": position}, actor=actor, label="Tujuan")


@transaction.atomic
def save_objective(actor, *, code: str, goal: Goal, text: str, position: int = 0) -> Objective:
    """Create or change an objective (sasaran)."""
    values = {"goal": goal, "text": text, "position": position}
    return put(Objective, {"code": code}, values, actor=actor, label="Sasaran")


@transaction.atomic
def save_indicator(actor, *, code: str, programmes: Iterable[Nomenclature] = (), **values) -> Indicator:
    """Create or change an indicator; raises InvalidPlan for an unknown measure, a circle or too deep a chain."""
    indicator = put(Indicator, {"code": code}, values, actor=actor, label="Indikator")
    indicator.programmes.set(programmes)
    return indicator


@transaction.atomic
def set_target(
    actor,
    *,
    indicator: Indicator,
    year: int,
    document: str,
    value: Decimal,
    decree: str = "",
    category: str = "",
) -> IndicatorTarget:
    """Write what a document promises for the year; its history tells who entered it and when."""
    key = {"indicator": indicator, "year": year, "document": document}
    values = {"value": value, "decree": decree, "category": category}
    return put(IndicatorTarget, key, values, actor=actor, label="Target")


@transaction.atomic
def record_statistic(
    actor,
    *,
    indicator: Indicator,
    year: int,
    value: Decimal,
    source: str,
    as_of: date | None = None,
    document: str = "",
    category: str = "",
    waits_for: str = "",
) -> ExternalStatistic:
    """Record a number or predicate from outside with its source; `waits_for` names the register that will give it."""
    values = {"value": value, "source": source, "as_of": as_of, "document": document}
    values |= {"category": category, "waits_for": waits_for}
    return put(
        ExternalStatistic, {"indicator": indicator, "year": year}, values, actor=actor, label="Statistik"
    )


@transaction.atomic
def add_finding(
    actor,
    *,
    year: int,
    rule: str,
    severity: str,
    title: str,
    detail: str,
    assumption: str = "",
    indicators: Iterable[str] = (),
    position: int = 0,
) -> Finding:
    """State a contradiction or an assumption of the year; `indicators` are the codes of the figures it is about."""
    key = {"year": year, "rule": rule, "title": title}
    values = {
        "severity": severity,
        "detail": detail,
        "assumption": assumption,
        "indicators": list(indicators),
        "position": position,
    }
    return put(Finding, key, values, actor=actor, label="Temuan")
