"""Small makers of runs: words, names that hold digits, dates, numbers from outside."""

import datetime as dt
import re

from core import formats
from lkip.report.model import DATE, EXTERNAL, NUMBERING, REFERENCE, Run, Runs

_MONTHS = "|".join(formats.MONTHS)
_TOKEN = re.compile(
    rf"(?P<date>\b(?:\d{{1,2}} )?(?:{_MONTHS}) \d{{4}}\b|\b(?:19|20)\d\d(?:[–-](?:19|20)\d\d)?\b)"
    r"|(?P<name>\S*\d\S*)"
)


def words(text: str, *, strong: bool = False, italic: bool = False) -> Run:
    """Plain words; digits don't belong here."""
    return Run(text, strong=strong, italic=italic)


def label(text: str, *, strong: bool = False, italic: bool = False) -> Runs:
    """A name from a register (indicator, programme, regulation): years are dates, other digits a reference."""
    found: list[Run] = []
    place = 0
    for token in _TOKEN.finditer(text):
        if token.start() > place:
            found.append(Run(text[place : token.start()], strong=strong, italic=italic))
        tag = DATE if token["date"] else REFERENCE
        found.append(Run(token[0], tag, strong=strong, italic=italic))
        place = token.end()
    if place < len(text) or not found:
        found.append(Run(text[place:], strong=strong, italic=italic))
    return tuple(found)


def date(day: dt.date | None) -> Run:
    """A day in words."""
    return Run(formats.date_long(day), DATE)


def year(number: int) -> Run:
    """A year."""
    return Run(str(number), DATE)


def numbering(text: str | int, *, strong: bool = False) -> Run:
    """A running number."""
    return Run(str(text), NUMBERING, strong=strong)


def external(text: str, source: str) -> Run:
    """A number from outside that is no figure of the system."""
    return Run(text, EXTERNAL, note=source)


def joined(*parts: str | Run | Runs) -> Runs:
    """Runs of texts, runs and tuples of runs in order; texts must hold no digits."""
    found: list[Run] = []
    for part in parts:
        if isinstance(part, Run):
            found.append(part)
        elif isinstance(part, str):
            if part:
                found.append(Run(part))
        else:
            found.extend(part)
    return tuple(found)
