"""BAB III A: disputes, firms, activities, fairs, programmes and outputs."""

from core import formats, measures
from lkip.enums import Formula, Level
from lkip.figures import Figure
from lkip.report import achieved, sentences
from lkip.report.derivations import result
from lkip.report.maker import Maker, Part, col, named, num, place, plain_cell, ref
from lkip.report.model import Cell, Derive, Paragraph, Row, Run, Runs, Table
from lkip.report.outline import Place
from lkip.report.runs import joined, label, words, year
from lkip.report.topics import columns_of, split, whole
from lkip.text import VALUE

VALUE_AT = 2
"""The column of the value in a list of figures."""


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
        formats.number(abs(side.value), figure.decimals),
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
    rows = _listed(maker, figures)
    columns = (col("Angka", 5), col("Satuan", 1.1), num("Nilai", 1.1), ref("Nomor", 0.7))
    caption = joined("Perusahaan dan perlindungan pekerja, ", year(maker.year))
    return Part(
        [Paragraph((words("Angka di bawah ini dihitung dari register perusahaan dan laporannya."),))],
        [Table("perusahaan", caption, columns, tuple(rows))],
    )


def _listed(maker: Maker, figures: list[Figure]) -> list[Row]:
    """Figures as rows; one that is a percentage of two others of the list follows from them."""
    places = {figure.indicator.pk: line for line, figure in enumerate(figures)}

    def derive(figure: Figure) -> Derive | None:
        parts = [places.get(part) for part in _parts_of(figure)]
        if (
            len(parts) != 2
            or None in parts
            or figure.indicator.formula not in (Formula.RATIO, Formula.DIFFERENCE)
        ):
            return None
        found = Derive(
            "ratio" if figure.indicator.formula == Formula.RATIO else "minus",
            tuple((line, VALUE_AT) for line in parts),
        )
        values = [figures[line].value for line in parts]
        return found if figure.value == result(found, values) else None

    return [
        Row(
            (named(f.label), plain_cell(f.unit), maker.cell(f.code, derive=derive(f))),
            figure=maker.book.key(f.code),
        )
        for f in figures
    ]


def _parts_of(figure: Figure) -> list[int]:
    """The indicators that a figure of this year is made of: those of its version before those of the plan."""
    indicator = figure.indicator
    first = getattr(figure, "numerator_of", None) or indicator.numerator
    second = getattr(figure, "denominator_of", None) or indicator.denominator
    return [part.pk for part in (first, second) if part is not None]


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
    rows = _listed(maker, figures)
    if open_ones.code not in {f.code for f in figures} and open_ones.value:
        unit = measures.get("employers.vacancies_open").unit
        rows.append(Row((named(open_ones.name), plain_cell(unit), maker.cell(open_ones.code))))
    if not rows:
        return Part()
    columns = (col("Angka", 5), col("Satuan", 1.1), num("Nilai", 1.1), ref("Nomor", 0.7))
    return Part(
        blocks=[Table("bursa", joined("Lowongan dan bursa kerja, ", year(maker.year)), columns, tuple(rows))]
    )


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
            cells = (
                Cell(label(figure.label), over=label(maker.book.owner(figure))),
                plain_cell(figure.unit),
                maker.cell(figure.code, "target"),
                maker.cell(figure.code),
                *achieved.cells(maker, figure, both=both, at=4),
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
