"""Figures for machines and spreadsheets: JSON, CSV, XLSX. The JSON is what ``lkip figures`` prints."""

import csv
import io

import xlsxwriter

from core.formats import fraction_decimal_string
from core.tables_out import neutral
from lkip.figures import YearFigures
from lkip.freezing import EXACT, frozen_figures, read_exact

PLACES = 12
NUMBERS = ("value", "numerator", "denominator", "target", "capaian", "records_count", "capaian_clamped")
TITLES = {
    "code": "Kode",
    "label": "Angka",
    "unit": "Satuan",
    "value": "Nilai",
    "value_display": "Nilai tampil",
    "numerator": "Pembilang",
    "denominator": "Penyebut",
    "target": "Target",
    "capaian": "Capaian (%)",
    "capaian_display": "Capaian tampil",
    "direction": "Arah",
    "records_count": "Jumlah rekaman",
    "source": "Sumber",
    "status": "Keadaan",
    "category": "Predikat",
    "target_category": "Predikat target",
    "capaian_clamped": "Capaian dibatasi (%)",
    "predicate": "Predikat nilai",
    "capaian_predicate": "Predikat capaian",
    "interim": "Masukan sementara, menunggu",
    "definition_changed": "Perubahan definisi",
    "why": "Keterangan",
}


def frozen_row(figure: dict) -> dict:
    """Return a frozen figure (see `lkip.freezing`) as plain JSON values.

    Numbers are decimal strings with a dot, percentages ×100, all digits when finite and otherwise 12 decimals;
    ``records_count`` is null where no record of ours stands behind the number, which then carries its source;
    ``interim`` names the register that a typed number waits for, ``why`` says what stands in the way of a value.
    """
    numbers = {name: fraction_decimal_string(read_exact(figure[name]), PLACES) for name in EXACT}
    return {key: numbers.get(key, figure[key]) for key in TITLES}


def frozen_rows(figures: list[dict]) -> list[dict]:
    """Return frozen figures as plain JSON values, in their order."""
    return [frozen_row(figure) for figure in figures]


def figure_rows(year: YearFigures) -> list[dict]:
    """Return every figure of the year, in printed order."""
    return frozen_rows(frozen_figures(year))


def figures_csv(rows: list[dict]) -> bytes:
    """Write figure rows as CSV (UTF-8 with signature, semicolons, as spreadsheets here expect)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(TITLES.values())
    for row in rows:
        writer.writerow(["" if row[key] is None else neutral(str(row[key])) for key in TITLES])
    return out.getvalue().encode("utf-8-sig")


def figures_xlsx(rows: list[dict], year: int) -> bytes:
    """Write figure rows as XLSX: numbers as numbers, text never as a formula."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(f"LKIP {year}")
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, TITLES.values(), bold)
    for line, row in enumerate(rows, start=1):
        for place, key in enumerate(TITLES):
            value = row[key]
            if value is None or value == "":
                continue
            if key in NUMBERS:
                sheet.write_number(line, place, float(value))
            else:
                sheet.write_string(line, place, str(value))
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 11, 18)
    sheet.set_column(12, 12, 50)
    sheet.set_column(13, 18, 18)
    sheet.set_column(19, len(TITLES) - 1, 50)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(TITLES) - 1)
    book.close()
    return out.getvalue()
