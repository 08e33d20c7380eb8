"""The writes of the placement ledger."""

from placements.services.decisions import decide
from placements.services.erasure import forget_person
from placements.services.people import find_or_register, report_of
from placements.services.reports import (
    AlreadyReported,
    Change,
    JobStart,
    book_hire,
    change_report,
    report_placement,
)
from placements.services.self_reports import book, dismiss

__all__ = [
    "AlreadyReported",
    "Change",
    "JobStart",
    "book",
    "book_hire",
    "change_report",
    "decide",
    "dismiss",
    "find_or_register",
    "forget_person",
    "report_of",
    "report_placement",
]
