"""Text that came from a page (`pdftotext`, with or without -layout): columns parted by spaces, paragraphs over lines.

What cannot be read for sure as a row or a paragraph is still a line, but with cells: sentence rules leave it alone.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median_low

from lkip.checker.model import Document, Line, Row, Table
from lkip.checker.numbers import only
from lkip.checker.reading.pages import Printed, contents, pages_of

_GAP = re.compile(r"\s{3,}")
_PIECE = re.compile(r"\S+(?: \S+)*")
_TWO_NUMBERS = re.compile(r"(?<=\d) (?=[-–]?\d[\d.,]*(?:\s|$))")
_CAPTION = re.compile(r"(?i)(?:tabel|gambar|grafik|diagram|bagan)\s+[\w.]*\d")
_CODE = re.compile(r"[A-Z]{1,4}-\d+\*?")
_LABEL = re.compile(r"(?:[A-Za-z]|\d{1,2}|[IVX]{1,5}|[A-Z]?[\d.]{1,9}|[A-Z]\.\d+)[.)]?|[-–•*o]|BAB\s[IVX]+")
_CARRIED = re.compile(r"(?i)\(?(?:bersambung|lanjutan|dilanjutkan)\b.{0,30}")
_FEW_GAPPED = 0.02
WIDEST, MOST_COLUMNS = 1_000, 40
"""Letters of the widest printed line, columns of the widest table: a longer line was not taken from a page."""
TORN, LABEL = 2, 60
"""How many lines of a label, of how many letters, a page break may leave for the next page."""
APART, ILL_FITTING = 2, 4
"""Blank lines that end a table; of how many lines one may hold two pieces in a column, as a narrow gap leaves them."""


_Rows = list[tuple[list[Printed], list[str]]]


@dataclass
class Block:
    """Lines that may be a table: each with the number of blank lines before it."""

    lines: list[Printed] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    caption: Printed | None = None


def is_laid_out(text: str) -> bool:
    """Whether a text was taken from pages: form feeds, or columns of spaces, and no tabs that would part cells."""
    filled = [raw for raw in text.splitlines() if raw.strip()]
    if "\t" in text or max(map(len, filled), default=0) > WIDEST:
        return False
    if "\f" in text:
        return True
    gapped = sum(len(_GAP.split(raw.strip())) > 2 for raw in filled)
    return gapped >= 3 and gapped >= _FEW_GAPPED * len(filled)


def read_laid_out(text: str, name: str) -> Document:
    """Return the paragraphs and tables of a text taken from pages; a place is "halaman 3, baris 120"."""
    pages = pages_of(text)
    listed = contents([line for page in pages for line in page])
    lines: list[Line] = []
    chains: list[list[Block]] = []
    for page in pages:
        rest = []
        for line in page:
            if line.no in listed:
                lines.append(Line(line.no, " ".join(listed[line.no]), _where(line), listed[line.no]))
                rest.append(Printed(line.no, line.page, ""))
            else:
                rest.append(line)
        _read_page(rest, lines, chains)
    tables = [_keep(chain, lines) for chain in chains]
    lines.sort(key=lambda line: line.no)
    return Document(name, lines, [table for table in tables if table])


def _where(line: Printed) -> str:
    return f"halaman {line.page}, baris {line.no}"


def pieces(line: Printed) -> list[tuple[int, int, str]]:
    """The words of a line that stand together: start, end, text; two numbers side by side are two."""
    found = []
    for match in _PIECE.finditer(line.raw):
        start = match.start()
        parts = _TWO_NUMBERS.split(match[0]) if re.fullmatch(r"[-–\d., %]+", match[0]) else [match[0]]
        for part in parts:
            found.append((start, start + len(part), part))
            start += len(part) + 1
    return found


def gapped(line: Printed) -> bool:
    """Whether wide gaps part a line into cells; an ordinal or a mark before words is no cell."""
    parts = _GAP.split(line.raw.strip())
    if len(parts) == 2 and _LABEL.fullmatch(parts[0].strip()):
        return only(parts[1]) is not None
    return len(parts) > 1


def _read_page(page: list[Printed], lines: list[Line], chains: list[list[Block]]) -> None:
    """Read one page from the top: blocks where rows with gaps stand together, paragraphs between them."""
    place = 0
    waiting: list[Printed] = []
    while place < len(page):
        line = page[place]
        block = _block(page, place) if gapped(line) and not _CAPTION.match(line.text) else None
        if block is None:
            waiting.append(line)
            place += 1
            continue
        while waiting and _heads(waiting[-1], block):
            block.lines.insert(0, waiting.pop())
            block.blanks.insert(0, 0)
        if chains and chains[-1][-1].lines[0].page == line.page - 1 and _torn_off(waiting, block):
            block.blanks = [0] * len(waiting) + block.blanks
            block.lines, waiting = [*waiting, *block.lines], []
        block.caption = next((w for w in reversed(waiting) if not w.blank), None)
        lines += paragraphs(waiting)
        waiting = []
        if chains and _is_rest(chains[-1][-1], block):
            chains[-1].append(block)
        else:
            chains.append([block])
        place = next(i for i, each in enumerate(page) if each.no == block.lines[-1].no) + 1
    lines += paragraphs(waiting)


def _torn_off(waiting: list[Printed], block: Block) -> bool:
    """Whether the first lines of a page are the end of a label whose row stands on the page before.

    They stand right above a row of numbers, which a table of its own would not begin with.
    """
    first = block.lines[0]
    while waiting and waiting[0].blank:
        waiting.pop(0)
    near = 0 < len(waiting) <= TORN and waiting[-1].no == first.no - 1
    words = all(not w.blank and len(w.text) <= LABEL and not _CAPTION.match(w.text) for w in waiting)
    return near and words and any(_value(text) for _, _, text in pieces(first))


def _heads(line: Printed, block: Block) -> bool:
    """Whether the line just above a block is the upper line of its head: it begins far right of the first column."""
    if line.blank or _CAPTION.match(line.text) or line.no != block.lines[0].no - 1:
        return False
    start = len(line.raw) - len(line.raw.lstrip())
    return start >= pieces(block.lines[0])[0][0] + 20


def _block(page: list[Printed], place: int) -> Block | None:
    """The lines from `place` that stand as one table, or nothing when too few of them have columns."""
    block = Block()
    blank = 0
    for line in page[place:]:
        if line.blank:
            blank += 1
            continue
        if block.lines and (blank >= APART or _CAPTION.match(line.text)):
            break
        block.lines.append(line)
        block.blanks.append(blank if len(block.lines) > 1 else 0)
        blank = 0
    while block.lines and not gapped(block.lines[-1]) and block.blanks[-1]:
        block.lines.pop()
        block.blanks.pop()
    rows = sum(map(gapped, block.lines))
    return block if rows >= 2 and 3 * rows >= len(block.lines) else None


def _is_rest(before: Block, block: Block) -> bool:
    """Whether a block carries on the table before it: nothing stands between, or a caption on a new page says so."""
    caption = block.caption.text if block.caption else ""
    turned = block.lines[0].page - before.lines[0].page
    return turned <= 1 and (
        not caption or (turned == 1 and re.search(r"(?i)\blanjutan\b", caption) is not None)
    )


def columns_of(lines: list[Printed]) -> list[tuple[int, int]]:
    """Where the columns of a table begin and end: what its fullest lines cover."""
    cut = [pieces(line) for line in lines]
    most = max(map(len, cut))
    full = [parts for parts in cut if len(parts) >= max(2, 0.6 * most)]
    covered = {i for parts in full for start, end, _ in parts for i in range(start, end)}
    found: list[tuple[int, int]] = []
    for i in sorted(covered):
        if found and i <= found[-1][1]:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return _merged(found, cut)


def ordered_columns(lines: list[Printed]) -> list[tuple[int, int]]:
    """The columns of a table whose numbers stand so close that they cover each other's place: by their order.

    Taken from the rows with numbers that are filled alike, which must be most of them.
    """
    cut = [parts for parts in map(pieces, lines) if any(_value(text) for _, _, text in parts)]
    usual = max(Counter(map(len, cut)).items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
    full = [parts for parts in cut if len(parts) == usual]
    if len(full) < 2 or 2 * len(full) < len(cut):
        return []
    return [
        (median_low(parts[i][0] for parts in full), median_low(parts[i][1] for parts in full))
        for i in range(usual)
    ]


def _merged(columns: list[tuple[int, int]], cut: list[list[tuple[int, int, str]]]) -> list[tuple[int, int]]:
    """Neighbours of which no line fills both are one column, its head left and its numbers right in it."""
    place = 0
    while len(columns) <= MOST_COLUMNS and place < len(columns) - 1:
        filled = [{_nearest(piece, columns) for piece in parts} for parts in cut]
        apart = {i for each in filled for i in each if i + 1 in each}
        place = next((i for i in range(len(columns) - 1) if i not in apart), len(columns))
        if place < len(columns):
            columns = [*columns[:place], (columns[place][0], columns[place + 1][1]), *columns[place + 2 :]]
            place = 0
    return columns


def _nearest(piece: tuple[int, int, str], columns: list[tuple[int, int]]) -> int:
    """The column that a piece overlaps most, or is closest to."""
    start, end, _ = piece
    return max(range(len(columns)), key=lambda i: min(end, columns[i][1]) - max(start, columns[i][0]))


def _cells(line: Printed, columns: list[tuple[int, int]]) -> tuple[list[str], int]:
    """The cells of a line, and how ill its pieces fit: 0 each in a column of its own, 1 words shared, 2 numbers."""
    cells, ill = [""] * len(columns), 0
    parts = pieces(line)
    for place, piece in enumerate(parts):
        near = place if len(parts) == len(columns) else _nearest(piece, columns)
        text = piece[2]
        if cells[near]:
            ill = max(ill, 2 if _value(cells[near]) and _value(text) else 1)
        cells[near] = f"{cells[near]} {text}".strip()
    return cells, ill


def _rows(block: Block, columns: list[tuple[int, int]]) -> tuple[_Rows, bool]:
    """The rows of a block, each with the lines it is printed over; and whether its pieces fit the columns."""
    rows: _Rows = []
    shared = 0
    for line, blank in zip(block.lines, block.blanks, strict=True):
        cells, ill = _cells(line, columns)
        shared += (0, 1, len(block.lines))[ill]
        if _CARRIED.fullmatch(line.text):
            continue
        if rows and not blank and _goes_on(rows, line, cells):
            rows[-1] = (
                [*rows[-1][0], line],
                [f"{a} {b}".strip() for a, b in zip(rows[-1][1], cells, strict=True)],
            )
        else:
            rows.append(([line], cells))
    return rows, ILL_FITTING * shared < len(block.lines)


def _goes_on(rows: _Rows, line: Printed, cells: list[str]) -> bool:
    """Whether a line right below a row carries it on: it has words only, and the row is a head or has its numbers.

    A line that begins further left than the row is the next row. Below a row of words only, and below a head whose
    columns are all named, the next row begins with something in the first column.
    """
    printed, above = rows[-1]
    held = [i for i, cell in enumerate(cells) if _value(cell)]
    if held and len(rows) > 1 and not cells[0] and all(len(above[i].split()) > 2 for i in held):
        return True  # a number in the words of a cell, alone on its line
    if held:
        named = above[0] and not any(above[1:])
        return bool(named) and cells[0][:1].islower()  # a label whose numbers stand on its last line
    if cells[0] and line.indent < printed[0].indent:
        return False
    if any(map(_value, above)):
        return True
    return not cells[0] or (len(rows) == 1 and not all(above))


def _value(cell: str) -> bool:
    """Whether a cell holds data: a number that is no year and ends no sentence, or the dash of a missing one."""
    if cell in ("-", "–", "—"):
        return True
    return bool(cell) and only(cell) is not None and not re.fullmatch(r"20\d\d|.*\.", cell)


def _read_chain(chain: list[Block]) -> tuple[list[_Rows], bool]:
    """The rows of each block and whether they make one table: columns common to all, else as many in each."""
    lines = [line for block in chain for line in block.lines]
    if max(len(pieces(line)) for line in lines) > MOST_COLUMNS:
        return [[([line], [line.text]) for line in block.lines] for block in chain], False
    tried = [
        [columns_of(lines)] * len(chain),
        [columns_of(block.lines) for block in chain],
        [ordered_columns(lines)] * len(chain),
        [ordered_columns(block.lines) for block in chain],
    ]
    for columns in tried:
        if len(columns[0]) < 2 or len(set(map(len, columns))) > 1:
            continue
        read = [_rows(block, each) for block, each in zip(chain, columns, strict=True)]
        if all(clean for _, clean in read):
            return [rows for rows, _ in read], True
    return [_rows(block, each)[0] for block, each in zip(chain, tried[1], strict=True)], False


def _repeated(cells: list[str], rows: list[Row]) -> bool:
    """Whether a row of words at the top of a page says again what stands above: a head, the group that goes on."""
    return all(any(cell in row.cells[i] for row in rows) for i, cell in enumerate(cells))


def _keep(chain: list[Block], lines: list[Line]) -> Table | None:
    """The table that the blocks of some pages make; nothing where their columns run into each other.

    A table of which a part cannot be read is not compared with its total; its lines are kept as rows of cells, which
    no rule takes for sentences.
    """
    read, whole = _read_chain(chain)
    rows: list[Row] = []
    for number, found in enumerate(read):
        begun = number == 0
        for printed, cells in found:
            first = printed[0]
            if not any(map(_value, cells)):  # a number that ends a sentence, on the last line of a cell
                cells = [re.sub(r"(?<=\d)\.$", "", cell) for cell in cells]
            text = " ".join(filter(None, cells))
            lines.append(Line(first.no, text, _where(first), tuple(cells)))
            begun = begun or any(map(_value, cells)) or not _repeated(cells, rows)
            if begun:
                rows.append(Row((first.no,), cells))
    if not whole or len(rows) < 2:
        return None
    caption = chain[0].caption
    return Table(rows, caption.text if caption else "", caption.no if caption else 0, torn=False)


def paragraphs(lines: list[Printed]) -> list[Line]:
    """Join printed lines to paragraphs: a blank line, an item, a caption or a code begins another."""
    found: list[Line] = []
    open_at: Printed | None = None
    for line in lines:
        if line.blank:
            open_at = None
            continue
        lone = _CODE.match(line.text) or gapped(line) or only(line.text) is not None
        item = re.match(rf"(?:{_LABEL.pattern})\s", line.text)
        if lone:
            cells = tuple(part.rstrip(".") for part in _GAP.split(line.raw.strip()))
            found.append(Line(line.no, line.text, _where(line), cells))
            open_at = line if _CODE.match(line.text) else None
        elif open_at is not None and not item and not _CAPTION.match(line.text):
            last = found[-1]
            cells = (*last.cells[:-1], f"{last.cells[-1]} {line.text}") if last.cells else None
            found[-1] = Line(last.no, f"{last.text} {line.text}", last.where, cells)
        else:
            found.append(Line(line.no, line.text, _where(line)))
            open_at = line
    return found
