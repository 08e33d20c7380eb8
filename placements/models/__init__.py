"""Models of the placement ledger."""

from placements.models.institution import MigrantAgency, SchoolJobExchange
from placements.models.placement import Placement
from placements.models.report import ChannelReport
from placements.models.self_report import SelfReport

__all__ = ["ChannelReport", "MigrantAgency", "Placement", "SchoolJobExchange", "SelfReport"]
