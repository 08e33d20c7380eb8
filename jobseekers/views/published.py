"""The published files: public, the same for everybody, kept by browsers and proxies."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition, require_safe

from jobseekers import published


def _etag(request: HttpRequest, name: str) -> str:
    return f'"{hashlib.sha256(published.as_file(name)).hexdigest()[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=_etag)
def published_file(request: HttpRequest, name: str) -> HttpResponse:
    """The keys or the list of cards that ended early. Any site may read them: they are made for other readers."""
    response = HttpResponse(published.as_file(name), content_type="application/json; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={published.KEEP}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
