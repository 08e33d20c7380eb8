"""Tells the phone whose page it got, so that it never keeps one person's card for another."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

HEADER = "X-Pemegang"
NOBODY = "-"


def key_of(user) -> str:
    """A key of the signed-in person that tells nothing about them; "-" for nobody."""
    if not user.is_authenticated:
        return NOBODY
    return salted_hmac("portal.middleware.holder", str(user.uid)).hexdigest()[:16]


class HolderKey:
    """Adds the key to every answer for which somebody asked who is signed in; asks nothing itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to the response."""
        response = self.get_response(request)
        known = getattr(request, "_cached_user", None)
        if known is not None:
            response.headers.setdefault(HEADER, key_of(request.user))
        return response
