"""Predicates of a value on a scale: half-open bands over exact numbers, so no value falls between two or into two."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from core import formats
from lkip.models import BandScale

MOST_DECIMALS = 4


@dataclass(frozen=True)
class Step:
    """One predicate; ``rank`` counts from 0 at the bottom, ``lower`` is None there."""

    label: str
    letter: str
    lower: Fraction | None
    rank: int

    @property
    def name(self) -> str:
        """Letter and label: "BB (Sangat Baik)"."""
        return (
            f"{self.letter} ({self.label})"
            if self.letter and self.letter != self.label
            else (self.label or self.letter)
        )


@dataclass(frozen=True)
class Scale:
    """A scale with its steps from the lowest to the highest."""

    code: str
    name: str
    source: str
    lower_belongs: bool
    steps: tuple[Step, ...]

    def at(self, value: Fraction) -> Step | None:
        """Return the one step that holds `value`, unrounded; None only where the scale has no lowest step."""
        for step in reversed(self.steps):
            if step.lower is None or value > step.lower or (self.lower_belongs and value == step.lower):
                return step
        return None

    def called(self, word: str) -> Step | None:
        """Return the step of this letter, label or full name, or None."""
        wanted = word.strip().casefold()
        for step in self.steps:
            if wanted and wanted in (step.letter.casefold(), step.label.casefold(), step.name.casefold()):
                return step
        return None

    def rule(self, step: Step) -> str:
        """Say the band of a step in words, as the report prints it: "lebih dari 75 sampai 90"."""
        above = self.steps[step.rank + 1].lower if step.rank + 1 < len(self.steps) else None
        from_, until = (
            ("{} ke atas", "kurang dari {}") if self.lower_belongs else ("lebih dari {}", "sampai {}")
        )
        if step.lower is None:
            return "semua nilai" if above is None else until.format(_plain(above))
        if above is None:
            return from_.format(_plain(step.lower))
        start = f"{_plain(step.lower)} sampai" if self.lower_belongs else f"lebih dari {_plain(step.lower)}"
        return f"{start} {until.format(_plain(above))}"

    def rules(self) -> list[tuple[Step, str]]:
        """Return every step with its band in words, highest first."""
        return [(step, self.rule(step)) for step in reversed(self.steps)]


def _plain(bound: Fraction) -> str:
    """A bound with no more decimals than it has."""
    decimals = next(d for d in range(MOST_DECIMALS + 1) if (bound * 10**d).denominator == 1)
    return formats.number(bound, decimals)


def read(row: BandScale) -> Scale:
    """Return a stored scale; its bands come in one statement, or none when they were fetched with it."""
    bands = sorted(row.bands.all(), key=lambda band: (band.lower is not None, band.lower or 0))
    steps = tuple(
        Step(b.label, b.letter, None if b.lower is None else Fraction(b.lower), rank)
        for rank, b in enumerate(bands)
    )
    return Scale(row.code, row.name, row.source, row.lower_belongs, steps)


def load(keys: Collection[int]) -> dict[int, Scale]:
    """Return the scales of these keys; two statements, none when there are no keys."""
    if not keys:
        return {}
    return {row.pk: read(row) for row in BandScale.objects.filter(pk__in=keys).prefetch_related("bands")}
