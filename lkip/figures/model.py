"""What a figure is, and how it is shown."""

from dataclasses import dataclass
from fractions import Fraction

from core import formats
from core.errors import Refused
from lkip import budget
from lkip.enums import Direction, EfficiencyLabel, Status
from lkip.models import Finding, Indicator, ReportYear
from lkip.shares import Shares, efficiency_rule


class NoSuchYear(Refused):
    """The year has no report settings."""


@dataclass(frozen=True)
class Part:
    """A value before it became a figure: exact, with its own parts and the count of records behind it."""

    value: Fraction | None
    records: int | None = None
    source: str = ""
    numerator: Fraction | None = None
    denominator: Fraction | None = None


@dataclass(frozen=True)
class Figure:
    """One number of the year. Percentages are ×100; ``capaian`` is unbounded, ``capaian_clamped`` within the rule."""

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

    @property
    def value_display(self) -> str:
        """The value as a reader sees it, with its unit."""
        return display(self.value, self.unit, self.decimals)

    @property
    def target_display(self) -> str:
        """The target in the same unit."""
        return display(self.target, self.unit, self.decimals)

    @property
    def capaian_display(self) -> str:
        """Capaian with two decimals."""
        return formats.percent(self.capaian)


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
class YearFigures:
    """Everything that the year's page, report and export show."""

    year: int
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

    def all(self) -> list[Figure]:
        """Every figure in printed order: indicators, efficiencies, budget."""
        return [*self.figures.values(), *(e.figure for e in self.efficiencies), *self.budget_figures]

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
