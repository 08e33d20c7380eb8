"""Walks over the document model: every run, the digits that nothing tags, ids in reading order."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lkip.report.model import TAGS, Document, Run, inside

DIGIT = re.compile(r"\d")


def runs_of(block) -> Iterator[Run]:
    """Every run of one block in reading order (not of the blocks inside it)."""
    kind = block.kind
    if kind in ("heading", "paragraph"):
        yield from block.runs
    elif kind == "items":
        for item in block.items:
            yield from item
    elif kind == "table":
        yield from block.caption
        for column in block.columns:
            yield from (*column.group, *column.title)
        for row in block.rows:
            for cell in row.cells:
                yield from cell.over
                yield from cell.runs
        yield from block.note
    elif kind == "chart":
        yield from block.caption
        yield from block.alt
        for point in block.points:
            yield from point.label
            yield point.run
            if point.second_run is not None:
                yield point.second_run
    elif kind == "photo":
        yield from block.caption
    elif kind == "facts":
        for fact in block.facts:
            yield fact.run
    elif kind == "opening":
        yield from (*block.kicker, *block.title, *block.under)
    elif kind == "analysis":
        yield from block.objective
    elif kind == "pairs":
        for _, runs in block.rows:
            yield from runs
    elif kind == "signature":
        yield from (*block.place, *block.post, *block.name)
        for runs in block.under:
            yield from runs
    elif kind == "organisation":
        yield from block.caption
        for box in block.boxes:
            yield from (*box.runs, *box.under)


def every_run(document: Document) -> Iterator[tuple[str, Run]]:
    """Every run of the document with the key of its chapter."""
    for chapter in document.chapters:
        for block in inside(chapter.blocks):
            for run in runs_of(block):
                yield chapter.key, run


def words_of(block) -> Iterator[str]:
    """The words of a block that are no runs: labels, units, keys. No digit may stand in them."""
    if block.kind == "chart":
        yield from block.keys
    elif block.kind == "facts":
        for fact in block.facts:
            yield from (fact.label, fact.unit)
    elif block.kind == "analysis":
        yield block.label
    elif block.kind == "pairs":
        for label, _ in block.rows:
            yield label


def loose_digits(document: Document) -> list[tuple[str, str]]:
    """(chapter, text) of every digit outside a tagged run: empty in a right document without unbound numbers."""
    found = [
        (place, run.text)
        for place, run in every_run(document)
        if run.tag not in TAGS and DIGIT.search(run.text)
    ]
    for chapter in document.chapters:
        for block in inside(chapter.blocks):
            found += [(chapter.key, words) for words in words_of(block) if DIGIT.search(words)]
    return found


def with_ids(document: Document) -> Document:
    """Give F-001… in reading order; a figure that the text never names has no id."""
    order: dict[str, str] = {}
    for place, run in every_run(document):
        if run.figure and run.figure not in order:
            order[run.figure] = place
    figures = {
        key: replace(document.figures[key], id=f"F-{number:03d}", where=place)
        for number, (key, place) in enumerate(order.items(), start=1)
    }
    return replace(document, figures=figures)
