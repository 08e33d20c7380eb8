"""The PDF of the measured tables of a year. Chapters and narrative come with the whole report."""

import io

from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether

from core import clock, formats
from core.documents.grid import WIDE, Col, Grid, Line, Look
from core.documents.report import Report, ReportInfo
from core.models.agency import AgencyProfile
from lkip.documents import content
from lkip.documents.content import TableText
from lkip.figures import YearFigures

ONE_PIECE = 24
TIGHT = 1.1 * mm
"""Rows of the wide table stand this much apart, so that a year's spending fills three pages."""


class MeasuredTables:
    """Renders IKU, placements, training, certificates, disputes, efficiency and spending of one year.

    The same year on the same day gives the same bytes.
    """

    def __init__(self, year: YearFigures) -> None:
        """Take the computed year."""
        self.year = year
        self.agency = AgencyProfile.current()

    def render(self) -> bytes:
        """Return the PDF."""
        year = self.year.year
        report = Report(
            ReportInfo(
                title=f"Tabel terukur LKIP {year}",
                agency=self.agency,
                subject=f"Angka kinerja {self.agency.name} tahun {year}, dihitung dari rekaman",
                foot=f"dihitung {formats.date_long(clock.today())}",
                letterhead=True,
            )
        )
        report.heading(f"Tabel terukur LKIP {year}", level=0)
        report.text(
            "Setiap angka di bawah ini dihitung dari rekaman pada hari cetak, dari pembilang dan penyebut yang belum "
            "dibulatkan. Angka dari luar dan anggaran disebut sumbernya pada halaman LKIP.",
            style_name="lead",
        )
        is_wide = False
        for number, table in enumerate(content.tables(self.year), start=1):
            if table.wide != is_wide:
                (report.wide if table.wide else report.upright)()
                is_wide = table.wide
            self._place(report, table, number)
        target = io.BytesIO()
        report.save(target)
        return target.getvalue()

    def _place(self, report: Report, table: TableText, number: int) -> None:
        """Append the table with its note; a table of less than a page stays in one piece with it."""
        before = len(report.story)
        report.add(self._grid(report, table, number))
        if table.note:
            report.text(table.note, style_name="note")
        if len(table.lines) <= ONE_PIECE:
            report.story[before:] = [KeepTogether(report.story[before:])]

    def _grid(self, report: Report, table: TableText, number: int) -> Grid:
        tight = {**WIDE, "padding": TIGHT} if table.wide else {}
        look = Look(accent=report.accent, low_below=self.year.settings.low_absorption, **tight)
        columns = [
            Col(head.title, flex=head.width, align=_align(table, place), kind=head.kind)
            for place, head in enumerate(table.columns)
        ]
        lines = [_line(line, len(columns), table) for line in table.lines]
        return Grid(columns, lines, number=f"Tabel {number}", caption=table.caption, look=look, key=table.key)


def _align(table: TableText, place: int) -> str:
    """Numbers of mixed decimals stand at their comma, others at the right."""
    if not table.columns[place].numeric:
        return "left"
    texts = [str(line.cells[place]) for line in table.lines if len(line.cells) > place and line.cells[place]]
    decimals = {len(text.partition(",")[2]) for text in texts}
    return "comma" if len(decimals) > 1 else "right"


def _line(line: content.Line, width: int, table: TableText) -> Line:
    if line.kind == "group" and len(line.cells) == 1:
        return Line(line.cells, kind="block")
    cells = (*line.cells, *([""] * (width - len(line.cells))))
    if line.kind == "total":
        return Line(cells, kind="total")
    bold = line.kind == "group" or (table.key == "spending" and line.level == 0)
    return Line(cells, level=line.level, bold=bold)
