"""What a printed table is made of: columns, lines, figure ids, its look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm

from core.documents import fonts, style

INDENT = 5 * mm
GAP = 2.2 * mm
BAR_HEIGHT = 1.7 * mm
CAPTION_SIZE, CAPTION_LEADING = 8.8, 11.6
OVER_SIZE = 7.4
LOW = "rendah"
BARS = ("bar", "capaian")
NO_VALUE = "belum ada nilai"
CAPAIAN_END = 125
LOW_BELOW = 75
CONTINUED, CONTINUES = "(lanjutan)", "bersambung"


@dataclass(frozen=True)
class Col:
    """A printed column: ``width`` in points, or a share of what is left when ``flex`` is given.

    ``align`` is left, right or comma (right-aligned at the decimal comma); ``group`` is a head over
    neighbours that name the same group; kind bar draws a number 0–100 as a bar,
    capaian one of 0–125 with a dotted tick at 100.
    """

    title: str
    width: float = 0
    flex: float = 0
    align: str = "left"
    kind: str = "text"
    group: str = ""


@dataclass(frozen=True)
class Ref:
    """The id of a figure in the last column.

    Small, in the accent, a link to its note when ``target`` is given. As ``anchor`` it stands at the left of its column
    and is the place that such links lead to.
    """

    text: str
    target: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Titled:
    """A cell of two texts.

    A small grey one above (the goal), the main one below, in SemiBold when it is ``heavy`` (the indicator). With
    ``named`` the upper one is the main one: a name in SemiBold with its explanation below.
    """

    over: str
    text: str
    heavy: bool = True
    named: bool = False


class Over(str):
    """A wrapped line of the small text above."""

    __slots__ = ()


class Heavy(str):
    """A wrapped line in SemiBold."""

    __slots__ = ()


@dataclass(frozen=True)
class Line:
    """A row. ``level`` indents the first cell; kind is row, block (a head inside the table) or total.

    ``rule`` is the weight of the rule above (points) and overrides the kind's own.
    """

    cells: Sequence[Any]
    level: int = 0
    bold: bool = False
    kind: str = "row"
    rule: float | None = None

    @property
    def heavy(self) -> bool:
        """Whether it is set in SemiBold."""
        return self.bold or self.kind in ("block", "total")


@dataclass(frozen=True)
class Measured:
    """A line with its wrapped cells and its height."""

    line: Line
    texts: tuple[tuple[str, ...], ...]
    height: float


@dataclass
class Look:
    """How a table is set: sizes in points, colours, where a bar is called low."""

    size: float = 8.6
    leading: float = 11
    head_size: float = 7.2
    padding: float = 3.2 * mm
    accent: Color = field(default_factory=style.accent)
    low_below: float = LOW_BELOW


WIDE = {"size": 7.8, "leading": 10, "padding": 1.1 * mm * 2}


def face_of(line: Line) -> str:
    """The face that a line is set in."""
    return fonts.BOLD if line.heavy else fonts.REGULAR


def text_of(value: Any) -> str:
    """The text of a cell; numbers must have been written by core.formats."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal | Fraction):
        raise TypeError("a printed cell is written by core.formats first")
    return fonts.printable(str(value))


def tail(text: str, face: str, size: float) -> float:
    """The width of a number from its decimal comma on."""
    return fonts.width(text[text.index(",") :], face, size) if "," in text else 0
