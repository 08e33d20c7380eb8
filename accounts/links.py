"""Full addresses for mails."""

from django.conf import settings
from django.http import HttpRequest


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """Return the full address of a path: on SITE_URL when it is set, else on the host that the request came to.

    The worker has no request; without SITE_URL it names this machine, at the port that the site listens on (BIND).
    """
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/") + path
    return request.build_absolute_uri(path) if request is not None else settings.LOCAL_URL + path
