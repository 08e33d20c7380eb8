"""R11 and references: one thing under two names, one regulation of two years, programmes under other objectives."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from lkip.checker.columns import split, with_role
from lkip.checker.context import Report
from lkip.checker.facts import NUM
from lkip.checker.model import Finding
from lkip.checker.money import bare, source_of
from lkip.checker.numbers import find, only, show
from lkip.checker.words import edits, likeness, plain, terms
from lkip.enums import Severity

OPPOSITES = (
    {"makro", "mikro"},
    {"pra", "purna"},
    {"bersama", "sama"},
    {"murni", "perubahan"},
    {"masuk", "keluar"},
)
"""Words that look alike or go together and name different things."""


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    yield from regulations(report)
    yield from mottoes(report)
    yield from substitutes(report)
    yield from misspelt(report)
    yield from objectives(report)
    yield from supporting(report)
    yield from funds(report)
    yield from strange_objectives(report)


_LAW = re.compile(
    r"(?P<kind>Undang-[Uu]ndang|Peraturan\s[A-Z]\w+(?:\s[A-Z]\w+){0,3})\sNomor\s(?P<number>\d+)\s[Tt]ahun\s(?P<year>\d{4}),?\s"
    r"tentang\s(?P<title>[^.;]{20,60})"
)


def regulations(report: Report) -> Iterator[Finding]:
    """One regulation, same number and title, with two years."""
    found = defaultdict(list)
    for line in report.document.lines:
        for match in _LAW.finditer(line.text):
            found[plain(match["kind"])[:14], match["number"], plain(match["title"])[:30]].append(
                (line.no, match["year"])
            )
    for (_, number, _), places in found.items():
        years = sorted({y for _, y in places})
        if len(years) > 1:
            yield report.finding(
                "R13",
                "REF",
                f"Peraturan yang sama (Nomor {number}) bertahun {' dan '.join(years)}",
                [no for no, _ in places],
                [f"Nomor {number} Tahun {y}" for y in years],
                f"{years[-1]} − {years[0]} = {int(years[-1]) - int(years[0])} ≠ 0",
                Severity.WARNING,
            )


def mottoes(report: Report) -> Iterator[Finding]:
    """Two visions, or two texts of one mission."""
    said: dict[str, list[tuple[int, str]]] = defaultdict(list)
    lines = [line for line in report.document.lines if line.text.strip()]
    for place, line in enumerate(lines):
        mission = re.match(r"(?i)misi\s(\d+|satu|dua|tiga|empat|lima)\s*:?\s+(.{20,})", line.text)
        if mission:
            number = {"satu": "1", "dua": "2", "tiga": "3", "empat": "4", "lima": "5"}.get(
                mission[1].lower(), mission[1]
            )
            said[f"misi {number}"].append((line.no, mission[2].strip()))
        vision = re.match(r"VISI\s*:?\s+(.{10,})", line.text)
        if vision:
            said["visi"].append((line.no, vision[1].strip()))
        elif re.search(r"(?i)\bvisi\b.{0,80}(yaitu|adalah)\s*:\s*$", line.text) and place + 1 < len(lines):
            said["visi"].append((lines[place + 1].no, lines[place + 1].text.strip('“”" ')))
    for name, texts in said.items():
        different = [(a, b) for a, b in combinations(texts, 2) if likeness(a[1], b[1]) < 0.5]
        if different:
            chosen = [t for t in texts if any(t in pair for pair in different)]
            yield report.finding(
                "R11",
                "REF",
                f"{name.capitalize()} tercetak dengan teks yang berbeda",
                [no for no, _ in chosen],
                list(dict.fromkeys(t for _, t in chosen)),
                severity=Severity.WARNING,
            )


def _labels(report: Report) -> list[tuple[int, int, str]]:
    """Names of programmes, kegiatan and sub kegiatan: (line, list or table, name)."""
    found = []
    for number, table in enumerate(report.document.tables, 1):
        for column in with_role(table, "label"):
            head = {r.no for r in split(table)[0]}
            found += [
                (r.no, number, re.sub(r"^\W*\d{1,2}[.)]\s*", "", bare(r.cell(column.place))))
                for r in table.rows
                if r.cell(column.place) and r.no not in head
            ]
    run, last = -1, -10
    for line in report.document.prose():
        match = re.match(r"\W*(?:\d{1,2}[.)]\s)?\W*(?P<name>[A-Z][\w ,/()-]{20,200})$", line.text)
        if match and re.match(r"[-•\s]|\d", line.text):
            run = run if line.no - last <= 4 else run - 1
            last = line.no
            found.append((line.no, run, match["name"]))
    return found


def substitutes(report: Report) -> Iterator[Finding]:
    """A sub kegiatan that is called by another word in another table, both never side by side."""
    labels = [(no, home, name, plain(name).split()) for no, home, name in _labels(report)]
    groups: dict[tuple, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for no, home, name, words in labels:
        for pair in OPPOSITES:
            place = next((i for i, w in enumerate(words) if w in pair), None)
            if place is not None and len(words) >= 4:
                key = (*sorted(terms(" ".join(words[:place] + words[place + 1 :]))), *sorted(pair))
                groups[key][words[place]].append((no, home, name))
    for sides in groups.values():
        if len(sides) != 2:
            continue
        one, other = sides.values()
        if {h for _, h, _ in one} & {h for _, h, _ in other}:
            continue
        both = [*one, *other]
        yield report.finding(
            "R11",
            "COVER" if {"makro", "mikro"} == set(sides) else "DEF",
            "Sub kegiatan yang sama disebut "
            + " / ".join(f"“{s[0][2].strip(' .')}”" for s in sides.values()),
            [no for no, _, _ in both],
            [name.strip(" .") for _, _, name in both],
            severity=Severity.WARNING,
        )


_ITEM = re.compile(
    rf"^\W*(?:\w{{1,2}}[.)]\s)?(?P<label>[A-Z][\w ]{{5,60}}?)\s+(?:sebanyak\s+)?(?P<count>{NUM})\s+Orang"
)


def misspelt(report: Report) -> Iterator[Finding]:
    """Two list items with one count whose names differ in the letters of one word."""
    found = defaultdict(lambda: defaultdict(list))
    for line in report.document.prose():
        match = _ITEM.match(line.text)
        if match:
            found[find(match["count"])[0].text][plain(match["label"])].append(
                (line.no, match["label"].split())
            )
    for count, labels in found.items():
        for a, b in combinations(labels, 2):
            x, y = a.split(), b.split()
            other = [(i, p, q) for i, (p, q) in enumerate(zip(x, y, strict=False)) if p != q]
            if (
                len(x) == len(y)
                and len(other) == 1
                and 0 < edits(*other[0][1:], 3) <= 3
                and len(other[0][1]) >= 6
            ):
                place = other[0][0]
                both = [*labels[a], *labels[b]]
                yield report.finding(
                    "R11",
                    "DEF",
                    f"Nama yang berbeda untuk {count} orang yang sama: {a} / {b}",
                    [no for no, _ in both],
                    [labels[a][0][1][place], labels[b][0][1][place]],
                    f"{count} = {count}",
                    Severity.WARNING,
                )


def objectives(report: Report) -> Iterator[Finding]:
    """A programme under other objectives in another part of the report."""
    found: dict[str, list[tuple[int, str, int, str]]] = defaultdict(list)
    goal, goal_line = "", 0
    for line in report.document.prose():
        heading = re.match(
            r"(?:[IVX]{1,4}\.|[\d.]+\sSasaran Strategis)\s+(?P<name>[Mm]e\w+nya\s.+)", line.text
        )
        if heading:
            goal, goal_line = heading["name"].strip(), line.no
        elif re.match(r"BAB\s|\d\.\d\s", line.text):
            goal = ""
        programme = re.match(r"(?:\d\.\s)?(?P<name>Program\s[A-Z][\w ]{8,80})$", line.text)
        if programme and goal:
            found[plain(programme["name"])].append((line.no, goal, goal_line, programme["name"]))
    for table in report.document.tables:
        column, labels = with_role(table, "objective"), with_role(table, "label")
        if not column or not labels:
            continue
        goal, goal_line = "", 0
        for row in split(table)[1]:
            if row.cell(column[0].place):
                goal, goal_line = row.cell(column[0].place), row.no
            label = row.cell(labels[0].place)
            if re.match(r"PROGRAM\b", label) and goal:
                found[plain(label)].append((row.no, goal, goal_line, label))
    for places in found.values():
        names = list(dict.fromkeys(g for _, g, _, _ in places))
        if any(likeness(a, b) < 0.2 for a, b in combinations(names, 2)):
            yield report.finding(
                "R11",
                "MAP",
                f"“{places[0][3]}” berada di bawah sasaran yang berbeda: {' / '.join(names)}",
                [no for line, _, head, _ in places for no in (line, head)],
                [*names, *(label for *_, label in places)],
                severity=Severity.WARNING,
            )


def supporting(report: Report) -> Iterator[Finding]:
    """An objective said to rest on several programmes whose pagu is that of one."""
    lines = list(report.document.prose())
    amounts = {
        plain(
            re.sub(
                r"(?i)^program\s", "", s.label if not s.label.upper().startswith("PROGRAM") else s.label[8:]
            )
        ): s
        for _, rows in report.spending
        for s in rows
        if s.level == 0 and s.ceiling and s.spent
    }
    for place, line in enumerate(lines):
        match = re.match(
            r"Sasaran Strategis\s(?P<goal>.+?)\sditunjang oleh (?P<some>beberapa|\w+) program", line.text
        )
        if match is None:
            continue
        named = []
        for other in lines[place + 1 :]:
            if re.match(r"\d+\.\d+(\.\d+)?\s", other.text):
                break
            programme = re.match(r"\d\.\sProgram\s(?P<name>[A-Z][\w ]+)$", other.text)
            if programme and plain(programme["name"]) in amounts:
                named.append((other.no, amounts[plain(programme["name"])], f"Program {programme['name']}"))
        for table in report.document.tables if len(named) > 1 else ():
            yield from _one_programme(report, table, match, line.no, named)


def _one_programme(report: Report, table, match, line: int, named: list) -> Iterator[Finding]:
    ceiling, spent = with_role(table, "ceiling"), with_role(table, "spent")
    if not ceiling or not spent or not with_role(table, "target"):
        return
    for row in table.rows:
        value = only(row.cell(ceiling[0].place))
        if value is None or not any(likeness(c, match["goal"]) > 0.9 for c in row.cells):
            continue
        single = next((s for _, s, _ in named if s.ceiling.value == value.value), None)
        if single is None:
            continue
        pagu = sum((s.ceiling.value for _, s, _ in named), Fraction(0))
        used = sum((s.spent.value for _, s, _ in named), Fraction(0))
        yield report.finding(
            "R2",
            "SUM",
            f"Sasaran “{match['goal']}” ditunjang {len(named)} program, pagunya hanya dari satu",
            [line, row.no, *(no for no, _, _ in named), *(no for _, s, _ in named for no in s.lines)],
            [
                f"{match['some']} program",
                *(name for *_, name in named),
                *(s.ceiling.text for _, s, _ in named),
                row.cell(spent[0].place),
            ],
            f"{' + '.join(show(s.ceiling.value) for _, s, _ in named)} = {show(pagu)} ≠ {value.text}; "
            f"{show(used)} ÷ {show(pagu)} × 100 = {show(used * 100 / pagu)}",
        )
        return


_FUNDS = re.compile(r"bersumber dari\s(?P<names>[A-Z]{3,}[\w ]*(?:,\s(?:dan\s)?[A-Z][\w ]+)+)")


def funds(report: Report) -> Iterator[Finding]:
    """Several sources of money said in prose, one in every row of the budget."""
    for line in report.document.prose():
        match = _FUNDS.search(line.text)
        if match is None:
            continue
        for table in report.document.tables:
            head = " ".join(table.rows[0].cells)
            if not re.search(r"(?i)sumber dana|APBD\s?/", head):
                continue
            cells = [
                (r.no, r.cells[-1].strip())
                for r in split(table)[1]
                if re.match(r"[A-Z]{3,}\b", r.cells[-1].strip())
            ]
            names = Counter(plain(c).split()[0] for _, c in cells)
            if len(cells) >= 3 and names.most_common(1)[0][1] >= 0.9 * len(cells):
                first, size = match["names"].split(",")[0], len(match["names"].split(","))
                yield report.finding(
                    "R1",
                    "SAME",
                    f"Sumber dana disebut {match['names']}, tabelnya hanya {cells[0][1]}",
                    [line.no, *(no for no, _ in cells)],
                    [cells[0][1], first, match["names"]],
                    f"{size} sumber − 1 = {size - 1}",
                    Severity.WARNING,
                )
                break


def strange_objectives(report: Report) -> Iterator[Finding]:
    """A table of efficiency over objectives that stand in no other table."""
    tables = [t for t in report.document.tables if with_role(t, "objective")]
    for table in tables:
        if not with_role(table, "performance", "efficiency") or with_role(table, "indicator"):
            continue
        place = with_role(table, "objective")[0].place
        planned = [
            t for t in tables if t is not table and source_of(t, report.document) in ("RENSTRA", "PK", "RKT")
        ]
        known = [r.cell(c.place) for t in planned for c in with_role(t, "objective") for r in split(t)[1]]
        strange = [r for r in split(table)[1] if len(terms(r.cell(place))) >= 2]
        strange = [r for r in strange if known and all(likeness(r.cell(place), k) < 0.5 for k in known if k)]
        if strange:
            yield report.finding(
                "R11",
                "DEF",
                f"{len(strange)} sasaran tidak ada dalam Renstra dan Perjanjian Kinerja",
                [r.no for r in strange],
                [r.cell(place) for r in strange],
                severity=Severity.WARNING,
            )
