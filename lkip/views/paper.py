"""The whole report of a year: what it will hold, what is still empty, and its files."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from lkip import report
from lkip.report.model import Document
from lkip.report.outline import ANALYSIS, CHAPTER, Place
from lkip.views.documents import TYPES, attachment
from lkip.views.report import figures_or_404

FILES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": TYPES["xlsx"],
    "json": TYPES["json"],
}
CHOICES = (
    ("pdf", "PDF", "untuk dicetak dan dibaca"),
    ("docx", "Word", "untuk dilengkapi"),
    ("xlsx", "Excel", "semua tabel dengan rumusnya"),
    ("json", "JSON", "untuk mesin"),
)


class PaperPage(View):
    """The contents of the report with what is empty or faulty, and the files."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the contents of the draft."""
        figures = figures_or_404(request, year)
        document, empty = report.build_with_gaps(figures)
        faults: dict[str, int] = {}
        for fault in document.faults:
            faults[fault.place] = faults.get(fault.place, 0) + 1
        places = [place for place in report.outline(year) if place.level < ANALYSIS]
        context = {
            "year": year,
            "choices": CHOICES,
            "lines": [_line(place, place.title in empty, _faults(place, faults)) for place in places],
            "faults": document.faults[:50],
            "faults_count": len(document.faults),
            "empty_count": len(empty),
            "counts": _counts(document),
        }
        return render(request, "lkip/paper.html", context)


def _line(place: Place, empty: bool, faults: int) -> dict:
    return {"place": place, "chapter": place.level == CHAPTER, "empty": empty, "faults": faults}


def _faults(place: Place, faults: dict[str, int]) -> int:
    """The faults of a place, of its analyses too."""
    return sum(count for key, count in faults.items() if key == place.key or key.startswith(f"{place.key}."))


def _counts(document: Document) -> dict[str, int]:
    return {
        "figures": len(document.figures),
        "tables": len(document.tables()),
        "pictures": len(document.pictures()),
        "interim": sum(bool(entry.interim) for entry in document.figures.values()),
    }


def paper_file(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """Return the draft of the whole report as PDF, DOCX, XLSX or JSON."""
    if format not in FILES:
        raise Http404("Bentuk berkas ini tidak ada.")
    document = report.build(figures_or_404(request, year))
    if format == "json":
        body = json.dumps(report.to_json(document), ensure_ascii=False, sort_keys=True).encode()
    else:
        body = report.render(document, format)
    return attachment(body, FILES[format], f"lkip-{year}-rancangan.{format}")
