"""Each kind of block as flowables."""

from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Spacer

from core import formats
from core.documents import charts, style
from core.documents.grid import WIDE, Col, Grid, Line, Look, Ref, Titled
from core.documents.report import typeset
from core.files import read_file
from lkip.models import Photograph
from lkip.report import working
from lkip.report.model import FIGURE, Cell, Document, Entry, Row, Table, plain
from lkip.report.pdf.closing import Boxes, Sign
from lkip.report.pdf.parts import SIDE, Explained, Head, Indented, Numbers, Pairs, Side
from lkip.report.pdf.picture import Picture
from lkip.report.walk import DIGIT
from lkip.text import VALUE

if TYPE_CHECKING:
    from lkip.report.pdf.render import _Printer

ONE_PIECE, TALL = 12, 3
"""A table of so many rows stays in one piece with its caption and note; a row with two texts in a cell is so tall."""
TIGHT = 1.1 * mm
MOST_CELL = 1400
"""A longer cell goes on in a further row, so that any narrative can be printed."""


def add(printer: "_Printer", block) -> None:
    """Append the flowables of a block."""
    _ADDERS[block.kind](printer, block)


def note_words(entry: Entry) -> str:
    """The foot note of a figure: name, formula, parts, source; "masukan sementara" where it is one."""
    words = f"{entry.label} ({entry.year})" if str(entry.year) not in entry.label else entry.label
    how = working.pattern(entry)
    if how:
        value = entry.facets[VALUE]
        shown = how.format(a=entry.facets["pembilang"].text, b=entry.facets["penyebut"].text)
        equal = ":" if working.is_change(entry) else " ="
        words += f": {entry.parts}{equal} {shown} = {value.text} {value.unit}".rstrip()
    elif entry.formula:
        words += f": {entry.formula[0].lower()}{entry.formula[1:]}"
    source = entry.register or entry.source
    words += f". {source}." if source else "."
    if entry.interim:
        words += f" Masukan sementara, menunggu {entry.interim}."
    return words.replace("..", ".")


def _heading(printer: "_Printer", block) -> None:
    name = ("h1", "h2", "h3", "h3")[block.level]
    words = printer.markup(block.runs, ids=False)[0]
    if printer.wide and block.number:
        words = f"{printer.coloured(block.number)}&nbsp;&nbsp;{words}"
    found = Head(words, printer.side(name))
    if block.level < 3:
        found.number = None if printer.wide else (block.number, printer.accent)
        found.outline = (f"{block.number} {plain(block.runs)}", block.key, block.level)
        found.objective = ""
    printer.heading_room()
    printer.story.append(found)


def _paragraph(printer: "_Printer", block) -> None:
    name = {"small": "h3", "missing": "note", "checker": "note"}.get(block.style, block.style)
    found = printer.paragraph(block.runs, name)
    found.keepWithNext = block.style == "small"
    printer.story.append(found)


def _items(printer: "_Printer", block) -> None:
    for number, runs in enumerate(block.items, start=1):
        bullet = f"{number}." if block.numbered else "–"
        item = printer.paragraph(runs, bullet=bullet)
        # Neither the first item ends a page alone nor does the last begin one.
        item.keepWithNext = number in (1, len(block.items) - 1) and number < len(block.items)
        printer.story.append(item)


def _table(printer: "_Printer", block: Table, *, indent: float = 0) -> None:
    printer.turn("wide" if block.wide else "upright")
    start = len(printer.story)
    grid = _grid(printer, block)
    placed = Indented(grid, indent) if indent else grid
    if block.note:
        placed = Explained(placed, printer.paragraph(block.note, "note", indent=indent))
    printer.story.append(placed)
    if is_short(block):
        printer.keep(start)


def _grid(printer: "_Printer", block: Table) -> Grid:
    tight = {**WIDE, "padding": TIGHT if len(block.rows) > 20 else 2.2 * mm} if block.wide else {}
    if not block.wide and len(block.rows) > 14:
        tight = {"padding": 1.6 * mm}
    look = Look(accent=printer.accent, low_below=printer.low_below, **tight)
    columns = [
        Col(
            plain(column.title),
            flex=column.width,
            align=_align(block, place),
            kind=column.kind if column.kind in ("bar", "capaian") else "text",
            group=plain(column.group),
        )
        for place, column in enumerate(block.columns)
    ]
    lines = [line for row in block.rows for line in _lines(printer.document, block, row)]
    return Grid(
        columns, lines, number=f"Tabel {block.number}", caption=plain(block.caption), look=look, key=block.key
    )


def _align(block: Table, place: int) -> str:
    """Numbers of mixed decimals stand at their comma, ids and others at the right."""
    kind = block.columns[place].kind
    if kind in ("ref", "bar", "capaian"):
        return "right"
    if kind != "number":
        return "left"
    texts = [
        row.cells[place].text
        for row in block.rows
        if len(row.cells) > place and DIGIT.search(row.cells[place].text)
    ]
    return "comma" if len({len(text.partition(",")[2]) for text in texts}) > 1 else "right"


def row_figure(row: Row) -> str:
    """The entry that a row's id names: its own, or the first figure of its cells."""
    if row.figure:
        return row.figure
    return next((run.figure for cell in row.cells for run in cell.runs if run.tag == FIGURE), "")


def shown_id(document: Document, key: str) -> str:
    """The id of an entry, with a star where the figure is an interim one."""
    if not key:
        return ""
    entry = document.figures[key]
    return entry.id + ("*" if entry.interim else "")


def _lines(document: Document, block: Table, row: Row) -> list[Line]:
    if row.kind == "block":
        return [Line((" ".join(cell.text for cell in row.cells if cell.text),), kind="block")]
    cells: list = []
    for place, column in enumerate(block.columns):
        cell = row.cells[place] if place < len(row.cells) else Cell()
        if column.kind in ("ref", "id"):
            cells.append(_ref(document, row_figure(row), anchor=column.kind == "id"))
        elif column.kind == "capaian":
            cells.append("" if cell.value is None and not _has_target(row) else cell.value)
        elif column.kind == "bar":
            cells.append(cell.value)
        else:
            cells.append(_words(cell))
    kind = "total" if row.kind == "total" else "row"
    bold = row.kind == "group"
    rule = 0.5 if row.kind == "group" and row.level == 0 and block.wide else None
    return _continued(Line(cells, level=row.level, bold=bold, kind=kind, rule=rule))


def _ref(document: Document, key: str, *, anchor: bool) -> Ref | str:
    """The id of a row: a link to Lampiran B, or there the place itself."""
    if not key:
        return ""
    figure_id, shown = document.figures[key].id, shown_id(document, key)
    return Ref(shown, anchor=figure_id) if anchor else Ref(shown, figure_id)


def _has_target(row: Row) -> bool:
    return any(run.facet == "target" and DIGIT.search(run.text) for cell in row.cells for run in cell.runs)


def _words(cell: Cell):
    if not cell.over:
        return cell.text
    named = any(run.strong for run in cell.over)
    heavy = any(run.strong for run in cell.runs)
    return Titled(plain(cell.over), cell.text, heavy, named)


def _continued(line: Line) -> list[Line]:
    """A row whose cell is very long goes on in further rows."""
    texts = [
        cell.text if isinstance(cell, Titled) else cell if isinstance(cell, str) else ""
        for cell in line.cells
    ]
    if max(map(len, texts), default=0) <= MOST_CELL:
        return [line]
    pieces = [_pieces(text) for text in texts]
    found = []
    for number in range(max(map(len, pieces))):
        cells = []
        for cell, parts in zip(line.cells, pieces, strict=True):
            part = parts[number] if number < len(parts) else ""
            if isinstance(cell, Titled):
                cells.append(Titled(cell.over if number == 0 else "", part, cell.heavy, cell.named))
            elif isinstance(cell, str):
                cells.append(part)
            else:
                cells.append(cell if number == 0 else "" if not isinstance(cell, Fraction) else None)
        found.append(Line(cells, line.level, line.bold, line.kind, line.rule if number == 0 else 0))
    return found


def _pieces(text: str) -> list[str]:
    found = []
    while len(text) > MOST_CELL:
        cut = text.rfind(" ", 0, MOST_CELL)
        cut = cut if cut > 0 else MOST_CELL
        found.append(text[:cut])
        text = text[cut:].lstrip()
    return [*found, text]


def _caption(printer: "_Printer", block, word: str):
    words = printer.markup(block.caption, ids=False)[0]
    bold = f'<font name="NotoSans-SemiBold">{word} {block.number}</font>&nbsp;&nbsp;'
    found = Head(bold + words, style.STYLES["caption"])
    found.outline = (f"{word} {block.number} {plain(block.caption)}", block.key, 2)
    return found


def _chart(printer: "_Printer", block) -> None:
    printer.turn("upright")
    start = len(printer.story)
    printer.story += [_caption(printer, block, "Gambar"), _drawing(printer, block)]
    printer.keep(start)


def _drawing(printer: "_Printer", block) -> charts.Chart:
    alt, accent = plain(block.alt), printer.accent
    bars = [charts.Bar(plain(p.label), p.value, p.run.text, p.hero, p.aside) for p in block.points]
    if block.shape == "share":
        return charts.ShareBar(bars[0], bars[1], alt, accent=accent)
    if block.shape == "dots":
        pairs = [
            charts.Pair(
                plain(p.label), p.value, p.second, p.run.text, p.second_run.text if p.second_run else ""
            )
            for p in block.points
        ]
        return charts.DotChart(pairs, block.keys, alt, accent=accent)
    kind = charts.CapaianChart if block.shape == "capaian" else charts.BarChart
    return kind(bars, alt, accent=accent)


def _photo(printer: "_Printer", block) -> None:
    photo = Photograph.objects.select_related("file").filter(uid=UUID(block.uid)).first()
    start = len(printer.story)
    if photo is not None:
        printer.story.append(Picture(read_file(photo.file), plain(block.caption), SIDE))
    printer.story.append(_caption(printer, block, "Gambar"))
    printer.keep(start)


def _facts(printer: "_Printer", block) -> None:
    facts = [(fact.label, fact.run.text, fact.unit) for fact in block.facts]
    printer.story.append(Numbers(facts, block.signs, SIDE))


def _opening(printer: "_Printer", block) -> None:
    printer.turn("upright")
    printer.story.append(CondPageBreak(150 * mm))
    printer.story.append(Spacer(1, 14))
    kicker = Head(printer.coloured(plain(block.kicker)), printer.side("h3"))
    kicker.number = (block.number, printer.accent)
    title = Head(printer.markup(block.title, ids=False)[0], printer.side("goal"))
    title.outline = (f"{block.number} {plain(block.kicker)}: {plain(block.title)}", block.key, 2)
    title.objective = f"{plain(block.kicker)}: {plain(block.title)}"
    kicker.keepWithNext = title.keepWithNext = True
    printer.story += [kicker, title]
    if block.under:
        printer.story.append(printer.paragraph(block.under, "body"))


def _analysis(printer: "_Printer", block) -> None:
    printer.turn("upright")
    start = len(printer.story)
    printer.story.append(Side(block.number, block.label, printer.accent, block.key, plain(block.objective)))
    printer.story.append(Spacer(1, 3))
    for each in block.blocks:
        if each.kind == "table":
            _table(printer, each, indent=SIDE)
        else:
            add(printer, each)
    printer.story.append(Spacer(1, 9))
    held = printer.story[start:]
    printer.story[start:] = flat(held)
    printer.keep(start)


def is_short(block) -> bool:
    """Whether a block is one piece on its page."""
    if block.kind == "table":
        return sum(TALL if any(cell.over for cell in row.cells) else 1 for row in block.rows) <= ONE_PIECE
    return block.kind in ("chart", "photo", "organisation", "pairs")


def flat(held: list) -> list:
    """Flowables without the wrappers that keep some of them together."""
    found = []
    for each in held:
        found += each._content if type(each).__name__ == "KeepTogether" else [each]
    return found


def _pairs(printer: "_Printer", block) -> None:
    printer.story.append(
        Pairs([(label, typeset(plain(runs))) for label, runs in block.rows], 0 if printer.wide else SIDE)
    )


def _signature(printer: "_Printer", block) -> None:
    about = printer.about
    lines = []
    if block.place:
        lines.append(f"Ditetapkan di {plain(block.place)}")
        lines.append(
            "pada tanggal penetapan edisi" if about.draft else f"pada tanggal {formats.date_long(about.day)}"
        )
    code = about.address if block.code and not about.draft else ""
    printer.story.append(
        Sign(lines, plain(block.post), plain(block.name), [plain(each) for each in block.under], code)
    )


def _organisation(printer: "_Printer", block) -> None:
    start = len(printer.story)
    boxes = [(plain(box.runs), plain(box.under), box.depth) for box in block.boxes]
    alt = "Susunan organisasi: " + "; ".join(name for name, _, _ in boxes) + "."
    printer.story += [_caption(printer, block, "Gambar"), Boxes(boxes, printer.accent, alt)]
    printer.keep(start)


_ADDERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "items": _items,
    "table": _table,
    "chart": _chart,
    "photo": _photo,
    "facts": _facts,
    "opening": _opening,
    "analysis": _analysis,
    "pairs": _pairs,
    "signature": _signature,
    "organisation": _organisation,
}
