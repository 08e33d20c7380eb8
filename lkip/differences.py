"""What differs between two texts, line by line and, inside a changed line, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 2000
"""A changed passage of more words than this is shown as one taken out and one put in."""


@dataclass(frozen=True)
class Line:
    """A line of the comparison: parts as (kind, text); kind is same, out or in."""

    parts: tuple[tuple[str, str], ...]


def compare(old: str, new: str) -> list[Line]:
    """Return the lines of both texts with what was taken out and put in."""
    before, after = old.split("\n"), new.split("\n")
    found: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line((("same", line),)) for line in before[a:b]]
        else:
            found += _changed("\n".join(before[a:b]), "\n".join(after[c:d]))
    return found


def _changed(old: str, new: str) -> list[Line]:
    words, others = WORDS.findall(old), WORDS.findall(new)
    if not words or not others or len(words) + len(others) > MOST_WORDS:
        return [
            Line(((kind, line),))
            for kind, side in (("out", old), ("in", new))
            for line in side.split("\n")
            if side
        ]
    parts: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(words[a:b])))
        else:
            parts += [
                (kind, said)
                for kind, said in (("out", "".join(words[a:b])), ("in", "".join(others[c:d])))
                if said
            ]
    return list(_lines(parts))


def _lines(parts: list[tuple[str, str]]) -> Iterator[Line]:
    """Parts cut at the ends of lines."""
    row: list[tuple[str, str]] = []
    for kind, said in parts:
        first, *rest = said.split("\n")
        row.append((kind, first))
        for piece in rest:
            yield Line(tuple(part for part in row if part[1]))
            row = [(kind, piece)]
    yield Line(tuple(part for part in row if part[1]))
