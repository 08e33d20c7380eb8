"""The page that all papers are drawn on.

Vendored face from the first byte, tagged, "page x of y" known at the end.
"""

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from core.documents import fonts, style

PRODUCER = "Sidakep"
LANGUAGE = "id-ID"

# ReportLab writes only the page entries it knows; tagging needs two more.
for _entry in ("StructParents", "Tabs"):
    if _entry not in pdfdoc.PDFPage.__NoDefault__:
        pdfdoc.PDFPage.__NoDefault__.append(_entry)

LatePart = Callable[["OfficeCanvas", int, int], None]
KEPT_WORDS = 4096
"""So many encoded texts a document remembers: labels come back on every card and row."""


@dataclass
class Element:
    """A node of the structure tree; ``kids`` are elements or (page index, marked-content id)."""

    tag: str
    parent: "Element | None" = None
    alt: str = ""
    kids: list[Any] = field(default_factory=list)


class OfficeCanvas(Canvas):
    """A canvas whose content is tagged and whose running texts may know the number of pages.

    ``with canvas.mark("P"):`` around drawn text makes it a paragraph; ``with canvas.element("Table"):``
    groups marks; ``with canvas.artifact():`` is for rules, heads and feet. Marks don't nest: a mark inside a
    mark is part of it.
    """

    def __init__(
        self, target: Any, *, title: str = "", author: str = "", subject: str = "", **options: Any
    ) -> None:
        """Open a document of A4 pages; platypus gives more options."""
        options |= {
            "pageCompression": 1,
            "invariant": 1,
            "initialFontName": fonts.REGULAR,
            "initialFontSize": 10,
            "lang": LANGUAGE,
        }
        options.setdefault("pagesize", style.REPORT.size)
        super().__init__(target, **options)
        self.root = Element("Document")
        self._stack = [self.root]
        self._marking = False
        self._marks = 0
        self._outline_level = -1
        self._parents: list[list[Element]] = []
        self._page_marks: list[Element] = []
        self._done_pages: list[pdfdoc.PDFPage] = []
        self._late: list[tuple[pdfdoc.PDFPage, int, LatePart]] = []
        self._waiting: list[LatePart] = []
        self._words: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._fills: dict[Color, str] = {}
        self.describe(title, author, subject)
        self.setProducer(PRODUCER)
        self.setCreator(PRODUCER)
        self.setViewerPreference("DisplayDocTitle", "true")

    def describe(self, title: str, author: str, subject: str) -> None:
        """Set the metadata; empty ones are left."""
        if title:
            self.setTitle(fonts.printable(title))
        if author:
            self.setAuthor(fonts.printable(author))
        if subject:
            self.setSubject(fonts.printable(subject))

    # --- text ---

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        face: str = fonts.REGULAR,
        size: float = 10,
        colour: Color = style.INK,
        align: str = "left",
        spacing: float = 0,
    ) -> None:
        """Draw one line at a base line; ``align`` is left, right or centre of x, ``spacing`` is added to each letter.

        Written straight into the page: ReportLab's own way formats fonts, colours and places again for every text,
        which is most of the time of a card.
        """
        if align != "left":
            x -= fonts.width(words, face, size) / (1 if align == "right" else 2)
        shown = " ".join(f"{name} {size:g} Tf ({text}) Tj" for name, text in self._encoded(face, words))
        if spacing:
            shown = f"{spacing:.3f} Tc {shown} 0 Tc"
        self._code.append(f"BT {self._fill(colour)} 1 0 0 1 {x:.3f} {y:.3f} Tm {shown} ET")
        self._fillColorObj = colour

    def _encoded(self, face: str, words: str) -> list[tuple[str, str]]:
        """The text as (font name in the file, escaped bytes); a font of more than one part gives more."""
        key = (face, words)
        found = self._words.get(key)
        if found is None:
            font = pdfmetrics.getFont(face)
            found = [
                (font.getSubsetInternalName(part, self._doc), self._escape(data))
                for part, data in font.splitString(words, self._doc)
            ]
            if len(self._words) < KEPT_WORDS:
                self._words[key] = found
        return found

    def _fill(self, colour: Color) -> str:
        """The operator that sets the colour of what is filled."""
        found = self._fills.get(colour)
        if found is None:
            found = self._fills[colour] = f"{colour.red:.6g} {colour.green:.6g} {colour.blue:.6g} rg"
        return found

    def rule(self, x: float, y: float, width: float, weight: float, colour: Color = style.INK) -> None:
        """Draw a horizontal rule; it is no content."""
        with self.artifact():
            self.setStrokeColor(colour)
            self.setLineWidth(weight)
            self.line(x, y, x + width, y)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture in a rectangle. A JPEG goes into the file as it is, neither decoded nor packed again."""
        if not data.startswith(b"\xff\xd8"):
            self.drawImage(ImageReader(io.BytesIO(data)), x, y, width, height)
            return
        name = hashlib.sha256(data).hexdigest()[:32]
        if not self._doc.hasForm(name):
            image = pdfdoc.PDFImageXObject(name)
            if not image.loadImageFromJPEG(io.BytesIO(data)):
                raise ValueError("the picture is not a readable JPEG")
            self._setXObjects(image)
            self._doc.Reference(image, self._doc.getXObjectName(name))
            self._doc.addForm(name, image)
        self.saveState()
        self.translate(x, y)
        self.scale(width, height)
        self.doForm(name)
        self.restoreState()

    # --- tags ---

    @contextmanager
    def element(self, tag: str, *, alt: str = "") -> Iterator[Element]:
        """Group what is marked inside under one structure element."""
        node = self._child(tag, alt)
        self._stack.append(node)
        try:
            yield node
        finally:
            self._stack.pop()

    @contextmanager
    def inside(self, node: Element) -> Iterator[None]:
        """Go on with an element that was opened before, e.g. a table on its next page."""
        self._stack.append(node)
        try:
            yield
        finally:
            self._stack.pop()

    @contextmanager
    def mark(self, tag: str, *, alt: str = "") -> Iterator[None]:
        """Make what is drawn inside one tagged piece of content."""
        if self._marking:
            yield
            return
        node = self._child(tag, alt)
        node.kids.append((len(self._done_pages), self._marks))
        self._page_marks.append(node)
        self._code.append(f"/{tag} <</MCID {self._marks}>> BDC")
        self._marks += 1
        self._marking = True
        try:
            yield
        finally:
            self._code.append("EMC")
            self._marking = False

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Make what is drawn inside no content: rules, running heads and feet."""
        if self._marking:
            yield
            return
        self._code.append("/Artifact BMC")
        self._marking = True
        try:
            yield
        finally:
            self._code.append("EMC")
            self._marking = False

    def _child(self, tag: str, alt: str) -> Element:
        node = Element(tag, self._stack[-1], alt)
        self._stack[-1].kids.append(node)
        return node

    # --- contents ---

    def contents_entry(self, title: str, key: str, level: int, y: float) -> None:
        """Put a place of this page (``y`` from the present origin) into the outline.

        A level is never skipped.
        """
        level = min(level, self._outline_level + 1)
        self._outline_level = level
        self.bookmarkHorizontalAbsolute(key, self.absolutePosition(0, y)[1] + 4)
        self.addOutlineEntry(fonts.printable(title), key, level=level, closed=level > 0)

    # --- pages ---

    def late(self, part: LatePart) -> None:
        """Draw on this page when the number of pages is known: ``part(canvas, page, pages)``."""
        self._waiting.append(part)

    def showPage(self) -> None:
        """Close the page and keep what is to be drawn late."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        self._doc.Reference(page)
        page.StructParents = len(self._done_pages)
        page.Tabs = pdfdoc.PDFName("S")
        self._late += [(page, self._pageNumber - 1, part) for part in self._waiting]
        self._parents.append(self._page_marks)
        self._done_pages.append(page)
        self._waiting, self._page_marks, self._marks = [], [], 0

    def save(self) -> None:
        """Draw the late parts, write the structure tree, write the file."""
        self._finish()
        super().save()

    def getpdfdata(self) -> bytes:
        """The finished file as bytes."""
        self._finish()
        return super().getpdfdata()

    def _finish(self) -> None:
        if self._code:
            self.showPage()
        for page, number, part in self._late:
            self._code = []
            self.saveState()
            with self.artifact():
                part(self, number, len(self._done_pages))
            self.restoreState()
            page.setStream([page.stream, *self._code])
        self._code, self._late = [], []
        self._write_structure()

    def _write_structure(self) -> None:
        catalog = self._doc.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
        catalog.StructTreeRoot = StructureTree(self.root, self._parents, self._done_pages)


class StructureTree(pdfdoc.PDFObject):
    """The structure tree, written as raw objects so that a long table costs little."""

    def __init__(self, root: Element, parents: list[list[Element]], pages: list[pdfdoc.PDFPage]) -> None:
        """Take the finished elements."""
        self.root, self.parents, self.pages = root, parents, pages

    def format(self, document: Any) -> bytes:
        """Write every element as an indirect object, then the root with its parent tree."""
        names: dict[int, str] = {}
        me = document.Reference(self, None)
        order = list(_walk(self.root))
        for node in order:
            names[id(node)] = document.Reference(Raw(b"null")).name
        lookup = document.idToObject
        pages = [pdfdoc.format(document.Reference(page), document) for page in self.pages]
        refs = {key: pdfdoc.format(pdfdoc.PDFObjectReference(name), document) for key, name in names.items()}
        root_ref = pdfdoc.format(me, document)
        for node in order:
            lookup[names[id(node)]].data = self._element(node, refs, pages, root_ref, document)
        nums = b" ".join(
            b"%d [%s]" % (index, b" ".join(refs[id(node)] for node in marks))
            for index, marks in enumerate(self.parents)
        )
        return b"<< /Type /StructTreeRoot /K %s /ParentTree << /Nums [%s] >> /ParentTreeNextKey %d >>" % (
            refs[id(self.root)],
            nums,
            len(self.parents),
        )

    @staticmethod
    def _element(
        node: Element, refs: dict[int, bytes], pages: list[bytes], root_ref: bytes, document: Any
    ) -> bytes:
        parent = refs[id(node.parent)] if node.parent else root_ref
        alt = (
            b"/Alt " + pdfdoc.format(pdfdoc.PDFString(fonts.printable(node.alt)), document)
            if node.alt
            else b""
        )
        start = b"<</S/%s/P %s%s" % (node.tag.encode("ascii"), parent, alt)
        if len(node.kids) == 1 and not isinstance(node.kids[0], Element):
            page, number = node.kids[0]
            return b"%s/Pg %s/K %d>>" % (start, pages[page], number)
        kids = [
            refs[id(kid)]
            if isinstance(kid, Element)
            else b"<</Type/MCR/Pg %s/MCID %d>>" % (pages[kid[0]], kid[1])
            for kid in node.kids
        ]
        return b"%s/K[%s]>>" % (start, b" ".join(kids))


class Raw(pdfdoc.PDFObject):
    """An indirect object whose bytes are known."""

    def __init__(self, data: bytes) -> None:
        """Take the bytes."""
        self.data = data

    def format(self, document: Any) -> bytes:
        """The bytes."""
        return self.data


def _walk(node: Element) -> Iterator[Element]:
    """The element and all below it, parents first; without recursion, for a table may be long."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(kid for kid in found.kids if isinstance(kid, Element))
