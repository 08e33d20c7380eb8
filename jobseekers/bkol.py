"""The BKOL report: AK-1 cards issued in some days, by kelurahan and kecamatan, in a layout that never changes.

No regulation fixes the form, so the layout is ours and the report says so. Every sum (kecamatan, elsewhere, the city)
is a statement of its own over the register, never the rows added up.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from core import clock, formats, measures
from core.db import snapshot
from core.measures import Period
from core.models.agency import AgencyProfile
from core.models.reference import EducationLevel, Region, RegionLevel
from jobseekers.enums import ApplicationKind, Sex
from jobseekers.exports import ELSEWHERE
from jobseekers.measures import COUNTED_KINDS
from jobseekers.papers import Paper, PaperLine, PaperTable
from jobseekers.recap import short_level
from jobseekers.selectors import NOT_FILLED

CODE = "jobseekers.ak1_cards"
TITLE = "Laporan BKOL: kartu AK-1 terbit"
SEX, EDUCATION, KIND, TOTAL = "sex", "education", "kind", ""
RULES = (
    (
        "Tempat dan pendidikan",
        "Kelurahan dan pendidikan terakhir menurut data orang saat laporan dibuat, bukan saat kartu terbit.",
    ),
    (
        "Jumlah",
        "Jumlah kecamatan, luar kota, dan kota dihitung sendiri dari buku, tidak menjumlahkan baris di laporan ini.",
    ),
    (
        "Tata letak",
        "Baris kelurahan di bawah kecamatannya; kolom jenis kelamin, pendidikan terakhir, jenis kartu, jumlah. "
        "Semua baris dan kolom selalu ada, juga yang nol. Tata letak susunan aplikasi ini, bukan formulir baku.",
    ),
)


@dataclass(frozen=True)
class Column:
    """A column: by what it splits, which value it counts, its head and the head that it shares."""

    split: str
    value: str | None
    head: str
    group: str


def _columns() -> list[Column]:
    levels = EducationLevel.objects.order_by("order").values_list("code", flat=True)
    return [
        *(Column(SEX, value, label, "Jenis kelamin") for value, label in Sex.choices),
        *(Column(EDUCATION, code, short_level(code), "Pendidikan terakhir") for code in levels),
        Column(EDUCATION, None, "Tidak diisi", "Pendidikan terakhir"),
        *(Column(KIND, kind, ApplicationKind(kind).label, "Jenis kartu") for kind in COUNTED_KINDS),
        Column(TOTAL, None, "Jumlah", ""),
    ]


class Counts:
    """What the measure counts by the value of `row` (none: everything together), split and unsplit."""

    def __init__(self, period: Period, row: tuple[str, ...] = (), filters: dict | None = None) -> None:
        """Ask the measure four times."""
        self.found = Counter()
        for split in (SEX, EDUCATION, KIND):
            for (*key, value), number in measures.cells(CODE, period, (*row, split), filters):
                self.found[tuple(key), split, value] = number
        if row:
            for key, number in measures.cells(CODE, period, row, filters):
                self.found[key, TOTAL, None] = number
        else:
            self.found[(), TOTAL, None] = measures.value(CODE, period, filters)

    def keys(self) -> set:
        """The values of `row` that have cards."""
        return {key[0] for key, split, _ in self.found if key and split == TOTAL}

    def of(self, columns: list[Column], *key: str | None) -> list[int]:
        """A row of numbers."""
        return [self.found[key, column.split, column.value] for column in columns]


def bkol_report(period: Period, list_url: str = "") -> Paper:
    """The report of these days; `list_url` is the page that lists cards, empty for who may not open it."""
    home = AgencyProfile.current()
    regions = Region.objects.order_by("name")
    districts = list(regions.filter(level=RegionLevel.DISTRICT, parent=home.region_id))
    villages = list(regions.filter(level=RegionLevel.VILLAGE, parent__parent=home.region_id))
    columns = _columns()
    with snapshot():
        by_village, by_district = Counts(period, ("village",)), Counts(period, ("district",))
        away = by_district.keys() - {None} - {district.code for district in districts}
        elsewhere = Counts(period, filters={"district": sorted(away)})
        everything = Counts(period)

    def url(**where: str) -> str:
        if not list_url:
            return ""
        days = {"terbit-dari": period.start.isoformat(), "terbit-sampai": period.end.isoformat()}
        return f"{list_url}?{urlencode({**days, 'hitung': 'ya', **where})}"

    lines = []
    for district in districts:
        numbers = by_district.of(columns, district.code)
        lines.append(PaperLine(district.name, numbers, "group", url(kecamatan=district.code)))
        lines += [
            PaperLine(village.name, by_village.of(columns, village.code), url=url(kelurahan=village.code))
            for village in villages
            if village.parent_id == district.code
        ]
    lines += [
        PaperLine("Luar kota", elsewhere.of(columns), "group", url(kecamatan=ELSEWHERE)),
        PaperLine("Tidak diisi", by_district.of(columns, None), "group", url(kecamatan=NOT_FILLED)),
        PaperLine("Jumlah", everything.of(columns), "total", url()),
    ]
    heads, groups = [column.head for column in columns], [column.group for column in columns]
    table = PaperTable("BKOL kartu AK-1", "Kecamatan dan kelurahan", heads, lines, groups)
    return Paper("bkol-ak1", TITLE, [table], _notes(period, home), rules_first=True)


def _notes(period: Period, home: AgencyProfile) -> list[tuple[str, str]]:
    measure = measures.get(CODE)
    days = f"{formats.date_long(period.start)} sampai {formats.date_long(period.end)}"
    if period.end >= clock.today():
        days += "; masa ini belum berakhir"
    return [
        ("Instansi", home.full_name),
        ("Masa", days),
        ("Yang dihitung", measure.definition),
        ("Sumber", f"{measure.register} pada aplikasi ini"),
        *RULES,
    ]
