"""The office's staff tables, computed from the register for a day: by post, by grade, by education."""

from dataclasses import dataclass
from datetime import date

from core import measures
from core.measures import Period
from core.models.reference import EducationLevel
from lkip.enums import Employment, PostClass

STAFF = "lkip.office_staff"
GRADES = [f"{step}/{letter}" for step in ("IV", "III", "II", "I") for letter in "edcba"]
RANKS = {
    "IV/e": "Pembina Utama", "IV/d": "Pembina Utama Madya", "IV/c": "Pembina Utama Muda", "IV/b": "Pembina Tingkat I",
    "IV/a": "Pembina", "III/d": "Penata Tingkat I", "III/c": "Penata", "III/b": "Penata Muda Tingkat I",
    "III/a": "Penata Muda", "II/d": "Pengatur Tingkat I", "II/c": "Pengatur", "II/b": "Pengatur Muda Tingkat I",
    "II/a": "Pengatur Muda", "I/d": "Juru Tingkat I", "I/c": "Juru", "I/b": "Juru Muda Tingkat I", "I/a": "Juru Muda",
}  # fmt: skip
"""Rank of each grade of a PNS (PP 11/2017 and its forerunners)."""


@dataclass(frozen=True)
class StaffTable:
    """One table: heads, rows of (label, numbers…), and the total of each column, asked by itself."""

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: list[tuple[str, tuple[int, ...]]]
    totals: tuple[int, ...]


def _day(day: date) -> Period:
    return Period(date(day.year, 1, 1), day)


def _total(day: date, filters: dict) -> int:
    return measures.value(STAFF, _day(day), filters)


def by_post(day: date) -> StaffTable:
    """By class of post; PPPK and non-ASN stand in rows of their own, so that each person is in one row."""
    cells = dict(measures.cells(STAFF, _day(day), ["employment", "post_class"]))
    rows = [
        (PostClass(post).label, (cells[Employment.PNS, post],))
        for post in PostClass.values
        if cells.get((Employment.PNS, post))
    ]
    for employment in (Employment.PPPK, Employment.NON_ASN):
        count = sum(value for (kind, _), value in cells.items() if kind == employment)
        if count:
            rows.append((employment.label, (count,)))
    return StaffTable("post", "Pegawai menurut jabatan", ("Jabatan", "Jumlah"), rows, (_total(day, {}),))


def by_grade(day: date) -> StaffTable:
    """ASN by grade, highest first; grades that are no PNS grade (PPPK) come last."""
    asn = {"employment": [Employment.PNS, Employment.PPPK]}
    cells = {grade: value for (grade,), value in measures.cells(STAFF, _day(day), ["grade"], asn)}
    known = [grade for grade in GRADES if grade in cells]
    order = known + sorted(set(cells) - set(known))
    rows = [(_grade_words(grade), (cells[grade],)) for grade in order]
    return StaffTable(
        "grade", "ASN menurut golongan", ("Pangkat, golongan", "Jumlah"), rows, (_total(day, asn),)
    )


def _grade_words(grade: str) -> str:
    if not grade:
        return "tanpa golongan"
    return f"{RANKS[grade]}, {grade}" if grade in RANKS else f"PPPK golongan {grade}"


def by_education(day: date) -> StaffTable:
    """ASN and non-ASN by education, lowest first."""
    cells = dict(measures.cells(STAFF, _day(day), ["education", "employment"]))
    names = dict(EducationLevel.objects.order_by("order").values_list("code", "label"))

    def count(code, kinds) -> int:
        return sum(cells.get((code, kind), 0) for kind in kinds)

    asn, other = (Employment.PNS, Employment.PPPK), (Employment.NON_ASN,)
    present = {code for code, _ in cells}
    rows = [
        (names.get(code, "tidak diisi"), (count(code, asn), count(code, other)))
        for code in [*names, None]
        if code in present
    ]
    totals = (_total(day, {"employment": list(asn)}), _total(day, {"employment": list(other)}))
    return StaffTable(
        "education", "Pegawai menurut pendidikan", ("Pendidikan", "ASN", "Non-ASN"), rows, totals
    )


def tables(day: date) -> list[StaffTable]:
    """Return the three tables of the day; seven statements."""
    return [by_post(day), by_grade(day), by_education(day)]
