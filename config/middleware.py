"""Headers that neither Django nor django-csp sends."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
