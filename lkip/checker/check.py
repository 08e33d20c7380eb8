"""Runs the rules over a report."""

from dataclasses import replace

from lkip.checker import columns
from lkip.checker.context import Report
from lkip.checker.model import Document, Finding
from lkip.checker.rules import ALL
from lkip.checker.rules.across import compare


def check(document: Document, other: Document | None = None) -> list[Finding]:
    """Return the contradictions of a report, by rule and place, each once; nothing of the report is remembered.

    With `other`, also where the two reports print an outside statistic differently (R18).
    """
    report = Report(document)
    found: dict[tuple, Finding] = {}
    try:
        for rule in ALL:
            for finding in rule(report):
                _add(found, finding)
        for finding in compare(report, Report(other)) if other else ():
            _add(found, finding)
    finally:
        columns.forget()
    return sorted(found.values(), key=lambda f: (int(f.rule[1:]), f.places[0].line if f.places else 0))


def _add(found: dict[tuple, Finding], finding: Finding) -> None:
    """Keep a finding; one that says the same in the same words with the same arithmetic lends its places to the first.

    Without arithmetic two findings of the same words are one only when they also point to the same places.
    """
    key = (finding.rule, finding.title, finding.sum or finding.places, finding.sum or finding.values)
    first = found.setdefault(key, finding)
    if first is not finding:
        places = sorted({*first.places, *finding.places}, key=lambda place: place.line)
        values = dict.fromkeys((*first.values, *finding.values))
        found[key] = replace(first, places=tuple(places), values=tuple(values))
