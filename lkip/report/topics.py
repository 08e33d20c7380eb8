"""BAB III A: what the registers count: placements, training, certificates, disputes, firms, activities, fairs."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from core import measures
from core.measures import Period
from lkip.enums import Formula
from lkip.report import sentences
from lkip.report.maker import Maker, Part, named, num, place, ref
from lkip.report.model import Cell, Chart, Column, Derive, Paragraph, Point, Row, Run, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year
from lkip.text import VALUE


@dataclass(frozen=True)
class Count:
    """A counted cell: the code of its figure, its name, its number."""

    code: str
    name: str
    value: int


def whole(maker: Maker, measure: str, filters: dict | None = None, name: str = "") -> Count:
    """A measure of the year as a figure of the report."""
    value = measures.value(measure, Period.year(maker.year), filters or {})
    code = maker.book.measured(measure, filters or {}, name or measures.get(measure).label, value)
    return Count(code, name or measures.get(measure).label, value)


def split(maker: Maker, measure: str, *dimensions: str) -> dict[tuple, Count]:
    """The cells of a measure of the year, each as a figure."""
    about = measures.get(measure)
    names = [about.dimensions[name].names() for name in dimensions]
    found = {}
    for keys, value in measures.cells(measure, Period.year(maker.year), dimensions):
        said = [
            str(each.get(key, "tidak diisi" if key in (None, "") else key))
            for each, key in zip(names, keys, strict=True)
        ]
        filters = dict(zip(dimensions, keys, strict=True))
        code = maker.book.measured(measure, filters, f"{about.label}: {', '.join(said)}", value)
        found[keys] = Count(code, said[-1], value)
    return found


def before_words(maker: Maker, code: str) -> list[Paragraph]:
    """How a total moved since the year before, where that year is known."""
    figure = maker.book.by_code.get(code)
    if figure is None or maker.book.facet(code, VALUE, maker.year - 1).value is None:
        return []
    return [Paragraph(sentences.against_last_year(maker.book, figure))]


def share_cell(maker: Maker, part: Count, total: Count, place_of: tuple[int, int]) -> Cell:
    """A part as per cent of its total, derived from the two cells."""
    exact = measures.ratio(part.value, total.value)
    value = None if exact is None else exact * 100
    code = maker.book.count(
        f"bagian.{part.code}.{total.code}",
        f"Bagian {part.name} dari {total.name}",
        value,
        unit="persen",
        decimals=2,
        formula="Bagian dibagi jumlahnya, dikali seratus",
        source="Dihitung dari tabel ini",
        derived=True,
    )
    return maker.cell(code, derive=Derive("ratio", ((-1, 1), place_of)))


def columns_of(first: str, unit: str, *more: str, width: float = 3.4) -> tuple[Column, ...]:
    """A name, its number, further numbers, the figure id."""
    columns = [Column((words(first),), width), *(num(name, 1.1) for name in (unit, *more))]
    return (*columns, ref())


def _bars(maker: Maker, key: str, caption: Runs, counts: list[Count], unit: str) -> Chart:
    points = tuple(
        Point(label(each.name), Fraction(each.value), maker.book.run(each.code), hero=number == 0)
        for number, each in enumerate(counts)
    )
    first = counts[0]
    alt = joined(*caption, ": terbanyak ", *label(first.name), ", ", maker.book.run(first.code), f" {unit}.")
    return Chart(key, caption, "bars", points, alt)


@place("bab3.penempatan")
def placements(maker: Maker, where: Place) -> Part:
    """Placements by channel, with the way from reports to persons inside the table."""
    code = "placements.placement_reports"
    cells = sorted(split(maker, code, "channel").values(), key=lambda each: (-each.value, each.name))
    if not cells:
        return Part()
    total = whole(maker, code)
    rows = [
        Row((named(each.name), maker.cell(each.code), share_cell(maker, each, total, (len(cells), 1))))
        for each in cells
    ]
    every = tuple((line, 1) for line in range(len(cells)))
    rows.append(
        Row(
            (
                named("Jumlah laporan"),
                maker.cell(total.code, derive=Derive("sum", every)),
                share_cell(maker, total, total, (len(cells), 1)),
            ),
            "total",
        )
    )
    rows += _to_persons(maker, total, len(cells))
    caption = joined("Penempatan menurut saluran dan penyesuaiannya ke orang, ", year(maker.year))
    note = (
        words(
            "Bagian dibulatkan sendiri-sendiri; jumlah baris yang tercetak dapat berbeda sedikit dari seratus."
        ),
    )
    table = Table(
        "penempatan-saluran", caption, columns_of("Saluran", "Laporan", "Bagian (%)"), tuple(rows), note
    )
    chart = _bars(
        maker,
        "gambar-penempatan",
        joined("Laporan penempatan menurut saluran, ", year(maker.year)),
        cells,
        "laporan",
    )
    told = joined(
        "Sepanjang tahun ",
        year(maker.year),
        " tercatat ",
        sentences.number(maker.book, total.code),
        " penempatan. Terbanyak lewat ",
        *label(cells[0].name),
        ", ",
        sentences.number(maker.book, cells[0].code),
        ".",
    )
    return Part([Paragraph(told), *before_words(maker, total.code), *_persons_words(maker)], [chart, table])


def _to_persons(maker: Maker, total: Count, line: int) -> list[Row]:
    """From reports to persons: second reports, second placements, persons."""
    starts, persons = (
        whole(maker, "placements.placements_by_primary_channel"),
        whole(maker, "placements.placed_persons"),
    )
    second, again = starts.value - total.value, persons.value - starts.value
    rows = [_less(maker, "laporan-kedua", "Dikurangi laporan kedua atas penempatan yang sama", second)]
    if again:
        rows.append(_less(maker, "penempatan-kedua", "Dikurangi penempatan kedua orang yang sama", again))
    adds = tuple((line + offset, 1) for offset in range(len(rows) + 1))
    rows.append(
        Row(
            (named("Orang yang ditempatkan"), maker.cell(persons.code, derive=Derive("sum", adds)), Cell()),
            "total",
        )
    )
    return rows


def _less(maker: Maker, code: str, name: str, value: int) -> Row:
    cell = maker.typed(
        f"rekonsiliasi.{code}",
        name,
        value,
        unit="laporan",
        source="Register penempatan",
        derived=True,
        formula="Banyaknya penempatan atau orang dikurangi banyaknya laporan",
    )
    return Row((named(name), cell, Cell()), "check")


def _persons_words(maker: Maker) -> list:
    persons = whole(maker, "placements.placed_persons")
    return [
        Paragraph(
            joined(
                "Seseorang yang dilaporkan oleh dua saluran dihitung satu kali sebagai orang: ",
                sentences.number(maker.book, persons.code),
                " ditempatkan.",
            )
        )
    ]


@place("bab3.pelatihan")
def training(maker: Maker, where: Place) -> Part:
    """Trainees by fund and course."""
    code = "training.trainees"
    courses: dict[str, list[Count]] = defaultdict(list)
    for (fund, _), each in split(maker, code, "funding_source", "programme").items():
        courses[fund].append(each)
    if not courses:
        return Part()
    funds = {fund: each for (fund,), each in split(maker, code, "funding_source").items()}
    total = whole(maker, code)
    rows = _training_rows(maker, courses, funds, total)
    caption = joined("Peserta pelatihan menurut sumber dana dan kejuruan, ", year(maker.year))
    heads = ("Sumber dana dan kejuruan", "Peserta", "Bagian dalam dana (%)", "Bagian dari seluruhnya (%)")
    blocks: list = [Table("pelatihan-dana", caption, columns_of(*heads), tuple(rows))]
    ordered = sorted(funds.values(), key=lambda c: -c.value)
    if len(ordered) == 2:
        blocks.insert(0, _share(maker, ordered))
    told = joined("Pelatihan tahun ", year(maker.year), " diikuti ", sentences.number(maker.book, total.code))
    most = joined(*label(ordered[0].name), ", ", sentences.number(maker.book, ordered[0].code))
    words_of = [Paragraph(joined(told, "; terbanyak dari ", most, "."))]
    return Part([*words_of, *before_words(maker, total.code)], blocks)


def _training_rows(maker: Maker, courses: dict, funds: dict, total: Count) -> list[Row]:
    """Each fund as a subtotal with its courses below, then the total."""
    last = (sum(len(each) + 1 for each in courses.values()), 1)
    rows: list[Row] = []
    heads: list[tuple[int, int]] = []
    for fund, members in courses.items():
        start, own = len(rows), funds[fund]
        heads.append((start, 1))
        below = tuple((start + 1 + n, 1) for n in range(len(members)))
        shares = (share_cell(maker, own, own, (start, 1)), share_cell(maker, own, total, last))
        rows.append(
            Row((named(own.name), maker.cell(own.code, derive=Derive("sum", below)), *shares), "group")
        )
        for each in sorted(members, key=lambda c: (-c.value, c.name)):
            shares = (share_cell(maker, each, own, (start, 1)), share_cell(maker, each, total, last))
            rows.append(Row((named(each.name), maker.cell(each.code), *shares), level=1))
    every = maker.cell(total.code, derive=Derive("sum", tuple(heads)))
    rows.append(Row((named("Jumlah"), every, Cell(), share_cell(maker, total, total, last)), "total"))
    return rows


def _share(maker: Maker, funds: list[Count]) -> Chart:
    caption = joined("Peserta menurut sumber dana, ", year(maker.year), " (orang)")
    points = tuple(
        Point(label(each.name), Fraction(each.value), maker.book.run(each.code), hero=n == 0)
        for n, each in enumerate(funds)
    )
    alt = joined(
        "Dari ",
        *label(funds[0].name),
        " ",
        maker.book.run(funds[0].code),
        " orang, dari ",
        *label(funds[1].name),
        " ",
        maker.book.run(funds[1].code),
        " orang.",
    )
    return Chart("gambar-dana", caption, "share", points, alt)


@place("bab3.sertifikat")
def certificates(maker: Maker, where: Place) -> Part:
    """Certificates by scheme and course."""
    return _two_level(
        maker,
        "training.certificates",
        "scheme",
        "programme",
        "sertifikat",
        "Sertifikat menurut jenis dan kejuruan, ",
        "Jenis dan kejuruan",
        "Sertifikat",
    )


def _two_level(
    maker: Maker, code: str, outer: str, inner: str, key: str, title: str, first: str, unit: str
) -> Part:
    """A measure by two dimensions: subtotals of the outer one, the inner below, a total."""
    groups: dict[str, list[Count]] = defaultdict(list)
    for keys, each in split(maker, code, outer, inner).items():
        groups[keys[0]].append(each)
    if not groups:
        return Part()
    heads = {keys[0]: each for keys, each in split(maker, code, outer).items()}
    total = whole(maker, code)
    rows: list[Row] = []
    tops = []
    for group, members in groups.items():
        start = len(rows)
        tops.append((start, 1))
        below = tuple((start + 1 + n, 1) for n in range(len(members)))
        rows.append(
            Row(
                (named(heads[group].name), maker.cell(heads[group].code, derive=Derive("sum", below))),
                "group",
            )
        )
        rows += [
            Row((named(each.name), maker.cell(each.code)), level=1)
            for each in sorted(members, key=lambda c: (-c.value, c.name))
        ]
    rows.append(Row((named("Jumlah"), maker.cell(total.code, derive=Derive("sum", tuple(tops)))), "total"))
    caption = joined(title, year(maker.year))
    told = joined("Tahun ", year(maker.year), " tercatat ", sentences.number(maker.book, total.code), ".")
    return Part([Paragraph(told)], [Table(key, caption, columns_of(first, unit, width=4.5), tuple(rows))])


@place("bab3.perselisihan")
def disputes(maker: Maker, where: Place) -> Part:
    """Disputes registered by kind, settled by the way they were settled, and the year before."""
    registered, settled = whole(maker, "disputes.registered"), whole(maker, "disputes.settled")
    kinds = sorted(split(maker, "disputes.registered", "kind").values(), key=lambda c: -c.value)
    outcomes = sorted(split(maker, "disputes.settled", "outcome").values(), key=lambda c: -c.value)
    if not registered.value and not settled.value:
        return Part()
    rows: list[Row] = []
    for total, members, title in ((registered, kinds, "Tercatat"), (settled, outcomes, "Selesai")):
        below = tuple((len(rows) + 1 + n, 1) for n in range(len(members)))
        rows.append(
            Row(
                (named(title), maker.cell(total.code, derive=Derive("sum", below) if members else None)),
                "group",
            )
        )
        rows += [Row((named(each.name), maker.cell(each.code)), level=1) for each in members]
    caption = joined("Perselisihan hubungan industrial, ", year(maker.year))
    told = [
        Paragraph(
            joined(
                "Tercatat ",
                sentences.number(maker.book, registered.code),
                " perselisihan dan selesai ",
                sentences.number(maker.book, settled.code),
                ".",
            )
        )
    ]
    for figure in maker.figures.figures.values():
        if figure.indicator.formula == Formula.CHANGE and figure.indicator.numerator.measure.startswith(
            "disputes."
        ):
            told.append(Paragraph(_change_words(maker, figure)))
    return Part(
        told, [Table("perselisihan", caption, columns_of("Perselisihan", "Perkara", width=5), tuple(rows))]
    )


def _change_words(maker: Maker, figure) -> Runs:
    """A change as a verb and its size: the sign is said once."""
    name = sentences.lowered(figure.indicator.numerator.name)
    now, then = maker.book.run(figure.code, "pembilang"), maker.book.run(figure.code, "penyebut")
    sign = sentences.shown_sign(figure.value, figure.decimals)
    if figure.value is None:
        return joined("Perubahan ", name, " belum dapat dihitung.")
    if sign == 0:
        return joined("Dibandingkan tahun sebelumnya, ", name, " tetap ", now, ".")
    verb = "naik" if sign > 0 else "turun"
    side = maker.book.facet(figure.code)
    size = Run(
        sentences.formats.number(abs(side.value), figure.decimals),
        "figure",
        maker.book.key(figure.code),
        VALUE,
    )
    return joined(
        "Dibandingkan tahun sebelumnya, ",
        name,
        f" {verb} ",
        size,
        " persen, dari ",
        then,
        " menjadi ",
        now,
        ".",
    )
