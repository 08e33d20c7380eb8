"""The report held against itself: rules R1 to R22, each finding with its arithmetic and the page where it is mended.

`check` looks at a computed year; `obstacles` says what still stands against approval. An error blocks. A warning
blocks until the planner has written a reason for it, or the office has declared the contradiction with the assumption
it uses (`Finding`).
"""

from dataclasses import dataclass

from lkip.consistency import money, plan, records, text
from lkip.consistency.found import CLASS_OF_RULE, Found, Sight, rules
from lkip.consistency.text import empty_sections
from lkip.enums import Severity
from lkip.figures import YearFigures, compute
from lkip.models import AcceptedWarning, Finding

__all__ = [
    "Found",
    "Judged",
    "check",
    "empty_sections",
    "judge",
    "money",
    "obstacles",
    "plan",
    "records",
    "text",
]


@dataclass(frozen=True)
class Judged:
    """A finding with what has been said about it: the planner's reason, or the office's own declaration."""

    found: Found
    reason: str = ""
    declared: Finding | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stands against approval."""
        if self.declared is not None:
            return False
        if self.found.severity == Severity.ERROR:
            return True
        return self.found.severity == Severity.WARNING and not self.reason


def check(figures: YearFigures) -> list[Found]:
    """Return what the rules find in the year, in the order of the rules."""
    sight = Sight(figures)
    return [found for listed in rules().values() for each in listed for found in each(sight)]


def _declared(found: Found, listed: list[Finding]) -> Finding | None:
    """The office's declaration of this contradiction: same class, and every figure of it named."""
    classes = CLASS_OF_RULE.get(found.rule, ())
    for finding in listed:
        if finding.rule in classes and found.codes and set(found.codes) <= set(finding.indicators):
            return finding
    return None


def judge(figures: YearFigures) -> list[Judged]:
    """Return the findings of the year with reasons and declarations, errors first."""
    reasons = {
        (row.rule, row.subject): row.reason for row in AcceptedWarning.objects.filter(year=figures.year)
    }
    judged = [
        Judged(each, reasons.get((each.rule, each.subject), ""), _declared(each, figures.findings))
        for each in check(figures)
    ]
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    return sorted(judged, key=lambda each: (not each.blocks, order.index(each.found.severity)))


def obstacles(year: int) -> list[str]:
    """Return what stands against approval, one line each. Raises NoSuchYear."""
    return [
        f"{each.found.rule} {each.found.title}: {each.found.detail}"
        for each in judge(compute(year))
        if each.blocks
    ]
