"""The home page of each role: what waits, oldest first."""

from portal.homes.parts import Home
from portal.homes.registry import home_for, roles_of

__all__ = ["Home", "home_for", "roles_of"]
