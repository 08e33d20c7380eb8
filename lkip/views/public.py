"""What everybody may see: published editions, their figures, files and data."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import files
from lkip import editions
from lkip.enums import EditionState, Level
from lkip.exports import figures_csv, frozen_rows
from lkip.models import Edition

SHOWN = (
    ("Indikator tujuan", Level.GOAL),
    ("Indikator kinerja utama", Level.IKU),
    ("Rata-rata capaian", "MEAN"),
    ("Indikator program", Level.PROGRAMME),
    ("Angka pendamping", Level.COMPANION),
)


def _edition_or_404(slug: str) -> Edition:
    """A published edition, or one that a newer one replaced; drafts are nobody's."""
    edition = Edition.objects.filter(slug=slug, published_at__isnull=False).first()
    if edition is None:
        raise Http404("Laporan ini tidak ada atau belum terbit.")
    return edition


@login_not_required
@require_GET
def published(request: HttpRequest) -> HttpResponse:
    """The list of published reports."""
    return render(request, "lkip/public_list.html", {"editions": editions.public()})


@login_not_required
@require_GET
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One published edition: what the QR on the paper leads to."""
    found = _edition_or_404(slug)
    rows = found.content["figures"]
    newer = None
    if found.state == EditionState.RESTATED:
        newer = Edition.objects.defer("content").filter(previous=found, published_at__isnull=False).first()
    context = {
        "edition": found,
        "groups": [
            (title, group) for title, level in SHOWN if (group := [r for r in rows if r["level"] == level])
        ],
        "files": list(found.files.all()),
        "newer": newer,
        "intact": editions.intact(found),
        "restated": editions.against_previous(found),
        "count": len(rows),
    }
    return render(request, "lkip/public_edition.html", context)


@login_not_required
@require_GET
def edition_file(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """A file of a published edition, byte for byte as it was published."""
    held = _edition_or_404(slug).files.filter(format=format).select_related("file").first()
    if held is None:
        raise Http404("Berkas ini tidak ada.")
    return FileResponse(
        files.open_file(held.file),
        as_attachment=True,
        filename=held.file.name,
        content_type=held.file.content_type,
    )


@login_not_required
@require_GET
def edition_data(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The figures of a published edition as JSON or CSV."""
    found = _edition_or_404(slug)
    rows = frozen_rows(found.content["figures"])
    if format == "csv":
        response = HttpResponse(figures_csv(rows), content_type="text/csv; charset=utf-8")
    elif format == "json":
        body = {
            "year": found.year,
            "edition": found.number,
            "fingerprint": found.fingerprint,
            "figures": rows,
        }
        response = HttpResponse(
            json.dumps(body, ensure_ascii=False, indent=1), content_type="application/json"
        )
    else:
        raise Http404("Bentuk data ini tidak ada.")
    response["Content-Disposition"] = (
        f'attachment; filename="lkip-{found.year}-edisi-{found.number}-angka.{format}"'
    )
    return response
