"""Where a request came from; asked by the audit trail and by the rate limits alike."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest | None) -> str | None:
    """Return the address of the client, or None when nothing usable is told (a Unix socket without a header).

    Behind TRUSTED_PROXY_COUNT proxies it is the entry of X-Forwarded-For that the outermost of them wrote; whatever
    the client itself put further left is never believed.
    """
    if request is None:
        return None
    count = settings.TRUSTED_PROXY_COUNT
    hops = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = hops[-count] if count and len(hops) >= count else ""
    for candidate in (told, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(candidate.partition("%")[0]))
        except ValueError:
            continue
    return None
