"""BAB III A: the table of all indicators with target, realisation and achievement."""

from core import formats
from lkip import bands
from lkip.enums import Level, Status
from lkip.figures import Figure
from lkip.report import achieved, objectives, overview, sentences
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Cell, Column, Heading, Items, Paragraph, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, numbering, words, year

GROUPS = (
    ("Indikator tujuan", (Level.GOAL,)),
    ("Indikator kinerja utama", (Level.IKU,)),
    ("Indikator program", (Level.PROGRAMME,)),
    ("Angka pendamping", (Level.COMPANION,)),
)

ACHIEVED_AT = 4
"""The column of the table in which the achievement begins, behind target and realisation."""


@place("bab3")
def lead(maker: Maker, where: Place) -> Part:
    """How many indicators were reached."""
    lead = Paragraph(sentences.summary(maker.book, maker.figures.of_level(Level.IKU)), "lead")
    return Part([lead, *overview.told(maker)])


@place("bab3.a")
def capaian_lead(maker: Maker, where: Place) -> Part:
    """How to read what follows."""
    told = (
        "Capaian dihitung dari realisasi dan target yang belum dibulatkan, lalu dibulatkan satu kali saat dicetak. "
        "Untuk indikator yang makin rendah makin baik, capaian adalah dua kali target dikurangi realisasi, "
        "dibagi target."
    )
    return Part([Paragraph((words(told),))])


@place("bab3.iku")
def indicators(maker: Maker, where: Place) -> Part:
    """Target, realisation and achievement of every indicator."""
    clamped = _clamps(maker)
    rows: list[Row] = []
    number = 0
    for title, levels in GROUPS:
        members = maker.figures.of_level(*levels)
        if members:
            rows.append(Row((plain_cell(), named(title)), "block"))
        for figure in members:
            number += 1
            rows.append(_indicator_row(maker, figure, number, clamped))
    if not number:
        return Part()
    caption = joined("Target, realisasi, dan capaian indikator, ", year(maker.year))
    return Part(
        told(maker),
        [
            Table(
                "iku",
                caption,
                _indicator_columns(maker),
                tuple(rows),
                _indicator_note(maker, clamped),
            ),
            *overview.table(maker),
            *overview.compared(maker),
            *_scales(maker),
            *_goals(maker),
        ],
    )


def told(maker: Maker) -> list:
    """A sentence for each main indicator, and below them for those of the goals: a list holds one kind only."""
    blocks: list = []
    iku = maker.figures.of_level(Level.IKU)
    if iku:
        blocks.append(Items(tuple(sentences.against_target(maker.book, figure) for figure in iku)))
    goals = maker.figures.of_level(Level.GOAL)
    if goals:
        blocks.append(Paragraph((words("Indikator tujuan"),), "small"))
        blocks += [Paragraph(sentences.against_target(maker.book, figure)) for figure in goals]
    return blocks


def _goals(maker: Maker) -> list:
    """The indicators of the goals against earlier years, the end of the Renstra and the nation; no objective does."""
    goals = maker.figures.of_level(Level.GOAL)
    if not goals:
        return []
    earlier = objectives.years_before(maker, goals)
    final = objectives.to_the_end(maker, goals, "tujuan", joined("indikator tujuan"))
    nation = [Paragraph(sentences.against_nation(maker.book, figure)) for figure in goals]
    parts = [*earlier.words, *earlier.blocks, *final.words, *final.blocks, *nation]
    return [Heading((words("Perbandingan indikator tujuan"),), level=3), *parts]


def _scales(maker: Maker) -> list[Table]:
    """The predicates that this report uses, with the band of each; nothing where none is used."""
    wanted = {figure.indicator.scale_id for figure in _members(maker)} | {maker.figures.settings.scale_id}
    rows: list[Row] = []
    for scale in bands.load(wanted - {None}).values():
        source = f" ({scale.source})" if scale.source else ""
        rows.append(Row((plain_cell(), Cell(label(f"{scale.name}{source}"))), "block"))
        rows += [Row((named(step.name), Cell(label(scale.rule(step))))) for step in reversed(scale.steps)]
    if not rows:
        return []
    columns = (col("Predikat", 2), col("Nilai", 3))
    return [Table("skala", joined("Skala predikat yang dipakai, ", year(maker.year)), columns, tuple(rows))]


def _clamps(maker: Maker) -> bool:
    return achieved.bounded(maker, _members(maker))


def _members(maker: Maker) -> list[Figure]:
    return maker.figures.of_level(*(level for _, levels in GROUPS for level in levels))


def _indicator_columns(maker: Maker) -> tuple[Column, ...]:
    columns = [
        col("No.", 0.5),
        col("Sasaran, indikator, dan satuan", 3.9),
        num(maker.word("target"), 0.9),
        num(maker.word("realisasi"), 0.95),
        *achieved.columns(maker, _members(maker)),
    ]
    bar = joined("sampai ", numbering(125), " %")
    return (*columns, Column(bar, 1.5, "capaian"), col(maker.word("keadaan"), 1.35), ref())


def _indicator_row(maker: Maker, figure: Figure, number: int, clamped: bool) -> Row:
    code = figure.code
    objective = figure.indicator.objective
    over = label(objective.text) if objective is not None else ()
    cells = [
        maker.number(number),
        Cell(joined(label(figure.label, strong=True), f" ({figure.unit})"), over=over),
        maker.cell(code, "target"),
        maker.cell(code),
        *_achieved(maker, figure, clamped),
    ]
    shown = maker.book.facet(code, maker.book.reached).value
    drawn = Cell(value=shown) if figure.target is not None else Cell()
    state = Status(figure.status).label
    predicate = getattr(figure, "capaian_predicate", "")
    told = named(f"{state}, {predicate.lower()}" if predicate else state)
    return Row((*cells, drawn, told), figure=maker.book.key(code))


def _achieved(maker: Maker, figure: Figure, clamped: bool) -> list[Cell]:
    steps = getattr(figure, "steps", None)
    if steps is not None:
        return [plain_cell("sesuai predikat"), *([Cell()] if clamped else [])]
    return achieved.cells(maker, figure, both=clamped, at=ACHIEVED_AT)


def _indicator_note(maker: Maker, clamped: bool) -> Runs:
    told = joined(
        "– berarti belum ada nilai, tidak sama dengan nol. Garis putus-putus: capaian ", numbering(100), " %."
    )
    if clamped:
        low, high = maker.figures.settings.clamp_low, maker.figures.settings.clamp_high
        told = joined(
            told,
            " Aturan kota ini membatasi capaian dari ",
            numbering(formats.number(low or 0)),
            " sampai ",
            numbering(formats.number(high)) if high is not None else "tanpa batas atas",
            f"; kolom {maker.word('capaian').lower()} "
            + (
                "mencetaknya apa adanya." if maker.book.reached == "capaian" else "sudah mengikuti batas itu."
            ),
        )
    return told
