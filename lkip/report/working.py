"""The arithmetic of a derived figure as it is printed: only what is exactly true of the unrounded numbers."""

from fractions import Fraction

from core import formats
from lkip.report.model import Entry
from lkip.text import VALUE

PER_CENT = 100
OF_CHANGE, OF_RATIO, OF_DIFFERENCE = "dibanding", "÷", "–"


def _ratio(first: Fraction, second: Fraction, value: Fraction, unit: str) -> str | None:
    """The pattern of "a ÷ b", with the whole factor it is multiplied by; per cent says its hundred itself."""
    if not second:
        return None
    if not first:
        return "{a} ÷ {b}" if not value else None
    factor = value / (first / second)
    if factor.denominator != 1 or factor < 1:
        return None
    silent = factor == 1 or (factor == PER_CENT and unit == "persen")
    return "{a} ÷ {b}" if silent else f"{{a}} ÷ {{b}} × {formats.number(factor, 0)}"


def _difference(first: Fraction, second: Fraction, value: Fraction, unit: str) -> str | None:
    return "{a} – {b}" if first - second == value else None


def _change(first: Fraction, second: Fraction, value: Fraction, unit: str) -> str | None:
    if not second or (first - second) / second * PER_CENT != value:
        return None
    return "({a} – {b}) ÷ {b}"


_FORMS = {OF_RATIO: _ratio, OF_DIFFERENCE: _difference, OF_CHANGE: _change}


def pattern(entry: Entry) -> str:
    """How the value follows from its two parts, "{a}" and "{b}" for them; empty where no such form is true.

    The words of the parts say which form is meant; what they say is believed only when the numbers agree, because a
    frozen edition keeps its words for good.
    """
    first, second, value = (entry.facets.get(name) for name in ("pembilang", "penyebut", VALUE))
    known = (first, second, value)
    if any(side is None or side.value is None for side in known):
        return ""
    said = [each for sign, each in _FORMS.items() if f" {sign} " in entry.parts]
    for form in dict.fromkeys([*said, *_FORMS.values()]):
        found = form(first.value, second.value, value.value, value.unit)
        if found:
            return found
    return ""


def is_change(entry: Entry) -> bool:
    """Whether the words of the parts compare two years: they name what is compared and are no arithmetic."""
    return f" {OF_CHANGE} " in entry.parts
