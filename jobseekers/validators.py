"""Pure rules about dates and ages, shared by services, forms and imports."""

import calendar
import re
from datetime import date, timedelta

from core.personal import age_on
from jobseekers.enums import AGE_GROUP_STARTS, AgeGroup

REPORT_MONTHS = (6, 12, 18)
"""A holder without work reports this many months after issue (text of the AK/I card)."""

HIGHEST_GRADE = 1000
"""The sum of many subjects on the diplomas of some years; an average has one hundred at most."""

_PHONE = re.compile(r"\+62[0-9]{8,12}")


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where there is none (31 Aug + 6 months)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_valid_day(issued_on: date, months: int) -> date:
    """Return the last day on which a card issued on `issued_on` holds, `months` long.

    The day before the anniversary; where that does not exist (issued on 29 February), the month's last day.
    """
    anniversary = add_months(issued_on, months)
    return anniversary - timedelta(days=1) if anniversary.day == issued_on.day else anniversary


def report_days(issued_on: date) -> tuple[date, ...]:
    """Return the three days on which the holder should report."""
    return tuple(add_months(issued_on, months) for months in REPORT_MONTHS)


def age_group(birth_date: date, day: date) -> AgeGroup:
    """Return the IPK age group on `day`."""
    age = age_on(birth_date, day)
    return next(group for start, group in AGE_GROUP_STARTS if age >= start or start == 0)


def born_on_or_before(day: date, age: int) -> date:
    """Return the latest birth date of those who have completed `age` years on `day` (agrees with `age_on`)."""
    year = day.year - age
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def normalise_phone(text: str) -> str:
    """Return an Indonesian phone number as +62…; empty stays empty.

    Raises ValueError with an Indonesian message when the digits can't be one.
    """
    digits = re.sub(r"[^0-9+]", "", text)
    if not digits:
        if text.strip():
            raise ValueError("Nomor telepon berisi huruf. Tulis angka saja, misalnya 0812 3456 7890.")
        return ""
    if digits.startswith("0"):
        digits = "+62" + digits[1:]
    elif digits.startswith("62"):
        digits = "+" + digits
    if not _PHONE.fullmatch(digits):
        raise ValueError("Nomor telepon harus 9–13 angka dan diawali 0 atau +62, misalnya 0812 3456 7890.")
    return digits


_NAME = re.compile(r"[^\W\d_]['’`.\-]*(?:[ ,'’`.\-]*[^\W\d_]['’`.\-]*)*")
_LATIN_END = 0x250
_PUNCTUATION = range(0x2010, 0x2028)


def printable(text: str) -> bool:
    """Whether every character has a glyph in the card's typeface: Latin letters, digits and usual signs."""
    return all((c.isprintable() and ord(c) < _LATIN_END) or ord(c) in _PUNCTUATION for c in text)


def tidy(text: str) -> str:
    """Return the text with single spaces and without space at the ends."""
    return " ".join(text.split())


def three_digits(text: str) -> str:
    """Return the number of an RT or RW as a KTP prints it: "1" -> "001"; empty stays empty."""
    return text.zfill(3) if text else ""


def check_rt_rw(text: str, label: str) -> str:
    """Return the number of an RT or RW in three digits. Raises ValueError (Indonesian) that names it by `label`."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{0,3}", digits):
        raise ValueError(f"{label} hanya berisi angka, paling banyak tiga.")
    return three_digits(digits)


def check_name(name: str) -> str:
    """Return the name, tidied. Raises ValueError (Indonesian) when it can't be a name as on a KTP."""
    name = tidy(name)
    if not name:
        raise ValueError("Nama lengkap belum diisi. Tulis seperti di KTP.")
    if len(name) > 85:
        raise ValueError("Nama lengkap paling panjang 85 huruf. Singkat gelar bila perlu.")
    if not printable(name) or not _NAME.fullmatch(name):
        raise ValueError(
            "Nama lengkap hanya boleh berisi huruf, spasi, titik, koma, tanda petik, dan tanda hubung. "
            "Tulis seperti di KTP."
        )
    return name


def check_birth_date(birth_date: date, day: date) -> date:
    """Return the date. Raises ValueError (Indonesian) when nobody alive and born can have it."""
    if birth_date > day:
        raise ValueError("Tanggal lahir belum terjadi. Periksa tahunnya.")
    if age_on(birth_date, day) > 99:
        raise ValueError("Menurut tanggal lahir, umur Anda lebih dari 99 tahun. Periksa tahunnya.")
    return birth_date


def check_graduation_year(year: int, birth_date: date | None, day: date) -> int:
    """Return the year. Raises ValueError (Indonesian) when it lies ahead or before school age."""
    if year > day.year:
        raise ValueError(f"Tahun lulus paling akhir {day.year}. Bila belum lulus, isi pendidikan sebelumnya.")
    earliest = birth_date.year + 5 if birth_date else 1940
    if year < earliest:
        raise ValueError(f"Tahun lulus {year} terlalu awal. Periksa tahun lulus dan tanggal lahir.")
    return year


_GRADE = re.compile(r"[0-9]{1,5}(?:[.,][0-9]{1,2})?|[^\W\d_]{1,12}[+-]?")


def check_grade(text: str) -> str:
    """Return a grade as it stands on a diploma: "8,42", "3.51/4.00", "Lulus", "Sangat baik", "B+".

    Raises ValueError (Indonesian) for anything else and for a number that no school gives.
    """
    plain = text.strip().replace(",", ".")
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) and not 0 <= float(plain) <= HIGHEST_GRADE:
        raise ValueError("Nilai ini tidak mungkin. Salin dari ijazah, misalnya 8,42.")
    words = re.split(r"[ /]", text.strip()) if plain else []
    if len(words) > 4 or not all(_GRADE.fullmatch(word) for word in words):
        raise ValueError("Nilai hanya angka atau kata pendek seperti di ijazah, misalnya 8,42 atau Lulus.")
    return text


IPK_STARTS = {
    "TIDAK_SEKOLAH": ("1101",),
    "TIDAK_TAMAT_SD": ("1101",),
    "SD": ("1102", "1103"),
    "SMP": ("2",),
    "SMA": ("37", "38"),
    "SMK": ("31", "32", "33", "34", "35", "36", "37"),
    "D1": ("41",),
    "D2": ("42",),
    "D3": ("5",),
    "D4": ("8",),
    "S1": ("6",),
    "PROFESI": ("6",),
    "S2": ("7",),
    "S3": ("7",),
}
"""Level of education -> how its codes of the IPK forms begin (ref_pendidikan.csv, kelompok_ipk)."""


def check_ipk_code(code: str, level: str) -> None:
    """Raise ValueError (Indonesian) when a code of the IPK forms belongs to another level; unknown levels take any."""
    starts = IPK_STARTS.get(level)
    if starts and not code.startswith(starts):
        listed = " atau ".join(filter(None, (", ".join(starts[:-1]), starts[-1])))
        raise ValueError(f"Kode {code} bukan untuk jenjang ini. Kodenya diawali {listed}.")


def check_kk(text: str) -> str:
    """Return the sixteen digits of a family card number; raises ValueError (Indonesian) otherwise."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueError("Nomor KK harus 16 angka. Salin dari Kartu Keluarga.")
    return digits
