"""BAB III A: what the registers count: placements, training, certificates."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from core import measures
from core.measures import Period
from lkip.report import sentences
from lkip.report.maker import Maker, Part, named, num, place, ref
from lkip.report.model import Cell, Chart, Column, Derive, Paragraph, Point, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year
from lkip.text import VALUE

ROUNDED = "Bagian dibulatkan sendiri-sendiri; jumlah baris yang tercetak dapat berbeda sedikit dari seratus."


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
    several = len(cells) > 1
    rows = _placement_rows(maker, cells, total)
    caption = joined("Penempatan menurut saluran dan penyesuaiannya ke orang, ", year(maker.year))
    heads = ("Saluran", "Laporan", "Bagian (%)") if several else ("Saluran", "Laporan")
    note = (words(ROUNDED),) if several else ()
    blocks: list = [Table("penempatan-saluran", caption, columns_of(*heads), tuple(rows), note)]
    if several:
        title = joined("Laporan penempatan menurut saluran, ", year(maker.year))
        blocks.insert(0, _bars(maker, "gambar-penempatan", title, cells, "laporan"))
    told = joined(
        "Sepanjang tahun ",
        year(maker.year),
        " tercatat ",
        sentences.number(maker.book, total.code),
        " penempatan",
        _most(maker, total, cells, "lewat"),
    )
    return Part([Paragraph(told), *before_words(maker, total.code), *_persons_words(maker)], blocks)


def _most(maker: Maker, total: Count, parts: list[Count], word: str) -> Runs:
    """How a sentence about a total ends: its largest part, in the total's unit, or that it has one only."""
    name = sentences.lowered(parts[0].name)
    if len(parts) == 1:
        return joined(f", semuanya {word} ", name, ".")
    unit = f"{sentences.NBSP}{maker.book.unit(total.code)}."
    return joined(f". Terbanyak {word} ", name, ", ", maker.book.run(parts[0].code), unit)


def _placement_rows(maker: Maker, cells: list[Count], total: Count) -> list[Row]:
    """The channels with their shares, where there are several, their sum, and the way to persons."""
    rows = []
    for each in cells:
        shares = [share_cell(maker, each, total, (len(cells), 1))] if len(cells) > 1 else []
        rows.append(Row((named(each.name), maker.cell(each.code), *shares)))
    every = tuple((line, 1) for line in range(len(cells)))
    rows.append(Row((named("Jumlah laporan"), maker.cell(total.code, derive=Derive("sum", every))), "total"))
    return rows + _to_persons(maker, total, len(cells))


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
            (named("Orang yang ditempatkan"), maker.cell(persons.code, derive=Derive("sum", adds))),
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
    return Row((named(name), cell), "check")


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
    parts = ("Bagian dalam dana (%)", "Bagian dari seluruhnya (%)") if len(funds) > 1 else ("Bagian (%)",)
    heads = ("Sumber dana dan kejuruan", "Peserta", *parts)
    blocks: list = [Table("pelatihan-dana", caption, columns_of(*heads), tuple(rows))]
    ordered = sorted(funds.values(), key=lambda c: -c.value)
    if len(ordered) == 2:
        blocks.insert(0, _share(maker, ordered))
    told = joined("Pelatihan tahun ", year(maker.year), " diikuti ", sentences.number(maker.book, total.code))
    words_of = [Paragraph(joined(told, _most(maker, total, ordered, "dari")))]
    return Part([*words_of, *before_words(maker, total.code)], blocks)


def _training_rows(maker: Maker, courses: dict, funds: dict, total: Count) -> list[Row]:
    """Each fund as a subtotal with its courses below, then the total; of a single fund one share says both."""
    last = (sum(len(each) + 1 for each in courses.values()), 1)
    rows: list[Row] = []
    heads: list[tuple[int, int]] = []
    for fund, members in courses.items():
        start, own = len(rows), funds[fund]
        heads.append((start, 1))
        below = tuple((start + 1 + n, 1) for n in range(len(members)))
        several = len(funds) > 1
        shares = (Cell(), *([share_cell(maker, own, total, last)] if several else []))
        rows.append(
            Row((named(own.name), maker.cell(own.code, derive=Derive("sum", below)), *shares), "group")
        )
        for each in sorted(members, key=lambda c: (-c.value, c.name)):
            shares = [share_cell(maker, each, own, (start, 1))]
            if several:
                shares.append(share_cell(maker, each, total, last))
            rows.append(Row((named(each.name), maker.cell(each.code), *shares), level=1))
    every = maker.cell(total.code, derive=Derive("sum", tuple(heads)))
    rows.append(Row((named("Jumlah"), every), "total"))
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
