"""Models of the disputes app."""

from disputes.models.case import DisputeCase
from disputes.models.deadline import CaseDeadline

__all__ = ["CaseDeadline", "DisputeCase"]
