"""A report as XLSX: every sheet a run of rows; a row that fills one cell is a line of prose."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import python_calamine

from core import formats
from core.errors import Refused
from lkip.checker.model import Document, Line, Row, Table
from lkip.checker.reading.docx import open_archive

ROWS_MOST, COLUMNS_MOST = 20_000, 120


def read_xlsx(data: bytes, name: str) -> Document:
    """Return the rows of all sheets; a place is "lembar Anggaran baris 7"; empty rows end a table."""
    open_archive(data).close()
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = [
            (sheet, book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
            for sheet in book.sheet_names
        ]
    except (python_calamine.CalamineError, ValueError) as error:
        raise Refused("Isi berkas Excel ini tidak dapat dibaca.") from error
    lines: list[Line] = []
    tables: list[Table] = []
    for sheet, rows in sheets:
        caption, caption_line, open_table = sheet, 0, False
        for number, values in enumerate(rows[:ROWS_MOST], 1):
            cells = [_shown(value) for value in values[:COLUMNS_MOST]]
            while cells and not cells[-1]:
                cells.pop()
            filled = sum(bool(cell) for cell in cells)
            no = len(lines) + 1
            where = f"lembar {sheet} baris {number}"
            lines.append(Line(no, " ".join(filter(None, cells)), where, tuple(cells) if filled > 1 else None))
            if filled > 1:
                if not open_table:
                    tables.append(Table([], caption, caption_line, torn=False))
                tables[-1].rows.append(Row((no,), cells))
                open_table = True
            else:
                open_table = open_table and filled == 1
                if filled:
                    caption, caption_line = lines[-1].text, no
    return Document(name, lines, tables)


def _shown(value: Any) -> str:
    """A cell as an Indonesian sheet shows it."""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, int | float):
        exact = Decimal(str(value))
        places = max(0, -exact.normalize().as_tuple().exponent)
        return formats.number(exact, min(places, 4)).replace(formats.DASH, "-")
    if isinstance(value, dt.datetime | dt.date):
        return formats.date_long(value)
    return str(value).strip()
