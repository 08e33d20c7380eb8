"""The APIP checklist as data: its groups, items and the system's own check of each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

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
