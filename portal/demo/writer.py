"""Writes many records at once, each with the steps that led to its state.

A service call a row would take minutes. Rows go through `core.bulk`, which writes history and the last line of the
log; the lines before it follow from the steps given here, so that a record's page tells the whole way.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from core import bulk, clock
from core.models.workflow import WorkflowLog


@dataclass(frozen=True)
class Step:
    """One line of a record's log: when, what, and by whom (None: the system)."""

    at: dt.datetime
    label: str
    actor: object = None
    transition: str = ""
    source: str = ""
    target: str = ""
    comment: str = ""


def at(day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
    """Return a moment of `day` in the office's time."""
    return dt.datetime.combine(day, dt.time(hour, minute), clock.ZONE)


def _line(obj, version: int, step: Step) -> WorkflowLog:
    return WorkflowLog(
        model=obj._meta.label_lower,
        object_uid=obj.uid,
        version=version,
        transition=step.transition,
        label=step.label,
        source=step.source,
        target=step.target,
        actor=step.actor,
        actor_name=str(getattr(step.actor, "full_name", "") or ""),
        comment=step.comment,
        comment_required=bool(step.comment),
        at=step.at,
    )


def write(model, made: Iterable[tuple[object, list[Step]]]) -> list:
    """Insert records of `model`, each with its steps (oldest first, at least one); return them in the given order.

    A record's version is the number of its steps. Records whose last step is the same are written together, with
    the clock held at that step.
    """
    made = list(made)
    groups: dict[tuple, list] = defaultdict(list)
    earlier: list[WorkflowLog] = []
    for obj, steps in made:
        obj.version = len(steps)
        last = steps[-1]
        groups[(last.at, last.label, getattr(last.actor, "pk", None))].append((obj, last))
        earlier += [_line(obj, version, step) for version, step in enumerate(steps[:-1], 1)]
    for (moment, label, _), rows in sorted(groups.items(), key=lambda item: str(item[0])):
        with clock.frozen(moment):
            bulk.create(model, [obj for obj, _ in rows], actor=rows[0][1].actor, reason=label)
    bulk.create(WorkflowLog, earlier, actor=None, reason="")
    return [obj for obj, _ in made]
