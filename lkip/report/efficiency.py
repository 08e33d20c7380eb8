"""BAB III B: achievement against absorption, with the label and its rule."""

from lkip.enums import EfficiencyLabel
from lkip.figures import Efficiency
from lkip.report import sentences
from lkip.report.maker import Maker, Part, col, num, place, plain_cell, ref
from lkip.report.model import Cell, Chart, Derive, Paragraph, Point, Row, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year


@place("bab3.anggaran.efisiensi")
def efficiency(maker: Maker, where: Place) -> Part:
    """Achievement against absorption as table and chart."""
    found = maker.figures.efficiencies
    if not found:
        return Part()
    columns = (
        *(col("Program dan indikator", 3.2), num("Pagu (Rp)", 1.5), num("Realisasi (Rp)", 1.5)),
        *(
            num("Serapan (%)", 0.95),
            num("Capaian (%)", 0.95),
            num("Efisiensi (poin)", 1),
            col("Keadaan", 1.2),
            ref(),
        ),
    )
    note = joined(
        *label(maker.figures.efficiency_rule.replace("−", "–")),
        " Dihitung dari nilai yang belum dibulatkan, maka pengurangan angka tercetak dapat berbeda sedikit.",
    )
    if any(sentences.is_cut(maker.book, each.indicator.code) for each in found):
        note = joined(note, " Capaian di sini apa adanya, tidak menurut batas kota ini.")
    caption = joined("Efisiensi penggunaan sumber daya, ", year(maker.year))
    table = Table("efisiensi", caption, columns, tuple(_line(maker, each) for each in found), note)
    told = (
        "Efisiensi di sini adalah selisih capaian kinerja dan serapan anggaran, dalam poin persen. Nilai ini "
        "tidak sama dengan sisa anggaran."
    )
    return Part([Paragraph((words(told),))], [table, *_chart(maker)])


def _line(maker: Maker, each: Efficiency) -> Row:
    code = each.indicator.code
    derive = Derive("minus", ((-1, 4), (-1, 3))) if each.figure.value is not None else None
    absorbed = Derive("ratio", ((-1, 2), (-1, 1))) if each.absorption is not None else None
    first = Cell(label(each.indicator.label, strong=True), over=label(", ".join(each.programmes)))
    money = [maker.cell(code, side) for side in ("pagu", "realisasi")]
    shares = (maker.cell(code, "serapan", derive=absorbed), maker.cell(code, "capaian"))
    gap = maker.cell(f"efficiency_{code}", derive=derive)
    state = plain_cell(EfficiencyLabel(each.label).label)
    return Row((first, *money, *shares, gap, state), figure=maker.book.key(f"efficiency_{code}"))


def _chart(maker: Maker) -> list[Chart]:
    """Two dots an indicator; none when no indicator has both numbers."""
    points = [
        Point(
            label(each.indicator.label),
            each.absorption,
            maker.book.run(each.indicator.code, "serapan"),
            second=each.indicator.capaian,
            second_run=maker.book.run(each.indicator.code, "capaian"),
        )
        for each in maker.figures.efficiencies
    ]
    known = [point for point in points if point.value is not None and point.second is not None]
    if not known:
        return []
    caption = joined("Serapan anggaran dan capaian kinerja, ", year(maker.year), " (%)")
    parts = [
        part for point in known for part in (*point.label, " ", point.run, " dan ", point.second_run, "; ")
    ]
    alt = joined(*caption, ": ", *parts[:-1], ".")
    keys = ("serapan anggaran", "capaian kinerja")
    return [Chart("gambar-efisiensi", caption, "dots", tuple(points), alt, keys)]
