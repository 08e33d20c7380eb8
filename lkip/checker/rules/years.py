"""R13, R15: years left over from another report, periods that differ, verbs against their numbers."""

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from lkip.checker.context import Report
from lkip.checker.facts import NUM, mention
from lkip.checker.model import Finding
from lkip.checker.numbers import find, show
from lkip.checker.words import plain
from lkip.enums import Severity

_YEAR = re.compile(r"(?i)\btahun(?:\s+anggaran)?\s+(20\d\d)\b(?!\s*[-–/]\s*\d)")
_LAW = re.compile(r"(?i)nomor|undang-undang|peraturan|permen|instruksi|keputusan|\buu\b")
_COMPARES = re.compile(
    r"(?i)banding|sebelum|dari tahun|menjadi|tren|naik|turun|menurun|meningkat|sampai dengan|s/?d\b|sejak|data capaian"
)
_CAPTION = re.compile(r"^(?:Tabel|Gambar)\s+\d+\.\d+\s")


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    if report.year:
        yield from residue(report)
        yield from captions(report)
    yield from periods(report)
    yield from double_negatives(report)
    yield from contrary(report)
    yield from shorter_captions(report)


def residue(report: Report) -> Iterator[Finding]:
    """The year before, where the report speaks of its own year."""
    before, found = str(report.year - 1), []
    for line in report.document.lines:
        if line.cells is not None and len([c for c in line.cells if c.strip()]) > 4:
            continue
        for match in _YEAR.finditer(line.text):
            if match[1] == before and _own_year(line.text, match, report.year):
                found.append((line, match[0]))
                break
    if not found:
        return
    texts = list(dict.fromkeys(t for _, t in found))
    context = [line.text[:160] for line, _ in found] if len(found) == 1 else []
    yield report.finding(
        "R13",
        "YEAR",
        f"Tahun {before} disebut sebagai tahun laporan {report.year} pada {len(found)} tempat",
        [line.no for line, _ in found],
        [*texts, *(_around(line.text, t) for line, t in found), *context],
        f"{report.year} − {before} = 1 ≠ 0",
        Severity.WARNING,
    )


def _around(text: str, token: str) -> str:
    at = text.find(token)
    return text[at : at + 60]


def _own_year(text: str, match: re.Match, year: int) -> bool:
    """Whether a mention of last year stands where this year is meant: no law, no comparison, no year's value."""
    start = max(
        text.rfind(". ", 0, match.start()), text.rfind(", ", 0, match.start()) if len(text) > 400 else 0, 0
    )
    end = text.find(". ", match.end())
    clause = text[start : end if end >= 0 else len(text)]
    before, after = text[start : match.start()], text[match.end() : match.end() + 60]
    if re.match(r"\s+dengan\s+tahun\s+sebelumnya", after):
        return True
    if re.search(r"(?i)(nomor|no\.?)\s[\w/.\- ]{1,40}$", before) or re.match(r"\s*[=:]", after):
        return False
    if re.search(r"(?i)nomor\s[\w./ -]+tentang\s[^,;]*$", before) or re.match(
        r"(?i)\s*(sampai|s/?d|hingga)", after
    ):
        return False
    if re.search(r"(?i)\bnilai\s*$", before):
        return False
    if _LAW.search(before[-60:]) or _COMPARES.search(before[-90:]) or re.search(r"(?i)sebelum", after):
        return False
    return not re.search(rf"\b{year}\b", clause[: match.start() - start + 90]) and not re.search(
        r"(?i)renstra", before[-40:]
    )


def captions(report: Report) -> Iterator[Finding]:
    """Captions with last year, among captions with this year or against the list of tables."""
    rows = defaultdict(list)
    for line in report.document.lines:
        if _CAPTION.match(line.text):
            number = line.text.split()[1]
            text = line.text + (_next(report, line.no) if line.cells is not None else "")
            for year in re.findall(r"\b(20\d\d)\b", text)[-1:]:
                rows[number].append((line.no, int(year), text))
    own = [r for found in rows.values() for r in found if r[1] == report.year]
    for number, found in rows.items():
        wrong = [r for r in found if r[1] == report.year - 1]
        if not wrong or not own:
            continue
        lines, values = [], []
        for no, year, text in found:
            lines += [no, no + 1] if _split_caption(report, no) else [no]
            values.append(re.sub(r"\s+\d+$", "", text.split(" ", 2)[2])[-60:])
            values.append(_period(text) or str(year))
        others = [r for r in own if r not in found and (_period(r[2]) and _period(wrong[0][2]))]
        for no, _, text in others:
            lines += [no, no + 1] if _split_caption(report, no) else [no]
            values.append(_period(text))
        yield report.finding(
            "R13",
            "YEAR",
            f"Judul Tabel {number} bertahun {report.year - 1}",
            lines,
            values,
            f"{report.year} − {report.year - 1} = 1 ≠ 0",
            Severity.WARNING,
        )


def _period(text: str) -> str:
    match = re.search(r"Januari\s?[-–]\s?Desember\s20\d\d", text)
    return match[0] if match else ""


def _next(report: Report, no: int) -> str:
    line = report.document.by_number.get(no + 1)
    return f" {line.text}" if line is not None and not _CAPTION.match(line.text) else ""


def _split_caption(report: Report, no: int) -> bool:
    line = report.document.by_number[no]
    return line.cells is not None and not re.search(r"\b20\d\d\b", line.text)


_PERIOD = re.compile(r"\b([12]\d{3})\s*[-–]\s*([12]\d{3})\b")
_PLAN = re.compile(r"(?i)renstra|rencana strategis|\brpd\b|rencana pembangunan daerah")


def periods(report: Report) -> Iterator[Finding]:
    """One plan, several periods."""
    found = defaultdict(list)
    for line in report.document.lines:
        text = line.text
        if line.cells is not None and not _PERIOD.search(text):
            continue
        back = report.document.by_number.get(line.no - 1)
        context = (back.text + " " if back is not None and line.cells is not None else "") + text
        for match in _PERIOD.finditer(text):
            before = context[: len(context) - len(text) + match.start()][-120:].rpartition(". ")[2]
            if _PLAN.search(before) and not re.search(r"(?i)rpjpd|jangka panjang|nomor|\buntuk\s*$", before):
                found[match[1] + "-" + match[2]].append((line.no, _with_year(text, match)))
    plausible = dict(found)
    if len(plausible) < 2:
        return
    spans = {k: int(k[5:]) - int(k[:4]) + 1 for k in plausible}
    usual = max(plausible, key=lambda k: len(plausible[k]))
    wrong = {k: v for k, v in plausible.items() if k != usual}
    yield report.finding(
        "R13",
        "YEAR",
        f"Masa rencana strategis tercetak dengan {len(plausible)} bentuk: {', '.join(plausible)}",
        [no for v in (*wrong.values(), plausible[usual][:3]) for no, _ in v],
        [text for v in (*wrong.values(), plausible[usual][:1]) for _, text in v],
        "; ".join(f"{k[5:]} − {k[:4]} + 1 = {n} tahun" for k, n in spans.items()),
        Severity.WARNING,
    )


def _with_year(text: str, match: re.Match) -> str:
    return ("Tahun " if re.search(r"(?i)tahun\s*$", text[: match.start()]) else "") + match[0]


def double_negatives(report: Report) -> Iterator[Finding]:
    """A fall by a negative number: the sign and the verb say it twice."""
    pattern = re.compile(
        rf"(?i)(?P<verb>menurun|turun|berkurang|penurunan)\s+(?:sebesar\s+)?(?P<value>[-–]\s?(?:{NUM}))\s*(?P<unit>\w*)"
    )
    for line in report.document.prose():
        for match in pattern.finditer(line.text):
            number = find(match["value"])[0]
            if number.value >= 0:
                continue
            size = number.text.lstrip("-– ")
            same = [
                other.no
                for other in report.document.prose()
                if re.search(rf"(?i)(menurun|turun|penurunan)\s+sebesar\s+{re.escape(size)}", other.text)
            ]
            yield report.finding(
                "R15",
                "DIR",
                f"“{match[0]}”: turun sebesar angka negatif berarti naik",
                [line.no, *same],
                [match[0].strip(), f"{match['verb']} sebesar {size} {match['unit']}".strip()],
                f"−({number.text}) = +{show(abs(number.value))} ≠ {number.text}",
                Severity.WARNING,
            )


_UP = re.compile(rf"(?i)(peningkatan|kenaikan|meningkat|naik)\s+sebesar\s+(?P<value>(?:{NUM})\s?%)")
_FALL = re.compile(r"(?i)(terdapat penurunan pada|penurunan pada|realisasinya turun)[^.]{0,70}")


def contrary(report: Report) -> Iterator[Finding]:
    """One indicator said to fall and to rise, and what its own numbers say."""
    for cluster in report.clusters:
        actual = {f.year: f for f in cluster if f.what == "actual"}
        series = {f.year: f for f in cluster if f.what == "actual" and not f.table}
        now, then = series.get(report.year), series.get(report.year - 1)
        if now is None or then is None or not then.number.value:
            continue
        now = next(
            (f for f in cluster if f.what == "actual" and f.year == report.year and f.number.decimals), now
        )
        change = (now.number.value - then.number.value) / then.number.value * 100
        falls = [(line.no, m[0]) for line in report.document.prose() if (m := _said_fall(line.text, cluster))]
        ups = [
            (line.no, m)
            for line in report.document.prose()
            if (m := _UP.search(line.text)) and _size(m, change)
        ]
        if change > 0 and falls and ups:
            yield report.finding(
                "R15",
                "DIR",
                f"“{actual[report.year].name}” disebut turun dan naik",
                [*(no for no, _ in falls), *(no for no, _ in ups), then.line, now.line],
                [*(t for _, t in falls), *(m[0] for _, m in ups), then.number.text, now.number.text],
                f"({now.number.text} − {then.number.text}) ÷ {then.number.text} × 100 = +{show(change)} %",
            )


def _size(match: re.Match, change: Fraction) -> bool:
    return find(match["value"])[0].rounds_to(abs(change))


def _said_fall(text: str, cluster: list) -> re.Match | None:
    for match in _FALL.finditer(text):
        near = text[max(0, match.start() - 120) : match.end()]
        if any(mention(near, f.name) >= 0 for f in cluster):
            return match
    return None


def shorter_captions(report: Report) -> Iterator[Finding]:
    """A caption whose period ends before the sentence below it does."""
    lines = list(report.document.prose())
    for place, line in enumerate(lines[:-1]):
        caption = re.match(r"\W*tren\b[^\d]*(20\d\d)\s?[-–]\s?(20\d\d)", line.text, re.I)
        below = re.search(r"(20\d\d)\s?(?:s/?d\.?|sampai(?: dengan)?|[-–])\s?(20\d\d)", lines[place + 1].text)
        if caption and below and caption[1] == below[1] and caption[2] != below[2]:
            first, second = int(caption[2]), int(below[2])
            yield report.finding(
                "R13",
                "DEF",
                f"Judul menyebut sampai {first}, datanya sampai {second}",
                [line.no, lines[place + 1].no],
                [re.sub(r"^\W+", "", line.text), plain_words(lines[place + 1].text)],
                f"{second} − {first} = {second - first} ≠ 0",
                Severity.WARNING,
            )


def plain_words(text: str) -> str:
    """A sentence cut to what names its period."""
    match = re.search(r"(?i)periode.*?20\d\d.*?20\d\d", text)
    return match[0] if match else plain(text)
