"""R1, R6, R18: one indicator, year and kind of value has one number; a target has one, whatever document sets it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from lkip.checker.context import Report
from lkip.checker.facts import NUM, Fact
from lkip.checker.model import Finding
from lkip.checker.money import label_likeness
from lkip.checker.numbers import Number, find, show
from lkip.checker.words import likeness, near, plain, root
from lkip.enums import Severity

ONE_SUBJECT = 0.9
FORM, FORMS = 0.9, 3
"""How alike sentences are that fill in one form, and how many with other numbers make it one."""
WHAT = {"actual": "realisasi", "capaian": "capaian", "target": "target", "national": "nilai nasional"}
SOURCES = {
    "RENSTRA": "Renstra",
    "RKT": "RKT",
    "PK": "PK",
    "PK_OLD": "PK murni",
    "REPORT": "laporan",
}


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    swapped = {f for pair in _swapped(report) for f in pair[:1]}
    yield from swaps(report)
    yield from indicators(report, swapped)
    yield from budgets(report)
    yield from sentences(report)
    yield from verbs(report)


def distinct(facts: list[Fact]) -> dict:
    """The values of facts with the facts that print them."""
    values = defaultdict(list)
    for fact in facts:
        values[fact.number.value].append(fact)
    return dict(values)


def comparable(cluster: list[Fact], what: str, year: int) -> list[Fact]:
    """The facts of a cluster that must agree; a table that lists several such rows speaks of several indicators."""
    found = [f for f in cluster if f.what == what and f.year == year]
    by_table = defaultdict(set)
    for fact in found:
        if fact.table:
            by_table[fact.table].add(fact.number.value)
    return [f for f in found if not f.table or len(by_table[f.table]) == 1]


def agree(numbers: list[Number]) -> bool:
    """Whether the numbers are one number printed with more and fewer decimals."""
    finest = max(numbers, key=lambda n: n.decimals)
    return all(n.rounds_to(finest.value) or n.truncates(finest.value) for n in numbers)


def indicators(report: Report, left_out: set[Fact]) -> Iterator[Finding]:
    """Different numbers for one indicator."""
    for cluster in report.clusters:
        for what in ("actual", "capaian", "target"):
            for year in sorted({f.year for f in cluster}):
                facts = [f for f in comparable(cluster, what, year) if f not in left_out]
                values = distinct(facts)
                if len(values) > 1:
                    yield _differing(report, what, year, facts, values)


def _differing(report: Report, what: str, year: int, facts: list[Fact], values: dict) -> Finding:
    numbers = [v[0].number for v in values.values()]
    rounding = agree(numbers)
    low, high = min(values), max(values)
    name = facts[0].name.strip()
    said = "; ".join(
        f"{found[0].number.text} ({', '.join(dict.fromkeys(SOURCES[f.source] for f in found))}, "
        f"{', '.join(dict.fromkeys(report.document.place(f.line).where for f in found))})"
        for found in values.values()
    )
    title = f"{WHAT[what].capitalize()} {year or ''} “{name}” tercetak dengan {len(values)} angka: {said}"
    if rounding:
        title += ". Angkanya sama, pembulatannya tidak"
    return report.finding(
        "R6" if what == "target" else "R1",
        "TARGET" if what == "target" else "ROUND" if rounding else "SAME",
        title,
        [f.line for f in facts],
        [f.number.text for f in facts],
        f"{show(high)} − {show(low)} = {show(high - low)} ≠ 0",
        Severity.WARNING if rounding else Severity.ERROR,
    )


def _swapped(report: Report) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Facts called realisasi that repeat the capaian of the same indicator where another realisasi is printed."""
    for cluster in report.clusters:
        for fact in (f for f in cluster if f.what == "actual" and f.number.percent):
            copies = [
                f for f in cluster if f.what == "capaian" and f.year == fact.year and f.table != fact.table
            ]
            copy = next((f for f in copies if f.number.value == fact.number.value and f.table), None)
            real = next(
                (
                    f
                    for f in cluster
                    if copy
                    and f.what == "actual"
                    and f.table == copy.table
                    and f.number.value != fact.number.value
                ),
                None,
            )
            if copy and real:
                yield fact, copy, real


def swaps(report: Report) -> Iterator[Finding]:
    """A column headed realisasi that holds capaian."""
    by_table = defaultdict(list)
    for fact, copy, real in _swapped(report):
        by_table[fact.table].append((fact, copy, real))
    for group in by_table.values():
        if len(group) < 2:
            continue
        said = "; ".join(f"{f.number.text} ≠ {r.number.text}" for f, _, r in group)
        lines = [x.line for f, c, _ in group for x in (f, c)]
        values = [x.number.text for f, c, r in group for x in (f, c, r)]
        title = f"Kolom realisasi {group[0][0].year} memuat capaian, bukan realisasi: {said}"
        yield report.finding("R1", "SWAP", title, lines, values, said)


def budgets(report: Report) -> Iterator[Finding]:
    """One sub kegiatan with different pagu in RKT, PK and report."""
    rows = [b for b in report.budgeted if b.level != 0]
    partners = _partners(rows)
    seen: set[int] = set()
    for place in range(len(rows)):
        group, waiting = {place}, [place]
        while waiting:
            new = partners[waiting.pop()] - group
            group |= new
            waiting += new
        if place in seen:
            continue
        seen |= group
        chosen = [rows[i] for i in sorted(group)]
        values = {b.amount.value for b in chosen}
        if len(values) < 2 or _mixed(chosen):
            continue
        said = "; ".join(
            f"{b.amount.text} ({SOURCES[b.source]}, {report.document.place(b.lines[0]).where})"
            for b in chosen
        )
        high, low = max(values), min(values)
        yield report.finding(
            "R1",
            "SAME",
            f"Pagu “{min((b.label for b in chosen), key=len)}” tercetak dengan {len(values)} angka: {said}",
            [line for b in chosen for line in b.lines[-1:]],
            [b.amount.text for b in chosen],
            f"{show(high)} − {show(low)} = {show(high - low)} ≠ 0",
        )


def _mixed(chosen: list) -> bool:
    """Whether one table has two of these rows with two amounts: they only sound alike."""
    amounts = defaultdict(set)
    for row in chosen:
        amounts[row.table].add(row.amount.value)
    return any(len(each) > 1 for each in amounts.values())


def _partners(rows: list) -> dict[int, set[int]]:
    """Rows of different tables that are each other's likeliest namesake."""
    best: dict[tuple[int, int], tuple[float, int]] = {}
    twice = Counter((b.table, plain(b.label)[:60]) for b in rows)
    clear = [i for i, b in enumerate(rows) if twice[(b.table, plain(b.label)[:60])] == 1]
    for i, j in product(clear, clear):
        row, other = rows[i], rows[j]
        levels = {row.level, other.level}
        if row.table != other.table and (None in levels or len(levels) == 1):
            likely = label_likeness(row.label, other.label)
            if likely > best.get((i, other.table), (0, -1))[0]:
                best[(i, other.table)] = (likely, j)
    found: dict[int, set[int]] = {i: set() for i in range(len(rows))}
    for (i, _), (_, j) in best.items():
        if best.get((j, rows[i].table), (0, -1))[1] == i:
            found[i].add(j)
    return found


def verbs(report: Report) -> Iterator[Finding]:
    """Counts that sentences give for what an indicator counts: so many were placed, so many settled."""
    names = {f.name for f in report.facts if f.what == "actual" and plain(f.name).startswith("persentase")}
    roots = {root(m[1]) for n in names if (m := re.search(r"yang ((?:di|ter)\w+)", plain(n)))}
    pattern = re.compile(rf"\b(\w+)\b(?:\s+[\w.,%]+){{0,9}}?\s+sebanyak\s+(?=(?:{NUM})\s?[Oo]rang)")
    said: dict[str, list[tuple[int, Number]]] = defaultdict(list)
    for line in report.document.prose():
        for match in pattern.finditer(line.text):
            words = line.text[match.start() : match.end()].split()
            verb = next(
                (root(plain(w)) for w in reversed(words) if re.match(r"(?i)(di|men|mem)\w{5}", w)), ""
            )
            stem = next((r for r in roots if near(r, verb)), None)
            if stem and "sebelumnya" not in match[0]:
                said[stem].append((line.no, find(line.text[match.end() :])[0]))
    for places in said.values():
        values = {n.value for _, n in places}
        if len(values) > 1:
            texts = "; ".join(f"{n.text} ({report.document.place(no).where})" for no, n in places)
            yield report.finding(
                "R1",
                "SAME",
                f"Jumlah orang untuk satu hal tercetak dengan {len(values)} angka: {texts}",
                [no for no, _ in places],
                [n.text for _, n in places],
                f"{show(max(values))} − {show(min(values))} = {show(max(values) - min(values))} ≠ 0",
            )


_DATE = re.compile(
    r"(?i)\d{1,2} (januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)"
)


_REFERENCE = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}-\d+\*?")


def sentences(report: Report) -> Iterator[Finding]:
    """Two sentences with the same words and other numbers."""
    pieces = _no_forms(list(_pieces(report)))
    for i, (line, words, before, numbers) in enumerate(pieces):
        for other_line, other_words, other_before, others in pieces[i + 1 :]:
            if other_line == line or likeness(words, other_words) < 0.75:
                continue
            if _one_subject(before, other_before):
                yield from _paired(report, (line, numbers), (other_line, others))


def _no_forms(pieces: list) -> list:
    """Without the sentences that only fill in a form: the same words for one thing after another.

    A text that contradicts itself says a thing twice, with two numbers. The same words with three or more sets of
    numbers are the row of a list that lost its table: each speaks of something else, named in a cell of its own.
    """
    groups: list[list] = []
    for piece in pieces:
        home = next((g for g in groups if likeness(g[0][1], piece[1]) >= FORM), None)
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    forms = {
        id(piece)
        for group in groups
        if len({tuple(n.value for n, _ in numbers) for _, _, _, numbers in group}) >= FORMS
        for piece in group
    }
    return [piece for piece in pieces if id(piece) not in forms]


def _one_subject(before: str, other: str) -> bool:
    """Whether the sentences before speak of one thing: a sentence that goes on need not name its subject again."""
    return not before or not other or likeness(before, other) >= ONE_SUBJECT


def _pieces(report: Report) -> Iterator[tuple[int, str, str, list[tuple[Number, str]]]]:
    """Sentences of some length with the words before them and their numbers.

    Dates, laws, headings of tables and worked targets are left out. So are worked divisions, whose year stands in a
    cell of its own, and numbers of reference (F-012), which count nothing and may have a footnote's mark glued to them.
    """
    for line in report.document.prose():
        if re.match(r"[-•o]\s|\W*\w{1,2}[.)]\s|\d+\s", line.text):
            continue
        last = ""
        for sentence in re.split(r"(?<=[a-z%)])[.;]\s+", _REFERENCE.sub(" ", line.text)):
            before, last = last, plain(re.sub(r"[\d.,%]+", " ", sentence))
            if re.search(r"(?i)nomor|undang-undang|ditarget|^tabel|^gambar|÷", sentence) or _DATE.search(
                sentence
            ):
                continue
            numbers = [n for n in find(sentence) if not _is_year(sentence, n)]
            words = plain(re.sub(r"[\d.,%]+", " ", sentence))
            if numbers and len(words) >= 40:
                yield line.no, words, before, [(n, _kind(sentence, n)) for n in numbers]


def _is_year(sentence: str, number: Number) -> bool:
    """A year names no quantity, also where the word after it happens to be a unit."""
    if not (2000 <= number.value <= 2100) or number.style or number.decimals:
        return False
    return not number.unit or re.search(r"(?i)(?:tahun|,)\s*$", sentence[: number.start]) is not None


def _kind(sentence: str, number: Number) -> str:
    """What a number is said to be: the last of target, realisasi, capaian, serapan before it."""
    said = re.findall(r"(?i)target|realisasi|capaian|serapan", sentence[: number.start])
    return said[-1].lower() if said else ""


def _paired(report: Report, one, other) -> Iterator[Finding]:
    """Numbers at the same place of both sentences; of sentences with more and fewer numbers the first of a unit."""
    (line, said), (other_line, also) = one, other
    numbers, others = [n for n, _ in said], [n for n, _ in also]
    kinds = [n.unit for n in numbers]
    pairs = list(zip(numbers, others, strict=False)) if kinds == [n.unit for n in others] else []
    if not pairs and numbers[0].unit and numbers[0].unit == others[0].unit and said[0][1] == also[0][1]:
        pairs = [(numbers[0], others[0])]
    wrong = [(a, b) for a, b in pairs if a.value != b.value]
    if not wrong:
        return
    said = "; ".join(f"{a.text} / {b.text}" for a, b in wrong)
    rounding = all(agree([a, b]) for a, b in wrong)
    yield report.finding(
        "R1",
        "SAME",
        f"Kalimat yang sama memuat angka yang lain ({report.document.place(line).where} / "
        f"{report.document.place(other_line).where}): {said}",
        [line, other_line],
        [f"{n.text} {n.unit if n.unit != 'persen' else ''}".strip() for pair in wrong for n in pair],
        "; ".join(f"{show(a.value)} − {show(b.value)} = {show(a.value - b.value)} ≠ 0" for a, b in wrong),
        Severity.WARNING if rounding else Severity.ERROR,
    )
