"""Several years side by side: one column a year, each from its own computation or its published edition."""

from dataclasses import dataclass

from lkip.enums import Level
from lkip.figures import YearFigures, compute, display
from lkip.freezing import frozen_figures, read_exact
from lkip.models import ReportYear

MOST = 5
SHOWN = (
    ("Indikator tujuan", (Level.GOAL,)),
    ("Indikator kinerja utama", (Level.IKU,)),
    ("Rata-rata capaian", ("MEAN",)),
    ("Indikator program", (Level.PROGRAMME,)),
    ("Angka pendamping", (Level.COMPANION,)),
    ("Angka pendukung", (Level.SUPPORT,)),
    ("Anggaran", ("BUDGET_TOTAL",)),
)
BUDGET = ("budget_ceiling", "budget_realised", "budget_remaining", "budget_total")


@dataclass(frozen=True)
class Cell:
    """What one year says of a figure."""

    year: int
    value: str
    target: str
    capaian: str
    missing: bool
    interim: bool = False


@dataclass(frozen=True)
class Row:
    """One figure across the years; `changed` tells that its definition differs between two of them."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    changed: bool


def years() -> list[int]:
    """Return the prepared years, newest first."""
    return list(ReportYear.objects.values_list("year", flat=True))


def chosen(texts: list[str]) -> list[int]:
    """Return the asked years that exist, oldest first, at most five; without an answer the newest three."""
    known = years()
    asked = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) == 4]
    found = sorted({year for year in asked if year in known})[-MOST:]
    return found or sorted(known[:3])


def compare(wanted: list[int]) -> list[tuple[str, list[Row]]]:
    """Return the figures of the years in groups, each row with one cell a year."""
    by_year = {year: _rows(compute(year)) for year in wanted}
    groups = []
    for title, levels in SHOWN:
        codes = dict.fromkeys(
            code for rows in by_year.values() for code, row in rows.items() if row["group"] in levels
        )
        made = [_row(code, by_year) for code in codes]
        if made:
            groups.append((title, made))
    return groups


def _rows(figures: YearFigures) -> dict[str, dict]:
    return {
        row["code"]: {**row, "group": "BUDGET_TOTAL" if row["code"] in BUDGET else row["level"]}
        for row in frozen_figures(figures)
    }


def _row(code: str, by_year: dict[int, dict[str, dict]]) -> Row:
    held = [rows[code] for rows in by_year.values() if code in rows]
    return Row(
        code,
        held[-1]["label"],
        tuple(_cell(year, rows.get(code)) for year, rows in by_year.items()),
        len({row["definition"] for row in held}) > 1,
    )


def _cell(year: int, row: dict | None) -> Cell:
    if row is None or (row["value"] is None and not row["category"]):
        return Cell(year, "–", "", "", True)
    target = read_exact(row["target"])
    aim = row["target_category"] or ("" if target is None else display(target, row["unit"], row["decimals"]))
    return Cell(
        year, row["value_display"], aim, row["capaian_display"] if aim else "", False, bool(row["interim"])
    )
