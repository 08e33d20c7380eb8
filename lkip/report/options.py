"""What a city orders or words otherwise in its report: the keys of `ReportYear.options`, checked.

::

    {"title": "Laporan Kinerja Instansi Pemerintah",           the title on the cover
     "subtitle": "…",                                          the sentence under it
     "hide": ["bab2.lintas"],                                  optional places that this city leaves out
     "order": {"bab1": ["bab1.dasar", "bab1.gambaran"]},       sections of a chapter that come first, in this order
     "titles": {"bab1.isu": "Isu strategis"},                  other titles
     "words": {"capaian": "Capaian kinerja"},                  other words in heads of tables
     "capaian": "raw" | "clamped"}                             which achievement the tables print first

Order of target documents, bounds, bands and the limit of a low absorption are columns of the year itself.
"""

from typing import Any

from core.errors import Refused

WORDS = ("target", "realisasi", "capaian", "serapan", "efisiensi", "pagu", "sisa", "keadaan")
CAPAIAN = ("raw", "clamped")
MOST_TITLE = 160


class WrongOption(Refused):
    """An option that the report does not know, or of the wrong kind."""


def check(values: Any, known: dict[str, Any]) -> None:
    """Raise WrongOption; ``known`` maps the keys of all places to places."""
    if not isinstance(values, dict):
        raise WrongOption("Susunan laporan ditulis sebagai pasangan kunci dan nilai.")
    for key, value in values.items():
        if key not in CHECKS:
            raise WrongOption(f"Susunan “{key}” tidak dikenal. Yang ada: {', '.join(sorted(CHECKS))}.")
        CHECKS[key](value, known)


def _short(value: Any, known: dict) -> None:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= MOST_TITLE:
        raise WrongOption(f"Judul ditulis dengan paling banyak {MOST_TITLE} huruf.")


def _hide(value: Any, known: dict) -> None:
    for key in _keys(value, known):
        if not known[key].optional:
            raise WrongOption(
                f"Bagian “{known[key].title}” diwajibkan PermenPAN-RB 53/2014 dan tidak dapat dihapus."
            )


def _keys(value: Any, known: dict) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        raise WrongOption("Bagian ditulis sebagai daftar kunci.")
    for key in value:
        if key not in known:
            raise WrongOption(f"Bagian “{key}” tidak ada.")
    if len(set(value)) != len(value):
        raise WrongOption("Bagian yang sama tertulis dua kali.")
    return value


def _order(value: Any, known: dict) -> None:
    if not isinstance(value, dict):
        raise WrongOption("Urutan ditulis menurut bab atau bagian.")
    for parent, keys in value.items():
        for key in _keys(keys, known):
            if known[key].parent != parent:
                raise WrongOption(f"Bagian “{key}” bukan bagian dari “{parent}”.")


def _titles(value: Any, known: dict) -> None:
    if not isinstance(value, dict):
        raise WrongOption("Judul ditulis menurut kunci bagian.")
    _keys(list(value), known)
    for title in value.values():
        _short(title, known)


def _words(value: Any, known: dict) -> None:
    if not isinstance(value, dict) or not all(key in WORDS for key in value):
        raise WrongOption(f"Kata yang dapat diganti: {', '.join(WORDS)}.")
    for word in value.values():
        _short(word, known)
        if any(letter.isdigit() for letter in word):
            raise WrongOption("Kepala tabel ditulis tanpa angka.")


def _capaian(value: Any, known: dict) -> None:
    if value not in CAPAIAN:
        raise WrongOption("Capaian dicetak “raw” (apa adanya) atau “clamped” (menurut batas).")


CHECKS = {
    "title": _short,
    "subtitle": _short,
    "hide": _hide,
    "order": _order,
    "titles": _titles,
    "words": _words,
    "capaian": _capaian,
}


def hidden(values: dict, key: str) -> bool:
    """Whether the city leaves the place out."""
    return key in values.get("hide", [])


def title(values: dict, key: str, default: str) -> str:
    """The title that the city gives a place."""
    return values.get("titles", {}).get(key, default)


def title_of(values: dict, key: str, default: str) -> str:
    """The title or subtitle of the report."""
    return values.get(key, default)


def word(values: dict, key: str, default: str) -> str:
    """The word that the city uses in heads of tables."""
    return values.get("words", {}).get(key, default)


def ordered(values: dict, places: list) -> list:
    """The places with the sections named in ``order`` first among their siblings, each with all that is below it."""
    orders = values.get("order", {})
    if not orders:
        return places
    children: dict[str, list] = {}
    for place in places:
        children.setdefault(place.parent, []).append(place)
    found: list = []

    def walk(parent: str) -> None:
        wanted = orders.get(parent, [])
        rank = {key: number for number, key in enumerate(wanted)}
        below = children.get(parent, [])
        for place in sorted(below, key=lambda each: rank.get(each.key, len(rank))):
            found.append(place)
            walk(place.key)

    walk("")
    return found
