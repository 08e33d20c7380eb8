"""Small makers of WordprocessingML: escaped text, runs, fields, paragraphs, tables."""

import re
from collections.abc import Iterable

from lkip.report.model import Run

KEEP = "<w:keepNext/>"
"""The property of a paragraph that stays on the page of the next one."""
_INVALID = re.compile(r"[^\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIAL = re.compile(r'[&<>"]')


def esc(text: str) -> str:
    """Text as XML content or attribute; what XML cannot hold becomes "�"."""
    return _SPECIAL.sub(lambda found: _NAMES[found[0]], _INVALID.sub("\ufffd", text))


def text_run(text: str, properties: str = "") -> str:
    """A run of text."""
    if not text:
        return ""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{esc(text)}</w:t></w:r>'


def unbroken_run(text: str, properties: str = "") -> str:
    """A run of text that no line breaks at its hyphens."""
    pieces = (f'<w:t xml:space="preserve">{esc(piece)}</w:t>' for piece in text.split("-"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{'<w:noBreakHyphen/>'.join(pieces)}</w:r>"


def style_of(run: Run) -> str:
    """The properties of a model run: bold, italic; what is unbound or broken is marked."""
    found = "<w:b/>" if run.strong else ""
    if run.italic or run.tag in ("unbound", "fault"):
        found += "<w:i/>"
    return found + ('<w:highlight w:val="yellow"/>' if run.tag in ("unbound", "fault") else "")


def field(instruction: str, shown: str, properties: str = "") -> str:
    """A field with the value it shows until it is updated."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return (
        f'<w:r>{rpr}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{rpr}<w:instrText xml:space="preserve"> {esc(instruction)} </w:instrText></w:r>'
        f'<w:r>{rpr}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{text_run(shown, properties)}"
        f'<w:r>{rpr}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{ppr}{content}</w:p>"


def link(anchor: str, content: str) -> str:
    """Content that leads to a bookmark of the document."""
    return f'<w:hyperlink w:anchor="{esc(anchor)}" w:history="1">{content}</w:hyperlink>'


def cell(content: str, width: int, *, borders: str = "", span: int = 1) -> str:
    """A cell of paragraphs; ``width`` in twentieths of a point."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    edges = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{edges}</w:tcPr>{content}</w:tc>'


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row that never breaks; a head is repeated on every page."""
    header = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: list[int], *, indent: int = 0, ruled: bool = True) -> str:
    """A table with horizontal rules only, or none."""
    line = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
    edges = ""
    if ruled:
        edges = (
            line.format("top", 8, "15191D")
            + line.format("bottom", 8, "15191D")
            + line.format("insideH", 3, "C3C9CE")
        )
    left = f'<w:tblInd w:w="{indent}" w:type="dxa"/>' if indent else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{left}<w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
