"""Turns the document into pages."""

import io
from fractions import Fraction
from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, NextPageTemplate, PageBreak, Spacer

from core.documents import fonts, style
from core.documents.report import HEADING_ROOM, NBSP, typeset
from lkip.report.model import Chapter, Document, Runs, plain
from lkip.report.pdf import blocks, cover, tail
from lkip.report.pdf.pages import Book, BookCanvas, Notes
from lkip.report.pdf.parts import Head, Line, Noted, Start
from lkip.report.stamp import Around, around

CHAPTER, SECTION, SUBSECTION = range(3)
WIDE_TEXT = 150 * mm
"""On wide pages a line of text stays as short as on upright ones."""
LAST_LINES = 4
"""So many lines of a list of contents stand together at its end."""
LEADS = 2
"""So many paragraphs lead to a table or picture at most."""
TABLE_ROOM = 75 * mm
"""A heading, its lead and the first rows of a long table."""
RUNNING = frozenset({"body", "lead"})


def leads_wide(following: tuple) -> bool | None:
    """Whether what follows a heading wants wide pages: a wide table with only words before it, so that they don't stand
    alone; None where only words come before the next heading, which stand well on any page."""
    for block in following:
        if block.kind == "table":
            return block.wide
        if block.kind == "heading":
            return None
        if block.kind not in ("paragraph", "items"):
            return False
    return None


def render(document: Document, stamp=None) -> bytes:
    """Return the PDF; the same document, stamp and day give the same bytes."""
    return _Printer(document, around(document, stamp)).pdf()


class _Printer:
    """Makes the flowables of a document; `blocks` makes those of a block."""

    def __init__(self, document: Document, about: Around) -> None:
        self.document, self.about = document, about
        self.accent = style.accent(
            {"accent": document.office["accent"]} if document.office["accent"] else None
        )
        self.low_below = Fraction(document.office["low_below"])
        self.story: list[Flowable] = []
        self.wide = False
        self.held_from: int | None = None
        self.run = 0

    def pdf(self) -> bytes:
        """Lay everything out and return the file."""
        self.story.append(PageBreak())
        arabic = False
        for place, chapter in enumerate(self.document.chapters):
            first_of_body = not chapter.front and not arabic
            arabic = arabic or not chapter.front
            self._chapter(chapter, first=place == 0, arabic=first_of_body)
        self.story[self.run :] = tail.held(self.story[self.run :], style.REPORT)
        target = io.BytesIO()
        notes = Notes({entry.id: blocks.note_words(entry) for entry in self.document.figures.values()})

        def front(canvas: BookCanvas, _) -> None:
            cover.draw(canvas, self.document, self.about, self.accent)

        Book(target, self.about, notes, self.accent, front).build(self.story, canvasmaker=self._canvas)
        return target.getvalue()

    def _canvas(self, target, **options) -> BookCanvas:
        known = {name: options[name] for name in ("pagesize", "cropMarks") if options.get(name)}
        about = self.about
        return BookCanvas(target, title=about.title, author=about.office, subject=about.title, **known)

    # --- chapters ---

    def _chapter(self, chapter: Chapter, *, first: bool, arabic: bool) -> None:
        self.turn("wide" if leads_wide(chapter.blocks) else "upright", always=not first)
        name = f"{chapter.number} {chapter.title}".strip()
        self.story.append(Start(name, arabic=arabic))
        self.story.append(Spacer(1, 34 if not chapter.number else 18))
        if chapter.number:
            self.story.append(Noted(self.coloured(chapter.number), self.side("kicker")))
        self.story.append(self._title(chapter.title, name, chapter.key))
        if chapter.kind == "text":
            for place, block in enumerate(chapter.blocks):
                following = chapter.blocks[place + 1 :]
                wide = leads_wide(following) if block.kind == "heading" else None
                if wide is not None:
                    self.turn("wide" if wide else "upright")
                self._place(block, following)
        else:
            self._lists(chapter)

    def _place(self, block, following: tuple) -> None:
        """Append a block; a heading stays with what follows it when that is one piece."""
        start, self.held_from = self.held_from, None
        if block.kind == "heading" and _leads_piece(following):
            self.held_from = len(self.story)
        elif block.kind == "heading" and _leads_long_table(following):
            self.story.append(CondPageBreak(TABLE_ROOM))
        elif start is not None and block.kind == "paragraph":
            start, self.held_from = None, start
        blocks.add(self, block)
        if start is not None and start >= self.run:
            self.story[start:] = [KeepTogether(blocks.flat(self.story[start:]))]

    def _title(self, title: str, name: str, key: str) -> Head:
        found = Head(escape(typeset(title)), self.side("h1"))
        found.outline = (name, key, 0)
        return found

    def _lists(self, chapter: Chapter) -> None:
        if chapter.kind == "contents":
            self.story += _ended(self._contents())
            return
        tables = chapter.kind == "tables"
        found = self.document.tables() if tables else self.document.pictures()
        word = "Tabel" if tables else "Gambar"
        if not found:
            self.add_text((f"Laporan ini tidak memuat {word.lower()}.",), "body")
        self.story += _ended(
            [Line(block.number, plain(block.caption), block.key, SECTION, self.accent) for block in found]
        )

    def _contents(self) -> list[Flowable]:
        found: list[Flowable] = []
        for chapter in self.document.chapters:
            if chapter.kind == "contents":
                continue
            number = chapter.number.replace("Lampiran ", "Lamp. ")
            found.append(Line(number, chapter.title, chapter.key, CHAPTER, self.accent))
            for block in chapter.blocks:
                if block.kind == "heading" and block.level in (SECTION, SUBSECTION):
                    found.append(Line(block.number, plain(block.runs), block.key, block.level, self.accent))
                elif block.kind == "opening":
                    title = f"{plain(block.kicker)}: {plain(block.title)}"
                    found.append(Line(block.number, title, block.key, SUBSECTION, self.accent))
        return found

    # --- helpers of the blocks ---

    def turn(self, name: str, *, always: bool = False) -> None:
        """Go on with upright or wide pages; a page begins only where something changes."""
        wide = name == "wide"
        if wide != self.wide or always:
            page = style.REPORT_WIDE if self.wide else style.REPORT
            self.story[self.run :] = tail.held(self.story[self.run :], page)
            self.story += [NextPageTemplate(name), PageBreak()]
            self.run = len(self.story)
        self.wide = wide

    def side(self, name: str, indent: float | None = None) -> ParagraphStyle:
        """A style that stands in the text column, beside the side column."""
        left = (0 if self.wide else style.SIDE_COLUMN) if indent is None else indent
        right = style.REPORT_WIDE.width - WIDE_TEXT if self.wide and name in RUNNING else 0
        return ParagraphStyle(name, parent=style.STYLES[name], leftIndent=left, rightIndent=right)

    def coloured(self, words: str) -> str:
        """Words in the accent, as markup."""
        shade = self.accent.hexval().replace("0x", "#")
        return f'<font color="{shade}">{escape(fonts.printable(words))}</font>'

    def add_text(self, words: tuple[str, ...], style_name: str) -> None:
        """Append plain words."""
        self.story.append(Noted(escape(typeset("".join(words))), self.side(style_name)))

    def markup(self, runs: Runs, *, ids: bool = True) -> tuple[str, tuple[str, ...]]:
        """Runs as markup, each figure with its raised id where the paragraph first names it; and these ids."""
        found, seen = [], []
        last = len(runs) - 1
        for place, run in enumerate(runs):
            text = fonts.printable(run.text)
            if place == last:
                text = typeset(text)
            words = escape(text)
            if run.strong:
                words = f'<font name="{fonts.BOLD}">{words}</font>'
            if run.italic or run.tag in ("fault", "unbound"):
                words = f'<font name="{fonts.ITALIC}">{words}</font>'
            if run.figure and ids:
                entry = self.document.figures[run.figure]
                if entry.id not in seen:
                    seen.append(entry.id)
                    words += self._raised(entry.id, bool(entry.interim))
            found.append(words)
        return "".join(found), tuple(seen)

    def _raised(self, figure_id: str, interim: bool) -> str:
        shown = self.coloured(figure_id + ("*" if interim else ""))
        mark = f'<super rise="2.6" size="6.6"><font name="{fonts.CONDENSED_BOLD}">{shown}</font></super>'
        return f'<font size="4">{NBSP}</font><a href="#{figure_id}">{mark}</a>'

    def paragraph(
        self, runs: Runs, style_name: str = "body", *, indent: float | None = None, bullet: str = ""
    ) -> Noted:
        """A paragraph of runs with its notes."""
        words, ids = self.markup(runs)
        look = self.side(style_name, indent)
        if bullet:
            look = ParagraphStyle(
                look.name,
                parent=look,
                leftIndent=look.leftIndent + 14,
                bulletIndent=look.leftIndent,
                spaceBefore=2,
                spaceAfter=3,
            )
        found = Noted(words, look, bulletText=bullet or None)
        found.notes = ids
        return found

    def heading_room(self) -> None:
        """Begin a page when a heading and three lines no longer fit."""
        self.story.append(CondPageBreak(HEADING_ROOM))

    def keep(self, start: int) -> None:
        """Keep what was appended since ``start`` in one piece."""
        held = self.story[start:]
        self.story[start:] = [KeepTogether(held)]


def _led(following: tuple):
    """What a heading leads to, at once or after a sentence or two; None where only words follow."""
    words = 0
    while words < min(LEADS, len(following)) and following[words].kind == "paragraph":
        words += 1
    piece = next(iter(following[words:]), None)
    if piece is None or piece.kind == "paragraph" or (words and getattr(piece, "wide", False)):
        return None
    return piece


def _leads_piece(following: tuple) -> bool:
    """Whether a heading leads to one piece: it and its lead do not end a page alone."""
    piece = _led(following)
    return piece is not None and blocks.is_short(piece)


def _ended(lines: list[Flowable]) -> list[Flowable]:
    """A list of contents whose last page holds more than a line."""
    return [*lines[:-LAST_LINES], KeepTogether(lines[-LAST_LINES:])] if len(lines) > LAST_LINES else lines


def _leads_long_table(following: tuple) -> bool:
    """Whether a heading leads to a table that goes over pages, whose first rows belong on the heading's page."""
    piece = _led(following)
    return piece is not None and piece.kind == "table" and not piece.wide and not blocks.is_short(piece)
