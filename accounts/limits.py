"""Rate limits: a fixed window on the cache, counted by an atomic increment.

What is counted (an address, an e-mail, a NIK) is hashed with the installation's key before it becomes a cache key.
"""

import ipaddress
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import HttpRequest

from core import addresses, clock
from core.personal import blind_index

MINUTE, HOUR, DAY = 60, 3600, 86400


class TooManyRequests(Exception):
    """The limit is reached; `retry_after` seconds are left of the window. Answered with the page 429."""

    def __init__(self, retry_after: int) -> None:
        """Keep the seconds that are left."""
        super().__init__(f"limit reached, {retry_after} s left")
        self.retry_after = retry_after


def client_ip(request: HttpRequest) -> str:
    """Return the address that the limits count by; all that is not told shares the count of 0.0.0.0."""
    return addresses.client_ip(request) or "0.0.0.0"  # noqa: S104 - stands for "no address", nothing is bound to it


def network_of(address: str) -> str:
    """Return what one household or school has in common: the IPv4 address, or the /64 network of an IPv6 address."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)


def count(scope: str, who: str, *, limit: int, window: int) -> None:
    """Count one event of `who` in the running window of `window` seconds; raise TooManyRequests above `limit`."""
    moment = int(clock.machine_now().timestamp())
    slot, passed = divmod(moment, window)
    key = f"limit:{scope}:{blind_index(f'{scope}:{who}').hex()}:{slot}"
    cache.add(key, 0, timeout=window)
    try:
        hits = cache.incr(key)
    except ValueError:  # the key ran out between the two calls: the window has just ended
        cache.set(key, 1, timeout=window)
        hits = 1
    if hits > limit:
        raise TooManyRequests(window - passed)


def limit_posts(scope: str, *, limit: int, window: int) -> Callable:
    """Decorate a view: at most `limit` POSTs in `window` seconds from one network."""

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs):
            if request.method == "POST":
                count(scope, network_of(client_ip(request)), limit=limit, window=window)
            return view(request, *args, **kwargs)

        return guarded

    return decorate
