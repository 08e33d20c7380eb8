"""R1, R14: numbers that stand on nothing else in the report."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from lkip.checker.columns import split, with_role
from lkip.checker.context import Report
from lkip.checker.digits import slip
from lkip.checker.facts import NUM, mention
from lkip.checker.model import Finding
from lkip.checker.numbers import Number, find, only, show
from lkip.checker.words import near, plain, terms, words_of
from lkip.enums import Severity


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    yield from money(report)
    yield from shares(report)
    yield from absorptions(report)
    yield from gaps(report)
    yield from income(report)


def money(report: Report) -> Iterator[Finding]:
    """R14: a target or a realisasi in rupiah that no table holds."""
    known = {
        n.value
        for t in report.document.tables
        for r in t.rows
        for c in r.cells
        for n in find(c)
        if n.value >= 10**5
    }
    listed = _summed(report)
    for line in report.document.prose():
        for match in re.finditer(
            rf"(?i)target[^.\d]{{0,60}}sebesar\s+(?:Rp\.?\s*)?(?P<value>{NUM})", line.text
        ):
            number = find(match["value"])[0]
            if number.value < 10**5 or number.percent or number.value in known | listed or number.malformed:
                continue
            row = _topic(report, line.no, line.text)
            zero = only(row.cell(with_role(row_table(report, row), "ceiling")[0].place)) if row else None
            yield report.finding(
                "R14",
                "SAME",
                f"Target {number.text} tidak ada dalam tabel mana pun"
                + (f"; baris “{row.cell(0)}” mencetak {zero.text}" if row and zero else ""),
                [line.no, *(row.lines if row else ())],
                [number.text, *([row.cell(0)] if row else [])],
                f"{number.text} − {zero.text} = {show(number.value - zero.value)} ≠ 0" if zero else "",
            )


def _tabled(report: Report) -> set[Fraction]:
    """Every number that stands in a table."""
    return {n.value for t in report.document.tables for r in t.rows for c in r.cells for n in find(c)}


def row_table(report: Report, row):
    """The table a row stands in."""
    return next(t for t in report.document.tables if row in t.rows)


def _summed(report: Report) -> set[Fraction]:
    """Amounts in prose that stand in a list whose sum is printed."""
    values = [
        n.value for line in report.document.prose() for n in find(line.text) if n.money and n.value >= 10**6
    ]
    every, found = set(values), set()
    for size in (2, 3, 4, 5):
        for i in range(len(values) - size + 1):
            part = values[i : i + size]
            if sum(part) in every:
                found |= set(part)
    return found


def _topic(report: Report, no: int, text: str):
    """The zero row of the income or spending table above that a sentence speaks of."""
    words = words_of(text)
    above = [
        t
        for t in report.document.tables
        if t.last < no <= t.last + 12 and with_role(t, "ceiling") and with_role(t, "spent")
    ]
    for table in above[-1:]:
        place = with_role(table, "ceiling")[0].place
        rows = split(table)[1]
        common = Counter(w for r in rows for w in terms(r.cell(0)))
        scored = [
            (sum(1 / common[w] for w in terms(r.cell(0)) if any(near(w, x) for x in words)), r)
            for r in rows
            if (n := only(r.cell(place))) is not None and not n.value
        ]
        best = max(scored, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] >= 1 else None
    return None


def shares(report: Report) -> Iterator[Finding]:
    """R14: a realisasi in per cent that no table holds and no two counts of the report make."""
    known = {
        n.value
        for t in report.document.tables
        for r in t.rows
        for c in r.cells
        for n in find(c)
        if n.decimals
    }
    counts: dict[str, set[Fraction]] = {}
    for line in report.document.lines:
        for number in find(line.text):
            if number.unit and not number.percent and number.value >= 20:
                counts.setdefault(number.unit, set()).add(number.value)
    for cluster in report.clusters:
        for fact in cluster:
            number = fact.number
            if (
                fact.table
                or fact.what != "actual"
                or not number.percent
                or not number.decimals
                or number.value in known
            ):
                continue
            if any(f.what == "capaian" and f.line == fact.line for f in cluster) and not _made(
                number, counts
            ):
                yield report.finding(
                    "R14",
                    "COVER",
                    f"{number.text} (“{fact.name}”) tidak tertelusur: pembilang dan penyebutnya tidak tercetak",
                    [fact.line],
                    [number.text],
                    severity=Severity.WARNING,
                )


def _made(number: Number, counts: dict[str, set[Fraction]]) -> bool:
    return any(
        number.rounds_to(min(pair) * 100 / max(pair))
        for values in counts.values()
        for pair in combinations(values, 2)
    )


def absorptions(report: Report) -> Iterator[Finding]:
    """R14: an absorption beside performance that no budget row has, and the row it may have come from."""
    rows = [
        s for _, rows in report.spending for s in rows if s.ceiling and s.spent and s.ceiling.value >= 10**6
    ]
    known = {s.percent.value for s in rows if s.percent}
    for table in report.document.tables:
        column = with_role(table, "absorption")
        if not with_role(table, "performance") or not column or with_role(table, "ceiling") or not rows:
            continue
        for row in split(table)[1]:
            number = only(row.cell(column[0].place))
            if number is None or number.value in known:
                continue
            like = [
                s for s in rows if s.percent and slip(_digits(number), _digits(s.percent)).startswith("satu")
            ]
            true = next(
                (s for _, found in report.spending for s in found if like and _truth(s, like[0])), None
            )
            said = _absorption(true) if true else ""
            yield report.finding(
                "R14",
                "SAME",
                f"Serapan {number.text} tidak ada dalam tabel anggaran"
                + (f"; mungkin {like[0].percent.text}" if like else ""),
                [row.no, *(no for s in like for no in s.lines)],
                [number.text, *(s.percent.text for s in like)],
                f"{like[0].percent.text} − {number.text} = {show(like[0].percent.value - number.value)} ≠ 0{said}"
                if like
                else "",
            )


def _digits(number: Number) -> int:
    return int(number.value * 10**number.decimals)


def _absorption(row) -> str:
    share = row.spent.value * 100 / row.ceiling.value
    return f"; {row.spent.text} ÷ {row.ceiling.text} × 100 = {show(share)}"


def _truth(row, like) -> bool:
    if not row.ceiling or not row.spent or not row.ceiling.value:
        return False
    return like.percent.rounds_to(row.spent.value * 100 / row.ceiling.value)


def gaps(report: Report) -> Iterator[Finding]:
    """A difference in points said of an indicator against its realisasi and the national value."""
    pattern = re.compile(rf"(?i)selisih\s+(?:sebanyak|sebesar)?\s*(?P<value>{NUM})\s*poin")
    for line in report.document.prose():
        for match in pattern.finditer(line.text):
            number = find(match["value"] + " poin")[0]
            for cluster in report.clusters:
                national = next((f for f in cluster if f.what == "national"), None)
                actual = next(
                    (f for f in cluster if f.what == "actual" and national and f.table == national.table),
                    None,
                )
                before = line.text[max(0, match.start() - 220) : match.start()]
                if actual is None or not any(mention(before, f.name) >= 0 for f in cluster):
                    continue
                real = abs(national.number.value - actual.number.value)
                if not number.rounds_to(real):
                    yield report.finding(
                        "R14",
                        "FORMULA",
                        f"Selisih “{actual.name}” terhadap nasional disebut {number.text} poin",
                        [line.no, actual.line, national.line],
                        [f"{number.text} poin", national.number.text, actual.number.text],
                        f"{national.number.text} − {actual.number.text} = {show(real)} ≠ {number.text}",
                    )
                break


_TWICE = re.compile(
    rf"realisasi\s[^.;]*?sebesar\s+Rp\.?\s*(?P<first>{NUM})[^.;\d]{{0,12}}dengan\s+realisasi\s+sebesar\s+Rp\.?\s*(?P<second>{NUM})"
)
_INCOME = re.compile(
    rf"realisasi\s(?P<what>pendapatan|belanja)\s[^;\d]*?(?:[Tt]ahun[^;\d]*\d{{4}}[^;\d]*)?sebesar\s+(?P<all>Rp\.?\s*(?P<value>{NUM})\s*\((?P<share>{NUM})\s?%\))"
)


def income(report: Report) -> Iterator[Finding]:
    """A realisasi of income or spending said in prose against the table's total, and one said twice."""
    for line in report.document.prose():
        match = _TWICE.search(line.text)
        if match and find(match["first"])[0].value != find(match["second"])[0].value:
            first, second = find(match["first"])[0], find(match["second"])[0]
            yield report.finding(
                "R1",
                "SAME",
                "Satu kalimat memberi dua nilai realisasi",
                [line.no],
                [f"sebesar Rp. {first.text}", f"sebesar Rp. {second.text}"],
                f"{first.text} − {second.text} = {show(first.value - second.value)} ≠ 0",
            )
        match = _INCOME.search(line.text)
        for table in report.document.tables if match else ():
            spent, share = with_role(table, "spent"), with_role(table, "absorption")
            total = next(
                (r for r in reversed(table.rows) if plain(r.cell(0)) in _totals(match["what"])), None
            )
            number = only(total.cell(spent[0].place)) if total and spent else None
            value = find(match["value"])[0]
            if number is not None and number.value != value.value:
                yield report.finding(
                    "R1",
                    "SAME",
                    f"Realisasi {match['what']} disebut {match['all']}, tabelnya {number.text}",
                    [line.no, total.no],
                    [match["all"], number.text, total.cell(share[0].place) if share else ""],
                    f"{number.text} − {value.text} = {show(number.value - value.value)} ≠ 0",
                )


def _totals(what: str) -> tuple[str, ...]:
    return (f"jumlah {what}", f"total {what}")
