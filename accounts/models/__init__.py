"""Models of the accounts app."""

from accounts.models.institution import Institution
from accounts.models.membership import Membership
from accounts.models.user import User

__all__ = ["Institution", "Membership", "User"]
