"""The one place that creates many records at once: history and log are written with them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from core import clock
from core.models.workflow import WorkflowLog

BATCH = 500


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


def create(model, objs: Iterable, *, actor, reason: str) -> list:
    """Insert `objs` of `model`, made now by `actor`, with their first history row and their first log row.

    For imports, where one service call a row would take minutes. `reason` is what history and log show. Returns the
    objects with their keys. Rules that services check must have been checked before.
    """
    now = clock.now()
    return write(model, [(obj, [Step(now, reason, actor)]) for obj in objs])


_listeners: dict[type, dict[str, Callable[[list], object]]] = {}


def after_write(model, name: str, listener: Callable[[list], object]) -> None:
    """Call `listener` with the records of every bulk write of `model`, inside its transaction; once a name."""
    _listeners.setdefault(model, {})[name] = listener


@transaction.atomic
def write(model, made: Iterable[tuple[object, list[Step]]]) -> list:
    """Insert records of `model`, each with the steps that led to its state (oldest first, at least one).

    A record's version is the number of its steps; its times and its history row are those of the last. Models
    without version get no log, models without history no history row. Returns the records in the given order.
    """
    made = list(made)
    if not made:
        return []
    logged = hasattr(model, "uid") and hasattr(model, "version")
    for obj, steps in made:
        last = steps[-1]
        obj._history_date, obj._history_user, obj._change_reason = last.at, last.actor, last.label[:100]
        if logged:
            obj.version = len(steps)
    objs = [obj for obj, _ in made]
    if hasattr(model, "history"):
        created = bulk_create_with_history(objs, model, batch_size=BATCH)
    else:
        created = model._default_manager.bulk_create(objs, batch_size=BATCH)
    if logged:
        lines = [_line(obj, n, step) for obj, steps in made for n, step in enumerate(steps, 1)]
        WorkflowLog.objects.bulk_create(lines, batch_size=BATCH)
    for obj in objs:
        del obj._history_date, obj._history_user, obj._change_reason
    for listener in _listeners.get(model, {}).values():
        listener(created)
    return created


def _line(obj, version: int, step: Step) -> WorkflowLog:
    return WorkflowLog(
        model=obj._meta.label_lower,
        object_uid=obj.uid,
        version=version,
        transition=step.transition,
        label=step.label[:120],
        source=step.source,
        target=step.target,
        actor=step.actor,
        actor_name=str(getattr(step.actor, "full_name", "") or "")[:150],
        comment=step.comment,
        comment_required=bool(step.comment),
        at=step.at,
    )
