"""Fits a text into a box: smaller first, then condensed, then (only where allowed) cut and reported."""

import logging
from dataclasses import dataclass

from core.documents import fonts
from core.errors import Refused

logger = logging.getLogger(__name__)

STEP = 0.25
ELLIPSIS = "…"


class TextOverflowError(Refused):
    """A text that must not be cut does not fit its place."""


@dataclass(frozen=True)
class Fitted:
    """Lines that fit, with the face and size (points) to draw them in.

    ``cut`` says that words are missing.
    """

    lines: tuple[str, ...]
    face: str
    size: float
    cut: bool = False


def wrap(text: str, width: float, face: str, size: float) -> list[str]:
    """Break a text at spaces, greedily; a word longer than the line is split, a no-break space holds."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if fonts.width(joined, face, size) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            line = word
            while len(line) > 1 and fonts.width(line, face, size) > width:
                count = _fitting(line, width, face, size)
                lines.append(line[:count])
                line = line[count:]
        lines.append(line)
    return lines


def fit(
    text: str,
    width: float,
    max_lines: int,
    size: float,
    floor: float,
    *,
    bold: bool = False,
    may_cut: bool = False,
    field: str = "",
) -> Fitted:
    """The text in at most ``max_lines`` lines of ``width`` points.

    Regular (or SemiBold) from ``size`` down to ``floor`` in steps of 0.25; then condensed the same way; then,
    with ``may_cut`` only, condensed at the floor, cut at a word and logged. Otherwise raises
    TextOverflowError, which asks for a shorter spelling of ``field``.
    """
    return fit_together([text], width, max_lines, size, floor, bold=bold, may_cut=may_cut, field=field)[0]


def fit_together(
    texts: list[str],
    width: float,
    max_lines: int,
    size: float,
    floor: float,
    *,
    bold: bool = False,
    may_cut: bool = False,
    field: str = "",
) -> list[Fitted]:
    """As `fit`, for rows of one list: all share one face and one size."""
    texts = [" ".join(text.split(" ")).strip() for text in texts]
    faces = (fonts.BOLD, fonts.CONDENSED_BOLD) if bold else (fonts.REGULAR, fonts.CONDENSED)
    for face in faces:
        step = size
        while step >= floor - 1e-6:
            wrapped = [wrap(text, width, face, step) for text in texts]
            if all(len(lines) <= max_lines for lines in wrapped):
                return [Fitted(tuple(lines), face, step) for lines in wrapped]
            step -= STEP
    if not may_cut:
        raise TextOverflowError(
            f"Isian {field or 'ini'} terlalu panjang untuk dicetak. Tulis dengan ejaan yang lebih pendek.",
            field=field,
        )
    logger.warning("text cut in print: field %s", field)
    return [_cut(text, width, max_lines, faces[1], floor) for text in texts]


def _fitting(word: str, width: float, face: str, size: float) -> int:
    """How many characters of a word fit the line; at least one."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if fonts.width(word[:middle], face, size) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _cut(text: str, width: float, max_lines: int, face: str, size: float) -> Fitted:
    lines = wrap(text, width, face, size)
    if len(lines) <= max_lines:
        return Fitted(tuple(lines), face, size)
    last = lines[max_lines - 1]
    words = last.split(" ")
    while len(words) > 1 and fonts.width(" ".join(words) + ELLIPSIS, face, size) > width:
        words.pop()
    last = " ".join(words)
    while len(last) > 1 and fonts.width(last + ELLIPSIS, face, size) > width:
        last = last[:-1]
    return Fitted((*lines[: max_lines - 1], last.rstrip(" ,;") + ELLIPSIS), face, size, cut=True)
