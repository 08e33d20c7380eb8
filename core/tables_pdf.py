"""A selection as a printed list: letterhead, the rows, "Keterangan"; upright or wide as the columns need."""

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from core import formats
from core.documents import fonts, style
from core.documents.grid import Col, Grid, Line, Look
from core.documents.grid_parts import GAP
from core.documents.report import Report, ReportInfo
from core.errors import Refused
from core.models.agency import AgencyProfile
from core.selection import Selection
from core.tables import Column

ROW_LIMIT = 5000
SIZES = (8.6, 7.8, 7.2, 6.6)
LEAST_TEXT = 45
HEAD = 7.2


def write_table(
    selection: Selection,
    rows: Iterable[list[Any]],
    notes: Callable[[int], list[tuple[str, str]]],
    target: BinaryIO,
) -> int:
    """Write the rows as PDF and return their number. Refused above 5,000 rows: nobody reads 150 pages on paper."""
    columns = selection.table.export_columns
    lines = [_texts(columns, row) for row in _limited(rows)]
    size, widths, wide = _plan(columns, lines)
    agency = AgencyProfile.current()
    report = Report(ReportInfo(title=selection.table.title, agency=agency, letterhead=True, wide=wide))
    report.heading(selection.table.title)
    printed = [
        Col(column.title, width=width, align=_align(column))
        for column, width in zip(columns, widths, strict=True)
    ]
    look = Look(size=size, leading=size * 1.28, padding=5, accent=report.accent)
    report.add(Grid(printed, [Line(cells) for cells in lines], look=look))
    report.heading("Keterangan", level=2)
    explained = [Line(line) for line in notes(len(lines))]
    report.add(Grid([Col("Hal", width=120), Col("Isi", flex=1)], explained, look=look))
    report.save(target)
    return len(lines)


def _limited(rows: Iterable[list[Any]]) -> Iterable[list[Any]]:
    for number, row in enumerate(rows):
        if number >= ROW_LIMIT:
            raise Refused(
                f"PDF memuat paling banyak {formats.number(ROW_LIMIT)} baris. Persempit saringan atau pilih Excel."
            )
        yield row


def _align(column: Column) -> str:
    return "right" if column.numeric else "left"


def _texts(columns: list[Column], row: list[Any]) -> list[str]:
    """The cells as read by people; a date or number never breaks."""
    return [
        text if _is_text(column) else text.replace(" ", "\u00a0")
        for column, text in ((column, column.text(value)) for column, value in zip(columns, row, strict=True))
    ]


def _plan(columns: list[Column], lines: list[list[str]]) -> tuple[float, list[float], bool]:
    """The type size, the width of each column and whether the page is turned.

    Numbers and dates get the width of their longest text; text columns share what is left by their declared width.
    """
    for page, wide in ((style.REPORT, False), (style.REPORT_WIDE, True)):
        for size in SIZES[:2] if not wide else SIZES:
            widths = [_wanted(columns, index, lines, size) for index in range(len(columns))]
            if sum(widths) <= page.width:
                break
        else:
            continue
        break
    texts = [column.width if _is_text(column) else 0 for column in columns]
    spare = max(page.width - sum(widths), 0) / (sum(texts) or 1)
    shrink = min(1, page.width / sum(widths))
    return size, [(width + share * spare) * shrink for width, share in zip(widths, texts, strict=True)], wide


def _is_text(column: Column) -> bool:
    return column.kind in ("text", "tag")


def _wanted(columns: list[Column], index: int, lines: list[list[str]], size: float) -> float:
    column = columns[index]
    follows = index > 0 and columns[index - 1].numeric and not column.numeric
    space = GAP + 2 + (2 * GAP if follows else 0)
    head = fonts.width(max(column.title.split(" "), key=len), fonts.REGULAR, HEAD)
    if _is_text(column):
        return max(LEAST_TEXT, column.width * size * 0.42, head) + space
    texts = {line[index] for line in lines}
    return max([head, *(fonts.width(text, fonts.REGULAR, size) for text in texts)]) + space
