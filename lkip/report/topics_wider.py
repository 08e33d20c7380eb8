"""BAB III A: firms, activities, fairs, other regions, programmes and outputs."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from core import measures
from lkip.enums import Level
from lkip.models import RegionalStatistic
from lkip.report import achieved, sentences
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Chart, Column, Derive, Paragraph, Point, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year
from lkip.report.topics import columns_of, split, whole


@place("bab3.perusahaan")
def companies(maker: Maker, where: Place) -> Part:
    """Firms and the protection of their workers: every indicator and count that the company register gives."""
    figures = [
        f
        for f in maker.figures.figures.values()
        if f.value is not None
        and any(
            i is not None and i.measure.startswith("employers.") for i in (f.indicator, f.indicator.numerator)
        )
    ]
    if not figures:
        return Part()
    rows = [
        Row((named(f.label), plain_cell(f.unit), maker.cell(f.code)), figure=maker.book.key(f.code))
        for f in figures
    ]
    columns = (col("Angka", 5), col("Satuan", 1.1), num("Nilai", 1.1), ref("Nomor", 0.7))
    caption = joined("Perusahaan dan perlindungan pekerja, ", year(maker.year))
    return Part(
        [Paragraph((words("Angka di bawah ini dihitung dari register perusahaan dan laporannya."),))],
        [Table("perusahaan", caption, columns, tuple(rows))],
    )


@place("bab3.kegiatan")
def activities(maker: Maker, where: Place) -> Part:
    """Activities of the office and who took part."""
    held = split(maker, "activities.activities", "kind")
    if not held:
        return Part()
    people = split(maker, "activities.participants", "kind")
    rows = []
    for keys, each in sorted(held.items(), key=lambda item: (-item[1].value, item[1].name)):
        part = people.get(keys)
        rows.append(
            Row((named(each.name), maker.cell(each.code), maker.cell(part.code) if part else plain_cell("–")))
        )
    every = range(len(rows))
    total, joined_in = whole(maker, "activities.activities"), whole(maker, "activities.participants")
    rows.append(
        Row(
            (
                named("Jumlah"),
                maker.cell(total.code, derive=Derive("sum", tuple((n, 1) for n in every))),
                maker.cell(joined_in.code, derive=Derive("sum", tuple((n, 2) for n in every))),
            ),
            "total",
        )
    )
    caption = joined("Kegiatan dinas menurut jenis dan pesertanya, ", year(maker.year))
    told = joined(
        "Dinas melaksanakan ",
        sentences.number(maker.book, total.code),
        " dengan ",
        sentences.number(maker.book, joined_in.code),
        " peserta menurut daftar hadir.",
    )
    note = (words("Orang yang mengikuti dua kegiatan dihitung dua kali."),)
    return Part(
        [Paragraph(told)],
        [
            Table(
                "kegiatan",
                caption,
                columns_of("Jenis kegiatan", "Kegiatan", "Peserta (orang)"),
                tuple(rows),
                note,
            )
        ],
    )


ABOUT_FAIRS = ("fair", "vacanc", "bursa", "lowongan")
"""An indicator whose code has one of these words counts something of vacancies and job fairs."""


@place("bab3.bursa")
def fairs(maker: Maker, where: Place) -> Part:
    """Vacancies, and what is known of job fairs; numbers that wait for a register say so."""
    figures = [
        f
        for f in maker.figures.figures.values()
        if (
            any(word in f.code for word in ABOUT_FAIRS)
            or (f.indicator.measure or "") == "employers.vacancies_open"
        )
        and f.value is not None
    ]
    open_ones = whole(maker, "employers.vacancies_open")
    rows = [
        Row((named(f.label), plain_cell(f.unit), maker.cell(f.code)), figure=maker.book.key(f.code))
        for f in figures
    ]
    if open_ones.code not in {f.code for f in figures} and open_ones.value:
        unit = measures.get("employers.vacancies_open").unit
        rows.append(Row((named(open_ones.name), plain_cell(unit), maker.cell(open_ones.code))))
    if not rows:
        return Part()
    columns = (col("Angka", 5), col("Satuan", 1.1), num("Nilai", 1.1), ref("Nomor", 0.7))
    return Part(
        blocks=[Table("bursa", joined("Lowongan dan bursa kerja, ", year(maker.year)), columns, tuple(rows))]
    )


@place("bab3.tpt")
def ranked(maker: Maker, where: Place) -> Part:
    """The same statistic for the other regions, ranked by this year."""
    chosen, found = _regions(maker)
    now = {region: values[maker.year] for region, values in found.items() if maker.year in values}
    if not now:
        return Part()
    years = sorted({when for values in found.values() for when in values})
    order = sorted(now, key=lambda region: (-now[region].value, region.name))
    rows, points = [], []
    for rank, region in enumerate(order, start=1):
        unit = (chosen.unit, chosen.decimals)
        known = {when: row.value for when, row in found[region].items()}
        sides = {str(when): (known.get(when), *unit) for when in years}
        code = f"wilayah.{chosen.code}.{region.pk}"
        about = {"source": now[region].source, "formula": "Diterbitkan oleh sumbernya"}
        cells = maker.group(code, f"{chosen.name}: {region.name}", sides, **about)
        own = region.pk == maker.agency.region_id
        shown = (maker.number(rank), named(region.name), *cells.values())
        rows.append(Row(shown, "group" if own else "row"))
        run = maker.book.run(code, str(maker.year))
        points.append(Point(label(region.name), now[region].value, run, hero=own))
    heads = [Column((year(when),), 0.9, "number") for when in years]
    columns = (col("No.", 0.5), col("Wilayah", 3), *heads, ref())
    start = joined(*label(chosen.name), " menurut wilayah, ")
    table = Table(
        "wilayah",
        joined(start, "diurutkan menurut ", year(maker.year), f" ({chosen.unit})"),
        columns,
        tuple(rows),
    )
    chart = _region_chart(joined(start, year(maker.year), f" ({chosen.unit})"), points)
    return Part(_rank_words(points), [chart, table])


@dataclass(frozen=True)
class _Known:
    """What a region had in a year, and who says so."""

    value: Fraction
    source: str


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


def _region_chart(caption: Runs, points: list[Point]) -> Chart:
    first, last = points[0], points[-1]
    alt = joined(
        *caption, ": tertinggi ", *first.label, " ", first.run, ", terendah ", *last.label, " ", last.run, "."
    )
    return Chart("gambar-wilayah", caption, "bars", tuple(points), alt)


def _rank_words(points: list[Point]) -> list:
    rank = next((place_of for place_of, point in enumerate(points) if point.hero), None)
    if rank is None:
        return []
    point = points[rank]
    if rank == 0:
        said = "yang tertinggi"
    elif rank == len(points) - 1:
        said = "yang terendah"
    else:
        said = f"urutan ke-{sentences.formats.terbilang(rank + 1)} dari yang tertinggi"
    count = sentences.formats.terbilang(len(points))
    told = f" persen, {said} dari {count} wilayah yang dibandingkan."
    return [Paragraph(joined(*point.label, " mencatat ", point.run, told))]


@place("bab3.program")
def outputs(maker: Maker, where: Place) -> Part:
    """Programme indicators, outcomes and outputs with target, realisation, achievement."""
    rows: list[Row] = []
    every = maker.figures.of_level(Level.PROGRAMME, Level.OUTCOME, Level.OUTPUT)
    both = achieved.bounded(maker, every)
    for title, level in (
        ("Indikator program", Level.PROGRAMME),
        ("Hasil", Level.OUTCOME),
        ("Keluaran", Level.OUTPUT),
    ):
        members = maker.figures.of_level(level)
        if members:
            rows.append(Row((named(title),), "block"))
        for figure in members:
            derive = (
                Derive("up" if figure.direction == "UP" else "down", ((-1, 3), (-1, 2)))
                if figure.capaian is not None
                else None
            )
            cells = (
                named(figure.label),
                plain_cell(figure.unit),
                maker.cell(figure.code, "target"),
                maker.cell(figure.code),
                *achieved.cells(maker, figure, both=both, derive=derive),
            )
            rows.append(Row(cells, figure=maker.book.key(figure.code)))
    if not rows:
        return Part()
    columns = (
        col("Indikator", 4),
        col("Satuan", 1),
        num(maker.word("target"), 1),
        num(maker.word("realisasi"), 1),
        *achieved.columns(maker, every, 1),
        ref(),
    )
    return Part(
        blocks=[
            Table(
                "program-keluaran",
                joined("Target dan realisasi program, hasil, dan keluaran, ", year(maker.year)),
                columns,
                tuple(rows),
            )
        ]
    )
