"""A worksheet that takes whole rows: XlsxWriter packs the file, the rows go to it as one string each.

XlsxWriter spends most of its time on calls a cell (50,000 × 20: 5.4 s, this way under 2 s), and its
constant-memory mode writes a text like ``<r>…</r>`` as raw XML, so that a hostile name breaks the workbook.
Here every text is escaped.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from core import formats

TEXT_LIMIT = 32_767
ROW_LIMIT = 1_048_576
DIGITS_LIMIT = 10**15
FIRST_DAY = date(1900, 3, 1)
EPOCH = date(1899, 12, 30).toordinal()

_UNSAFE = re.compile("[&<>\\x00-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]|_x[0-9A-Fa-f]{4}_")
_EDGE = re.compile(r"^\s|\s$|\s\s|\n")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str) -> str:
    """The text as XML data of a cell.

    Markup escaped, control characters as _xHHHH_, broken surrogates replaced.
    """

    def one(match: re.Match) -> str:
        found = match[0]
        if len(found) > 1:
            return f"_x005F{found}"
        if found in _NAMES:
            return _NAMES[found]
        return "\ufffd" if "\ud800" <= found <= "\udfff" else f"_x{ord(found):04X}_"

    return _UNSAFE.sub(one, text)


def limited(text: str) -> str:
    """The text cut to what a cell holds, counted as Excel counts (UTF-16 units)."""
    if len(text) <= TEXT_LIMIT // 2 or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= TEXT_LIMIT:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: (TEXT_LIMIT - 1) * 2]
    return cut.decode("utf-16-le", "ignore") + "…"


def serial(value: date) -> float | int:
    """A day or moment as Excel counts it, days since 30 December 1899."""
    days = value.toordinal() - EPOCH
    if isinstance(value, datetime):
        return days + (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    return days


A4 = 9
MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6}
"""Inches: as little white as office printers allow."""


def fit_on_paper(sheet: Worksheet, *, heads: tuple[int, int] | None = None) -> None:
    """Print on A4 across, all columns on one page's width; the rows `heads` (first, last) stand on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R&P / &N")
    if heads is not None:
        sheet.repeat_rows(*heads)


LINE_HEIGHT = 15


def wrapped_height(cells: Sequence[tuple[str, float]]) -> int:
    """The height of a row of wrapped texts, each with its column's width in letters: no program grows it by itself."""
    most = 1
    for text, width in cells:
        lines, room = 1, 0.0
        for word in text.split():
            if room and room + 1 + len(word) > width - 1:
                lines, room = lines + 1, float(len(word))
            else:
                room += len(word) + (1 if room else 0)
        most = max(most, lines)
    return most * LINE_HEIGHT


class RowSheet(Worksheet):
    """A worksheet filled from the top, row by row, in constant memory."""

    def append(self, values: Sequence[Any], styles: Sequence[Format | None], *, height: int = 0) -> None:
        """Write the next row: texts stay texts, numbers and dates become numbers, None an empty cell.

        A number of more than 15 digits and a day before March 1900, which Excel can't hold, are written as
        texts.
        """
        if not hasattr(self, "_letters"):
            self._letters = [xl_col_to_name(index) for index in range(len(values))]
            self._codes: dict[int, str] = {}
            self._next = 1
            self._check_dimensions(0, 0)
        parts = []
        for letter, value, style in zip(self._letters, values, styles, strict=True):
            if value is None or value == "":
                continue
            where = f'<c r="{letter}{self._next}"{self._code(style)}'
            kind = value.__class__
            if kind is str:
                parts.append(where + self._text(value))
            elif kind is int and -DIGITS_LIMIT < value < DIGITS_LIMIT:
                parts.append(f"{where}><v>{value}</v></c>")
            else:
                parts.append(where + self._other(value))
        tall = f' ht="{height}" customHeight="1"' if height else ""
        self.fh.write(f'<row r="{self._next}"{tall}>{"".join(parts)}</row>')
        self._check_dimensions(self._next - 1, max(len(values) - 1, 0))
        self.previous_row = self._next
        self._next += 1

    def _code(self, style: Format | None) -> str:
        if style is None:
            return ""
        code = self._codes.get(id(style))
        if code is None:
            code = self._codes[id(style)] = f' s="{style._get_xf_index()}"'
        return code

    @staticmethod
    def _text(value: str) -> str:
        text = limited(value) if len(value) > TEXT_LIMIT // 2 else value
        if _UNSAFE.search(text):
            text = escape(text)
        keep = ' xml:space="preserve"' if _EDGE.search(text) else ""
        return f' t="inlineStr"><is><t{keep}>{text}</t></is></c>'

    def _other(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._text("Ya" if value else "Tidak")
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return (
                self._text(formats.date_short(day))
                if day < FIRST_DAY
                else f"><v>{serial(value):.16G}</v></c>"
            )
        if isinstance(value, int | float | Decimal | Fraction) and abs(value) < DIGITS_LIMIT:
            return f"><v>{float(value):.16G}</v></c>"
        return self._text(str(value))
