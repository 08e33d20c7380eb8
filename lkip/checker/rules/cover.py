"""R8: what the plan sets and the report leaves out."""

import re
from collections import Counter
from collections.abc import Iterator

from lkip.checker.columns import items, with_role
from lkip.checker.context import Report
from lkip.checker.facts import block_items
from lkip.checker.model import Finding
from lkip.checker.money import source_of
from lkip.checker.numbers import Number, find, show
from lkip.checker.rules.ratios import DOWN
from lkip.checker.words import near, terms, words_of
from lkip.enums import Severity


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    yield from everything(report)
    yield from goals(report)
    yield from activities(report)
    yield from orphans(report)
    yield from outcomes(report)


_EVERYTHING = re.compile(
    r"(?i)\bseluruh\s+([^.]*?indikator[^.]*?)(?=\sdinas|\stelah|\sberhasil|\.)[^.]*?(melampaui|mencapai) target"
)
_TO_TARGET = re.compile(r"(?i)sesuai\s+(dengan\s+)?target|terealisasi$")


def everything(report: Report) -> Iterator[Finding]:
    """ "All indicators reached their target" over a table in which one has no realisasi."""
    for line in report.document.prose():
        match = _EVERYTHING.search(line.text)
        above = [
            t for t in report.document.tables if t.last < line.no and with_role(t, "capaian") and items(t)
        ]
        if match is None or not above:
            continue
        found = items(above[-1])
        blank = [item for item in found if item.number("actual") is None]
        if blank:
            rows = {r.no: r for r in above[-1].rows}
            place = with_role(above[-1], "target")[0].place
            yield report.finding(
                "R8",
                "COVER",
                f"Disebut seluruh indikator melampaui target, padahal “{blank[0].name}” belum bernilai",
                [line.no, *(i.lines[0] for i in blank)],
                [
                    f"seluruh {match[1]}",
                    *(i.name for i in blank),
                    *(rows[i.lines[0]].cell(place) for i in blank),
                ],
                f"{len(found)} indikator − {len(blank)} tanpa realisasi = {len(found) - len(blank)} ≠ {len(found)}",
            )


def goals(report: Report) -> Iterator[Finding]:
    """A target of the plan whose realisasi is printed and never set against it."""
    for cluster in report.clusters:
        targets = [f for f in cluster if f.what == "target" and f.year == report.year]
        actuals = [f for f in cluster if f.what == "actual" and f.year == report.year]
        if (
            not targets
            or not actuals
            or any(f.table or f.what == "capaian" for f in (*actuals, *_reached(cluster)))
        ):
            continue
        if {f.source for f in targets} != {"RENSTRA"}:
            continue
        t, a = targets[0].number, actuals[0].number
        down = DOWN.search(targets[0].name) is not None
        value = (2 * t.value - a.value) / t.value * 100 if down else a.value / t.value * 100
        formula = f"(2 × {t.text} − {a.text}) ÷ {t.text}" if down else f"{a.text} ÷ {t.text}"
        yield report.finding(
            "R8",
            "COVER",
            f"Target “{targets[0].name}” tidak pernah dibandingkan dengan nilainya",
            [f.line for f in (*targets, *actuals)],
            [t.text + (" Persen" if t.percent and "%" not in t.text else ""), a.text],
            f"{formula} × 100 = {show(value)}",
            Severity.WARNING,
        )


def _reached(cluster: list) -> list:
    return [f for f in cluster if f.what == "capaian"]


def activities(report: Report) -> Iterator[Finding]:
    """Targets of sub kegiatan in the plan beside counts of the report that speak of the same thing.

    A printed count belongs to the row whose rare words it shares most; a row that finds its target printed is silent.
    """
    rows = [
        r
        for t in report.document.tables
        if source_of(t, report.document) == "RENSTRA"
        for r in _planned(report, t)
    ]
    if len(rows) < 3:
        return
    often = Counter(w for _, _, _, label, name in rows for w in label | name)
    common = {w for w, n in often.items() if n > max(3, len(rows) // 8)}
    best: dict[int, list[tuple[int, Number]]] = {}
    for no, words, number in _counts(report):
        scores = [
            (_likely(words, label - common, name - common) if target.unit == number.unit else 0.0, i)
            for i, (_, target, _, label, name) in enumerate(rows)
        ]
        score, place = max(scores, key=lambda pair: (pair[0], -pair[1]))
        if score:
            best.setdefault(place, []).append((no, number))
    for place, found in sorted(best.items()):
        item, target, text, _, _ = rows[place]
        if any(n.value == target.value for _, n in found) or not target.value:
            continue
        number = Counter(n.value for _, n in found).most_common(1)[0][0]
        same = [(no, n) for no, n in found if n.value == number]
        yield report.finding(
            "R8",
            "COVER",
            f"Target {text} “{item.name}” tidak dibandingkan dengan {same[0][1].text} {same[0][1].unit} yang "
            "dilaporkan",
            [item.lines[0], *(no for no, _ in same)],
            [text, *(f"{n.text} {n.unit}" for _, n in same)],
            f"{same[0][1].text} ÷ {target.text} × 100 = {show(number * 100 / target.value)}",
            Severity.WARNING,
        )


def _planned(report: Report, table) -> Iterator[tuple]:
    """Rows of a plan with a target in the report's year: item, target, its text, words of its label and its name."""
    labels = with_role(table, "label")
    rows = {r.no: r for r in table.rows}
    for item in items(table) if labels else ():
        column, target = next(
            ((c, n) for c, n, _, _ in item.values if c.role == "target" and c.year == report.year and n),
            (None, None),
        )
        if target is not None and target.unit and not target.percent:
            row = rows[item.lines[0]]
            label = terms(re.sub(r"<[^>]+>", "", row.cell(labels[0].place)))
            yield item, target, row.cell(column.place), label, terms(item.name)


def _counts(report: Report) -> list[tuple[int, frozenset[str], Number]]:
    """Counts with a unit in prose, with the words before them in their sentence or line."""
    found = []
    for line in report.document.prose():
        for sentence in re.split(r"(?<=[a-z%)])[.;]\s+|,\s+", line.text):
            numbers = [n for n in find(sentence) if n.unit and not n.percent]
            if len(numbers) == 1 and "sebelumnya" not in sentence:
                found.append((line.no, words_of(sentence[: numbers[0].start][-150:]), numbers[0]))
    return found


def _likely(words: frozenset[str], label: frozenset[str], name: frozenset[str]) -> float:
    """How much a count speaks of a row: two of its rare words at least, and half of its label or its name."""
    best = 0.0
    for side in (label, name):
        both = sum(any(near(w, o) for w in words) for o in side)
        if both >= 2 and 2 * both >= len(side):
            best = max(best, both / len(side) + both / 10)
    return best


def orphans(report: Report) -> Iterator[Finding]:
    """An indicator that is measured beside those of the agreement and stands in no plan."""
    planned = {id(c) for c in report.clusters if any(f.source in ("PK", "RENSTRA", "PK_OLD") for f in c)}
    if not any(f.source == "PK" for f in report.facts):
        return
    beside: dict[int, list] = {}
    for cluster in report.clusters:
        for fact in cluster:
            if fact.table and fact.what == "actual":
                beside.setdefault(fact.table, []).append((cluster, fact))
    for pairs in beside.values():
        for cluster, fact in pairs:
            if id(cluster) in planned or sum(id(c) in planned for c, _ in pairs) < 2:
                continue
            said = [line.no for line in report.document.prose() if fact.name.lower() in line.text.lower()]
            values = [f.number.text for f in cluster if f.number.percent or f.what == "actual"]
            yield report.finding(
                "R11",
                "DEF",
                f"Indikator “{fact.name}” diukur, tetapi tidak ada dalam Renstra dan Perjanjian Kinerja",
                [*(f.line for f in cluster), *said],
                [fact.name, *values],
                severity=Severity.WARNING,
            )


def outcomes(report: Report) -> Iterator[Finding]:
    """Outcomes far below their target, percentage left blank, where sentences say all went to target."""
    found = []
    for table in report.document.tables:
        for item in block_items(table):
            if (
                item.block == "outcome"
                and item.blank
                and item.actual
                and item.target.value > item.actual.value
            ):
                found.append(item)
    said = [
        line.no
        for line in report.document.prose()
        if re.search(r"(?i)sesuai\s+(dengan\s+)?target|terealisasi$", line.text)
    ]
    if found and said:
        sums = "; ".join(
            f"{i.actual.text} ÷ {i.target.text} × 100 = {show(i.actual.value * 100 / i.target.value)}"
            for i in found
        )
        yield report.finding(
            "R4",
            "FORMULA",
            f"{len(found)} hasil jauh di bawah target tanpa persentase, padahal narasinya sesuai target",
            [*(i.line for i in found), *said],
            [t for i in found for t in (i.actual.text, i.target.text)] + ["terealisasi", "sesuai target"],
            sums,
        )
