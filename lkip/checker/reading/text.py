"""A report as plain text: tabs part the cells of a row, blank lines the paragraphs."""

import re

from lkip.checker.model import Document, Line, Row, Table
from lkip.checker.reading.laidout import is_laid_out, read_laid_out

ADDRESS = re.compile(r"https?://[^\s\f]+")
"""An address holds digits that say nothing of the report."""
GAP = 6
"""Blank lines between two pieces of one table: what a page break leaves."""


def read_text(text: str, name: str) -> Document:
    """Return the lines of a text and the tables among them; line numbers are those of the file."""
    if is_laid_out(text):
        return read_laid_out(text, name)
    lines = []
    for no, raw in enumerate(ADDRESS.sub("", text).splitlines(), 1):
        cells = tuple(cell.strip() for cell in raw.split("\t")) if "\t" in raw else None
        if cells is not None and sum(bool(c) for c in cells) == 0:
            cells = None
        lines.append(Line(no, raw.replace("\t", " ").strip(), f"baris {no}", cells))
    return Document(name, lines, tables_of(lines))


def tables_of(lines: list[Line]) -> list[Table]:
    """Group rows into tables; a page break of blank lines does not end one when the columns stay as many."""
    tables: list[Table] = []
    caption, caption_line, blank, open_table = "", 0, 0, False
    for line in lines:
        if line.cells is None:
            if line.text:
                caption, caption_line, open_table = line.text.strip("* "), line.no, False
            blank += 1
            continue
        row = Row((line.no,), list(line.cells))
        joins = open_table and (
            blank == 0 or (blank <= GAP and len(tables[-1].rows[-1].cells) == len(line.cells))
        )
        if joins:
            tables[-1].rows.append(row)
        else:
            tables.append(Table([row], caption, caption_line))
        open_table, blank = True, 0
    return tables
