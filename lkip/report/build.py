"""Builds the document of a year: the places in order, their words and tables, numbers of tables, ids of figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lkip.figures import YearFigures
from lkip.freezing import Difference
from lkip.models import Edition
from lkip.report import (  # noqa: F401
    annex,
    chapter1,
    chapter2,
    closing,
    contracts,
    efficiency,
    indicators,
    objectives,
    options,
    plans,
    regions,
    restated,
    spending,
    staff,
    topics,
    topics_wider,
)
from lkip.report.absent import absent
from lkip.report.derivations import summed
from lkip.report.maker import BUILDERS, Maker, Part, missing
from lkip.report.model import Analysis, Chapter, Document, Heading
from lkip.report.outline import ANALYSIS, CHAPTER, Place, arranged
from lkip.report.outline import objectives as plan_objectives
from lkip.report.runs import joined, label, words
from lkip.report.walk import with_ids

DEFAULT_TITLE = "Laporan Kinerja"
COPIED = ("tercetak",)
"""Tables that copy single rows of a source: a sum among them is chance."""
DEFAULT_SUBTITLE = (
    "Laporan Kinerja Instansi Pemerintah (LKIP): apa yang dijanjikan, apa yang tercapai, dan dari catatan mana setiap "
    "angka berasal."
)


def build(
    figures: YearFigures, *, reviewed: Edition | None = None, changes: Iterable[Difference] = ()
) -> Document:
    """Return the whole report of a computed year. Reads the plan, texts, notes; writes nothing.

    ``reviewed`` is the edition that it is printed for: the reviewer's statement comes from the answers on it. One that
    replaces another prints its reason and ``changes``, what differs from the other.
    """
    document, _ = _build(figures, reviewed, tuple(changes))
    return document


def build_with_gaps(figures: YearFigures) -> tuple[Document, list[str]]:
    """Return the report and the titles of the places that are not filled in."""
    document, maker = _build(figures)
    return document, maker.empty


def empty_sections(figures: YearFigures) -> list[str]:
    """Return the titles of the places that would print nothing but that they are not filled in."""
    _, maker = _build(figures)
    return maker.empty


def _build(
    figures: YearFigures, reviewed: Edition | None = None, changes: tuple[Difference, ...] = ()
) -> tuple[Document, Maker]:
    places = arranged(plan_objectives(), figures.settings.options)
    if reviewed is not None and reviewed.previous_id is not None:
        places.append(restated.CHANGES)
    maker = Maker.of(figures, places, reviewed, changes)
    chapters = []
    for number, place in enumerate(places):
        if place.level == CHAPTER:
            below = []
            for other in places[number + 1 :]:
                if other.level == CHAPTER:
                    break
                below.append(other)
            chapters.append(_chapter(maker, place, below))
    office = maker.agency
    document = Document(
        year=figures.year,
        title=options.title_of(figures.settings.options, "title", DEFAULT_TITLE),
        office={
            "name": office.name,
            "full_name": office.full_name,
            "government": office.government,
            "region": office.region.name,
            "subtitle": options.title_of(figures.settings.options, "subtitle", DEFAULT_SUBTITLE),
            "logo": str(office.logo.uid) if office.logo_id else "",
            "accent": (office.colours or {}).get("accent", ""),
            "low_below": str(figures.settings.low_absorption),
        },
        chapters=tuple(_Numbers(chapter).numbered() for chapter in chapters),
        figures=maker.book.entries,
        faults=tuple(maker.faults),
    )
    return _with_list(with_ids(document)), maker


def _with_list(document: Document) -> Document:
    """Put the list of all figures into Lampiran B, and the mark of interim figures under their tables."""
    table = annex.figures_table(document)
    chapters = []
    for chapter in document.chapters:
        if chapter.key == "lampiran.b":
            chapter = _Numbers(replace(chapter, blocks=(*chapter.blocks, table))).numbered()
        chapters.append(
            replace(chapter, blocks=tuple(_finished(block, document) for block in chapter.blocks))
        )
    return replace(document, chapters=tuple(chapters))


def _finished(block, document: Document):
    """A table that holds interim figures says so in its note; its amounts that are sums become such."""
    if block.kind == "analysis":
        return replace(block, blocks=tuple(_finished(each, document) for each in block.blocks))
    if block.kind != "table" or block.key == "daftar-angka":
        return block
    if block.key not in COPIED:
        block = summed(block, document.figures)
    keys = {run.figure for row in block.rows for cell in row.cells for run in cell.runs if run.figure}
    if not any(document.figures[key].interim for key in keys):
        return block
    mark = joined(" " if block.note else "", "* Masukan sementara, lihat Lampiran D.")
    return replace(block, note=(*block.note, *mark))


def _chapter(maker: Maker, place: Place, below: list[Place]) -> Chapter:
    blocks: list = []
    if place.kind == "text":
        blocks += _content(maker, place, quiet=bool(below))
        for number, other in enumerate(below):
            if other.level == ANALYSIS:
                continue
            kids = []
            for each in below[number + 1 :]:
                if each.level != ANALYSIS:
                    break
                kids.append(each)
            blocks += _place(maker, other, kids)
    return Chapter(place.key, place.title, tuple(blocks), place.number, place.front, place.kind)


def _place(maker: Maker, place: Place, kids: list[Place]) -> list:
    """A section or subsection with its analyses."""
    if place.objective:
        found = _content(maker, place, quiet=True)
        opening = next(block for block in found if block.kind == "opening")
        for kid in kids:
            found += _analysis(maker, kid, opening)
        return found
    heading = Heading(label(place.title), place.level, place.number, place.key)
    parents = any(other.parent == place.key for other in maker.places)
    return [heading, *_content(maker, place, quiet=parents)]


def _analysis(maker: Maker, place: Place, opening) -> list:
    blocks = _content(maker, place, quiet=False)
    if not place.number:
        return [Heading((words(place.title),), 3, key=place.key), *blocks]
    lacking = all(getattr(block, "style", "") == "missing" for block in blocks)
    objective = joined(*opening.kicker, ": ", *opening.title)
    return [Analysis(place.number, place.title, tuple(blocks), place.key, objective, lacking)]


def default_part(maker: Maker, place: Place) -> Part:
    """Return what stands at a place before anybody writes there: default words, and the blocks that always stay."""
    name = place.key
    if place.objective:
        name = "objective" + place.key.removeprefix(_objective_key(place))
    builder = BUILDERS.get(name)
    return builder(maker, place) if builder else Part()


def _content(maker: Maker, place: Place, *, quiet: bool) -> list:
    """The words and blocks of a place; a narrative replaces the default words."""
    part = default_part(maker, place)
    written = maker.narrative(place.key) if place.written else None
    found = [*(part.words if written is None else written), *part.blocks]
    if place.objective and place.level != ANALYSIS and written is not None:
        found = [*part.blocks, *written]
    found += maker.loose_photos(place.key, found)
    if not found and not quiet:
        maker.empty.append(place.title)
        return [missing(*absent(maker, place))]
    return found


def _objective_key(place: Place) -> str:
    return place.key if place.level != ANALYSIS else place.parent


@dataclass
class _Numbers:
    """Numbers tables and pictures of one chapter: Tabel 3.5, Gambar 3.1, Tabel A.1."""

    chapter: Chapter
    tables: int = 0
    pictures: int = 0
    prefix: str = field(init=False)

    def __post_init__(self) -> None:
        roman = {"BAB I": "1", "BAB II": "2", "BAB III": "3", "BAB IV": "4"}
        last = self.chapter.number.rpartition(" ")[2]
        self.prefix = roman.get(self.chapter.number, last or self.chapter.title[:1].upper())

    def numbered(self) -> Chapter:
        """The chapter with its numbers."""
        return replace(self.chapter, blocks=tuple(self._block(block) for block in self.chapter.blocks))

    def _block(self, block):
        if block.kind == "analysis":
            return replace(block, blocks=tuple(self._block(each) for each in block.blocks))
        if block.kind == "table":
            self.tables += 1
            return replace(block, number=f"{self.prefix}.{self.tables}")
        if block.kind in ("chart", "photo", "organisation"):
            self.pictures += 1
            return replace(block, number=f"{self.prefix}.{self.pictures}")
        return block
