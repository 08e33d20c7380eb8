"""Numbers that a text writes with words: where they stand, and which number they mean.

"Seratus dua puluh persen" says a number that can be wrong like a typed one. A single small word ("dua bab",
"salah satu") is language, unless a unit stands behind it. What the report itself counts in words ("empat indikator
kinerja utama") is held to its lists by rule R12, and a number said once more behind its digits ("30 (tiga puluh)
orang") goes with them.
"""

import re
from collections.abc import Iterator

from lkip.checker.words import NUMERAL_WORDS, NUMERALS, numeral

SCALES = {"juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_FIRST = "|".join(sorted((*NUMERALS, "seratus", "seribu"), key=len, reverse=True))
_ANY = "|".join(sorted((*NUMERAL_WORDS, *SCALES, "koma"), key=len, reverse=True))
SPOKEN = rf"(?:{_FIRST})\b(?:\s+(?:{_ANY})\b)*"
"""A number in words: it starts with a numeral; "juta" alone belongs to the digits before it."""
UNITS = (
    "persen|orang|kartu|perusahaan|rupiah|poin|peserta|lowongan|kasus|jiwa|tenaga kerja|pencari kerja|pekerja"
)
_COUNTED = (
    "tujuan|sasaran|indikator|iku|program|kegiatan|sub|subkegiatan|temuan|butir|tingkat|kabupaten|kota|wilayah|daerah|"
    "provinsi|(?:di antaranya |sudah |telah )*(?:tercapai|mencapai|melampaui)|belum (?:tercapai|mencapai|memiliki)|"
    "tidak dapat dibandingkan"
)
"""What the report counts in words by itself, and what it says of these."""
_FOUND = re.compile(rf"(?<![\w-])(?<!\bke )(?<!\bsalah )(?P<said>{SPOKEN})(?!-)", re.IGNORECASE)
_UNIT = re.compile(rf"\s+(?:{UNITS})\b", re.IGNORECASE)
_OWN = re.compile(rf"\s+(?:dari\s+{SPOKEN}\s+)?(?:{_COUNTED})\b", re.IGNORECASE)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text says numbers with words that nothing else holds: of two words or more, or with a unit behind."""
    for found in _FOUND.finditer(text):
        start, end = found.span("said")
        single = len(found["said"].split()) == 1
        if single and not _UNIT.match(text, end):
            continue
        again = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
        if again or _OWN.match(text, end):
            continue
        yield start, end


def digits(words: str) -> str:
    """Write a number in words with digits, "" where the words mean none: "dua koma lima" is "2,5"."""
    whole, comma, decimals = " ".join(words.casefold().split()).partition(" koma ")
    total, part = 0, []
    for word in whole.split():
        if word not in SCALES:
            part.append(word)
            continue
        count = numeral(" ".join(part))
        if count is None:
            return ""
        total, part = total + count * SCALES[word], []
    rest = numeral(" ".join(part)) if part else 0
    places = [NUMERALS.index(word) if word in NUMERALS[:10] else None for word in decimals.split()]
    if rest is None or None in places or (comma and not places):
        return ""
    return f"{total + rest},{''.join(map(str, places))}" if places else str(total + rest)
