"""Rules of the activities app, shared by form, service and import."""

from datetime import date
from decimal import Decimal

from core import formats


def dates_problem(held_on: date | None, ended_on: date | None) -> str:
    """Return what is wrong with the days of an activity, or an empty string."""
    if held_on and ended_on and ended_on < held_on:
        return (
            f"Tanggal selesai ({formats.date_long(ended_on)}) lebih awal daripada tanggal mulai "
            f"({formats.date_long(held_on)}). Periksa kedua tanggal."
        )
    return ""


def future_problem(held_on: date | None, today: date) -> str:
    """Return what is wrong with recording something that has not happened yet, or an empty string."""
    if held_on and held_on > today:
        return f"Tanggal pelaksanaan ({formats.date_long(held_on)}) belum tiba. Catat kegiatan setelah dilaksanakan."
    return ""


def output_problem(quantity: Decimal | None, unit: str) -> str:
    """Return what is wrong with an output, or an empty string: a quantity needs its unit."""
    if quantity is not None and not unit.strip():
        return "Isi satuan keluaran, misalnya “orang” atau “dokumen”."
    return ""
