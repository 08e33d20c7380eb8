"""What the proofs ask of a year, and the register of proofs by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from core import formats
from lkip.enums import Level
from lkip.figures import Figure, YearFigures
from lkip.models import (
    Edition,
    PlanDocument,
    ProgrammeShare,
    QuarterNote,
)


@dataclass(frozen=True)
class Proof:
    """What the data show: how many of how many fulfil it, in words."""

    met: int
    of: int
    words: str

    @property
    def holds(self) -> bool:
        """Whether all fulfil it, and there is at least one."""
        return 0 < self.of == self.met

    @property
    def share(self) -> int:
        """Fulfilment in per cent, rounded down; 0 when there is nothing to fulfil."""
        return 100 * self.met // self.of if self.of else 0


class Facts:
    """One year's figures with what the proofs ask of the plan, each read at most once."""

    def __init__(self, figures: YearFigures) -> None:
        """Take the computed year."""
        self.figures, self.year = figures, figures.year

    @cached_property
    def iku(self) -> list[Figure]:
        """The figures of the main indicators."""
        return self.figures.of_level(Level.IKU)

    @cached_property
    def documents(self) -> list[PlanDocument]:
        """The office's own plan documents in force."""
        return list(PlanDocument.objects.filter(unit=None, year__lte=self.year, to_year__gte=self.year))

    @cached_property
    def noted(self) -> set[tuple[int, int]]:
        """(indicator, quarter) of every note with a cause, support or follow-up."""
        rows = QuarterNote.objects.filter(year=self.year)
        return {(n.indicator_id, n.quarter) for n in rows if n.cause or n.supporting or n.follow_up}

    @cached_property
    def editions(self) -> list[Edition]:
        """The editions of the year, without content."""
        return list(Edition.objects.defer("content").filter(year=self.year))

    @cached_property
    def funded(self) -> set[int]:
        """Objectives that a programme serves with its money."""
        shares = ProgrammeShare.objects.filter(nomenclature__year=self.year)
        served = set(shares.values_list("objective_id", flat=True))
        return served | {e.indicator.indicator.objective_id for e in self.figures.efficiencies}

    @cached_property
    def objectives(self) -> set[int]:
        """Objectives that have a main indicator."""
        return {f.indicator.objective_id for f in self.iku if f.indicator.objective_id}


_proofs: dict[str, Callable[[Facts], Proof]] = {}


def proof(function: Callable[[Facts], Proof]) -> Callable[[Facts], Proof]:
    """Register a proof under its function's name."""
    _proofs[function.__name__] = function
    return function


def names() -> set[str]:
    """Return the names of all proofs."""
    return set(_proofs)


def prove(name: str, facts: Facts) -> Proof:
    """Answer one proof. Raises KeyError for a name nobody registered."""
    return _proofs[name](facts)


def counted(rows: list, fulfilled: Callable, thing: str) -> Proof:
    """Return how many of the rows fulfil it, said as "3 dari 4 …"."""
    met = sum(1 for row in rows if fulfilled(row))
    return Proof(met, len(rows), f"{formats.number(met)} dari {formats.number(len(rows))} {thing}.")


def one(holds: bool, yes: str, no: str) -> Proof:
    """Return a proof of one thing, with its words for yes and for no."""
    return Proof(int(holds), 1, yes if holds else no)
