"""Models of the performance report."""

from lkip.models.budget import (
    BudgetFunding,
    BudgetLine,
    BudgetProgress,
    IncomeLine,
    PrintedAmount,
    ProgrammeShare,
    SpendingType,
)
from lkip.models.documents import Baseline, PlanDocument, PlannedBudget, QuarterTarget
from lkip.models.edition import Edition, EditionFile, FrozenEvidence, ReviewAnswer, SelfAssessment
from lkip.models.finding import Finding
from lkip.models.indicator import Indicator, IndicatorTarget, IndicatorVersion
from lkip.models.narrative import AcceptedWarning, Draft, Photograph, Section
from lkip.models.plan import Goal, Objective, ReportYear
from lkip.models.review import NoteFile, QuarterLock, QuarterNote
from lkip.models.scale import Band, BandScale
from lkip.models.statistic import ExternalStatistic, RegionalStatistic, RegisterStart
from lkip.models.strategy import CrossCutting, StaffMember, Statement, Unit

__all__ = [
    "AcceptedWarning",
    "Band",
    "BandScale",
    "Baseline",
    "BudgetFunding",
    "BudgetLine",
    "BudgetProgress",
    "CrossCutting",
    "Draft",
    "Edition",
    "EditionFile",
    "ExternalStatistic",
    "Finding",
    "FrozenEvidence",
    "Goal",
    "IncomeLine",
    "Indicator",
    "IndicatorTarget",
    "IndicatorVersion",
    "NoteFile",
    "Objective",
    "Photograph",
    "PlanDocument",
    "PlannedBudget",
    "PrintedAmount",
    "ProgrammeShare",
    "QuarterLock",
    "QuarterNote",
    "QuarterTarget",
    "RegionalStatistic",
    "RegisterStart",
    "ReportYear",
    "ReviewAnswer",
    "Section",
    "SelfAssessment",
    "SpendingType",
    "StaffMember",
    "Statement",
    "Unit",
]
