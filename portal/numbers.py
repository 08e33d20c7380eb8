"""The office's numbers as everybody sees them: measured, with their definition, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from core import clock, measures
from core.measures import Period

FRESH = 60
FRONT = (
    ("jobseekers.ak1_cards", "kartu AK-1 terbit"),
    ("placements.placement_reports", "laporan penempatan"),
    ("training.trainees", "peserta pelatihan"),
)
PUBLISHED = (
    ("jobseekers.ak1_cards", ("education", "sex")),
    ("placements.placement_reports", ("channel",)),
    ("placements.placed_persons", ()),
    ("training.trainees", ("funding_source", "programme")),
    ("training.certificates", ("scheme",)),
    ("employers.companies", ()),
    ("disputes.registered", ()),
    ("disputes.settled", ("outcome",)),
)


@dataclass(frozen=True)
class Published:
    """One number with its definition and, where it may be split, its parts."""

    code: str
    label: str
    unit: str
    definition: str
    register: str
    value: int
    splits: list["Split"]


@dataclass(frozen=True)
class Split:
    """A number by one dimension, largest first."""

    title: str
    rows: list[dict]


def installed(codes: Iterable[str]) -> list[str]:
    """Those of the codes that an app has registered."""
    known = set(measures.codes())
    return [code for code in codes if code in known]


def so_far(year: int) -> Period:
    """The year, up to today when it is not over."""
    whole, today = Period.year(year), clock.today()
    return Period(whole.start, min(whole.end, today)) if today >= whole.start else whole


def front_numbers() -> list[tuple[str, int]]:
    """The numbers of the front page: this year so far; asked of the database at most once a minute."""
    today = clock.today()
    key = f"portal.front.{today.isoformat()}"
    found = cache.get(key)
    if found is None:
        labels = dict(FRONT)
        found = [(labels[code], measures.value(code, so_far(today.year))) for code in installed(labels)]
        cache.set(key, found, FRESH)
    return found


def _split(code: str, name: str, period: Period) -> Split:
    dimension = measures.get(code).dimensions[name]
    names = dimension.names()
    cells = [(key, number) for (key,), number in measures.cells(code, period, [name])]
    cells.sort(key=lambda cell: (-cell[1], str(cell[0])))
    return Split(
        f"Menurut {dimension.label.lower()}",
        [
            {"label": str(names.get(key, key)) if key not in (None, "") else "tidak diisi", "value": number}
            for key, number in cells
        ],
    )


def published(year: int) -> list[Published]:
    """Every number of the data page for a year."""
    period = so_far(year)
    found = []
    for code, dimensions in PUBLISHED:
        if not installed([code]):
            continue
        measure = measures.get(code)
        splits = [_split(code, name, period) for name in dimensions if name in measure.dimensions]
        found.append(
            Published(
                code=code,
                label=measure.label,
                unit=measure.unit,
                definition=measure.definition,
                register=measure.register,
                value=measures.value(code, period),
                splits=[split for split in splits if len(split.rows) > 1],
            )
        )
    return found
