"""The resident number (NIK): sixteen digits PPKKCC DDMMYY SSSS.

Region of *first issue* (province, regency, district), birth date with 40 added to the day for women, serial.
There is no check digit: a well-formed NIK proves nothing; proof is the register or an officer who saw the
card.
"""

import datetime as dt
import re
from dataclasses import dataclass

from core import clock
from core.errors import Refused

_SIXTEEN = re.compile(r"[0-9]{16}")
_SEPARATORS = re.compile(r"[\s.\-]")
FEMALE_OFFSET = 40
WORKING_AGE = range(15, 100)


class InvalidNik(Refused):
    """The number cannot be a NIK; the message says why and never repeats it."""


@dataclass(frozen=True)
class NikParts:
    """What a NIK says about its holder."""

    region6: str
    birth_date: dt.date
    sex: str
    serial: int


def clean_nik(text: str) -> str:
    """Return the digits of a NIK typed with spaces, dots or dashes; raise InvalidNik unless sixteen."""
    digits = _SEPARATORS.sub("", text or "")
    if _SIXTEEN.fullmatch(digits):
        return digits
    if not digits:
        raise InvalidNik("NIK belum diisi. Tulis 16 angka seperti di KTP atau KK.", field="nik")
    if re.search(r"[^0-9]", digits):
        raise InvalidNik(
            "NIK hanya berisi angka. Hapus huruf atau tanda lain, lalu tulis 16 angka.", field="nik"
        )
    raise InvalidNik(
        f"NIK harus 16 angka; yang diisi {len(digits)} angka. Salin dari KTP atau KK.", field="nik"
    )


def _birth_date(day: int, month: int, year2: int, on: dt.date) -> dt.date:
    """Choose the century that makes the holder 15 to 99 on `on`, else the latest not in the future."""
    candidates = []
    for century in (1900, 2000):
        try:
            born = dt.date(century + year2, month, day)
        except ValueError:
            continue
        if born <= on:
            candidates.append(born)
    if not candidates:
        raise InvalidNik(
            "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender. "
            "Periksa lagi angka itu di KTP atau KK.",
            field="nik",
        )
    working = [born for born in candidates if age_on(born, on) in WORKING_AGE]
    return (working or candidates)[-1]


def age_on(birth_date: dt.date, on: dt.date) -> int:
    """Return the age in completed years on a day."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def parse_nik(nik: str, *, on: dt.date | None = None) -> NikParts:
    """Take a NIK apart; raise InvalidNik on what cannot be one. `on` is the day of registration (today)."""
    digits = clean_nik(nik)
    if len(set(digits)) == 1:
        raise InvalidNik("NIK tidak mungkin berisi 16 angka yang sama. Salin dari KTP atau KK.", field="nik")
    day, month, year2, serial = int(digits[6:8]), int(digits[8:10]), int(digits[10:12]), int(digits[12:])
    sex = "F" if day > FEMALE_OFFSET else "M"
    day -= FEMALE_OFFSET if sex == "F" else 0
    if not 1 <= day <= 31:
        raise InvalidNik(
            "Angka ke-7 dan ke-8 NIK (tanggal lahir) harus 01–31 untuk laki-laki atau 41–71 untuk perempuan. "
            "Periksa lagi di KTP atau KK.",
            field="nik",
        )
    if serial == 0:
        raise InvalidNik(
            "Empat angka terakhir NIK tidak boleh 0000. Periksa lagi di KTP atau KK.", field="nik"
        )
    return NikParts(digits[:6], _birth_date(day, month, year2, on or clock.today()), sex, serial)


def make_nik(region6: str, birth_date: dt.date, sex: str, serial: int) -> str:
    """Compose a NIK, for tests and the demo (serials 9000–9999). Raises ValueError on impossible parts."""
    if not re.fullmatch(r"[0-9]{6}", region6) or sex not in ("M", "F") or not 1 <= serial <= 9999:
        raise ValueError("a NIK needs a six-digit region, sex M or F and a serial of 1 to 9999")
    day = birth_date.day + (FEMALE_OFFSET if sex == "F" else 0)
    return f"{region6}{day:02d}{birth_date:%m}{birth_date.year % 100:02d}{serial:04d}"


def check_nik_matches(nik: str, birth_date: dt.date | None, sex: str | None) -> list[str]:
    """Return the warnings (Indonesian) where a NIK differs from what the form says; empty when it agrees.

    Only warnings: a mistake may lie in the card as well as in the form, and the officer decides.
    """
    parts = parse_nik(nik)
    warnings = []
    if birth_date is not None and parts.birth_date != birth_date:
        same_but_century = (parts.birth_date.month, parts.birth_date.day) == (
            birth_date.month,
            birth_date.day,
        )
        if not (same_but_century and (parts.birth_date.year - birth_date.year) % 100 == 0):
            warnings.append("Tanggal lahir yang diisi berbeda dengan tanggal lahir di dalam NIK.")
    if sex is not None and parts.sex != sex:
        warnings.append("Jenis kelamin yang diisi berbeda dengan jenis kelamin di dalam NIK.")
    return warnings
