"""BAB III A: the mean achievement of each objective and of the office, with its predicate."""

from core import formats
from lkip.enums import Level
from lkip.figures import Figure
from lkip.figures.model import Mean
from lkip.report import sentences
from lkip.report.book import Book
from lkip.report.maker import Maker, col, named, num, plain_cell, ref
from lkip.report.model import Cell, Column, Derive, Facet, Paragraph, Row, Runs, Table
from lkip.report.runs import joined, label, year
from lkip.text import VALUE

NATION = "pembanding"
ACHIEVED = 1
"""The column of the achievements, from which the means are taken."""


def told(maker: Maker) -> list[Paragraph]:
    """The office's mean in a sentence; nothing where no main indicator has an achievement."""
    means = maker.figures.means
    return [Paragraph(_mean_words(maker.book, means[-1]))] if means else []


def _mean_words(book: Book, office: Mean) -> Runs:
    """The mean achievement of all main indicators, its predicate, and over how many it is taken."""
    code = office.figure.code
    count, total = len(office.counted), len(office.counted) + len(office.left_out)
    over = f"{formats.terbilang(count)} indikator kinerja utama"
    if office.left_out:
        over = f"{formats.terbilang(count)} dari {formats.terbilang(total)} indikator kinerja utama yang punya capaian"
    start = joined(f"Rata-rata capaian {over} adalah ", sentences.number(book, code))
    predicate = office.figure.predicate
    return joined(start, ", predikat ", *label(predicate), ".") if predicate else joined(start, ".")


def table(maker: Maker) -> list[Table]:
    """Objectives with their indicators, the mean of each and of all; nothing where there is no mean."""
    means = maker.figures.means
    if not means:
        return []
    rows: list[Row] = []
    places: list[int] = []
    for mean in means[:-1]:
        rows += _objective(maker, mean, len(rows), places)
    office = means[-1]
    grouped = {figure.code for mean in means[:-1] for figure in (*mean.counted, *mean.left_out)}
    for figure in (*office.counted, *office.left_out):
        if figure.code not in grouped:
            if figure in office.counted:
                places.append(len(rows))
            rows.append(_indicator(maker, figure))
    rows.append(_line(maker, office, "Rata-rata semua indikator kinerja utama", places, "total"))
    within = " menurut batas" if _bounded(maker) else ""
    columns = [
        col("Sasaran dan indikator kinerja utama", 3.6),
        num(f"{maker.word('capaian')}{within} (%)"),
        num("Rata-rata sasaran (%)"),
        *([col("Predikat", 1.3)] if maker.figures.scale else []),
        ref(),
    ]
    and_predicate = " dan predikatnya" if maker.figures.scale else ""
    caption = joined(f"Rata-rata capaian menurut sasaran{and_predicate}, ", year(maker.year))
    return [Table("rata-rata", caption, tuple(columns), tuple(rows), _note(maker, office))]


def compared(maker: Maker) -> list[Table]:
    """Goals and main indicators beside the year before and the nation; nothing where neither is known of any."""
    figures = maker.figures.of_level(Level.GOAL, Level.IKU)
    before = maker.year - 1
    known = [f for f in figures if f.value is not None]
    if not any(_known(maker, f, VALUE, before) or _known(maker, f, NATION) for f in known):
        return []
    rows = [
        Row(
            (
                Cell(joined(label(figure.label), f" ({figure.unit})")),
                maker.cell(figure.code, VALUE, before),
                maker.cell(figure.code),
                maker.cell(figure.code, NATION)
                if NATION in _sides(maker, figure)
                else plain_cell(formats.DASH),
                Cell(_against(maker, figure)),
            ),
            figure=maker.book.key(figure.code),
        )
        for figure in known
    ]
    columns = (
        col("Indikator dan satuan", 2.6),
        Column(joined("Realisasi ", year(before)), 1, "number"),
        Column(joined("Realisasi ", year(maker.year)), 1, "number"),
        num("Angka nasional"),
        col("Terhadap angka nasional", 1.7),
        ref(),
    )
    caption = joined("Realisasi dibanding tahun sebelumnya dan angka nasional, ", year(maker.year))
    note = joined("– berarti tidak ada dalam sistem atau belum diterbitkan, tidak sama dengan nol.")
    return [Table("banding", caption, columns, tuple(rows), note)]


def _sides(maker: Maker, figure: Figure, when: int | None = None) -> dict[str, Facet]:
    return maker.book.entries[maker.book.key(figure.code, when)].facets


def _known(maker: Maker, figure: Figure, side: str, when: int | None = None) -> bool:
    facet = _sides(maker, figure, when).get(side)
    return facet is not None and facet.value is not None


def _against(maker: Maker, figure: Figure) -> Runs:
    """How far above or below the nation, and whether that is good."""
    if not _known(maker, figure, NATION):
        return joined("tidak ada pembanding")
    return sentences.beside_nation(maker.book, figure)


def _objective(maker: Maker, mean: Mean, start: int, places: list[int]) -> list[Row]:
    """An objective's row with its mean, then its indicators; `places` gains the rows that count for the office."""
    own = [start + 1 + number for number, _ in enumerate(mean.counted)]
    places += own
    members = [_indicator(maker, figure) for figure in (*mean.counted, *mean.left_out)]
    return [_line(maker, mean, mean.objective.text, own, "group"), *members]


def _line(maker: Maker, mean: Mean, name: str, places: list[int], kind: str) -> Row:
    code = mean.figure.code
    derive = Derive("mean", tuple((line, ACHIEVED) for line in places)) if places else None
    value, none = maker.cell(code, derive=derive), Cell()
    # The office's mean belongs to the column of the indicators, an objective's has a column of its own.
    numbers = (value, none) if kind == "total" else (none, value)
    predicate = _predicate(maker, mean.figure.predicate)
    return Row((named(name, strong=True), *numbers, *predicate), kind, figure=maker.book.key(code))


def _indicator(maker: Maker, figure: Figure) -> Row:
    shown = (
        maker.cell(figure.code, "capaian_batas") if figure.steps is None else plain_cell("berupa predikat")
    )
    cells = (named(figure.label), shown, Cell(), *_predicate(maker, figure.capaian_predicate))
    return Row(cells, level=1, figure=maker.book.key(figure.code))


def _predicate(maker: Maker, name: str) -> list[Cell]:
    """The cell of a predicate, in a year that has a scale."""
    return [plain_cell(name or formats.DASH)] if maker.figures.scale else []


def _bounded(maker: Maker) -> bool:
    return any(f.capaian != f.capaian_clamped for f in maker.figures.means[-1].counted)


def _note(maker: Maker, office: Mean) -> Runs:
    told = joined(
        "Rata-rata dihitung dari capaian yang belum dibulatkan; setiap indikator bobotnya sama. Rata-rata "
        "semua indikator tidak dihitung dari rata-rata sasaran."
    )
    if office.left_out:
        names = ", ".join(figure.label for figure in office.left_out)
        told = joined(
            told, " Tidak ikut dihitung karena belum punya capaian dalam persen: ", label(names), "."
        )
    return told
