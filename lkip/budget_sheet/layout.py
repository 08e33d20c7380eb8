"""Which column of a sheet holds what: presets, and the columns that a planner chose."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from xlsxwriter.utility import xl_col_to_name

from core.cells import UnreadableSheet, Value

FIELDS = {
    "code": "Kode",
    "code_last": "Kode, kolom terakhir bila terbagi",
    "name": "Uraian",
    "initial": "Pagu murni",
    "ceiling": "Pagu (perubahan)",
    "realised": "Realisasi",
    "percent": "Persen keuangan",
    "physical": "Persen fisik",
}
REQUIRED = ("name", "realised")
MOST_MERGED = 200
_PART = re.compile(r"[0-9X]{1,4}(?:[.\s][0-9X]{1,4})*\.?", re.IGNORECASE)
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
    """The titles of a head of one to three rows; a merged title stands over the columns to its right."""
    levels = [[str(cell).strip() for cell in cells] for _, cells in rows[number : number + lines]]
    width = max(map(len, levels))
    levels = [level + [""] * (width - len(level)) for level in levels]
    found: dict[int, str] = {}
    above = [""] * lines
    for place in range(width):
        for depth, level in enumerate(levels):
            below = any(lower[place] for lower in levels[depth + 1 :])
            over = any(upper[place] for upper in levels[:depth])
            above[depth] = level[place] or (above[depth] if below and not over else "")
        text = plain(" ".join(dict.fromkeys(filter(None, above))))
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


_LIKELY: Mapping[str, tuple[str, str]] = {
    "physical": (r"fisik", r"\brp\b"),
    "percent": (r"%|persen|\bkeu\b", r"fisik"),
    "realised": (r"realisasi", r"%|persen|fisik|sisa"),
    "initial": (r"(?:pagu|anggaran|apbd).*(?:murni|sebelum|awal)|^murni", r"realisasi|sisa"),
    "ceiling": (r"pagu|anggaran|apbd", r"realisasi|sisa|%|persen|kode|sumber"),
    "code": (r"^kode", r"$^"),
    "name": (r"uraian|nomenklatur|nama", r"kode|pagu|anggaran|realisasi|%"),
    # the same field once more: words that also stand over codes, for a table without any of the former
    "name ": (r"program.*kegiatan|sub kegiatan", r"kode|pagu|anggaran|realisasi|%"),
}
"""What a title says that no list holds: words it has, words it must not have. Later fields take what is left."""


def _likely(titles: dict[int, str], places: dict[str, int]) -> dict[str, int]:
    """Give each field that has no column yet the last that speaks of it: of two pagu the later one is in force."""
    found = dict(places)
    for each, (has, lacks) in _LIKELY.items():
        field = each.strip()
        if field in found:
            continue
        fits = [
            place
            for place, text in titles.items()
            if place not in found.values() and re.search(has, text) and not re.search(lacks, text)
        ]
        if fits:
            found[field] = fits[-1] if field in ("ceiling", "realised") else fits[0]
    return found


def _with_split_code(places: dict[str, int], titles: dict[int, str], body: list[Row]) -> dict[str, int]:
    """Say up to which column a code goes on: columns side by side left of the name that hold short codes only."""
    others = {place for field, place in places.items() if field != "code"}
    body = [row for row in body if any(map(_is_amount, row[1]))]  # a second row of titles holds no codes
    runs: list[list[int]] = [[]]
    for place in range(places.get("name", 0)):
        cells = [str(cells[place]).strip() for _, cells in body if place < len(cells)]
        filled = [cell for cell in cells if cell]
        codes = sum(bool(_PART.fullmatch(cell)) for cell in filled)
        ordinal = {"no", "nomor", "mo"} & set(titles.get(place, "").split())
        if not filled or codes < 0.8 * len(filled) or ordinal or place in others:
            runs.append([])
        else:
            runs[-1].append(place)
    run = next((run for run in runs if len(run) > 1 and places.get("code", run[0]) in run), [])
    return places | {"code": run[0], "code_last": run[-1]} if run else places


def _enough(places: Mapping[str, int]) -> bool:
    return all(field in places for field in REQUIRED) and ("ceiling" in places or "initial" in places)


def find(rows: list[Row], remembered: Mapping[str, str] | None = None) -> Layout:
    """Find the head and the columns: by the titles of the office's last upload, else by those of SIPD.

    `remembered` maps fields to titles. A layout without columns when neither fits (see `unknown`).
    """
    known = dict(SIPD)
    for field, title in (remembered or {}).items():
        known[field] = (title, *known.get(field, ()))
    for guess in (False, True):
        best: Layout | None = None
        for number, lines in product(range(min(len(rows), LOOKED_THROUGH)), (1, 2, 3)):
            if number + lines > len(rows) or (lines > 1 and _holds_data(rows[number + 1 : number + lines])):
                continue
            if _goes_on(rows, number + lines):
                continue  # "Anggaran" over "Murni" and "Perubahan" is not yet the title of a column
            titles = _joined(rows, number, lines)
            places = _match(titles, known)
            places = _likely(titles, places) if guess else places
            if _enough(places) and (best is None or len(places) > len(best.places)):
                head = tuple(rows[number + i][0] for i in range(lines))
                places = _with_split_code(places, titles, rows[number + lines :])
                best = Layout(places, head, titles)
        if best is not None:
            return best
    return unknown(rows)


def _goes_on(rows: list[Row], number: int) -> bool:
    """Whether a row is one more line of the head above it: words below the gaps that merged titles leave."""
    if not 0 < number < len(rows) or _holds_data(rows[number : number + 1]):
        return False
    upper = [bool(str(cell).strip()) for cell in rows[number - 1][1]]
    lower = rows[number][1]
    upper += [False] * (len(lower) + 1 - len(upper))
    words = [
        place for place, cell in enumerate(lower) if isinstance(cell, str) and re.search("[A-Za-z%]", cell)
    ]
    blank = [place for place in words if not upper[place]]
    # a word below a title of one column is the name of a first row without amounts
    return bool(blank) and len(words) > 1 and not any(upper[place] and upper[place + 1] for place in words)


def _holds_data(rows: list[Row]) -> bool:
    """Whether a row below a title holds an amount: it is no second line of the head."""
    return any(len(re.sub(r"\D", "", str(cell))) > 4 for _, cells in rows for cell in cells)


def _is_amount(cell: Value) -> bool:
    if isinstance(cell, int | float):
        return not isinstance(cell, bool)
    return len(re.sub(r"\D", "", str(cell))) > 4 and not re.search(r"[A-Za-z]{4}", str(cell))


def filled_down(rows: list[Row], merged: Iterable[tuple[int, int, int, int]]) -> list[Row]:
    """The rows with merged texts written into every row that they stand beside, where that row has numbers.

    Codes count as texts. An amount is not repeated, for it would be counted again; nor is a merged title.
    """
    found = {number: list(cells) for number, cells in rows}
    for first, left, last, _ in merged:
        top = found.get(first, [])
        text = top[left] if left < len(top) else ""
        code = isinstance(text, int | float) and not isinstance(text, bool) and abs(text) < 10_000
        if text == "" or not (isinstance(text, str) or code):
            continue
        for number in range(first + 1, min(last, first + MOST_MERGED) + 1):
            cells = found.get(number, [])
            if any(map(_is_amount, cells)) and left < len(cells) and cells[left] == "":
                cells[left] = text
    return list(found.items())


def unknown(rows: list[Row]) -> Layout:
    """Return a layout without columns, its head the first row of three titles or more: the planner says which is which.

    Raises UnreadableSheet when no row looks like a head.
    """
    for place, (_, cells) in enumerate(rows[:LOOKED_THROUGH]):
        texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
        if len(texts) >= 3 and len(rows) > place + 1:
            lines = 2 if not _holds_data(rows[place : place + 2]) and _is_text(rows[place + 1][1]) else 1
            head = tuple(rows[place + i][0] for i in range(lines))
            return Layout({}, head, _joined(rows, place, lines))
    raise UnreadableSheet(
        "Judul kolom tidak ditemukan. Tabel ini perlu kolom uraian, pagu, dan realisasi; pakai templat, atau "
        "beri judul kolom seperti “Uraian”, “Pagu”, “Realisasi”."
    )


def _is_text(cells: list[Value]) -> bool:
    return sum(isinstance(cell, str) and bool(cell.strip()) for cell in cells) >= 2


def chosen(rows: list[Row], head: tuple[int, ...], letters: Mapping[str, str]) -> Layout:
    """Return the layout that a planner chose: a letter for each field. Raises UnreadableSheet when one is missing."""
    width = max((len(cells) for _, cells in rows), default=0)
    by_letter = {xl_col_to_name(place): place for place in range(width)}
    places = {field: by_letter[letter] for field, letter in letters.items() if letter in by_letter}
    if places.get("code_last", -1) <= places.get("code", len(by_letter)):
        places.pop("code_last", None)  # one column, or none to begin with
    if len(set(places.values())) < len(places):
        raise UnreadableSheet("Satu kolom dipilih untuk dua isi. Pilih kolom lain untuk salah satunya.")
    if not _enough(places):
        raise UnreadableSheet("Pilih kolom uraian, realisasi, dan paling sedikit satu kolom pagu.")
    index = next((i for i, (number, _) in enumerate(rows) if number == head[0]), 0) if head else 0
    titles = _joined(rows, index, max(1, len(head))) if head else {}
    return Layout(places, head, titles)
