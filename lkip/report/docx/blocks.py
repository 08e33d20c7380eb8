"""Each kind of block as WordprocessingML."""

import io
from typing import TYPE_CHECKING
from uuid import UUID

from core import formats
from core.documents.qr import QUIET, symbol
from core.documents.style import SIDE_COLUMN
from core.files import read_file
from lkip.models import Photograph
from lkip.report.docx.drawn import bar, caption, chart, organisation
from lkip.report.docx.picture import drawing
from lkip.report.docx.widths import LEVEL_INDENT, MARGIN, column_widths
from lkip.report.docx.xml import KEEP, cell, link, paragraph, row, style_of, table, text_run
from lkip.report.model import Cell, Row, Table, plain
from lkip.report.pdf.blocks import is_short, row_figure, shown_id
from lkip.report.pdf.render import leads_wide
from lkip.report.stamp import grouped

if TYPE_CHECKING:
    from lkip.report.docx.render import Writer

__all__ = ["cover_facts", "leads_wide", "write"]
BAR_SIZE = 6
"""Points: the height of a bar's letters, and more than their width."""
CAPAIAN_END = 125
LED = ("table", "chart", "organisation", "items", "pairs", "facts")
"""Blocks that the sentence before them does not leave."""
LEADS = 400
"""A longer paragraph stands well without what follows it."""
LAST_TOGETHER = 3
"""So many last rows of a table stand together."""
STYLES = {"lead": "Lead", "note": "Note", "missing": "Note", "small": "Heading5"}
ANALYSIS_INDENT = round(SIDE_COLUMN * 20)


def write(writer: "Writer", block, following=None) -> None:
    """Append a block to the body; ``following`` is the one that it leads to, if it does."""
    writer.following = following
    _WRITERS[block.kind](writer, block)


def led_by(after: tuple):
    """The block that a paragraph leads to, at most one more paragraph between them; None where it leads to none."""
    first, second = (*after[:2], None, None)[:2]
    return second if getattr(first, "kind", "") == "paragraph" else first


def cover_facts(writer: "Writer") -> list[tuple[str, str]]:
    """What the cover says of the edition."""
    about, count = writer.about, len(writer.document.figures)
    facts = [
        ("Edisi", "rancangan" if about.draft else about.edition),
        ("Dicetak" if about.draft else "Ditetapkan", formats.date_long(about.day)),
        ("Angka terlacak", f"{count}, F-001 sampai F-{count:03d}" if count else "tidak ada"),
    ]
    return [*facts, ("Sidik isi", grouped(about.fingerprint))] if about.fingerprint else facts


def _heading(writer: "Writer", block) -> None:
    number = text_run(f"{block.number}  ", f'<w:color w:val="{writer.accent}"/>') if block.number else ""
    content = number + writer.runs(block.runs, ids=False)
    if block.level > 2:
        writer.body.append(paragraph(content, "Heading5"))
    else:
        writer.body.append(paragraph(writer.mark(block.key, content), f"Heading{block.level + 1}"))


def _paragraph(writer: "Writer", block) -> None:
    leads = block.style == "small" or getattr(writer.following, "kind", "") in LED
    short = sum(len(run.text) for run in block.runs) < LEADS
    held = KEEP if leads and short else ""
    writer.body.append(paragraph(writer.runs(block.runs), STYLES.get(block.style, ""), held))


def _items(writer: "Writer", block) -> None:
    numbered = ""
    if block.numbered:
        writer.lists += 1
        numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{writer.lists + 1}"/></w:numPr>'
    for runs in block.items:
        writer.body.append(
            paragraph(writer.runs(runs), "ListNumber" if block.numbered else "ListBullet", numbered)
        )


def _table(writer: "Writer", block: Table, *, narrow: bool = False) -> None:
    writer.turn(wide=block.wide)
    caption(writer, block, "Tabel")
    indent = ANALYSIS_INDENT if narrow else 0
    room = writer.width - indent
    widths = column_widths(block, room)
    rows = []
    if any(column.group for column in block.columns):
        rows.append(_groups(writer, block, widths))
    heads = [
        cell(
            paragraph(
                text_run(plain(column.title)),
                "CellHead",
                '<w:jc w:val="right"/>' if column.kind in ("number", "ref") else "",
            ),
            width,
        )
        for column, width in zip(block.columns, widths, strict=True)
    ]
    rows.append(row(heads, head=True))
    rows += [
        _row(writer, block, each, widths, held=held)
        for each, held in zip(block.rows, _held(block), strict=True)
    ]
    writer.body.append(table(rows, widths, indent=indent))
    writer.body.append(paragraph(writer.runs(block.note), "Note") if block.note else _gap())


def _held(block: Table) -> list[bool]:
    """Which rows stay with the next: heads inside the table, parents, the first and the last; all of a short table.

    The last row of a short one stays with the note below it.
    """
    count = len(block.rows)
    if is_short(block):
        return [place < count - 1 or bool(block.note) for place in range(count)]
    found = []
    for place, line in enumerate(block.rows):
        after = block.rows[place + 1] if place + 1 < len(block.rows) else None
        leads = after is not None and (
            line.kind == "block"
            or after.level > line.level
            or after.kind == "total"
            or place == 0
            or place > count - 1 - LAST_TOGETHER
        )
        found.append(leads)
    return found


def _gap() -> str:
    return paragraph("", properties='<w:spacing w:before="0" w:after="80" w:line="120" w:lineRule="exact"/>')


def _groups(writer: "Writer", block: Table, widths: list[int]) -> str:
    cells, place = [], 0
    while place < len(block.columns):
        group, span = plain(block.columns[place].group), 1
        while (
            group and place + span < len(block.columns) and plain(block.columns[place + span].group) == group
        ):
            span += 1
        cells.append(
            cell(
                paragraph(text_run(group), "CellHead", '<w:jc w:val="center"/>'),
                sum(widths[place : place + span]),
                span=span,
            )
        )
        place += span
    return row(cells, head=True)


def _row(writer: "Writer", block: Table, line: Row, widths: list[int], *, held: bool) -> str:
    bold = line.kind in ("group", "total", "block")
    if line.kind == "block":
        words = " ".join(each.text for each in line.cells if each.text)
        look = f'<w:b/><w:color w:val="{writer.accent}"/>'
        return row(
            [
                cell(
                    paragraph(text_run(words, look), "CellText", "<w:keepNext/>"),
                    sum(widths),
                    span=len(widths),
                )
            ]
        )
    cells = []
    for place, (column, width) in enumerate(zip(block.columns, widths, strict=True)):
        own = line.cells[place] if place < len(line.cells) else Cell()
        indent = f'<w:ind w:left="{line.level * LEVEL_INDENT}"/>' if place == 0 and line.level else ""
        edge = '<w:top w:val="single" w:sz="6" w:space="0" w:color="15191D"/>' if line.kind == "total" else ""
        if column.kind in ("ref", "id"):
            content = _ref(writer, line, anchor=column.kind == "id")
            cells.append(
                cell(
                    paragraph(
                        content, "CellNumber" if column.kind == "ref" else "CellText", KEEP if held else ""
                    ),
                    width,
                    borders=edge,
                )
            )
        elif column.kind in ("bar", "capaian"):
            cells.append(
                cell(paragraph(_bar(writer, own, column.kind, width), "CellText"), width, borders=edge)
            )
        else:
            cells.append(cell(_cell(own, column.kind, bold, indent, held=held), width, borders=edge))
    return row(cells)


def _cell(own: Cell, kind: str, bold: bool, indent: str, *, held: bool) -> str:
    over, keep = "", KEEP if held else ""
    if own.over:
        named = any(run.strong for run in own.over)
        look = "<w:b/>" if named else '<w:color w:val="555E66"/><w:sz w:val="14"/>'
        over = paragraph(text_run(plain(own.over), look), "CellText", keep + indent)
        if not own.runs or not own.text:
            return over
    words = "".join(text_run(run.text, style_of(run) or ("<w:b/>" if bold else "")) for run in own.runs)
    return over + paragraph(words, "CellNumber" if kind == "number" else "CellText", keep + indent)


def _ref(writer: "Writer", line: Row, *, anchor: bool) -> str:
    from lkip.report.docx.render import bookmark

    key = row_figure(line)
    if not key:
        return ""
    figure_id = writer.document.figures[key].id
    words = text_run(
        shown_id(writer.document, key), f'<w:b/><w:color w:val="{writer.accent}"/><w:sz w:val="14"/>'
    )
    return writer.mark(figure_id, words) if anchor else link(bookmark(figure_id), words)


def _bar(writer: "Writer", own: Cell, kind: str, width: int) -> str:
    if own.value is None:
        return ""
    end = CAPAIAN_END if kind == "capaian" else 100
    letters = bar(float(min(max(own.value, 0), end)) / end, max((width - MARGIN) // (20 * BAR_SIZE), 4))
    return text_run(letters, f'<w:color w:val="{writer.accent}"/><w:sz w:val="12"/>')


def _photo(writer: "Writer", block) -> None:
    photo = Photograph.objects.select_related("file").filter(uid=UUID(block.uid)).first()
    if photo is not None:
        writer.body.append(
            paragraph(
                drawing(writer, read_file(photo.file), plain(block.caption)), properties="<w:keepNext/>"
            )
        )
    caption(writer, block, "Gambar")


def _facts(writer: "Writer", block) -> None:
    width = writer.width // len(block.facts)
    cells = []
    for number, fact in enumerate(block.facts):
        sign = text_run(f"   {block.signs[number]}") if number < len(block.signs) else ""
        unit = text_run(f" {fact.unit}", '<w:sz w:val="14"/>') if fact.unit else ""
        big = text_run(fact.run.text, '<w:b/><w:sz w:val="28"/>')
        cells.append(
            cell(
                paragraph(text_run(fact.label), "CellHead") + paragraph(big + unit + sign, "CellText"), width
            )
        )
    writer.body += [table([row(cells)], [width] * len(block.facts), ruled=not block.signs), _gap()]


def _opening(writer: "Writer", block) -> None:
    writer.turn(wide=False)
    number = text_run(f"{block.number}  {plain(block.kicker)}: ", f'<w:color w:val="{writer.accent}"/>')
    writer.body.append(
        paragraph(writer.mark(block.key, number + writer.runs(block.title, ids=False)), "Heading3")
    )
    if block.under:
        writer.body.append(paragraph(writer.runs(block.under)))


def _analysis(writer: "Writer", block) -> None:
    writer.turn(wide=False)
    words = text_run(f"{block.number}  ", f'<w:color w:val="{writer.accent}"/>') + text_run(block.label)
    writer.body.append(paragraph(writer.mark(block.key, words), "Heading4"))
    for place, each in enumerate(block.blocks):
        write(writer, each, led_by(block.blocks[place + 1 :]))


def _pairs(writer: "Writer", block) -> None:
    widths = [2600, writer.width - 2600]
    rows = [
        row(
            [
                cell(paragraph(text_run(label, '<w:color w:val="555E66"/>'), "CellText"), widths[0]),
                cell(paragraph(writer.runs(runs, ids=False), "CellText"), widths[1]),
            ]
        )
        for label, runs in block.rows
    ]
    writer.body += [table(rows, widths), _gap()]


def _signature(writer: "Writer", block) -> None:
    about = writer.about
    lines = []
    if block.place:
        lines.append(f"Ditetapkan di {plain(block.place)}")
        lines.append(
            "pada tanggal penetapan edisi" if about.draft else f"pada tanggal {formats.date_long(about.day)}"
        )
    lines.append(plain(block.post))
    indent = '<w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="20"/><w:ind w:left="5100"/>'
    if block.code and not about.draft:
        target = io.BytesIO()
        symbol(about.address).save(target, kind="png", scale=6, border=QUIET)
        writer.body.append(
            paragraph(
                drawing(writer, target.getvalue(), "Kode QR alamat umum edisi ini", width_mm=30),
                properties="<w:keepNext/>",
            )
        )
        small = '<w:sz w:val="16"/>'
        said = f"Pindai untuk memeriksa edisi ini, atau buka: {about.address}"
        writer.body.append(paragraph(text_run(said, small), properties="<w:keepNext/>"))
    writer.body += [paragraph(text_run(words), properties=indent) for words in lines]
    writer.body.append(
        paragraph(
            "",
            properties='<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="1300" w:lineRule="exact"/>',
        )
    )
    writer.body.append(paragraph(text_run(plain(block.name) or "……………………………", "<w:b/>"), properties=indent))
    writer.body += [
        paragraph(text_run(plain(each)), properties=indent.replace("<w:keepNext/>", ""))
        for each in block.under
    ]


_WRITERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "items": _items,
    "table": _table,
    "chart": chart,
    "photo": _photo,
    "facts": _facts,
    "opening": _opening,
    "analysis": _analysis,
    "pairs": _pairs,
    "signature": _signature,
    "organisation": organisation,
}
