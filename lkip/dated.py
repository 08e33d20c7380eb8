"""Dates and years in a text: "31 Desember 2023", "1–5 Mei", "tahun 2021–2023", "31/12/2023", and these in words.

Their parts are numbers of no figure: that the year's result is 31 too is chance.
"""

import re
from collections.abc import Iterator

from core.formats import MONTHS
from lkip.numerals import SPOKEN, UNITS

_TO = r"\s*(?:[–/-]|sampai(?: dengan)?|s\.d\.|s/d|hingga|dan)\s*"
_MONTH = f"(?:{'|'.join(MONTHS)})"
_DAY = rf"(?:\b(?:0?[1-9]|[12]\d|3[01])|\b{SPOKEN})"
_YEAR = (
    r"(?:(?:19|20)\d\d\b(?![.,]\d)|(?:dua ribu|seribu sembilan ratus)\b" + SPOKEN.partition(r"\b")[2] + ")"
)
_FOUND = re.compile(
    rf"(?P<day>{_DAY}(?:{_TO}{_DAY})?\s+{_MONTH}\b(?:\s+{_YEAR})?)"
    rf"|(?P<month>\b{_MONTH}\s+{_YEAR})"
    r"|(?P<short>(?<![\d.,/-])\d{1,2}(?P<sign>[-/.])\d{1,2}(?P=sign)(?:19|20)\d\d(?![\d/-]|[.,]\d))"
    rf"|\b(?:tahun(?: anggaran| ajaran)?|T\.?A\.?|periode|sejak)\s+(?P<year>{_YEAR}(?:{_TO}{_YEAR})?)"
    r"|(?P<range>(?<![\d.,/-])(?:19|20)\d\d\s*[–-]\s*(?:19|20)\d\d(?![\d/-]|[.,]\d))",
    re.IGNORECASE,
)
_COUNTS = re.compile(rf"\s+(?:{UNITS})\b", re.IGNORECASE)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where dates, years that a word announces, and ranges of years stand; what counts something is none."""
    for found in _FOUND.finditer(text):
        start, end = found.span(
            next(name for name in ("day", "month", "short", "year", "range") if found[name])
        )
        if not _COUNTS.match(text, end):
            yield start, end
