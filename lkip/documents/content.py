"""What the measured tables say, as data: captions, columns, rows, notes. Rendering stands elsewhere.

Every number in it comes from `YearFigures` or, for the splits, from the measures that the figures asked.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

from core import formats, measures
from core.measures import Period
from lkip.budget import Row as BudgetRow
from lkip.enums import Level, Status
from lkip.figures import Figure, YearFigures


@dataclass(frozen=True)
class Head:
    """One column: its title, whether numbers stand in it, its share of the width, and what it draws.

    ``kind`` text, bar (a share 0–100) or capaian (an achievement with its tick at 100).
    """

    title: str
    numeric: bool = False
    width: float = 1.0
    kind: str = "text"


@dataclass(frozen=True)
class Line:
    """One row. ``level`` indents (0 programme … 2 sub kegiatan), ``kind`` is row, group or total.

    A group without numbers is a head inside the table, one with numbers a subtotal. A bar's cell is a Fraction.
    """

    cells: tuple[str | Fraction | None, ...]
    kind: str = "row"
    level: int = 0


@dataclass(frozen=True)
class TableText:
    """One table of the report."""

    key: str
    caption: str
    columns: tuple[Head, ...]
    lines: list[Line] = field(default_factory=list)
    note: str = ""
    wide: bool = False


def percent_text(value) -> str:
    """Two decimals without the sign: the column's head carries it."""
    return formats.number(value, 2)


def iku(year: YearFigures) -> TableText:
    """Table of the indicators with target, realisation and achievement."""
    columns = (
        Head("Indikator", width=4.0),
        Head("Satuan", width=1.0),
        Head("Target", True, 1.2),
        Head("Realisasi", True, 1.3),
        Head("Capaian (%)", True, 1.2),
        Head("Keadaan", width=1.7),
        Head("0–125 %", width=1.6, kind="capaian"),
    )
    lines: list[Line] = []
    for title, level in (
        ("Indikator tujuan", Level.GOAL),
        ("Indikator kinerja utama", Level.IKU),
        ("Indikator program", Level.PROGRAMME),
        ("Angka pendamping", Level.COMPANION),
    ):
        members = year.of_level(level)
        if members:
            lines.append(Line((title,), "group"))
            lines += [Line(_iku_cells(figure)) for figure in members]
    note = "Capaian dihitung dari nilai yang belum dibulatkan. Tanda – berarti belum ada nilai."
    if year.settings.clamp_high is not None:
        bound = formats.number(year.settings.clamp_high)
        note += f" Aturan kota ini membatasi capaian pada {bound}; di sini tercetak apa adanya."
    return TableText("iku", f"Capaian indikator kinerja {year.year}", columns, lines, note)


def _iku_cells(figure: Figure) -> tuple[str | Fraction | None, ...]:
    value = "–" if figure.value is None else formats.number(figure.value, figure.decimals)
    target = "–" if figure.target is None else formats.number(figure.target, figure.decimals)
    capaian = formats.number(figure.capaian, 2)
    drawn = "" if figure.target is None else figure.capaian
    return (figure.label, figure.unit, target, value, capaian, Status(figure.status).label, drawn)


def split(
    year: int, code: str, dimension: str, *, key: str, caption: str, first: str, note: str
) -> TableText:
    """A measure by one dimension, largest first, with its share and its own total."""
    measure, period = measures.get(code), Period.year(year)
    names = measure.dimensions[dimension].names()
    total = measures.value(code, period)
    lines = [
        Line((str(names.get(name, name)), formats.number(value), _share(value, total)))
        for (name,), value in sorted(measures.cells(code, period, [dimension]), key=lambda cell: -cell[1])
    ]
    lines.append(Line(("Jumlah", formats.number(total), _share(total, total)), "total"))
    columns = (
        Head(first, width=4),
        Head(measure.unit.capitalize(), True, 1.4),
        Head("Bagian (%)", True, 1.4),
    )
    return TableText(key, caption, columns, lines, note)


def _share(value: int, total: int) -> str:
    ratio = measures.ratio(value, total)
    return "–" if ratio is None else percent_text(ratio * 100)


def placements(year: int) -> TableText:
    """Placements by channel, with the way from reports to persons inside the table."""
    table = split(
        year,
        "placements.placement_reports",
        "channel",
        key="placements",
        caption=f"Laporan penempatan {year} menurut jalur",
        first="Jalur",
        note=measures.get("placements.placement_reports").definition,
    )
    period = Period.year(year)
    reports = measures.value("placements.placement_reports", period)
    started = measures.value("placements.placements_by_primary_channel", period)
    persons = measures.value("placements.placed_persons", period)
    table.lines.append(
        Line(("dikurangi laporan kedua atas penempatan yang sama", formats.number(started - reports), ""))
    )
    if persons != started:
        table.lines.append(
            Line(("dikurangi penempatan kedua orang yang sama", formats.number(persons - started), ""))
        )
    table.lines.append(Line(("Orang yang ditempatkan", formats.number(persons), ""), "total"))
    return table


def training(year: int) -> TableText:
    """Trainees by fund and course; subtotals and total are asked for by themselves."""
    code, period = "training.trainees", Period.year(year)
    measure = measures.get(code)
    funds = measure.dimensions["funding_source"].names()
    courses: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for (fund, course), value in measures.cells(code, period, ["funding_source", "programme"]):
        courses[fund].append((course, value))
    subtotals = {fund: value for (fund,), value in measures.cells(code, period, ["funding_source"])}
    lines: list[Line] = []
    for fund, members in courses.items():
        lines.append(Line((str(funds.get(fund, fund)), formats.number(subtotals[fund])), "group"))
        lines += [Line((course, formats.number(value)), level=1) for course, value in members]
    lines.append(Line(("Jumlah", formats.number(measures.value(code, period))), "total"))
    columns = (Head("Sumber dana dan pelatihan", width=5), Head("Peserta", True, 1.4))
    return TableText(
        "training", f"Peserta pelatihan {year} menurut dana dan pelatihan", columns, lines, measure.definition
    )


def certificates(year: int) -> TableText:
    """Certificates by scheme and course."""
    code, period = "training.certificates", Period.year(year)
    measure = measures.get(code)
    schemes = measure.dimensions["scheme"].names()
    lines = [
        Line((str(schemes.get(scheme, scheme)), course, formats.number(value)))
        for (scheme, course), value in measures.cells(code, period, ["scheme", "programme"])
    ]
    lines.append(Line(("Jumlah", "", formats.number(measures.value(code, period))), "total"))
    columns = (Head("Jenis", width=2), Head("Pelatihan", width=4), Head("Sertifikat", True, 1.4))
    return TableText(
        "certificates", f"Sertifikat peserta pelatihan {year}", columns, lines, measure.definition
    )


def disputes(year: int) -> TableText:
    """Disputes registered and settled, by the way they were settled."""
    period = Period.year(year)
    outcome = measures.get("disputes.settled").dimensions["outcome"].names()
    lines = [Line(("Terdaftar", formats.number(measures.value("disputes.registered", period))))]
    lines.append(Line(("Selesai", formats.number(measures.value("disputes.settled", period))), "group"))
    lines += [
        Line((str(outcome.get(name, name)), formats.number(value)), level=1)
        for (name,), value in sorted(
            measures.cells("disputes.settled", period, ["outcome"]), key=lambda c: -c[1]
        )
    ]
    columns = (Head("Perselisihan hubungan industrial", width=5), Head("Kasus", True, 1.4))
    note = measures.get("disputes.settled").definition
    return TableText("disputes", f"Perselisihan hubungan industrial {year}", columns, lines, note)


def efficiency(year: YearFigures) -> TableText:
    """Achievement against absorption for each indicator that is paired with programmes."""
    columns = (
        Head("Indikator dan program", width=4),
        Head("Pagu (Rp)", True, 1.8),
        Head("Realisasi (Rp)", True, 1.8),
        Head("Capaian (%)", True, 1.2),
        Head("Serapan (%)", True, 1.2),
        Head("Efisiensi (poin)", True, 1.3),
    )
    lines = [
        Line(
            (
                f"{each.indicator.label} · {', '.join(each.programmes)}",
                formats.number(each.ceiling),
                formats.number(each.realised),
                percent_text(each.indicator.capaian),
                percent_text(each.absorption),
                formats.signed(each.figure.value),
            )
        )
        for each in year.efficiencies
    ]
    note = "Efisiensi = capaian – serapan, keduanya belum dibulatkan; dari angka tercetak bisa berbeda 0,01."
    return TableText("efficiency", f"Efisiensi penggunaan sumber daya {year.year}", columns, lines, note)


def _spending_cells(row: BudgetRow) -> tuple[str | Fraction | None, ...]:
    return (
        row.name,
        formats.number(row.ceiling),
        formats.number(row.realised),
        formats.number(row.remaining),
        percent_text(row.absorption),
        row.absorption,
    )


def spending(year: YearFigures) -> TableText:
    """The whole spending table: by type, then by programme, kegiatan, sub kegiatan."""
    columns = (
        Head("Uraian", width=6),
        Head("Pagu (Rp)", True, 1.8),
        Head("Realisasi (Rp)", True, 1.8),
        Head("Sisa (Rp)", True, 1.6),
        Head("Serapan (%)", True, 1.2),
        Head("0–100 %", width=1.6, kind="bar"),
    )
    low = year.settings.low_absorption

    def line(row: BudgetRow, shift: int = 0) -> Line:
        return Line(_spending_cells(row), level=row.depth + shift)

    lines = [Line(("Menurut jenis belanja",), "group")]
    lines += [line(row) for row in year.by_type]
    lines.append(Line(("Menurut program, kegiatan, dan sub kegiatan",), "group"))
    lines.append(line(year.office))
    lines += [line(row) for row in year.tree]
    lines.append(Line(_spending_cells(year.total), "total"))
    limit = formats.number(low)
    caption = (
        f"Pagu, realisasi, dan sisa belanja {year.year}; “rendah” berarti serapan di bawah {limit} persen"
    )
    return TableText("spending", caption, columns, lines, wide=True)


def tables(year: YearFigures) -> list[TableText]:
    """All measured tables in printed order; a table without rows is left out."""
    found = [
        iku(year),
        placements(year.year),
        training(year.year),
        certificates(year.year),
        disputes(year.year),
        efficiency(year),
        spending(year),
    ]
    return [table for table in found if table.lines]
