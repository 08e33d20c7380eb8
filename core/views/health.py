"""Is the process alive, and can it do its work: asked by supervisors and load balancers, without signing in."""

import logging
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import jobs

logger = logging.getLogger(__name__)


class NotReadyError(Exception):
    """A part that answers, but not with what is needed."""


@require_safe
@never_cache
@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process can answer at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, migrations, cache and broker are there, else 503 with the part that is not.

    Says nothing but "ok" or "fail" a part; the cause goes to the log.
    """
    parts = {name: _try(name, check) for name, check in CHECKS.items()}
    return JsonResponse(parts, status=200 if set(parts.values()) == {"ok"} else 503)


def _try(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:
        logger.exception("not ready: %s", name)
        return "fail"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


_migrated = False


def _migrations() -> None:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReadyError("migrations are missing")
        _migrated = True


def _cache() -> None:
    cache.get("readyz")


CHECKS: dict[str, Callable[[], object]] = {
    "database": _database,
    "migrations": _migrations,
    "cache": _cache,
    "queue": jobs.waiting_in_broker,
}
