"""Models of the accounts app."""

from accounts.models.claim import NikClaim
from accounts.models.identifier import UserIdentifier
from accounts.models.institution import Institution
from accounts.models.membership import Membership
from accounts.models.sign_up import SignUp
from accounts.models.token import AccessToken
from accounts.models.user import User

__all__ = ["AccessToken", "Institution", "Membership", "NikClaim", "SignUp", "User", "UserIdentifier"]
