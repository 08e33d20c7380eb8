"""BAB III A: one statistic for the regions of a kind, ranked; what stands above them is a reference without rank."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from core import formats
from core.models.reference import Region, RegionLevel
from lkip.models import RegionalStatistic
from lkip.report.maker import Maker, Part, col, named, place, ref
from lkip.report.model import Cell, Chart, Column, Paragraph, Point, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, year
from lkip.text import VALUE

KINDS = {RegionLevel.REGENCY: "kabupaten dan kota", RegionLevel.PROVINCE: "provinsi"}
"""What regions of a level are called together."""


@dataclass(frozen=True)
class _Known:
    """What a region had in a year, and who says so."""

    value: Fraction
    source: str


@dataclass(frozen=True)
class _Line:
    """A row of the table with the datum of the chart that says the same; `point` is None without a value this year."""

    name: str
    cells: tuple[Cell, ...]
    point: Point | None
    own: bool = False


@place("bab3.tpt")
def ranked(maker: Maker, where: Place) -> Part:
    """The same statistic for the regions of the office's kind, ranked by this year; province and nation below them."""
    chosen, found = _regions(maker)
    now = {region: values[maker.year] for region, values in found.items() if maker.year in values}
    own = maker.agency.region
    members = [region for region in now if region.level == own.level]
    if not members:
        return Part()
    years = sorted({when for values in found.values() for when in values})
    order = sorted(members, key=lambda region: (-now[region].value, region.name))
    lines = [_line(maker, chosen, region, found[region], years) for region in order]
    above = [region for region in now if region.level == RegionLevel.PROVINCE != own.level]
    beside = [
        _line(maker, chosen, region, found[region], years)
        for region in sorted(above, key=lambda each: each.code)
    ]
    beside += _nation(maker, chosen, years)
    columns = (
        col("No.", 0.5),
        col("Wilayah", 3),
        *(Column((year(when),), 0.9, "number") for when in years),
        ref(),
    )
    start = joined(*label(chosen.name), " menurut wilayah, ")
    rows = [
        Row((maker.number(rank), named(each.name), *each.cells), "group" if each.own else "row")
        for rank, each in enumerate(lines, start=1)
    ]
    if beside:
        rows.append(Row((Cell(), named("Pembanding, tanpa urutan")), "block"))
        rows += [Row((Cell(), named(each.name), *each.cells)) for each in beside]
    caption = joined(start, "diurutkan menurut ", year(maker.year), f" ({chosen.unit})")
    table = Table("wilayah", caption, columns, tuple(rows))
    ranks = [each.point for each in lines]
    aside = [each.point for each in beside if each.point is not None]
    chart = _chart(joined(start, year(maker.year), f" ({chosen.unit})"), ranks, aside)
    return Part(_rank_words(ranks, chosen.unit, KINDS.get(own.level, "wilayah")), [chart, table])


def _line(maker: Maker, chosen, region: Region, values: dict[int, _Known], years: list[int]) -> _Line:
    """One region: a figure with a side for each year."""
    unit = (chosen.unit, chosen.decimals)
    name = _name(region)
    sides = {str(when): (values[when].value if when in values else None, *unit) for when in years}
    code = f"wilayah.{chosen.code}.{region.pk}"
    about = {"source": values[maker.year].source, "formula": "Diterbitkan oleh sumbernya"}
    cells = maker.group(code, f"{chosen.name}: {name}", sides, **about)
    is_own = region.pk == maker.agency.region_id
    ranks = region.level == maker.agency.region.level
    run = maker.book.run(code, str(maker.year))
    point = Point(label(name), values[maker.year].value, run, hero=is_own, aside=not ranks)
    return _Line(name, tuple(cells.values()), point, is_own)


def _name(region: Region) -> str:
    """The name of a region as it stands in the list; a province is called one."""
    word = RegionLevel.PROVINCE.label
    if region.level != RegionLevel.PROVINCE or region.name.startswith(word):
        return region.name
    return f"{word} {region.name}"


def _nation(maker: Maker, chosen, years: list[int]) -> list[_Line]:
    """The national value that the indicator is compared with, where it is known for this year."""
    figures = maker.figures.figures.values()
    other = next((each for each in figures if each.indicator.pk == chosen.comparator_id), None)
    if other is None or other.value is None:
        return []
    cells = tuple(maker.cell(other.code, VALUE, when) for when in years)
    point = Point(label(other.label), other.value, maker.book.run(other.code), aside=True)
    return [_Line(other.label, cells, point)]


def _regions(maker: Maker):
    """(indicator, {region: {year: known}}) of the statistic that is known for other regions; three years.

    The office's own region is among them: where its values are recorded as the indicator's own, they are taken there.
    """
    found: dict = defaultdict(dict)
    chosen = None
    rows = RegionalStatistic.objects.filter(year__gt=maker.year - 3, year__lte=maker.year)
    for row in rows.select_related("region", "indicator"):
        chosen = chosen or row.indicator
        if row.indicator_id == chosen.pk:
            found[row.region][row.year] = _Known(Fraction(row.value), row.source)
    figure = maker.figures.figures.get(chosen.code) if chosen else None
    if figure is not None:
        own = found[maker.agency.region]
        for when in range(maker.year - 2, maker.year + 1):
            value = maker.book.facet(chosen.code, year=when).value
            if value is not None:
                own.setdefault(when, _Known(value, figure.source))
    return chosen, found


def _chart(caption: Runs, ranks: list[Point], aside: list[Point]) -> Chart:
    first, last = ranks[0], ranks[-1]
    alt = joined(
        *caption, ": tertinggi ", *first.label, " ", first.run, ", terendah ", *last.label, " ", last.run
    )
    for point in aside:
        alt = joined(alt, "; pembanding ", *point.label, " ", point.run)
    return Chart("gambar-wilayah", caption, "bars", (*ranks, *aside), joined(alt, "."))


def _rank_words(ranks: list[Point], unit: str, kind: str) -> list:
    """Where the own region stands among those of its kind; nothing where it stands alone."""
    rank = next((place_of for place_of, point in enumerate(ranks) if point.hero), None)
    if rank is None or len(ranks) == 1:
        return []
    point = ranks[rank]
    if rank == 0:
        said = "yang tertinggi"
    elif rank == len(ranks) - 1:
        said = "yang terendah"
    else:
        said = f"urutan ke-{formats.terbilang(rank + 1)} dari yang tertinggi"
    told = f" {unit}, {said} dari {formats.terbilang(len(ranks))} {kind} yang dibandingkan."
    return [Paragraph(joined(*point.label, " mencatat ", point.run, told))]
