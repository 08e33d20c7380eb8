"""The recap's numbers: one cube of people, applications or cards, cut to cross tables, bars and a paper."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from core import formats
from core.models.agency import AgencyProfile
from core.models.reference import EducationLevel, Region, RegionLevel
from jobseekers import selectors
from jobseekers.enums import AgeGroup, ApplicationState, Origin, Sex
from jobseekers.exports import ELSEWHERE
from jobseekers.models import JobSeeker
from jobseekers.papers import Paper, PaperLine, PaperTable
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
BY_DAY = {
    PEOPLE: "terdaftar",
    SENT: "dikirim",
    WAITING: "dikirim",
    RETURNED: "dikirim",
    CARDS: "terbit",
}
"""By which day each measure is put in a period."""
DEFINITIONS = {
    PEOPLE: "Orang yang datanya ada, tiap orang satu kali; data yang digabung atau dihapus tidak dihitung.",
    SENT: "Permohonan yang sudah dikirim, apa pun keputusannya.",
    WAITING: "Permohonan yang sudah dikirim dan sekarang menunggu pemeriksaan.",
    RETURNED: "Permohonan yang sekarang dikembalikan untuk diperbaiki pemohon.",
    CARDS: "Kartu baru dan perpanjangan menurut tanggal terbit; kartu pengganti tidak dihitung.",
}
SHADES = 5
COLOURS = {Sex.MALE.label: 1, Sex.FEMALE.label: 2}
"""The same colour for the same sex in bars and pyramid."""


def cube_of(measure: str, span: tuple[date, date] | None) -> list[CubeCell]:
    """The cells of a measure (one of WHAT) in some days; cards are always those of some days."""
    if measure == CARDS:
        rows = selectors.counted_cards(*span)
        return selectors.recap_cube(rows, prefix="jobseeker__", origin="application__origin")
    if measure in STATES:
        rows = selectors.sent_applications(span, STATES[measure])
        return selectors.recap_cube(rows, prefix="jobseeker__", origin="origin")
    rows = JobSeeker.objects.living()
    return selectors.recap_cube(rows.filter(registered_on__range=span) if span else rows)


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
    share: Fraction | None = None


@dataclass
class Cross:
    """A cross table with its totals; every total is counted, not typed."""

    title: str
    head: list[str]
    lines: list[Line] = field(default_factory=list)
    sums: list[Cell] = field(default_factory=list)
    total: Cell = field(default_factory=lambda: Cell(0))

    @property
    def corner(self) -> str:
        """What the rows are: the first half of the title."""
        return self.title.partition(" × ")[0]

    def columns(self) -> Iterator[tuple[str, Cell]]:
        """The columns with their totals."""
        return zip(self.head, self.sums, strict=True)


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
        where, sex, origin = (picked.get(name) for name in ("kecamatan", "jk", "asal"))
        homes = {village: self._district(village) for village in {cell.village for cell in cells}}
        self.cells = [
            (homes[cell.village], cell)
            for cell in cells
            if where in (None, homes[cell.village])
            and sex in (None, cell.sex)
            and origin in (None, cell.origin)
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
            counts[row_of(district, cell), column_of(district, cell)] += cell.count
        for (row, column), number in counts.items():
            by_row[row] += number
            by_column[column] += number
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
            share = Fraction(by_row[row] * 100, self.total) if self.total else None
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

    def by_sex(self) -> list[tuple[str, int]]:
        """How many men and women; both always stand."""
        found = Counter()
        for _, cell in self.cells:
            found[cell.sex] += cell.count
        return [(label, found[value]) for value, label in Sex.choices]


@dataclass(frozen=True)
class Bar:
    """One bar: what it is, its number, the list behind it, and which of the two colours it has."""

    label: str
    value: int
    url: str = ""
    series: int = 1


@dataclass(frozen=True)
class Bars:
    """Bars under one heading."""

    title: str
    rows: list[Bar]


@dataclass(frozen=True)
class Step:
    """A row of the age pyramid: men to the left, women to the right, both on one scale (per cent of the longest)."""

    label: str
    left: int
    right: int
    left_width: str = "0"
    left_start: str = "100"
    right_width: str = "0"


def bars(tables: list[Cross]) -> list[list[Bars]]:
    """The margins of the cross tables as bars, for two boxes: places by size with sex and origin; education in order.

    Where several stand in a box, the first gives it its name.
    """
    place, age, *rest = tables
    places = sorted(place.lines, key=lambda line: -line.total.value)
    first = [
        Bars(place.corner, [Bar(line.label, line.total.value, line.total.url) for line in places]),
        Bars(
            "Jenis kelamin",
            [Bar(label, cell.value, cell.url, COLOURS.get(label, 1)) for label, cell in age.columns()],
        ),
    ]
    for origin in rest:
        rows = [Bar(line.label, line.total.value, line.total.url) for line in origin.lines]
        first.append(Bars(origin.corner, rows))
    levels = [Bar(label, cell.value, cell.url) for label, cell in place.columns()]
    return [first, [Bars("Pendidikan terakhir", levels)]]


def pyramid(age: Cross) -> list[Step]:
    """The age table as a pyramid; a sex that nobody has is a column of zeros."""
    men, women = (age.head.index(label) if label in age.head else None for _, label in Sex.choices)

    def number(line: Line, at: int | None) -> int:
        return line.cells[at].value if at is not None else 0

    rows = [(line.label, number(line, men), number(line, women)) for line in age.lines]
    top = max((max(left, right) for _, left, right in rows), default=0) or 1
    return [
        Step(label, left, right, _share(left, top), _share(top - left, top), _share(right, top))
        for label, left, right in rows
    ]


def _share(part: int, whole: int) -> str:
    """Per cent with two decimals and a point, as SVG wants it."""
    return f"{part * 100 / whole:.2f}"


def span_words(measure: str, span: tuple[date, date] | None) -> str:
    """The days that are counted, in words."""
    if span is None:
        return "semua, sampai hari ini"
    days = f"{formats.date_long(span[0])} sampai {formats.date_long(span[1])}"
    return f"{BY_DAY[measure]} {days}"


def recap_paper(
    built: Recap, tables: list[Cross], *, measure: str, span: tuple[date, date] | None, filters: list[str]
) -> Paper:
    """The recap exactly as the page shows it; `filters` are those in force, in words."""
    notes = [
        ("Ukuran", WHAT[measure]),
        ("Yang dihitung", DEFINITIONS[measure]),
        ("Masa", span_words(measure, span)),
        ("Saringan", "; ".join(filters) or "tidak ada"),
        ("Jumlah", formats.number(built.total)),
        *((label, formats.number(value)) for label, value in built.by_sex()),
        ("Umur", "Menurut hari berkas ini dibuat."),
    ]
    return Paper("rekap-ak1", "Rekap pencari kerja dan kartu AK-1", [_printed(one) for one in tables], notes)


def _printed(table: Cross) -> PaperTable:
    lines = [
        PaperLine(line.label, [*(cell.value for cell in line.cells), line.total.value, line.share])
        for line in table.lines
    ]
    whole = Fraction(100) if table.total.value else None
    sums = [*(cell.value for cell in table.sums), table.total.value, whole]
    lines.append(PaperLine("Jumlah", sums, kind="total"))
    return PaperTable(table.title, table.corner, [*table.head, "Jumlah", "Bagian"], lines)
