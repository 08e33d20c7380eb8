"""The rows of a budget table as a tree: programme, kegiatan, sub kegiatan; types of spending; the total."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.cells import Value, address
from core.tables_in import CellError
from lkip.budget_sheet.amounts import Amount, holds_fractions, read_amount, read_percent
from lkip.budget_sheet.layout import FIELDS, Layout, Row, plain

TREE, TYPE, TOTAL = "TREE", "TYPE", "TOTAL"
PROGRAMME, ACTIVITY, SUB_ACTIVITY, DETAIL = 0, 1, 2, 3
LEVEL_WORDS = {PROGRAMME: "program", ACTIVITY: "kegiatan", SUB_ACTIVITY: "sub kegiatan", DETAIL: "rincian"}
_CODE = re.compile(r"\d+(?:\.\d+)+")
_MARK = re.compile(r"(program|sub\s*kegiatan|kegiatan)\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
_SUB = re.compile(r"sub\s*kegiatan\s+(.+)", re.IGNORECASE | re.DOTALL)
_MARK_DEPTH = {"program": PROGRAMME, "kegiatan": ACTIVITY, "subkegiatan": SUB_ACTIVITY}
_TOTAL = re.compile(
    r"(?:grand\s+)?(?:jumlah|total)(?:\s+(?:seluruh\w*|keseluruhan|anggaran|belanja)(?:\s+daerah)?)?"
)
_TYPE_DEPTH = {"belanja daerah": 0, "belanja operasi": 1, "belanja operasional": 1, "belanja modal": 1}
_TYPE_DEPTH |= {"belanja tidak terduga": 1, "belanja transfer": 1}
MONEY = ("initial", "ceiling", "realised")


@dataclass(eq=False)
class Line:
    """One row that holds amounts. ``errors`` keep it from being saved; what merely contradicts stands elsewhere."""

    number: int
    section: str
    depth: int
    code: str
    name: str
    amounts: dict[str, Amount]
    percent: Decimal | None
    physical: Decimal | None
    cells: dict[str, str]
    parent: "Line | None" = None
    children: list["Line"] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    twin: bool = False
    """Whether it repeats a row above: refused, and counted nowhere."""

    @property
    def key(self) -> str:
        """Names the row inside one file."""
        return str(self.number)

    @property
    def leaf(self) -> bool:
        """Whether amounts are stored for it: a sub kegiatan, or a type of spending without rows below."""
        return self.depth == SUB_ACTIVITY if self.section == TREE else not self.children

    def value(self, name: str) -> int | None:
        """The amount of a column; the ceiling in force is the initial one where nothing else is given."""
        amount = self.amounts.get(name)
        if amount is None and name == "ceiling":
            amount = self.amounts.get("initial")
        return amount.value if amount else None

    def cell(self, name: str) -> str:
        """The address of a column in this row, or the row's number."""
        if name == "ceiling" and name not in self.cells:
            name = "initial"
        return self.cells.get(name, f"baris {self.number}")

    def fail(self, name: str, message: str) -> None:
        """Note what keeps the row from being saved."""
        self.errors.append(CellError(self.cell(name), FIELDS.get(name, ""), message))


@dataclass
class Table:
    """What was read: the lines in order, the total, and the rows that say nothing about money."""

    lines: list[Line] = field(default_factory=list)
    total: Line | None = None
    ignored: list[tuple[int, str]] = field(default_factory=list)
    formulas: frozenset[str] = frozenset()

    def of(self, section: str) -> list[Line]:
        """The lines of one breakdown."""
        return [line for line in self.lines if line.section == section]

    def leaves(self) -> list[Line]:
        """The lines whose amounts are stored."""
        return [line for line in self.lines if line.leaf]


def comparable(name: str) -> str:
    """A name for comparing: letters and digits only, without the word in front that tells its level."""
    words = re.sub(r"[^a-z0-9]+", " ", name.casefold()).split()
    while words and words[0] in ("program", "kegiatan", "sub"):
        words = words[1:]
    return " ".join(words)


def _part(cell: Value, place: int) -> str:
    """A part of a code as it is written; Excel takes the nought from the front of a number."""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = str(cell).strip().strip(".")
    if isinstance(cell, float):  # 2.1 was 2.01 or 2.10: only the former is the code of a kegiatan
        head, _, tail = text.partition(".")
        return f"{head}.{tail.zfill(2)}"
    return text.zfill(2) if isinstance(cell, int) and place else text


class _Reader:
    """Walks the rows below the head."""

    def __init__(self, layout: Layout, rows: list[Row], names: Mapping[str, int]) -> None:
        self.layout, self.names = layout, names
        place = layout.places.get("percent")
        column = [cells[place] for _, cells in rows if place is not None and place < len(cells)]
        self.fractions = holds_fractions(column)
        self.lettered = any(re.fullmatch(r"[A-Z]", self._text(cells, "code")) for _, cells in rows)
        self.indents = sorted({self._name(cells)[1] for _, cells in rows if self._name(cells)[0]})
        self.marker: int | None = None
        self.seen_programme = False
        self.parts: list[str] = []

    def _raw(self, cells: list[Value], name: str) -> Value:
        place = self.layout.places.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    def _text(self, cells: list[Value], name: str) -> str:
        return str(self._raw(cells, name)).strip()

    def _name(self, cells: list[Value]) -> tuple[str, int]:
        """The name and how far it is set in: by spaces, or by standing in a column further right."""
        first = self.layout.places["name"]
        end = min((p for p in self.layout.places.values() if p > first), default=first + 1)
        for place in range(first, min(end, len(cells))):
            text = cells[place]
            if isinstance(text, str) and text.strip():
                spaces = len(text) - len(text.lstrip())
                return " ".join(text.split()), (place - first) * 100 + spaces
        return "", 0

    def _code(self, cells: list[Value]) -> str:
        text = re.sub(r"\s+", ".", self._joined_code(cells) or self._text(cells, "code")).strip(".")
        return text if _CODE.fullmatch(text) else ""

    def _joined_code(self, cells: list[Value]) -> str:
        """The code from its columns where it stands in several: what stands above goes on to the left of what is given.

        A column may hold its part alone (07), or the code up to there (2.07.04).
        """
        first, last = (self.layout.places.get(name) for name in ("code", "code_last"))
        if first is None or last is None:
            return ""
        given = [_part(cell, place) for place, cell in enumerate(cells[first : last + 1])]
        filled = [place for place, part in enumerate(given) if part]
        if not filled:
            return ""
        kept = self.parts[: filled[0]]
        self.parts = [*kept, *([""] * (filled[0] - len(kept))), *given[filled[0] :]]
        code = ""
        for part in filter(None, self.parts):
            code = part if part.startswith(f"{code}.") or not code else f"{code}.{part}"
        return code

    def read(self, number: int, cells: list[Value]) -> Line | str:
        """The row as a line, or the text of a row that holds no money."""
        name, indent = self._name(cells)
        code = self._code(cells)
        amounts = {key: read_amount(self._raw(cells, key)) for key in MONEY if key in self.layout.places}
        mark = _MARK.fullmatch(name)
        marked = _MARK_DEPTH[re.sub(r"\s", "", mark[1].casefold())] if mark else None
        rest = mark[2].strip() if mark else name
        if not any(a.value is not None or a.odd for a in amounts.values()) and not (code and name):
            self.marker = marked if mark and not rest else self.marker
            return name if name and not (mark and not rest) else ""
        if name.isdigit() or not name:
            return f"{name} (tanpa uraian)"
        section, depth = self._place(code, rest, self.marker if marked is None else marked, indent, cells)
        self.marker = None
        return self._line(number, section, depth, code, rest, cells, amounts)

    def _line(self, number, section, depth, code, name, cells, amounts) -> Line:
        line = Line(
            number=number,
            section=section,
            depth=SUB_ACTIVITY if depth is None else depth,
            code=code,
            name=name[:300],
            amounts=amounts,
            percent=read_percent(self._raw(cells, "percent"), as_fraction=self.fractions),
            physical=read_percent(self._raw(cells, "physical")),
            cells={key: address(place, number) for key, place in self.layout.places.items()},
        )
        if depth is None:
            line.fail("name", "Tingkat baris ini tidak dikenali: program, kegiatan, atau sub kegiatan?")
        self.seen_programme = self.seen_programme or (section == TREE and depth == PROGRAMME)
        return line

    def _place(
        self, code: str, name: str, marker: int | None, indent: int, cells: list[Value]
    ) -> tuple[str, int | None]:
        """Breakdown and depth, by the surest sign: code, marker, word, letter, known name, indentation."""
        words = plain(name)
        if _TOTAL.fullmatch(words) and not code:
            return TOTAL, 0
        if code:
            return self._by_code(code)
        if marker is not None:
            return TREE, marker
        if words.startswith("belanja") and not self.seen_programme:
            return TYPE, _TYPE_DEPTH.get(words, 2)
        if words.startswith("program "):
            return TREE, PROGRAMME
        if _SUB.fullmatch(name):
            return TREE, SUB_ACTIVITY
        return TREE, self._by_hint(name, indent, cells)

    def _by_code(self, code: str) -> tuple[str, int | None]:
        parts = code.split(".")
        if parts[0] == "5":
            return (TREE, DETAIL) if self.seen_programme else (TYPE, min(len(parts), 3) - 1)
        if len(parts) < 3:
            return TOTAL, 1
        return TREE, {3: PROGRAMME, 4: PROGRAMME, 5: ACTIVITY, 6: SUB_ACTIVITY}.get(len(parts), DETAIL)

    def _by_hint(self, name: str, indent: int, cells: list[Value]) -> int | None:
        known = self.names.get(comparable(name))
        if known is not None:
            return known
        if self.lettered:
            letter = self._text(cells, "code").rstrip(".0") if self._text(cells, "code") else ""
            if re.fullmatch(r"[A-Z]", letter):
                return PROGRAMME
            return ACTIVITY if letter.isdigit() or self._text(cells, "code").isdigit() else SUB_ACTIVITY
        if 2 <= len(self.indents) <= 4:
            return self.indents.index(indent)
        return None


def _spread(table: Table) -> None:
    """Give every line its parent: by its code where it has one, else the row above it of the next level.

    A line that has none to belong to can't be saved.
    """
    coded: dict[str, Line] = {}
    for line in table.of(TREE):
        if line.code and line.depth < DETAIL:
            coded.setdefault(line.code, line)
    for section in (TREE, TYPE):
        path: list[Line] = []
        for line in table.of(section):
            while path and path[-1].depth >= line.depth:
                path.pop()
            above = _parent(line, path, coded)
            if above is not None and (section == TYPE or above.depth == line.depth - 1):
                line.parent = above
                above.children.append(line)
            elif line.depth and not line.code:
                line.fail("name", f"Di atas {LEVEL_WORDS.get(line.depth, 'baris')} ini tidak ada induknya.")
            path.append(line)


def _parent(line: Line, path: list[Line], coded: Mapping[str, Line]) -> Line | None:
    """The row that a line belongs to; a code is not led astray by the order of the rows."""
    nearest = path[-1] if path else None
    if line.section == TYPE or not line.code or line.depth == DETAIL or (nearest and not nearest.code):
        return nearest
    above = line.code.rpartition(".")[0]
    while above and above not in coded:
        above = above.rpartition(".")[0]
    return coded.get(above)


def _judge(line: Line, formulas: frozenset[str]) -> None:
    """Say what keeps a stored line from being saved."""
    if not line.leaf:
        return
    for name in MONEY:
        amount = line.amounts.get(name)
        if amount is None:
            continue
        if amount.unreadable:
            line.fail(name, f"{amount.odd} Tercetak “{amount.text[:40]}”.")
        elif amount.value is None and name != "initial":
            line.fail(name, f"{FIELDS[name]} kosong. Tulis 0 bila memang nol.")
        if line.cell(name) in formulas:
            line.fail(name, "Sel ini berisi rumus. Salin, lalu tempel sebagai nilai.")
    if line.physical is not None and not 0 <= line.physical <= 100:
        line.fail("physical", "Persen fisik antara 0 dan 100.")


def read_table(
    rows: Iterable[Row], layout: Layout, *, names: Mapping[str, int] | None = None, formulas=frozenset()
) -> Table:
    """Read the rows below the head. `names` are known names (see `comparable`) with their depth."""
    body = [row for row in rows if row[0] not in layout.head and (not layout.head or row[0] > layout.head[0])]
    reader = _Reader(layout, body, names or {})
    table = Table(formulas=frozenset(formulas))
    for number, cells in body:
        found = reader.read(number, cells)
        if isinstance(found, str):
            if found:
                table.ignored.append((number, found[:120]))
        elif found.section == TOTAL:
            table.total = found if found.depth == 0 or table.total is None else table.total
        else:
            table.lines.append(found)
    _spread(table)
    _refuse_twins(table)
    for line in table.lines:
        _judge(line, table.formulas)
        upper = line.section == TREE and line.depth in (PROGRAMME, ACTIVITY) and not line.children
        if upper and (line.value("ceiling") or line.value("realised")):
            line.fail("name", f"{LEVEL_WORDS[line.depth].capitalize()} ini tidak punya rincian di bawahnya.")
    return table


def _refuse_twins(table: Table) -> None:
    """The same row twice: the second can't be saved, and counts in no sum."""
    seen: dict[tuple, Line] = {}
    for line in table.of(TREE):
        if line.depth == DETAIL:
            continue
        key = ("code", line.code) if line.code else (id(line.parent), comparable(line.name))
        first = seen.setdefault(key, line)
        if first is not line:
            line.fail(
                "name",
                f"Baris yang sama sudah ada di baris {first.number}. Satukan angkanya di satu baris, atau beri baris "
                "ini kode dan uraiannya sendiri (sel yang digabung berlaku untuk semua barisnya).",
            )
            line.twin = line.depth == SUB_ACTIVITY
            if line.twin and line.parent is not None:
                line.parent.children.remove(line)
