"""A report as DOCX: paragraphs and tables in the order of the body, merged cells filled once."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from core.errors import Refused
from lkip.checker.model import Document, Line, Row, Table

UNPACKED_MOST, PIECE = 100 * 1024 * 1024, 1024 * 1024
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive of an Office file. Raises Refused when it is none, or unpacks to more than 100 MB.

    Every part is unpacked once and counted: a declared size may lie.
    """
    total = 0
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name in archive.namelist():
            with archive.open(name) as part:
                for piece in iter(lambda part=part: part.read(PIECE), b""):
                    total += len(piece)
                    if total > UNPACKED_MOST:
                        raise Refused("Isi berkas ini terlalu besar untuk diperiksa.")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused("Berkas ini rusak atau berkata sandi. Simpan ulang, lalu unggah lagi.") from error
    return archive


def parse_xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part of the archive as a tree; a part that declares a document type is refused."""
    try:
        content = archive.read(name)
        if b"<!DOCTYPE" in content[:2000] or b"<!ENTITY" in content:
            raise Refused("Berkas ini memuat bagian yang tidak aman dan tidak dibuka.")
        return ElementTree.fromstring(content)  # noqa: S314 - entities are refused above
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, RuntimeError) as error:
        raise Refused("Isi berkas Word ini tidak dapat dibaca.") from error


def read_docx(data: bytes, name: str) -> Document:
    """Return the paragraphs and tables of the body; a place is "paragraf 12" or "tabel 3 baris 4"."""
    with open_archive(data) as archive:
        body = parse_xml(archive, "word/document.xml").find(f"{_W}body")
    if body is None:
        raise Refused("Isi berkas Word ini tidak dapat dibaca.")
    lines: list[Line] = []
    tables: list[Table] = []
    caption, caption_line, paragraphs = "", 0, 0
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            paragraphs += 1
            for part in _text(block).split("\n"):
                lines.append(Line(len(lines) + 1, part.strip(), f"paragraf {paragraphs}"))
                if part.strip():
                    caption, caption_line = part.strip(), len(lines)
            continue
        table = Table([], caption, caption_line, torn=False)
        for number, cells in enumerate(_rows(block), 1):
            no = len(lines) + 1
            lines.append(Line(no, " ".join(cells), f"tabel {len(tables) + 1} baris {number}", tuple(cells)))
            table.rows.append(Row((no,), list(cells)))
        if table.rows:
            tables.append(table)
    return Document(name, lines, tables)


def _blocks(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Paragraphs and tables below `parent`, also those in content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(child)


def _text(element: ElementTree.Element) -> str:
    """The shown text; deleted text of tracked changes is not shown."""
    parts = []
    for node in element.iter():
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}noBreakHyphen":
            parts.append("-")
    return "".join(parts)


def _rows(table: ElementTree.Element) -> Iterator[list[str]]:
    for row in table.iter(f"{_W}tr"):
        cells: list[str] = []
        for cell in row.findall(f"{_W}tc"):
            words = " ".join(_text(p).strip() for p in cell.iter(f"{_W}p")).strip()
            properties = cell.find(f"{_W}tcPr")
            span, merged = 1, False
            if properties is not None:
                wide, down = properties.find(f"{_W}gridSpan"), properties.find(f"{_W}vMerge")
                span = int(wide.get(f"{_W}val", "1")) if wide is not None else 1
                merged = down is not None and down.get(f"{_W}val") != "restart"
            cells += ["" if merged else words.replace("\n", " "), *[""] * (min(span, 60) - 1)]
        if any(cells):
            yield cells
