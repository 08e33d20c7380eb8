"""Headers that neither Django nor django-csp sends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from core.models.agency import NoAgency
from core.views import errors

FEATURES = "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class BrowserFeatures:
    """Closes the devices that no page uses; the camera stays open to our own pages (scanning a card)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to the response."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", FEATURES)
        return response


class OfficeNotSetUp:
    """Answers pages of a migrated but still empty installation with how to set it up, and not with an error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next handler."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Show the page for a missing office profile; every other exception goes its way."""
        return errors.page(request, 503, str(problem)) if isinstance(problem, NoAgency) else None
