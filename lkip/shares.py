"""Which money stands behind an indicator and behind an objective: programmes with their shares, exact."""

from dataclasses import dataclass
from fractions import Fraction

from core import formats
from lkip import formulas
from lkip.budget import Row, absorption_text
from lkip.enums import Level
from lkip.models import Indicator, Objective, ProgrammeShare

HUNDRED = Fraction(100)
PAIRED_LEVELS = (Level.GOAL, Level.IKU)
"""Indicators of these levels take the programmes of their objective when none is named for them."""


@dataclass(frozen=True)
class Part:
    """A programme's part: ``share`` per cent of its money."""

    row: Row
    share: Fraction

    @property
    def ceiling(self) -> Fraction:
        """Pagu of the part, rupiah."""
        return self.row.ceiling * self.share / HUNDRED

    @property
    def realised(self) -> Fraction:
        """Realisasi of the part, rupiah."""
        return self.row.realised * self.share / HUNDRED

    @property
    def label(self) -> str:
        """The programme, with its share where that is not the whole."""
        if self.share == HUNDRED:
            return self.row.name
        decimals = 0 if self.share.denominator == 1 else 2
        return f"{self.row.name} ({formats.percent(self.share, decimals)})"


@dataclass(frozen=True)
class Money:
    """The money of one indicator or objective."""

    parts: tuple[Part, ...]

    @property
    def ceiling(self) -> Fraction:
        """Pagu, rupiah."""
        return sum((part.ceiling for part in self.parts), Fraction(0))

    @property
    def realised(self) -> Fraction:
        """Realisasi, rupiah."""
        return sum((part.realised for part in self.parts), Fraction(0))

    @property
    def absorption(self) -> Fraction | None:
        """Serapan, per cent; None when nothing was budgeted."""
        return formulas.absorption(self.ceiling, self.realised)

    @property
    def absorption_display(self) -> str:
        """Serapan with two decimals, or words."""
        return absorption_text(self.ceiling, self.realised)

    @property
    def remaining(self) -> Fraction:
        """Sisa, rupiah."""
        return self.ceiling - self.realised


@dataclass(frozen=True)
class ObjectiveMoney:
    """An objective with the money of its programmes."""

    objective: Objective
    money: Money


@dataclass(frozen=True)
class ShareState:
    """How far a programme is dealt out among the objectives, per cent."""

    row: Row
    dealt: Fraction

    @property
    def complete(self) -> bool:
        """Whether all of it serves some objective."""
        return self.dealt == HUNDRED


class Shares:
    """The shares of a year, read once."""

    def __init__(self, year: int, rows: list[Row]) -> None:
        self.rows = {row.nomenclature_id: row for row in rows}
        self.of_objective: dict[int, list[Part]] = {}
        self.objectives: dict[int, Objective] = {}
        found = ProgrammeShare.objects.filter(nomenclature__year=year).select_related("objective__goal")
        self.known = [each for each in found if each.nomenclature_id in self.rows]
        for each in self.known:
            part = Part(self.rows[each.nomenclature_id], Fraction(each.share))
            self.of_objective.setdefault(each.objective_id, []).append(part)
            self.objectives[each.objective_id] = each.objective

    def of(self, indicator: Indicator) -> Money | None:
        """Return the money of the indicator's own programmes, or else of its objective's; None without any."""
        own = [Part(self.rows[n.pk], HUNDRED) for n in indicator.programmes.all() if n.pk in self.rows]
        if not own and indicator.level in PAIRED_LEVELS:
            own = self.of_objective.get(indicator.objective_id, [])
        return Money(tuple(own)) if own else None

    def by_objective(self) -> list[ObjectiveMoney]:
        """Return the objectives that have programmes, in the order of the plan."""
        order = sorted(self.objectives.values(), key=lambda o: (o.goal.position, o.goal_id, o.position, o.pk))
        return [ObjectiveMoney(each, Money(tuple(self.of_objective[each.pk]))) for each in order]

    def total(self) -> Money:
        """Return the money of all objectives together: computed from their parts, so it can't differ from them."""
        return Money(tuple(part for parts in self.of_objective.values() for part in parts))

    def states(self) -> list[ShareState]:
        """Return every programme of the year with what is dealt out of it."""
        dealt: dict[int, Fraction] = {}
        for each in self.known:
            dealt[each.nomenclature_id] = dealt.get(each.nomenclature_id, Fraction(0)) + Fraction(each.share)
        return [
            ShareState(row, dealt.get(row.nomenclature_id, Fraction(0)))
            for row in self.rows.values()
            if row.depth == 0
        ]


def efficiency_rule(margin) -> str:
    """Say by which rule the label was chosen; stands wherever a label is shown."""
    shown = formats.number(margin, 0 if margin == int(margin) else 2)
    return (
        f"Efisiensi = capaian − serapan, dalam poin persen. Lebih dari {shown} poin: efisien; antara −{shown} dan "
        f"{shown} poin: cukup efisien; di bawah −{shown} poin: belum efisien. Capaian di bawah 100 persen selalu "
        "disebut “target belum tercapai”, berapa pun sisanya. Tanpa pagu dan tanpa realisasi disebut “belum "
        "dilaksanakan”."
    )
