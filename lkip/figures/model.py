"""What a figure is, and how it is shown."""

from dataclasses import dataclass, field
from fractions import Fraction

from core import formats
from core.errors import Refused
from lkip import budget
from lkip.bands import Scale
from lkip.enums import Direction, EfficiencyLabel, Formula, Status
from lkip.figures.periods import Span
from lkip.models import Finding, Indicator, Objective, ReportYear
from lkip.shares import Shares, efficiency_rule


class NoSuchYear(Refused):
    """The year has no report settings."""


@dataclass(frozen=True)
class Part:
    """A value before it became a figure: exact, with its own parts and the count of records behind it.

    ``why`` says what stands in the way where there is no value; ``undefined`` when waiting won't help. ``category`` is
    a predicate that was given as such. ``interim`` names the registers that will one day give what was typed in.
    ``published`` tells that it was taken from a report made before this system, not computed here.
    """

    value: Fraction | None
    records: int | None = None
    source: str = ""
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    why: str = ""
    undefined: bool = False
    category: str = ""
    interim: tuple[str, ...] = ()
    published: bool = False


@dataclass(frozen=True)
class Figure:
    """One number of the year. Percentages are ×100; ``capaian`` is unbounded, ``capaian_clamped`` within the rule.

    Where the value is a predicate, ``category`` and ``target_category`` hold the words, ``steps`` how many ranks the
    value stands above the target, and there is no capaian in per cent. ``predicate`` is the value's place on the
    indicator's scale, ``capaian_predicate`` the capaian's on the year's. ``numerator_of`` and ``denominator_of`` are
    the indicators that it is made of in this year; ``definition_changed`` says how the year before was counted.
    """

    code: str
    label: str
    unit: str
    decimals: int
    level: str
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    target: Fraction | None = None
    target_document: str = ""
    capaian: Fraction | None = None
    capaian_clamped: Fraction | None = None
    direction: str = Direction.NONE
    status: str = Status.NO_TARGET
    records_count: int | None = None
    source: str = ""
    indicator: Indicator | None = None
    definition: str = ""
    numerator_of: Indicator | None = None
    denominator_of: Indicator | None = None
    why: str = ""
    undefined: bool = False
    category: str = ""
    target_category: str = ""
    steps: int | None = None
    predicate: str = ""
    capaian_predicate: str = ""
    interim: str = ""
    definition_changed: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value, in digits or in words."""
        return self.value is not None or bool(self.category)

    @property
    def has_target(self) -> bool:
        """Whether something was promised, in digits or in words."""
        return self.target is not None or bool(self.target_category)

    @property
    def is_change(self) -> bool:
        """Whether it tells how much something grew or shrank, so that its sign is part of it."""
        return self.indicator is not None and self.indicator.formula == Formula.CHANGE

    @property
    def value_display(self) -> str:
        """The value as a reader sees it, with its unit; words where there is none."""
        if self.category:
            return self.category
        if self.value is None and self.undefined:
            return "tidak dapat dihitung"
        if self.is_change and self.value is not None and self.unit == "persen":
            return f"{formats.signed(self.value, self.decimals)}{formats.NBSP}%"
        return display(self.value, self.unit, self.decimals)

    @property
    def change_words(self) -> str:
        """A change as a verb and its size, the sign said once: "turun 24,55 %"; empty for other figures."""
        if not self.is_change or self.value is None:
            return ""
        rounded = formats.round_half_up(self.value, self.decimals)
        if not rounded:
            return "tetap"
        return f"{'naik' if rounded > 0 else 'turun'} {display(abs(self.value), self.unit, self.decimals)}"

    @property
    def target_display(self) -> str:
        """The target in the same unit, or its predicate."""
        return self.target_category or display(self.target, self.unit, self.decimals)

    @property
    def capaian_display(self) -> str:
        """Capaian with two decimals; of a predicate its distance from the target, in words."""
        if self.steps is not None:
            return steps_words(self.steps)
        if self.status == Status.ZERO_TARGET:
            return "tidak dihitung, target nol"
        return formats.percent(self.capaian)


def steps_words(steps: int) -> str:
    """Say how far a predicate stands from the promised one."""
    if not steps:
        return "sama dengan target"
    return f"{formats.terbilang(abs(steps))} tingkat di {'atas' if steps > 0 else 'bawah'} target"


def display(value: Fraction | None, unit: str, decimals: int) -> str:
    """Write a value with its unit; a missing one is said in words and never shown as zero."""
    if value is None:
        return "belum tersedia"
    if unit == "persen":
        return formats.percent(value, decimals)
    if unit == "rupiah":
        return formats.rupiah(value)
    if unit == "poin":
        return formats.signed(value, decimals)
    return (
        f"{formats.number(value, decimals)}{formats.NBSP}{unit}" if unit else formats.number(value, decimals)
    )


@dataclass(frozen=True)
class Efficiency:
    """Capaian of an indicator against the absorption of the programmes that serve it, and what that is called."""

    figure: Figure
    indicator: Figure
    ceiling: int | Fraction
    realised: int | Fraction
    absorption: Fraction | None
    programmes: tuple[str, ...]
    label: str = EfficiencyLabel.UNKNOWN

    @property
    def label_display(self) -> str:
        """The label in words."""
        return EfficiencyLabel(self.label).label

    @property
    def absorption_display(self) -> str:
        """Serapan with two decimals, or the words where nothing was budgeted."""
        return budget.absorption_text(self.ceiling, self.realised)


@dataclass(frozen=True)
class Mean:
    """The mean achievement of an objective's main indicators, or of all where ``objective`` is None.

    ``counted`` are those with an achievement in per cent, ``left_out`` the others.
    """

    figure: Figure
    objective: Objective | None
    counted: tuple[Figure, ...]
    left_out: tuple[Figure, ...]


@dataclass(frozen=True)
class YearFigures:
    """Everything that the year's page, report and export show."""

    year: int
    span: Span
    settings: ReportYear
    figures: dict[str, Figure]
    efficiencies: list[Efficiency]
    tree: list[budget.Row]
    by_type: list[budget.Row]
    office: budget.Row
    total: budget.Row
    budget_figures: list[Figure]
    findings: list[Finding]
    income: list[budget.Row]
    shares: Shares
    scale: Scale | None = None
    means: list[Mean] = field(default_factory=list)

    def all(self) -> list[Figure]:
        """Every figure in printed order: indicators, their means, efficiencies, budget."""
        own = [*self.figures.values(), *(mean.figure for mean in self.means)]
        return [*own, *(each.figure for each in self.efficiencies), *self.budget_figures]

    @property
    def efficiency_rule(self) -> str:
        """By which rule efficiencies are labelled, in words."""
        return efficiency_rule(self.settings.efficiency_margin)

    def of_level(self, *levels: str) -> list[Figure]:
        """The indicator figures of these levels, in order."""
        return [figure for figure in self.figures.values() if figure.level in levels]

    def find(self, code: str) -> Figure | None:
        """The figure of this code, or None."""
        return next((figure for figure in self.all() if figure.code == code), None)
