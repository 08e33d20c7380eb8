"""What derived cells give, exactly; and the sums that stand in tables of money without anybody having said so."""

from dataclasses import replace
from fractions import Fraction

from lkip import formulas
from lkip.report.model import Cell, Derive, Entry, Row, Table

RUPIAH = "rupiah"


def result(derive: Derive, values: list[Fraction | None]) -> Fraction | None:
    """What a derivation gives from the values of its cells; None where it has no result."""
    if derive.op == "sum":
        return sum((value for value in values if value is not None), Fraction(0))
    if derive.op == "mean":
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) / len(known) if known else None
    if None in values:
        return None
    if derive.op == "clamp":
        return formulas.clamped(values[0], *derive.bounds)
    a, b = values
    if derive.op == "minus":
        return a - b
    if not b:
        return None
    if derive.op in ("rise", "fall"):
        return 100 + (a - b if derive.op == "rise" else b - a) / abs(b) * 100
    return (2 * b - a) / b * 100 if derive.op == "down" else a / b * 100


def summed(table: Table, figures: dict[str, Entry]) -> Table:
    """The table with a sum in each amount of money that is exactly that of the rows below it, or of all tops.

    Only what agrees becomes a formula: a parent whose source prints another amount keeps its own.
    """
    rows = list(table.rows)
    for line, row in enumerate(rows):
        below = _tops(rows, line) if row.kind == "total" else _children(rows, line)
        if len(below) == 0:
            continue
        cells = tuple(
            _summed(
                cell, [(each, at) for each in below if _amount(rows[each], at, figures) is not None], rows
            )
            if cell.derive is None and _amount(row, at, figures) is not None
            else cell
            for at, cell in enumerate(row.cells)
        )
        rows[line] = replace(row, cells=cells)
    return replace(table, rows=tuple(rows))


def _summed(cell: Cell, places: list[tuple[int, int]], rows: list[Row]) -> Cell:
    values = [rows[line].cells[at].value for line, at in places]
    if not values or sum(values, Fraction(0)) != cell.value:
        return cell
    return replace(cell, derive=Derive("sum", tuple(places)))


def _amount(row: Row, at: int, figures: dict[str, Entry]) -> Fraction | None:
    """The amount of money in a cell; None where there is none, or a number of another kind."""
    cell = row.cells[at] if at < len(row.cells) else Cell()
    units = {figures[run.figure].facets[run.facet].unit for run in cell.runs if run.figure and run.facet}
    return cell.value if units == {RUPIAH} else None


def _goes_on(row: Row) -> bool:
    """Whether a row only says more of the one above it, as a second indicator of a sub kegiatan does."""
    return not (row.cells and row.cells[0].text)


def _children(rows: list[Row], line: int) -> list[int]:
    """The rows one level below a row, up to the next of its own level."""
    level, found = rows[line].level, []
    for place in range(line + 1, len(rows)):
        row = rows[place]
        if row.kind in ("block", "total") or (row.level <= level and not _goes_on(row)):
            break
        if row.level == level + 1 and not _goes_on(row):
            found.append(place)
    return found


def _tops(rows: list[Row], line: int) -> list[int]:
    """The rows of the first level above a total."""
    return [place for place in range(line) if rows[place].level == 0 and rows[place].kind in ("row", "group")]
