"""The APIP checklist: its groups and items as data, the system's own check of each, and what was answered."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Max

from core.models.workflow import WorkflowLog
from lkip.models import Edition, ReviewAnswer

SOURCE = Path(__file__).resolve().parent / "data" / "review_checklist.yaml"


@dataclass(frozen=True)
class Item:
    """One statement that the reviewer answers; `proof` names the check of `lkip.proofs` that answers it from data."""

    key: str
    text: str
    proof: str = ""


@dataclass(frozen=True)
class Group:
    """Items under one title."""

    title: str
    items: tuple[Item, ...]


@cache
def groups() -> tuple[Group, ...]:
    """Return the checklist in printed order."""
    listed = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["groups"]
    return tuple(Group(group["title"], tuple(Item(**item) for item in group["items"])) for group in listed)


def items() -> list[tuple[str, str]]:
    """Return (key, text) of every item."""
    return [(item.key, item.text) for group in groups() for item in group.items]


def has(key: str) -> bool:
    """Whether the checklist has an item of this key."""
    return any(key == known for known, _ in items())


def answers(edition: Edition) -> tuple[dict[str, ReviewAnswer], dict[str, ReviewAnswer]]:
    """Return the answers of the checklist by item: those of this review, and those of a review before it.

    An edition that was sent back is reviewed anew: what was answered then is asked again. Which is which is told by
    the log, where every answer stands before or after the step that sent the edition back.
    """
    rows = {row.uid: row for row in edition.answers.all()}
    sent_back = WorkflowLog.objects.of(edition).filter(transition="return_").aggregate(last=Max("pk"))["last"]
    if sent_back is None:
        return {row.item: row for row in rows.values()}, {}
    given_since = WorkflowLog.objects.filter(
        model=ReviewAnswer._meta.label_lower, object_uid__in=rows, pk__gt=sent_back
    )
    since = set(given_since.values_list("object_uid", flat=True))
    now = {row.item: row for uid, row in rows.items() if uid in since}
    return now, {row.item: row for uid, row in rows.items() if uid not in since}
