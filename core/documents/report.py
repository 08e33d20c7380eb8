"""Papers of several pages: running head and foot, "Halaman x dari y", headings in the outline.

::

    report = Report(ReportInfo(title="Laporan Kinerja 2023", agency=AgencyProfile.current(), foot="Edisi
    1.0")) report.chapter("Akuntabilitas kinerja", number="BAB III") report.heading("Penempatan menurut
    saluran", number="3.3.2", level=1) report.text("Sepanjang 2023 tercatat …", style_name="lead")
    report.add(Grid(columns, lines, number="Tabel 3.5", caption="Penempatan menurut saluran, 2023",
    key="tabel-3-5")) report.wide(); report.add(…); report.upright() report.save(target)
    # a binary file; the same content gives the same bytes

Texts are escaped here; ``markup=True`` takes ReportLab's own tags and then the caller escapes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)
from reportlab.platypus import Paragraph as PlatypusParagraph

from core.documents import fonts, style
from core.documents.canvas import LANGUAGE, PRODUCER, OfficeCanvas
from core.documents.letterhead import HEIGHT as LETTERHEAD_HEIGHT
from core.documents.letterhead import draw_letterhead
from core.models.agency import AgencyProfile

NBSP = "\u00a0"
HEADING_ROOM = 110
"""Points below a heading that must be free on its page: the heading and three lines, or a table's head and a row."""
FULL_WIDTH = frozenset({"caption", "note", "footnote", "cover", "centre", "right"})
_DATE = re.compile(
    r"\b(\d{1,2}) (Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember) (\d{4})\b"
)
_NO_PADDING = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
_SHORT_END = re.compile(r" (\S{1,11})$")


@dataclass(frozen=True)
class ReportInfo:
    """What stands around the text of a paper.

    ``head`` is at the left of the running head (the title when empty), the chapter at its right; ``foot``
    follows the office's name. ``draft`` prints DRAF in the head. ``letterhead`` draws the office's head on
    the first page, ``side`` sets texts beside a side column that holds the section numbers.
    """

    title: str
    agency: AgencyProfile
    subject: str = ""
    head: str = ""
    foot: str = ""
    draft: bool = False
    letterhead: bool = False
    side: bool = False
    wide: bool = False


class Paragraph(PlatypusParagraph):
    """A paragraph that is tagged by its style and may stand in the outline."""

    outline: tuple[str, str, int] | None = None
    number: tuple[str, Color] | None = None

    def draw(self) -> None:
        """Draw as one tagged piece."""
        canvas: OfficeCanvas = self.canv
        if self.outline:
            title, key, level = self.outline
            canvas.contents_entry(title, key, level, self.height)
        with canvas.mark(style.TAGS.get(self.style.name, "P")):
            if self.number:
                words, colour = self.number
                y = self.height - self.style.fontSize * 1.07
                right = self.style.leftIndent - 6 * mm
                canvas.text(
                    right,
                    y,
                    words,
                    face=self.style.fontName,
                    size=self.style.fontSize,
                    colour=colour,
                    align="right",
                )
            super().draw()


def typeset(text: str) -> str:
    """No-break spaces where a line must not end: inside a date, after Rp, before a short last word."""
    text = _DATE.sub(rf"\1{NBSP}\2{NBSP}\3", fonts.printable(text))
    text = re.sub(r"\bRp (?=\d)", f"Rp{NBSP}", text)
    text = re.sub(r"\b([A-Z]-\d+) sampai ([A-Z]-\d+)\b", rf"\1{NBSP}sampai{NBSP}\2", text)
    return _SHORT_END.sub(rf"{NBSP}\1", text)


class Report:
    """Collects flowables and writes them as one PDF."""

    def __init__(self, info: ReportInfo) -> None:
        """Start an empty paper."""
        self.info = info
        self.accent = style.accent(info.agency.colours)
        self.story: list[Flowable] = []
        self._headings = 0
        self._is_wide = info.wide

    def add(self, *flowables: Flowable) -> None:
        """Append tables, charts or other flowables."""
        self.story += flowables

    def gap(self, points: float) -> None:
        """Append white space."""
        self.story.append(Spacer(1, points))

    def text(self, words: str, *, style_name: str = "body", markup: bool = False) -> None:
        """Append a paragraph in one of style.STYLES."""
        content = words if markup else escape(typeset(words))
        self.story.append(Paragraph(content, self._style(style_name)))

    def _style(self, name: str) -> ParagraphStyle:
        """The style; beside the side column when there is one (captions and notes use the full width)."""
        found = style.STYLES[name]
        if not self.info.side or name in FULL_WIDTH:
            return found
        return ParagraphStyle(name, parent=found, leftIndent=style.SIDE_COLUMN)

    def chapter(self, words: str, *, number: str = "", key: str = "") -> str:
        """Append a chapter's title, its number ("BAB III") small above it."""
        self.story.append(Chapter(f"{number} {words}".strip()))
        if number:
            self.story.append(Paragraph(self._coloured(number), self._style("kicker")))
        return self._heading(words, 0, "", key, outline=f"{number} {words}".strip())

    def heading(self, words: str, *, level: int = 1, number: str = "", key: str = "") -> str:
        """Append a heading (1 section, 2 subsection) that stands in the outline; return its link key."""
        return self._heading(words, level, number, key, outline=f"{number} {words}".strip())

    def _heading(self, words: str, level: int, number: str, key: str, outline: str) -> str:
        self._headings += 1
        key = key or f"h{self._headings}"
        beside = bool(number) and self.info.side
        content = escape(typeset(words))
        if number and not beside:
            content = f"{self._coloured(number)}{NBSP * 2}{content}"
        paragraph = Paragraph(content, self._style(("h1", "h2", "h3")[level]))
        paragraph.outline = (outline, key, level)
        paragraph.number = (number, self.accent) if beside else None
        if level:
            self.story.append(CondPageBreak(HEADING_ROOM))
        self.story.append(paragraph)
        return key

    def _coloured(self, words: str) -> str:
        return (
            f'<font color="{self.accent.hexval().replace("0x", "#")}">{escape(fonts.printable(words))}</font>'
        )

    def figure(self, value: str, ref: str, target: str = "") -> str:
        """Markup of a value with its raised figure id, linked to the id's note; for text(markup=True)."""
        mark = f'<super rise="2.6" size="6.6"><font name="{fonts.CONDENSED_BOLD}">{self._coloured(ref)}</font></super>'
        if target:
            mark = f'<a href="#{escape(target)}">{mark}</a>'
        return f'{escape(fonts.printable(value))}<font size="4">{NBSP}</font>{mark}'

    def wide(self) -> None:
        """Go on with wide pages."""
        self._turn("wide")

    def upright(self) -> None:
        """Go on with upright pages."""
        self._turn("upright")

    def page_break(self) -> None:
        """Begin a new page."""
        self.story.append(PageBreak())

    def _turn(self, name: str) -> None:
        self.story += [NextPageTemplate(name), PageBreak()]

    def save(self, target: BinaryIO, progress: Callable[[int], None] | None = None) -> int:
        """Write the PDF to a binary file and return the number of pages."""
        template = _Template(self.info, target)
        if progress is not None:
            template.setPageCallBack(progress)
        template.build(list(self.story), canvasmaker=self._canvas)
        return template.page

    def _canvas(self, target: Any, **options: Any) -> OfficeCanvas:
        known = {name: options[name] for name in ("pagesize", "cropMarks") if options.get(name)}
        info = self.info
        return OfficeCanvas(
            target,
            title=info.title,
            author=info.agency.full_name,
            subject=info.subject or info.title,
            **known,
        )


class Chapter(Flowable):
    """Tells the running head, from here on, which chapter this is; takes no room."""

    def __init__(self, words: str) -> None:
        """Take the chapter's name."""
        super().__init__()
        self.words = fonts.printable(words)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """No size."""
        return 0, 0

    def draw(self) -> None:
        """Note the name on the page."""
        self.canv.chapter = self.words


class _Template(BaseDocTemplate):
    """Page templates of a report: first page with letterhead, upright, wide."""

    def __init__(self, info: ReportInfo, target: BinaryIO) -> None:
        self.info = info
        first = style.REPORT_WIDE if info.wide else style.REPORT
        super().__init__(
            target,
            pagesize=first.size,
            allowSplitting=1,
            initialFontName=fonts.REGULAR,
            title=fonts.printable(info.title),
            author=fonts.printable(info.agency.full_name),
            subject=fonts.printable(info.subject or info.title),
            creator=PRODUCER,
            producer=PRODUCER,
            displayDocTitle=True,
            lang=LANGUAGE,
        )
        templates = [self._page("upright", style.REPORT), self._page("wide", style.REPORT_WIDE)]
        if info.wide:
            templates.reverse()
        if info.letterhead:
            templates.insert(0, self._first(first, "wide" if info.wide else "upright"))
        self.addPageTemplates(templates)

    def _page(self, name: str, page: style.Page) -> PageTemplate:
        frame = Frame(
            page.left,
            page.bottom,
            page.width,
            page.height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )
        return PageTemplate(
            name,
            [frame],
            onPageEnd=lambda canvas, _: self._around(canvas, page, head=True),
            pagesize=page.size,
        )

    def _first(self, page: style.Page, after: str) -> PageTemplate:
        top = page.size[1] - 14 * mm
        height = top - LETTERHEAD_HEIGHT - 12 - page.bottom
        frame = Frame(
            page.left,
            page.bottom,
            page.width,
            height,
            leftPadding=0,
            rightPadding=0,
            topPadding=0,
            bottomPadding=0,
        )

        def begin(canvas: OfficeCanvas, _: BaseDocTemplate) -> None:
            draw_letterhead(canvas, self.info.agency, page.left, top, page.width)

        return PageTemplate(
            "first",
            [frame],
            onPage=begin,
            onPageEnd=lambda canvas, _: self._around(canvas, page, head=False),
            pagesize=page.size,
            autoNextPageTemplate=after,
        )

    def _around(self, canvas: OfficeCanvas, page: style.Page, *, head: bool) -> None:
        """Running head now; the foot when the number of pages is known."""
        info = self.info
        if head:
            y = page.size[1] - page.head
            with canvas.artifact():
                left = fonts.printable(info.head or info.title)
                canvas.text(page.left, y, left, face=fonts.BOLD, size=7.4, colour=style.GREY)
                right = "DRAF" if info.draft else getattr(canvas, "chapter", "")
                canvas.text(page.size[0] - page.right, y, right, size=7.4, colour=style.GREY, align="right")
            canvas.rule(page.left, y - 5, page.width, 0.3, style.RULE)

        def foot(late: OfficeCanvas, number: int, pages: int) -> None:
            y, right = page.size[1] - page.foot, page.size[0] - page.right
            words = " · ".join(part for part in (info.agency.full_name, info.foot) if part)
            late.text(page.left, y, fonts.printable(words), size=7.2, colour=style.GREY)
            late.text(right, y, f"Halaman {number} dari {pages}", size=7.2, colour=style.GREY, align="right")

        canvas.late(foot)
