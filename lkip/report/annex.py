"""Lampiran A to D: the contract, every figure with its definition, reconciliations and findings, interim numbers."""

import re
from fractions import Fraction

from core import formats
from lkip.enums import Level, Severity, TargetDocument
from lkip.report import working
from lkip.report.chapter2 import document, document_words
from lkip.report.maker import Maker, Part, col, missing, named, num, place, plain_cell, ref
from lkip.report.model import (
    FIGURE,
    Cell,
    Column,
    Derive,
    Document,
    Entry,
    Pairs,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
)
from lkip.report.outline import Place
from lkip.report.plans import SET
from lkip.report.runs import joined, label, numbering, words, year
from lkip.text import VALUE

PARTS = ("pembilang", "penyebut")
EXTRA_PLACES = 4
"""Unrounded values are printed with so many decimals more than they have."""


@place("lampiran.a")
def contract(maker: Maker, where: Place) -> Part:
    """The contract in force: parties, targets, money."""
    kinds = (TargetDocument.PK_REVISED, TargetDocument.PK)
    row = next((found for kind in kinds if (found := document(maker, kind)) is not None), None)
    blocks: list = []
    if row is not None:
        facts = [("Dokumen", document_words(row, ""))]
        for name, person, post in (
            ("Pihak pertama", row.first_name, row.first_post),
            ("Pihak kedua", row.second_name, row.second_post),
        ):
            if person or post:
                facts.append((name, label(", ".join(part for part in (person, post) if part))))
        blocks.append(Pairs(tuple(facts)))
    else:
        blocks.append(
            missing("Dokumen perjanjian kinerja belum dicatat; di bawah ini target yang dipakai laporan.")
        )
    rows = []
    for figure in maker.figures.of_level(Level.GOAL, Level.IKU, Level.PROGRAMME):
        if figure.target is None and not getattr(figure, "target_category", ""):
            continue
        over = label(figure.indicator.objective.text) if figure.indicator.objective else ()
        rows.append(
            Row(
                (
                    Cell(label(figure.label), over=over),
                    plain_cell(figure.unit),
                    maker.cell(figure.code, "target"),
                    named(figure.target_document),
                ),
                figure=maker.book.key(figure.code),
            )
        )
    if rows:
        columns = (
            col("Sasaran dan indikator", 4),
            col("Satuan", 1),
            num("Target", 1),
            col("Dokumen", 1.6),
            ref(),
        )
        blocks.append(
            Table(
                "lampiran-pk",
                joined("Target yang dipakai dalam laporan, ", year(maker.year)),
                columns,
                tuple(rows),
            )
        )
    money = [row for row in maker.figures.tree if row.depth == 0]
    if money:
        lines = [Row((named(row.name), maker.cell(f"budget_{row.key}", "pagu"))) for row in money]
        lines.append(Row((named("Jumlah"), maker.cell("budget_total", "pagu")), "total"))
        columns = (col("Program", 5), num("Pagu (Rp)", 1.6), ref())
        blocks.append(
            Table("lampiran-pk-pagu", joined("Anggaran program, ", year(maker.year)), columns, tuple(lines))
        )
    return Part(blocks=blocks)


@place("lampiran.b")
def figures_placeholder(maker: Maker, where: Place) -> Part:
    """The list itself is made when every figure has its id; this is what stands before it."""
    told = (
        "Tiap angka punya satu nomor dalam edisi ini. Di bawah ini: namanya, rumusnya dengan kata, pembilang dan "
        "penyebutnya, nilai sebelum dibulatkan, dan sumbernya. Angka bertanda bintang adalah masukan sementara."
    )
    return Part(blocks=[Paragraph((words(told),))])


def figures_table(document_of_year: Document) -> Table:
    """Every figure of the document by id."""
    rows = tuple(_figure_row(entry) for entry in document_of_year.ordered_figures())
    columns = (
        Column((words("Angka"),), 0.5, "id"),
        col("Nama dan definisi", 3.4),
        col("Rumus dan bagian", 2.8),
        col("Nilai", 2.7),
        col("Sumber", 1.9),
    )
    return Table(
        "daftar-angka",
        joined("Angka dalam laporan ini, ", year(document_of_year.year)),
        columns,
        rows,
        wide=True,
    )


def _figure_row(entry: Entry) -> Row:
    name = joined(*label(entry.label, strong=True), *(() if _same_year(entry) else (", ", year(entry.year))))
    told: Runs = label(entry.definition) if entry.definition and entry.formula != SET else ()
    return Row(
        (Cell(), Cell(told, over=name), Cell(_formula(entry)), Cell(_values(entry)), Cell(_source(entry))),
        figure=entry.key,
    )


def _same_year(entry: Entry) -> bool:
    return str(entry.year) in entry.label


def _run(entry: Entry, facet: str, text: str) -> Run:
    return Run(text, FIGURE, entry.key, facet)


def _formula(entry: Entry) -> Runs:
    found = joined(*label(entry.formula.rstrip(".")), "." if entry.formula else "")
    how = working.pattern(entry)
    if how:
        value = entry.facets[VALUE]
        told = joined(
            *_worked(entry, how), " = ", _run(entry, VALUE, unrounded(value.value)), f" {value.unit}"
        )
        found = joined(found, " " if found else "", *label(entry.parts), ": ", told, ".")
    elif entry.parts:
        found = joined(found, " " if found else "", *label(entry.parts), *_known_parts(entry), ".")
    return found


def _known_parts(entry: Entry) -> Runs:
    """The parts of a figure that has no value, or none that follows from them: said, not worked."""
    sides = [(name, entry.facets[name]) for name in PARTS if name in entry.facets]
    known = [(name, side) for name, side in sides if side.value is not None]
    found: list[Run] = []
    for order, (name, side) in enumerate(known):
        found += [Run(f"{', ' if order else ': '}{name} "), _run(entry, name, side.text)]
    return tuple(found)


def _worked(entry: Entry, how: str) -> Runs:
    """The pattern of an arithmetic with the entry's parts as runs; its constants are numbering."""
    found: list[Run] = []
    for piece in re.split(r"(\{[ab]\})", how):
        if piece in ("{a}", "{b}"):
            name = PARTS[0] if piece == "{a}" else PARTS[1]
            found.append(_run(entry, name, entry.facets[name].text))
        else:
            sign, times, factor = piece.partition("× ")
            found += [Run(sign + times), *([numbering(factor)] if factor else [])]
    return tuple(run for run in found if run.text)


def unrounded(value: Fraction) -> str:
    """A value with as many decimals as it has, at most four."""
    for decimals in range(EXTRA_PLACES):
        if (value * 10**decimals).denominator == 1:
            return formats.number(value, decimals)
    return formats.number(value, EXTRA_PLACES)


SAID = {
    VALUE: "nilai",
    "target": "target",
    "capaian": "capaian",
    "pagu": "pagu",
    "realisasi": "realisasi",
    "sisa": "sisa",
    "serapan": "serapan",
    "efisiensi": "efisiensi",
    "akhir": "target akhir",
    "awal": "keadaan awal",
    "murni": "murni",
    "perubahan": "perubahan",
    "masukan": "masukan",
    "fisik": "fisik",
    "pagu_murni": "pagu murni",
    "pembanding": "pembanding nasional",
}


def _values(entry: Entry) -> Runs:
    found: list = []
    for facet, side in entry.facets.items():
        if (
            facet in PARTS
            or facet.startswith(("selisih", "capaian_"))
            or facet in ("status",)
            or side.value is None
        ):
            continue
        if facet == "serapan" and entry.facets.get(VALUE) == side:
            continue
        if facet == "perubahan" and VALUE in entry.facets:
            continue
        title = label(SAID.get(facet, facet.removeprefix("pagu") if facet[-4:].isdigit() else facet))
        unit = "" if side.unit in ("rupiah", "") else f" {side.unit}"
        found += [*title, Run(" "), _run(entry, facet, side.text), Run(f"{unit}; ")]
    if not found:
        return (words("belum tersedia"),)
    last = found.pop()
    return (*found, Run(last.text.removesuffix("; ")))


def _source(entry: Entry) -> Runs:
    told = label(entry.source or entry.register or "belum dicatat")
    if entry.register and entry.register not in entry.source:
        told = joined(told, "; ", *label(entry.register))
    if entry.interim:
        told = joined(
            told, ". ", words("Masukan sementara", strong=True), ", menunggu ", *label(entry.interim)
        )
    return joined(told, ".")


@place("lampiran.c")
def reconciliations(maker: Maker, where: Place) -> Part:
    """What is contradictory in the sources or assumed here, and where printed sources differ from the sums."""
    blocks: list = []
    rows = []
    for number, finding in enumerate(maker.figures.findings, start=1):
        told = joined(*label(finding.detail))
        assumed = label(finding.assumption) if finding.assumption else (words("–"),)
        rows.append(
            Row(
                (
                    maker.number(number),
                    Cell(told, over=label(finding.title, strong=True)),
                    named(Severity(finding.severity).label),
                    Cell(assumed),
                )
            )
        )
    if rows:
        columns = (col("No.", 0.5), col("Temuan", 4.4), col("Tingkat", 1), col("Anggapan yang dipakai", 3))
        blocks.append(
            Table("temuan", joined("Temuan yang dinyatakan, ", year(maker.year)), columns, tuple(rows))
        )
    else:
        blocks.append(missing("Tidak ada temuan yang dinyatakan untuk tahun ini."))
    printed = [row for row in maker.figures.tree if row.printed is not None]
    if printed:
        blocks.append(_printed(maker, printed))
    return Part(
        [
            Paragraph(
                (
                    words(
                        "Pertentangan pada sumber tidak diperbaiki diam-diam. Yang diketahui dinyatakan di sini."
                    ),
                )
            )
        ],
        blocks,
    )


def _printed(maker: Maker, rows: list) -> Table:
    """Rows of the budget whose source prints something else than the sums give."""
    lines = []
    for row in rows:
        code = f"budget_{row.key}"
        sides = {
            "pagu": (None if row.printed.ceiling is None else Fraction(row.printed.ceiling), "rupiah", 0),
            "realisasi": (
                None if row.printed.realised is None else Fraction(row.printed.realised),
                "rupiah",
                0,
            ),
            "persen": (None if row.printed.percent is None else Fraction(row.printed.percent), "persen", 2),
        }
        cells = maker.group(
            f"tercetak.{row.key}",
            f"Tercetak pada sumber: {row.name}",
            sides,
            source=row.printed.note or "Sumber anggaran",
            formula="Disalin dari sumber, tidak dipakai dalam hitungan",
        )
        absorbed = Derive("ratio", ((-1, 4), (-1, 2))) if row.absorption is not None else None
        own = [
            maker.cell(code, "pagu"),
            maker.cell(code, "realisasi"),
            maker.cell(code, "serapan", derive=absorbed),
        ]
        pairs = [each for pair in zip(cells.values(), own, strict=True) for each in pair]
        lines.append(
            Row((named(row.name), *pairs), level=row.depth, figure=maker.book.key(f"tercetak.{row.key}"))
        )
    columns = [col("Uraian", 3)]
    for group in ("Pagu (Rp)", "Realisasi (Rp)", "Serapan (%)"):
        width = 0.8 if "%" in group else 1.3
        columns += [
            Column((words(name),), width, "number", (words(group),)) for name in ("tercetak", "dipakai")
        ]
    columns.append(ref())
    caption = joined("Baris anggaran yang pada sumbernya tercetak lain, ", year(maker.year))
    return Table("tercetak", caption, tuple(columns), tuple(lines), wide=True)


@place("lampiran.d")
def interim(maker: Maker, where: Place) -> Part:
    """Numbers that were typed in because the register that will give them does not exist yet."""
    rows = []
    for figure in maker.figures.figures.values():
        key = maker.book.key(figure.code)
        entry = maker.book.entries[key]
        if entry.interim:
            rows.append(
                Row(
                    (
                        Cell(label(figure.label), over=label(maker.book.owner(figure))),
                        plain_cell(figure.unit),
                        maker.cell(figure.code),
                        named(entry.source or "belum dicatat"),
                        named(entry.interim),
                    ),
                    figure=key,
                )
            )
    if not rows:
        return Part(
            blocks=[
                missing(
                    "Tidak ada masukan sementara: semua angka berasal dari register, anggaran, atau sumber resmi."
                )
            ]
        )
    columns = (
        col("Angka", 3.4),
        col("Satuan", 1),
        num("Nilai", 1),
        col("Sumber", 2),
        col("Menunggu register", 2),
        ref("Nomor", 0.7),
    )
    told = (
        "Angka di bawah ini dimasukkan dengan tangan sampai registernya ada. Tandanya ikut tercetak di "
        "setiap tempat."
    )
    return Part(
        [Paragraph((words(told),))],
        [Table("masukan-sementara", joined("Masukan sementara, ", year(maker.year)), columns, tuple(rows))],
    )
