"""The AKIP evaluation sheet (LKE) as a self-assessment: criteria and weights as data, the system's proofs beside them.

Components and weights are those of PermenPANRB 88/2021: planning 30, measurement 30, reporting 15, internal
evaluation 25.
A score is the office's own answer; a proof is only shown, never taken over by itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import yaml

from lkip.models import SelfAssessment
from lkip.proofs import Facts, Proof, prove

SOURCE = Path(__file__).resolve().parent / "data" / "lke_criteria.yaml"


@dataclass(frozen=True)
class Criterion:
    """One statement that the office scores from 0 to 100 per cent."""

    key: str
    text: str
    proof: str = ""


@dataclass(frozen=True)
class Part:
    """A sub component with its weight in per cent of the whole."""

    key: str
    title: str
    weight: Fraction
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Component:
    """A component of the sheet."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def weight(self) -> Fraction:
        """The sum of its parts' weights."""
        return sum((part.weight for part in self.parts), Fraction(0))


@cache
def components() -> tuple[Component, ...]:
    """Return the sheet in printed order."""
    listed = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))["components"]
    return tuple(Component(c["key"], c["title"], tuple(_part(p) for p in c["parts"])) for c in listed)


def _part(raw: dict) -> Part:
    criteria = tuple(Criterion(**each) for each in raw["criteria"])
    return Part(raw["key"], raw["title"], Fraction(raw["weight"]), criteria)


def criteria() -> dict[str, Criterion]:
    """Return every criterion by its key."""
    return {f"{p.key}.{c.key}": c for k in components() for p in k.parts for c in p.criteria}


@dataclass(frozen=True)
class Line:
    """One criterion of a year's sheet: the office's answer and what the data show."""

    key: str
    criterion: Criterion
    answer: SelfAssessment | None
    proof: Proof | None


@dataclass(frozen=True)
class PartResult:
    """A sub component with its lines and score; `score` is None while a criterion is unanswered."""

    part: Part
    lines: tuple[Line, ...]

    @property
    def score(self) -> Fraction | None:
        """The mean of the answers times the weight."""
        if any(line.answer is None for line in self.lines):
            return None
        mean = sum((Fraction(line.answer.share) for line in self.lines), Fraction(0)) / len(self.lines)
        return mean * self.part.weight / 100


def sheet(facts: Facts) -> list[tuple[Component, list[PartResult]]]:
    """Return the year's sheet: each component with its parts, answers and proofs."""
    answers = {row.criterion: row for row in SelfAssessment.objects.filter(year=facts.year)}
    return [
        (component, [PartResult(part, _lines(part, answers, facts)) for part in component.parts])
        for component in components()
    ]


def _lines(part: Part, answers: dict[str, SelfAssessment], facts: Facts) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{part.key}.{c.key}",
            c,
            answers.get(f"{part.key}.{c.key}"),
            prove(c.proof, facts) if c.proof else None,
        )
        for c in part.criteria
    )


def total(parts: list[PartResult]) -> Fraction | None:
    """Return the sum of the scores; None while one of them is missing."""
    scores = [part.score for part in parts]
    return None if None in scores else sum(scores, Fraction(0))


def share_of(text: str) -> Decimal | None:
    """Read a typed share ("75", "75,5"); None when it is no number from 0 to 100."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except ArithmeticError:
        return None
    return value if value.is_finite() and 0 <= value <= 100 else None
