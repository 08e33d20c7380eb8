"""How wide the columns of a table are in Word: the shares of the model, and no number or word broken."""

from core.documents import fonts
from core.documents.shares import share
from lkip.report.model import Table, plain

MARGIN, CELL_SIZE, HEAD_SIZE, REF_WIDEST = 130, 8.4, 7.2, "F-000*"
"""A cell's margins in twentieths of a point, sizes of letters in points, the widest id of a figure."""
OTHER_FACE = 1.08
"""A reader without our face takes a wider one; numbers still fit."""
LEVEL_INDENT = 200
"""How far a level of a tree stands in, in twentieths of a point."""


def column_widths(block: Table, room: int) -> list[int]:
    """Widths by the columns' shares; none is narrower than its longest number or word."""
    least = [_least(block, place) for place in range(len(block.columns))]
    return [round(width) for width in share(room, [column.width for column in block.columns], least)]


def _least(block: Table, place: int) -> float:
    """The narrowest a column may be, in twentieths of a point."""
    column = block.columns[place]
    longest = max(
        (fonts.width(word, fonts.REGULAR, HEAD_SIZE) for word in _words(plain(column.title))), default=0
    )
    if column.kind in ("ref", "id"):
        longest = max(longest, fonts.width(REF_WIDEST, fonts.BOLD, CELL_SIZE))
    elif column.kind not in ("bar", "capaian"):
        for line in block.rows:
            if line.kind == "block" or place >= len(line.cells):
                continue
            own = line.cells[place]
            indent = line.level * LEVEL_INDENT / 20 if place == 0 else 0
            face = fonts.BOLD if line.kind in ("group", "total") or own.over else fonts.REGULAR
            pieces = [own.text] if column.kind == "number" else [*_words(own.text), *_words(plain(own.over))]
            widest = max(
                (fonts.width(fonts.printable(piece), face, CELL_SIZE) for piece in pieces), default=0
            )
            longest = max(longest, widest + indent)
    return longest * OTHER_FACE * 20 + MARGIN


def _words(text: str) -> list[str]:
    return fonts.printable(text).split()
