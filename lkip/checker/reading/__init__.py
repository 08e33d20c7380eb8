"""Files into documents: DOCX, XLSX and plain text."""

import codecs

from core.errors import Refused
from core.formats import number
from lkip.checker.model import Document
from lkip.checker.reading.docx import read_docx
from lkip.checker.reading.text import read_text
from lkip.checker.reading.xlsx import read_xlsx

MOST_BYTES = 20 * 1024 * 1024
MOST_LINES, MOST_CELLS, MOST_IN_LINE = 8_000, 60_000, 20_000
MOST_PRINTED = 40_000
"""What one check may hold; a report of a labour office has one to three thousand lines. Rules compare rows with rows: a
text ten times as long would keep the worker for a hundred times as long, and the mails behind it. Of a text taken
from pages most lines are blank or hold one number: so many may be read, though not so many compared."""


def read(data: bytes, name: str) -> Document:
    """Read a report by what its bytes are.

    Raises Refused with words for the reader when they are none of the three, or more than one check may hold.
    """
    document = _read(data, name)
    cells = sum(len(row.cells) for table in document.tables for row in table.rows)
    # rules read words: an empty line, or a number that lost its row, costs nothing
    filled = sum(any(map(str.isalpha, line.text)) for line in document.lines)
    if filled > MOST_LINES or cells > MOST_CELLS:
        raise Refused(
            f"Berkas ini terlalu panjang untuk sekali periksa: {number(filled)} baris teks dan tabel "
            f"dengan {number(cells)} sel. Paling banyak {number(MOST_LINES)} baris dan {number(MOST_CELLS)} sel. "
            "Periksa bab demi bab."
        )
    if any(len(line.text) > MOST_IN_LINE for line in document.lines):
        raise Refused(
            f"Ada baris yang lebih panjang dari {number(MOST_IN_LINE)} huruf; ini bukan teks laporan."
        )
    return document


def _read(data: bytes, name: str) -> Document:
    if len(data) > MOST_BYTES:
        raise Refused("Berkas terlalu besar; paling besar 20 MB.")
    if data[:4] == b"PK\x03\x04":
        head = data[:4000] + data[-4000:]
        return read_docx(data, name) if b"word/" in head else read_xlsx(data, name)
    if data[:1024].lstrip().startswith(b"%PDF-"):
        raise Refused("PDF belum dapat dibaca. Simpan dulu sebagai Word atau teks, lalu unggah yang itu.")
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):  # "Unicode text" of Windows
        return read_text(data.decode("utf-16", errors="replace"), name)
    if b"\x00" in data[:4000]:
        raise Refused("Jenis berkas ini belum dapat dibaca. Unggah DOCX, XLSX atau teks.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if text.count("\n") > MOST_PRINTED:
        raise Refused(f"Teks ini lebih dari {number(MOST_PRINTED)} baris. Periksa bab demi bab.")
    return read_text(text, name)
