"""Cross tables as files: Excel and PDF of numbers that are counted already, with the rules that they follow.

A paper holds what its page shows, nothing more: no names and no row of a person.
"""

import io
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import BinaryIO

import xlsxwriter
from django.http import FileResponse, HttpRequest

from core import audit, clock, formats
from core.documents import fonts, style
from core.documents.grid import Col, Grid, Line, Look
from core.documents.grid_parts import GAP
from core.documents.report import Report, ReportInfo
from core.models.agency import AgencyProfile
from core.tables_out import CONTENT_TYPES, Stamp
from core.xlsx import fit_on_paper, wrapped_height

NOTES = "Keterangan"
HEAD_SIZE = 7.2
LABEL, LEAST_LABEL = 150, 90
MOST_MORE = 30
"""Points: the first column, and what a column of numbers gets at most when there is room."""
LEAST_NUMBER, LABEL_LETTERS, NOTE_LETTERS = 7, 28, 90
"""Of the sheet: letters in a column of numbers at least, in the first column, and in that of the rules."""
KINDS = {"row": "row", "group": "row", "total": "total"}

Value = int | Fraction | None
"""A count, a share in per cent (Fraction), or nothing."""


@dataclass(frozen=True)
class PaperLine:
    """A row; kind is row, group (a subtotal that stands above its rows) or total; `url` is the page's list of it."""

    label: str
    values: list[Value]
    kind: str = "row"
    url: str = ""


@dataclass(frozen=True)
class PaperTable:
    """A table: what its rows are, its columns (and what several of them share), its rows."""

    title: str
    corner: str
    head: list[str]
    lines: list[PaperLine]
    groups: list[str] = field(default_factory=list)

    @property
    def spans(self) -> list[tuple[str, int]]:
        """The shared heads, each with the number of its columns."""
        return [(title, len(list(run))) for title, run in groupby(self.groups)]


@dataclass(frozen=True)
class Paper:
    """Tables and the rules they follow; `rules_first` puts the rules above the table, not behind it."""

    slug: str
    title: str
    tables: list[PaperTable]
    notes: list[tuple[str, str]]
    rules_first: bool = False


def stamped(paper: Paper, stamp: Stamp) -> list[tuple[str, str]]:
    """The rules, and who made the paper when."""
    return [*paper.notes, ("Dibuat", formats.datetime_long(stamp.at)), ("Oleh", stamp.actor_name)]


# --- XLSX ---


def write_xlsx(paper: Paper, target: BinaryIO, stamp: Stamp) -> None:
    """One sheet a table; the rules on a sheet of their own, or above the table."""
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties(
        {
            "title": paper.title,
            "author": stamp.actor_name,
            "created": clock.local(stamp.at).replace(tzinfo=None),
        }
    )
    notes = stamped(paper, stamp)
    for table in paper.tables:
        sheet = book.add_worksheet(table.title[:31])
        row = 0
        if paper.rules_first:
            row = _rules(book, sheet, [(paper.title, ""), *notes], _widths(table)) + 1
        _sheet(book, sheet, table, row)
    if not paper.rules_first:
        sheet = book.add_worksheet(NOTES)
        sheet.set_column(0, 0, LABEL_LETTERS)
        sheet.set_column(1, 1, NOTE_LETTERS)
        fit_on_paper(sheet)
        _rules(book, sheet, [("Rekap", paper.title), *notes])
    book.close()


def _widths(table: PaperTable) -> list[int]:
    """Letters of the columns of numbers: the longest word of the head fits."""
    return [max(LEAST_NUMBER, *(len(word) + 2 for word in title.split())) for title in table.head]


def _rules(
    book: xlsxwriter.Workbook, sheet, lines: list[tuple[str, str]], across: list[int] | None = None
) -> int:
    """Write two columns of text, the second across a table's columns (their widths); return the first free row."""
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (title, words) in enumerate(lines):
        sheet.write_string(row, 0, title, bold)
        if across and words:
            sheet.merge_range(row, 1, row, len(across), words, wrapped)
        elif words:
            sheet.write_string(row, 1, words, wrapped)
        sheet.set_row(row, wrapped_height([(words, sum(across) if across else NOTE_LETTERS)]))
    return len(lines)


def _sheet(book: xlsxwriter.Workbook, sheet, table: PaperTable, row: int) -> None:
    look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
    head, right = book.add_format(look), book.add_format({**look, "align": "right"})
    over = book.add_format({"bold": True, "align": "left"})
    before = ""
    for at, group in enumerate(table.groups, start=1):
        if group and group != before:
            sheet.write_string(row, at, group, over)
        before = group
    row += bool(table.groups)
    sheet.write_string(row, 0, table.corner, head)
    for at, title in enumerate(table.head, start=1):
        sheet.write_string(row, at, title, right)
    fit_on_paper(sheet, heads=(row - bool(table.groups), row))
    sheet.set_column(0, 0, LABEL_LETTERS)
    widths = _widths(table)
    for at, width in enumerate(widths, start=1):
        sheet.set_column(at, at, width)
    sheet.set_row(row, wrapped_height(list(zip(table.head, widths, strict=True))))
    sheet.freeze_panes(row + 1, 1)
    for line in table.lines:
        row += 1
        heavy = {"row": {}, "group": {"bold": True}, "total": {"bold": True, "top": 1}}[line.kind]
        number, share = (book.add_format({**heavy, "num_format": form}) for form in ("#,##0", '#,##0.00" %"'))
        sheet.write_string(row, 0, line.label, book.add_format(heavy))
        for at, value in enumerate(line.values, start=1):
            if isinstance(value, Fraction):
                sheet.write_number(row, at, float(formats.round_half_up(value, 2)), share)
            elif value is not None:
                sheet.write_number(row, at, value, number)


# --- PDF ---


def write_pdf(paper: Paper, target: BinaryIO, stamp: Stamp) -> None:
    """A wide paper with the office's letterhead."""
    agency = AgencyProfile.current()
    report = Report(ReportInfo(title=paper.title, agency=agency, letterhead=True, wide=True))
    report.heading(paper.title)
    look = Look(size=7.8, leading=10, padding=4, accent=report.accent)
    rules = Grid(
        [Col("Hal", width=100), Col("Isi", flex=1)],
        [Line(line) for line in stamped(paper, stamp)],
        look=look,
    )
    if paper.rules_first:
        report.add(rules)
    for table in paper.tables:
        report.heading(table.title, level=2)
        report.add(_grid(table, look))
    if not paper.rules_first:
        report.heading(NOTES, level=2)
        report.add(rules)
    report.save(target)


def _grid(table: PaperTable, look: Look) -> Grid:
    groups = table.groups or [""] * len(table.head)
    lines = [(line, [line.label, *(_text(value) for value in line.values)]) for line in table.lines]
    widths = [
        max(
            *(fonts.width(word, fonts.REGULAR, HEAD_SIZE) for word in title.split(" ")),
            *(fonts.width(cells[at], fonts.BOLD, look.size) for _, cells in lines),
            0,
        )
        + GAP
        + 2
        for at, title in enumerate(table.head, start=1)
    ]
    spare = style.REPORT_WIDE.width - sum(widths) - LABEL
    more = min(max(spare, 0) / len(widths), MOST_MORE)
    columns = [
        Col(table.corner, width=max(min(LABEL, LABEL + spare), LEAST_LABEL)),
        *(
            Col(title, width=width + more, align="right", group=group)
            for title, width, group in zip(table.head, widths, groups, strict=True)
        ),
    ]
    grouped = any(line.kind == "group" for line, _ in lines)
    printed = [
        Line(
            cells,
            kind=KINDS[line.kind],
            bold=line.kind == "group",
            level=1 if grouped and line.kind == "row" else 0,
        )
        for line, cells in lines
    ]
    return Grid(columns, printed, look=look)


def _text(value: Value) -> str:
    if isinstance(value, Fraction):
        return formats.percent(value)
    return "" if value is None else formats.number(value)


# --- Handing over ---

WRITERS: dict[str, Callable[[Paper, BinaryIO, Stamp], None]] = {"xlsx": write_xlsx, "pdf": write_pdf}


def download(paper: Paper, name: str, *, request: HttpRequest) -> FileResponse:
    """Write the paper and answer with it; leaves the audit event of an export."""
    stamp = Stamp.of(request.user)
    target = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
    WRITERS[name](paper, target, stamp)
    target.seek(0, io.SEEK_SET)
    rows = sum(len(table.lines) for table in paper.tables)
    audit.record(
        "export.direct",
        actor=request.user,
        detail={"table": paper.slug, "format": name, "rows": rows},
        request=request,
    )
    return FileResponse(
        target,
        as_attachment=True,
        filename=f"{paper.slug}-{clock.local(stamp.at):%Y%m%d-%H%M}.{name}",
        content_type=CONTENT_TYPES[name],
    )
