"""Emptying the cache of one test process. `cache.clear()` would empty the Redis that all of them share."""

from django.conf import settings
from django.core.cache import cache, caches


def forget_all() -> None:
    """Take away what this process has kept, in the cache of the test and in those of its threads."""
    backend = caches["default"]
    if not settings.REDIS_URL:
        cache.clear()
        return
    client = backend._cache.get_client(None, write=True)
    for key in client.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}*", count=1000):
        client.delete(key)
