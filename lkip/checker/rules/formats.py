"""R16: numbers that no notation explains, notations mixed, units twice or missing."""

import re
from collections.abc import Iterator

from lkip.checker.columns import columns, split, with_role
from lkip.checker.context import Report
from lkip.checker.digits import with_separator
from lkip.checker.model import Finding, Table
from lkip.checker.numbers import find, only
from lkip.enums import Severity


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    yield from malformed(report)
    yield from mixed(report)
    for table in report.document.tables:
        yield from cells(report, table)
        yield from blanks(report, table)


def malformed(report: Report) -> Iterator[Finding]:
    """Amounts whose groups are no groups of three, or that end in a separator."""
    for line in report.document.lines:
        texts = line.cells if line.cells is not None else (line.text,)
        for text in texts:
            for number in find(text):
                open_end = (
                    line.cells is not None
                    and number.style.startswith("t")
                    and re.search(rf"{re.escape(number.text)}\.\s*$", text) is not None
                    and only(text) is not None
                )
                if re.match(r"0\d?\.", number.text):
                    continue
                if not (number.malformed and number.value >= 10**5) and not open_end:
                    continue
                shown = number.text + ("." if open_end else "")
                guess = next(with_separator(number.text), None)
                more, values = _elsewhere(report, line.no, number.value)
                yield report.finding(
                    "R16",
                    "NUMFMT",
                    f"“{shown}” bukan penulisan angka yang lazim"
                    + (f"; mungkin {guess:,}".replace(",", ".") if guess else ""),
                    [line.no, *more],
                    [shown, *values],
                    severity=Severity.WARNING,
                )


def _elsewhere(report: Report, line: int, value) -> tuple[list[int], list[str]]:
    """Other prints of the amount of the same budget row."""
    rows = [
        (r, n) for _, rows in report.spending for r in rows for n in (r.spent, r.ceiling) if n is not None
    ]
    own = next((r for r, n in rows if line in r.lines and n.value == value), None)
    if own is None or own.ceiling is None or own.spent is None or own.spent.value != value:
        return [], []
    same = [
        r for r, _ in rows if r is not own and r.ceiling and r.spent and r.ceiling.value == own.ceiling.value
    ]
    same = [r for r in same if r.spent.value != value]
    return [r.lines[0] for r in same], [r.spent.text for r in same]


def mixed(report: Report) -> Iterator[Finding]:
    """Commas between thousands where the report elsewhere writes dots."""
    dots = sum(n.style.startswith("t.") for line in report.document.lines for n in find(line.text))
    found, small = [], []
    for line in report.document.lines:
        if line.cells is not None and len(line.cells) > 8:
            continue
        for number in find(line.text):
            if number.style.startswith("t,") and not number.malformed:
                found.append((line.no, number.text))
            elif number.style == "d." and number.percent and line.cells is None and number.decimals < 3:
                small.append((line.no, number.text))
    if found and dots > len(found):
        every = [*found, *small]
        yield report.finding(
            "R16",
            "NUMFMT",
            f"Pemisah ribuan dan desimal tercampur: {', '.join(dict.fromkeys(t for _, t in every))}",
            [no for no, _ in every],
            [t for _, t in every],
            severity=Severity.WARNING,
        )


def cells(report: Report, table: Table) -> Iterator[Finding]:
    """A unit twice, a target without the unit of its column, words in a column of money."""
    targets = [c.place for c in with_role(table, "baseline", "target")]
    money = [c.place for c in columns(table) if c.role == "ceiling"]
    if len(targets) < 3 or with_role(table, "unit"):
        return
    usual = _with_units(table, targets)
    for row in split(table)[1]:
        for place in (*targets, *money):
            text = row.cell(place)
            number = only(text)
            if re.search(r"\d\s?%\s*[Pp]ersen", text):
                yield _cell(report, row.no, text, "Satuan tercetak dua kali")
            elif place in usual and number and not number.unit and not number.percent and number.value >= 100:
                bare = re.fullmatch(r"[\d.,]+", text)
                others = [only(row.cell(p)) for p in targets if p != place]
                if bare and not any(o and o.value == number.value for o in others):
                    yield _cell(report, row.no, text, "Target tanpa satuan")
            elif place in money and text and number is None and len(find(text)) > 1:
                yield _cell(report, row.no, text, "Kolom rupiah memuat teks target")
                break


def _with_units(table: Table, targets: list[int]) -> set[int]:
    """The target columns in which nearly every number has its unit."""
    found = set()
    for place in targets:
        numbers = [(n, row.cell(place)) for row in split(table)[1] if (n := only(row.cell(place)))]
        bare = [n for n, text in numbers if re.fullmatch(r"[\d.,]+", text)]
        if len(numbers) >= 3 and len(bare) * 5 <= len(numbers):
            found.add(place)
    return found


def _cell(report: Report, line: int, text: str, title: str) -> Finding:
    return report.finding("R16", "NUMFMT", f"{title}: “{text}”", [line], [text], severity=Severity.WARNING)


def blanks(report: Report, table: Table) -> Iterator[Finding]:
    """R8: rows of a yearly plan whose amount is blank while others have one."""
    rows = [r for r in table.rows if any(re.fullmatch(r"(?i)rupiah", c.strip()) for c in r.cells)]
    if not rows:
        return
    every = [
        r
        for t in report.document.tables
        for r in t.rows
        if any(re.fullmatch(r"(?i)rupiah", c.strip()) for c in r.cells)
    ]
    if rows[0] is not every[0]:
        return
    blank = []
    for row in every:
        at = next(i for i, c in enumerate(row.cells) if re.fullmatch(r"(?i)rupiah", c.strip()))
        if not any(only(c) for c in row.cells[at + 1 :]):
            words = [c for c in row.cells[:at] if len(c.strip()) > 6]
            blank.append((row.no, words[-1] if words else ""))
    if blank and len(blank) < len(every):
        yield report.finding(
            "R8",
            "COVER",
            f"{len(blank)} dari {len(every)} baris rencana kinerja tanpa pagu",
            [no for no, _ in blank],
            [text for _, text in blank],
            f"{len(every)} − {len(blank)} = {len(every) - len(blank)} baris berpagu",
            Severity.WARNING,
        )
