"""What the numbers of a report say: indicator, kind of value, year, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lkip.checker.columns import Item, items, split, with_role
from lkip.checker.model import Document, Table
from lkip.checker.money import source_of
from lkip.checker.numbers import Number, find, only
from lkip.checker.words import initials, plain, same_name, terms

NUM = r"[-–]?\d[\d.,]*\d|\d"
_TRIPLE = re.compile(
    rf"(?P<name>[^;:\n]{{12,220}}?)\s(?:di)?target(?:kan|\s?nya)?\s(?:sebesar\s)?(?P<t>(?:{NUM})\s?%?(?:\s?[Oo]rang)?)"
    rf"[^\d]{{1,80}}?(?:tercapai|realisasi)[^\d]{{0,60}}(?P<a>(?:{NUM})\s?%?(?:\s?[Oo]rang)?)"
    rf"[^\d]{{1,60}}capaian[^\d]{{0,30}}(?P<c>(?:{NUM})\s?%?)"
)
_SERIES = re.compile(rf"(?P<before>[^=;]{{0,90}}?)[Tt]ahun\s?(?P<year>20\d\d)\s?[=:]\s?(?P<value>{NUM})")
_SUBJECT = re.compile(
    r"\b((?:[Nn]ilai|[Ii]ndeks|[Tt]ingkat|[Pp]ersentase)\s+[A-Z][\w/]+(?:\s[A-Z][\w/]+){0,6})"
)
_COMPONENT = re.compile(rf"[Ii]ndikator\s(?P<name>(?:(?![Ii]ndikator).)+?)\s?=\s?(?P<value>(?:{NUM})\s?%)")
_SAID = re.compile(rf"(?:sebesar|menjadi|mencapai)\s+(?P<value>(?:{NUM})\s?%)")
_REACHED = re.compile(rf"(?i)ketercapaian\s[^\d]*target[^\d]*sebesar\s+(?P<value>(?:{NUM})\s?%)")
_BEFORE = re.compile(rf"[Tt]ahun sebelumnya\s+(?:yang\s+)?(?:mencapai|sebesar)\s+(?P<value>(?:{NUM})\s?%)")


@dataclass(frozen=True)
class Fact:
    """One printed value of an indicator. ``what``: target, actual, capaian, baseline or national."""

    name: str
    what: str
    year: int
    number: Number
    line: int
    source: str
    table: int = 0


@dataclass
class BlockItem:
    """An item of a table in blocks (input, output, outcome): its place in the block, its numbers."""

    block: str
    ordinal: int
    name: str
    lines: list[int]
    line: int
    target: Number
    actual: Number | None
    percent: Number | None
    blank: bool


def report_year(document: Document) -> int:
    """The year the report is about: the year its first pages name most often; 0 when they name none."""
    counts: dict[int, int] = {}
    for line in document.lines[:150]:
        for year in re.findall(r"(?i)tahun\s(20\d\d)\b(?!\s?[-–])", line.text):
            counts[int(year)] = counts.get(int(year), 0) + 1
    return max(counts, key=lambda year: (counts[year], year), default=0)


def table_facts(document: Document, year: int) -> Iterator[Fact]:
    """The values of all tables of indicators."""
    for number, table in enumerate(document.tables, 1):
        if _is_plan_matrix(table):
            continue
        source = source_of(table, document)
        for item in items(table):
            whole = re.match(r"(?i)sasaran\b", item.name)
            for column, value, _, line in item.values:
                if whole:
                    break
                if value is not None and column.role in (
                    "target",
                    "actual",
                    "capaian",
                    "baseline",
                    "national",
                ):
                    yield Fact(item.name, column.role, column.year or year, value, line, source, number)
            yield from _components(document, item, year, number)
        if with_role(table, "label") and with_role(table, "target") and not with_role(table, "ceiling"):
            for item in block_items(table):
                if item.block == "output":
                    yield Fact(item.name, "target", year, item.target, item.line, source, number)


def _is_plan_matrix(table: Table) -> bool:
    """The wide matrix of a yearly plan: its rows say Input, Output, Outcome in a cell."""
    return any(plain(c) in ("output", "outcome") for row in table.rows for c in row.cells)


def matrix_facts(document: Document, year: int) -> Iterator[Fact]:
    """The outputs of a yearly plan's matrix: name beside the word Output, target in the last cell."""
    for number, table in enumerate(document.tables, 1):
        if not _is_plan_matrix(table):
            continue
        name, place, line, value = "", 0, 0, None
        for row in table.rows:
            at = next((i for i, c in enumerate(row.cells) if plain(c) == "output"), None)
            if at is not None or any(plain(c) in ("input", "outcome") for c in row.cells):
                if name and value is not None:
                    yield Fact(name, "target", year, value, line, "RKT", number)
                name, value = "", None
            if at is not None:
                filled = [c for c in row.cells if c.strip()]
                name, place, line, value = row.cell(at + 1), at + 1, row.no, only(filled[-1])
            elif name and row.cell(place):
                name += f" {row.cell(place)}"


def _components(document: Document, item: Item, year: int, table: int) -> Iterator[Fact]:
    for match in _COMPONENT.finditer(item.name):
        value = find(match["value"])[0]
        line = next((n for n in item.lines if f"= {value.text}" in document.by_number[n].text), item.lines[0])
        yield Fact(match["name"].strip(" .:"), "capaian", year, value, line, "REPORT", table)


_BLOCKS = (("input", r"^in\w{0,4}ut\b"), ("output", r"(?:t|ı)put\s?:?$"), ("outcome", r"come\s?:?$"))


def block_items(table: Table) -> list[BlockItem]:
    """The items of a table "Program / Kegiatan | Target | Capaian | %" with its blocks."""
    labels, targets = with_role(table, "label"), with_role(table, "target")
    actuals, percents = with_role(table, "actual"), with_role(table, "capaian")
    if not (labels and targets and actuals):
        return []
    found: list[BlockItem] = []
    block, ordinal, words, lines = "", 0, [], []
    for row in split(table)[1]:
        text = "".join(row.cells[: targets[0].place]).strip()
        marked = next((name for name, mark in _BLOCKS if re.search(mark, text.lower())), "")
        target = only(row.cell(targets[0].place))
        if marked:
            block, ordinal, words, lines = marked, 0, [], []
        if row.cell(0) and not marked:
            ordinal, words, lines = ordinal + 1, [], []
        words.append(row.cell(labels[0].place))
        lines += row.lines
        if target is not None:
            percent = row.cell(percents[0].place) if percents else ""
            actual = only(row.cell(actuals[0].place))
            found.append(
                BlockItem(
                    block,
                    ordinal,
                    " ".join(words),
                    list(lines),
                    row.no,
                    target,
                    actual,
                    only(percent),
                    not percent,
                )
            )
        elif found and not row.cell(0) and not marked and words and found[-1].ordinal == ordinal:
            found[-1].name += f" {row.cell(labels[0].place)}"
    return found


def prose_facts(document: Document, year: int, names: list[str]) -> Iterator[Fact]:
    """Values that sentences give: worked triples, series by year, values said of a known indicator."""
    subject, since = "", 0
    for line in document.prose():
        for match in _TRIPLE.finditer(line.text):
            name = re.split(r"\b[Ii]ndikator\s|^\W*\w{1,2}[.)]\s", match["name"])[-1].strip(" -.:")
            for what, key in (("target", "t"), ("actual", "a"), ("capaian", "c")):
                yield Fact(name, what, year, find(match[key])[0], line.no, "REPORT")
        said = _SUBJECT.search(line.text)
        if said:
            subject, since = said[1], line.no
        elif re.match(r"\d\.\d\s|BAB\s", line.text) or line.no - since > 30:
            subject = ""
        if subject:
            yield from _series(line, subject)
            reached = _REACHED.search(line.text)
            if reached:
                yield Fact(subject, "capaian", year, find(reached["value"])[0], line.no, "REPORT")
        yield from _mentions(line, names, year)


def _series(line, subject: str) -> Iterator[Fact]:
    for match in _SERIES.finditer(line.text):
        before = match["before"].lower()
        what = "national" if "nasional" in before else "target" if "target" in before else "actual"
        yield Fact(subject, what, int(match["year"]), find(match["value"])[0], line.no, "REPORT")


def _mentions(line, names: list[str], year: int) -> Iterator[Fact]:
    for sentence in re.split(r"(?<=[a-z%)])\.\s+", line.text):
        if "ditarget" in sentence:
            continue
        for name in names:
            at = mention(sentence, name)
            value = _SAID.search(sentence, at) if at >= 0 else None
            if (
                value is None
                or value.start() - at > 140
                or re.search(r"capaian|serapan", sentence[at : value.start()])
            ):
                continue
            yield Fact(name, "actual", year, find(value["value"])[0], line.no, "REPORT")
            before = _BEFORE.search(sentence, value.end())
            if before:
                yield Fact(name, "actual", year - 1, find(before["value"])[0], line.no, "REPORT")
            break


def mention(sentence: str, name: str) -> int:
    """Where a sentence ends to name an indicator, in full or by its acronym; -1 when it does not."""
    core = _core(name)
    at = sentence.lower().find(core.lower())
    if at >= 0 and len(terms(core)) >= 2:
        return at + len(core)
    for acronym, end in _acronyms(sentence):
        if initials(core, acronym):
            return end
    return -1


@lru_cache(maxsize=4000)
def _core(name: str) -> str:
    return re.sub(r"(?i)^(persentase|prosentase)\s", "", re.sub(r"\(.*?\)", "", name)).strip()


@lru_cache(maxsize=4000)
def _acronyms(sentence: str) -> list[tuple[str, int]]:
    return [(m[0], m.end()) for m in re.finditer(r"\b[A-Z]{3,6}\b", sentence)]


def clusters(facts: list[Fact]) -> list[list[Fact]]:
    """Facts about one indicator together, by their names."""
    names = list(dict.fromkeys(f.name for f in facts))
    groups: list[list[str]] = []
    for name in names:
        home = next((g for g in groups if any(same_name(name, other) for other in g)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    return [[f for f in facts if f.name in group] for group in groups]
