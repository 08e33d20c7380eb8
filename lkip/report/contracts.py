"""BAB II: the contract of the year, its quarters and its money."""

from collections import defaultdict
from fractions import Fraction

from lkip.enums import Aggregation, TargetDocument
from lkip.models import PlannedBudget, QuarterTarget
from lkip.report.chapter2 import document, document_words, head, shown_indicators
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Cell, Derive, Paragraph, Row, Table
from lkip.report.outline import Place
from lkip.report.plans import SET, number_of, targets_of, total_row, tree_of
from lkip.report.runs import joined, label, words, year

QUARTERS = ("Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV")


@place("bab2.pk")
def contract(maker: Maker, where: Place) -> Part:
    """What the Perjanjian Kinerja promises, before and after its change."""
    first, revised = targets_of(TargetDocument.PK), targets_of(TargetDocument.PK_REVISED)
    rows = []
    for indicator in shown_indicators():
        before, after = first.get((indicator.pk, maker.year)), revised.get((indicator.pk, maker.year))
        figure = maker.figures.figures[indicator.code]
        if before is None and after is None and not figure.target_document:
            continue
        unit = (indicator.unit, indicator.decimals)
        sides = {"murni": (number_of(before), *unit), "perubahan": (number_of(after), *unit)}
        cells = maker.group(
            f"pk.{indicator.code}",
            f"Perjanjian kinerja: {indicator.name}",
            sides,
            source="Perjanjian Kinerja",
            formula=SET,
        )
        over = label(indicator.objective.text) if indicator.objective else ()
        shown = [
            named(row.category) if row is not None and row.category else cells[side]
            for side, row in (("murni", before), ("perubahan", after))
        ]
        used = (maker.cell(indicator.code, "target"), named(figure.target_document or "tidak ditetapkan"))
        rows.append(
            Row(
                (Cell(label(indicator.name), over=over), plain_cell(indicator.unit), *shown, *used),
                figure=maker.book.key(indicator.code),
            )
        )
    if not rows:
        return Part()
    columns = (
        col("Sasaran dan indikator", 3.4),
        col("Satuan", 0.8),
        num("Murni", 0.8),
        num("Perubahan", 0.9),
        num("Dipakai", 0.8),
        col("Dokumen yang dipakai", 1.6),
        ref(),
    )
    caption = joined("Target perjanjian kinerja ", year(maker.year), " dan dokumen yang dipakai")
    promised = [Table("pk", caption, columns, tuple(rows))]
    return Part(_contract_words(maker), promised + contract_money(maker))


def contract_money(maker: Maker) -> list[Table]:
    """What the contract says each programme (or sub kegiatan, where it names them) may spend; nothing when silent."""
    papers = [
        (side, row)
        for side, kind in (("murni", TargetDocument.PK), ("perubahan", TargetDocument.PK_REVISED))
        if (row := document(maker, kind)) is not None
    ]
    money: dict = {side: {} for side, _ in papers}
    for side, row in papers:
        planned = PlannedBudget.objects.filter(document=row, year=maker.year)
        money[side] = dict(planned.values_list("nomenclature_id", "amount"))
    papers = [(side, row) for side, row in papers if money[side]]
    rows: list[Row] = []
    for node, depth in tree_of(maker.year, {pk for amounts in money.values() for pk in amounts}):
        sides = {side: (_amount(money[side], node.pk), "rupiah", 0) for side, _ in papers}
        cells = maker.group(
            f"pk-pagu.{node.key}",
            f"Perjanjian kinerja: {node.name}",
            sides,
            source="Perjanjian Kinerja",
            formula=SET,
        )
        told = [cells[side] if sides[side][0] is not None else Cell() for side, _ in papers]
        rows.append(Row((named(node.name), *told), level=depth))
    if not rows:
        return []
    places = {side: place for place, (side, _) in enumerate(papers, start=1)}
    rows.append(total_row(maker, "pk-pagu.jumlah", rows, "Perjanjian Kinerja", places))
    names = [f"{side.capitalize()} (Rp)" for side, _ in papers]
    caption = joined("Anggaran menurut perjanjian kinerja, ", year(maker.year))
    return [Table("pk-pagu", caption, head("Program dan rinciannya", *names), tuple(rows))]


def _amount(amounts: dict[int, int], pk: int) -> Fraction | None:
    return Fraction(amounts[pk]) if pk in amounts else None


def _contract_words(maker: Maker) -> list:
    told = []
    for kind, title in (
        (TargetDocument.PK, "Perjanjian kinerja"),
        (TargetDocument.PK_REVISED, "Perubahannya"),
    ):
        row = document(maker, kind)
        if row is not None:
            told.append(Paragraph(joined(f"{title}: ", document_words(row, title), ".")))
            if row.reason:
                told.append(Paragraph(joined("Alasan perubahan: ", *label(row.reason.rstrip(".") + "."))))
    return told or [
        Paragraph((words("Nomor dan tanggal perjanjian kinerja belum dicatat; targetnya di bawah ini."),))
    ]


@place("bab2.aksi")
def action_plan(maker: Maker, where: Place) -> Part:
    """What should stand at the end of each quarter."""
    found: dict = defaultdict(dict)
    for row in QuarterTarget.objects.filter(year=maker.year).select_related("indicator"):
        found[row.indicator][row.quarter] = row
    if not found:
        return Part()
    kinds = {
        Aggregation.SUM: "dijumlahkan",
        Aggregation.LAST: "nilai akhir",
        Aggregation.AVERAGE: "rata-rata",
    }
    rows = []
    for indicator, quarters in found.items():
        sides = {
            f"tw{n}": (number_of(quarters.get(n)), indicator.unit, indicator.decimals) for n in range(1, 5)
        }
        cells = maker.group(
            f"aksi.{indicator.code}",
            f"Rencana aksi: {indicator.name}",
            sides,
            source="Rencana aksi",
            formula=SET,
        )
        rows.append(Row((named(indicator.name), plain_cell(kinds[indicator.aggregation]), *cells.values())))
    columns = (col("Indikator", 3.2), col("Cara hitung", 1.1), *(num(name, 0.9) for name in QUARTERS), ref())
    note = joined(
        "Dijumlahkan: bagian triwulan itu saja. Nilai akhir dan rata-rata: nilai yang diharapkan pada akhir triwulan."
    )
    caption = joined("Rencana aksi menurut triwulan, ", year(maker.year))
    told = (
        "Target setahun dibagi menurut triwulan untuk indikator yang dijumlahkan; untuk indikator lain tercantum "
        "nilai yang diharapkan pada akhir tiap triwulan."
    )
    return Part([Paragraph((words(told),))], [Table("rencana-aksi", caption, columns, tuple(rows), note)])


@place("bab2.pagu")
def planned_money(maker: Maker, where: Place) -> Part:
    """Ceilings by programme before and after the change of the budget."""
    programmes = [row for row in maker.figures.tree if row.depth == 0]
    if not programmes:
        return Part()
    initial = all(row.initial_ceiling is not None for row in programmes)
    rows = []
    for row in programmes:
        code = f"budget_{row.key}"
        cells = [named(row.name)]
        if initial:
            cells.append(maker.cell(code, "pagu_murni"))
        rows.append(Row((*cells, maker.cell(code, "pagu")), figure=maker.book.key(code)))
    places = range(len(rows))
    last = [named("Jumlah")]
    if initial:
        last.append(
            maker.cell(
                "budget_total", "pagu_murni", derive=Derive("sum", tuple((line, 1) for line in places))
            )
        )
    column = 2 if initial else 1
    last.append(
        maker.cell("budget_total", "pagu", derive=Derive("sum", tuple((line, column) for line in places)))
    )
    rows.append(Row(tuple(last), "total", figure=maker.book.key("budget_total")))
    names = ("Pagu murni (Rp)", "Pagu perubahan (Rp)") if initial else ("Pagu (Rp)",)
    caption = joined("Anggaran menurut program, ", year(maker.year))
    told = joined(
        "Seluruh pagu dinas tahun ", year(maker.year), " ", maker.book.run("budget_total", "pagu"), "."
    )
    return Part([Paragraph(told)], [Table("pagu-program", caption, head("Program", *names), tuple(rows))])
