"""Forms IPK III/1 and III/2: the register of job seekers over one month, computed from the ledger.

Layout after the guidance on labour-market information (Kepdirjen 268/PPTK/XII/2012). Two rules are ours, and printed on
the forms: the age group is that of the day of registration, and a correction of a person's data stands in a line of
its own, only in months that have one. Part II of III/1 (vacancies) asks the measures that the companies' room names.
"""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from core import measures
from core.db import snapshot
from core.formats import month_long
from core.measures import Period
from core.models.reference import EducationLevel
from jobseekers.enums import AgeGroup, Sex
from jobseekers.measures import register
from jobseekers.registries import openings_stem

ALL = ""
SEXES = ((Sex.MALE, "L"), (Sex.FEMALE, "P"))
IN, OUT = "corrected_in", "corrected_out"
FORMS = {"III-1": "Ikhtisar statistik antarkerja", "III-2": "Pencari kerja menurut pendidikan"}
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


class Book:
    """What a month counted, by one dimension and sex. Totals are asked for, never added up."""

    def __init__(self, month: date, dimension: str) -> None:
        """Ask the measures; call it inside `snapshot`."""
        last = date(month.year, month.month, monthrange(month.year, month.month)[1])
        period, eve = Period(month, last), month - timedelta(days=1)
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


def _added(*rows: list[int]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def _less(first: list[int], second: list[int]) -> list[int]:
    return [a - b for a, b in zip(first, second, strict=True)]


def _month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _closing_by_flows(book: Book, keys: list[tuple]) -> list[int]:
    """What a month closes with by its own lines: what it opened with, what came, what went."""
    came = _added(book.of("opening", keys), book.of("registered", keys), book.of(IN, keys))
    return _less(came, _added(book.of("placed", keys), book.of("removed", keys), book.of(OUT, keys)))


def form_1(month: date) -> Form:
    """IPK III/1: the month by age group and sex, and its vacancies. `month` is its first day."""
    before = _month_before(month)
    with snapshot():
        book, last = Book(month, "age_group"), Book(before, "age_group")
        stem = openings_stem()
        annex = vacancies(month, stem) if stem else None
    ages = [age for age in AgeGroup.values if age != AgeGroup.UNDER_15 or book.has(age)]
    keys = [(age, sex) for age in ages for sex, _ in SEXES]
    keys += [(ALL, sex) for sex, _ in SEXES] + [(ALL, ALL)]
    groups = [(age.replace("-", "–"), 2) for age in ages] + [("Semua umur", 3)]
    heads = [letter for _ in ages for _, letter in SEXES] + [letter for _, letter in SEXES] + ["L+P"]
    form = Form("III/1", FORMS["III-1"], month, groups, heads, annex=annex)
    came = [
        ("1", "Belum ditempatkan pada akhir bulan lalu", "opening"),
        ("2", "Terdaftar pada bulan ini", "registered"),
    ]
    went = [("3", "Ditempatkan pada bulan ini", "placed"), ("4", "Dihapuskan pada bulan ini", "removed")]
    if book.corrected:
        came.append(("2a", "Koreksi data: masuk", IN))
        went.append(("4a", "Koreksi data: keluar", OUT))
    sums = []
    for mark, rows in (("A", came), ("B", went)):
        numbers = [book.of(part, keys) for _, _, part in rows]
        form.lines += [Line(row[0], row[1], found) for row, found in zip(rows, numbers, strict=True)]
        sums.append(_added(*numbers))
        form.lines.append(Line(mark, f"Jumlah ({' + '.join(row[0] for row in rows)})", sums[-1], "sum"))
    closing = book.of("closing", keys)
    form.lines.append(Line("5", "Belum ditempatkan pada akhir bulan ini (A – B)", closing, "sum"))
    form.lines.append(
        Line("Uji", "A – B – 5, harus nol di setiap kolom", _less(_less(*sums), closing), "check")
    )
    handed_over = _less(book.of("opening", keys), _closing_by_flows(last, keys))
    label = f"Baris 1 dikurangi baris 5 laporan {month_long(before)}, harus nol"
    form.lines.append(Line("Uji", label, handed_over, "check"))
    form.notes = [*RULES, *(VACANCY_RULES if annex else ())]
    return form


VACANCY_SEXES = (("_male", "L"), ("_female", "P"), ("_any", "L/P"), ("", "Jumlah"))
VACANCY_RULES = (
    "Lowongan dihitung menurut kebutuhan orang, sejak tayang sampai hari terakhirnya.",
    "L/P: lowongan yang terbuka bagi laki-laki dan perempuan, di kolomnya sendiri sampai dipenuhi atau dihapus.",
    "Dipenuhi: yang terisi menurut perusahaan saat lowongan ditutup; yang tidak terisi dihapuskan.",
)


def vacancies(month: date, stem: str) -> Annex:
    """Part II of III/1: the vacancies of the month by the sex that is asked for. Call it inside `snapshot`.

    A vacancy counts as open through its last day, so it has gone in a month when that day lies between the eve of the
    month and the last day but one.
    """
    last = date(month.year, month.month, monthrange(month.year, month.month)[1])
    eve, day = month - timedelta(days=1), timedelta(days=1)
    gone = Period(eve, last - day)
    asked = {
        "before": ("open", Period(eve, eve)),
        "registered": ("registered", Period(month, last)),
        "filled": ("filled", gone),
        "withdrawn": ("withdrawn", gone),
        "after": ("open", Period(last, last)),
    }
    rows = {
        name: [measures.value(f"{stem}_{code}{ending}", span) for ending, _ in VACANCY_SEXES]
        for name, (code, span) in asked.items()
    }
    came, went = _added(rows["before"], rows["registered"]), _added(rows["filled"], rows["withdrawn"])
    lines = [
        Line("1", "Belum dipenuhi pada akhir bulan lalu", rows["before"]),
        Line("2", "Terdaftar pada bulan ini", rows["registered"]),
        Line("C", "Jumlah (1 + 2)", came, "sum"),
        Line("3", "Dipenuhi pada bulan ini", rows["filled"]),
        Line("4", "Dihapuskan pada bulan ini", rows["withdrawn"]),
        Line("D", "Jumlah (3 + 4)", went, "sum"),
        Line("5", "Belum dipenuhi pada akhir bulan ini (C – D)", rows["after"], "sum"),
        Line("Uji", "C – D – 5, harus nol", _less(_less(came, went), rows["after"]), "check"),
    ]
    return Annex("II. Lowongan", [head for _, head in VACANCY_SEXES], lines)


def form_2(month: date) -> Form:
    """IPK III/2: the month by last education and sex. `month` is its first day."""
    with snapshot():
        book = Book(month, "education")
    levels = [(level.code, level.label) for level in EducationLevel.objects.order_by("order")]
    levels += [(None, "Tidak diisi")] if book.has(None) else []
    parts = [("opening", "Sisa bulan lalu"), ("registered", "Pendaftaran")]
    parts += [(IN, "Koreksi masuk")] if book.corrected else []
    parts += [("placed", "Penempatan"), ("removed", "Penghapusan")]
    parts += [(OUT, "Koreksi keluar")] if book.corrected else []
    parts.append(("closing", "Sisa bulan ini"))
    groups = [(label, 2) for _, label in parts] + [("Uji", 2)]
    form = Form("III/2", FORMS["III-2"], month, groups, [letter for _ in groups for _, letter in SEXES])

    def numbers(key: str | None) -> list[int]:
        rows = {part: book.of(part, [(key, sex) for sex, _ in SEXES]) for part, _ in parts}
        signs = {"placed": -1, "removed": -1, OUT: -1, "closing": -1}
        test = [sum(signs.get(part, 1) * row[at] for part, row in rows.items()) for at in range(len(SEXES))]
        return [number for row in rows.values() for number in row] + test

    form.lines = [Line(str(at), label, numbers(key)) for at, (key, label) in enumerate(levels, start=1)]
    form.lines.append(Line("", "Jumlah", numbers(ALL), "sum"))
    tests = [line.numbers[-2:] for line in form.lines]
    form.lines.append(Line("Uji", "Jumlah kolom Uji, harus nol", [0] * (len(form.heads) - 2) + _added(
        *[[abs(number) for number in row] for row in tests]), "check"))  # fmt: skip
    form.notes = [
        *RULES,
        "Baris menurut jenjang pendidikan terakhir. Kode pendidikan empat angka belum dicatat dalam buku peristiwa.",
    ]
    return form


def form_of(code: str, month: date) -> Form:
    """The form of this code ("III-1", "III-2"). Raises KeyError for another."""
    return {"III-1": form_1, "III-2": form_2}[code](month)
