"""Comparing the names of people as Indonesian papers spell them.

One person is "MUHAMMAD RIZKY" on the KTP, "Moh. Rizki" on the diploma and "H. Mohamad Rizki, S.Kom." on a letter.
`canonical` brings such spellings to one form, by the rules of core.spelling; `compare` says how near two names are.
Nothing here is ever shown or kept: names are printed as they were given.
"""

import re
from collections import Counter
from enum import StrEnum

from core import spelling

_TITLES = spelling.TITLES | frozenset(
    ("haji", "hajah", "hajjah", "kh", "ust", "ustad", "ustadz", "ustadzah", "apt", "ns")
)
"""Stand before a name and are no part of it."""

_DEGREE = re.compile(
    r"(?:a\.?\s?md|s\.?\s?(?:t|e|h|ag|pd|si|sos|kom|ked|km|kep|psi|hum|ip|ikom|tp|pt|p|gz|farm|ak|mn|ab|ap|tr|st|ars)"
    r"|m\.?\s?(?:t|e|h|ag|pd|si|sos|kom|kes|psi|hum|m|ak|ap|sc|eng|a|ba)"
    r"|amd|ba|bsc|msc|ph\.?\s?d|se|sh|st|mm|mt|mh|ma|mba|spd|skom|sst|m\.?ec\.?dev)\b\.?.*",
    re.IGNORECASE,
)
"""What may follow the comma of a name: "S.Sos.", "A.Md.Kom.", "MM"."""

_APOSTROPHE = re.compile("['’`´]")
"""Stands inside a word ("Nu'man"), which it does not part."""


class Likeness(StrEnum):
    """How near two names are."""

    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"


def _without_degrees(name: str) -> str:
    """Leave out what follows the name and looks like a degree: "Ratna Dewi, S.Sos., M.M." -> "Ratna Dewi"."""
    first, *rest = name.split(",")
    return " ".join([first, *(part for part in rest if not _DEGREE.fullmatch(part.strip()))])


def _word(word: str) -> str:
    """One word in one spelling; an initial stays what it is, since it may stand for many names."""
    return word if len(word) == 1 else spelling.fold_word(word)


def canonical(name: str) -> tuple[str, ...]:
    """Return the name's words in one spelling, in their order, without titles and degrees.

    "H. Moh. Rizky, S.Kom." and "MUHAMMAD RIZKI" give the same. A name that would lose everything keeps its words.
    """
    words = spelling.normal(_APOSTROPHE.sub("", _without_degrees(name))).split()
    kept = [word for number, word in enumerate(words) if word not in _TITLES or number == len(words) - 1]
    return tuple(_word(word) for word in kept)


def key(name: str) -> str:
    """Return one text for a name, whatever the order of its parts: equal keys are the same name."""
    return " ".join(sorted(canonical(name)))


def compare(one: str, other: str) -> Likeness:
    """Say how near two names are: the same words in any order; abbreviated or with a part left out; or different."""
    ours, theirs = canonical(one), canonical(other)
    if sorted(ours) == sorted(theirs):
        return Likeness.SAME
    if not ours or not theirs:
        return Likeness.DIFFERENT
    short, long = sorted((ours, theirs), key=lambda words: (len(words), words))
    left, unmatched = Counter(long), []
    for word in short:
        if left[word]:
            left[word] -= 1
        else:
            unmatched.append(word)
    rest = list(left.elements())
    full = len(short) - len(unmatched)
    for word in unmatched:
        match = next((found for found in rest if _stands_for(word, found)), None)
        if match is None:
            return Likeness.DIFFERENT
        rest.remove(match)
    return Likeness.CLOSE if full or len(short) == len(long) else Likeness.DIFFERENT


def _stands_for(one: str, other: str) -> bool:
    """Whether one word abbreviates the other ("s" for "setiawan"), or they differ by one letter."""
    short, long = sorted((one, other), key=len)
    if len(short) <= 2:
        return long.startswith(short)
    return len(long) >= 4 and _one_letter_apart(short, long)


def _one_letter_apart(short: str, long: str) -> bool:
    if len(long) - len(short) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long):
        return short[start + 1 :] == long[start + 1 :]
    return short[start:] == long[start + 1 :]
