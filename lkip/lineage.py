"""Where a target comes from: each value it had, with document, day, person and reason; and whether it came too late.

A target is *late* when the day on which it was set lies after the end of its year, or after the day on which the
year's result was recorded: whoever knew the result could write the target to fit it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core import clock
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


def result_days(indicators: Iterable[int], years: Iterable[int]) -> dict[tuple[int, int], date]:
    """Return {(indicator, year): day on which its outside value was first recorded}."""
    rows = ExternalStatistic.objects.filter(indicator_id__in=set(indicators), year__in=set(years))
    return {(i, y): _day(at) for i, y, at in rows.values_list("indicator_id", "year", "created_at")}


def lineages(targets: Iterable[IndicatorTarget]) -> list[Lineage]:
    """Return the lineage of each target, by four statements however many there are."""
    targets = list(targets)
    results = result_days((t.indicator_id for t in targets), (t.year for t in targets))
    documents = documents_of(t.year for t in targets)
    history: dict[int, list] = {}
    model = IndicatorTarget.history.model
    for row in (
        model.objects.filter(id__in=[t.pk for t in targets])
        .select_related("history_user")
        .order_by("id", "history_date", "history_id")
    ):
        history.setdefault(row.id, []).append(row)
    return [
        Lineage(
            target,
            documents.get((target.document, target.year)),
            _steps(target, history.get(target.pk, []), results.get((target.indicator_id, target.year))),
        )
        for target in targets
    ]


def _steps(target: IndicatorTarget, rows: list, result_on: date | None) -> tuple[Step, ...]:
    """Keep the rows that changed value or predicate; a changed value without a new document's day counts as written."""
    steps: list[Step] = []
    dated: date | None = None
    for row in rows:
        if steps and (row.value, row.category) == (steps[-1].value, steps[-1].category):
            continue
        written = _day(row.history_date)
        set_on = row.entered_on if not steps or row.entered_on != dated else None
        dated = row.entered_on
        step = Step(
            document=TargetDocument(target.document).label,
            value=row.value,
            category=row.category,
            set_on=set_on,
            written_on=written,
            by=str(getattr(row.history_user, "full_name", "") or ""),
            reason=row.reason,
            decree=row.decree,
        )
        late = too_late(step.effective, target.year, result_on)
        steps.append(Step(**{**vars(step), "late": late}))
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
