"""Numbers as reports print them, read tolerantly: dot, comma or nothing between thousands, "Rp", "%", units.

"1.700 Orang" is 1700, "65.36" is 65,36, "1,835" is 1835, "-0,0325" is –0,0325. Each number keeps its literal text and
its printed decimals; a print that no notation explains is marked as malformed and still given its likeliest value.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from core.formats import number

_TOKEN = re.compile(
    r"(?:(?P<money>Rp\.?\s*)|(?<![\w.,]))(?P<sign>[-–−]\s?)?(?P<body>\d+(?:[.,]\d+)*(?:[.,]\s\d{1,2}(?=\s?%))?)(?P<tail>[.,](?=\s|$|-))?"
    r"(?P<percent>\s?%)?(?P<unit>\s*/?[A-Za-z][A-Za-z/]*)?",
)
_UNITS = {
    "orang": "orang",
    "org": "orang",
    "peserta": "orang",
    "perusahaan": "perusahaan",
    "prsh": "perusahaan",
    "kasus": "kasus",
    "perkara": "kasus",
    "dokumen": "dokumen",
    "dok": "dokumen",
    "laporan": "laporan",
    "persen": "persen",
    "poin": "poin",
    "nilai": "nilai",
    "indeks": "indeks",
    "kali": "kali",
    "unit": "unit",
    "paket": "paket",
    "lembaga": "lembaga",
    "rekom": "rekomendasi",
    "rekomendasi": "rekomendasi",
    "kegiatan": "kegiatan",
    "keg": "kegiatan",
    "lowongan": "lowongan",
    "media": "media",
    "pelatihan": "pelatihan",
    "asosiasi": "asosiasi",
    "program": "program",
}


@dataclass(frozen=True)
class Number:
    """A printed number: its value, how it is printed, how many decimals, its unit, where in the text."""

    value: Fraction
    text: str
    decimals: int
    percent: bool
    unit: str
    start: int
    end: int
    malformed: bool = False
    money: bool = False
    style: str = ""
    """"." or "," when that sign separates thousands (style "t.") or decimals ("d,"); empty for plain digits."""

    def rounds_to(self, exact: Fraction) -> bool:
        """Whether `exact` printed with this number's decimals gives this number, half up or half down."""
        return abs(exact - self.value) <= Fraction(1, 2 * 10**self.decimals)

    def truncates(self, exact: Fraction) -> bool:
        """Whether this number is `exact` cut off after its decimals."""
        scale = 10**self.decimals
        return Fraction(int(exact * scale), scale) == self.value


def _parse(body: str, percent: bool) -> tuple[Fraction, int, bool, str]:
    """Value, decimals, malformed, style of a body of digits and separators."""
    body = body.replace(" ", "")
    signs = [c for c in body if c in ".,"]
    groups = re.split(r"[.,]", body)
    digits = "".join(groups)
    if not signs:
        return Fraction(int(digits)), 0, False, ""
    threes = all(len(g) == 3 for g in groups[1:]) and 1 <= len(groups[0]) <= 3
    if len(set(signs)) == 1:
        leading_zero = groups[0] == "0" or groups[0].startswith("0")
        if threes and not percent and not leading_zero:
            return Fraction(int(digits)), 0, False, f"t{signs[0]}"
        if len(signs) == 1 and (percent or len(groups[1]) != 3 or leading_zero):
            places = len(groups[1])
            return Fraction(int(digits), 10**places), places, False, f"d{signs[0]}"
        return Fraction(int(digits)), 0, True, f"t{signs[0]}"
    head, last = groups[:-1], groups[-1]
    grouped = 1 <= len(head[0]) <= 3 and all(len(g) == 3 for g in head[1:]) and len(set(signs[:-1])) == 1
    if grouped and len(last) != 3:
        return Fraction(int(digits), 10 ** len(last)), len(last), False, f"t{signs[0]}d{signs[-1]}"
    return Fraction(int(digits)), 0, True, f"t{signs[0]}"


def find(text: str) -> list[Number]:
    """Return every number of a text, in order; ordinals and codes of law are numbers too, the caller chooses."""
    return list(_find(text))


@lru_cache(maxsize=20000)
def _find(text: str) -> tuple[Number, ...]:
    found = []
    for match in _TOKEN.finditer(text):
        percent = bool(match["percent"])
        value, decimals, malformed, style = _parse(match["body"], percent)
        word = (match["unit"] or "").strip().strip("/").lower()
        unit = _UNITS.get(word, "")
        negative = match["sign"] and not _is_dash(text, match)
        end = match.end() if unit else match.start("unit") if match["unit"] else match.end()
        start = match.start("sign") if negative else match.start("body")
        literal = text[start : match.end("percent") if percent else match.end("body")]
        money = bool(match["money"])
        cents = (
            money and style.startswith("t") and match["tail"] is not None and not text[match.end("tail") :]
        )
        found.append(
            Number(
                -value if negative else value,
                literal.strip(),
                decimals,
                percent or unit == "persen",
                "persen" if percent else unit,
                start,
                end,
                malformed,
                money,
                style,
            )
            if not cents
            else Number(value, literal.strip(), 0, False, "", start, end, malformed, True, style)
        )
    return tuple(found)


def _is_dash(text: str, match: re.Match) -> bool:
    """A dash between two numbers or words, or before a space, is no minus."""
    before = text[: match.start("sign")][-1:]
    return match["sign"][-1:].isspace() or before.isalnum() or before in tuple(")%")


_CODE = re.compile(r"[A-Za-z]{1,4}-\d+\*?")
"""A number of reference (F-012, K-3): its digits count nothing."""


@lru_cache(maxsize=20000)
def only(text: str) -> Number | None:
    """The number of a cell that holds one, with or without a unit; None for words, lists and empty cells."""
    body = text.strip().strip("*").strip()
    spaced = re.fullmatch(r"[1-9]\d{0,2}(?: \d{3})+", body)
    if spaced:
        return Number(Fraction(int(body.replace(" ", ""))), body, 0, False, "", 0, len(body), style="t ")
    numbers = find(body)
    if len(numbers) != 1 or _CODE.fullmatch(body):
        return None
    if re.fullmatch(r"[\d.,\s]+%?\s?[A-Za-z/]{1,15}", body):
        return numbers[0]
    rest = body[: numbers[0].start] + body[numbers[0].end :]
    rest = re.sub(r"(?i)rp|persen|/org|/bln|bulan|orang|%", "", rest).strip(" .,-:√|/()")
    return numbers[0] if len(rest) <= 3 else None


def show(value: Fraction, decimals: int = 2) -> str:
    """Write a value for the arithmetic: as short as it is exact, else with `decimals`."""
    if value.denominator == 1:
        return number(value)
    for places in range(1, 5):
        if (value * 10**places).denominator == 1:
            return number(value, places)
    return number(value, decimals)


def amount(text: str) -> bool:
    """Whether a text reads like a sum of money: grouped thousands of seven digits or more, or a plain zero."""
    digits = re.sub(r"\D", "", text)
    return len(digits) >= 7 and bool(re.search(r"\d[.,]\d{3}", text))
