"""What the columns of a table are: read from its head, also a head of several rows or with words torn apart."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from lkip.checker.model import Row, Table
from lkip.checker.numbers import Number, only
from lkip.checker.words import plain

_YEAR = re.compile(r"\b(20\d\d)\b")
_ORDINALS = re.compile(r"\(?\d{1,2}\)?\.?")
_TORN = frozenset({"target", "realisasi", "capaian", "anggaran", "predikat"})
_QUOTED = "tercetak"
"""How the head ends of a column that quotes what another document prints, beside what counts."""
VALUES = ("target", "actual", "capaian", "ceiling", "spent", "absorption")


@dataclass(frozen=True)
class Column:
    """A column: its place, its head, its role, and the year its head names."""

    place: int
    head: str
    role: str
    year: int | None


def is_ordinal_row(row: Row) -> bool:
    """A row that only numbers its columns: 1 2 3 4, or (1) (2) (3)."""
    filled = [c.strip() for c in row.cells if c.strip()]
    if len(filled) < 3 or not all(_ORDINALS.fullmatch(c) for c in filled):
        return False
    numbers = [int(re.sub(r"\D", "", c)) for c in filled]
    return all(0 < b - a <= 2 for a, b in pairwise(numbers)) and numbers[0] <= 2


def _is_head(row: Row) -> bool:
    """A row without data: no number but years, or a row that names at least three value columns."""
    named = [plain(c) for c in row.cells]
    if sum(w in ("target", "realisasi", "pagu", "anggaran", "capaian") for w in named) >= 3:
        return True
    for cell in row.cells[1:]:
        number = only(cell)
        if number is not None and not (_YEAR.fullmatch(cell.strip())):
            return False
    first = row.cell(0)
    return not re.fullmatch(r"\d{1,2}\.?", first)


def split(table: Table) -> tuple[list[Row], list[Row]]:
    """Return the rows of the head and the rows of data; rows that number the columns are neither."""
    return _split(_Key(table))


@cache
def _split(key: "_Key") -> tuple[list[Row], list[Row]]:
    table = key.table
    head: list[Row] = []
    for place, row in enumerate(table.rows):
        if is_ordinal_row(row):
            continue
        if not _is_head(row) or len(head) >= 3 or (head and _starts_data(head, row)):
            return head, [r for r in table.rows[place:] if not is_ordinal_row(r)]
        head.append(row)
    return head[:1], [r for r in table.rows if r not in head[:1] and not is_ordinal_row(r)]


def _starts_data(head: list[Row], row: Row) -> bool:
    """A row of words below a whole head is data: its first filled cell stands under a filled head."""
    text = " ".join(row.cells).lower()
    if re.search(r"target|realisasi|fisik|keu|uraian|indikator|pagu|\b20\d\d\b|%", text) and len(text) < 200:
        return False
    return len([c for c in head[-1].cells if c.strip()]) >= 2


def _heads(head: list[Row], width: int) -> list[tuple[str, str]]:
    """The whole head of every column, and the lowest of its words."""
    rows: list[list[str]] = []
    for number, row in enumerate(head):
        cells = [row.cell(i) for i in range(width)]
        for i in range(width - 1):
            left, right = plain(cells[i]), plain(cells[i + 1])
            if left.isalpha() and right.isalpha() and left + right in _TORN:
                cells[i] = cells[i + 1] = left + right
            elif left == "tahun" and _YEAR.fullmatch(cells[i + 1]):
                cells[i] = cells[i + 1] = f"Tahun {cells[i + 1]}"
        for i in range(1, width):
            if not cells[i] and cells[i - 1] and any(r.cell(i) for r in head[number + 1 :]):
                cells[i] = cells[i - 1]
        rows.append(cells)
    whole = [" ".join(dict.fromkeys(c[i] for c in rows if c[i])) for i in range(width)]
    lowest = [next((c[i] for c in reversed(rows) if c[i]), "") for i in range(width)]
    return list(zip(whole, lowest, strict=True))


def _is_label(words: str) -> bool:
    named = "program" in words.split() and ("kegiatan" in words or words == "program")
    return named and "target" not in words and "indikator" not in words


def _is_ceiling(words: str) -> bool:
    return "pagu" in words or words in ("anggaran", "anggaran rp", "jumlah rp", "rp")


def _role(head: str, base: str, before: str, following: str) -> str:
    """The role of a head; `base` is the last target or ceiling, `before` the role of the column to the left."""
    text, words = head.lower(), plain(head)
    money = base == "ceiling"
    tests = (
        ("no", words in ("no", "mo", "nomor") or words.startswith("no ")),
        ("efficiency", "efisiensi" in text),
        ("remaining", "sisa" in text or "surplus" in text),
        ("baseline", "awal" in text and "capaian" in text),
        ("quarter", "triwulan" in text and "target" in text),
        ("label", _is_label(words)),
        ("indicator", "indikator" in text),
        ("absorption", ("serapan" in text and "%" in text) or "keu" in words.split()),
        ("physical", "fisik" in words.split()),
        ("performance", "capaian kinerja" in words and (money or ("%" in text and base == ""))),
        ("ceiling", _is_ceiling(words)),
        ("national", "nasional" in text),
        ("target", "target" in text),
        ("spent" if money else "actual", re.search(r"real\w*sasi", text) is not None),
        ("actual", words == "capaian" and following.strip() == "%"),
        ("absorption" if money else "capaian", "capaian" in text or head.strip().endswith("%")),
        ("objective", "sasaran" in text),
        ("unit", words == "satuan"),
        ("label", words in ("uraian", "program", "kegiatan sub kegiatan") or "nama" in words),
        ("count", words.startswith("jumlah")),
        ("capaian", len(words) < 3 and words.isdigit() and before == "actual"),
        ("absorption", len(words) < 3 and words.isdigit() and before == "spent"),
    )
    return next((role for role, true in tests if true), "")


def _quoted(head: str) -> bool:
    return plain(head).split()[-1:] == [_QUOTED]


def quotes(table: Table) -> bool:
    """Whether the table sets quotations of another document against what counts: it shows only rows that differ."""
    return any(_quoted(c.head) for c in columns(table))


def columns(table: Table) -> list[Column]:
    """Return the columns of a table with their roles; a percentage belongs to the target or the pagu before it."""
    return list(_columns(_Key(table)))


class _Key:
    """Lets a table be kept by identity while its columns are remembered."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.table is self.table


@cache
def _columns(key: _Key) -> tuple[Column, ...]:
    head, _ = split(key.table)
    width = max((len(r.cells) for r in key.table.rows), default=0)
    if not head:
        return tuple(Column(i, "", "", None) for i in range(width))
    heads = _heads(head, width)
    found, base, before = [], "", ""
    for place, (text, lowest) in enumerate(heads):
        following = heads[place + 1][0] if place + 1 < width else ""
        role = _role(lowest, base, before, following) if lowest else ""
        role = role or (_role(text, base, before, following) if text else "")
        role = "" if _quoted(lowest) else role
        base = role if role in ("target", "ceiling") else base
        year = _YEAR.search(text)
        found.append(Column(place, text, role, int(year[1]) if year else None))
        before = role
    if not any(c.role == "indicator" for c in found):
        found = _unnamed(found)
    return tuple(found)


def _unnamed(found: list[Column]) -> list[Column]:
    """Without a head of its own the indicator stands left of the first target."""
    place = next((c.place for c in found if c.role == "target"), 0) - 1
    if place < 1 or found[place].role or not any(c.role == "actual" for c in found):
        return found
    return [Column(c.place, c.head, "indicator", None) if c.place == place else c for c in found]


def with_role(table: Table, *roles: str) -> list[Column]:
    """The columns of a table that have one of the roles."""
    return [c for c in columns(table) if c.role in roles]


def name_column(table: Table) -> Column | None:
    """The column of indicator names; of several the last that is not the goal's."""
    named = with_role(table, "indicator")
    own = [c for c in named if plain(c.head) != "indikator tujuan"]
    return (own or named or [None])[-1]


@dataclass
class Item:
    """An indicator's row: its name, its objective, and the numbers of its value columns."""

    name: str
    objective: str
    lines: list[int]
    values: list[tuple[Column, Number | None, str, int]]

    def number(self, role: str) -> Number | None:
        """The first number of a role."""
        return next((n for c, n, _, _ in self.values if c.role == role and n is not None), None)


def items(table: Table) -> list[Item]:
    """Return the indicators of a table; a row without values carries on the name above it."""
    return _items(_Key(table))


@cache
def _items(key: "_Key") -> list[Item]:
    table = key.table
    named = name_column(table)
    values = with_role(
        table, "target", "actual", "capaian", "baseline", "national", "efficiency", "absorption"
    )
    if named is None:
        return []
    objective = next((c for c in with_role(table, "objective")), None)
    found: list[Item] = []
    goal = ""
    for row in split(table)[1]:
        cells = [(c, only(row.cell(c.place)), row.cell(c.place), row.no) for c in values]
        if objective is not None and row.cell(objective.place):
            goal = row.cell(objective.place)
        if any(n is not None or t in ("-", "_") for _, n, t, _ in cells):
            found.append(Item(row.cell(named.place), goal, list(row.lines), cells))
        elif table.torn and found and row.cell(named.place):
            found[-1].name += f" {row.cell(named.place)}"
            found[-1].lines += row.lines
    return [item for item in found if item.name and not re.match(r"(?i)jumlah$|rata", item.name)]


def forget() -> None:
    """Let go of the tables that were read."""
    for remembered in (_columns, _items, _split):
        remembered.cache_clear()
