"""A statistic of the neighbours: a table by year, ranked by the newest, with the office's own region marked."""

from dataclasses import dataclass
from fractions import Fraction

from core.models.agency import AgencyProfile
from core.models.reference import Region, RegionLevel
from lkip.models import ExternalStatistic, Indicator, RegionalStatistic


@dataclass(frozen=True)
class RegionRow:
    """One region: its values by year, its place (1 = highest of the newest year), the bar's width."""

    region: Region
    values: tuple[Fraction | None, ...]
    rank: int | None
    width: str
    own: bool


@dataclass(frozen=True)
class Ranking:
    """The series of one indicator: the regions of the same level ranked, the wider regions beside them."""

    indicator: Indicator
    years: tuple[int, ...]
    rows: list[RegionRow]
    wider: list[RegionRow]
    source: str

    @property
    def own(self) -> RegionRow | None:
        """The office's own row."""
        return next((row for row in self.rows if row.own), None)


def ranking(indicator: Indicator, year: int) -> Ranking | None:
    """Return the ranking of the newest year up to `year`, or None without neighbours; three statements.

    The office's own values come from the indicator's statistic, so that the number exists once.
    """
    found = list(
        RegionalStatistic.objects.filter(indicator=indicator, year__lte=year).select_related("region")
    )
    if not found:
        return None
    values: dict[str, dict[int, Fraction]] = {}
    regions: dict[str, Region] = {}
    for row in found:
        regions[row.region_id] = row.region
        values.setdefault(row.region_id, {})[row.year] = Fraction(row.value)
    years = tuple(sorted({row.year for row in found}))
    home = AgencyProfile.current().region
    regions[home.pk] = home
    for row in ExternalStatistic.objects.filter(indicator=indicator, year__in=years):
        values.setdefault(home.pk, {})[row.year] = Fraction(row.value)
    newest = years[-1]
    largest = max((v[newest] for v in values.values() if newest in v), default=Fraction(0))
    ranked = sorted(
        (key for key in values if regions[key].level == home.level),
        key=lambda key: (-values[key].get(newest, Fraction(-1)), regions[key].name),
    )
    wider = [key for key in values if regions[key].level == RegionLevel.PROVINCE != home.level]

    def row(key: str, place: int | None) -> RegionRow:
        value = values[key].get(newest)
        width = f"{float(100 * value / largest):.2f}%" if value is not None and largest else "0%"
        held = tuple(values[key].get(each) for each in years)
        return RegionRow(regions[key], held, place if value is not None else None, width, key == home.pk)

    return Ranking(
        indicator,
        years,
        [row(key, place) for place, key in enumerate(ranked, 1)],
        [row(key, None) for key in wider],
        found[-1].source,
    )
