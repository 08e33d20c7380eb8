"""How numbers, money and dates are written for an Indonesian reader. The only formatter.

Values keep their exactness until here (int, Decimal, Fraction) and are rounded once, half away from zero.
``None`` is shown as an en dash, a negative number starts with one, a unit follows a space that does not
break.
"""

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction

from core.clock import local
from core.errors import Refused

NBSP = "\u00a0"
DASH = "–"
Number = int | float | Decimal | Fraction

MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
MONTHS += ["Juli", "Agustus", "September", "Oktober", "November", "Desember"]
WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


class Unreadable(Refused):
    """A text that is not the number or date it should be."""


def round_half_up(x: Number, decimals: int = 0) -> Decimal:
    """Return `x` rounded to `decimals` places, halves away from zero, as an exact Decimal."""
    exact = Fraction(str(x)) if isinstance(x, float) else Fraction(x)
    scaled = abs(exact) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal((int(exact < 0 and whole > 0), tuple(int(digit) for digit in str(whole)), -decimals))


def _grouped(x: Number, decimals: int) -> tuple[bool, str]:
    """Return (is negative after rounding, the digits with dots and a comma)."""
    rounded = round_half_up(x, decimals)
    text = f"{abs(rounded):,.{decimals}f}"
    return rounded < 0, text.translate(str.maketrans(",.", ".,"))


def number(x: Number | None, decimals: int = 0) -> str:
    """1234567.5 -> "1.234.568"; with two decimals "1.234.567,50"."""
    if x is None:
        return DASH
    negative, text = _grouped(x, decimals)
    return DASH + text if negative else text


def percent(x: Number | None, decimals: int = 2) -> str:
    """Write `x`, already in per cent (89.643…), as "89,64 %"."""
    return DASH if x is None else f"{number(x, decimals)}{NBSP}%"


def rupiah(n: Number | None, decimals: int | None = None) -> str:
    """11872240800 -> "Rp 11.872.240.800". Sen are shown when there are any, or as `decimals` says."""
    if n is None:
        return DASH
    if decimals is None:
        decimals = 0 if Fraction(str(n) if isinstance(n, float) else n).denominator == 1 else 2
    negative, text = _grouped(n, decimals)
    return f"{DASH if negative else ''}Rp{NBSP}{text}"


def signed(x: Number | None, decimals: int = 2) -> str:
    """Write a difference with its sign: "+20,72", "–24,55", "0,00"."""
    if x is None:
        return DASH
    negative, text = _grouped(x, decimals)
    if negative:
        return DASH + text
    return text if round_half_up(x, decimals) == 0 else f"+{text}"


def fraction_decimal_string(x: Fraction | Decimal | int | None, places: int = 10) -> str | None:
    """Write `x` for machines: a decimal with a dot; all digits when finite, else `places`, half-up."""
    if x is None:
        return None
    exact = Fraction(x)
    twos = fives = 0
    rest = exact.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    digits = max(twos, fives) if rest == 1 else places
    return f"{round_half_up(exact, digits):.{digits}f}"


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Tanggal mulai" -> "tanggal mulai"; "NIB" stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def asked_for(verb: str, label: str) -> str:
    """What is missing: "Isi tanggal mulai."; a label that asks keeps its mark: "Jawab dulu: apa kegiatan Anda?"."""
    if label.endswith("?"):
        return f"Jawab dulu: {in_sentence(label)}"
    return f"{verb} {in_sentence(label)}."


def date_long(d: dt.date | None) -> str:
    """2023-08-17 -> "17 Agustus 2023"; of a moment, its day in WIB."""
    if d is None:
        return DASH
    d = local(d).date() if isinstance(d, dt.datetime) else d
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def date_full(d: dt.date | None) -> str:
    """2023-08-17 -> "Kamis, 17 Agustus 2023"."""
    if d is None:
        return DASH
    d = local(d).date() if isinstance(d, dt.datetime) else d
    return f"{WEEKDAYS[d.weekday()]}, {date_long(d)}"


def date_short(d: dt.date | None) -> str:
    """2023-08-17 -> "17-08-2023"."""
    if d is None:
        return DASH
    d = local(d).date() if isinstance(d, dt.datetime) else d
    return f"{d.day:02d}-{d.month:02d}-{d.year:04d}"


def month_long(d: dt.date | None) -> str:
    """2023-08-17 -> "Agustus 2023"."""
    return DASH if d is None else f"{MONTHS[d.month - 1]} {d.year}"


def time_short(moment: dt.datetime | dt.time | None) -> str:
    """14:05 -> "14.05"."""
    if moment is None:
        return DASH
    moment = local(moment) if isinstance(moment, dt.datetime) else moment
    return f"{moment.hour:02d}.{moment.minute:02d}"


def datetime_long(moment: dt.datetime | None) -> str:
    """Write a moment as "17 Agustus 2023 pukul 14.00 WIB"."""
    return DASH if moment is None else f"{date_long(moment)} pukul {time_short(moment)} WIB"


_ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_SCALES = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"))


def _below_thousand(n: int) -> list[str]:
    if n < 12:
        return [_ONES[n]]
    if n < 20:
        return [_ONES[n - 10], "belas"]
    if n < 100:
        head = [_ONES[n // 10], "puluh"]
        return head + (_below_thousand(n % 10) if n % 10 else [])
    head = ["seratus"] if n < 200 else [_ONES[n // 100], "ratus"]
    return head + (_below_thousand(n % 100) if n % 100 else [])


def terbilang(n: int | None) -> str:
    """Write a whole number in words: 1835 -> "seribu delapan ratus tiga puluh lima".

    Up to 999 kuadriliun; a larger one, or one with a fraction, raises ValueError.
    """
    if n is None:
        return DASH
    if Fraction(n).denominator != 1 or abs(n) >= 10**18:
        raise ValueError("terbilang takes whole numbers below 10^18")
    n = int(n)
    if n < 0:
        return "minus " + terbilang(-n)
    if n < 1000:
        return " ".join(_below_thousand(n))
    words: list[str] = []
    for scale, name in _SCALES:
        count, n = divmod(n, scale)
        if count:
            words += ["seribu"] if scale == 1000 and count == 1 else [*_below_thousand(count), name]
    return " ".join(words + (_below_thousand(n) if n else []))


_NUMBER = re.compile(r"[+–-]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")


def parse_number(text: str) -> Decimal:
    """Read a number written the Indonesian way ("1.234,5", "Rp 70", "89,64 %"). Raises Unreadable."""
    plain = text.replace(NBSP, " ").strip()
    sign = plain[:1] if plain[:1] in "+–-" else ""
    body = plain[len(sign) :].removeprefix("Rp").removesuffix("%").strip()
    if not _NUMBER.fullmatch(sign + body):
        raise Unreadable(
            f"“{text.strip()[:40]}” bukan angka. Tulis seperti 1.234.567 atau 89,64 "
            "(titik untuk ribuan, koma untuk desimal)."
        )
    return Decimal(sign.replace(DASH, "-") + body.replace(".", "").replace(",", "."))


_MONTH_NUMBER = {name.lower(): i for i, name in enumerate(MONTHS, 1)} | {
    name.lower()[:3]: i for i, name in enumerate(MONTHS, 1)
}


def month_number(name: str) -> int | None:
    """Return 1 to 12 for the name of a month or its first three letters, None for anything else."""
    return _MONTH_NUMBER.get(name.strip().lower())


_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[A-Za-z]+)[-/. ]([0-9]{4})")


def parse_date(text: str) -> dt.date:
    """Read "17-08-2023", "17/8/2023", "17 Agustus 2023" or "2023-08-17". Raises Unreadable."""
    plain = text.strip()
    iso, day_first = _ISO.fullmatch(plain), _DAY_FIRST.fullmatch(plain)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif day_first:
        month_text = day_first[2]
        month = int(month_text) if month_text.isdigit() else (month_number(month_text) or 0)
        day, year = int(day_first[1]), int(day_first[3])
    else:
        raise Unreadable(f"“{plain[:40]}” bukan tanggal. Tulis seperti 17-08-2023 atau 17 Agustus 2023.")
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise Unreadable(
            f"Tanggal “{plain[:40]}” tidak ada di kalender. Periksa hari dan bulannya."
        ) from error
