"""Files of a year: its figures for machines."""

import json

from django.http import Http404, HttpRequest, HttpResponse

from lkip.exports import figure_rows, figures_csv, figures_xlsx
from lkip.views.report import figures_or_404

TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def attachment(body: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file to be saved."""
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def figures_file(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """Return every figure of the year as JSON, CSV or XLSX."""
    if format not in TYPES:
        raise Http404("Bentuk berkas ini tidak ada.")
    rows = figure_rows(figures_or_404(request, year))
    if format == "json":
        body = json.dumps(rows, ensure_ascii=False, indent=1).encode()
    else:
        body = figures_csv(rows) if format == "csv" else figures_xlsx(rows, year)
    return attachment(body, TYPES[format], f"lkip-{year}-angka.{format}")
