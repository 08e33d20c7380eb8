"""Which column of a sheet holds what: presets, and the columns that a planner chose."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from core.cells import UnreadableSheet, Value

FIELDS = {
    "code": "Kode",
    "name": "Uraian",
    "initial": "Pagu murni",
    "ceiling": "Pagu (perubahan)",
    "realised": "Realisasi",
    "percent": "Persen keuangan",
    "physical": "Persen fisik",
}
REQUIRED = ("name", "realised")
LOOKED_THROUGH = 30
"""The head is looked for in so many rows from the top."""

SIPD: Mapping[str, tuple[str, ...]] = {
    "code": ("kode sub kegiatan", "kode rekening", "kode program/kegiatan/sub kegiatan", "kode"),
    "name": (
        "uraian",
        "program/kegiatan/sub kegiatan",
        "program / kegiatan / sub kegiatan",
        "program, kegiatan, sub kegiatan",
        "program/kegiatan",
        "program / sub kegiatan",
        "nama program/kegiatan/sub kegiatan",
        "nama sub kegiatan",
    ),
    "initial": ("pagu murni", "anggaran murni", "pagu apbd murni", "pagu sebelum perubahan", "apbd murni"),
    "ceiling": (
        "pagu perubahan",
        "anggaran perubahan",
        "pagu apbd perubahan",
        "pagu setelah perubahan",
        "apbd perubahan",
        "pagu anggaran (target)",
        "pagu anggaran",
        "pagu",
        "anggaran",
        "jumlah anggaran",
    ),
    "realised": (
        "realisasi penyerapan anggaran",
        "realisasi keuangan rp",
        "realisasi rp",
        "realisasi keuangan",
        "realisasi anggaran",
        "realisasi",
    ),
    "percent": (
        "realisasi keu (%)",
        "keu (%)",
        "% keuangan",
        "persen keuangan",
        "realisasi keuangan %",
        "realisasi %",
        "capaian (%)",
        "persen",
        "persentase",
        "%",
    ),
    "physical": (
        "realisasi fisik (%)",
        "fisik (%)",
        "% fisik",
        "persen fisik",
        "realisasi fisik %",
        "realisasi fisik",
        "fisik",
    ),
}
"""Titles of the columns in the realisation sheets of SIPD and in the tables that offices make of them."""

Row = tuple[int, list[Value]]


@dataclass(frozen=True)
class Layout:
    """``places`` gives the column of each field, ``head`` the file's rows of titles, ``titles`` their words."""

    places: dict[str, int]
    head: tuple[int, ...]
    titles: dict[int, str]

    @property
    def letters(self) -> dict[str, str]:
        """The columns by their letters."""
        return {field: xl_col_to_name(place) for field, place in self.places.items()}


def plain(text: Value) -> str:
    """A title for comparing: one space between words, small letters, without "(Rp)" and dots."""
    words = re.sub(r"\(\s*rp\.?\s*\)", " ", str(text), flags=re.IGNORECASE)
    return " ".join(words.replace("*", " ").split()).casefold().strip(" .:")


def _joined(rows: list[Row], number: int, lines: int) -> dict[int, str]:
    """The titles of a head of one or two rows; a merged title stands over the columns to its right."""
    upper = [str(cell).strip() for cell in rows[number][1]]
    if lines == 1:
        return {place: plain(text) for place, text in enumerate(upper) if text}
    lower = [str(cell).strip() for cell in rows[number + 1][1]]
    found, above = {}, ""
    for place in range(max(len(upper), len(lower))):
        own = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        above = own or (above if below else "")
        text = plain(f"{above} {below}" if below else own)
        if text:
            found[place] = text
    return found


def _match(titles: dict[int, str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Give each field the column of its best title; no column serves two fields."""
    places: dict[str, int] = {}
    for field, words in known.items():
        for word in words:
            place = next((p for p, text in titles.items() if text == word and p not in places.values()), None)
            if place is not None:
                places[field] = place
                break
    return places


def _enough(places: Mapping[str, int]) -> bool:
    return all(field in places for field in REQUIRED) and ("ceiling" in places or "initial" in places)


def find(rows: list[Row], remembered: Mapping[str, str] | None = None) -> Layout:
    """Find the head and the columns: by the titles of the office's last upload, else by those of SIPD.

    `remembered` maps fields to titles. A layout without columns when neither fits (see `unknown`).
    """
    known = dict(SIPD)
    for field, title in (remembered or {}).items():
        known[field] = (title, *known.get(field, ()))
    best: Layout | None = None
    for number in range(min(len(rows), LOOKED_THROUGH)):
        for lines in (1, 2):
            if number + lines > len(rows):
                continue
            titles = _joined(rows, number, lines)
            places = _match(titles, known)
            if _enough(places) and (best is None or len(places) > len(best.places)):
                head = tuple(rows[number + i][0] for i in range(lines))
                best = Layout(places, head, titles)
    return best or unknown(rows)


def unknown(rows: list[Row]) -> Layout:
    """Return a layout without columns, its head the first row of three titles or more: the planner says which is which.

    Raises UnreadableSheet when no row looks like a head.
    """
    for place, (number, cells) in enumerate(rows[:LOOKED_THROUGH]):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(texts) >= 3 and len(rows) > place + 1:
            return Layout({}, (number,), _joined(rows, place, 1))
    raise UnreadableSheet(
        "Judul kolom tidak ditemukan. Tabel ini perlu kolom uraian, pagu, dan realisasi; pakai templat, atau "
        "beri judul kolom seperti “Uraian”, “Pagu”, “Realisasi”."
    )


def chosen(rows: list[Row], head: tuple[int, ...], letters: Mapping[str, str]) -> Layout:
    """Return the layout that a planner chose: a letter for each field. Raises UnreadableSheet when one is missing."""
    width = max((len(cells) for _, cells in rows), default=0)
    by_letter = {xl_col_to_name(place): place for place in range(width)}
    places = {field: by_letter[letter] for field, letter in letters.items() if letter in by_letter}
    if len(set(places.values())) < len(places):
        raise UnreadableSheet("Satu kolom dipilih untuk dua isi. Pilih kolom lain untuk salah satunya.")
    if not _enough(places):
        raise UnreadableSheet("Pilih kolom uraian, realisasi, dan paling sedikit satu kolom pagu.")
    index = next((i for i, (number, _) in enumerate(rows) if number == head[0]), 0) if head else 0
    titles = _joined(rows, index, 2 if len(head) > 1 else 1) if head else {}
    return Layout(places, head, titles)
