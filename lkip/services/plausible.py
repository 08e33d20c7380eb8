"""Which numbers from outside can't be true: a day that has not come, a share beyond the whole, less than nobody."""

import re
from datetime import date
from decimal import Decimal

from core import clock, formats
from lkip.enums import Direction, Formula
from lkip.models import Indicator
from lkip.services.plan import InvalidPlan

SHARES = {"persen", "%"}
NOT_COUNTED = SHARES | {"poin", "nilai", "indeks", "skor", "rasio", "rupiah"}
"""First words of units that count neither things nor people: what they measure may fall below zero."""
_CHANGES = re.compile(
    r"\s*(?:(?:persentase|jumlah|angka|tingkat|rata-rata)\s+)?"
    r"(?:laju|pertumbuhan|perubahan|kenaikan|penurunan|peningkatan|pertambahan|penambahan|selisih|inflasi)\b",
    re.IGNORECASE,
)
"""How names begin that speak of a change, which has a sign and no upper bound."""


def check_number(indicator: Indicator, year: int, value: Decimal, as_of: date | None) -> None:
    """Raise InvalidPlan, by field, for a day or a value that the indicator can't have in that year."""
    _check_day(year, as_of)
    _check_value(indicator, value)


def _check_day(year: int, as_of: date | None) -> None:
    if as_of is None:
        return
    if as_of > clock.today():
        raise InvalidPlan("Tanggal ini belum tiba. Tulis tanggal keadaan yang diterbitkan.", field="as_of")
    # a census of February is published for the year before, and a year's number is often told as of the next January
    if not year - 1 <= as_of.year <= year + 1:
        raise InvalidPlan(
            f"Nilai tahun {year} tidak bisa berkeadaan {formats.date_long(as_of)}. Periksa tahun atau tanggalnya.",
            field="as_of",
        )


def _check_value(indicator: Indicator, value: Decimal) -> None:
    unit = indicator.unit.casefold().partition(" ")[0]
    if indicator.formula == Formula.CHANGE or _CHANGES.match(indicator.name):
        return
    if unit not in NOT_COUNTED and value < 0 and indicator.direction != Direction.CATEGORY:
        raise InvalidPlan(f"Banyaknya {indicator.unit} tidak bisa kurang dari nol.", field="value")
    share = (
        unit in SHARES
        and indicator.formula in (Formula.STATISTIC, Formula.INTERIM)
        and indicator.direction in (Direction.UP, Direction.DOWN)
    )
    if share and not 0 <= value <= 100:
        raise InvalidPlan(
            "Tulis persen dari 0 sampai 100. Bila nilainya memang bisa di luar itu, ubah dahulu arah indikator ini "
            "menjadi tanpa arah.",
            field="value",
        )
