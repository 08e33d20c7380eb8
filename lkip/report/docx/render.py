"""Turns the document into a DOCX: chapters, sections upright and wide, contents as fields that are filled in."""

from collections.abc import Iterator

from core.documents import style
from core.files import read_file
from core.formats import NBSP
from core.models.files import StoredFile
from lkip.report.docx import blocks, package, typefaces
from lkip.report.docx.picture import drawing
from lkip.report.docx.xml import field, link, paragraph, style_of, text_run, unbroken_run
from lkip.report.model import Chapter, Document, Runs, plain
from lkip.report.pdf.blocks import note_words, shown_id
from lkip.report.stamp import Around, around

WIDE, UPRIGHT = (16838, 11906), (11906, 16838)
MARGINS = {False: (1361, 1247, 1247, 1191), True: (1191, 850, 1021, 1077)}
"""Top, right, left, bottom in twentieths of a point, upright and wide."""
WIDTH = {False: 9400, True: 14900}
LOGO_WIDTH = 22
UNKNOWN_PAGE = "–"
"""What a page number shows until the fields are updated; a reader that updates by itself never shows it."""


def render(document: Document, stamp=None) -> bytes:
    """Return the DOCX; the same document, stamp and day give the same bytes."""
    return Writer(document, around(document, stamp)).docx()


class Writer:
    """Collects the parts of the file; `blocks` writes each kind of block into ``body``."""

    def __init__(self, document: Document, about: Around) -> None:
        """Start an empty file."""
        self.document, self.about = document, about
        self.accent = (document.office["accent"] or style.ACCENT_HEX).lstrip("#")
        self.body: list[str] = []
        self.notes: list[tuple[str, str]] = []
        self.noted: set[str] = set()
        self.relations: list[tuple[str, str, str]] = []
        self.media: dict[str, bytes] = {}
        self.heads: dict[tuple[str, bool], str] = {}
        self.feet: dict[tuple[bool, bool], str] = {}
        self.lists = 0
        self.bookmarks = 0
        self.wide = False
        self.front = True
        self.started = False
        self.head = ""
        self.following = None

    @property
    def width(self) -> int:
        """The width of the text, in twentieths of a point."""
        return WIDTH[self.wide]

    def docx(self) -> bytes:
        """Write all chapters and return the file."""
        self._cover()
        for chapter in self.document.chapters:
            self._chapter(chapter)
        self.body.append(paragraph(self.mark("halaman_akhir", "")))
        self.body.append(self._section())
        return package.archive(
            {name: data if isinstance(data, bytes) else data.encode() for name, data in self._parts().items()}
        )

    def _parts(self) -> dict[str, str | bytes]:
        fixed = [("rId1", "styles", "styles.xml"), ("rId2", "numbering", "numbering.xml"),
                 ("rId3", "settings", "settings.xml"), ("rId4", "footnotes", "footnotes.xml"),
                 ("rId5", "fontTable", "fontTable.xml")]  # fmt: skip
        around_pages, overrides = {}, []
        for number, ((front, wide), name) in enumerate(self.feet.items(), start=1):
            around_pages[f"word/footer{number}.xml"] = package.footer(
                self.about, body=not front, width=WIDTH[wide]
            )
            fixed.append((name, "footer", f"footer{number}.xml"))
            overrides.append((f"word/footer{number}.xml", "footer"))
        for number, ((chapter, wide), name) in enumerate(self.heads.items(), start=1):
            around_pages[f"word/header{number}.xml"] = package.header(self.about, chapter, WIDTH[wide])
            fixed.append((name, "header", f"header{number}.xml"))
            overrides.append((f"word/header{number}.xml", "header"))
        body = "".join(self.body)
        return {
            **package.frame(fixed + self.relations, overrides),
            **package.properties(self.about),
            **around_pages,
            **typefaces.parts(),
            "word/document.xml": f"{package.HEAD}<w:document {package.NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": package.styles(self.accent),
            "word/numbering.xml": package.numbering(self.lists),
            "word/footnotes.xml": package.footnotes(self.notes),
            **self.media,
        }

    # --- sections ---

    def _section(self, *, cover: bool = False, starts: bool = False) -> str:
        """The properties of the section that ends here; ``starts`` begins its page numbers anew."""
        size = WIDE if self.wide else UPRIGHT
        top, right, left, bottom = MARGINS[self.wide]
        turned = ' w:orient="landscape"' if self.wide else ""
        refs = ""
        if not cover:
            refs = (
                f'<w:headerReference w:type="default" r:id="{self._head_id()}"/><w:footerReference '
                f'w:type="default" r:id="{self._foot_id()}"/>'
            )
        start = ' w:start="1"' if starts else ""
        # One sequence of plain numbers: LibreOffice writes references to pages in these, whatever the pages show.
        numbers = f'<w:pgNumType w:fmt="decimal"{start}/>'
        return (
            f'<w:sectPr>{refs}<w:type w:val="nextPage"/><w:pgSz w:w="{size[0]}" w:h="{size[1]}"{turned}/>'
            f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="680" '
            f'w:footer="560" w:gutter="0"/>'
            f"{numbers}</w:sectPr>"
        )

    def _head_id(self) -> str:
        return self.heads.setdefault((self.head, self.wide), f"rIdH{len(self.heads) + 1}")

    def _foot_id(self) -> str:
        return self.feet.setdefault((self.front, self.wide), f"rIdF{len(self.feet) + 1}")

    def close_section(self, *, cover: bool = False) -> None:
        """End the section: its properties stand in the last paragraph."""
        ends = self._section(cover=cover, starts=not cover and not self.started)
        self.started = self.started or not cover
        self.body.append(
            paragraph(
                "", properties=f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{ends}'
            )
        )

    def turn(self, *, wide: bool) -> None:
        """Go on with wide or upright pages."""
        if wide != self.wide:
            self.close_section()
            self.wide = wide

    # --- chapters ---

    def _cover(self) -> None:
        office = self.document.office
        stored = StoredFile.objects.filter(uid=office["logo"]).first() if office.get("logo") else None
        if stored is not None:
            self.body.append(
                paragraph(drawing(self, read_file(stored), "Lambang daerah", width_mm=LOGO_WIDTH))
            )
        self.body.append(paragraph(text_run(office["government"].upper(), "<w:b/>")))
        self.body.append(paragraph(text_run(office["name"])))
        self.body.append(paragraph(text_run(self.document.title), "Title"))
        self.body.append(paragraph(text_run(f"Tahun {self.document.year}", '<w:sz w:val="60"/>')))
        self.body.append(paragraph(text_run(office["subtitle"]), "Subtitle"))
        for label, words in blocks.cover_facts(self):
            self.body.append(
                paragraph(text_run(f"{label}: ", '<w:color w:val="555E66"/>') + text_run(words, "<w:b/>"))
            )
        self.close_section(cover=True)

    def _chapter(self, chapter: Chapter) -> None:
        name = f"{chapter.number} {chapter.title}".strip()
        if self.head:
            self.close_section()
        if self.front and not chapter.front:
            self.front = False
        self.wide, self.head = bool(blocks.leads_wide(chapter.blocks)), name
        if chapter.number:
            self.body.append(paragraph(text_run(chapter.number), "Kicker"))
        self.body.append(paragraph(self.mark(chapter.key, text_run(chapter.title)), "Heading1"))
        if chapter.kind == "text":
            for place, block in enumerate(chapter.blocks):
                wide = blocks.leads_wide(chapter.blocks[place + 1 :]) if block.kind == "heading" else None
                if wide is not None:
                    self.turn(wide=wide)
                blocks.write(self, block, blocks.led_by(chapter.blocks[place + 1 :]))
        elif chapter.kind == "contents":
            self._lines(list(self._places()))
        else:
            self._list(chapter.kind)

    def _places(self) -> Iterator[tuple[str, str, str]]:
        """(style, words, bookmark) of each line of the contents."""
        for chapter in self.document.chapters:
            yield "TOC1", f"{chapter.number} {chapter.title}".strip(), chapter.key
            for block in chapter.blocks:
                if block.kind == "heading" and block.level in (1, 2):
                    yield f"TOC{block.level + 1}", f"{block.number} {plain(block.runs)}", block.key
                elif block.kind == "opening":
                    yield "TOC3", f"{block.number} {plain(block.kicker)}: {plain(block.title)}", block.key

    def _list(self, kind: str) -> None:
        tables = kind == "tables"
        found = self.document.tables() if tables else self.document.pictures()
        word = "Tabel" if tables else "Gambar"
        if not found:
            self.body.append(paragraph(text_run(f"Laporan ini tidak memuat {word.lower()}.")))
            return
        lines = [
            ("TableofFigures", f"{word} {block.number} {plain(block.caption)}", block.key) for block in found
        ]
        self._lines(lines)

    def _lines(self, lines: list[tuple[str, str, str]]) -> None:
        """Lines of the contents: each leads to its place and asks for its page by a field.

        Not one index field around them all: its stored pages would be those of another layout, and not every reader
        renews them; a reference to a page is renewed by all.
        """
        for name, words, key in lines:
            page = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {bookmark(key)} \\h", UNKNOWN_PAGE)
            content = link(bookmark(key), text_run(words) + page)
            self.body.append(paragraph(content, name))

    # --- runs ---

    def mark(self, key: str, content: str) -> str:
        """Content inside a bookmark."""
        self.bookmarks += 1
        name, number = bookmark(key), self.bookmarks
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'

    def runs(self, runs: Runs, *, ids: bool = True) -> str:
        """Runs; a figure has its id where the paragraph first names it, and a foot note the first time of all."""
        found, seen = [], set()
        for run in runs:
            found.append(text_run(run.text, style_of(run)))
            if run.figure and ids and run.figure not in seen:
                seen.add(run.figure)
                found.append(self._raised(run.figure))
        return "".join(found)

    def _raised(self, key: str) -> str:
        entry = self.document.figures[key]
        shown = shown_id(self.document, key)
        look = f'<w:b/><w:color w:val="{self.accent}"/><w:sz w:val="14"/><w:vertAlign w:val="superscript"/>'
        # A small space that does not break holds the id at its number.
        found = text_run(NBSP, '<w:sz w:val="8"/>') + link(bookmark(entry.id), unbroken_run(shown, look))
        if key not in self.noted:
            self.noted.add(key)
            self.notes.append((shown, note_words(entry)))
            note = f'<w:footnoteReference w:id="{len(self.notes)}"/>'
            found += f'<w:r><w:rPr><w:sz w:val="14"/><w:vertAlign w:val="superscript"/></w:rPr>{note}</w:r>'
        return found


def bookmark(key: str) -> str:
    """A key as the name of a bookmark: letters, digits and underscores, at most forty."""
    clean = "".join(letter if letter.isalnum() and letter.isascii() else "_" for letter in key)
    return f"p_{clean}"[:40] if len(clean) < 38 else f"p_{clean[:24]}_{_short(key)}"


def _short(key: str) -> str:
    number = 0
    for letter in key:
        number = (number * 131 + ord(letter)) % 1_000_000_007
    return str(number)
