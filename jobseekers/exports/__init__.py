"""The tables of the room and their exports."""

from jobseekers.exports.lists import (
    ELSEWHERE,
    ApplicationTable,
    BreachTable,
    CardTable,
    DataRequestTable,
    PersonTable,
    person_filters,
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
