"""Writes of the year while it runs: notes of a quarter, their evidence, closing and opening a quarter."""

from core.errors import Refused
from lkip.models import QuarterLock

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


class QuarterClosed(Refused):
    """The quarter is locked."""


def quarter_of(month: int) -> int:
    """Return the quarter (1–4) that a month (1–12) belongs to."""
    return (month + 2) // 3


def is_locked(year: int, quarter: int) -> bool:
    """Whether the quarter is closed."""
    return QuarterLock.objects.filter(year=year, quarter=quarter, locked=True).exists()


def refuse_locked(year: int, quarter: int) -> None:
    """Raise QuarterClosed when nothing of this quarter may change any more."""
    if is_locked(year, quarter):
        raise QuarterClosed(
            f"Triwulan {ROMAN[quarter]} {year} sudah dikunci. Perencana dapat membukanya dengan alasan."
        )
