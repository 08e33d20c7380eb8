"""Forms IPK III/1 to III/3: the register of job seekers over one month, computed from the ledger.

Layout after the guidance on labour-market information (Kepdirjen 268/PPTK/XII/2012). Two rules are ours, and printed on
the forms: the age group is that of the day of registration, and a correction of a person's data stands in a line of
its own, only in months that have one. Part II of III/1 (vacancies) asks the measures that the companies' room names.
"""

from calendar import monthrange
from datetime import date, timedelta

from core import measures
from core.db import snapshot
from core.formats import month_long
from core.measures import Period
from core.models.reference import EducationLevel
from jobseekers.enums import AgeGroup
from jobseekers.ipk.base import (
    ALL,
    IN,
    NOT_FILLED,
    OUT,
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
    month_before,
)
from jobseekers.measures import register
from jobseekers.registries import openings_stem

CODE_RULE = "Baris menurut jenjang pendidikan terakhir. Kode pendidikan empat angka belum dicatat dalam buku peristiwa."
SHORT = {"0": "TNI dan Polri"}
"""What would not fit into its row: "Tentara Nasional Indonesia (TNI) dan Kepolisian Negara Republik Indonesia"."""
WISH_RULE = (
    "Baris menurut golongan pokok KBJI dari jabatan pertama yang dicari pada hari pendaftaran; isian sesudahnya "
    "dipakai pada pendaftaran berikutnya."
)


def form_1(month: date) -> Form:
    """IPK III/1: the month by age group and sex, and its vacancies. `month` is its first day."""
    before = month_before(month)
    with snapshot():
        book, last = Book(month, "age_group"), Book(before, "age_group")
        stem = openings_stem()
        annex = vacancies(month, stem) if stem else None
    ages = [age for age in AgeGroup.values if age != AgeGroup.UNDER_15 or book.has(age)]
    keys = [(age, sex) for age in ages for sex, _ in SEXES]
    keys += [(ALL, sex) for sex, _ in SEXES] + [(ALL, ALL)]
    groups = [(age.replace("-", "–"), 2) for age in ages] + [("Semua umur", 3)]
    heads = [letter for _ in ages for _, letter in SEXES] + [letter for _, letter in SEXES] + ["L+P"]
    form = Form("III/1", TITLES["III/1"], month, groups, heads, annex=annex)
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
        sums.append(added(*numbers))
        form.lines.append(Line(mark, f"Jumlah ({' + '.join(row[0] for row in rows)})", sums[-1], "sum"))
    closing = book.of("closing", keys)
    form.lines.append(Line("5", "Belum ditempatkan pada akhir bulan ini (A – B)", closing, "sum"))
    form.lines.append(
        Line("Uji", "A – B – 5, harus nol di setiap kolom", less(less(*sums), closing), "check")
    )
    handed_over = less(book.of("opening", keys), closing_by_flows(last, keys))
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
    came, went = added(rows["before"], rows["registered"]), added(rows["filled"], rows["withdrawn"])
    lines = [
        Line("1", "Belum dipenuhi pada akhir bulan lalu", rows["before"]),
        Line("2", "Terdaftar pada bulan ini", rows["registered"]),
        Line("C", "Jumlah (1 + 2)", came, "sum"),
        Line("3", "Dipenuhi pada bulan ini", rows["filled"]),
        Line("4", "Dihapuskan pada bulan ini", rows["withdrawn"]),
        Line("D", "Jumlah (3 + 4)", went, "sum"),
        Line("5", "Belum dipenuhi pada akhir bulan ini (C – D)", rows["after"], "sum"),
        Line("Uji", "C – D – 5, harus nol", less(less(came, went), rows["after"]), "check"),
    ]
    return Annex("II. Lowongan", [head for _, head in VACANCY_SEXES], lines)


def _split_form(
    code: str, month: date, book: Book, rows: list[tuple[str | None, str]], notes: list[str]
) -> Form:
    """A form whose rows are the values of one dimension, and whose columns are the month's parts by sex."""
    parts = [("opening", "Sisa bulan lalu"), ("registered", "Pendaftaran")]
    parts += [(IN, "Koreksi masuk")] if book.corrected else []
    parts += [("placed", "Penempatan"), ("removed", "Penghapusan")]
    parts += [(OUT, "Koreksi keluar")] if book.corrected else []
    parts.append(("closing", "Sisa bulan ini"))
    groups = [(label, 2) for _, label in parts] + [("Uji", 2)]
    form = Form(
        code, TITLES[code], month, groups, [letter for _ in groups for _, letter in SEXES], notes=notes
    )

    def numbers(key: str | None) -> list[int]:
        found = {part: book.of(part, [(key, sex) for sex, _ in SEXES]) for part, _ in parts}
        signs = {"placed": -1, "removed": -1, OUT: -1, "closing": -1}
        test = [sum(signs.get(part, 1) * row[at] for part, row in found.items()) for at in range(len(SEXES))]
        return [number for row in found.values() for number in row] + test

    form.lines = [Line(str(at), label, numbers(key)) for at, (key, label) in enumerate(rows, start=1)]
    form.lines.append(Line("", "Jumlah", numbers(ALL), "sum"))
    tests = [line.numbers[-2:] for line in form.lines]
    form.lines.append(Line("Uji", "Jumlah kolom Uji, harus nol", [0] * (len(form.heads) - 2) + added(
        *[[abs(number) for number in row] for row in tests]), "check"))  # fmt: skip
    return form


def form_2(month: date) -> Form:
    """IPK III/2: the month by last education and sex. `month` is its first day."""
    with snapshot():
        book = Book(month, "education")
    rows = [(level.code, level.label) for level in EducationLevel.objects.order_by("order")]
    rows += [(None, NOT_FILLED)] if book.has(None) else []
    return _split_form("III/2", month, book, rows, [*RULES, CODE_RULE])


def form_3(month: date) -> Form:
    """IPK III/3: the month by the major group of the wanted occupation and sex. `month` is its first day."""
    with snapshot():
        book = Book(month, "occupation_group")
    groups = register.occupation_groups()
    rows = [(code, f"{code} {SHORT.get(code, title)}") for code, title in groups.items() if code]
    rows += [("", NOT_FILLED)] if book.has("") else []
    return _split_form("III/3", month, book, rows, [*RULES, WISH_RULE])
