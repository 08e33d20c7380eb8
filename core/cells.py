"""Reads the cells of an uploaded XLSX or CSV file, after making sure that it is one and that it is not a bomb.

Every row keeps its own number, so that an error can name the cell ("B7"). Formulas are refused: what the
sheet shows is not what it holds. Values come as str, int, float, bool, date or datetime; an empty cell is "".
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import python_calamine
from xlsxwriter.utility import xl_col_to_name

from core import formats
from core.errors import Refused
from core.images import MIB, sniff

MAX_COLUMNS = 200
MAX_MERGED = 10_000
UNPACKED_LIMIT = 100 * MIB
NOTES = "Keterangan"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DELIMITERS = (";", ",", "\t")

Value = str | int | float | bool | date | datetime


class UnreadableSheet(Refused):
    """A file that is no table, or one that can't be trusted; the message says why and what to do."""


@dataclass(frozen=True)
class Sheet:
    """The head and the rows below it; ``rows`` are (row number in the file, values).

    ``merged`` are the merged cells: first row, first column, last row, last column; rows from 1, columns from 0.
    """

    head: list[str]
    rows: list[tuple[int, list[Value]]]
    formulas: frozenset[str] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def address(column: int, row: int) -> str:
    """The name of a cell: (1, 7) is "B7"."""
    return f"{xl_col_to_name(column)}{row}"


def read_sheet(data: bytes, *, max_rows: int) -> Sheet:
    """The first sheet of an XLSX file, or a CSV file. Raises UnreadableSheet."""
    kind = sniff(data[:64])
    if data[:4] == b"PK\x03\x04":
        sheet = _read_xlsx(data, max_rows)
    elif kind or b"\x00" in data[:4096]:
        raise UnreadableSheet(
            f"Isi berkas ini {kind or 'bukan tabel'}. Simpan sebagai Excel (.xlsx) atau CSV, lalu unggah lagi."
        )
    else:
        sheet = _read_csv(data, max_rows)
    if not sheet.head:
        raise UnreadableSheet("Berkas ini kosong. Unduh templatnya, isi mulai baris kedua, lalu unggah lagi.")
    return sheet


def _too_many(max_rows: int) -> UnreadableSheet:
    return UnreadableSheet(
        f"Berkas ini lebih dari {formats.number(max_rows)} baris, batas sekali unggah. Bagi menjadi beberapa berkas."
    )


# --- XLSX ---


def _read_xlsx(data: bytes, max_rows: int) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_archive(archive)
            scan = _Scan(max_rows)
            scan.read(archive, _first_sheet(archive))
        book = python_calamine.load_workbook(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except UnreadableSheet:
        raise
    except (
        zipfile.BadZipFile,
        python_calamine.CalamineError,
        ElementTree.ParseError,
        expat.ExpatError,
        EOFError,
        KeyError,
        IndexError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ):
        raise UnreadableSheet(
            "Berkas Excel ini rusak atau berkata sandi. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
        ) from None
    head = [str(value).strip() for value in rows[0]] if rows else []
    while head and not head[-1]:
        head.pop()
    body = [
        (number, list(row)) for number, row in enumerate(rows[1:], start=2) if any(cell != "" for cell in row)
    ]
    return Sheet(head, body, frozenset(scan.formulas), tuple(scan.merged))


def _check_archive(archive: zipfile.ZipFile) -> None:
    """Unpack every part once, counting: a declared size may lie."""
    names = archive.namelist()
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableSheet("Berkas ini memuat makro. Simpan sebagai .xlsx biasa, lalu unggah lagi.")
    if "xl/workbook.xml" not in names:
        raise UnreadableSheet(
            "Isi berkas ini bukan Excel (.xlsx). Simpan sebagai .xlsx atau CSV, lalu unggah lagi."
        )
    total = 0
    for name in names:
        with archive.open(name) as part:
            for piece in iter(lambda: part.read(MIB), b""):
                total += len(piece)
                if total > UNPACKED_LIMIT:
                    raise UnreadableSheet(
                        "Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."
                    )


def _parsed(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = archive.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableSheet("Berkas Excel ini tidak wajar. Simpan ulang sebagai .xlsx, lalu unggah lagi.")
    return ElementTree.fromstring(data)  # noqa: S314 - no document type, so no entities


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """The path of the first sheet's part."""
    book = _parsed(archive, "xl/workbook.xml")
    wanted = next(node.get(_REL) for node in book.iter() if node.tag.endswith("}sheet"))
    links = _parsed(archive, "xl/_rels/workbook.xml.rels")
    target = next(node.get("Target") for node in links if node.get("Id") == wanted)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


class _Scan:
    """Walks the XML of a sheet.

    How far it reaches (before anything is laid out in memory), where formulas stand.
    """

    def __init__(self, max_rows: int) -> None:
        self.max_rows = max_rows
        self.formulas: set[str] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.cell = ""
        self.row = self.column = 0

    def read(self, archive: zipfile.ZipFile, name: str) -> None:
        """Walk the part."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.StartElementHandler = self._start
        parser.EntityDeclHandler = self._entity
        with archive.open(name) as part:
            parser.ParseFile(part)

    def _entity(self, *_: Any) -> None:
        raise UnreadableSheet("Berkas Excel ini tidak wajar. Simpan ulang sebagai .xlsx, lalu unggah lagi.")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition("}")[2]
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "c":
            self._place(attributes.get("r", ""))
        elif tag == "f":
            self.formulas.add(self.cell)
        elif tag == "mergeCell" and len(self.merged) < MAX_MERGED:
            ends = [_ADDRESS.fullmatch(name) for name in attributes.get("ref", "").split(":")]
            if len(ends) == 2 and all(ends):
                (first, last) = [(int(end[2]), _column_number(end[1]) - 1) for end in ends]
                self.merged.append((*first, *last))

    def _place(self, name: str) -> None:
        self.column += 1
        found = _ADDRESS.fullmatch(name)
        if found:
            self.row, self.column = int(found[2]), _column_number(found[1])
        self.cell = address(self.column - 1, max(self.row, 1))
        if self.row > self.max_rows + 1:
            raise _too_many(self.max_rows)
        if self.column > MAX_COLUMNS:
            raise UnreadableSheet(
                f"Tabel ini lebih dari {MAX_COLUMNS} kolom. Pakai templatnya, lalu unggah lagi."
            )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


# --- CSV ---


def _read_csv(data: bytes, max_rows: int) -> Sheet:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[tuple[int, list[Value]]] = []
    head: list[str] = []
    try:
        for number, row in _csv_rows(text, delimiter):
            if not head:
                head = [_plain(cell).strip() for cell in row]
                continue
            if len(rows) >= max_rows:
                raise _too_many(max_rows)
            if len(row) > MAX_COLUMNS:
                raise UnreadableSheet(
                    f"Baris {number} lebih dari {MAX_COLUMNS} kolom. Periksa tanda pemisahnya."
                )
            rows.append((number, [_plain(cell) for cell in row]))
    except csv.Error:
        raise UnreadableSheet(
            "CSV ini tidak bisa dibaca. Simpan ulang sebagai CSV UTF-8 atau .xlsx."
        ) from None
    while head and not head[-1]:
        head.pop()
    return Sheet(head, rows)


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold something, with their numbers as a spreadsheet counts them.

    Stops at our own "Keterangan".
    """
    gap = False
    for number, row in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1
    ):
        if not any(cell.strip() for cell in row):
            gap = True
            continue
        if gap and row[0].strip() == NOTES and not any(row[1:]):
            return
        gap = False
        yield number, row


def _plain(cell: str) -> str:
    """The text without the apostrophe that our own export puts before formulas."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ")[:1] in "=+-@\t\r\n＝＋－＠" else cell
