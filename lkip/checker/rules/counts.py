"""R9, R12: stated counts against what is listed, ordinals, and parts that exceed their whole."""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from lkip.checker.columns import is_ordinal_row, items, split, with_role
from lkip.checker.context import Report
from lkip.checker.facts import NUM
from lkip.checker.model import Finding, Table
from lkip.checker.money import source_of
from lkip.checker.numbers import Number, find, only, show
from lkip.checker.words import plain
from lkip.enums import Severity


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    for table in report.document.tables:
        yield from ordinals(report, table)
    yield from plan_sizes(report)
    yield from programmes(report)
    yield from staff(report)
    yield from captions(report)
    yield from subsets(report)
    yield from spans(report)
    yield from halves(report)
    yield from table_numbers(report)


def ordinals(report: Report, table: Table) -> Iterator[Finding]:
    """A column of numbers that counts its rows and counts one twice."""
    rows = [(r, int(m[1])) for r in table.rows if (m := re.fullmatch(r"\(?(\d{1,2})[.)]?", r.cell(0)))]
    head = split(table)[0]
    rows = [(r, n) for r, n in rows if not is_ordinal_row(r) and r not in head]
    if (
        len(rows) < 3
        or rows[0][1] != 1
        or any(r.cell(0) and only(r.cell(0)) is None for r in table.rows[3:-1])
    ):
        return
    wrong = [(a, b) for a, b in pairwise(rows) if b[1] == a[1]]
    if not wrong or any(b[1] < a[1] for a, b in pairwise(rows)):
        return
    lines, values = [], []
    for (a, number), (b, _) in wrong:
        lines += [a.no, b.no]
        values += [str(number), *(next((c for c in r.cells[1:] if c.strip()), "") for r in (a, b))]
    names = {next((c for c in r.cells[1:] if c.strip()), ""): r.no for r, _ in rows}
    yield report.finding(
        "R12",
        "COUNT",
        f"Nomor urut {', '.join(str(a[1]) for a, _ in wrong)} tercetak dua kali",
        [*lines, *(names.values() if len(rows) < 6 else [])],
        [*values, *(names if len(rows) < 6 else [])],
        f"{len(rows)} baris, nomor terakhir {rows[-1][1]}; {len(rows)} − {rows[-1][1]} = {len(rows) - rows[-1][1]} ≠ 0",
        Severity.WARNING,
    )


_SIZES = re.compile(
    r"(?P<goals>\d+)\s*\(\w+\)\s*tujuan\W+(?P<objectives>\d+)\s*\(\w+\)\s*sasaran\W+(?:dan\s+)?(?P<indicators>\d+)\s*"
    r"\(\w+\)\s*indikator",
    re.I,
)


def plan_sizes(report: Report) -> Iterator[Finding]:
    """So many goals, objectives and indicators, against the plan's own table."""
    plans = [t for t in report.document.tables if source_of(t, report.document) == "RENSTRA" and items(t)]
    for line in report.document.prose():
        match = _SIZES.search(line.text)
        if match is None or not plans:
            continue
        table = plans[0]
        goals = {r.cell(0) for r in table.rows if re.fullmatch(r"\d{1,2}\.?", r.cell(0))}
        found = items(table)
        stated, real = (int(match["goals"]), int(match["indicators"])), (len(goals), len(found))
        if goals and stated != real:
            texts = re.findall(
                r"\d+\s*\(\w+\)\s*(?:tujuan|sasaran|indikator\s?\w*)",
                match[0] + line.text[match.end() :],
                re.I,
            )
            yield report.finding(
                "R12",
                "COUNT",
                f"Disebut {stated[0]} tujuan dan {stated[1]} indikator, tabel rencana memuat {real[0]} dan {real[1]}",
                [line.no, *(item.lines[0] for item in found)],
                texts,
                f"{real[0]} − {stated[0]} = {real[0] - stated[0]}; {real[1]} − {stated[1]} = {real[1] - stated[1]} ≠ 0",
            )


_PROGRAMMES = re.compile(r"(?P<count>\d+)\s*\(\s*\w+\s*\)\s*program\b", re.I)


def programmes(report: Report) -> Iterator[Finding]:
    """So many programmes, against the programmes of the budget in the agreement."""
    said = [(line, m) for line in report.document.prose() if (m := _PROGRAMMES.search(line.text))]
    tables = [
        t for t in report.document.tables if source_of(t, report.document) == "PK" and with_role(t, "ceiling")
    ]
    if not said or not tables:
        return
    rows = [
        r
        for r in tables[-1].rows
        if re.search(r"\bPROGRAM\b", " ".join(r.cells[:2])) and not r.cell(0).startswith("N")
    ]
    wrong = [(line, m) for line, m in said if int(m["count"]) != len(rows)]
    if rows and wrong:
        yield report.finding(
            "R12",
            "COUNT",
            f"Disebut {wrong[0][1]['count']} program, tabel anggaran Perjanjian Kinerja memuat {len(rows)}",
            [*(line.no for line, _ in wrong), *(r.no for r in rows)],
            [*(m[0] for _, m in wrong), *(r.cell(1) for r in rows)],
            f"{wrong[0][1]['count']} − {len(rows)} = {int(wrong[0][1]['count']) - len(rows)} ≠ 0",
        )


def staff(report: Report) -> Iterator[Finding]:
    """The number of staff in a list against the list of persons that follows it."""
    total: tuple[int, Number] | None = None
    for line in report.document.lines:
        numbers = find(line.text) if re.search(r"(?i)jumlah (keseluruhan|seluruh|pegawai)", line.text) else []
        if numbers and numbers[-1].unit == "orang":
            total = (line.no, numbers[-1])
    for table in report.document.tables:
        place = next(
            (c.place for c in with_role(table, "count") if re.search(r"(?i)person|pegawai|orang", c.head)),
            None,
        )
        if place is None or total is None or not 0 < table.first - total[0] < 20:
            continue
        rows = [(r.no, n) for r in table.rows if (n := only(r.cell(place)))]
        count = sum((n.value for _, n in rows), Fraction(0))
        if count != total[1].value:
            last = next((r.cell(0) for r in reversed(table.rows) if r.cell(0)), "")
            title = table.rows[0].cell(place)
            yield report.finding(
                "R12",
                "COUNT",
                f"Daftar pegawai memuat {show(count)} orang, jumlahnya disebut {total[1].text}",
                [total[0], table.first, *(no for no, _ in rows)],
                [f"{total[1].text} {total[1].unit}", title, last],
                f"{' + '.join(n.text for _, n in rows)} = {show(count)} ≠ {total[1].text}",
            )


def captions(report: Report) -> Iterator[Finding]:
    """Tables that count the same (by their captions) with other totals."""
    found = defaultdict(list)
    for table in report.document.tables:
        match = re.search(
            r"(?i)^(?:tabel [\d.]+\s)?jumlah\s(.+?)(?:\sberdasarkan|\smenurut)\b", table.caption
        )
        last = table.rows[-1]
        if match and any(plain(c) in ("jumlah", "total") for c in last.cells):
            heads = table.rows[0].cells
            numbers = [
                (heads[i] if i < len(heads) else "", n) for i, c in enumerate(last.cells) if (n := only(c))
            ]
            own = [n for h, n in numbers if plain(h) in terms_of(match[1])] or [n for _, n in numbers[:1]]
            if own:
                found[plain(match[1]).split(" dan ")[0].split()[0]].append(
                    (last.no, own[0], table.caption_line)
                )
    for rows in found.values():
        values = {n.value for _, n, _ in rows}
        if len(values) > 1:
            yield report.finding(
                "R1",
                "COUNT",
                f"Jumlah yang sama tercetak dengan {len(values)} angka: "
                + "; ".join(n.text for _, n, _ in rows),
                [no for no, _, _ in rows],
                [n.text for _, n, _ in rows],
                f"{show(max(values))} − {show(min(values))} = {show(max(values) - min(values))} ≠ 0",
            )


def terms_of(text: str) -> list[str]:
    """The words of a text."""
    return plain(text).split()


_ITEM = re.compile(
    rf"^\W*(?:\w{{1,2}}[.)]\s)?(?P<label>[A-Z][\w ]{{5,60}}?)\s+(?:sebanyak\s+)?(?P<count>{NUM})\s+Orang"
)
_CERTIFIED = re.compile(r"(?i)sertifikasi|lulus|kompeten\b|bersertifikat")


def subsets(report: Report) -> Iterator[Finding]:
    """R9: of one course more certified than trained; the same course listed twice is added."""
    trained: dict[str, tuple[int, Number]] = {}
    certified: dict[str, list[tuple[int, Number]]] = defaultdict(list)
    head, last, closing = "", 0, {}
    for line in report.document.lines:
        match = _ITEM.match(line.text) if line.cells is None else None
        if match is None:
            if line.text.strip() and not re.match(r"(?i)total\b", line.text):
                head, last = line.text, line.no
            elif line.text.strip():
                closing[last] = (line.no, find(line.text)[:1])
            continue
        key, number = plain(match["label"]), find(match["count"])[0]
        if _CERTIFIED.search(head[-200:]):
            certified[key].append((line.no, number))
        elif "sebelum" not in head:
            known = trained.get(key)
            trained[key] = known if known and known[1].value >= number.value else (line.no, number)
    for key, parts in certified.items():
        whole = trained.get(key)
        total = sum(n.value for _, n in parts)
        if whole and total > whole[1].value:
            also = [line.no for line in report.document.prose() if _again(line.text, key, whole[1])]
            ends = [v for v in closing.values() if v[1] and min(no for no, _ in parts) < v[0]]
            yield report.finding(
                "R9",
                "SUBSET",
                f"“{key}”: bersertifikat lebih banyak daripada yang dilatih",
                [whole[0], *also, *(no for no, _ in parts), *(no for no, _ in ends[:1])],
                [
                    f"{whole[1].text} Orang",
                    *(f"{n.text} Orang" for _, n in parts),
                    *(f"{v[0].text} Orang" for _, v in ends[:1]),
                ],
                f"{' + '.join(n.text for _, n in parts)} = {show(total)} > {whole[1].text}",
            )


def _again(text: str, key: str, number: Number) -> bool:
    match = _ITEM.match(text)
    return bool(match) and plain(match["label"]) == key and find(match["count"])[0].value == number.value


_YEARS = re.compile(r"(?P<count>\d+)\s*\(\w+\)\s*tahun\b", re.I)
_PERIOD = re.compile(r"(20\d\d)\s*[-–]\s*(20\d\d)")


def spans(report: Report) -> Iterator[Finding]:
    """A plan said to run so many years, against the period of the plan."""
    periods = defaultdict(list)
    for line in report.document.lines:
        for match in _PERIOD.finditer(line.text):
            if re.search(
                r"(?i)renstra|rencana strategis|periode|\brpd\b|rencana pembangunan daerah", line.text
            ):
                periods[match[0]].append(line.no)
    if not periods:
        return
    name = max(periods, key=lambda p: len(periods[p]))
    first, last = (int(y) for y in _PERIOD.search(name).groups())
    said = [(line, m) for line in report.document.prose() if (m := _YEARS.search(line.text))]
    wrong = [(line, m) for line, m in said if int(m["count"]) != last - first + 1 and _of_plan(line.text)]
    if wrong:
        count = int(wrong[0][1]["count"])
        yield report.finding(
            "R12",
            "YEAR",
            f"Jangka waktu disebut {count} tahun, rencananya {name}",
            [*(line.no for line, _ in wrong), *periods[name]],
            [*(m[0] for _, m in wrong), name],
            f"{last} − {first} + 1 = {last - first + 1} ≠ {count}",
        )


def _of_plan(text: str) -> bool:
    return re.search(r"(?i)renstra|rencana strategis|mendatang|kedepan|ke depan", text) is not None


def halves(report: Report) -> Iterator[Finding]:
    """Several announced, only the first described."""
    for line in report.document.prose():
        for match in re.finditer(
            r"(?i)sebanyak\s(?P<count>[2-9])\s(?P<noun>\w+),\s(?P=noun)\spertama\b", line.text
        ):
            after = [other.text for other in report.document.prose() if line.no <= other.no <= line.no + 6]
            noun = match["noun"]
            if not re.search(rf"(?i){noun}\s(kedua|berikutnya|terakhir|selanjutnya)", " ".join(after)):
                yield report.finding(
                    "R12",
                    "COUNT",
                    f"Disebut {match['count']} {noun}, yang diuraikan hanya {noun} pertama",
                    [line.no],
                    [f"{match['count']} {noun}", f"{noun} pertama"],
                    f"{match['count']} − 1 = {int(match['count']) - 1} ≠ 0",
                    Severity.WARNING,
                )


_CAPTION = re.compile(r"Tabel\s+(?P<number>\d+\.\d+)\s+(?P<name>\w.{8,})")


def table_numbers(report: Report) -> Iterator[Finding]:
    """Numbers of tables in the list of tables against those in the body."""
    listed, body = {}, {}
    for line in report.document.lines:
        match = _CAPTION.match(line.text)
        if match:
            side = listed if line.cells is not None else body
            side.setdefault(plain(match["name"])[:38], (match["number"], line.no, match["name"]))
    wrong = [(listed[k], body[k]) for k in listed if k in body and listed[k][0] != body[k][0]]
    known = {n for n, _, _ in listed.values()}
    missing = [v for k, v in body.items() if k not in listed and listed and v[0] in {a[0] for a, _ in wrong}]
    for a, b in wrong:
        yield report.finding(
            "R12",
            "COUNT",
            f"Tabel {a[0]} dalam daftar tabel adalah Tabel {b[0]} dalam isi",
            [a[1], b[1], *(v[1] for v in missing)],
            [f"Tabel {a[0]}", f"Tabel {b[0]}", a[2], *(v[2] for v in missing)],
            f"{len(body)} tabel dalam isi − {len(listed)} dalam daftar = {len(body) - len(listed)}"
            if len(known) != len(body)
            else "",
            Severity.WARNING,
        )
