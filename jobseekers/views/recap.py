"""The recap: people, applications and cards by place, education, age, sex and origin; each number opens its list."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import clock, formats
from core.db import snapshot
from core.measures import Period
from core.models.agency import AgencyProfile
from core.models.reference import EducationLevel, Region, RegionLevel
from jobseekers import selectors
from jobseekers.enums import AgeGroup, ApplicationState, Origin, Sex
from jobseekers.exports import ELSEWHERE
from jobseekers.models import JobSeeker
from jobseekers.permissions import can_read_cards, can_read_people, can_see_recap
from jobseekers.selectors import NOT_FILLED, CubeCell

PEOPLE, SENT, WAITING, RETURNED, CARDS = "orang", "masuk", "menunggu", "dikembalikan", "kartu"
WHAT = {
    PEOPLE: "Orang terdata",
    SENT: "Permohonan masuk",
    WAITING: "Permohonan menunggu pemeriksaan",
    RETURNED: "Permohonan dikembalikan",
    CARDS: "Kartu terbit",
}
STATES = {SENT: "", WAITING: ApplicationState.SUBMITTED, RETURNED: ApplicationState.RETURNED}
FIRST_YEAR = 2000
SHADES = 5


UNUSUAL = (NOT_FILLED, ELSEWHERE, AgeGroup.UNDER_15)
"""Rows that are left out when nobody is in them."""


def short_level(code: str) -> str:
    """A level of education as a column head: "SMK", "D3", "Tidak tamat SD"."""
    if len(code) <= 3:
        return code
    first, *rest = code.split("_")
    return " ".join([first.capitalize(), *(word if word == "SD" else word.lower() for word in rest)])


@dataclass(frozen=True)
class Cell:
    """A number, its list (empty without the right to it), and its shade 0–4."""

    value: int
    url: str = ""
    shade: int = 0


@dataclass(frozen=True)
class Line:
    """A row of a cross table."""

    label: str
    cells: list[Cell]
    total: Cell
    url: str = ""
    share: str = ""


@dataclass
class Cross:
    """A cross table with its totals; every total is counted, not typed."""

    title: str
    head: list[str]
    lines: list[Line] = field(default_factory=list)
    sums: list[Cell] = field(default_factory=list)
    total: Cell = field(default_factory=lambda: Cell(0))


class Recap:
    """One cube, cut to tables. `picked` are the filters in force: kecamatan, jk."""

    def __init__(
        self, cells: list[CubeCell], *, base_url: str, fixed: dict[str, str], picked: dict[str, str]
    ) -> None:
        """Place every cell in its kecamatan and keep those that the filters ask for."""
        home = AgencyProfile.current().region_id
        self.villages = dict(
            Region.objects.filter(level=RegionLevel.VILLAGE, parent__parent=home).values_list("code", "name")
        )
        self.districts = dict(
            Region.objects.filter(level=RegionLevel.DISTRICT, parent=home)
            .order_by("name")
            .values_list("code", "name")
        )
        codes = EducationLevel.objects.order_by("order").values_list("code", flat=True)
        self.educations = {code: short_level(code) for code in codes}
        self.base_url, self.fixed, self.picked = base_url, fixed, picked
        placed = [(self._district(cell.village), cell) for cell in cells]
        self.cells = [
            (district, cell)
            for district, cell in placed
            if picked.get("kecamatan") in (None, district)
            and picked.get("jk") in (None, cell.sex)
            and picked.get("asal") in (None, cell.origin)
        ]
        self.total = sum(cell.count for _, cell in self.cells)

    def _district(self, village: str | None) -> str:
        if village is None:
            return NOT_FILLED
        return village.rpartition(".")[0] if village in self.villages else ELSEWHERE

    def url(self, **more: str) -> str:
        """The list of these people or cards; empty when the reader may not open it."""
        if not self.base_url:
            return ""
        return f"{self.base_url}?{urlencode({**self.fixed, **self.picked, **more})}"

    def cross(
        self, title: str, rows: dict[str, str], columns: dict[str, str], row_of, column_of, names
    ) -> Cross:
        """Count by two keys; `names` are the URL parameters of row and column. Empty columns are left out."""
        counts, by_row, by_column = Counter(), Counter(), Counter()
        for district, cell in self.cells:
            row, column = row_of(district, cell), column_of(district, cell)
            counts[row, column] += cell.count
            by_row[row] += cell.count
            by_column[column] += cell.count
        shown = {key: label for key, label in columns.items() if by_column[key]}
        table = Cross(title, list(shown.values()), total=Cell(self.total, self.url()))
        top = max(counts.values(), default=0)
        for row, label in rows.items():
            if not by_row[row] and row in UNUSUAL:
                continue
            cells = [
                Cell(
                    counts[row, column],
                    self.url(**{names[0]: row, names[1]: column}) if counts[row, column] else "",
                    min(SHADES - 1, counts[row, column] * SHADES // (top + 1)),
                )
                for column in shown
            ]
            share = formats.percent(Fraction(by_row[row] * 100, self.total)) if self.total else ""
            url = self.url(**{names[0]: row})
            table.lines.append(Line(label, cells, Cell(by_row[row], url), url, share))
        table.sums = [Cell(by_column[column], self.url(**{names[1]: column})) for column in shown]
        return table

    def tables(self) -> list[Cross]:
        """Place × education (kecamatan, or the kelurahan of the chosen one) and age × sex."""
        missing = {NOT_FILLED: "Tidak diisi"}
        educations = {**self.educations, **missing}
        chosen = self.picked.get("kecamatan")
        if chosen in self.districts:
            rows = {code: name for code, name in self.villages.items() if code.startswith(f"{chosen}.")}
            place = self.cross(
                "Kelurahan × pendidikan", rows, educations, lambda d, c: c.village,
                lambda d, c: c.education or NOT_FILLED, ("kelurahan", "pendidikan"),
            )  # fmt: skip
        else:
            rows = {**self.districts, ELSEWHERE: "Luar kota", **missing}
            place = self.cross(
                "Kecamatan × pendidikan", rows, educations, lambda d, c: d,
                lambda d, c: c.education or NOT_FILLED, ("kecamatan", "pendidikan"),
            )  # fmt: skip
        ages = {**dict(AgeGroup.choices), **missing}
        age = self.cross(
            "Umur × jenis kelamin", ages, dict(Sex.choices), lambda d, c: c.age_group, lambda d, c: c.sex,
            ("usia", "jk"),
        )  # fmt: skip
        if not any(cell.origin for _, cell in self.cells):
            return [place, age]
        origin = self.cross(
            "Asal × jenis kelamin", dict(Origin.choices), dict(Sex.choices), lambda d, c: c.origin,
            lambda d, c: c.sex, ("asal", "jk"),
        )  # fmt: skip
        return [place, age, origin]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= FIRST_YEAR else None


def _span(request: HttpRequest, measure: str) -> tuple[date, date] | None:
    """The days that are asked for: `dari` and `sampai`, or `tahun`. None: all of them.

    Cards and sent applications are always those of some days, this year's when nothing is said.
    """
    today, year = clock.today(), request.GET.get("tahun", "")
    start, end = _day(request.GET.get("dari", "")), _day(request.GET.get("sampai", ""))
    if start is None and end is None and len(year) == 4 and year.isdigit() and int(year) >= FIRST_YEAR:
        start, end = date(int(year), 1, 1), date(int(year), 12, 31)
    if start is None and end is None:
        return (date(today.year, 1, 1), date(today.year, 12, 31)) if measure in (SENT, CARDS) else None
    start, end = start or date(FIRST_YEAR, 1, 1), end or max(today, start)
    return min(start, end), max(start, end)


def _periods(measure: str, picked: dict[str, str], span: tuple[date, date] | None) -> list[dict]:
    """Links to today, this month and this year, with everything else kept."""
    today = clock.today()
    month = Period.month(today.year, today.month)
    spans = {
        "Hari ini": (today, today),
        "Bulan ini": (month.start, month.end),
        "Tahun ini": (date(today.year, 1, 1), date(today.year, 12, 31)),
    }
    found = []
    for label, (start, end) in spans.items():
        query = urlencode({"ukuran": measure, **picked, "dari": start, "sampai": end})
        found.append({"label": label, "url": f"?{query}", "current": span == (start, end)})
    return found


@require_safe
def recap(request: HttpRequest) -> HttpResponse:
    """Number first, then the tables; filters live in the URL; one snapshot for all numbers of the page."""
    if not can_see_recap(request.user):
        raise PermissionDenied("Rekap ini bukan untuk peran Anda.")
    measure = request.GET.get("ukuran", "")
    measure = measure if measure in WHAT else PEOPLE
    span = _span(request, measure)
    home = AgencyProfile.current().region_id
    districts = list(Region.objects.filter(level=RegionLevel.DISTRICT, parent=home).order_by("name"))
    known = {"kecamatan": {row.code for row in districts}, "jk": set(Sex.values)}
    if measure != PEOPLE:
        known["asal"] = set(Origin.values)
    picked = {key: request.GET[key] for key, values in known.items() if request.GET.get(key) in values}
    with snapshot():
        built = _built(request, measure, span, picked)
        tables = built.tables()
    by_sex = Counter()
    for _, cell in built.cells:
        by_sex[cell.sex] += cell.count
    context = {
        "measure": measure,
        "what": WHAT,
        "span": span,
        "periods": _periods(measure, picked, span),
        "districts": districts,
        "picked": picked,
        "sexes": Sex.choices,
        "origins": Origin.choices,
        "total": built.total,
        "total_url": built.url(),
        "by_sex": [(label, by_sex[value]) for value, label in Sex.choices],
        "tables": tables,
        "now": clock.now(),
    }
    return render(request, "jobseekers/recap.html", context)


def _built(
    request: HttpRequest, measure: str, span: tuple[date, date] | None, picked: dict[str, str]
) -> Recap:
    """The recap with the list that its numbers open, where the reader may open it."""
    user = request.user
    if measure == CARDS:
        rows = selectors.counted_cards(*span)
        cells = selectors.recap_cube(rows, prefix="jobseeker__", origin="application__origin")
        url = reverse("jobseekers:card_list") if can_read_cards(user) else ""
        fixed = {**_bounds("terbit", span), "hitung": "ya"}
    elif measure in STATES:
        rows = selectors.sent_applications(span, STATES[measure])
        cells = selectors.recap_cube(rows, prefix="jobseeker__", origin="origin")
        url = reverse("jobseekers:application_list") if can_read_cards(user) else ""
        fixed = _bounds("dikirim", span) | ({"lihat": measure} if STATES[measure] else {})
    else:
        rows = JobSeeker.objects.living()
        rows = rows.filter(registered_on__range=span) if span else rows
        cells = selectors.recap_cube(rows)
        url = reverse("jobseekers:person_list") if can_read_people(user) else ""
        fixed = _bounds("terdaftar", span)
    return Recap(cells, base_url=url, fixed=fixed, picked=picked)


def _bounds(name: str, span: tuple[date, date] | None) -> dict[str, str]:
    return {f"{name}-dari": span[0].isoformat(), f"{name}-sampai": span[1].isoformat()} if span else {}
