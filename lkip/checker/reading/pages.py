"""Text that came from a printed page: its pages, without what every page repeats and without lists of contents."""

import re
from collections import defaultdict
from dataclasses import dataclass

EDGE = 3
"""How many lines from the top and the bottom of a page may be its running head or foot."""
OFTEN = 3
"""On how many pages a line stands that is one."""
_NUMBERED = re.compile(r"^(?P<words>.*?)(?P<number>\d{1,4}|[ivxlc]{1,7})\W*$")
_OF_PAGES = re.compile(r"^(?:halaman|hal\.?|page)?\s*\d+\s*(?:dari|/|of)\s*\d+$", re.I)
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_LIST_HEAD = re.compile(
    r"(?i)daftar\s+(?:isi|tabel|gambar|grafik|bagan|diagram|lampiran)(?:\s*\(lanjutan\))?$"
)
_ENTRY = re.compile(r"^(?P<title>\S.*?)(?:\s{3,}|\t)(?P<page>\d{1,4}|[ivxlc]{1,7}|[–-])$")


@dataclass(frozen=True)
class Printed:
    """A line as it is printed: its number in the file, its page, its text with the spaces that place it."""

    no: int
    page: int
    raw: str

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(self.raw.split())

    @property
    def indent(self) -> int:
        """How far from the left it begins."""
        return len(self.raw) - len(self.raw.lstrip())

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.raw.strip()


def pages_of(text: str) -> list[list[Printed]]:
    """Cut a text at its form feeds and leave out the running heads and feet."""
    pages, no = [], 0
    for number, page in enumerate(text.split("\f"), 1):
        lines = page.split("\n")
        # what follows the last line end of a page is no line of its own; the feed stands in front of the next one
        lines = lines[:-1] if lines and not lines[-1] else lines
        pages.append([Printed(no + i, number, raw.rstrip("\r")) for i, raw in enumerate(lines, 1)])
        no += len(lines)
    running = _running(pages)
    return [[line for line in page if line.no not in running] for page in pages]


def _running(pages: list[list[Printed]]) -> set[int]:
    """The numbers of the lines that pages repeat at their edges: the same words, and a number that counts the pages."""
    same: dict[str, list[Printed]] = defaultdict(list)
    counted: dict[tuple[str, int], list[Printed]] = defaultdict(list)
    found: set[int] = set()
    for page in pages:
        for line in _edges(page):
            if _OF_PAGES.fullmatch(line.text):
                found.add(line.no)
            same[line.text].append(line)
            numbered = _NUMBERED.match(line.text)
            if numbered:
                ahead = line.page - _value(numbered["number"])
                counted[(numbered["words"].strip(), ahead)].append(line)
    for group in (*same.values(), *counted.values()):
        if len({line.page for line in group}) >= OFTEN:
            found.update(line.no for line in group)
    return found


def _edges(page: list[Printed]) -> list[Printed]:
    filled = [line for line in page if not line.blank]
    return list({line.no: line for line in (*filled[:EDGE], *filled[-EDGE:])}.values())


def _value(number: str) -> int:
    """An arabic number, or a roman one in small letters."""
    if number.isdigit():
        return int(number)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-a if a < b else a for a, b in pairs)


def contents(lines: list[Printed]) -> dict[int, tuple[str, ...]]:
    """The lines of lists of contents: title and page by line number.

    A line with dot leaders is one wherever it stands. Without leaders only lines below a head "Daftar isi" are, as far
    as title and page go on; what stands between two of them belongs to the list too.
    """
    found: dict[int, tuple[str, ...]] = {}
    inside, waiting = False, []
    for line in lines:
        if line.blank:
            continue
        parts = _LEADERS.split(line.raw.strip())
        entry = _ENTRY.match(line.raw.strip())
        if len(parts) > 1 and re.fullmatch(r"\s*(?:\d{1,4}|[ivxlc]{1,7})?\s*", parts[-1]):
            found[line.no] = (" ".join(parts[0].split()), parts[-1].strip())
        elif _LIST_HEAD.match(line.text):
            inside, waiting = True, []
        elif inside and entry:
            found.update({each.no: (each.text,) for each in waiting})
            found[line.no] = (" ".join(entry["title"].split()), entry["page"])
            waiting = []
        elif inside:
            waiting.append(line)
            inside = len(waiting) <= EDGE and not line.text.endswith(".")
    return found
