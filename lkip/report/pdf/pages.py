"""Pages of the report: frames that keep room for the notes of figures, running heads and feet, page labels."""

from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, PageTemplate

from core.documents import fonts, style
from core.documents.canvas import LANGUAGE, PRODUCER, OfficeCanvas
from core.documents.fit import ELLIPSIS, wrap
from core.documents.grid import Grid
from core.documents.grid_parts import CONTINUED
from lkip.report.stamp import Around

NOTE_SIZE, NOTE_LEADING = 7.4, 10
NOTE_INDENT = 14 * mm
NOTE_ROOM = 13
"""Points above the notes: the short rule and white."""
MOST_NOTES = 0.25
"""Notes take at most this part of a page; the rest is in Lampiran B."""
CARRIED_SIZE, CARRIED_LEADING, CARRIED_LINES = 7.4, 9, 2
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MORE = "Catatan angka lain pada halaman ini ada di Lampiran B."


def roman(number: int) -> str:
    """4 -> "iv"."""
    found = ""
    for value, letters in ROMAN:
        while number >= value:
            found, number = found + letters, number - value
    return found


def carried_lines(title: str, width: float) -> list[str]:
    """The title that a page goes on with in at most two lines, which always say that it goes on."""
    words, cut = fonts.printable(title).split(), ""
    while True:
        shown = f"{' '.join(words)}{cut} {CONTINUED}"
        lines = wrap(shown, width, fonts.BOLD, CARRIED_SIZE)
        if len(lines) <= CARRIED_LINES or len(words) < 2:
            return lines[:CARRIED_LINES]
        words, cut = words[:-1], ELLIPSIS


class BookCanvas(OfficeCanvas):
    """A canvas that remembers on which page each place of the contents stands, and where arabic numbers begin."""

    def __init__(self, *arguments, **options) -> None:
        """Start with no places."""
        self.places: dict[str, int] = {}
        self.arabic_from = 1
        self.chapter = self.objective = ""
        super().__init__(*arguments, **options)

    def contents_entry(self, title: str, key: str, level: int, y: float) -> None:
        """Put a place into the outline and remember its page."""
        self.places[key] = self._pageNumber
        super().contents_entry(title, key, level, y)

    def label(self, number: int) -> str:
        """What is printed as the number of a page."""
        return str(number - self.arabic_from + 1) if number >= self.arabic_from else roman(number - 1)


@dataclass
class Notes:
    """The notes of figures: text by id, and which have been printed already."""

    texts: dict[str, str]
    done: set[str] = field(default_factory=set)

    def new(self, ids) -> list[str]:
        """Those of the ids that no page has printed yet, once each."""
        return [each for each in dict.fromkeys(ids) if each in self.texts and each not in self.done]

    def lines(self, note_id: str, width: float) -> list[str]:
        """A note as lines."""
        words = fonts.printable(self.texts[note_id])
        return wrap(words, width - NOTE_INDENT, fonts.REGULAR, NOTE_SIZE)


def notes_of(flowable) -> list[str]:
    """The ids that a flowable, or what it holds, mentions."""
    found = list(getattr(flowable, "notes", ()))
    for inner in getattr(flowable, "_content", None) or ():
        found += notes_of(inner)
    return found


class NotedFrame(Frame):
    """A frame that keeps room at its foot for the notes of the figures that its page mentions first."""

    def __init__(self, notes: Notes, page: style.Page) -> None:
        """Fill the page between its margins."""
        self.notes, self.page = notes, page
        self.printed: list[tuple[str, list[str]]] = []
        self.more = False
        padding = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
        super().__init__(page.left, page.bottom, page.width, page.height, **padding)

    def _reset(self) -> None:
        self._y1p = self.page.bottom
        super()._reset()
        self.printed, self.more = [], False

    @property
    def notes_height(self) -> float:
        """The room that the notes of this page take."""
        lines = sum(len(lines) for _, lines in self.printed) + self.more
        return lines * NOTE_LEADING + NOTE_ROOM if lines else 0

    def _room(self, flowable) -> tuple[list[tuple[str, list[str]]], bool, float]:
        """The notes that a flowable brings, whether some go to Lampiran B, and how much more room they take."""
        most = self.page.height * MOST_NOTES
        new, more, height = [], self.more, self.notes_height
        before = height
        for note_id in self.notes.new(notes_of(flowable)):
            lines = self.notes.lines(note_id, self.page.width)
            wanted = height + len(lines) * NOTE_LEADING + (0 if height else NOTE_ROOM)
            if wanted > most:
                height += 0 if more else NOTE_LEADING
                more = True
                continue
            new.append((note_id, lines))
            height = wanted
        return new, more, height - before

    def _add(self, flowable, canv, trySplit=0):
        new, more, extra = self._room(flowable)
        self._y1p += extra
        added = super()._add(flowable, canv, trySplit)
        if added:
            self.printed += new
            self.more = more
            self.notes.done.update(note_id for note_id, _ in new)
            if more:
                self.notes.done.update(self.notes.new(notes_of(flowable)))
        else:
            self._y1p -= extra
        return added

    add = _add

    def split(self, flowable, canv):
        """Split as if all notes of the flowable stood on this page; a table goes on on the next one.

        Where a table breaks early, to leave a few rows for the next page, one of them would fit on this page still.
        """
        _, _, extra = self._room(flowable)
        self._y1p += extra
        try:
            parts = super().split(flowable, canv)
        finally:
            self._y1p -= extra
        is_table = isinstance(flowable, Grid) or isinstance(getattr(flowable, "grid", None), Flowable)
        return [parts[0], FrameBreak, *parts[1:]] if is_table and len(parts) > 1 else parts

    def draw_notes(self, canvas: BookCanvas, accent: Color) -> None:
        """Draw the notes of the page from the foot of the frame up."""
        if not self.printed and not self.more:
            return
        y = self.page.bottom + self.notes_height - NOTE_ROOM
        canvas.rule(self.page.left, y + 4, 34 * mm, 0.6)
        y -= NOTE_SIZE
        for note_id, lines in self.printed:
            with canvas.mark("Note"):
                canvas.text(self.page.left, y, note_id, face=fonts.CONDENSED_BOLD, size=6.8, colour=accent)
                for words in lines:
                    canvas.text(self.page.left + NOTE_INDENT, y, words, size=NOTE_SIZE)
                    y -= NOTE_LEADING
            top = y + len(lines) * NOTE_LEADING
            right = self.page.left + NOTE_INDENT
            canvas.linkRect("", note_id, (self.page.left, top - 2, right, top + 7), relative=0, thickness=0)
        if self.more:
            canvas.text(self.page.left + NOTE_INDENT, y, MORE, size=NOTE_SIZE, colour=style.GREY)


class Book(BaseDocTemplate):
    """Cover, upright and wide pages with running heads and feet."""

    def __init__(self, target, around: Around, notes: Notes, accent: Color, cover: Callable) -> None:
        """``cover`` draws the first page."""
        self.around, self.accent = around, accent
        super().__init__(
            target,
            pagesize=style.REPORT.size,
            allowSplitting=1,
            initialFontName=fonts.REGULAR,
            title=fonts.printable(around.title),
            author=fonts.printable(around.office),
            subject=fonts.printable(around.title),
            creator=PRODUCER,
            producer=PRODUCER,
            displayDocTitle=True,
            lang=LANGUAGE,
        )
        first = Frame(0, 0, *style.REPORT.size, id="cover")
        self.addPageTemplates(
            [
                PageTemplate(
                    "cover", [first], onPage=cover, pagesize=style.REPORT.size, autoNextPageTemplate="upright"
                ),
                self._page("upright", style.REPORT, notes),
                self._page("wide", style.REPORT_WIDE, notes),
            ]
        )

    def _page(self, name: str, page: style.Page, notes: Notes) -> PageTemplate:
        frame = NotedFrame(notes, page)

        def begin(canvas: BookCanvas, _) -> None:
            canvas.carried, canvas.page_top = canvas.objective, True

        def end(canvas: BookCanvas, _) -> None:
            frame.draw_notes(canvas, self.accent)
            self._head(canvas, page)
            canvas.late(lambda late, number, pages: self._foot(late, page, number, pages))

        return PageTemplate(name, [frame], onPage=begin, onPageEnd=end, pagesize=page.size)

    def _head(self, canvas: BookCanvas, page: style.Page) -> None:
        y, right = page.size[1] - page.head, page.size[0] - page.right
        with canvas.artifact():
            left = fonts.printable(self.around.head)
            canvas.text(page.left, y, left, face=fonts.BOLD, size=7.4, colour=style.GREY)
            words = " · ".join(part for part in ("DRAF" if self.around.draft else "", canvas.chapter) if part)
            canvas.text(right, y, words, size=7.4, colour=style.GREY, align="right")
            if canvas.carried and page is style.REPORT:
                x = page.left + style.SIDE_COLUMN
                lines = carried_lines(canvas.carried, page.size[0] - page.right - x)
                for place, words in enumerate(lines):
                    height = y - 15 - place * CARRIED_LEADING
                    canvas.text(x, height, words, face=fonts.BOLD, size=CARRIED_SIZE, colour=self.accent)
        canvas.rule(page.left, y - 5, page.width, 0.3, style.RULE)

    def _foot(self, late: BookCanvas, page: style.Page, number: int, pages: int) -> None:
        y, right = page.size[1] - page.foot, page.size[0] - page.right
        late.text(page.left, y, fonts.printable(self.around.foot), size=7.2, colour=style.GREY)
        label = late.label(number)
        late.text(right, y, label, face=fonts.BOLD, size=9, align="right")
        if number >= late.arabic_from:
            words = f"dari {pages - late.arabic_from + 1}"
            late.text(right, y - 8, f"Halaman {label} {words}", size=6.8, colour=style.GREY, align="right")
