"""Models of the performance report."""

from lkip.models.budget import BudgetLine, PrintedAmount, SpendingType
from lkip.models.finding import Finding
from lkip.models.indicator import Indicator, IndicatorTarget
from lkip.models.plan import Goal, Objective, ReportYear
from lkip.models.statistic import ExternalStatistic

__all__ = [
    "BudgetLine",
    "ExternalStatistic",
    "Finding",
    "Goal",
    "Indicator",
    "IndicatorTarget",
    "Objective",
    "PrintedAmount",
    "ReportYear",
    "SpendingType",
]
