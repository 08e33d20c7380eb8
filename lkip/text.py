"""The writing of the report's narrative: plain text with marks for numbers that are bound or declared.

::

    [[angka:CODE]] [[angka:CODE:FACET]] [[angka:CODE:FACET@YEAR]]   a figure of the year, or of another year
    [[luar:12,61 persen|BPS]]                                     a number from outside, with its source
    [[rujukan:53/2014]]  [[tanggal:17 Agustus 2023]]              digits that are a name, or a date
    [[foto:UID]]                                                  a picture of the year, on a line of its own

A blank line parts paragraphs, ``- `` begins a list item, ``| a | b |`` a table row (the first row is the head),
``## `` a subheading, and a backslash before any of these makes it text. Any text can be read: what is no mark stays
text, a mark that is broken or unknown becomes a *fault* with a message, never a blank. `write` gives back text that
`parse` reads as the same blocks.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from core.formats import MONTHS
from lkip import numerals

MOST_LETTERS = 100_000
_MARK = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_CODE = re.compile(r"[A-Za-z0-9_.\-]{1,120}")
_YEAR = re.compile(r"[0-9]{4}")
_UID = re.compile(r"[0-9a-fA-F-]{8,36}")
_DIGITS = re.compile(r"\d[\d.,/:–-]*\d|\d")
_NAMED = re.compile(r"\b[A-Z]{2,}-\d{1,2}\b(?![.,]\d)")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)}) \d{{4}}\b|\b(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?\b(?![.,]\d)"
)
_SPACES = re.compile(r"\s+")
_PLAIN = "\\"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\x85\x1c-\x1f]")

VALUE = "nilai"
FACETS = {
    VALUE: "realisasi",
    "target": "target",
    "capaian": "capaian (%)",
    "pembilang": "pembilang",
    "penyebut": "penyebut",
    "sebelumnya": "realisasi tahun sebelumnya",
    "selisih": "selisih terhadap tahun sebelumnya",
    "perubahan": "perubahan terhadap tahun sebelumnya (%)",
    "akhir": "target akhir Renstra",
    "pembanding": "pembanding nasional",
    "serapan": "serapan anggaran (%)",
    "efisiensi": "efisiensi (poin)",
    "pagu": "pagu (Rp)",
    "realisasi": "realisasi anggaran (Rp)",
    "sisa": "sisa anggaran (Rp)",
    "status": "tercapai atau belum, dengan kata",
    "selisih_target": "selisih terhadap target",
    "capaian_batas": "capaian menurut batas kota (%)",
    "capaian_akhir": "capaian terhadap target akhir Renstra (%)",
    "selisih_akhir": "selisih terhadap target akhir Renstra",
    "selisih_pembanding": "selisih terhadap pembanding nasional",
    "pagu_murni": "pagu sebelum perubahan (Rp)",
    "fisik": "realisasi fisik (%)",
    "selisih_serapan": "selisih capaian terhadap serapan",
}
"""What of a figure can be named in a mark, and how a reader calls it."""


@dataclass(frozen=True)
class Piece:
    """A run of text as written.

    ``kind`` is text, figure (``code``, ``facet``, ``year``), external (``text``, ``note`` is its source), reference,
    date, or fault (``text`` as written, ``note`` says what is wrong).
    """

    kind: str
    text: str = ""
    code: str = ""
    facet: str = VALUE
    year: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, subheading, list, table or photo. Lists hold items and tables rows of cells, each of pieces."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    items: tuple[tuple[Piece, ...], ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    uid: str = ""


def clean(text: str) -> str:
    """The text with one kind of line end and without control characters."""
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def parse(body: str) -> tuple[Block, ...]:
    """Read a narrative; never raises."""
    blocks: list[Block] = []
    waiting: list[str] = []

    def flush() -> None:
        words = _SPACES.sub(" ", " ".join(waiting)).strip()
        waiting.clear()
        if words:
            blocks.append(Block("paragraph", pieces(words)))

    for line in _lines(clean(body)):
        bare = line.strip()
        photo = _photo(bare)
        if not bare:
            flush()
            blocks.append(Block("gap"))
        elif bare.startswith("## ") and bare[3:].strip():
            flush()
            blocks.append(Block("heading", pieces(bare[3:].strip())))
        elif bare.startswith("- ") and bare[2:].strip():
            flush()
            blocks.append(Block("list", items=(pieces(bare[2:].strip()),)))
        elif bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
            flush()
            blocks.append(Block("table", rows=(_cells(bare),)))
        elif photo:
            flush()
            blocks.append(Block("photo", uid=photo))
        else:
            waiting.append(bare[1:].strip() if bare.startswith(_PLAIN) and not waiting else bare)
    flush()
    return tuple(_joined(blocks))


def _lines(text: str) -> Iterator[str]:
    """The lines; a mark that spans lines is one."""
    flat = _MARK.sub(lambda found: found[0].replace("\n", " "), text)
    yield from flat.split("\n")


def _photo(line: str) -> str:
    found = _MARK.fullmatch(line)
    kind, _, rest = (found[1] if found else "").partition(":")
    return rest.strip().lower() if kind.strip() == "foto" and _UID.fullmatch(rest.strip()) else ""


def _cells(line: str) -> tuple[tuple[Piece, ...], ...]:
    """The cells of a row; a bar inside a mark parts nothing."""
    held: list[str] = []

    def keep(found: re.Match) -> str:
        held.append(found[0])
        return f"\x00{len(held) - 1}\x00"

    parts = _MARK.sub(keep, line)[1:-1].split("|")
    back = [re.sub(r"\x00(\d+)\x00", lambda found: held[int(found[1])], part) for part in parts]
    return tuple(pieces(_SPACES.sub(" ", part).strip()) for part in back)


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Take list items and table rows that follow each other together; gaps only part them."""
    held: Block | None = None
    for block in blocks:
        if held is not None and block.kind == held.kind:
            held = Block(held.kind, items=held.items + block.items, rows=held.rows + block.rows)
            continue
        if held is not None:
            yield held
            held = None
        if block.kind in ("list", "table"):
            held = block
        elif block.kind != "gap":
            yield block
    if held is not None:
        yield held


def pieces(words: str) -> tuple[Piece, ...]:
    """Split one line of text into pieces."""
    found: list[Piece] = []
    place = 0
    for mark in _MARK.finditer(words):
        if mark.start() > place:
            found.append(Piece("text", words[place : mark.start()]))
        found.append(_piece(mark[1]))
        place = mark.end()
    if place < len(words):
        found.append(Piece("text", words[place:]))
    return tuple(found)


def _piece(inside: str) -> Piece:
    kind, colon, rest = inside.partition(":")
    kind, rest = kind.strip().lower(), rest.strip()
    whole = f"[[{inside}]]"
    if not colon or kind not in ("angka", "luar", "rujukan", "tanggal", "foto"):
        return Piece("fault", whole, note="Tanda ini tidak dikenal.")
    if not rest:
        return Piece("fault", whole, note="Tanda ini kosong.")
    if kind == "angka":
        return _figure(rest, whole)
    if kind == "foto":
        return Piece("fault", whole, note="Foto ditulis pada baris tersendiri, dengan nomor fotonya.")
    if kind == "luar":
        text, bar, source = rest.rpartition("|")
        if not bar or not text.strip() or not source.strip():
            return Piece("fault", whole, note="Angka dari luar perlu sumber: [[luar:angka|sumber]].")
        return Piece("external", text.strip(), note=source.strip())
    return Piece("reference" if kind == "rujukan" else "date", rest)


def _figure(rest: str, whole: str) -> Piece:
    code, _, tail = rest.partition(":")
    if not tail:
        code, at, year = code.partition("@")
        facet = VALUE
    else:
        facet, at, year = tail.partition("@")
    code, facet, year = code.strip(), facet.strip().lower(), year.strip()
    if not _CODE.fullmatch(code):
        return Piece("fault", whole, note="Kode angka tidak terbaca.")
    if facet not in FACETS:
        return Piece("fault", whole, note=f"Sisi angka “{facet}” tidak dikenal.")
    if at and not _YEAR.fullmatch(year):
        return Piece("fault", whole, note="Tahun ditulis dengan empat angka.")
    return Piece("figure", code=code, facet=facet, year=int(year) if at else None)


def mark(piece: Piece) -> str:
    """Write a piece as text again."""
    if piece.kind in ("text", "fault"):
        return piece.text
    if piece.kind == "figure":
        facet = "" if piece.facet == VALUE else f":{piece.facet}"
        year = "" if piece.year is None else f"@{piece.year:04d}"
        return f"[[angka:{piece.code}{facet}{year}]]"
    if piece.kind == "external":
        return f"[[luar:{piece.text}|{piece.note}]]"
    return f"[[{'rujukan' if piece.kind == 'reference' else 'tanggal'}:{piece.text}]]"


def line(row: tuple[Piece, ...]) -> str:
    """Write pieces as one line."""
    return "".join(mark(piece) for piece in row)


def write(blocks: tuple[Block, ...]) -> str:
    """Write blocks as text: one blank line between two blocks."""
    parts = []
    for block in blocks:
        if block.kind == "heading":
            parts.append(f"## {line(block.pieces)}")
        elif block.kind == "list":
            parts.append("\n".join(f"- {line(item)}" for item in block.items))
        elif block.kind == "table":
            rows = ("| " + " | ".join(line(cell) for cell in row) + " |" for row in block.rows)
            parts.append("\n".join(rows))
        elif block.kind == "photo":
            parts.append(f"[[foto:{block.uid}]]")
        else:
            parts.append(_paragraph(line(block.pieces)))
    return "\n\n".join(parts)


def _paragraph(words: str) -> str:
    """A paragraph that looks like another block gets a backslash, so that it stays one."""
    looks = words.startswith(("## ", "- ", "|", _PLAIN)) or bool(_photo(words))
    return _PLAIN + words if looks else words


def every_piece(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    """All pieces in reading order."""
    for block in blocks:
        yield from block.pieces
        for item in block.items:
            yield from item
        for row in block.rows:
            for cell in row:
                yield from cell


def with_dates(words: str) -> str:
    """Declare the dates and years of a text that is written in a form of its own (a note, a caption).

    Only its other numbers are loose then.
    """
    parts = []
    for piece in pieces(words):
        parts.append(_DATE.sub(r"[[tanggal:\g<0>]]", piece.text) if piece.kind == "text" else mark(piece))
    return "".join(parts)


def numbers(text: str) -> list[tuple[int, int, bool]]:
    """Where numbers stand in a plain text: start, end, whether their digits belong to a name ("AK-1", "COVID-19").

    Those in words ("seratus dua puluh persen") are numbers like those in digits.
    """
    names = [found.span() for found in _NAMED.finditer(text)]
    rest = _NAMED.sub(lambda name: "-" * len(name[0]), text)
    # a fraction, a raised or a circled digit is a number too; one letter stays one, so that places hold
    rest = "".join("0" if unicodedata.category(sign)[0] == "N" else sign for sign in rest)
    found = [(*span, True) for span in names] + [(*each.span(), False) for each in _DIGITS.finditer(rest)]
    return sorted([*found, *((start, end, False) for start, end in numerals.spans(text))])


def unbound(text: str) -> list[str]:
    """The numbers of a plain text that nothing binds or declares (rule R14); the digit in a name is no number."""
    return [text[start:end] for start, end, named in numbers(text) if not named]


def loose_numbers(body: str) -> list[str]:
    """The unbound numbers of a narrative, in reading order."""
    return [
        number for piece in every_piece(parse(body)) if piece.kind == "text" for number in unbound(piece.text)
    ]


def faults(body: str) -> list[Piece]:
    """The broken and unknown marks of a narrative."""
    return [piece for piece in every_piece(parse(body)) if piece.kind == "fault"]


def html(blocks: tuple[Block, ...], show) -> str:
    """Preview as HTML. ``show(piece)`` gives the words of a figure; everything that is written is escaped here."""

    def inline(row: tuple[Piece, ...]) -> str:
        return "".join(_html_piece(piece, show) for piece in row)

    parts = []
    for block in blocks:
        if block.kind == "heading":
            parts.append(f"<h3>{inline(block.pieces)}</h3>")
        elif block.kind == "list":
            parts.append("<ul>" + "".join(f"<li>{inline(item)}</li>" for item in block.items) + "</ul>")
        elif block.kind == "table":
            head, *rows = (
                "".join(f"<{tag}>{inline(cell)}</{tag}>" for cell in row)
                for row, tag in zip(block.rows, ["th", *["td"] * len(block.rows)], strict=False)
            )
            body = "".join(f"<tr>{row}</tr>" for row in rows)
            parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        elif block.kind == "photo":
            parts.append(f'<p class="foto" data-foto="{escape(block.uid)}">Foto</p>')
        else:
            parts.append(f"<p>{inline(block.pieces)}</p>")
    return "".join(parts)


def _html_piece(piece: Piece, show) -> str:
    if piece.kind == "text":
        return escape(piece.text)
    words = show(piece) if piece.kind == "figure" else piece.text
    title = f' title="{escape(piece.note)}"' if piece.note else ""
    return f'<span class="angka-{piece.kind}"{title}>{escape(words)}</span>'
