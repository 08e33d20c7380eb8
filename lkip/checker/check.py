"""Runs the rules over a report."""

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
                found.setdefault((finding.rule, finding.places, finding.values), finding)
        for finding in compare(report, Report(other)) if other else ():
            found.setdefault((finding.rule, finding.places, finding.values), finding)
    finally:
        columns.forget()
    return sorted(found.values(), key=lambda f: (int(f.rule[1:]), f.places[0].line if f.places else 0))
