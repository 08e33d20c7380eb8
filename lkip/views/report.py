"""The page of a year, of one figure, and of the spending tree."""

from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import View

from core import clock, formats
from lkip import selectors
from lkip.enums import Level, Severity, Status
from lkip.figures import Figure, NoSuchYear, YearFigures, compute, settings_of
from lkip.models import ReportYear
from lkip.permissions import can_plan, can_see_evidence, can_see_report
from lkip.services.statistics import OUTSIDE, before_this_system

BAR_END = 140
COLOURS = {
    Status.REACHED: "green",
    Status.MISSED: "red",
    Status.WAITING: "yellow",
    Status.ZERO_TARGET: "yellow",
    Status.UNDEFINED: "yellow",
}
GROUPS = (
    ("Indikator tujuan", (Level.GOAL,)),
    ("Indikator kinerja utama", (Level.IKU,)),
    ("Indikator program", (Level.PROGRAMME,)),
    ("Angka pendamping", (Level.COMPANION,)),
    ("Angka pendukung", (Level.SUPPORT,)),
)


def figures_or_404(request: HttpRequest, year: int) -> YearFigures:
    """Compute the year for a reader who may see it; 403 without the right, 404 without the year."""
    if not can_see_report(request.user):
        raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
    try:
        return compute(year)
    except NoSuchYear as error:
        raise Http404(str(error)) from error


def settings_or_404(request: HttpRequest, year: int) -> ReportYear:
    """Return the year's settings for a reader who may see the report; 403 without the right, 404 without the year."""
    if not can_see_report(request.user):
        raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
    try:
        return settings_of(year)
    except NoSuchYear as error:
        raise Http404(str(error)) from error


def bar(capaian: Fraction | None) -> dict | None:
    """Return the achievement bar: its width in per cent of the scale 0–140 and whether it runs over."""
    if capaian is None:
        return None
    width = min(max(capaian, Fraction(0)), Fraction(BAR_END)) / BAR_END * 100
    return {"width": f"{float(width):.2f}%", "over": capaian > BAR_END, "below": capaian < 100}


def row(number: int, figure: Figure) -> dict:
    """Return what a table row shows of a figure."""
    return {
        "number": number,
        "figure": figure,
        "fraction": _fraction(figure),
        "bar": bar(figure.capaian),
        "status": Status(figure.status).label,
        "colour": COLOURS.get(figure.status, ""),
    }


def _fraction(figure: Figure) -> str:
    """Say the parts of a ratio of counts: "1.835 dari 2.047 kartu"."""
    indicator = figure.indicator
    if (
        indicator is None
        or indicator.formula != "RATIO"
        or figure.numerator is None
        or figure.denominator is None
    ):
        return ""
    unit = figure.denominator_of.unit
    return f"{formats.number(figure.numerator)} dari {formats.number(figure.denominator)} {unit}".strip()


def latest(request: HttpRequest) -> HttpResponse:
    """Lead to the newest prepared year."""
    if not can_see_report(request.user):
        raise PermissionDenied("LKIP dibuka untuk petugas dinas.")
    year = selectors.year_at_hand()
    return render(request, "lkip/empty.html") if year is None else redirect("lkip:year", year=year)


class YearPage(View):
    """All indicators of the year, efficiency, budget and findings."""

    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        """Show the year."""
        figures = figures_or_404(request, year)
        number = 0
        groups = []
        for title, levels in GROUPS:
            members = figures.of_level(*levels)
            groups.append((title, levels[0], [row(number + i, f) for i, f in enumerate(members, start=1)]))
            number += len(members)
        errors = [f for f in figures.findings if f.severity == Severity.ERROR]
        context = {
            "figures": figures,
            "groups": [group for group in groups if group[2]],
            "summary": selectors.iku_summary(figures),
            "means": figures.means,
            "running": year - clock.today().year,
            "years": selectors.report_years(),
            "errors_count": len(errors),
            "found_errors": errors,
            "found_others": [f for f in figures.findings if f.severity != Severity.ERROR],
            "may_open": can_see_evidence(request.user),
            "may_plan": can_plan(request.user),
        }
        return render(request, "lkip/year.html", context)


class FigurePage(View):
    """One figure with its definition, parts, target, achievement and the way to the records."""

    def get(self, request: HttpRequest, year: int, code: str) -> HttpResponse:
        """Show the figure, or 404."""
        figures = figures_or_404(request, year)
        figure = figures.find(code)
        if figure is None:
            raise Http404("Angka ini tidak ada pada tahun tersebut.")
        may_open = can_see_evidence(request.user)
        context = {
            "figures": figures,
            "figure": figure,
            "year": year,
            "row": row(1, figure),
            "parts": selectors.part_links(figure, year, may_open=may_open),
            "breakdowns": selectors.breakdowns(figure, year, may_open=may_open),
            "series": selectors.series(figure),
            "targets": _targets(figure),
            "may_open": may_open,
            "companions": _companions(figures, figure),
            "mean": next((each for each in figures.means if each.figure is figure), None),
            "may_plan": figure.indicator is not None and can_plan(request.user),
            "from_outside": figure.indicator is not None and figure.indicator.formula in OUTSIDE,
            "takes_published": figure.indicator is not None
            and figure.indicator.formula not in OUTSIDE
            and before_this_system(year - 1),
        }
        return render(request, "lkip/figure.html", context)


def _targets(figure: Figure) -> list:
    return list(figure.indicator.targets.all()) if figure.indicator else []


def _companions(figures: YearFigures, figure: Figure) -> list[Figure]:
    """Other ratios over the same denominator and objective: the same question asked by another rule."""
    own = figure.indicator
    if own is None or figure.denominator_of is None or own.objective_id is None:
        return []
    return [
        other
        for other in figures.figures.values()
        if other.code != figure.code
        and other.denominator_of == figure.denominator_of
        and other.indicator.objective_id == own.objective_id
    ]
