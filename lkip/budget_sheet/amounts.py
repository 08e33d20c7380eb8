"""Amounts and percentages as people type them: "Rp11.872.240.800", "25,000,000", "38.800.000.-", "83.47", "93,85%"."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from math import isfinite

from core.cells import Value
from core.formats import NBSP

NOTHING = frozenset({"", "-", "–", "—", "_", "n.a", "n.a.", "n/a", "na", "nihil"})
MOST = 10**15
_TAIL = re.compile(r"\s*[,.]?\s*[-–—]$")
_RUPIAH = re.compile(r"^rp\.?\s*", re.IGNORECASE)
_PLAIN = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_LONG_HEAD = re.compile(r"\d{4,}(?:[.,]\d{3})+")
_POWER = re.compile(r"\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)
TOO_LARGE = "Angka ini terlalu besar untuk anggaran sebuah dinas. Periksa, lalu tulis dalam rupiah dengan angka biasa."
_CENTS = re.compile(r"(.*\d)([.,])(\d{1,2})")


@dataclass(frozen=True)
class Amount:
    """An amount of a cell, rupiah. ``value`` is None for an empty cell and for one that can't be read.

    ``odd`` says in Indonesian what is wrong with the way it is written; "" when nothing is. ``text`` is the cell.
    """

    value: int | None = None
    text: str = ""
    odd: str = ""

    @property
    def unreadable(self) -> bool:
        """Whether something stands there that is no amount."""
        return self.value is None and bool(self.odd)


def read_amount(cell: Value) -> Amount:
    """Read whole rupiah, whatever parts the thousands; what is odd about the print is said, nothing is guessed."""
    if isinstance(cell, bool | date):
        return Amount(None, str(cell), "Sel ini bukan angka.")
    if isinstance(cell, int | float):
        return _number(cell)
    text = str(cell).replace(NBSP, " ").strip()
    if text.casefold() in NOTHING:
        return Amount(None, text)
    negative = text.startswith(("-", "–", "−", "("))
    body = _TAIL.sub("", _RUPIAH.sub("", text)).strip().replace(" ", "")
    if negative:
        return Amount(None, text, "Angka kurang dari nol tidak bisa menjadi pagu atau realisasi.")
    return _worded(body, text)


def _number(cell: int | float) -> Amount:
    if isinstance(cell, float) and not isfinite(cell):
        return Amount(None, str(cell), "Sel ini bukan angka.")
    if cell < 0:
        return Amount(None, str(cell), "Angka kurang dari nol tidak bisa menjadi pagu atau realisasi.")
    if cell >= MOST:
        return Amount(None, str(cell), TOO_LARGE)
    if cell != int(cell):
        return Amount(None, str(cell), "Rupiah harus bulat, tanpa pecahan.")
    return Amount(int(cell), str(int(cell)))


def _worded(body: str, text: str) -> Amount:
    if _POWER.fullmatch(body):
        return Amount(
            None, text, "Angka ini ditulis dengan pangkat sepuluh. Tulis dengan angka biasa, tanpa huruf E."
        )
    body, fraction = _without_cents(body)
    if fraction:
        return Amount(None, text, "Rupiah harus bulat, tanpa pecahan.")
    signs = {sign for sign in body if sign in ".,"}
    digits = body.replace(".", "").replace(",", "")
    if len(digits) > 15:
        return Amount(None, text, TOO_LARGE)
    if _PLAIN.fullmatch(body):
        return Amount(int(body), text)
    if _GROUPED.fullmatch(body):
        odd = "Titik dan koma dipakai bersama sebagai pemisah ribuan." if len(signs) > 1 else ""
        return Amount(int(digits), text, odd)
    if _LONG_HEAD.fullmatch(body):
        return Amount(int(digits), text, "Pemisah ribuan tidak pada tempatnya.")
    if digits.isdigit() and signs:
        return Amount(None, text, "Pemisah ribuan rusak, sehingga angkanya tidak pasti.")
    return Amount(None, text, "Sel ini bukan angka.")


def _without_cents(body: str) -> tuple[str, bool]:
    """Take ",00" or ".00" off the end, when another sign, or none, parts the thousands; say whether rupiah break."""
    found = _CENTS.fullmatch(body)
    if found is None or found[2] in found[1]:
        return body, False
    if not (_PLAIN.fullmatch(found[1]) or _GROUPED.fullmatch(found[1])):
        return body, False
    return found[1], int(found[3]) != 0


def read_percent(cell: Value, *, as_fraction: bool = False) -> Decimal | None:
    """Read a percentage; its exponent tells the printed decimals. None for an empty cell or one without a number.

    `as_fraction`: the column holds Excel percentages (0.9385 for 93,85 %).
    """
    if isinstance(cell, bool | date):
        return None
    if isinstance(cell, int | float):
        number = Decimal(str(cell)) * (100 if as_fraction else 1)
        if not number.is_finite() or abs(number) >= 10**6:
            return None
        return number.quantize(Decimal("0.01")) if number.as_tuple().exponent < -2 else number
    text = str(cell).replace(NBSP, "").replace(" ", "").rstrip("%").replace(",", ".")
    if text.casefold() in NOTHING:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < 10**6 else None


def holds_fractions(cells: list[Value]) -> bool:
    """Whether a column of percentages holds shares of one: numbers from 0 to 1,5 only, one of them between."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return bool(numbers) and all(0 <= n <= 1.5 for n in numbers) and any(0 < n < 1 for n in numbers)
