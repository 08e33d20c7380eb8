"""R10, R11, R19: targets below what was reached, names that do not fit their formula, targets cut by four."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from lkip.checker.columns import columns, items, name_column, split, with_role
from lkip.checker.context import Report
from lkip.checker.facts import NUM, Fact
from lkip.checker.model import Finding, Table
from lkip.checker.numbers import find, only, show
from lkip.checker.words import likeness, near, plain, terms
from lkip.enums import Severity

FALLING = re.compile(r"(?i)pengangguran|kemiskinan|jumlah (perkara )?perselisihan|pelanggaran|kecelakaan")
BREAK = 5
"""A percentage whose first target is so many times its baseline counts something else than it did."""


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    for table in report.document.tables:
        yield from baselines(report, table)
        yield from quarters(report, table)
        yield from repeated_cells(report, table)
    yield from declines(report)
    yield from names(report)
    yield from objectives(report)


def baselines(report: Report, table: Table) -> Iterator[Finding]:
    """A first target that is worse than the baseline, or another order of size."""
    rows = {row.no: row for row in table.rows}
    below = defaultdict(list)
    for item in items(table):
        base, target = item.number("baseline"), item.number("target")
        if base is None or target is None or (base.percent != target.percent and not base.unit):
            continue
        first = next(c for c, n, _, _ in item.values if c.role == "target" and n is not None)
        start = next(c for c, n, _, _ in item.values if c.role == "baseline" and n is not None)
        row = rows[item.lines[0]]
        texts = (row.cell(start.place), row.cell(first.place))
        if base.percent and base.value and target.value / base.value >= BREAK:
            yield _definition(report, item, base, target, texts)
        if (
            target.value < base.value
            and not FALLING.search(item.name)
            and not _category(row.cell(first.place))
        ):
            below[base.value, target.value].append((item, texts))
    for (base_value, target_value), group in below.items():
        names = " dan ".join(f"“{item.name}”" for item, _ in group)
        yield report.finding(
            "R10",
            "TARGET",
            f"Target pertama di bawah capaian awal: {names}",
            [item.lines[0] for item, _ in group],
            [text for _, texts in group for text in texts],
            f"{show(target_value)} − {show(base_value)} = {show(target_value - base_value)} < 0",
            Severity.WARNING,
        )


def _category(text: str) -> bool:
    return len(find(text)) != 1


def _definition(report: Report, item, base, target, texts) -> Finding:
    """R11: the baseline and the target cannot count the same thing; the formula said in prose is added."""
    lines, values, more = [item.lines[0]], list(texts), ""
    for line in report.document.prose():
        match = re.search(
            r"(?i)penghitungan[^.]*?adalah\s(?P<formula>[^.]*?\bdibagi\b(?P<base>[^.]*))", line.text
        )
        if match and likeness(line.text[: match.start()], item.name) > 0.5:
            strange = [w for w in terms(match["base"]) if not any(near(w, t) for t in terms(item.name))]
            lines.append(line.no)
            values += [item.name, f"dibagi{match['base']}".strip()]
            if strange:
                more = (
                    f"; rumusnya membagi dengan{match['base'].rstrip()}, yang tidak ada dalam nama indikator"
                )
    named = [f.line for c in report.clusters for f in c if f.name == item.name and f.what == "actual"]
    return report.finding(
        "R11",
        "DEF",
        f"“{item.name}”: capaian awal dan target tidak mungkin menghitung hal yang sama{more}",
        [*lines, *named[:1]],
        values,
        f"{show(target.value)} ÷ {show(base.value)} = {show(target.value / base.value)} kali",
    )


def quarters(report: Report, table: Table) -> Iterator[Finding]:
    """R19: a yearly target of an index, a level or a rate divided by four."""
    quarter, target = with_role(table, "quarter"), with_role(table, "target")
    if not quarter or not target:
        return
    units = with_role(table, "unit")
    named = name_column(table)
    said, lines, values, year, name, unit = [], [], [], None, "", ""
    for row in split(table)[1]:
        whole = only(row.cell(target[0].place))
        if whole is not None:
            year, name = whole, row.cell(named.place) if named else ""
            unit = plain(row.cell(units[0].place)) if units else ""
        part = only(row.cell(quarter[0].place))
        rate = unit in ("nilai", "persen", "indeks", "skor") or re.match(
            r"(?i)nilai|indeks|persentase|tingkat", name
        )
        if part is not None and year is not None and rate and part.value * 4 == year.value:
            lines.append(row.no)
            values.append(part.text)
            said.append(f"{year.text} ÷ 4 = {part.text}")
    if lines:
        yield report.finding(
            "R19",
            "FORMULA",
            "Target setahun berupa nilai, tingkat, atau persentase dibagi empat; ukuran seperti ini tidak dijumlahkan",
            lines,
            values,
            "; ".join(dict.fromkeys(said)),
        )


def repeated_cells(report: Report, table: Table) -> Iterator[Finding]:
    """R11: in a table of formulas: an indicator that is worded as an objective, a formula that names something else."""
    heads = [plain(c.head) for c in columns(table)]
    formula = next(
        (i for i, h in enumerate(heads) if re.search(r"formula|cara (peng)?hitung|rumus", h)), None
    )
    head = table.rows[:3]
    if formula is None:
        formula = next(
            (i for r in head for i, c in enumerate(r.cells) if re.search(r"(?i)formula|cara peng|rumus", c)),
            None,
        )
    named = name_column(table)
    if formula is None or named is None or "sasaran" in plain(named.head):
        return
    repeated = []
    for row in split(table)[1]:
        name, text = row.cell(named.place), row.cell(formula)
        if re.match(r"(?i)(meningkat|menurun|terwujud|terlaksana|tercapai|membaik)nya\b", name):
            repeated.append((row.no, re.split(r"\b(?=Indeks|Persentase|Nilai)\b", name)[0].strip()))
        parts = re.findall(r"(?i)jumlah\s(.+?)\sdibagi\s(?:jumlah\s)?(.+?)\s(?:dikali|×|x)\s*100\s?%", text)
        for top, base in parts if len(parts) > 1 else []:
            if not any(near(a, b) for a in terms(f"{top} {base}") for b in terms(name)):
                yield report.finding(
                    "R11",
                    "DEF",
                    f"Rumus “{top} dibagi {base}” bukan rumus “{name}”",
                    [row.no],
                    [name, f"Jumlah {top} dibagi jumlah {base} dikali 100%"],
                )
    if repeated:
        yield report.finding(
            "R11",
            "DEF",
            f"{len(repeated)} sel indikator berisi sasaran, bukan ukuran",
            [no for no, _ in repeated],
            [text for _, text in repeated],
            severity=Severity.WARNING,
        )


_CASES = re.compile(
    rf"(?P<noun>[Pp]erselisihan|[Kk]asus|[Pp]erkara|[Ss]engketa)[^.]*?[Tt]ahun\s(?P<year>20\d\d)\ssebanyak\s(?P<now>{NUM})"
    rf"[^.]*?[Tt]ahun\s(?P<before>20\d\d)\ssebanyak\s(?P<then>{NUM})"
)


def declines(report: Report) -> Iterator[Finding]:
    """R11: an indicator called a decline whose value is not the decline of the counts the report gives."""
    for cluster in report.clusters:
        name = next(
            (f.name for f in cluster if re.match(r"(?i)persentase (penurunan|peningkatan)", f.name)), ""
        )
        value = next((f for f in cluster if f.what == "actual" and f.year == report.year), None)
        if not name or value is None:
            continue
        for line in report.document.prose():
            match = _CASES.search(line.text)
            if match is None or not _about(name, match["noun"], match[0]):
                continue
            now, then = find(match["now"])[0].value, find(match["then"])[0].value
            change = (then - now) / then * 100 if then else None
            if change is None or value.number.rounds_to(change):
                continue
            formula = _formula(report, name)
            yield report.finding(
                "R11",
                "DEF",
                f"“{name}” bernilai {value.number.text}, padahal menurut jumlah yang dicatat {show(change)} persen"
                + (f"; rumusnya: {formula[1]}" if formula else ""),
                [
                    line.no,
                    *(f.line for f in cluster if f.what in ("actual", "target")),
                    *([formula[0]] if formula else []),
                ],
                [
                    name,
                    value.number.text,
                    f"{match['now']} kasus",
                    f"{match['then']} jumlah kasus",
                    formula[1] if formula else "",
                ],
                f"({show(then)} − {show(now)}) ÷ {show(then)} × 100 = {show(change)} ≠ {value.number.text}",
            )


def _about(name: str, noun: str, text: str) -> bool:
    return any(near(t, w) for t in terms(name) for w in terms(text)) and bool(noun)


def _formula(report: Report, name: str) -> tuple:
    """The formula that a table gives for the likeliest namesake of an indicator."""
    best: tuple[int, tuple] = (0, ())
    for table in report.document.tables:
        for row in table.rows:
            cell = next((c for c in row.cells if re.search(r"(?i)\bdibagi\b.*100", c)), "")
            count = sum(any(near(a, b) for b in terms(name)) for a in terms(" ".join(row.cells[:3])))
            if cell and count > best[0] and len(cell) < 160:
                best = (count, (row.no, cell))
    return best[1]


def names(report: Report) -> Iterator[Finding]:
    """R11: one indicator under two names: same target, realisasi and likeness, other words."""
    groups = [c for c in report.clusters if {"target", "actual"} <= {f.what for f in c}]
    for one, other in combinations(groups, 2):
        a, b = one[0].name, other[0].name
        if plain(a).split()[:1] != plain(b).split()[:1] or not 0.3 <= likeness(a, b) < 0.9:
            continue
        mine, theirs = _signature(one, report.year), _signature(other, report.year)
        shared = mine & theirs
        if shared:
            lines = [
                f.line for f in (*one, *other) if f.what in ("target", "actual") and f.year == report.year
            ]
            target, actual = next(iter(shared))
            yield report.finding(
                "R11",
                "DEF",
                f"Satu indikator dengan dua nama: “{a}” dan “{b}”",
                lines,
                [f.name for f in (*one, *other)],
                f"target {show(target)} = {show(target)}, realisasi {show(actual)} = {show(actual)}",
                Severity.WARNING,
            )


def _signature(cluster: list[Fact], year: int) -> set:
    targets = {f.number.value for f in cluster if f.what == "target" and f.year == year}
    actuals = {f.number.value for f in cluster if f.what == "actual" and f.year == year and f.number.decimals}
    return {(t, a) for t in targets for a in actuals}


def objectives(report: Report) -> Iterator[Finding]:
    """R11: one indicator set under objectives with different names."""
    under: dict[tuple, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for table in report.document.tables:
        found = items(table)
        if any(len(item.lines) > 1 for item in found):
            continue
        for item in found:
            target, actual = item.number("target"), item.number("actual")
            if item.objective and target is not None and actual is not None and actual.decimals:
                under[target.value, actual.value][plain(item.objective)].append(item.lines[0])
    for (target, actual), goals in under.items():
        names = list(goals)
        if len(names) > 1 and all(likeness(a, b) < 0.75 for a, b in combinations(names, 2)):
            shown = [_printed(report, g, lines[0]) for g, lines in goals.items()]
            yield report.finding(
                "R11",
                "DEF",
                f"Satu indikator di bawah {len(names)} sasaran: {' / '.join(f'“{s}”' for s in shown)}",
                [no for lines in goals.values() for no in lines],
                shown,
                f"target {show(target)} = {show(target)}, realisasi {show(actual)} = {show(actual)}",
                Severity.WARNING,
            )


def _printed(report: Report, name: str, line: int) -> str:
    cells = report.document.by_number[line].cells or ()
    return next((c for c in cells if plain(c) == name), name)
