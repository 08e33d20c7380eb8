"""R18: an outside statistic that two reports print differently.

One report may hold a table of regions by year; the other speaks of its own region. Both may print one national value.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from lkip.checker.context import Report
from lkip.checker.facts import Fact
from lkip.checker.model import Finding, Table
from lkip.checker.numbers import only, show
from lkip.checker.words import likeness, plain, same_name

_REGION = re.compile(r"\b(?:Kota|Kabupaten)\s[A-Z][a-z]+(?:\s[A-Z][a-z]+)?")
_YEAR = re.compile(r"20\d\d")


def compare(report: Report, other: Report) -> Iterator[Finding]:
    """Findings about `report`; the places in `other` carry its name."""
    yield from regional(report, other)
    yield from national(report, other)


def own_region(report: Report) -> str:
    """The region a report speaks of most."""
    lines = report.document.lines[:200]
    names = Counter(m[0] for line in lines for m in _REGION.finditer(line.text))
    return names.most_common(1)[0][0] if names else ""


def _series(table: Table, region: str) -> Iterator[tuple[int, int, object]]:
    """(year, line, number) of a region's row in a table whose columns are years."""
    years = {
        i: int(c) for row in table.rows[:3] for i, c in enumerate(row.cells) if _YEAR.fullmatch(c.strip())
    }
    row = next((r for r in table.rows if plain(r.cell(0)) == plain(region)), None)
    for place, year in years.items() if row else ():
        number = only(row.cell(place))
        if number is not None:
            yield year, row.no, number


def regional(report: Report, other: Report) -> Iterator[Finding]:
    """A statistic of the report's own region against the other report's table of regions."""
    region = own_region(report)
    for table in other.document.tables if region else ():
        title = f"{table.caption} {' '.join(table.rows[0].cells)} {_above(other, table)}"
        for year, line, number in _series(table, region):
            for cluster in report.clusters:
                facts = [f for f in cluster if f.what == "actual" and f.year == year]
                if not facts or not any(likeness(f.name, _words(title, f.name)) >= 0.6 for f in facts):
                    continue
                for fact in facts:
                    if not (number.rounds_to(fact.number.value) or fact.number.rounds_to(number.value)):
                        yield _finding(report, other, fact, line, number)


def _words(title: str, name: str) -> str:
    """The part of a title that could name the statistic: as many words as the name has."""
    words, size = plain(title).split(), len(plain(name).split())
    parts = [" ".join(words[i : i + size]) for i in range(max(1, len(words) - size + 1))]
    return max(parts, key=lambda part: likeness(part, name), default="")


def _above(report: Report, table: Table) -> str:
    return " ".join(line.text for line in report.document.prose() if 0 < table.first - line.no <= 4)


def _finding(report: Report, other: Report, fact: Fact, line: int, number) -> Finding:
    found = report.finding(
        "R18",
        "SAME",
        f"“{fact.name}” {fact.year}: {fact.number.text} di sini, {number.text} dalam {other.document.name}",
        [fact.line],
        [fact.number.text, number.text],
        f"{show(fact.number.value)} − {show(number.value)} = {show(fact.number.value - number.value)} ≠ 0",
    )
    place = other.document.place(line)
    return replace(
        found, places=(*found.places, replace(place, where=f"{other.document.name}, {place.where}"))
    )


def national(report: Report, other: Report) -> Iterator[Finding]:
    """One national value of a year, printed differently."""
    theirs = [f for f in other.facts if f.what == "national"]
    for fact in (f for f in report.facts if f.what == "national"):
        for twin in theirs:
            differs = twin.number.value != fact.number.value
            if twin.year == fact.year and differs and same_name(twin.name, fact.name):
                yield _finding(report, other, fact, twin.line, twin.number)
