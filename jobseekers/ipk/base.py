"""What the forms IPK share: lines and forms, and the book of a month, which asks the measures of the ledger."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from core import measures
from core.formats import month_long
from core.measures import Period
from jobseekers.enums import Sex
from jobseekers.measures import register

ALL = "*"
"""Stands for every value of a dimension; "" and None are values."""
SEXES = ((Sex.MALE, "L"), (Sex.FEMALE, "P"))
IN, OUT = "corrected_in", "corrected_out"
NOT_FILLED = "Tidak diisi"
TITLES = {
    "III/1": "Ikhtisar statistik antarkerja",
    "III/2": "Pencari kerja menurut pendidikan",
    "III/3": "Pencari kerja menurut golongan jabatan",
    "III/7": "Pencari kerja menurut lama lulus dan pendidikan",
    "III/8": "Penempatan menurut jenis antar kerja",
}
RULES = (
    "Kelompok umur menurut hari pendaftaran, jadi tidak ada yang berpindah kelompok tanpa peristiwa.",
    "Ditempatkan: berhenti terdaftar karena penempatan terverifikasi, menurut tanggal mulai bekerja.",
    "Dihapuskan: habis masa berlaku, bekerja di luar penempatan, mundur, pindah, meninggal, ganda, tidak melapor.",
    "Koreksi data: jenis kelamin, tanggal lahir, pendidikan, atau kelurahan dibetulkan atau berubah selama terdaftar.",
)


@dataclass(frozen=True)
class Line:
    """A line of a form: its mark ("1", "A", "Uji"), name and numbers; `kind` is plain, sum or check."""

    mark: str
    label: str
    numbers: list[int]
    kind: str = "plain"

    @property
    def fails(self) -> bool:
        """A check that is not zero everywhere."""
        return self.kind == "check" and any(self.numbers)


@dataclass(frozen=True)
class Annex:
    """A second table of a form, with columns of its own."""

    title: str
    heads: list[str]
    lines: list[Line]


@dataclass
class Form:
    """One form of one month: `groups` are (head, how many columns), `heads` the columns' own."""

    code: str
    title: str
    month: date
    groups: list[tuple[str, int]]
    heads: list[str]
    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    annex: Annex | None = None

    @property
    def balanced(self) -> bool:
        """Every check is zero."""
        return not any(line.fails for line in [*self.lines, *(self.annex.lines if self.annex else ())])

    @property
    def month_words(self) -> str:
        """The month in words."""
        return month_long(self.month)


def period_of(month: date) -> Period:
    """The whole month."""
    return Period.month(month.year, month.month)


class Book:
    """What a month counted, by one dimension and sex. Totals are asked for, never added up."""

    def __init__(self, month: date, dimension: str) -> None:
        """Ask the measures; call it inside `snapshot`."""
        period, eve = period_of(month), month - timedelta(days=1)
        asked = {
            "opening": ((register.STOCK, Period(eve, eve)),),
            "registered": ((register.REGISTERED, period),),
            IN: ((register.CORRECTED_IN, period),),
            "placed": ((register.PLACED, period),),
            "removed": ((register.REMOVED, period), (register.EXPIRED, period)),
            OUT: ((register.CORRECTED_OUT, period),),
            "closing": ((register.STOCK, period),),
        }
        self.counts = {part: Counter() for part in asked}
        for part, sources in asked.items():
            for code, span in sources:
                self._count(self.counts[part], code, span, dimension)

    def _count(self, counts: Counter, code: str, span: Period, dimension: str) -> None:
        counts.update(dict(measures.cells(code, span, (dimension, "sex"))))
        for (sex,), number in measures.cells(code, span, ("sex",)):
            counts[ALL, sex] += number
        for (key,), number in measures.cells(code, span, (dimension,)):
            counts[key, ALL] += number
        counts[ALL, ALL] += measures.value(code, span)

    def of(self, part: str, keys: list[tuple]) -> list[int]:
        """The numbers of a part in these cells."""
        return [self.counts[part][key] for key in keys]

    def has(self, key: str | None) -> bool:
        """Whether anything was counted under this value of the dimension."""
        return any(counts[key, ALL] for counts in self.counts.values())

    @property
    def corrected(self) -> bool:
        """Whether data were corrected in this month."""
        return bool(self.counts[IN][ALL, ALL] or self.counts[OUT][ALL, ALL])


def added(*rows: list[int]) -> list[int]:
    """The sums of columns."""
    return [sum(column) for column in zip(*rows, strict=True)]


def less(first: list[int], second: list[int]) -> list[int]:
    """The differences of columns."""
    return [a - b for a, b in zip(first, second, strict=True)]


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month - timedelta(days=1)).replace(day=1)


def closing_by_flows(book: Book, keys: list[tuple]) -> list[int]:
    """What a month closes with by its own lines: what it opened with, what came, what went."""
    came = added(book.of("opening", keys), book.of("registered", keys), book.of(IN, keys))
    return less(came, added(book.of("placed", keys), book.of("removed", keys), book.of(OUT, keys)))
