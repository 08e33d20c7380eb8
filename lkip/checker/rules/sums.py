"""R2: every total is the sum of its rows, every parent the sum of its children, every part smaller than its whole."""

import re
from collections.abc import Iterator
from fractions import Fraction

from lkip.checker.columns import split, with_role
from lkip.checker.context import Report
from lkip.checker.model import Finding, Row, Table
from lkip.checker.money import Spending, single, source_of
from lkip.checker.nesting import closes
from lkip.checker.numbers import Number, find, only, show
from lkip.checker.words import plain

MOST_SHOWN = 30


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    for table in report.document.tables:
        yield from totals(report, table)
    yield from amounts(report)
    for roots in report.trees:
        for root in roots:
            yield from parents(report, root)
        yield from whole(report, roots)
    yield from plan_counts(report)
    yield from lists(report)
    yield from revisions(report)


def chain(values: list[Fraction], sign: str = " + ") -> str:
    """The left side of a sum, shortened in the middle when it is long."""
    texts = [show(v) for v in values]
    return sign.join(texts if len(texts) <= MOST_SHOWN else [*texts[:MOST_SHOWN], "…"])


def unequal(parts: list[Fraction], printed: Fraction) -> str:
    """The arithmetic of a sum that does not close."""
    total = sum(parts, Fraction(0))
    return f"{chain(parts)} = {show(total)} ≠ {show(printed)}; selisih {show(abs(total - printed))}"


def is_total(row: Row) -> bool:
    """Whether a row is called a total."""
    return any(re.match(r"(?:jumlah|total)(?: [a-z]+)?$", plain(c)) for c in row.cells[:4] if c.strip())


def totals(report: Report, table: Table) -> Iterator[Finding]:
    """Columns of counts and amounts against the row that is called total; trees are looked at apart."""
    rows = [r for r in split(table)[1] if any(only(c) for c in r.cells[1:])]
    if len(rows) < 3 or not is_total(rows[-1]) or len(rows) > 60:
        return
    last, body = rows[-1], [r for r in rows[:-1] if not is_total(r)]
    levels = [r for r in body if re.match(r"PROGRAM\b", " ".join(r.cells).strip())]
    skipped = {
        c.place for c in with_role(table, "no", "target", "actual", "capaian", "absorption", "efficiency")
    }
    wrong: list[tuple[int, list[Fraction], Number]] = []
    for place in range(1, len(last.cells)):
        printed = only(last.cell(place))
        numbers = [only(r.cell(place)) for r in (levels or body)]
        known = [n for n in numbers if n is not None]
        if printed is None or place in skipped or printed.percent or len(known) < 2:
            continue
        parts = [n.value for n in known]
        if not _adds_up(known, printed) and not any(n.malformed for n in known):
            wrong.append((place, parts, printed))
    if not wrong or source_of(table, report.document) == "RENSTRA":
        return
    title = f"Baris “{last.cell(0) or 'Jumlah'}” bukan jumlah baris di atasnya"
    values = [r.cell(p) for p, _, _ in wrong for r in (*body, last)]
    lines = [no for r in rows for no in r.lines]
    yield report.finding(
        "R2", "SUM", title, lines, values, "; ".join(unequal(p, n.value) for _, p, n in wrong)
    )


def _adds_up(known: list[Number], printed: Number) -> bool:
    """Whether the parts are the total: plainly, as a tree, or within the rounding of their decimals."""
    parts = [n.value for n in known]
    if sum(parts) == printed.value or closes(parts, printed.value):
        return True
    if not any(n.decimals for n in known):
        return False
    slack = sum((Fraction(1, 2 * 10**n.decimals) for n in (*known, printed)), Fraction(0))
    return any(abs(sum(parts) - depth * printed.value) <= slack for depth in (1, 2))


def amounts(report: Report) -> Iterator[Finding]:
    """A table of labels with one amount each, also one torn over lines, against its total."""
    for table in report.document.tables:
        source = source_of(table, report.document)
        if source not in ("PK", "PK_OLD") or not with_role(table, "ceiling"):
            continue
        rows = single(table, source)
        total = [r for r in rows if re.match(r"(?i)\W*(jumlah|total)", r.label)]
        parts = [r for r in rows if r not in total]
        if len(total) != 1 or len(parts) < 3:
            continue
        if sum(r.amount.value for r in parts) != total[0].amount.value:
            yield report.finding(
                "R2",
                "SUM",
                f"Jumlah anggaran tercetak {total[0].amount.text}, jumlah {len(parts)} barisnya lain",
                [no for r in rows for no in r.lines],
                [r.amount.text for r in rows],
                unequal([r.amount.value for r in parts], total[0].amount.value),
            )


def parents(report: Report, node: Spending) -> Iterator[Finding]:
    """Pagu and realisasi of a row against the rows below it."""
    for child in node.children:
        yield from parents(report, child)
    if not node.children:
        return
    wrong = []
    for name in ("ceiling", "spent"):
        own = getattr(node, name)
        below = [getattr(c, name) for c in node.children]
        if own is None or any(n is None for n in below) or any(_unreadable(n) for n in (own, *below)):
            continue
        parts = [n.value for n in below]
        if sum(parts) != own.value and not any(
            closes(each, own.value) for each in (parts, _below_all(node, name))
        ):
            wrong.append((name, parts, own))
    if not wrong:
        return
    rows = [node, *node.children]
    words = {"ceiling": "pagu", "spent": "realisasi"}
    said = "; ".join(f"{words[n]}: {unequal(p, own.value)}" for n, p, own in wrong)
    values = [n.text for r in rows for n in (r.ceiling, r.spent) if n is not None]
    title = f"“{_called(report, node)}” bukan jumlah baris di bawahnya"
    yield report.finding("R2", "SUM", title, [no for r in rows for no in r.lines], values, said)


def _below_all(node: Spending, name: str) -> list[Fraction]:
    """The numbers of all rows below a row, as they are printed."""
    found: list[Fraction] = []
    for child in node.children:
        number = getattr(child, name)
        found += [number.value] if number is not None else []
        found += _below_all(child, name)
    return found


def _called(report: Report, node: Spending) -> str:
    return node.label if len(plain(node.label)) > 2 else report.document.place(node.lines[0]).where


def _unreadable(number: Number) -> bool:
    return number.malformed and not re.fullmatch(r"\d+0\d*\.\d{3}(\.\d{3})*", number.text)


def whole(report: Report, roots: list[Spending]) -> Iterator[Finding]:
    """A programme that carries the total of the whole office beside other programmes."""
    others = {
        n.value: (n, line.no) for line in report.document.prose() for n in find(line.text) if n.value >= 10**8
    }
    for node in roots:
        rest = [r for r in roots if r is not node and r.spent and r.spent.value]
        if not node.spent or node.spent.value not in others or not rest or not node.ceiling:
            continue
        spent = sum(r.spent.value for r in rest)
        again = [
            row
            for _, rows in report.spending
            for row in rows
            if row.spent and row.spent.value == node.spent.value and row is not node
        ]
        lines = [*node.lines, others[node.spent.value][1], *(no for r in again for no in r.lines)]
        values = [node.ceiling.text, node.spent.text, *(r.ceiling.text for r in again if r.ceiling)]
        values += [node.percent.text] if node.percent else []
        yield report.finding(
            "R2",
            "SUM",
            f"“{_called(report, node)}” memuat jumlah seluruh perangkat daerah, padahal ada program lain di sampingnya",
            lines,
            values,
            f"{show(node.spent.value)} − ({chain([r.spent.value for r in rest])}) = {show(node.spent.value - spent)}"
            f" ≠ {show(node.spent.value)}",
        )


def plan_counts(report: Report) -> Iterator[Finding]:
    """Counts of a kegiatan against its sub kegiatan, where they agree in some years of the plan and not in others."""
    for table in report.document.tables:
        targets, money = with_role(table, "baseline", "target"), with_role(table, "ceiling")
        if len(targets) < 3 or not money:
            continue
        rows = split(table)[1]
        for place, row in enumerate(rows):
            children = _below(rows, place, money[0].place)
            if len(children) >= 2:
                yield from _count_family(report, row, children, [c.place for c in targets])


def _below(rows: list[Row], place: int, column: int) -> list[Row]:
    """The rows after `place` whose money sums to its own."""
    own = only(rows[place].cell(column))
    if own is None or not own.value:
        return []
    total, found = Fraction(0), []
    for row in rows[place + 1 : place + 25]:
        number = only(row.cell(column))
        if number is None:
            return []
        total += number.value
        found.append(row)
        if total == own.value:
            return found
        if total > own.value:
            return []
    return []


def _count_family(report: Report, row: Row, children: list[Row], places: list[int]) -> Iterator[Finding]:
    units = {}
    for child in children:
        first = next((n for p in places if (n := only(child.cell(p)))), None)
        if first is not None and first.unit and not first.percent:
            units.setdefault(first.unit, []).append(child)
    for family in (f for f in units.values() if len(f) >= 2):
        states = []
        for place in places:
            own, parts = only(row.cell(place)), [only(c.cell(place)) for c in family]
            if own is not None and not own.percent and all(parts):
                states.append((own, parts, sum(p.value for p in parts) == own.value))
        true = [s for s in states if s[2]]
        wrong = [s for s in states if not s[2]]
        if len(true) >= 2 and wrong:
            said = "; ".join(unequal([p.value for p in parts], own.value) for own, parts, _ in wrong)
            values = [f"{n.text} {row_unit(r, n)}" for r, ns in _cells(row, family, wrong) for n in ns]
            title = f"Target “{row.cell(2) or row.cell(0)}” bukan jumlah target sub kegiatannya pada {len(wrong)} tahun"
            yield report.finding("R2", "SUM", title, [row.no, *(c.no for c in family)], values, said)


def _cells(row: Row, family: list[Row], states: list) -> Iterator[tuple[Row, list[Number]]]:
    yield row, [own for own, _, _ in states]
    for i, child in enumerate(family):
        yield child, [parts[i] for _, parts, _ in states]


def row_unit(row: Row, number: Number) -> str:
    """The unit as the row prints it."""
    cell = next((c for c in row.cells if number.text in c and only(c)), "")
    return cell.replace(number.text, "").strip()


_PARTS = re.compile(r"(?i)(?:terdiri (?:dari|atas)|yaitu|antara lain|sebagai berikut)\s*:?\s*$")


def lists(report: Report) -> Iterator[Finding]:
    """A number that announces a list, and a line "Total …" below one, against the items."""
    lines = [line for line in report.document.lines if line.text.strip()]
    for place, line in enumerate(lines):
        if line.cells is not None or _run(lines[place : place + 1]):
            continue
        run = _run(lines[place + 1 :])
        if len(run) < 2:
            continue
        after = place + 1 + len(run)
        closing = lines[after] if after < len(lines) else None
        said = (
            re.match(r"(?i)total\s+(?:sebanyak\s+)?", closing.text)
            if closing and closing.cells is None
            else None
        )
        heads = [(closing, find(closing.text[said.end() :])[:1])] if said else []
        if _PARTS.search(line.text) or line.text.rstrip().endswith(":"):
            heads.append((line, [n for n in find(line.text) if n.unit == run[0][1].unit]))
        for head, numbers in heads:
            parts = _top([n.value for _, n in run])
            numbers = [n for n in numbers if n.unit == run[0][1].unit]
            if numbers and all(sum(parts) != n.value for n in numbers):
                yield report.finding(
                    "R2",
                    "SUM",
                    f"Rincian tidak berjumlah {numbers[0].text} {numbers[0].unit}",
                    [head.no, *(item.no for item, _ in run)],
                    [numbers[0].text, *(n.text for _, n in run)],
                    unequal(parts, numbers[0].value),
                )


def _run(lines: list) -> list[tuple]:
    """List items that end in a count of one unit."""
    found: list[tuple] = []
    for line in lines[:40]:
        item = re.match(r"\W*\w{1,2}[.)]\s|[-•]\s", line.text)
        numbers = [n for n in find(line.text[item.end() :]) if n.unit] if item and line.cells is None else []
        if len(numbers) != 1 or (found and numbers[0].unit != found[0][1].unit):
            break
        found.append((line, numbers[0]))
    return found


def _top(values: list[Fraction]) -> list[Fraction]:
    """The values without those that only say again what the one before them holds."""
    found, place = [], 0
    while place < len(values):
        found.append(values[place])
        size = next((k for k in range(2, 20) if sum(values[place + 1 : place + 1 + k]) == values[place]), 0)
        place += 1 + (size if place + size < len(values) else 0)
    return found


def revisions(report: Report) -> Iterator[Finding]:
    """An addition named in prose against what the revised budget adds."""
    old = [
        t
        for t in report.document.tables
        if source_of(t, report.document) == "PK_OLD" and with_role(t, "ceiling")
    ]
    new = [
        t for t in report.document.tables if source_of(t, report.document) == "PK" and with_role(t, "ceiling")
    ]
    if not old or not new:
        return
    before, after = _labelled(old[-1]), _labelled(new[-1])
    for line in report.document.prose():
        if not re.search(r"(?i)penambahan\s+anggaran|tambahan\s+anggaran", line.text):
            continue
        for number in (n for n in find(line.text) if n.money and n.value >= 10**6):
            changes = {
                label: after[label][0].value - b[0].value for label, b in before.items() if label in after
            }
            if not changes or number.value in changes.values():
                continue
            label = min(changes, key=lambda k: abs(changes[k] - number.value))
            total = sum(changes.values())
            a, b = after[label], before[label]
            lines = [line.no, a[1], b[1], *(max(t.last, t.first) for t in (old[-1], new[-1]))]
            sums = [sum((v[0].value for v in side.values()), Fraction(0)) for side in (before, after)]
            yield report.finding(
                "R2",
                "SUM",
                f"Penambahan anggaran {number.text} tidak sama dengan perubahan baris mana pun",
                lines,
                [number.text, a[0].text, b[0].text, *map(show, sums)],
                f"{show(a[0].value)} − {show(b[0].value)} = {show(changes[label])} ≠ {show(number.value)}; selisih "
                f"{show(abs(changes[label] - number.value))}; seluruhnya berubah {show(total)}",
            )


def _labelled(table: Table) -> dict[str, tuple[Number, int]]:
    place = with_role(table, "ceiling")[0].place
    found = {}
    for row in split(table)[1]:
        number = only(re.sub(r"Rp\.?", "", row.cell(place)))
        label = plain(row.cell(1))
        if number is not None and label and not is_total(row):
            found[label] = (number, row.no)
    return found
