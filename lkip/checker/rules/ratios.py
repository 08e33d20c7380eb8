"""R3, R4, R5, R10, R17, R20, R21: percentages against the numbers they are made of, to the decimals printed."""

import re
from collections.abc import Iterator
from fractions import Fraction

from lkip.checker.columns import columns, is_ordinal_row, items, split, with_role
from lkip.checker.context import Report
from lkip.checker.digits import with_separator
from lkip.checker.facts import NUM, block_items
from lkip.checker.model import Finding, Table
from lkip.checker.money import Spending
from lkip.checker.numbers import Number, find, only, show
from lkip.checker.words import plain
from lkip.enums import Severity

DOWN = re.compile(r"(?i)pengangguran|kemiskinan|kematian|pelanggaran|kecelakaan")
HALF = Fraction(1, 2)


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    for _, rows in report.spending:
        yield from spending(report, rows)
    for table in report.document.tables:
        yield from achievement(report, table)
        yield from efficiency(report, table)
        yield from twin_columns(report, table)
        yield from backfilled(report, table)
        yield from no_money(report, table)
    yield from prose(report)
    yield from exchanged(report)


def near(value: Fraction, printed: Number, low: Fraction, high: Fraction) -> bool:
    """Whether a printed result can come from parts that were themselves rounded."""
    half = HALF / 10**printed.decimals
    return printed.rounds_to(value) or low - half <= printed.value <= high + half


def spending(report: Report, rows: list[Spending]) -> Iterator[Finding]:
    """realisasi ÷ pagu × 100 of every row."""
    for place, row in enumerate(rows):
        if not row.ceiling or not row.spent or not row.percent or row.true or not row.ceiling.value:
            continue
        spent, note = row.spent.value, ""
        if row.spent.malformed:
            guess = next(with_separator(row.spent.text), None)
            if guess is None or row.percent.rounds_to(Fraction(guess * 100) / row.ceiling.value):
                continue
            spent, note = Fraction(guess), f" ({row.spent.text} dibaca {show(Fraction(guess))})"
        if row.ceiling.malformed:
            continue
        exact = spent * 100 / row.ceiling.value
        copied = _copied(rows, place)
        same = [r for _, others in report.spending for r in others if _same_line(r, row, exact)]
        said = f"{show(spent)} ÷ {show(row.ceiling.value)} × 100 = {show(exact)} ≠ {row.percent.text}{note}"
        if copied:
            said += f"; {row.percent.text} adalah persentase {copied}"
        values = [row.ceiling.text, row.spent.text, row.percent.text, *(r.percent.text for r in same)]
        rounding = row.percent.truncates(exact)
        yield report.finding(
            "R3",
            "ROUND" if rounding else "RATIO",
            f"Persentase “{row.label}” tidak sama dengan realisasi ÷ "
            f"{'pagu' if row.ceiling.value >= 10**6 else 'target'}",
            [*row.lines, *(no for r in same for no in r.lines)],
            values,
            said,
            Severity.WARNING if rounding else Severity.ERROR,
        )


def _same_line(other: Spending, row: Spending, exact: Fraction) -> bool:
    """Another print of the same pagu whose percentage is the computed one."""
    return bool(
        other is not row
        and other.ceiling
        and other.percent
        and other.ceiling.value == row.ceiling.value
        and other.ceiling.value >= 10**6
        and other.percent.decimals
        and other.percent.rounds_to(exact)
    )


def _copied(rows: list[Spending], place: int) -> str:
    """Whose percentage it is, when a row beside it has just that one."""
    own = rows[place].percent
    for other, word in ((place + 1, "baris di bawahnya"), (place - 1, "baris di atasnya")):
        if not 0 <= other < len(rows):
            continue
        row = rows[other]
        if row.ceiling and row.spent and row.ceiling.value:
            spent = next((Fraction(g) for g in with_separator(row.spent.text)), row.spent.value)
            if own.decimals and own.rounds_to(spent * 100 / row.ceiling.value):
                return word
    return ""


def achievement(report: Report, table: Table) -> Iterator[Finding]:
    """R4: capaian from target and realisasi, by direction, with and without the bounds 0 and 100."""
    if with_role(table, "label") and not with_role(table, "indicator"):
        return
    for item in items(table):
        target, actual, printed = (item.number(r) for r in ("target", "actual", "capaian"))
        if target is None or actual is None or printed is None or not target.value:
            continue
        yield from judged(report, item.name, item.lines[:1], target, actual, printed)
    if len(with_role(table, "target")) == 2 and not with_role(table, "capaian"):
        return


def judged(
    report: Report, name: str, lines: list[int], target: Number, actual: Number, printed: Number
) -> Iterator[Finding]:
    """One capaian against all formulas in use."""
    t, a, half = target.value, actual.value, HALF / 10**actual.decimals
    up, down = a / t * 100, (2 * t - a) / t * 100
    ranges = [(up, (a - half) / t * 100, (a + half) / t * 100)]
    if DOWN.search(name):
        ranges.insert(0, (down, (2 * t - a - half) / t * 100, (2 * t - a + half) / t * 100))
    allowed = [*ranges, (Fraction(100),) * 3] if ranges[0][0] > 100 else ranges
    if any(near(v, printed, *sorted(bounds)) for v, *bounds in allowed):
        return
    rounding = any(printed.truncates(v) for v, *_ in ranges)
    formula = (
        f"(2 × {target.text} − {actual.text}) ÷ {target.text} × 100 = {show(down)}"
        if DOWN.search(name)
        else f"{actual.text} ÷ {target.text} × 100 = {show(up)}"
    )
    more = sorted(
        {f.line for c in report.clusters for f in c if f.line not in lines and _repeats(f, printed, c, lines)}
    )
    yield report.finding(
        "R3" if rounding else "R4",
        "ROUND" if rounding else "FORMULA",
        f"Capaian “{name}” tidak mengikuti rumusnya",
        [*lines, *more],
        [target.text, actual.text, printed.text],
        f"{formula} ≠ {printed.text}",
        Severity.WARNING if rounding else Severity.ERROR,
    )


def _repeats(fact, printed: Number, cluster: list, lines: list[int]) -> bool:
    return (
        fact.number.value == printed.value
        and fact.number.percent
        and any(f.line in lines for f in cluster)
        and fact.what in ("actual", "capaian")
    )


def efficiency(report: Report, table: Table) -> Iterator[Finding]:
    """R5: efisiensi is capaian less serapan, both unrounded; both results are said."""
    if not (with_role(table, "efficiency") and with_role(table, "ceiling")):
        return
    ceiling, spent = with_role(table, "ceiling")[0].place, with_role(table, "spent")
    rows = {row.no: row for row in table.rows}
    for item in items(table):
        target, actual, capaian = (item.number(r) for r in ("target", "actual", "capaian"))
        printed, absorbed = item.number("efficiency"), item.number("absorption")
        money = (only(rows[item.lines[0]].cell(p)) for p in (ceiling, spent[0].place if spent else -1))
        pagu, used = (n.value if n else None for n in money)
        if (
            None in (target, actual, capaian, printed, absorbed)
            or not pagu
            or not target.value
            or used is None
        ):
            continue
        exact = actual.value / target.value * 100 - used / pagu * 100
        shown = capaian.value - absorbed.value
        if printed.rounds_to(exact):
            continue
        right = printed.rounds_to(shown)
        yield report.finding(
            "R5",
            "ROUND" if right else "FORMULA",
            f"Efisiensi “{item.name}” dihitung dari angka yang sudah dibulatkan"
            if right
            else f"Efisiensi “{item.name}” bukan capaian − serapan",
            [
                item.lines[0],
                *(r.no for r in table.rows if r.no > item.lines[-1] and printed.text in " ".join(r.cells)),
            ],
            [capaian.text, absorbed.text, printed.text],
            f"{actual.text} ÷ {target.text} × 100 − {show(used)} ÷ {show(pagu)} × 100 = {show(exact)} ≠ {printed.text}"
            f" ({capaian.text} − {absorbed.text} = {show(shown)})",
            Severity.WARNING if right else Severity.ERROR,
        )


def twin_columns(report: Report, table: Table) -> Iterator[Finding]:
    """R21: a column of performance that repeats the absorption of money, in the table or from another."""
    performance, absorption = with_role(table, "performance"), with_role(table, "absorption")
    if not performance:
        return
    place = performance[0].place
    rows = [r for r in split(table)[1] if only(r.cell(place))]
    heads = [c.head for c in columns(table) if c.role in ("performance", "physical", "absorption")]
    first = [no for r in table.rows[:3] if r not in rows and not is_ordinal_row(r) for no in r.lines]
    if absorption and len(rows) >= 3:
        pairs = [(only(r.cell(place)), only(r.cell(absorption[0].place)), r) for r in rows]
        same = [(a, r) for a, b, r in pairs if b and a.value == b.value]
        if len(same) == len(pairs):
            marked = [(a, r) for a, r in same if re.match(r"PROGRAM|BELANJA|JUMLAH", r.cell(0))] or same[:10]
            equal = f"{same[0][0].text} = {same[0][0].text}"
            title = (
                f"Kolom “{performance[0].head}” sama dengan penyerapan anggaran pada semua {len(same)} baris"
            )
            lines, values = [*first, *(r.no for _, r in marked)], [*heads, *(a.text for a, _ in marked)]
            yield report.finding(
                "R21", "SWAP", title, lines, values, f"{equal} pada {len(same)} dari {len(same)} baris"
            )
            return
    matches = [(only(r.cell(place)), r, s) for r in rows for s in _absorbed(report, only(r.cell(place)))]
    if matches and len({r.no for _, r, _ in matches}) == len(rows):
        said = "; ".join(
            f"{show(s.spent.value)} ÷ {show(s.ceiling.value)} × 100 = {show(s.spent.value * 100 / s.ceiling.value)}"
            for _, _, s in matches[:4]
        )
        lines = [*first, *(r.no for _, r, _ in matches), *(no for _, _, s in matches for no in s.lines)]
        title = f"Kolom “{performance[0].head}” memuat persentase penyerapan anggaran"
        yield report.finding("R21", "SWAP", title, lines, [*heads, *(a.text for a, _, _ in matches)], said)


def _absorbed(report: Report, number: Number | None) -> list[Spending]:
    """Budget rows whose true absorption is this number of two decimals."""
    if number is None or not number.decimals:
        return []
    rows = (s for _, rows in report.spending for s in rows)
    return [s for s in rows if s.true and s.ceiling.value >= 10**6 and s.percent.value == number.value]


def backfilled(report: Report, table: Table) -> Iterator[Finding]:
    """R10: every target of a block equals its realisasi."""
    rows = [b for b in block_items(table) if b.block == "output" and b.actual is not None]
    if len(rows) >= 5 and all(b.target.value == b.actual.value for b in rows):
        cells = {b.line: next(r.cells for r in table.rows if b.line in r.lines) for b in rows}
        place = with_role(table, "target")[0].place
        yield report.finding(
            "R10",
            "TARGET",
            f"Target sama dengan realisasi pada semua {len(rows)} keluaran; target patut diduga ditulis sesudah hasil",
            [b.line for b in rows],
            [cells[b.line][place] for b in rows],
            "; ".join(f"{b.target.text} − {b.actual.text} = 0" for b in rows),
            Severity.WARNING,
        )


def no_money(report: Report, table: Table) -> Iterator[Finding]:
    """R20: nothing budgeted, yet something delivered."""
    rows = block_items(table)
    free = {b.ordinal: b for b in rows if b.block == "input" and not b.target.value}
    for output in rows:
        given = free.get(output.ordinal)
        if output.block == "output" and given and output.actual and output.actual.value:
            row = next(r for r in table.rows if output.line in r.lines)
            yield report.finding(
                "R20",
                "COVER",
                f"“{given.name}” tanpa pagu dan realisasi, tetapi keluarannya tercatat: {output.name}",
                [given.line, output.line],
                [given.name, row.cell(with_role(table, "target")[0].place)],
                f"pagu {given.target.text}, keluaran {output.actual.text} > {given.target.text}",
            )


_SHARE = re.compile(rf"(?P<part>(?:{NUM}))\s*(?P<unit>[A-Za-z]+)\s+atau\s+(?P<share>(?:{NUM})\s?%)")
_BASE = re.compile(rf"dari (?:total )?(?P<base>(?:{NUM}))\s*(?P<unit>[A-Za-z]+)")


def prose(report: Report) -> Iterator[Finding]:
    """A sentence's share against its own part and whole: "110 perusahaan atau 6,68% … dari total 1.645 Perusahaan"."""
    for line in report.document.prose():
        bases = {plain(m["unit"]): find(m["base"])[0] for m in _BASE.finditer(line.text)}
        for match in _SHARE.finditer(line.text):
            base, part, share = (
                bases.get(plain(match["unit"])),
                find(match["part"])[0],
                find(match["share"])[0],
            )
            if base is None or not base.value or share.rounds_to(part.value * 100 / base.value):
                continue
            exact = part.value * 100 / base.value
            rounding = share.truncates(exact)
            yield report.finding(
                "R3",
                "ROUND" if rounding else "RATIO",
                "Persentase dipotong, bukan dibulatkan"
                if rounding
                else "Persentase tidak sama dengan bagiannya",
                [line.no],
                [part.text, base.text, share.text],
                f"{part.text} ÷ {base.text} × 100 = {show(exact, 4)} ≠ {share.text}",
                Severity.WARNING if rounding else Severity.ERROR,
            )


_SPENT = re.compile(
    rf"(?i)realisasi\s(?:\w+\s){{0,12}}?sebesar\s+\W*Rp\.?\s*(?P<spent>(?:{NUM}))[^\d]{{1,40}}?total\s+anggaran\W+Rp\.?\s*"
    rf"(?P<ceiling>(?:{NUM}))"
)


def exchanged(report: Report) -> Iterator[Finding]:
    """A realisasi larger than the budget it is said to come from: the two are exchanged."""
    for line in report.document.prose():
        match = _SPENT.search(line.text.replace("*", ""))
        if match is None:
            continue
        spent, ceiling = find(match["spent"])[0], find(match["ceiling"])[0]
        if spent.value <= ceiling.value or not spent.value:
            continue
        share = next((n for n in find(line.text[match.start() :].replace("*", "")) if n.decimals), None)
        others = [o.no for o in report.document.prose() if o.no != line.no and ceiling.text in o.text]
        yield report.finding(
            "R1",
            "SWAP",
            f"Realisasi {spent.text} melebihi anggaran {ceiling.text}: keduanya tertukar",
            [line.no, *others],
            ["realisasi anggaran", spent.text, "total anggaran", ceiling.text, share.text if share else ""],
            f"{show(spent.value)} ÷ {show(ceiling.value)} × 100 = {show(spent.value * 100 / ceiling.value)}; terbalik "
            f"{show(ceiling.value * 100 / spent.value)}",
        )
