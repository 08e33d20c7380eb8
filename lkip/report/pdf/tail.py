"""How a run of pages ends: its last page holds more than a line or two, because the end is kept in one piece."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from core.documents.grid import Grid
from core.documents.style import Page
from lkip.report.pdf.parts import Explained, Indented, Line, Side

END = 75 * mm
"""So much at least stands on the last page of a run, where the run has it."""
MOST = 0.5
"""The end never takes more than this part of a page: the page before it is not left half empty for it."""


def held(run: Sequence[Flowable], page: Page) -> list[Flowable]:
    """The flowables of a run of pages with its end in one piece; what breaks well by itself stays as it is."""
    start, height = len(run), 0.0
    while start and height < END:
        each = run[start - 1]
        if isinstance(each, Line):
            break
        size = _height(each, page)
        if height + size > page.height * MOST:
            break
        start, height = start - 1, height + size
    while start and start < len(run) and _leads(run[start - 1]):
        start -= 1
    end = run[start:]
    if len(end) < 2:
        return list(run)
    return [*run[:start], KeepTogether(_flat(end))]


def _flat(flowables: Sequence[Flowable]) -> list[Flowable]:
    found: list[Flowable] = []
    for each in flowables:
        if isinstance(each, KeepTogether):
            found += _flat(each._content)
        elif not isinstance(each, CondPageBreak):
            # Room for a heading is no question inside one piece, and it upsets the measure of the space around it.
            found.append(each)
    return found


def _height(each: Flowable, page: Page) -> float:
    """How much of a page a flowable takes; a table that goes over pages breaks by its own rules."""
    if isinstance(each, KeepTogether):
        return sum(_height(inner, page) for inner in each._content)
    if isinstance(each, CondPageBreak):
        return 0
    if isinstance(each, Spacer):
        return each.height
    _, height = each.wrap(page.width, page.height)
    if isinstance(each, Grid | Indented | Explained) and height > page.height * MOST:
        return page.height
    return height + each.getSpaceBefore()


def _leads(each: Flowable) -> bool:
    """Whether a flowable must not end a page: a heading and what prepares one."""
    return bool(each.getKeepWithNext()) or isinstance(each, CondPageBreak | Side)
