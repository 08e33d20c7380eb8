"""The recap: people, applications and cards by place, education, age, sex and origin; each number opens its list."""

from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock
from core.db import snapshot
from core.measures import Period
from core.models.agency import AgencyProfile
from core.models.reference import Region, RegionLevel
from jobseekers import papers
from jobseekers.enums import Origin, Sex
from jobseekers.permissions import can_read_cards, can_read_people, can_see_recap
from jobseekers.recap import (
    CARDS,
    PEOPLE,
    STATES,
    WHAT,
    Recap,
    bars,
    cube_of,
    pyramid,
    recap_paper,
    span_words,
)
from jobseekers.views.spans import Asked, asked_span

FORMATS = {"xlsx": "Excel", "pdf": "PDF"}
BARS, TABLES = "bagan", "tabel"
SHAPES = {BARS: ("Bagan", "chart"), TABLES: ("Tabel", "table")}


def period_links(kept: dict[str, str], span: tuple[date, date] | None) -> list[dict]:
    """Links to today, this month and this year, with everything else kept."""
    today = clock.today()
    month = Period.month(today.year, today.month)
    spans = {
        "Hari ini": (today, today),
        "Bulan ini": (month.start, month.end),
        "Tahun ini": (date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    return [
        {"label": label, "url": _address(kept, wanted), "current": span == wanted}
        for label, wanted in spans.items()
    ]


def _address(kept: dict[str, str], span: tuple[date, date] | None, **more: str) -> str:
    """This page with these filters and days; what is empty is left out."""
    days = {"dari": span[0].isoformat(), "sampai": span[1].isoformat()} if span else {}
    asked = {**kept, **days, **more}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _shapes(kept: dict[str, str], span: tuple[date, date] | None) -> list[dict]:
    """The two views of the same numbers."""
    now = kept.get("bentuk", BARS)
    return [
        {
            "label": label,
            "icon": icon,
            "url": _address(kept, span, bentuk="" if key == BARS else key),
            "current": key == now,
        }
        for key, (label, icon) in SHAPES.items()
    ]


def export_links(kept: dict[str, str], span: tuple[date, date] | None) -> list[dict]:
    """Both files of exactly these filters and days."""
    return [
        {"label": label, "url": _address(kept, span, format=name, bentuk="")}
        for name, label in FORMATS.items()
    ]


def _filter_words(picked: dict[str, str], districts: list[Region]) -> list[str]:
    names = {
        "kecamatan": {row.code: row.name for row in districts},
        "jk": dict(Sex.choices),
        "asal": dict(Origin.choices),
    }
    titles = {"kecamatan": "Kecamatan", "jk": "Jenis kelamin", "asal": "Asal"}
    return [f"{titles[key]}: {names[key][value]}" for key, value in picked.items()]


@require_safe
def recap(request: HttpRequest) -> HttpResponse:
    """Number first, then the tables; filters live in the URL; one snapshot for all numbers of the page."""
    if not can_see_recap(request.user):
        raise PermissionDenied("Rekap ini bukan untuk peran Anda.")
    measure = request.GET.get("ukuran", "")
    measure = measure if measure in WHAT else PEOPLE
    asked = asked_span(request, measure)
    span = asked.span
    home = AgencyProfile.current().region_id
    districts = list(Region.objects.filter(level=RegionLevel.DISTRICT, parent=home).order_by("name"))
    known = {"kecamatan": {row.code for row in districts}, "jk": set(Sex.values)}
    if measure != PEOPLE:
        known["asal"] = set(Origin.values)
    picked = {key: request.GET[key] for key, values in known.items() if request.GET.get(key) in values}
    if asked.errors:
        return _unreadable(request, asked, measure=measure, picked=picked, districts=districts)
    with snapshot():
        built = _built(request, measure, span, picked)
        tables = built.tables()
    if request.GET.get("format") in FORMATS:
        words = _filter_words(picked, districts)
        paper = recap_paper(built, tables, measure=measure, span=span, filters=words)
        return papers.download(paper, request.GET["format"], request=request)
    shape = request.GET.get("bentuk", "")
    shape = shape if shape in SHAPES else BARS
    kept = {"ukuran": measure, **picked, **({"bentuk": shape} if shape != BARS else {})}
    context = {
        "measure": measure,
        "what": WHAT,
        "asked": asked,
        "span": span,
        "span_words": span_words(measure, span) if span else "",
        "periods": period_links(kept, span),
        "shapes": _shapes(kept, span),
        "exports": export_links(kept, span),
        "shape": shape,
        "districts": districts,
        "picked": picked,
        "sexes": Sex.choices,
        "origins": Origin.choices,
        "total": built.total,
        "total_url": built.url(),
        "by_sex": built.by_sex(),
        "tables": tables if shape == TABLES else tables[:1],
        "bars": bars(tables) if shape == BARS else [],
        "steps": pyramid(tables[1]) if shape == BARS else [],
        "bkol_url": reverse("jobseekers:bkol") + (_address({}, span) if span else ""),
        "now": clock.now(),
    }
    return render(request, "jobseekers/recap.html", context)


def _unreadable(
    request: HttpRequest, asked: Asked, *, measure: str, picked: dict[str, str], districts: list[Region]
) -> HttpResponse:
    """The page with what was typed and what is wrong with it; no numbers of days that nobody asked for."""
    context = {
        "asked": asked,
        "errors": asked.summary,
        "measure": measure,
        "what": WHAT,
        "periods": period_links({"ukuran": measure, **picked}, None),
        "districts": districts,
        "picked": picked,
        "sexes": Sex.choices,
        "origins": Origin.choices,
        "shape": BARS,
    }
    return render(request, "jobseekers/recap.html", context, status=400)


def _built(
    request: HttpRequest, measure: str, span: tuple[date, date] | None, picked: dict[str, str]
) -> Recap:
    """The recap with the list that its numbers open, where the reader may open it."""
    user = request.user
    if measure == CARDS:
        url = reverse("jobseekers:card_list") if can_read_cards(user) else ""
        fixed = {**_bounds("terbit", span), "hitung": "ya"}
    elif measure in STATES:
        url = reverse("jobseekers:application_list") if can_read_cards(user) else ""
        fixed = _bounds("dikirim", span) | ({"lihat": measure} if STATES[measure] else {})
    else:
        url = reverse("jobseekers:person_list") if can_read_people(user) else ""
        fixed = _bounds("terdaftar", span)
    return Recap(cube_of(measure, span), base_url=url, fixed=fixed, picked=picked)


def _bounds(name: str, span: tuple[date, date] | None) -> dict[str, str]:
    return {f"{name}-dari": span[0].isoformat(), f"{name}-sampai": span[1].isoformat()} if span else {}
