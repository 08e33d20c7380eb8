"""The tables of the report as XLSX: a sheet a table, live formulas where a number follows from others, all figures."""

import datetime as dt
import io
import re
from fractions import Fraction

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from lkip.report.derivations import result
from lkip.report.model import Cell, Derive, Document, Row, Table, plain
from lkip.report.pdf.blocks import row_figure, shown_id
from lkip.report.stamp import Around, around

FIRST_ROW = 4
"""The row of a sheet in which the first row of a table stands, counted from 0."""
NOT_IN_SHEETS = ("bar", "capaian")
"""Columns that only draw what another column says."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
WIDEST, NARROWEST = 70, 9
FIGURES = "Angka"


def render(document: Document, stamp=None) -> bytes:
    """Return the XLSX; the same document, stamp and day give the same bytes."""
    return _Book(document, around(document, stamp)).xlsx()


def sheet_name(table: Table) -> str:
    """The name of a table's sheet: its number, which is its own, and the first words of its caption."""
    words = [table.number]
    for word in _FORBIDDEN.sub(" ", plain(table.caption)).split():
        if len(" ".join([*words, word])) > MOST_LETTERS:
            break
        words.append(word)
    while len(words) > 1 and (words[-1] in LEADING or words[-1].isdigit()):
        words.pop()
    return " ".join(words).rstrip(",(–-. ")


MOST_LETTERS = 31
"""A spreadsheet takes no longer name of a sheet."""
LEADING = frozenset({"dan", "menurut", "yang", "dalam", "dengan", "pada", "terhadap", "ke"})
"""Words that no name of a sheet ends with."""
LINE_HEIGHT, LETTERS_A_UNIT, MOST_LINES = 15, 1.0, 25
"""Points of a line, letters of our face in a unit of width, and the tallest row that a sheet can have."""
REF_LOOK = {"align": "left", "indent": 1}


class _Book:
    def __init__(self, document: Document, about: Around) -> None:
        self.document, self.about = document, about
        self.target = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.target, options)
        self.formats: dict[tuple, object] = {}
        day = dt.datetime.combine(about.day, dt.time())
        self.book.set_properties({"title": about.title, "author": about.office, "created": day})

    def xlsx(self) -> bytes:
        """Write all sheets and return the file."""
        tables = self.document.tables()
        first = self.book.add_worksheet("Isi")
        for table in tables:
            self._table(table)
        self._figures()
        self._contents(first, tables)
        self.book.close()
        return self.target.getvalue()

    def format(self, **wanted):
        """A cell format, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(
                {"font_name": "Noto Sans", "font_size": 10, "valign": "top", **wanted}
            )
        return self.formats[key]

    # --- contents ---

    def _contents(self, sheet, tables: list[Table]) -> None:
        about = self.about
        sheet.write_string(0, 0, about.title, self.format(bold=True, font_size=14))
        state = "Rancangan" if about.draft else f"Edisi {about.edition}"
        sheet.write_string(1, 0, f"{state} · {about.foot}", self.format(font_color="#555E66"))
        row = 3
        for table in tables:
            name = sheet_name(table)
            words = f"Tabel {table.number} {plain(table.caption)}"
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self.format(font_color="#0B5563"), words)
            row += 1
        sheet.write_url(
            row,
            0,
            f"internal:'{FIGURES}'!A1",
            self.format(font_color="#0B5563"),
            "Semua angka dan definisinya",
        )
        sheet.set_column(0, 0, 110)
        sheet.hide_gridlines(2)

    # --- one table ---

    def _table(self, table: Table) -> None:
        sheet = self.book.add_worksheet(sheet_name(table))
        shown = [place for place, column in enumerate(table.columns) if column.kind not in NOT_IN_SHEETS]
        at = {place: number for number, place in enumerate(shown)}
        sheet.write_string(0, 0, f"Tabel {table.number}  {plain(table.caption)}", self.format(bold=True))
        sheet.write_url(1, 0, "internal:'Isi'!A1", self.format(font_color="#0B5563"), "Kembali ke isi")
        look = {"bold": True, "bottom": 1, "text_wrap": True, "font_color": "#555E66"}
        widths = {place: _column_width(table, place) for place in shown}
        for place in shown:
            column = table.columns[place]
            side = {"align": "right"} if column.kind == "number" else REF_LOOK if at[place] else {}
            head = self.format(**look, **side)
            words = " ".join(part for part in (plain(column.group), plain(column.title)) if part)
            sheet.write_string(FIRST_ROW - 1, at[place], words, head)
        for number, row in enumerate(table.rows):
            lines = _lines(row, widths)
            if lines > 1:
                sheet.set_row(FIRST_ROW + number, LINE_HEIGHT * lines)
            self._row(sheet, table, row, number, at)
        if table.note:
            sheet.write_string(
                FIRST_ROW + len(table.rows) + 1, 0, plain(table.note), self.format(font_color="#555E66")
            )
        for place in shown:
            sheet.set_column(at[place], at[place], widths[place])
        sheet.freeze_panes(FIRST_ROW, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(FIRST_ROW - 1)

    def _row(self, sheet, table: Table, row: Row, number: int, at: dict[int, int]) -> None:
        bold = row.kind in ("block", "group", "total")
        look = {"bold": True} if bold else {}
        if row.kind == "total":
            look["top"] = 1
        line = FIRST_ROW + number
        if row.kind == "block":
            words = " ".join(cell.text for cell in row.cells if cell.text)
            sheet.write_string(line, 0, words, self.format(bold=True, font_color="#0B5563"))
            return
        for place, column in at.items():
            cell = row.cells[place] if place < len(row.cells) else Cell()
            if table.columns[place].kind in ("ref", "id"):
                key = row_figure(row)
                sheet.write_string(
                    line,
                    column,
                    shown_id(self.document, key),
                    self.format(font_color="#0B5563", **REF_LOOK, **look),
                )
                continue
            side = {"align": "right"} if table.columns[place].kind == "number" else REF_LOOK
            if place == 0:
                side = {"indent": min(row.level, 8), "align": "left"} if row.level else {}
            self._cell(sheet, line, column, cell, {**look, **side}, number, at)

    def _cell(
        self, sheet, line: int, column: int, cell: Cell, look: dict, number: int, at: dict[int, int]
    ) -> None:
        if cell.value is None:
            words = "\n".join(part for part in (plain(cell.over), cell.text) if part)
            if words:
                sheet.write_string(line, column, words, self.format(text_wrap=True, **look))
            elif look.get("top"):
                sheet.write_blank(line, column, None, self.format(**look))
            return
        shown = self.format(num_format=number_format(cell.text), **look)
        formula = live(cell.derive, number, at) if cell.derive else ""
        if formula:
            sheet.write_formula(line, column, formula, shown, float(cell.value))
        else:
            sheet.write_number(line, column, float(cell.value), shown)

    # --- all figures ---

    def _figures(self) -> None:
        sheet = self.book.add_worksheet(FIGURES)
        heads = ("Angka", "Kode", "Tahun", "Nama", "Sisi", "Nilai", "Tercetak", "Satuan", "Rumus dengan kata", "Bagian",
                 "Definisi", "Sumber", "Register", "Menunggu register")  # fmt: skip
        for column, words in enumerate(heads):
            sheet.write_string(0, column, words, self.format(bold=True, bottom=1))
        plain_look, number_look = self.format(), self.format(num_format="#,##0.00####")
        line = 1
        for entry in self.document.ordered_figures():
            for facet, side in entry.facets.items():
                words = (
                    *(
                        entry.id,
                        entry.code,
                        None,
                        entry.label,
                        facet,
                        None,
                        side.text,
                        side.unit,
                        entry.formula,
                    ),
                    *(entry.parts, entry.definition, entry.source, entry.register, entry.interim),
                )
                for column, text in enumerate(words):
                    if text:
                        sheet.write_string(line, column, text, plain_look)
                sheet.write_number(line, 2, entry.year, plain_look)
                if side.value is not None:
                    sheet.write_number(line, 5, float(side.value), number_look)
                line += 1
        for column, width in enumerate((9, 34, 8, 50, 18, 20, 20, 14, 40, 40, 60, 40, 24, 24)):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(line - 1, 1), len(heads) - 1)


def number_format(text: str) -> str:
    """The format that shows a number with the decimals that the report prints, and its sign where it has one."""
    decimals = len(text.partition(",")[2])
    shown = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    return f"+{shown};–{shown};{shown}" if text.startswith("+") else shown


def live(derive: Derive, number: int, at: dict[int, int]) -> str:
    """The formula of a derived cell; empty when a cell it needs has no place in the sheet."""
    names = []
    for row, column in derive.cells:
        if column not in at:
            return ""
        names.append(xl_rowcol_to_cell(FIRST_ROW + (number if row < 0 else row), at[column]))
    if derive.op == "sum":
        return f"={_sum(derive, names)}" if names else ""
    if derive.op == "mean":
        return f"=AVERAGE({','.join(names)})"
    if derive.op == "clamp":
        return f"={_held(names[0], *derive.bounds)}"
    a, b = names
    return {
        "minus": f"={a}-{b}",
        "ratio": f'=IF({b}=0,"",{a}/{b}*100)',
        "up": f'=IF({b}=0,"",{a}/{b}*100)',
        "down": f'=IF({b}=0,"",(2*{b}-{a})/{b}*100)',
        "rise": f'=IF({b}=0,"",100+({a}-{b})/ABS({b})*100)',
        "fall": f'=IF({b}=0,"",100+({b}-{a})/ABS({b})*100)',
    }[derive.op]


def _held(name: str, low: Fraction | None, high: Fraction | None) -> str:
    """A cell within bounds, of which either may be open."""
    if low is not None:
        name = f"MAX({name},{float(low)})"
    return name if high is None else f"MIN({name},{float(high)})"


def _sum(derive: Derive, names: list[str]) -> str:
    rows, columns = [row for row, _ in derive.cells], {column for _, column in derive.cells}
    together = len(columns) == 1 and rows == list(range(rows[0], rows[0] + len(rows)))
    return f"SUM({names[0]}:{names[-1]})" if together and len(names) > 1 else "+".join(names)


def computed(derive: Derive, table: Table, number: int) -> Fraction | None:
    """What a derivation gives, exactly, from the cells of its table; None where it has no result."""
    values = []
    for row, column in derive.cells:
        cells = table.rows[number if row < 0 else row].cells
        values.append(cells[column].value if column < len(cells) else None)
    return result(derive, values)


def _lines(row: Row, widths: dict[int, float]) -> int:
    """How many lines the fullest cell of a row takes; programs that open the file do not all find it out themselves."""
    most = 1
    for place, width in widths.items():
        if row.kind == "block" or place >= len(row.cells) or row.cells[place].value is not None:
            continue
        cell = row.cells[place]
        room = max(width * LETTERS_A_UNIT - (2 * row.level if place == 0 else 0), 6)
        pieces = [part for part in (plain(cell.over), cell.text) if part]
        most = max(most, sum(-(-len(part) // int(room)) for part in pieces))
    return min(most, MOST_LINES)


def _column_width(table: Table, place: int) -> float:
    texts = [row.cells[place].text for row in table.rows if place < len(row.cells) and row.kind != "block"]
    longest = max(map(len, [*texts, plain(table.columns[place].title)]), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST if place == 0 else 48)
