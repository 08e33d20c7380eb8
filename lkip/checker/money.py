"""Tables of money: rows of programme, kegiatan and sub kegiatan with pagu, realisasi and percentage.

Text that came from a scan may print a row twice, the second time garbled. Of two neighbouring rows whose digits
resemble each other, that reading is taken whose percentage is true; a row that carries on a label and contradicts
itself is left out.
"""

import re
from dataclasses import dataclass, field, replace
from itertools import product

from lkip.checker.columns import split, with_role
from lkip.checker.model import Document, Row, Table
from lkip.checker.numbers import Number, find, only
from lkip.checker.words import plain, shared, terms

_MARK = re.compile(r"(?i)\b(sub ?kegiatan|kegiatan|program)\b\s*:?")
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+(?![\d])")
LEVELS = {"program": 0, "kegiatan": 1, "sub kegiatan": 2, "subkegiatan": 2}


@dataclass
class Spending:
    """A row: its label and level (0 programme, 1 kegiatan, 2 sub kegiatan, None unknown), and three printed cells."""

    lines: list[int]
    label: str
    level: int | None
    ceiling: Number | None
    spent: Number | None
    percent: Number | None
    children: list["Spending"] = field(default_factory=list)

    @property
    def true(self) -> bool:
        """Whether the percentage is realisasi ÷ pagu × 100 as printed."""
        return _true(self.ceiling, self.spent, self.percent)


def _true(ceiling: Number | None, spent: Number | None, percent: Number | None) -> bool:
    if not ceiling or not spent or not percent or not ceiling.value:
        return False
    return percent.rounds_to(spent.value * 100 / ceiling.value)


@dataclass(frozen=True)
class Budgeted:
    """A label with one amount of pagu, for comparing documents. ``source`` is RENSTRA, RKT, PK, PK_OLD or REPORT."""

    label: str
    amount: Number
    lines: tuple[int, ...]
    source: str
    level: int | None
    table: int = 0


def source_of(table: Table, document: Document) -> str:
    """Which document a table repeats, by its caption and its head."""
    years = {c.year for c in with_role(table, "target") if c.year}
    caption = table.caption if len(table.caption) < 200 else ""
    words = plain(caption + " " + " ".join(table.rows[0].cells))
    if len(years) >= 3 or re.search(r"rencana strategis|renstra|rencana program", words):
        return "RENSTRA"
    if re.search(r"rencana kinerja|\brkt\b", words):
        return "RKT"
    if with_role(table, "actual", "spent"):
        return "REPORT"
    if "perjanjian kinerja" in words or re.search(r"anggaran program kegiatan", words):
        later = any(
            "perjanjian kinerja perubahan" in plain(t.caption)
            for t in document.tables
            if t.first > table.first
        )
        return "PK_OLD" if later and "perubahan" not in words else "PK"
    return "REPORT"


def level_of(label: str) -> int | None:
    """The level a label names itself, or nothing."""
    marks = [LEVELS[re.sub(r"\s+", " ", m[1].lower())] for m in _MARK.finditer(label[:40])]
    if re.match(r"\s*PROGRAM\b", label):
        return 0
    if marks and re.match(r"(?i)\s*(?:\w{1,3}[. ]\s*)?(program|kegiatan|sub ?kegiatan)", label):
        return marks[0]
    return None


def bare(label: str) -> str:
    """A label without its level word and its ordinal."""
    return re.sub(
        r"(?i)^\s*(?:[0-9]{1,2}[.)]?\s+)?(?:program|sub ?kegiatan|kegiatan)\s*:?\s*", "", label
    ).strip()


def spending(table: Table) -> list[Spending]:
    """Return the rows of a table that has pagu, realisasi and, mostly, a percentage."""
    ceilings, spents = with_role(table, "ceiling"), with_role(table, "spent")
    targets, actuals = with_role(table, "target"), with_role(table, "actual")
    if ceilings and spents:
        places = (ceilings[0].place, spents[0].place)
    elif targets and actuals and with_role(table, "label"):
        places = (targets[0].place, actuals[0].place)
    else:
        return []
    percents = with_role(table, "absorption", "capaian")
    own = [c for c in percents if c.place > places[1]] or percents
    rows = _read(table, (*places, own[0].place if own else -1))
    return _settled(rows) if table.torn else _plain(rows)


def _plain(raw: list["_Raw"]) -> list[Spending]:
    """Rows that are whole are what they say."""
    return [Spending(list(one.row.lines), one.label, one.level, *one.numbers) for one in raw]


@dataclass
class _Raw:
    row: Row
    label: str
    level: int | None
    numbers: list[Number | None]
    continues: bool
    named: bool


def _read(table: Table, places: tuple[int, int, int]) -> list[_Raw]:
    found: list[_Raw] = []
    mark: int | None = None
    first = min(p for p in places if p >= 0)
    for row in split(table)[1]:
        words = [c.strip() for c in row.cells[:first] if c.strip()]
        label = " ".join(words)
        named = level_of(label)
        mark = named if named is not None else mark
        cells = [row.cell(p) if p >= 0 else "" for p in places]
        lists = [_several(c) for c in cells]
        size = max(map(len, lists))
        if size == 0 or not any(lists[:2]):
            if table.torn and found and label and named is None and not re.match(r"\w{1,3}\.?$", row.cell(0)):
                found[-1].label += f" {label}"
            continue
        level, mark = (mark, 2 if mark is not None else None)
        content = bare(label)
        lower = not content or content[:1].islower() or not row.cell(0)
        for i in range(size):
            numbers = [c[i] if i < len(c) else None for c in lists]
            found.append(_Raw(row, content, level if i == 0 else 2, numbers, lower, named is not None))
    return found


def _several(cell: str) -> list[Number]:
    one = only(cell)
    if one is not None:
        return [one]
    numbers = find(cell)
    rest = re.sub(r"[\d.,\s%]|Rp", "", cell)
    return numbers if 1 < len(numbers) <= 3 and not rest and all(n.style for n in numbers) else []


def _alike(a: Number | None, b: Number | None) -> bool:
    """Whether two prints look like two readings of one: as many digits, two in five of them the same."""
    if a is None or b is None:
        return True
    x, y = re.sub(r"\D", "", a.text), re.sub(r"\D", "", b.text)
    return len(x) == len(y) and 5 * sum(p == q for p, q in zip(x, y, strict=True)) >= 2 * len(x)


def _settled(raw: list[_Raw]) -> list[Spending]:
    rows: list[Spending] = []
    place = 0
    while place < len(raw):
        one, numbers, label, lines = (
            raw[place],
            raw[place].numbers,
            raw[place].label,
            list(raw[place].row.lines),
        )
        following = raw[place + 1 : place + 3]
        if following and _ghostly(one, following[0]):
            numbers, label = _better(one, following)
            lines += following[0].row.lines
            place += 1
            if following[0].named and len(following) > 1 and not following[1].named:
                following[1].level = following[0].level
        place += 1
        made = Spending(sorted(set(lines)), label, one.level, *numbers)
        twin = next((r for r in rows[-6:] if _same_amounts(r, made) and _same_label(r, made)), None)
        if twin is not None:
            twin.lines = sorted({*twin.lines, *made.lines})
        else:
            rows.append(made)
    return rows


def _better(one: _Raw, following: list[_Raw]) -> tuple[list[Number | None], str]:
    """The likelier reading of a row printed twice: the true one, else the one printed a third time, else the first."""
    other = following[0]
    label = one.label or other.label
    choices = product(*[(a, b) for a, b in zip(one.numbers, other.numbers, strict=True)])
    true = next((list(c) for c in choices if _true(*c)), None)
    if true is not None:
        return true, label
    if len(following) > 1 and _values(other) == _values(following[1]):
        return other.numbers, other.label or label
    pairs = zip(one.numbers, other.numbers, strict=True)
    return [b if b is not None and (a is None or a.style == "t ") else a for a, b in pairs], label


def _values(raw: _Raw) -> list:
    return [n and n.value for n in raw.numbers]


def _ghostly(one: _Raw, other: _Raw) -> bool:
    """Whether two neighbouring rows look like two readings of one row."""
    if one.row is other.row or (_true(*one.numbers) and _true(*other.numbers)):
        return False
    pairs = list(zip(one.numbers[:2], other.numbers[:2], strict=True))
    if all(_same(a, b) for a, b in pairs):
        return False
    large = [n for n in (*one.numbers[:2], *other.numbers[:2]) if n is not None and n.value >= 10**6]
    if len(large) < 3 or not all(_alike(a, b) for a, b in pairs):
        return False
    percents = (one.numbers[2], other.numbers[2])
    torn = any(n is None or re.match(r"0\d", n.text) for n in percents)
    return torn or other.continues or _alike(*percents)


def _same(a: Number | None, b: Number | None) -> bool:
    return (a is None) == (b is None) and (a is None or a.value == b.value)


def _same_amounts(a: Spending, b: Spending) -> bool:
    pairs = ((a.ceiling, b.ceiling), (a.spent, b.spent), (a.percent, b.percent))
    return all(_same(x, y) for x, y in pairs)


def _same_label(a: Spending, b: Spending) -> bool:
    """A row printed again with a label that goes on: one label begins with the other's words."""
    if a.ceiling is None or a.ceiling.value < 10**6:
        return False
    x, y = plain(a.label), plain(b.label)
    return bool(x and y) and (y.startswith(x[:24]) or x.startswith(y[:24])) and len(x) != len(y)


def is_total_label(label: str) -> bool:
    """Whether a label says that its row is the sum of the others."""
    return re.match(r"(?:jumlah|total)(?: [a-z]+)?$", plain(label)) is not None


def tree(rows: list[Spending]) -> list[Spending]:
    """Hang the rows below each other by their levels; return the programmes. Rows without a level are left out."""
    roots: list[Spending] = []
    path: list[Spending] = []
    for row in rows:
        if is_total_label(row.label):
            continue
        if row.level is None:
            return []
        row.children = []
        while path and path[-1].level >= row.level:
            path.pop()
        (path[-1].children if path else roots).append(row)
        path.append(row)
    return roots


def budgeted(document: Document) -> list[Budgeted]:
    """Every label with a pagu, of all tables but those of the medium-term plan."""
    found: list[Budgeted] = []
    for number, table in enumerate(document.tables, 1):
        source = source_of(table, document)
        if source in ("RENSTRA", "PK_OLD"):
            continue
        rows = spending(table)
        if rows:
            made = [
                Budgeted(r.label, r.ceiling, tuple(r.lines), source, r.level)
                for r in rows
                if r.ceiling is not None and r.label
            ]
        else:
            made = single(table, source)
        found += [replace(b, table=number) for b in made]
    return [b for b in found if b.amount.value >= 10**6 and len(terms(b.label)) >= 2]


def single(table: Table, source: str) -> list[Budgeted]:
    """Rows that print one amount: the label stands left of it and goes on below."""
    found: list[Budgeted] = []
    width, goes_on = 0, False
    for row in table.rows:
        at = next((i for i in range(len(row.cells) - 1, 0, -1) if _amounts(row.cells[i])), None)
        if at is not None:
            texts = [i for i, c in enumerate(row.cells[:at]) if len(plain(c)) >= 6 and plain(c) not in _WORDS]
            beside = next((i for i, c in enumerate(row.cells[:at]) if plain(c) == "input"), 0)
            if not texts:
                continue
            width = beside - 1 if beside > 0 else texts[-1]
            amounts = _amounts(row.cells[at])
            labels = _parts(row.cells[width], len(amounts))
            found += [
                Budgeted(label, amount, row.lines, source, level_of(label))
                for label, amount in zip(labels, amounts, strict=True)
            ]
            goes_on = table.torn
        elif goes_on and row.cell(width) and plain(row.cell(width)) not in _WORDS:
            last = found[-1]
            near = row.no - last.lines[0] <= 5 and len(last.label) < 160
            goes_on = near and (not row.cell(0) or width == 0)
            if goes_on:
                label = f"{last.label} {row.cell(width)}"
                found[-1] = Budgeted(label, last.amount, last.lines, source, last.level)
    return found


def _amounts(cell: str) -> list[Number]:
    """The sums of money of a cell that holds nothing else."""
    if re.sub(r"[\d.,\s\-]|Rp", "", cell):
        return []
    one = only(cell)
    if one is not None:
        return [one] if one.value >= 10**6 and one.style else []
    return [find(m[0])[0] for m in _AMOUNT.finditer(cell)]


_WORDS = frozenset(("input", "output", "outcome", "dana", "rupiah", "sdm", "orang", "persen", ""))


def _parts(label: str, count: int) -> list[str]:
    """Cut a label that holds two rows where its first word comes again."""
    if count == 1:
        return [label]
    first = label.split()[0] if label.split() else ""
    again = label.find(first, len(first)) if first else -1
    return (
        [label[:again].strip(), label[again:].strip()] + [label] * (count - 2)
        if again > 0
        else [label] * count
    )


def same_label(a: str, b: str) -> bool:
    """Whether two labels name the same row; one may be cut short or carry a neighbour's words."""
    return label_likeness(a, b) > 0


def label_likeness(a: str, b: str) -> float:
    """How much two labels name the same row, 0 when they do not."""
    x, y = terms(a), terms(b)
    if min(len(x), len(y)) < 3:
        return float(plain(a) == plain(b))
    both = shared(x, y) if len(x) <= len(y) else shared(y, x)
    if both < 0.85 * min(len(x), len(y)) or both < 0.5 * max(len(x), len(y)):
        return 0.0
    return both / (len(x) + len(y) - both)
