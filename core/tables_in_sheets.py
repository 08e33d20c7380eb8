"""The sheets around an upload.

The template with drop-downs, and the bad rows with their errors, to mend and send again.
"""

import tempfile
from datetime import date
from itertools import zip_longest
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from core import formats
from core.fields_in import Field
from core.models.staging import StagedUpload
from core.tables_in import Upload, registry, unsealed_rows
from core.xlsx import RowSheet

TEXT_KINDS = frozenset({"text", "nik", "phone", "email"})
KIND_WORDS = {
    "text": "Teks",
    "int": "Bilangan bulat",
    "decimal": "Angka, koma untuk desimal",
    "money": "Rupiah bulat",
    "date": "Tanggal, contohnya 17-08-2023",
    "bool": "Ya atau Tidak",
    "choice": "Pilih dari daftar",
    "nik": "NIK 16 angka, disimpan sebagai teks",
    "phone": "Nomor telepon",
    "email": "Alamat e-mail",
}


def write_template(upload: Upload, user: Any, target: BinaryIO) -> None:
    """An XLSX to fill in: titles, cell formats, drop-downs, and a sheet that explains every column."""
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet("Data", worksheet_class=RowSheet)
        _head(book, sheet, upload.fields)
        _explain(book, upload)
        _drop_downs(book, sheet, upload, user)
        book.close()


def write_errors(staged: StagedUpload, target: BinaryIO) -> int:
    """The bad rows of an upload with a column "Kesalahan", for its owner only; return their number."""
    upload, count = registry[staged.kind](), 0
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet("Data", worksheet_class=RowSheet)
        place = len(upload.fields)
        sheet.set_column(place, place, 60)
        _head(book, sheet, upload.fields, "Kesalahan")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        red = book.add_format({"text_wrap": True, "font_color": "#A8201A"})
        for row, cells in unsealed_rows(staged, bad_only=True):
            values = [cells.get(item.key, "") for item in upload.fields]
            words = "\n".join(
                f"{error['title'] or error['cell']}: {error['message']}" for error in row.errors
            )
            styles = [day if isinstance(value, date) else None for value in values]
            sheet.append([*values, words], [*styles, red])
            count += 1
        book.close()
    return count


def _head(book: xlsxwriter.Workbook, sheet: RowSheet, fields: list[Field], *more: str) -> None:
    must = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8F2F2"})
    may = book.add_format({"bottom": 1, "bg_color": "#F4F7F7"})
    text = book.add_format({"num_format": "@"})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for place, item in enumerate(fields):
        shape = day if item.kind == "date" else text if item.kind in TEXT_KINDS else None
        sheet.set_column(place, place, item.width, shape)
    sheet.freeze_panes(1, 0)
    titles = [item.title + (" *" if item.required else "") for item in fields]
    sheet.append(
        [*titles, *more], [*(must if item.required else may for item in fields), *(may for _ in more)]
    )


def _explain(book: xlsxwriter.Workbook, upload: Upload) -> None:
    sheet = book.add_worksheet("Petunjuk", worksheet_class=RowSheet)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    heads = (("Kolom", 28), ("Wajib", 8), ("Isi", 34), ("Contoh", 24), ("Arti", 60))
    for place, (_, width) in enumerate(heads):
        sheet.set_column(place, place, width)
    sheet.append([title for title, _ in heads], [bold] * 5)
    for item in upload.fields:
        cells = (item.title, "Ya" if item.required else "", KIND_WORDS[item.kind], item.example, item.explain)
        sheet.append(cells, [wrap] * 5)
    words = (
        f"Isi lembar Data mulai baris kedua, paling banyak {formats.number(upload.max_rows)} baris. "
        "Jangan mengubah judul kolom. Kolom bertanda * wajib diisi."
    )
    sheet.append([words, "", "", "", ""], [None] * 5)


def _drop_downs(book: xlsxwriter.Workbook, sheet: RowSheet, upload: Upload, user: Any) -> None:
    """Choices stand on a sheet of their own, so that their number is not limited; dates must be dates."""
    offered: list[list[str]] = []
    for place, item in enumerate(upload.fields):
        labels = ["Ya", "Tidak"] if item.kind == "bool" else [label for _, label in item.options(user)]
        if item.kind == "date":
            rule = {"validate": "date", "criteria": ">=", "value": date(1900, 3, 1)}
        elif labels and item.kind in ("bool", "choice"):
            column = xl_col_to_name(len(offered))
            offered.append(labels)
            rule = {"validate": "list", "source": f"=Pilihan!${column}$1:${column}${len(labels)}"}
        else:
            continue
        rule |= {"error_title": item.title[:32], "error_message": f"{KIND_WORDS[item.kind]}."}
        sheet.data_validation(1, place, upload.max_rows, place, rule)
    if offered:
        lists = book.add_worksheet("Pilihan", worksheet_class=RowSheet)
        for row in zip_longest(*offered, fillvalue=""):
            lists.append(row, [None] * len(offered))
