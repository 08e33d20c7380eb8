"""Writes a selection as XLSX, CSV or PDF: exactly the rows that the page shows, and what they mean.

All formats walk the table's one row iterator, so memory stays flat. Text that a spreadsheet would run as a
formula stays text: XLSX cells are typed as strings, CSV cells get an apostrophe in front. Dates are dates,
numbers numbers.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, BinaryIO

import xlsxwriter
from django.http import FileResponse, HttpRequest

from core import audit, clock, formats
from core.errors import Refused
from core.selection import Selection
from core.tables import Column
from core.xlsx import ROW_LIMIT, RowSheet, fit_on_paper

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
PROGRESS_EVERY = 1000

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Stamp:
    """Who asked for an export, and when."""

    actor_name: str
    at: datetime

    @classmethod
    def of(cls, user: Any) -> "Stamp":
        """The stamp of an export that is made now."""
        return cls(str(getattr(user, "full_name", "") or user), clock.now())


def notes(selection: Selection, count: int, stamp: Stamp) -> list[tuple[str, str]]:
    """What stands under "Keterangan".

    Filter in words, order, time, who, how many rows, what the columns mean.
    """
    lines = [("Tabel", selection.table.title), ("Jumlah baris", formats.number(count))]
    lines += selection.words() or [("Saringan", "tidak ada, semua baris yang boleh dilihat pembuat")]
    lines += [
        ("Urutan", selection.sort_words()),
        ("Dibuat", formats.datetime_long(stamp.at)),
        ("Oleh", stamp.actor_name),
    ]
    return lines + [
        (f"Kolom {column.title}", column.explain)
        for column in selection.table.export_columns
        if column.explain
    ]


def write(
    selection: Selection, name: str, target: BinaryIO, stamp: Stamp, progress: Progress | None = None
) -> int:
    """Write the selection to a binary file and return the number of rows.

    Refused when the format can't hold them.
    """
    writer = {"xlsx": write_xlsx, "csv": write_csv, "pdf": write_pdf}[name]
    return writer(selection, target, stamp, progress)


def _counted(rows: Iterator[list[Any]], progress: Progress | None) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(rows, start=1):
        if progress is not None and number % PROGRESS_EVERY == 0:
            progress(number)
        yield number, row


# --- XLSX ---


def number_format(column: Column) -> str:
    """The Excel format of a column's numbers and dates ("" for the general one)."""
    decimals = "0." + "0" * column.decimals if column.decimals else "0"
    return {
        "date": "dd-mm-yyyy",
        "datetime": "dd-mm-yyyy hh:mm",
        "money": "#,##0",
        "int": "#,##0",
        "decimal": f"#,##{decimals}",
        "percent": f"#,##{decimals}",
    }.get(column.kind, "")


def write_xlsx(selection: Selection, target: BinaryIO, stamp: Stamp, progress: Progress | None = None) -> int:
    """Excel with the rows on the first sheet and "Keterangan" on the second; constant memory."""
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        count = _fill(book, selection, stamp, progress)
        _xlsx_notes(book, notes(selection, count, stamp))
        book.close()
    return count


def _fill(book: xlsxwriter.Workbook, selection: Selection, stamp: Stamp, progress: Progress | None) -> int:
    columns = selection.table.export_columns
    book.set_properties(
        {"title": selection.table.title, "author": stamp.actor_name, "created": _naive(stamp.at)}
    )
    look = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
    head, right = book.add_format(look), book.add_format({**look, "align": "right"})
    sheet = book.add_worksheet(_sheet_name(selection.table.title), worksheet_class=RowSheet)
    sheet.freeze_panes(1, 1)
    fit_on_paper(sheet, heads=(0, 0))
    styles = [
        book.add_format({"num_format": number_format(column)}) if number_format(column) else None
        for column in columns
    ]
    for index, column in enumerate(columns):
        sheet.set_column(index, index, min(max(column.width, len(column.title) + 2), 80))
    sheet.append(
        [column.title for column in columns], [right if column.numeric else head for column in columns]
    )
    count = 0
    for count, row in _counted(selection.table.rows(selection.queryset()), progress):
        if count >= ROW_LIMIT:
            raise Refused(
                f"Excel hanya memuat {formats.number(ROW_LIMIT - 1)} baris. Persempit saringan atau pilih CSV."
            )
        sheet.append(row, styles)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    return count


def _xlsx_notes(book: xlsxwriter.Workbook, lines: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("Keterangan", worksheet_class=RowSheet)
    styles = [book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})]
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    fit_on_paper(sheet)
    for line in lines:
        sheet.append(line, styles)


def _sheet_name(title: str) -> str:
    clean = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip("' ")[:31].strip()
    return clean if clean and clean.lower() not in ("keterangan", "history") else "Data"


def _naive(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None)


# --- CSV ---


def neutral(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet would take it for a formula."""
    return "'" + text if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def csv_cell(value: Any, column: Column) -> str:
    """A typed value as CSV writes it: 2023-12-31, 1234,5, Ya; formulas neutralised."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction | float) or (isinstance(value, Decimal) and column.decimals is not None):
        exact = formats.round_half_up(value, max(column.decimals, 0))
        return str(exact).replace(".", ",")
    if isinstance(value, int | Decimal):
        return str(value).replace(".", ",")
    return neutral(str(value))


def write_csv(selection: Selection, target: BinaryIO, stamp: Stamp, progress: Progress | None = None) -> int:
    """CSV as Indonesian Excel opens it.

    UTF-8 with mark, semicolons, decimal comma; "Keterangan" below an empty line.
    """
    columns = selection.table.export_columns
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([neutral(column.title) for column in columns])
    count = 0
    for count, row in _counted(selection.table.rows(selection.queryset()), progress):  # noqa: B007
        writer.writerow([csv_cell(value, column) for value, column in zip(row, columns, strict=True)])
    writer.writerow([])
    writer.writerow(["Keterangan"])
    writer.writerows([neutral(title), neutral(words)] for title, words in notes(selection, count, stamp))
    text.flush()
    text.detach()
    return count


# --- PDF ---


def write_pdf(selection: Selection, target: BinaryIO, stamp: Stamp, progress: Progress | None = None) -> int:
    """A PDF with the office's letterhead; ReportLab and the fonts are loaded when the first one is asked for."""
    from core.tables_pdf import write_table

    rows = _counted(selection.table.rows(selection.queryset()), progress)
    return write_table(
        selection, (row for _, row in rows), lambda count: notes(selection, count, stamp), target
    )


# --- Handing over ---


def file_name(selection: Selection, name: str, at: datetime) -> str:
    """The name of the download: slug, day and time."""
    return f"{selection.table.slug}-{clock.local(at):%Y%m%d-%H%M}.{name}"


def download(selection: Selection, name: str, *, request: HttpRequest) -> FileResponse:
    """Write a short export and answer with it."""
    stamp = Stamp.of(request.user)
    target = tempfile.SpooledTemporaryFile(max_size=4 * 1024 * 1024)  # noqa: SIM115 - FileResponse closes it
    count = write(selection, name, target, stamp)
    target.seek(0)
    audit.record(
        "export.direct",
        actor=request.user,
        detail={"table": selection.table.slug, "format": name, "rows": count},
        request=request,
    )
    return FileResponse(
        target,
        as_attachment=True,
        filename=file_name(selection, name, stamp.at),
        content_type=CONTENT_TYPES[name],
    )
