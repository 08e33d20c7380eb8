"""What contradicts itself in a budget table: sums, percentages, the two breakdowns, the way numbers are written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from core import formats
from core.formats import number
from lkip.budget_sheet.amounts import Amount
from lkip.budget_sheet.rows import DETAIL, TREE, TYPE, Line, Table
from lkip.checker.repair import TOTAL, BudgetRow, Repair, candidates
from lkip.checker.repair_option import UNKNOWN
from lkip.checker.repair_tree import decimals, percent_true

COLUMNS = (("initial", "Pagu murni"), ("ceiling", "Pagu"), ("realised", "Realisasi"))


@dataclass(frozen=True)
class Contradiction:
    """One contradiction. ``rule`` as in the checker's catalogue (R2 sums, R3 ratios, R16 notation, R21 columns)."""

    rule: str
    cell: str
    row: int
    label: str
    message: str


@dataclass(frozen=True)
class Sum:
    """An amount that must equal a sum: what is printed, and what the rows give; ``kind`` and ``cell`` name it."""

    kind: str
    cell: str
    row: int
    label: str
    title: str
    printed: int
    computed: int
    words: str

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.printed == self.computed

    def contradiction(self) -> Contradiction:
        """What is said when they are not."""
        verb = " tercetak" if self.kind in ("rincian", "program") else ""
        words = f"{self.title}{verb} {number(self.printed)}; {self.words}, {_apart(self.printed - self.computed)}."
        return Contradiction("R2", self.cell, self.row, self.label, words)


def _apart(difference: int) -> str:
    """Say how far a printed number stands from the computed one; no sign, which a line break could part from it."""
    return f"{'lebih' if difference > 0 else 'kurang'} {number(abs(difference))}"


def contradictions(table: Table, *, known_total: tuple[int, int] | None = None) -> list[Contradiction]:
    """Return everything in the table that can't all be true, in the order of the rows."""
    found: list[Contradiction] = []
    for line in table.lines:
        found += _notation(line)
        found += [each.contradiction() for each in _sums(line) if not each.holds]
        found += _ratio(line)
        found += _beyond(line)
    if table.total is not None:
        found += _ratio(table.total)
    found += [each.contradiction() for each in _totals(table, known_total) if not each.holds]
    found += _copied(table)
    return found


def _notation(line: Line) -> list[Contradiction]:
    return [
        Contradiction(
            "R16", line.cell(name), line.number, line.name, f"{amount.odd} Tercetak “{amount.text[:40]}”."
        )
        for name, amount in line.amounts.items()
        if amount.odd
    ]


def _sums(line: Line) -> list[Sum]:
    found = []
    for name, title in COLUMNS:
        printed = line.value(name) if name in line.amounts else None
        parts = [child.value(name) for child in line.children]
        if printed is None or not parts or any(part is None for part in parts):
            continue
        cells = "+".join(child.cell(name) for child in line.children)
        words = f"jumlah rinciannya {number(sum(parts))} ({cells})"
        found.append(
            Sum("rincian", line.cell(name), line.number, line.name, title, printed, sum(parts), words)
        )
    return found


def _ratio(line: Line) -> list[Contradiction]:
    ceiling, realised, printed = line.value("ceiling"), line.value("realised"), line.percent
    if printed is None or ceiling is None or realised is None or percent_true(ceiling, realised, printed):
        return []
    shown = number(printed, decimals(printed))
    if ceiling:
        true = number(Decimal(realised) * 100 / ceiling, max(2, decimals(printed)))
        words = f"Tercetak {shown} persen; {number(realised)} ÷ {number(ceiling)} = {true} persen."
    else:
        words = f"Tercetak {shown} persen, padahal pagunya nol: tidak ada yang bisa dibagi."
    return [Contradiction("R3", line.cell("percent"), line.number, line.name, words)]


def _beyond(line: Line) -> list[Contradiction]:
    ceiling, realised = line.value("ceiling"), line.value("realised")
    if not line.leaf or ceiling is None or realised is None or realised <= ceiling:
        return []
    words = "Realisasi tanpa pagu." if not ceiling else f"Realisasi melebihi pagu {number(ceiling)}."
    return [Contradiction("R2", line.cell("realised"), line.number, line.name, words)]


def _of_roots(table: Table, section: str, name: str) -> int | None:
    roots = [
        line for line in table.of(section) if line.parent is None and line.depth != DETAIL and not line.twin
    ]
    values = [line.value(name) for line in roots]
    return sum(values) if values and all(value is not None for value in values) else None


def _totals(table: Table, known: tuple[int, int] | None) -> list[Sum]:
    """The total against the programmes, and the breakdown by type against both."""
    found = []
    for place, (name, title) in enumerate(COLUMNS[1:]):
        programmes, types = _of_roots(table, TREE, name), _of_roots(table, TYPE, name)
        if programmes is None:
            continue
        of_all = f"jumlah semua program {number(programmes)}"
        printed = table.total.value(name) if table.total else None
        if printed is not None:
            cell = table.total.cell(name)
            found.append(
                Sum("program", cell, table.total.number, "Jumlah", title, printed, programmes, of_all)
            )
        if types is not None:
            first = table.of(TYPE)[0]
            found.append(
                Sum(
                    "jenis",
                    first.cell(name),
                    first.number,
                    first.name,
                    f"{title} menurut jenis belanja",
                    types,
                    programmes,
                    f"menurut program {number(programmes)}",
                )
            )
        if known is not None:
            whose = f"{title} seluruh dinas menurut sumber lain"
            found.append(Sum(f"lain-{name}", "jumlah", 0, "Jumlah", whose, known[place], programmes, of_all))
    return found


def _copied(table: Table) -> list[Contradiction]:
    """A physical column that repeats the financial one in every row was copied, not measured."""
    pairs = [
        (line.physical, line.percent)
        for line in table.of(TREE)
        if line.physical is not None and line.percent is not None and line.percent not in (0, 100)
    ]
    if len(pairs) < 5 or any(physical != percent for physical, percent in pairs):
        return []
    first = next(line for line in table.of(TREE) if line.physical is not None)
    words = "Persen fisik sama dengan persen keuangan pada semua baris: tampaknya disalin, bukan diukur."
    return [Contradiction("R21", first.cell("physical"), first.number, "Persen fisik", words)]


def budget_rows(table: Table) -> list[BudgetRow]:
    """The tree as the search for repairs takes it."""

    def text(line: Line, name: str) -> str:
        amount = line.amounts.get(name)
        return amount.text if amount is not None and amount.odd else ""

    return [
        BudgetRow(
            line.key,
            line.name,
            line.depth,
            line.value("ceiling"),
            line.value("realised"),
            line.percent,
            text(line, "ceiling"),
            text(line, "realised"),
        )
        for line in _in_order(table)
    ]


def _in_order(table: Table) -> list[Line]:
    """The rows of the tree, each below its parent, whatever their order in the file; a row printed twice once."""
    lines = [line for line in table.of(TREE) if line.depth != DETAIL and not line.twin]
    found: list[Line] = []

    def walk(line: Line) -> None:
        found.append(line)
        for child in line.children:
            if child.depth != DETAIL:
                walk(child)

    roots = [line for line in lines if line.parent is None]
    for line in sorted(
        roots, key=lambda root: root.depth == 0
    ):  # those without a parent belong to no programme
        walk(line)
    return found


def total_of(table: Table, known: tuple[int, int] | None) -> tuple[int, int] | None:
    """Ceiling and realisation of the whole table: told from elsewhere, printed as total, or by type of spending."""
    if known is not None:
        return known
    printed = (table.total.value("ceiling"), table.total.value("realised")) if table.total else (None, None)
    by_type = (_of_roots(table, TYPE, "ceiling"), _of_roots(table, TYPE, "realised"))
    for pair in (printed, by_type):
        if None not in pair:
            return pair
    return None


def repairs(
    table: Table,
    *,
    known_total: tuple[int, int] | None = None,
    known: Mapping[str, list[int]] | None = None,
    most: int = 5,
) -> list[Repair]:
    """Return the few corrections that would make the table agree with itself, the likeliest first.

    `known` are the ceilings that plan documents print for a row, by its key.
    """
    if any(line.section == TREE and line.depth is None for line in table.lines):
        return []
    others = {line.value("realised") for line in table.of(TYPE)} | {
        line.value("ceiling") for line in table.of(TYPE)
    }
    others.discard(None)
    return candidates(
        budget_rows(table),
        total=total_of(table, known_total),
        others=others,
        known=known,
        most=most,
        correct_total=known_total is None and table.total is not None,
    )


def closed_sums(table: Table, repair: Repair, *, known_total: tuple[int, int] | None = None) -> list[str]:
    """Say every sum that is broken now and holds after a repair, in words.

    One corrected cell often mends several; whoever chooses must see all of them. A sum over an amount that nothing
    determines is not among them.
    """
    after = {(each.kind, each.cell): each for each in _all_sums(_repaired(table, repair), known_total)}
    said = []
    for each in _all_sums(table, known_total):
        then = after.get((each.kind, each.cell))
        if not each.holds and then is not None and then.holds:
            said.append(f"{each.cell} “{each.label[:60]}”, {each.title.lower()} {number(then.printed)}")
    return said


def _all_sums(table: Table, known_total: tuple[int, int] | None) -> list[Sum]:
    return [*(each for line in table.lines for each in _sums(line)), *_totals(table, known_total)]


def _repaired(table: Table, repair: Repair) -> Table:
    """The table as it would be printed after a repair: amounts corrected, rows moved away, missing rows put in."""
    moved = {move.key for move in repair.moves}
    copies = {line: replace(line, amounts=_amounts(line, repair), children=[]) for line in table.lines}
    for line, copy in copies.items():
        copy.parent = copies.get(line.parent)
        copy.children = [copies[child] for child in line.children if child.key not in moved]
    by_key = {line.key: copy for line, copy in copies.items()}
    lines = list(copies.values())
    for gap in repair.missing:
        parent = by_key.get(gap.parent_key)
        depth = parent.depth + 1 if parent is not None else 0
        amounts = {"ceiling": Amount(gap.ceiling), "realised": Amount(gap.realised)}
        added = Line(0, TREE, depth, "", "", amounts, None, None, {}, parent=parent)
        (lines if parent is None else parent.children).append(added)
    return replace(table, lines=lines, total=_total(table, repair))


def _total(table: Table, repair: Repair) -> Line | None:
    """The total's row after a repair."""
    columns = {"pagu": "ceiling", "realisasi": "realised"}
    mended = {columns[e.column]: Amount(e.proposed) for e in repair.edits if e.key == TOTAL}
    return replace(table.total, amounts=table.total.amounts | mended) if mended else table.total


def _amounts(line: Line, repair: Repair) -> dict[str, Amount]:
    """The amounts of a line after a repair; one that stays unknown has no value."""
    if line.section != TREE or line.key not in repair.rows:
        return line.amounts
    ceiling, realised = (None if value == UNKNOWN else value for value in repair.rows[line.key])
    name = "ceiling" if "ceiling" in line.amounts else "initial"
    return line.amounts | {name: Amount(ceiling), "realised": Amount(realised)}


def truths(table: Table, repair: Repair) -> list[str]:
    """Say what a repair makes true that is printed and false now, in words."""
    said = []
    for line in table.of(TREE):
        after = repair.rows.get(line.key)
        if after is None or line.percent is None:
            continue
        now = percent_true(line.value("ceiling"), line.value("realised"), line.percent)
        if not now and percent_true(*after, line.percent):
            said.append(f"{line.cell('percent')} “{line.name[:60]}”: {formats.percent(line.percent)}")
    return said


def left_false(table: Table, values: Mapping[str, tuple[int, int]]) -> list[str]:
    """The printed percentages that stay false after a repair; one that is true as printed follows its amounts."""
    return [
        f"{line.cell('percent')} “{line.name[:60]}”"
        for line in table.of(TREE)
        if line.key in values
        and line.percent is not None
        and not percent_true(*values[line.key], line.percent)
        and not percent_true(line.value("ceiling"), line.value("realised"), line.percent)
    ]


def why_no_repair(found: list[Contradiction], *, searched: bool, placed: bool) -> str:
    """Say why nothing is proposed although sums contradict each other; "" where none does.

    `searched` is False for a table too long to search, `placed` where the level of a row is not known.
    """
    cells = list(
        dict.fromkeys(each.cell for each in found if each.rule == "R2" and "melebihi" not in each.message)
    )
    if not cells:
        return ""
    where = (
        f"Periksa {', '.join(cells[:8])}{' dan lainnya' if len(cells) > 8 else ''} pada dokumen sumbernya."
    )
    if not searched:
        return f"Tabel ini terlalu panjang untuk dicarikan perbaikan. {where}"
    if not placed:
        return f"Tingkat sebagian baris tidak dikenali, jadi jumlahnya tidak bisa ditelusuri. {where}"
    return f"Lebih dari satu sel bertentangan, dan tidak ada perbaikan yang menutup semuanya. {where}"
