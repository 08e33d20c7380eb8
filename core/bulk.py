"""The one place that creates many records at once: history and log are written with them."""

from collections.abc import Iterable

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from core import clock
from core.models.workflow import WorkflowLog

BATCH = 500


@transaction.atomic
def create(model, objs: Iterable, *, actor, reason: str) -> list:
    """Insert `objs` of `model` with their first history row and, for records, their first log row.

    For imports and the demo, where one service call a row would take minutes. `reason` is what the history
    shows. Returns the objects with their keys. Rules that services check must have been checked before.
    """
    objs = list(objs)
    if not objs:
        return []
    if hasattr(model, "history"):
        created = bulk_create_with_history(
            objs, model, batch_size=BATCH, default_user=actor, default_change_reason=reason[:100]
        )
    else:
        created = model._default_manager.bulk_create(objs, batch_size=BATCH)
    if hasattr(model, "uid") and hasattr(model, "version"):
        _log(model, created, actor=actor, reason=reason)
    return created


def _log(model, objs: list, *, actor, reason: str) -> None:
    now = clock.now()
    name = str(getattr(actor, "full_name", "") or "")[:150]
    WorkflowLog.objects.bulk_create(
        [
            WorkflowLog(
                model=model._meta.label_lower,
                object_uid=obj.uid,
                version=obj.version,
                label=reason[:120],
                actor=actor,
                actor_name=name,
                at=now,
            )
            for obj in objs
        ],
        batch_size=BATCH,
    )
