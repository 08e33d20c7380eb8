"""Forms IPK III/7 and III/8: who is left by years since school, and placements by distance and by who took them on.

III/7 splits line 5 of III/1, III/8 splits line 3, twice. Distance and employer are frozen in the ledger on the day on
which the placement was verified; only the year of leaving school is that of the person's data today.
"""

from collections import Counter
from datetime import date

from core import measures
from core.db import snapshot
from core.models.reference import EducationLevel
from jobseekers.enums import EmployerClass, Reach
from jobseekers.ipk.base import (
    ALL,
    NOT_FILLED,
    RULES,
    SEXES,
    TITLES,
    Annex,
    Book,
    Form,
    Line,
    added,
    closing_by_flows,
    less,
    period_of,
)
from jobseekers.measures import register

TOTALS = [(ALL, sex) for sex, _ in SEXES] + [(ALL, ALL)]
"""The last three columns: men, women, both."""
YEARS = ((2, "0–2 tahun"), (5, "3–5 tahun"), (None, "6 tahun atau lebih"))
"""Up to how many years, and the head of the column."""
YEAR_RULES = [
    "Yang dihitung: pencari kerja yang belum ditempatkan pada akhir bulan ini (baris 5 formulir III/1).",
    "Lama lulus: tahun formulir dikurangi tahun lulus menurut data orang saat formulir dihitung.",
]
NOT_TOLD = "Tidak tercatat"
SHORT = {NOT_TOLD: "Lain"}
"""How a group is called where there is no room."""
PLACED_RULES = [
    RULES[1],
    "Jenis antar kerja dan golongan penerima menurut penempatan yang diverifikasi, dibekukan pada hari verifikasi.",
    "Bagian I dan bagian II sama-sama berjumlah baris 3 formulir III/1.",
]


class Split:
    """One measure of a month by rows and columns and sex; each total is asked for, never added up."""

    def __init__(self, code: str, month: date, row: str, column: str, band=lambda value: value) -> None:
        """Ask the measure; `band` puts a value of `column` under its head. Call it inside `snapshot`."""
        period, self.counts = period_of(month), Counter()
        for (key, value, sex), number in measures.cells(code, period, (row, column, "sex")):
            self.counts[key, band(value), sex] += number
        for (value, sex), number in measures.cells(code, period, (column, "sex")):
            self.counts[ALL, band(value), sex] += number
        for (key, sex), number in measures.cells(code, period, (row, "sex")):
            self.counts[key, ALL, sex] = number
        for (key,), number in measures.cells(code, period, (row,)):
            self.counts[key, ALL, ALL] = number
        for (sex,), number in measures.cells(code, period, ("sex",)):
            self.counts[ALL, ALL, sex] = number
        self.counts[ALL, ALL, ALL] = measures.value(code, period)

    def has(self, *, row=ALL, column=ALL) -> bool:
        """Whether anything was counted there."""
        return any(self.counts[row, column, sex] for sex, _ in SEXES)

    def lines(self, rows: list[tuple], columns: list[tuple]) -> list[Line]:
        """The rows, their sum, and the check that the sum is what the rows add up to."""
        cells = [(value, sex) for value, _ in columns for sex, _ in SEXES] + TOTALS

        def numbers(key) -> list[int]:
            return [self.counts[key, value, sex] for value, sex in cells]

        found = [Line(str(at), label, numbers(key)) for at, (key, label) in enumerate(rows, start=1)]
        total = numbers(ALL)
        test = less(added(*(line.numbers for line in found)), total)
        return [
            *found,
            Line("", "Jumlah", total, "sum"),
            Line("Uji", "Jumlah baris dikurangi Jumlah, harus nol", test, "check"),
        ]


def _heads(columns: list[tuple]) -> tuple[list[tuple[str, int]], list[str]]:
    """The groups over the columns, and the columns' own heads."""
    letters = [letter for _, letter in SEXES]
    return [*((head, 2) for _, head in columns), ("Jumlah", 3)], [*letters * (len(columns) + 1), "L+P"]


def _levels(split: Split) -> list[tuple]:
    rows = [(level.code, level.label) for level in EducationLevel.objects.order_by("order")]
    return rows + ([(None, NOT_FILLED)] if split.has(row=None) else [])


def _against(columns: list[tuple], total: list[int], wanted: list[int], words: str) -> Line:
    """The check of the last three columns against another form."""
    return Line("Uji", words, [0] * (2 * len(columns)) + less(total[-3:], wanted), "check")


def _years_since(month: date):
    def band(year: int | None) -> str:
        if year is None:
            return ""
        passed = month.year - year
        return next(head for most, head in YEARS if most is None or passed <= most)

    return band


def form_7(month: date) -> Form:
    """IPK III/7: who is left at the end of the month, by education and years since school. `month` is its first day."""
    with snapshot():
        split = Split(register.STOCK, month, "education", "graduation_year", _years_since(month))
        left = closing_by_flows(Book(month, "education"), TOTALS)
    columns = [(head, head) for _, head in YEARS]
    columns += [("", NOT_FILLED)] if split.has(column="") else []
    form = Form("III/7", TITLES["III/7"], month, *_heads(columns), notes=[*YEAR_RULES, *RULES[1:3]])
    form.lines = split.lines(_levels(split), columns)
    words = "Jumlah dikurangi baris 5 formulir III/1, harus nol"
    form.lines.append(_against(columns, form.lines[-2].numbers, left, words))
    return form


def form_8(month: date) -> Form:
    """IPK III/8: the placements of the month by distance, by education and by who took them on."""
    with snapshot():
        levels = Split(register.PLACED, month, "education", "reach")
        takers = Split(register.PLACED, month, "employer_class", "reach")
        placed = Book(month, "education").of("placed", TOTALS)
    columns = [(reach.value, reach.value) for reach in Reach]
    columns += [("", NOT_TOLD)] if levels.has(column="") else []
    groups, heads = _heads(columns)
    form = Form("III/8", TITLES["III/8"], month, groups, heads, notes=list(PLACED_RULES))
    form.lines = levels.lines(_levels(levels), columns)
    words = "Jumlah dikurangi baris 3 formulir III/1, harus nol"
    form.lines.append(_against(columns, form.lines[-2].numbers, placed, words))
    rows = list(EmployerClass.choices) + ([(None, NOT_TOLD)] if takers.has(row=None) else [])
    lines = takers.lines(rows, columns)
    both = less(lines[-2].numbers, form.lines[-3].numbers)
    lines.append(Line("Uji", "Jumlah bagian II dikurangi bagian I, harus nol", both, "check"))
    named = [f"{SHORT.get(head, head)} {letter}" for head, _ in groups[:-1] for _, letter in SEXES]
    form.annex = Annex("II. Penerima pencari kerja", [*named, *heads[-3:]], lines)
    return form
