"""Files into documents: DOCX, XLSX and plain text."""

from core.errors import Refused
from lkip.checker.model import Document
from lkip.checker.reading.docx import read_docx
from lkip.checker.reading.text import read_text
from lkip.checker.reading.xlsx import read_xlsx

MOST_BYTES = 20 * 1024 * 1024


def read(data: bytes, name: str) -> Document:
    """Read a report by what its bytes are. Raises Refused with words for the reader when they are none of the three."""
    if len(data) > MOST_BYTES:
        raise Refused("Berkas terlalu besar; paling besar 20 MB.")
    if data[:4] == b"PK\x03\x04":
        head = data[:4000] + data[-4000:]
        return read_docx(data, name) if b"word/" in head else read_xlsx(data, name)
    if b"\x00" in data[:4000]:
        raise Refused("Jenis berkas ini belum dapat dibaca. Unggah DOCX, XLSX atau teks.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return read_text(text, name)
