"""Where a target comes from: each value it had, with document, day, person and reason; and whether it came too late.

A target is *late* when the day on which it was set lies after the end of its year, or after the day on which the
year's result was recorded: whoever knew the result could write the target to fit it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from core import clock
from core.models.workflow import WorkflowLog
from lkip.enums import TargetDocument
from lkip.models import ExternalStatistic, IndicatorTarget, PlanDocument


@dataclass(frozen=True)
class Step:
    """One value of a target. ``set_on`` is the document's day, ``written_on`` the day it was typed in here."""

    document: str
    value: Decimal
    category: str
    set_on: date | None
    written_on: date
    by: str
    reason: str
    decree: str
    late: str = ""

    @property
    def effective(self) -> date:
        """The day that counts: when the document set it, else when it was written."""
        return self.set_on or self.written_on


@dataclass(frozen=True)
class Lineage:
    """The whole way of one target, oldest value first."""

    target: IndicatorTarget
    document: PlanDocument | None
    steps: tuple[Step, ...]

    @property
    def late(self) -> str:
        """Why the value in force came too late, or ""."""
        return self.steps[-1].late if self.steps else ""


def too_late(day: date, year: int, result_on: date | None) -> str:
    """Say why a target set on `day` came after its result, or return ""."""
    if day > date(year, 12, 31):
        return f"ditetapkan setelah tahun {year} berakhir"
    if result_on is not None and day > result_on:
        return "ditetapkan setelah hasilnya dicatat"
    return ""


def _day(moment) -> date:
    return clock.local(moment).date()


def _logged(model, uids: Iterable) -> dict[tuple[UUID, int], WorkflowLog]:
    """Return {(record, version): its log row}: the log knows who wrote and when, whoever the history names."""
    rows = WorkflowLog.objects.filter(model=model._meta.label_lower, object_uid__in=list(uids))
    return {(row.object_uid, row.version): row for row in rows}


def result_days(indicators: Iterable[int], years: Iterable[int]) -> dict[tuple[int, int], date]:
    """Return {(indicator, year): day on which its outside value was first recorded}; two statements."""
    rows = list(
        ExternalStatistic.objects.filter(indicator_id__in=set(indicators), year__in=set(years)).values_list(
            "uid", "indicator_id", "year"
        )
    )
    logged = _logged(ExternalStatistic, (uid for uid, _, _ in rows))
    return {(i, y): _day(logged[uid, 1].at) for uid, i, y in rows if (uid, 1) in logged}


def lineages(targets: Iterable[IndicatorTarget]) -> list[Lineage]:
    """Return the lineage of each target, by five statements however many there are."""
    targets = list(targets)
    results = result_days((t.indicator_id for t in targets), (t.year for t in targets))
    documents = documents_of(t.year for t in targets)
    logged = _logged(IndicatorTarget, (t.uid for t in targets))
    history: dict[int, list] = {}
    rows = IndicatorTarget.history.model.objects.filter(id__in=[t.pk for t in targets])
    for row in rows.order_by("id", "version", "history_id"):
        history.setdefault(row.id, []).append(row)
    return [
        Lineage(
            target,
            documents.get((target.document, target.year)),
            _steps(
                target, history.get(target.pk, []), logged, results.get((target.indicator_id, target.year))
            ),
        )
        for target in targets
    ]


def _steps(target: IndicatorTarget, rows: list, logged: dict, result_on: date | None) -> tuple[Step, ...]:
    """Keep the versions that changed value or predicate.

    A value that changed while the document's day stayed the same counts from the day it was typed.
    """
    steps: list[Step] = []
    dated: date | None = None
    for row in rows:
        if steps and (row.value, row.category) == (steps[-1].value, steps[-1].category):
            dated = row.entered_on
            continue
        line = logged.get((target.uid, row.version))
        set_on = row.entered_on if not steps or row.entered_on != dated else None
        dated = row.entered_on
        step = Step(
            document=TargetDocument(target.document).label,
            value=row.value,
            category=row.category,
            set_on=set_on,
            written_on=_day(line.at if line else row.history_date),
            by=line.actor_name if line else "",
            reason=row.reason,
            decree=row.decree,
        )
        steps.append(replace(step, late=too_late(step.effective, target.year, result_on)))
    return tuple(steps)


def documents_of(years: Iterable[int]) -> dict[tuple[str, int], PlanDocument]:
    """Return {(kind, year): document of the whole office} for each of the years that a document covers."""
    wanted = set(years)
    found = {}
    for document in PlanDocument.objects.filter(unit=None):
        for year in range(document.year, document.to_year + 1):
            if year in wanted:
                found[document.kind, year] = document
    return found
