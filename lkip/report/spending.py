"""BAB III B: the money, by type, by programme, by objective; income; achievement against absorption."""

from fractions import Fraction

from core import formats
from lkip import formulas
from lkip.budget import Row as BudgetRow
from lkip.report import money_words, sentences
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Cell, Chart, Column, Derive, Paragraph, Point, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, numbering, words, year

PAGU, REALISED, REST, SHARE = 1, 2, 3, 4


@place("bab3.b")
def lead(maker: Maker, where: Place) -> Part:
    """The whole office in one sentence."""
    if not maker.figures.tree:
        return Part([Paragraph((words("Anggaran tahun ini belum dimasukkan."),))])
    return Part([Paragraph(money_words.spending(maker.book, "budget_total", "Pagu seluruh dinas"))])


def _columns(maker: Maker, first: str) -> tuple[Column, ...]:
    return (
        col(first, 6),
        num(f"{maker.word('pagu')} (Rp)", 1.9),
        num(f"{maker.word('realisasi')} (Rp)", 1.9),
        num(f"{maker.word('sisa')} (Rp)", 1.7),
        num(f"{maker.word('serapan')} (%)", 1.25),
        Column(joined(numbering("0–100"), " %"), 1.5, "bar"),
        ref(width=0.8),
    )


def _line(
    maker: Maker,
    row: BudgetRow,
    code: str,
    line: int,
    below: tuple[int, ...],
    kind: str = "",
    level: int | None = None,
) -> Row:
    """One row of money: parents are the sum of the lines below, the rest and the share follow from the row."""

    def sums(column: int) -> Derive | None:
        return Derive("sum", tuple((each, column) for each in below)) if below else None

    cells = (
        named(row.name),
        maker.cell(code, "pagu", derive=sums(PAGU)),
        maker.cell(code, "realisasi", derive=sums(REALISED)),
        maker.cell(code, "sisa", derive=Derive("minus", ((line, PAGU), (line, REALISED)))),
        maker.cell(code, "serapan", derive=Derive("ratio", ((line, REALISED), (line, PAGU)))),
        Cell(value=row.absorption),
    )
    depth = row.depth if level is None else level
    return Row(cells, kind or ("group" if depth == 0 else "row"), depth, maker.book.key(code))


def _money_rows(maker: Maker, rows: list[BudgetRow], prefix: str, start: int, shift: int = 0) -> list[Row]:
    """A tree of money as rows; `start` is the line of the first one in its table."""
    found = []
    for place_of, row in enumerate(rows):
        below = []
        for offset, other in enumerate(rows[place_of + 1 :], start=place_of + 1):
            if other.depth <= row.depth:
                break
            if other.depth == row.depth + 1:
                below.append(start + offset)
        found.append(
            _line(maker, row, f"{prefix}_{row.key}", start + place_of, tuple(below), level=row.depth + shift)
        )
    return found


def _note(maker: Maker) -> Runs:
    low = maker.figures.settings.low_absorption
    return joined(
        "Rendah berarti serapan di bawah ",
        numbering(formats.number(low)),
        " persen. Induk adalah jumlah rinciannya; sisa adalah pagu dikurangi realisasi.",
    )


@place("bab3.anggaran.jenis")
def by_type(maker: Maker, where: Place) -> Part:
    """Spending by type."""
    rows = maker.figures.by_type
    if not rows:
        return Part()
    lines = _money_rows(maker, rows, "spending", 0)
    caption = joined("Pagu dan realisasi belanja menurut jenis, ", year(maker.year))
    return Part(
        [Paragraph((words("Belanja dirinci menurut jenisnya di bawah ini."),))],
        [Table("belanja-jenis", caption, _columns(maker, "Jenis belanja"), tuple(lines), _note(maker))],
    )


@place("bab3.anggaran.rincian")
def tree(maker: Maker, where: Place) -> Part:
    """The whole tree."""
    rows = maker.figures.tree
    if not rows:
        return Part()
    lines = _money_rows(maker, rows, "budget", 0)
    tops = tuple(place_of for place_of, row in enumerate(rows) if row.depth == 0)
    lines.append(_line(maker, maker.figures.total, "budget_total", len(lines), tops, "total", 0))
    programmes = sum(row.depth == 0 for row in rows)
    told = [
        Paragraph(
            joined(
                f"Anggaran dibagi atas {formats.terbilang(programmes)} program. Rinciannya dalam ",
                "tabel berikut.",
            )
        )
    ]
    low = [
        row
        for row in rows
        if row.leaf and row.absorption is not None and row.absorption < maker.figures.settings.low_absorption
    ]
    if low:
        told.append(Paragraph(_low_words(maker, low)))
    caption = joined(
        "Pagu, realisasi, dan sisa belanja menurut program, kegiatan, dan sub kegiatan, ", year(maker.year)
    )
    table = Table(
        "belanja-rincian",
        caption,
        _columns(maker, "Program, kegiatan, sub kegiatan"),
        tuple(lines),
        _note(maker),
        wide=True,
    )
    return Part(told, [table])


def _low_words(maker: Maker, low: list[BudgetRow]) -> Runs:
    worst = min(low, key=lambda row: (row.absorption, row.name))
    count = formats.terbilang(len(low)).capitalize()
    return joined(
        f"{count} sub kegiatan terserap rendah; yang terendah ",
        *label(worst.name),
        ", ",
        sentences.number(maker.book, f"budget_{worst.key}", "serapan"),
        ".",
    )


@place("bab3.anggaran.sasaran")
def by_objective(maker: Maker, where: Place) -> Part:
    """Money of each objective by the shares of its programmes, and their own total."""
    found = maker.figures.shares.by_objective()
    if not found:
        return Part()
    lines = []
    for line, each in enumerate(found):
        cells = _objective_cells(
            maker, f"sasaran.{each.objective.code}", each.objective.text, each.money, line, None
        )
        lines.append(Row(cells))
    total = maker.figures.shares.total()
    places = tuple(range(len(lines)))
    lines.append(
        Row(
            _objective_cells(maker, "sasaran.jumlah", "Jumlah semua sasaran", total, len(lines), places),
            "total",
        )
    )
    caption = joined("Anggaran menurut sasaran, ", year(maker.year))
    note = (words("Program yang menunjang lebih dari satu sasaran dibagi menurut bagiannya."),)
    columns = (*_columns(maker, "Sasaran")[:5], ref(width=0.8))
    return Part(blocks=[Table("belanja-sasaran", caption, columns, tuple(lines), note)])


def _objective_cells(
    maker: Maker, code: str, name: str, money, line: int, below: tuple[int, ...] | None
) -> tuple[Cell, ...]:
    sides = {
        "pagu": (money.ceiling, "rupiah", 0),
        "realisasi": (money.realised, "rupiah", 0),
        "sisa": (money.remaining, "rupiah", 0),
        "serapan": (money.absorption, "persen", 2),
    }
    cells = maker.group(
        code,
        f"Anggaran sasaran: {name}",
        sides,
        source=maker.figures.settings.budget_source,
        formula="Jumlah program penunjang menurut bagiannya",
        derived=True,
    )

    def sums(column: int) -> Derive | None:
        return None if below is None else Derive("sum", tuple((each, column) for each in below))

    derives = (
        sums(PAGU),
        sums(REALISED),
        Derive("minus", ((line, PAGU), (line, REALISED))),
        Derive("ratio", ((line, REALISED), (line, PAGU))),
    )
    return (
        named(name),
        *(
            Cell(cell.runs, cell.value, derive if cell.value is not None else None)
            for cell, derive in zip(cells.values(), derives, strict=True)
        ),
    )


@place("bab3.anggaran.serapan")
def absorption(maker: Maker, where: Place) -> Part:
    """Absorption of the programmes as a chart."""
    rows = [row for row in maker.figures.tree if row.depth == 0]
    rows.sort(key=lambda each: (each.absorption is None, -(each.absorption or 0), each.name))
    shown = tuple(
        Point(label(row.name), row.absorption, maker.book.run(f"budget_{row.key}", "serapan")) for row in rows
    )
    points = [point for point in shown if point.value is not None]
    if not points:
        return Part()
    caption = joined("Serapan anggaran menurut program, ", year(maker.year), " (%)")
    alt = joined(
        *caption,
        ": tertinggi ",
        *points[0].label,
        ", ",
        points[0].run,
        "; terendah ",
        *points[-1].label,
        ", ",
        points[-1].run,
    )
    for point in shown[len(points) :]:
        alt = joined(alt, "; ", *point.label, " ", point.run)
    told = joined(
        "Serapan tertinggi pada ",
        *points[0].label,
        ", ",
        points[0].run,
        f"{formats.NBSP}persen; terendah pada ",
        *points[-1].label,
        ", ",
        points[-1].run,
        f"{formats.NBSP}persen.",
    )
    return Part(
        [Paragraph(told)] if len(points) > 1 else [],
        [Chart("gambar-serapan", caption, "capaian", shown, joined(alt, ".")), *_months(maker)],
    )


def _months(maker: Maker) -> list:
    """The running realisation of the months that are known."""
    total = maker.figures.total
    if not any(month is not None for month in total.months):
        return []
    rows = []
    for number, amount in enumerate(total.months, start=1):
        if amount is None:
            continue
        name = formats.MONTHS[number - 1]
        share = formulas.absorption(total.ceiling, amount)
        cells = maker.group(
            f"bulan.{number:02d}",
            f"Realisasi anggaran sampai {name}",
            {"realisasi": (Fraction(amount), "rupiah", 0), "serapan": (share, "persen", 2)},
            source=maker.figures.settings.budget_source,
            formula="Jumlah realisasi sampai akhir bulan",
            derived=True,
        )
        rows.append(Row((plain_cell(name), *cells.values())))
    columns = (col("Sampai akhir", 3), num("Realisasi (Rp)", 1.6), num("Serapan (%)", 1.1), ref())
    return [
        Table(
            "serapan-bulan",
            joined("Realisasi anggaran menurut bulan, ", year(maker.year)),
            columns,
            tuple(rows),
        )
    ]


@place("bab3.anggaran.pendapatan")
def income(maker: Maker, where: Place) -> Part:
    """The office's income."""
    rows = maker.figures.income
    if not rows:
        return Part()
    lines = _money_rows(maker, rows, "income", 0)
    tops = tuple(place_of for place_of, row in enumerate(rows) if row.depth == 0)
    total = maker.book.rows["income"]
    lines.append(_line(maker, total, "income", len(lines), tops, "total", 0))
    lines = [Row(row.cells[:3] + row.cells[4:5], row.kind, row.level, row.figure) for row in lines]
    lines = [_shifted(row, line) for line, row in enumerate(lines)]
    columns = (
        col("Uraian", 5),
        num("Anggaran (Rp)", 1.7),
        num("Realisasi (Rp)", 1.7),
        num("Realisasi (%)", 1.7),
        ref(),
    )
    caption = joined("Pendapatan, ", year(maker.year))
    return Part(
        [Paragraph(money_words.income(maker.book, "income"))],
        [Table("pendapatan", caption, columns, tuple(lines))],
    )


def _shifted(row: Row, line: int) -> Row:
    """The share moved one column to the left; its formula with it."""
    last = row.cells[3]
    return Row(
        (*row.cells[:3], Cell(last.runs, last.value, Derive("ratio", ((line, REALISED), (line, PAGU))))),
        row.kind,
        row.level,
        row.figure,
    )
