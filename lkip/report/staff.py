"""BAB I: the office's staff by post, grade and education on the last day of the year."""

from fractions import Fraction

from lkip import staff_tables
from lkip.report.chapter1 import last_day
from lkip.report.maker import Maker, Part, named, place
from lkip.report.model import Cell, Column, Derive, Paragraph, Row, Table
from lkip.report.outline import Place
from lkip.report.runs import date, joined, words

SOURCE = "Daftar pegawai dinas"


@place("bab1.sdm")
def staff(maker: Maker, where: Place) -> Part:
    """Three tables; each person stands in one row of each."""
    day = last_day(maker)
    found = [_table(maker, table, day) for table in staff_tables.tables(day) if table.rows]
    if not found:
        return Part()
    return Part([Paragraph(joined("Pegawai dinas menurut daftar pegawai per ", date(day), "."))], found)


def _table(maker: Maker, table, day) -> Table:
    sides = [f"kolom{chr(97 + place_of)}" for place_of in range(len(table.totals))]
    lines = [*table.rows, ("Jumlah", table.totals)]
    rows = []
    for number, (name, numbers) in enumerate(lines):
        is_total = number == len(lines) - 1
        values = {side: (Fraction(value), "orang", 0) for side, value in zip(sides, numbers, strict=True)}
        cells = maker.group(
            f"pegawai.{table.key}.{number}",
            f"{table.caption}: {name}",
            values,
            source=SOURCE,
            register=SOURCE,
            formula="Banyaknya pegawai yang menjabat pada hari itu",
            derived=True,
        )
        places = tuple(range(len(table.rows)))
        derived = [
            Cell(
                cell.runs,
                cell.value,
                Derive("sum", tuple((line, column) for line in places)) if is_total else None,
            )
            for column, cell in enumerate(cells.values(), start=1)
        ]
        rows.append(Row((named(name), *derived), "total" if is_total else "row"))
    columns = (
        Column((words(table.heads[0]),), 4),
        *(Column((words(head),), 1, "number") for head in table.heads[1:]),
        Column((words("Angka"),), 0.7, "ref"),
    )
    return Table(f"pegawai-{table.key}", joined(table.caption, ", ", date(day)), columns, tuple(rows))
