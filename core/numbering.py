"""Document numbers: from a locked counter row, without gaps and without doubles."""

import datetime as dt
import re
from collections.abc import Callable

from django.db import connection

from core.models.agency import AgencyProfile

_ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_PLACE = re.compile(r"\{(\w+)(?::0([1-9]))?\}")


def next_number(series: str, year: int) -> int:
    """Return the next number of a series in a year, starting at 1.

    Call it last in the transaction that writes the document: the counter row stays locked until that commits,
    and a rollback gives the number back. Raises RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("next_number must be called inside the transaction that uses the number")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_counter (series, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (series, year) DO UPDATE SET last = core_counter.last + 1 RETURNING last",
            [series, year],
        )
        return cursor.fetchone()[0]


def written(pattern: str, n: int, *, on: dt.date, **parts: str) -> str:
    """Fill a number format: {n} or {n:06}, {yyyy} {yy} {mm} {dd} {roman} (month), and the given `parts`.

    Raises ValueError when the pattern names something unknown.
    """
    values = {
        "n": n,
        "yyyy": f"{on.year:04d}",
        "yy": f"{on.year % 100:02d}",
        "mm": f"{on.month:02d}",
        "dd": f"{on.day:02d}",
        "roman": _ROMAN[on.month - 1],
        **parts,
    }

    def fill(match: re.Match) -> str:
        name, width = match.groups()
        if name not in values:
            raise ValueError(f"a number format has no part {{{name}}}")
        return str(values[name]).zfill(int(width)) if width else str(values[name])

    return _PLACE.sub(fill, pattern)


def document_number(
    series: str, *, on: dt.date, default: str, taken: Callable[[str], bool] | None = None, **parts: str
) -> str:
    """Take the next number of the year of `on`; write it in the office's format for the series, or `default`.

    ``{region4}`` is the four digits of the office's city. `taken` tells whether a paper has the written number already,
    which only a changed format can bring about: that number is passed over. Same rules as `next_number`.
    """
    agency = AgencyProfile.current()
    pattern = agency.number_formats.get(series, default)
    parts.setdefault("region4", agency.region_id.replace(".", "")[:4])
    written(pattern, 0, on=on, **parts)  # a broken format must not use up a number
    number = written(pattern, next_number(series, on.year), on=on, **parts)
    while taken is not None and taken(number):
        number = written(pattern, next_number(series, on.year), on=on, **parts)
    return number
