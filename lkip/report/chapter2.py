"""BAB II: what was planned and promised, in which document, and who shares in it."""

from collections import defaultdict

from core import formats
from lkip.enums import Level, StatementKind
from lkip.models import CrossCutting, Goal, Indicator, PlanDocument, Statement
from lkip.report.chapter1 import listed, statements
from lkip.report.maker import Maker, Part, col, named, place, plain_cell, ref
from lkip.report.model import Cell, Column, Paragraph, Row, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import date, joined, label, words, year

PROMISED = (Level.GOAL, Level.IKU)
SHOWN = (Level.GOAL, Level.IKU, Level.PROGRAMME)
UNSAID = "tidak disebut dokumen perencanaan"


def head(*names: str | Runs, first: float = 3.4) -> tuple[Column, ...]:
    """Columns: the first of words, the others of numbers, the figure id last."""
    runs = [label(name) if isinstance(name, str) else name for name in names]
    return (Column(runs[0], first), *(Column(each, 1.1, "number") for each in runs[1:]), ref())


def document_words(document: PlanDocument | None, default: str) -> Runs:
    """A document with its number and day."""
    if document is None:
        return label(default)
    said = joined(*label(document.title))
    if document.decree:
        said = joined(said, ", nomor ", *label(document.decree))
    return joined(said, ", ditetapkan ", date(document.signed_on)) if document.signed_on else said


def document(maker: Maker, kind: str) -> PlanDocument | None:
    """The office's document of this kind for the year."""
    rows = PlanDocument.objects.filter(kind=kind, year__lte=maker.year, to_year__gte=maker.year, unit=None)
    return rows.first()


@place("bab2")
def lead(maker: Maker, where: Place) -> Part:
    """What was promised, counted."""
    iku = maker.figures.of_level(Level.IKU)
    count = formats.terbilang(len(iku))
    told = joined(
        "Kinerja tahun ",
        year(maker.year),
        f" diukur dengan {count} indikator kinerja utama yang targetnya "
        "ditetapkan dalam dokumen perencanaan.",
    )
    return Part(
        [Paragraph(told, "lead")]
        if iku
        else [Paragraph((words("Indikator kinerja utama belum ditetapkan."),), "lead")]
    )


@place("bab2.visi")
def vision(maker: Maker, where: Place) -> Part:
    """Vision and missions."""
    visions, missions = statements(maker, StatementKind.VISION), statements(maker, StatementKind.MISSION)
    blocks: list = []
    for row in visions:
        source = joined(" (", *label(row.reference), ")") if row.reference else ()
        blocks.append(Paragraph(joined("Visi: ", *label(row.text, strong=True), source, ".")))
    if missions:
        blocks += [Paragraph((words("Misi:"),)), listed(missions)]
    return Part(blocks=blocks)


@place("bab2.matriks")
def matrix(maker: Maker, where: Place) -> Part:
    """Goals, objectives, strategies, policy directions, read down."""
    goals = Goal.objects.prefetch_related("objectives")
    strategies: dict = defaultdict(list)
    policies: dict = defaultdict(list)
    for row in Statement.objects.in_force(maker.year).filter(kind=StatementKind.STRATEGY):
        strategies[row.objective_id].append(row)
    for row in Statement.objects.in_force(maker.year).filter(kind=StatementKind.POLICY):
        policies[row.parent_id].append(row)
    rows: list[Row] = []
    for goal in goals:
        rows.append(Row((named(f"Tujuan: {goal.text}"),), "block"))
        for objective in goal.objectives.all():
            own = strategies[objective.pk]
            first = named(objective.text)
            if not own:
                rows.append(Row((first, plain_cell(UNSAID), plain_cell(UNSAID))))
            for number, strategy in enumerate(own):
                told = "; ".join(p.text.rstrip(".") for p in policies[strategy.pk]) or UNSAID
                rows.append(Row((first if number == 0 else Cell(), named(strategy.text), named(told))))
    if not rows:
        return Part()
    columns = tuple(
        col(name, width) for name, width in (("Sasaran", 1.1), ("Strategi", 1), ("Arah kebijakan", 1.1))
    )
    caption = joined("Tujuan, sasaran, strategi, dan arah kebijakan, ", year(maker.year))
    return Part(blocks=[Table("matriks", caption, columns, tuple(rows))])


def shown_indicators(levels: tuple = SHOWN) -> list[Indicator]:
    """Indicators of these levels with their objectives, in order."""
    return list(Indicator.objects.filter(level__in=levels).select_related("objective"))


@place("bab2.iku")
def main_indicators(maker: Maker, where: Place) -> Part:
    """The sheet of main indicators: definition, formula, reason, source, owner."""
    rows = []
    for indicator in shown_indicators(PROMISED):
        figure = maker.figures.figures.get(indicator.code)
        formula = indicator.formula_text or maker.book.entries[maker.book.key(indicator.code)].formula
        definition = getattr(figure, "definition", "") or indicator.definition or "belum ditulis"
        told = joined(
            *label(definition),
            " Alasan: " if indicator.reason else "",
            *label(indicator.reason) if indicator.reason else (),
        )
        over = label(indicator.objective.text) if indicator.objective else ()
        rows.append(
            Row(
                (
                    Cell(label(indicator.name, strong=True), over=over),
                    Cell(told),
                    named(formula),
                    plain_cell(indicator.unit),
                    named(indicator.source or "belum ditulis"),
                    named(indicator.owner or "belum ditulis"),
                )
            )
        )
    if not rows:
        return Part()
    columns = tuple(
        col(name, width)
        for name, width in (
            ("Sasaran dan indikator", 2),
            ("Definisi dan alasan", 3.2),
            ("Rumus", 2.2),
            ("Satuan", 0.7),
            ("Sumber data", 1.3),
            ("Penanggung jawab", 1.4),
        )
    )
    caption = joined("Definisi indikator tujuan dan indikator kinerja utama, ", year(maker.year))
    return Part(blocks=[Table("iku-definisi", caption, columns, tuple(rows), wide=True)])


@place("bab2.lintas")
def cross_cutting(maker: Maker, where: Place) -> Part:
    """Other offices that have a part in our programmes."""
    found = list(CrossCutting.objects.filter(nomenclature__year=maker.year).select_related("nomenclature"))
    if not found:
        return Part()
    rows, last = [], None
    for row in found:
        first = named(row.nomenclature.name) if row.nomenclature_id != last else Cell()
        rows.append(Row((first, named(row.partner), named(row.contribution))))
        last = row.nomenclature_id
    columns = tuple(
        col(name, width)
        for name, width in (("Program", 1.2), ("Perangkat daerah lain", 1), ("Perannya", 1.6))
    )
    return Part(
        blocks=[
            Table(
                "lintas",
                joined("Program yang ditunjang perangkat daerah lain, ", year(maker.year)),
                columns,
                tuple(rows),
            )
        ]
    )
