"""How people call their work, held against the titles of a classification: everyday words, stems, what comes first."""

import re
from collections.abc import Iterable

EVERYDAY = {
    "sopir": ("pengemudi",), "supir": ("pengemudi",), "driver": ("pengemudi",), "ojek": ("pengemudi sepeda motor",),
    "satpam": ("keamanan",), "security": ("keamanan",), "ob": ("kebersihan",), "cleaning": ("kebersihan", "janitor"),
    "service": ("servis", "petugas"), "montir": ("mekanik",), "art": ("rumah tangga",), "prt": ("rumah tangga",),
    "pembantu": ("asisten", "pembantu"), "sales": ("penjualan",), "spg": ("peraga penjualan",),
    "admin": ("administrasi",), "programmer": ("pemrogram", "programmer"), "koki": ("juru masak", "koki"),
    "chef": ("juru masak", "koki"), "masak": ("masak",), "barista": ("bartender", "minuman"),
    "sd": ("sekolah dasar",), "smp": ("menengah pertama",), "sma": ("menengah atas",), "smk": ("kejuruan",),
    "tk": ("taman kanak",), "paud": ("usia dini",), "penjahit": ("jahit",), "waiter": ("pramusaji",),
    "waitress": ("pramusaji",), "hrd": ("personalia", "sumber daya manusia"), "bengkel": ("mekanik",),
}  # fmt: skip
"""What titles say for a word that hardly any title has: one or the other, each of one or several words."""
COMMON = {
    "tukang",
    "pekerja",
    "juru",
    "ahli",
    "petugas",
    "tenaga",
    "operator",
    "pegawai",
    "karyawan",
    "staf",
    "bagian",
}
"""Said of nearly all work: where another word stands beside it, it helps to order and is not asked for."""
EXACT, BEGINS, STEM, INSIDE = 8, 6, 5, 1
LEAST_INSIDE = 5
_WORDS = re.compile(r"[a-z0-9]+")
_AFFIXES = re.compile(
    r"(?:penge|peng|pem|pen|peny|per|pe|ber|menge|meng|mem|men|me|ke)([a-z]{3,}?)(?:an|kan)?"
)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORDS.findall(text.casefold())


def rank(asked: str, titles: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes of the (code, title) that every asked word fits, best first; equally good ones by code.

    A word fits a word of the title that it is, begins, or is the stem of ("las" fits "pengelasan", not "plastik").
    Only when nothing fits so, longer words may stand anywhere inside one.
    """
    wanted = [(word, EVERYDAY.get(word, (word,))) for word in words_of(asked)[:6]]
    needed = [pair for pair in wanted if pair[0] not in COMMON] or wanted
    held = [(code, words_of(title)) for code, title in titles]
    for inside in (False, True):
        found = []
        for code, title in held:
            points = [_best(each, title, inside) for _, each in needed]
            if points and all(points):
                extra = sum(bool(_best(each, title, False)) for pair, each in wanted if pair in COMMON)
                found.append((-sum(points) - extra, len(title), code))
        if found:
            return [code for _, _, code in sorted(found)]
    return []


def _best(meanings: tuple[str, ...], title: list[str], inside: bool) -> int:
    """The points of the best meaning; every word of it must fit."""
    best = 0
    for meaning in meanings:
        points = [_points(word, title, inside) for word in meaning.split()]
        if all(points):
            best = max(best, min(points))
    return best


def _points(word: str, title: list[str], inside: bool) -> int:
    if word in title:
        return EXACT
    if len(word) >= 3 and any(each.startswith(word) for each in title):
        return BEGINS
    if any((stem := _AFFIXES.fullmatch(each)) and stem[1] == word for each in title):
        return STEM
    return INSIDE if inside and len(word) >= LEAST_INSIDE and any(word in each for each in title) else 0
