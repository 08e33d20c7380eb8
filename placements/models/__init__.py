"""Models of the placement ledger."""

from placements.models.institution import MigrantAgency, SchoolJobExchange
from placements.models.placement import Placement
from placements.models.report import ChannelReport

__all__ = ["ChannelReport", "MigrantAgency", "Placement", "SchoolJobExchange"]
