"""The checker on real reports against a catalogue of their contradictions: recall, precision, and what it found beside.

    REFERENCE=<folder with the texts and> CATALOGUE=<inkonsistensi.csv> python -m benchmarks.bench_checker

A catalogue row is hit by a finding that (1) follows one of the row's rules, or is of its class where the row names no
rule, (2) points to at least two of the row's lines, or to its only one, and (3) prints at least two of the row's key
values, or its only one. Recall counts the rows that are visible in the document itself. A finding is right when it
hits a row, or when it prints its arithmetic and that arithmetic holds when it is worked out again here; it is wrong
otherwise.
"""

import csv
import os
import re
import sys
import time
from fractions import Fraction
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = Path(os.environ.get("REFERENCE") or ROOT.parent / "shared" / "reference")
CATALOGUE = Path(os.environ.get("CATALOGUE") or ROOT / "tests" / "lkip" / "data" / "inkonsistensi.csv")
DOCUMENTS = {"cimahi-2023": "000_*.txt", "bekasi-2024": "001_*.txt"}
RECALL, PRECISION = 70, 80
_NUMBER = re.compile(r"[-–]?\d[\d.,]*\d|[-–]?\d")


def normal(text: str) -> str:
    """A text as compared: lower case, letters and digits and signs between them."""
    return re.sub(r"[^a-z0-9.,√<>-]+", " ", text.lower().replace("–", "-")).strip(" .,")


def key_found(key: str, printed: list[str]) -> bool:
    """Whether a key value of the catalogue is among the printed texts of a finding: its number, or its words."""
    numbers = [n.strip(".,") for n in _NUMBER.findall(key.replace(", ", ","))]
    words = normal(key)
    for text in printed:
        if words and (words in normal(text) or (len(normal(text)) >= 6 and normal(text) in words)):
            return True
        if (
            len(numbers) == 1
            and _bare(key)
            and numbers[0] in [n.strip(".,") for n in _NUMBER.findall(text.replace(", ", ","))]
        ):
            return True
    return False


def _bare(key: str) -> bool:
    """A key that is a number with at most a unit."""
    return len(re.findall(r"[a-z]{2,}", key.lower().replace("rp", ""))) <= 2


def hits(row: dict, finding) -> bool:
    """Whether a finding hits a row of the catalogue, by the three conditions above."""
    rules = {r for r in row["rule"].split(";") if r != "-"}
    if finding.rule not in rules and (rules or finding.kind not in row["class"].split("/")):
        return False
    lines = {int(n) for n in row["lines"].split(";")}
    keys = [k.strip() for k in row["key_values"].split(" | ") if k.strip()]
    touched = len(lines & finding.lines)
    found = sum(key_found(key, list(finding.values)) for key in keys)
    return touched >= min(2, len(lines)) and found >= min(2, len(keys))


def value_of(text: str) -> Fraction:
    """A number as the findings print it, in Indonesian or as in the document."""
    body = text.strip().replace("–", "-").rstrip(".,")
    sign, body = (-1, body[1:]) if body.startswith("-") else (1, body)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", body):
        return sign * Fraction(int(re.sub(r"\D", "", body)))
    whole, _, rest = body.replace(",", ".").rpartition(".") if re.search(r"[.,]", body) else (body, "", "")
    digits = re.sub(r"\D", "", whole) + rest
    return sign * Fraction(int(digits), 10 ** len(rest))


_N = r"[-–]?\d[\d.,]*(?:\s?%)?"
_EQUATION = re.compile(rf"(?P<left>\(?{_N}(?:\s*[()+−÷×]+\s*{_N}|\s*[)(]\s*)+)\s*=\s*(?P<right>\+?{_N})")
_COMPARED = re.compile(rf"(?P<a>{_N})(?:\s*poin)?\s*(?P<sign>[≠<>≤=])\s*(?P<b>{_N})")


def holds(arithmetic: str) -> bool:
    """Work the printed arithmetic out again: every equation to two decimals, every comparison as it stands."""
    done = 0
    for part in re.split(r";\s", arithmetic):
        for match in _EQUATION.finditer(part):
            expression = re.sub(_N, lambda m: f"value_of({m[0].replace('%', '').strip()!r})", match["left"])
            expression = expression.replace("×", "*").replace("÷", "/").replace("−", "-")
            expression += ")" * (expression.count("(") - expression.count(")"))
            try:
                worked = eval(expression, {"value_of": value_of, "__builtins__": {}})
            except (SyntaxError, ZeroDivisionError):
                return False
            right = value_of(match["right"].replace("%", "").strip().lstrip("+"))
            if abs(worked - right) > Fraction(1, 100):
                return False
            done += 1
        for match in _COMPARED.finditer(_EQUATION.sub(lambda m: m["right"].lstrip("+"), part)):
            a, b = (value_of(match[k].replace("%", "").strip()) for k in ("a", "b"))
            true = {"≠": a != b, "<": a < b, ">": a > b, "≤": a <= b, "=": a == b}[match["sign"]]
            if not true:
                return False
            done += 1
    return done > 0


def compare(name: str, rows: list[dict], findings: list) -> tuple[int, int, int, int]:
    """Print the document's result and return (visible rows, hit, findings, right)."""
    visible = [r for r in rows if r["visible"] == "y"]
    missed = [r for r in visible if not any(hits(r, f) for f in findings)]
    inside = [f for f in findings if any(hits(r, f) for r in rows)]
    outside = [f for f in findings if f not in inside]
    proved = [f for f in outside if f.sum and holds(f.sum)]
    print(
        f"-- {name}: {len(visible) - len(missed)} of {len(visible)} rows hit, {len(findings)} findings, "
        f"{len(inside)} in the catalogue, {len(proved)} beside it with arithmetic, "
        f"{len(outside) - len(proved)} without"
    )
    for row in visible:
        print(
            f"   {'hit ' if row not in missed else 'MISS'} {row['id']} {row['class']} {row['rule']} {row['note']}"
        )
    for finding in outside:
        lines = ",".join(map(str, sorted(finding.lines)))
        word = "right" if finding in proved else "WRONG"
        print(
            f"   {word} beside the catalogue: {finding.rule} [{lines}] {finding.title[:160]} :: {finding.sum[:200]}"
        )
    return len(visible), len(visible) - len(missed), len(findings), len(inside) + len(proved)


def disguised(text: str) -> str:
    """The same report three lines further down and of another place: nothing that the checker finds may change."""
    for name in ("Cimahi", "CIMAHI", "CIMAH I", "CIMAH", "Bekasi", "BEKASI"):
        text = text.replace(name, "Anyar" if name.istitle() else "ANYAR")
    return "\n\n\n" + text


def moved(findings: list, by: int) -> set:
    """What findings say, their lines moved."""
    return {(f.rule, frozenset(n + by for n in f.lines), f.sum) for f in findings}


def main() -> int:
    """Read, check, compare, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from benchmarks.harness import Report, Result
    from lkip.checker.check import check
    from lkip.checker.reading import read

    if not CATALOGUE.exists() or not REFERENCE.exists():
        print(
            f"not measured: no catalogue at {CATALOGUE} or no texts in {REFERENCE}; set CATALOGUE and REFERENCE"
        )
        return 0
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        catalogue = list(csv.DictReader(file))
    sums, seconds = [0, 0, 0, 0], 0.0
    for document, pattern in DOCUMENTS.items():
        path = next(iter(sorted(REFERENCE.glob(pattern))), None)
        if path is None:
            print(f"not measured: no text {pattern} in {REFERENCE}")
            return 0
        start = time.perf_counter()
        findings = check(read(path.read_bytes(), path.name))
        seconds = max(seconds, time.perf_counter() - start)
        other = check(read(disguised(path.read_text(encoding="utf-8")).encode(), "x.txt"))
        differing = moved(findings, 3) ^ moved(other, 0)
        print(
            f"-- {document}: moved by three lines and renamed: {len(other)} findings, {len(differing)} differ"
        )
        rows = [r for r in catalogue if r["document"] == document]
        sums = [a + b for a, b in zip(sums, compare(document, rows, findings), strict=True)]
    visible, found, all_findings, right = sums
    recall, precision = 100 * found / visible, 100 * right / all_findings
    results = Report()
    for name, value, least in (("recall", recall, RECALL), ("precision", precision, PRECISION)):
        kept = "TEPAT" if value >= least else "LEWAT"
        print(f"{kept}  checker {name}: {value:.1f} % (at least {least} %)")
    results.add(Result("checker, the longer report", seconds, "s", budget=20.0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
