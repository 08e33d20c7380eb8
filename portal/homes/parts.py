"""The pieces that homes are made of: cards with counts, oldest-first tables, boxes of facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse

from core import clock, formats, measures
from core.listing import Cell, HeadCell, Link
from core.measures import Period
from core.models.files import DownloadFile, DownloadState
from core.tables import Column
from portal.waiting import Waiting, promised

AGE = Column("umur", "Umur")


@dataclass(frozen=True)
class Card:
    """A count that opens its list; `alert` draws it as overdue."""

    label: str
    value: str
    url: str = ""
    note: str = ""
    alert: bool = False


@dataclass(frozen=True)
class Queue:
    """The oldest rows of a list, with the link to all of them."""

    title: str
    noun: str
    count: int
    url: str
    head: list[HeadCell]
    rows: list[list[Cell]]
    empty: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a box: label and text, or a link with a note below."""

    label: str
    text: str = ""
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Box:
    """A box at the side: facts (``kind`` = "facts") or a list of lines."""

    title: str
    lines: list[Line]
    kind: str = "facts"
    note: str = ""
    url: str = ""
    url_label: str = ""


@dataclass
class Home:
    """Everything that a home shows; `lead` is the one thing to do first."""

    actions: list[Link] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    queues: list[Queue] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lead: dict[str, Any] | None = None
    main: Link | None = None


def link(label: str, name: str, *args: Any, query: str = "") -> Link | None:
    """A link to a named page, or None where the installation has none."""
    try:
        return Link(label, reverse(name, args=args) + query)
    except NoReverseMatch:
        return None


def present(found: Iterable[Any]) -> list[Any]:
    """What is there."""
    return [each for each in found if each is not None]


def card(
    label: str, waiting: Waiting, user: Any, note: str = "", *, alert_when_any: bool = False
) -> Card | None:
    """A card of what waits; the note says how many are over the promised time, else how old the oldest is."""
    if not waiting.open_to(user):
        return None
    count = waiting.count(user)
    late = waiting.late(user) if count else 0
    if late:
        note = f"{formats.number(late)} lewat batas {promised(waiting.limit)} hari kerja"
    elif count and waiting.limit is not None:
        oldest = waiting.queryset(user).order_by(waiting.since).first()
        words, _ = waiting.age(oldest)
        note = f"paling lama {words}"
    return Card(
        label, formats.number(count), waiting.url(), note, bool(late) or (alert_when_any and count > 0)
    )


def queue(
    title: str, waiting: Waiting, user: Any, keys: tuple[str, ...], *, rows: int = 8, empty: str = ""
) -> Any:
    """The oldest rows of what waits, with the columns `keys` and, where the record has a start, its age."""
    if not waiting.open_to(user):
        return None
    page = waiting.page(user, rows)
    wanted = {cell.column.key for cell in page.head if cell.column.key in keys}
    head = [
        HeadCell(cell.column, cell.title, cell.numeric) for cell in page.head if cell.column.key in wanted
    ]
    body = []
    for row in page.rows:
        cells = [cell for cell in row.cells if cell.column.key in wanted]
        if waiting.since:
            words, late = waiting.age(row.record)
            cells.append(Cell(AGE, words or formats.DASH, sub=late, late=bool(late)))
        body.append(cells)
    if waiting.since:
        head.append(HeadCell(AGE, AGE.title, False))
    return Queue(
        title, page.table.noun, page.count, waiting.url(), head, body, empty or page.table.empty_text
    )


def year_so_far() -> Period:
    """From 1 January to today."""
    today = clock.today()
    return Period(today.replace(month=1, day=1), today)


def month_so_far() -> Period:
    """From the first of this month to today."""
    today = clock.today()
    return Period(today.replace(day=1), today)


def number_box(title: str, period: Period, codes: tuple[tuple[str, str], ...]) -> Box | None:
    """Measured numbers of a period: (label, code) each; codes that are not installed are left out."""
    known = set(measures.codes())
    lines = [
        Line(label, formats.number(measures.value(code, period))) for label, code in codes if code in known
    ]
    note = f"{formats.date_long(period.start)} sampai {formats.date_long(period.end)}"
    return Box(title, lines, note=note) if lines else None


def download_box(user: Any) -> Box | None:
    """The newest exports that the user ordered."""
    rows = DownloadFile.objects.visible_to(user).exclude(state=DownloadState.EXPIRED)[:3]
    lines = [
        Line(
            each.title,
            url=reverse("core:download", args=[each.uid]) if each.state == DownloadState.READY else "",
            note=f"{each.format.upper()}, {each.get_state_display().lower()}",
        )
        for each in rows
    ]
    if not lines:
        return None
    return Box("Unduhan", lines, kind="list", url=reverse("core:downloads"), url_label="Semua unduhan")
