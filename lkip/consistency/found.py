"""What a rule says, what it looks at, and the register of rules by id."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from lkip import report
from lkip.consistency.written import Written, written
from lkip.enums import Severity
from lkip.figures import Figure, NoSuchYear, YearFigures, compute
from lkip.models import (
    Edition,
    ExternalStatistic,
    Finding,
    Indicator,
    IndicatorTarget,
    QuarterNote,
    QuarterTarget,
)
from lkip.report.model import Document

CLASS_OF_RULE = {
    "R1": ("SAME",),
    "R2": ("SUM",),
    "R3": ("RATIO", "SUM"),
    "R4": ("FORMULA", "ROUND"),
    "R5": ("ROUND", "FORMULA"),
    "R6": ("TARGET",),
    "R7": ("BAND",),
    "R8": ("COVER",),
    "R9": ("SUBSET",),
    "R10": ("TARGET",),
    "R11": ("DEF",),
    "R12": ("COUNT",),
    "R13": ("YEAR",),
    "R15": ("DIR",),
    "R16": ("NUMFMT",),
    "R17": ("RATIO", "SUM"),
    "R18": ("SAME", "YEAR"),
    "R19": ("FORMULA",),
    "R20": ("COVER",),
    "R21": ("SWAP", "DEF"),
}
"""The class under which an office declares what a rule finds (the catalogue of contradictions uses the same words)."""


@dataclass(frozen=True)
class Found:
    """One finding: the rule, how much it matters, the arithmetic in words, and the page where it is mended.

    ``codes`` are the figures or rows that it is about. ``facts`` make its fingerprint: when a value in them changes, a
    reason that was written for it no longer holds.
    """

    rule: str
    severity: str
    title: str
    detail: str
    codes: tuple[str, ...] = ()
    url: str = ""
    link: str = ""
    facts: tuple[str, ...] = field(default=())

    @property
    def subject(self) -> str:
        """The fingerprint of what the finding is about, 64 hexadecimal digits."""
        told = "\n".join((self.rule, *self.codes, *(self.facts or (self.detail,))))
        return hashlib.sha256(told.encode()).hexdigest()

    @property
    def severity_label(self) -> str:
        """The severity as a reader sees it."""
        return Severity(self.severity).label


class Sight:
    """A year as the rules look at it: its figures, and each other table read at most once."""

    def __init__(self, figures: YearFigures) -> None:
        """Take the computed year."""
        self.figures, self.year = figures, figures.year

    @cached_property
    def indicators(self) -> list[Indicator]:
        """The indicators of the year."""
        return [figure.indicator for figure in self.figures.figures.values()]

    @cached_property
    def by_pk(self) -> dict[int, Figure]:
        """Figures by the key of their indicator."""
        return {figure.indicator.pk: figure for figure in self.figures.figures.values()}

    @cached_property
    def targets(self) -> dict[int, list[IndicatorTarget]]:
        """The year's targets in all documents, by indicator."""
        found: dict[int, list[IndicatorTarget]] = {}
        for target in IndicatorTarget.objects.filter(year=self.year):
            found.setdefault(target.indicator_id, []).append(target)
        return found

    @cached_property
    def statistics(self) -> list[ExternalStatistic]:
        """The year's statistics and scores."""
        return list(ExternalStatistic.objects.filter(year=self.year))

    @cached_property
    def quarters(self) -> dict[int, list[QuarterTarget]]:
        """The action plan, by indicator."""
        found: dict[int, list[QuarterTarget]] = {}
        for row in QuarterTarget.objects.filter(year=self.year):
            found.setdefault(row.indicator_id, []).append(row)
        return found

    @cached_property
    def notes(self) -> dict[tuple[int, int], QuarterNote]:
        """The notes, by indicator and quarter."""
        return {(n.indicator_id, n.quarter): n for n in QuarterNote.objects.filter(year=self.year)}

    @cached_property
    def texts(self) -> list[Written]:
        """Everything that was written for the report."""
        return written(self.year)

    @cached_property
    def document(self) -> Document:
        """The report as it would be printed."""
        return report.build(self.figures)

    @cached_property
    def declared(self) -> list[Finding]:
        """What the office itself declares of the year."""
        return list(self.figures.findings)

    @cached_property
    def before(self) -> dict[str, Fraction]:
        """The values of the year before, by code: computed where that year is prepared, else its statistics."""
        last = self.year - 1
        try:
            figures = compute(last).figures.values()
        except NoSuchYear:
            rows = ExternalStatistic.objects.filter(year=last).select_related("indicator")
            return {row.indicator.code: Fraction(row.value) for row in rows}
        return {figure.code: figure.value for figure in figures if figure.value is not None}

    @cached_property
    def published(self) -> list[Edition]:
        """Published editions of other years, with content."""
        return list(Edition.objects.filter(state="PUBLISHED").exclude(year=self.year))


Rule = Callable[[Sight], Iterable[Found]]
_rules: dict[str, list[Rule]] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a function as (a part of) rule `code`."""

    def register(function: Rule) -> Rule:
        _rules.setdefault(code, []).append(function)
        return function

    return register


def rules() -> dict[str, list[Rule]]:
    """Return all rules by id, in the order of their numbers."""
    return dict(sorted(_rules.items(), key=lambda item: int(item[0][1:])))
