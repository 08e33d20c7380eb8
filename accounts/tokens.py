"""Signing in to the API by an access token, instead of the site's session."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts import limits
from accounts.models import AccessToken, User
from accounts.services.tokens import owner_of
from core.workflow import NotAllowed

KEYWORD = b"bearer"
WRONG_IN_A_MINUTE = 20
"""So many wrong tokens of one network are looked at in a minute."""


class BearerToken(BaseAuthentication):
    """``Authorization: Bearer …``. A wrong token is 401, also where a session would do; reading needs no CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        """Return owner and token; None when no token was sent.

        Raises AuthenticationFailed, TooManyRequests, and NotAllowed for a write by a token that only reads.
        """
        parts = get_authorization_header(request).split()
        if not parts or parts[0].lower() != KEYWORD:
            return None
        text = parts[1].decode("latin-1") if len(parts) == 2 else ""
        found = owner_of(text) if text else None
        if found is None:
            network = limits.network_of(limits.client_ip(request))
            limits.count("api-token", network, limit=WRONG_IN_A_MINUTE, window=limits.MINUTE)
            raise exceptions.AuthenticationFailed
        if not found.may_write and not _reads(request):
            raise NotAllowed("Token ini hanya untuk membaca. Tidak ada yang berubah.")
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Name the way, so that the answer is 401 and not 403."""
        return "Bearer"


def _reads(request: Request) -> bool:
    """Whether nothing changes by the request; a view that reads by POST says so (`only_reads`)."""
    return request.method in SAFE_METHODS or getattr(request.parser_context.get("view"), "only_reads", False)


def by_token(request: Request) -> bool:
    """Whether the request came by a token and not by a session."""
    return isinstance(request.auth, AccessToken)


class BearerScheme(OpenApiAuthenticationExtension):
    """Tells the schema of the token."""

    target_class = "accounts.tokens.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema) -> dict:
        """A bearer token."""
        return {"type": "http", "scheme": "bearer"}
