"""The tables of the room and their exports."""

from jobseekers.exports.filters import ELSEWHERE, person_filters
from jobseekers.exports.lists import (
    ApplicationTable,
    BreachTable,
    CardTable,
    DataRequestTable,
    PersonTable,
)
from jobseekers.exports.prints import CardPrintTable
from jobseekers.exports.reporting import HolderReportTable
from jobseekers.exports.visits import SlotTable, VisitTable

__all__ = [
    "ELSEWHERE",
    "ApplicationTable",
    "BreachTable",
    "CardPrintTable",
    "CardTable",
    "DataRequestTable",
    "HolderReportTable",
    "PersonTable",
    "SlotTable",
    "VisitTable",
    "person_filters",
]
