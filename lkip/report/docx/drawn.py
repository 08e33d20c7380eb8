"""Charts and the organisation chart as tables: words stay words, and each is one piece on its page."""

from typing import TYPE_CHECKING

from core.documents.charts import no_value
from lkip.report.docx.xml import KEEP, cell, field, paragraph, row, table, text_run
from lkip.report.model import plain

if TYPE_CHECKING:
    from lkip.report.docx.render import Writer

BLOCK, HALF = "█", "▌"
CHART_LETTERS = 38
CHART_WIDTHS = (3000, 4900, 1500)
"""Label, bar and number of a chart, in twentieths of a point."""
STEP, BETWEEN = 600, 80
"""How far a unit stands in under the one above it, and the room between two boxes, in twentieths of a point."""


def caption(writer: "Writer", block, word: str) -> None:
    """Number and words of a table or picture; the number is a field."""
    chapter, _, number = block.number.partition(".")
    content = text_run(f"{word} {chapter}.", "<w:b/>") + field(
        f"SEQ {word}_{chapter} \\* ARABIC", number, "<w:b/>"
    )
    content = writer.mark(block.key, content) + text_run("  ") + writer.runs(block.caption, ids=False)
    writer.body.append(paragraph(content, "CaptionTable" if word == "Tabel" else "CaptionFigure"))


def bar(share: float, letters: int) -> str:
    """A bar of block letters, half a letter exact."""
    halves = round(share * letters * 2)
    return BLOCK * (halves // 2) + HALF * (halves % 2)


def chart(writer: "Writer", block) -> None:
    """A chart as a table of bars: words stay words, so that it can be read and changed."""
    writer.turn(wide=False)
    caption(writer, block, "Gambar")
    values = [each for point in block.points for each in (point.value, point.second) if each is not None]
    most = max([*values, 1])
    rows = []
    for point in _in_order(block):
        lines = [(point.value, point.run, point.hero)]
        if point.second_run is not None:
            lines.append((point.second, point.second_run, True))
        for number, (value, run, hero) in enumerate(lines):
            drawn = bar(max(float(value), 0) / float(most), CHART_LETTERS) if value is not None else ""
            words = plain(point.label) if number == 0 else ""
            if block.keys[0]:
                words = f"{words} ({block.keys[number]})".strip()
            shown = run.text if value is not None else no_value(run.text)
            rows.append(_bar_row(words, drawn, shown, writer.accent if hero else "8FA9AF"))
    writer.body.append(table(rows, list(CHART_WIDTHS), ruled=False))
    writer.body.append(paragraph(writer.runs(block.alt, ids=False), "Note"))


def _bar_row(words: str, drawn: str, shown: str, colour: str) -> str:
    """A line of a chart; it stays with the next one, the last with the sentence below."""
    look = f'<w:color w:val="{colour}"/><w:sz w:val="14"/>'
    contents = (
        (text_run(words), "CellText"),
        (text_run(drawn, look), "CellText"),
        (text_run(shown, "<w:b/>"), "CellNumber"),
    )
    return row(
        [
            cell(paragraph(content, style, KEEP), width)
            for (content, style), width in zip(contents, CHART_WIDTHS, strict=True)
        ]
    )


def _in_order(block) -> list:
    return (
        sorted(block.points, key=lambda point: (point.aside, -(point.value or 0)))
        if block.shape == "bars"
        else list(block.points)
    )


def organisation(writer: "Writer", block) -> None:
    """The organisation chart as one table: a row a box, which stands in by its depth and ends at the same edge."""
    caption(writer, block, "Gambar")
    edge = "".join(
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{writer.accent}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    deepest = max((box.depth for box in block.boxes), default=0)
    widths = [STEP] * deepest + [writer.width - STEP * deepest]
    between = paragraph(
        "",
        properties=f'{KEEP}<w:spacing w:before="0" w:after="0" w:line="{BETWEEN}" w:lineRule="exact"/>',
    )
    rows = []
    for box in block.boxes:
        content = paragraph(text_run(plain(box.runs), "<w:b/>" if box.depth < 2 else ""), "CellText", KEEP)
        if box.under:
            look = '<w:color w:val="555E66"/><w:sz w:val="15"/>'
            content += paragraph(text_run(plain(box.under), look), "CellText", KEEP)
        cells = []
        if box.depth:
            cells.append(cell(paragraph("", "CellText", KEEP), STEP * box.depth, span=box.depth))
        span = len(widths) - box.depth
        cells.append(cell(content, sum(widths[box.depth :]), borders=edge, span=span))
        rows += [row(cells), row([cell(between, sum(widths), span=len(widths))])]
    writer.body.append(table(rows[:-1], widths, ruled=False))
    writer.body.append(
        paragraph("", properties='<w:spacing w:before="0" w:after="120" w:line="120" w:lineRule="exact"/>')
    )
