"""R7 and means: predicates against their bands, scales with gaps, averages against their rows."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from lkip.checker.columns import split, with_role
from lkip.checker.context import Report
from lkip.checker.facts import NUM
from lkip.checker.model import Finding, Row, Table
from lkip.checker.numbers import Number, find, only, show
from lkip.checker.words import numeral, plain

_RANGE = re.compile(r"(?P<low>\d+)\s*(?:[-–<≤]|<u><</u>|s/?d)+\s*(?P<high>\d+)")
_BELOW = re.compile(r"[<≤]\s*(?P<high>\d+)")
_TICK = re.compile(r"[√✓✔vV]")
PREDICATES = (
    "sangat memuaskan",
    "memuaskan",
    "sangat tinggi",
    "sangat baik",
    "cukup baik",
    "tinggi",
    "sedang",
    "rendah",
)


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    for table in report.document.tables:
        yield from ticked(report, table)
        yield from scale_columns(report, table)
        yield from scale_rows(report, table)
        yield from means(report, table)
    yield from said_means(report)
    yield from predicates(report)
    yield from said_band(report)


def bands_of(table: Table) -> list[tuple[int, str, int | None, int]]:
    """Columns whose heads name a band: (place, head, lowest, highest)."""
    found = []
    for row in split(table)[0] or table.rows[:2]:
        for place, cell in enumerate(row.cells):
            match, below = _RANGE.search(cell), _BELOW.search(cell)
            if match:
                found.append((place, cell.strip(), int(match["low"]), int(match["high"])))
            elif below and not re.search(r"\d", cell[: below.start()]):
                found.append((place, cell.strip(), None, int(below["high"])))
    return found if len(found) >= 3 else []


def ticked(report: Report, table: Table) -> Iterator[Finding]:
    """A tick in a band that does not hold the value."""
    bands = bands_of(table)
    if not bands:
        return
    head = split(table)[0][-1].no if split(table)[0] else table.first
    for row in table.rows:
        marks = [b for b in bands if _TICK.fullmatch(row.cell(b[0]))]
        value = next((n for c in row.cells[1:] if (n := only(c))), None)
        if len(marks) != 1 or value is None:
            continue
        _, name, low, high = marks[0]
        if (low is None or value.value >= low) and value.value <= high:
            continue
        bound = f"{value.text} < {low}" if low is not None and value.value < low else f"{value.text} > {high}"
        title = f"“{row.cell(0)}” bernilai {value.text} ditandai {name}"
        yield report.finding("R7", "BAND", title, [row.no, head], [value.text, name], bound)


def scale_columns(report: Report, table: Table) -> Iterator[Finding]:
    """A scale over columns whose bands leave gaps: a value with decimals has no band."""
    bands = bands_of(table)
    if not bands:
        return
    ordered = sorted(bands, key=lambda b: b[3])
    gaps = [(a[3], b[2]) for a, b in pairwise(ordered) if b[2] is not None and b[2] > a[3]]
    if gaps:
        head = next(r.no for r in table.rows if any(b[1] == r.cell(b[0]) for b in bands))
        said = "; ".join(f"{b} − {a} = {b - a}, di antaranya tidak ada predikat" for a, b in gaps)
        title = "Batas predikat meninggalkan celah"
        yield report.finding("R7", "BAND", title, [head], [b[1] for b in bands], said)


def _scale(table: Table) -> list[tuple[Row, str, int, int, str]]:
    """Rows of a scale: row, range as printed, lowest, highest, words."""
    found = []
    for row in table.rows:
        cell = next(
            (c for c in row.cells if (m := _RANGE.fullmatch(c.strip())) and int(m["high"]) <= 100), ""
        )
        match = _RANGE.fullmatch(cell.strip()) if cell else None
        if match:
            found.append((row, cell.strip(), int(match["low"]), int(match["high"]), row.cells[-1].strip()))
    return found if len(found) >= 4 else []


def scale_rows(report: Report, table: Table) -> Iterator[Finding]:
    """A scale over rows whose bands share their ends: a value on the border has two predicates."""
    scale = _scale(table)
    shared = [(a, b) for a, b in pairwise(scale) if a[2] == b[3] or a[3] == b[2]]
    if shared:
        ends = "; ".join(
            f"{a[2] if a[2] == b[3] else a[3]} = {b[3] if a[2] == b[3] else b[2]}" for a, b in shared
        )
        title = "Batas kategori tumpang tindih: nilai di batas punya dua kategori"
        yield report.finding("R7", "BAND", title, [s[0].no for s in scale], [s[1] for s in scale], ends)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def means(report: Report, table: Table) -> Iterator[Finding]:
    """Rows called "Rata-rata", and rows of an objective, against the mean of their parts."""
    places = with_role(table, "capaian")
    if not places:
        return
    place, values = places[0].place, []
    for row, text, lines in _joined(table, place):
        printed = only(row.cell(place))
        if re.match(r"(?i)rata[- ]?rata", text):
            if (
                len(values) >= 2
                and printed is not None
                and not printed.rounds_to(_mean([n.value for _, n in values]))
            ):
                yield _wrong_mean(report, "Rata-rata", [*values, (row.no, printed)])
            continue
        values.append((row.no, printed))
        parts = [(m.start(), find(m[1])[0]) for m in re.finditer(rf"=\s?((?:{NUM})\s?%)", text)]
        if len(parts) >= 2 and not printed.rounds_to(_mean([n.value for _, n in parts])):
            at = [_line_of(report, lines, n) for _, n in parts]
            same = [
                f
                for c in report.clusters
                for f in c
                if f.what == "national" and f.number.value == printed.value
            ]
            found = [*zip(at, (n for _, n in parts), strict=True), (row.no, printed)]
            yield _wrong_mean(report, row.cell(0), found, same)


def _line_of(report: Report, lines: list[int], number: Number) -> int:
    return next((no for no in lines if f"= {number.text}" in report.document.by_number[no].text), lines[0])


def _joined(table: Table, place: int) -> Iterator[tuple[Row, str, list[int]]]:
    """Rows with a value, and the words of the rows below that have none."""
    current: tuple[Row, list[str], list[int]] | None = None
    for row in split(table)[1]:
        if only(row.cell(place)) is not None:
            if current:
                yield current[0], " ".join(current[1]), current[2]
            current = (row, [row.cell(0)], list(row.lines))
        elif current:
            current[1].append(row.cell(0))
            current[2].extend(row.lines)
    if current:
        yield current[0], " ".join(current[1]), current[2]


def _wrong_mean(
    report: Report, name: str, found: list[tuple[int, Number]], same: tuple | list = ()
) -> Finding:
    *parts, (line, printed) = found
    mean = _mean([n.value for _, n in parts])
    total = " + ".join(n.text for _, n in parts)
    note = f"; {printed.text} adalah nilai nasional “{same[0].name}”" if same else ""
    return report.finding(
        "R4" if not same else "R1",
        "FORMULA" if not same else "SWAP",
        f"“{name}” {printed.text} bukan rata-rata bagiannya{note}",
        [line, *(no for no, _ in parts), *(f.line for f in same)],
        [printed.text, *(n.text for _, n in parts), *(f.number.text for f in same)],
        f"({total}) ÷ {len(parts)} = {show(mean)} ≠ {printed.text}",
    )


_SAID = re.compile(
    rf"capaian\s+\(?(?P<count>\d+)\)?\s*\(?(?P<word>\w+)?\)?\s+indikator[^.]*?rata\s?-?rata\s+(?:mencapai|sebesar)\s+"
    rf"(?P<mean>(?:{NUM})\s?%)[^.]*?(?:kategori\s+(?P<predicate>[\w ]+))?"
)


def said_means(report: Report) -> Iterator[Finding]:
    """A sentence that gives a mean over the table above it, and says of how many indicators."""
    for line in report.document.prose():
        match = _SAID.search(line.text)
        if match is None:
            continue
        above = [t for t in report.document.tables if t.last < line.no and with_role(t, "capaian")]
        if not above:
            continue
        table = above[-1]
        place = with_role(table, "capaian")[0].place
        rows = [(r.no, n) for r in split(table)[1] if (n := only(r.cell(place)))]
        mean, printed = _mean([n.value for _, n in rows]), find(match["mean"])[0]
        count, lines = int(match["count"]), [line.no, *(no for no, _ in rows)]
        if count != len(rows):
            word = match["word"] if match["word"] and numeral(match["word"]) == count else ""
            yield report.finding(
                "R12",
                "COUNT",
                f"Disebut {count} indikator, tabel di atasnya memuat {len(rows)}",
                lines,
                [f"({count}) {word} indikator sasaran".replace("  ", " ")],
                f"{len(rows)} baris − {count} = {len(rows) - count} ≠ 0",
            )
        if not printed.rounds_to(mean):
            predicate = next((p for p in PREDICATES if p in line.text.lower()[match.start() :]), "")
            yield report.finding(
                "R7",
                "BAND",
                f"Rata-rata capaian disebut {printed.text}{f' ({predicate})' if predicate else ''}, hitungannya lain",
                lines,
                [*(n.text for _, n in rows), f"rata rata mencapai {printed.text}", predicate],
                f"({' + '.join(n.text for _, n in rows)}) ÷ {len(rows)} = {show(mean)} ≠ {printed.text}",
            )


_CATEGORY = re.compile(r"(?i)(?:kategori|dikategorikan|predikat)\W+(?P<name>(?:sangat |cukup )?\w+)")


def predicates(report: Report) -> Iterator[Finding]:
    """Conclusions that give one year different predicates."""
    found = []
    for line in report.document.prose():
        for match in _CATEGORY.finditer(line.text.replace("*", "")):
            name = plain(match["name"])
            if name in PREDICATES and re.search(r"(?i)secara umum|disimpulkan|rata", line.text):
                found.append((line.no, match["name"]))
                break
    names = {plain(name) for _, name in found}
    if len(names) > 1:
        said = "; ".join(f"{name} ({report.document.place(no).where})" for no, name in found)
        title = f"Satu tahun diberi {len(names)} predikat: {said}"
        yield report.finding("R7", "BAND", title, [no for no, _ in found], [n for _, n in found], "")


def said_band(report: Report) -> Iterator[Finding]:
    """A predicate said of an indicator's compared value against the report's own scale."""
    scale = next((s for t in report.document.tables if (s := _scale(t))), [])
    if not scale:
        return
    for line in report.document.prose():
        for match in re.finditer(r"(?i)range yang sama yaitu\W+(?P<name>[^.;]{4,40}?)\){1,2}", line.text):
            for cluster in report.clusters:
                value = next((f for f in cluster if f.what == "national"), None)
                about = value and any(
                    f.name and f.name.lower() in line.text[: match.start()].lower() for f in cluster
                )
                row = about and next((s for s in scale if s[2] <= value.number.value <= s[3]), None)
                if row and plain(row[4]) not in _readings(match["name"]):
                    named = [s for s in scale if plain(s[4]) == plain(re.sub("(?i)baik", "", match["name"]))]
                    yield report.finding(
                        "R7",
                        "BAND",
                        f"{value.number.text} disebut “{match['name']}”, menurut skala laporan: {row[4]}",
                        [line.no, value.line, row[0].no, *(s[0].no for s in named)],
                        [value.number.text, match["name"] + ")", row[1], *(s[4] for s in named)],
                        f"{row[2]} ≤ {value.number.text} ≤ {row[3]}",
                    )
                    break


def _readings(name: str) -> set[str]:
    return {plain(name), plain(re.sub(r"\(.*", "", name))}
