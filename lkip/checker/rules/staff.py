"""R11, R12: ranks of civil servants, and the staff counted against the staff listed."""

import re
from collections.abc import Iterator

from lkip.checker.context import Report
from lkip.checker.model import Finding
from lkip.checker.words import plain
from lkip.enums import Severity

RANKS = {
    "juru muda": "i/a",
    "juru muda tingkat i": "i/b",
    "juru": "i/c",
    "juru tingkat i": "i/d",
    "pengatur muda": "ii/a",
    "pengatur muda tingkat i": "ii/b",
    "pengatur": "ii/c",
    "pengatur tingkat i": "ii/d",
    "penata muda": "iii/a",
    "penata muda tingkat i": "iii/b",
    "penata": "iii/c",
    "penata tingkat i": "iii/d",
    "pembina": "iv/a",
    "pembina tingkat i": "iv/b",
    "pembina utama muda": "iv/c",
    "pembina utama madya": "iv/d",
    "pembina utama": "iv/e",
}
"""Pangkat and golongan of civil servants (PP 99/2000, annex)."""


def rules(report: Report) -> Iterator[Finding]:
    """All rules of this module."""
    yield from ranks(report)
    yield from head_rank(report)


def _rank(text: str) -> str:
    return plain(text).replace(" tk i", " tingkat i")


def ranks(report: Report) -> Iterator[Finding]:
    """Pangkat and golongan that do not belong together."""
    for table in report.document.tables:
        wrong, right = [], []
        for row in table.rows:
            for place, cell in enumerate(row.cells):
                match = re.fullmatch(r"(?P<rank>[A-Za-z ]+),\s*(?P<grade>[IV]{1,3}/[a-e])", cell.strip())
                beside = row.cell(place + 1) if place + 1 < len(row.cells) else ""
                if match:
                    rank, grade, shown = match["rank"], match["grade"], cell.strip()
                elif re.fullmatch(r"[IV]{1,3}/[a-e]", beside):
                    rank, grade, shown = cell, beside, cell.strip()
                else:
                    continue
                law = RANKS.get(_rank(rank))
                if law is None:
                    continue
                (wrong if law != grade.lower() else right).append((row.no, shown, grade, law))
        if wrong:
            grades = {g for _, _, g, _ in wrong}
            also = [r for r in right if r[2] in grades]
            yield report.finding(
                "R11",
                "DEF",
                "Pangkat tidak sesuai golongan: "
                + "; ".join(
                    f"{s} (seharusnya {law.split('/')[0].upper()}/{law.split('/')[1]})"
                    for _, s, _, law in wrong
                ),
                [no for no, *_ in (*wrong, *also)],
                [s for _, s, *_ in (*wrong, *also)],
                severity=Severity.WARNING,
            )


def head_rank(report: Report) -> Iterator[Finding]:
    """The rank under the signature of the head of the office against the list of staff."""
    lines = list(report.document.prose())
    for place, line in enumerate(lines[:-1]):
        rank = _rank(line.text)
        signed = " ".join(other.text for other in lines[max(0, place - 4) : place])
        if (
            rank not in RANKS
            or not re.match(r"NIP", lines[place + 1].text)
            or "KEPALA DINAS" not in signed.upper()
        ):
            continue
        for table in report.document.tables:
            for row in table.rows:
                at = next((i for i, c in enumerate(row.cells) if plain(c) == "kepala dinas"), None)
                listed = row.cell(at + 1) if at is not None else ""
                name = _rank(listed.split(",")[0])
                if name in RANKS and name != rank:
                    yield report.finding(
                        "R11",
                        "SAME",
                        f"Pangkat kepala dinas: {line.text.strip()} pada tanda tangan, {listed} dalam daftar",
                        [line.no, row.no],
                        [line.text.strip(), listed],
                        severity=Severity.WARNING,
                    )
