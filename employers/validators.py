"""Rules of the employers app, shared by form, service and import."""

import re
from datetime import date

from django.core.exceptions import ValidationError

from core import formats
from core.errors import Refused


def validate_nib(value: str) -> None:
    """Raise ValidationError unless `value` is a business number of 13 digits."""
    if not re.fullmatch(r"[0-9]{13}", value):
        raise ValidationError("NIB terdiri dari 13 angka tanpa titik atau spasi, seperti pada dokumen OSS.")


def period_problem(start: date | None, end: date | None) -> str:
    """Return what is wrong with a period whose last day is `end`, or an empty string."""
    if start and end and end < start:
        return (
            f"Tanggal akhir ({formats.date_long(end)}) lebih awal daripada tanggal mulai "
            f"({formats.date_long(start)}). Periksa kedua tanggal."
        )
    return ""


def workforce_problems(report) -> dict[str, str]:
    """Return {field: what is wrong} for the counts of a CompanyReport: no part may exceed its whole."""
    problems: dict[str, str] = {}
    total = report.workers_male + report.workers_female
    for part, whole, words in (
        ("foreign_workers_male", report.workers_male, "tenaga kerja asing laki-laki"),
        ("foreign_workers_female", report.workers_female, "tenaga kerja asing perempuan"),
        ("workers_disabled", total, "pekerja penyandang disabilitas"),
        ("bpjs_members", total, "peserta BPJS Ketenagakerjaan"),
    ):
        number = getattr(report, part)
        if number > whole:
            problems[part] = (
                f"Jumlah {words} ({formats.number(number)}) melebihi jumlah pekerjanya "
                f"({formats.number(whole)}). Periksa kedua angka."
            )
    if report.bpjs_members and not report.bpjs_registered:
        problems.setdefault(
            "bpjs_members", "Perusahaan belum terdaftar di BPJS Ketenagakerjaan, jadi jumlah peserta harus 0."
        )
    if report.all_workers_insured and (not report.bpjs_registered or report.bpjs_members < total):
        problems["all_workers_insured"] = (
            "“Semua pekerja menjadi peserta” hanya benar bila perusahaan terdaftar dan jumlah peserta sama dengan "
            "jumlah pekerja."
        )
    return problems


def openings_problem(male: int, female: int, either: int) -> str:
    """Return what is wrong with the numbers of openings of a vacancy, or an empty string."""
    if male + female + either <= 0:
        return "Isi jumlah orang yang dibutuhkan, sedikitnya satu."
    return ""


def wage_problem(wage_from: int | None, wage_to: int | None) -> str:
    """Return what is wrong with a wage range in rupiah, or an empty string."""
    if wage_from is not None and wage_to is not None and wage_to < wage_from:
        return (
            f"Upah tertinggi ({formats.rupiah(wage_to)}) lebih kecil daripada upah terendah "
            f"({formats.rupiah(wage_from)})."
        )
    return ""


def require_open_end(closes_on: date | None, today: date) -> None:
    """Raise Refused unless a vacancy's last day is given and has not passed."""
    if closes_on is None:
        raise Refused("Isi dulu tanggal penutupan lowongan.", field="closes_on")
    if closes_on < today:
        raise Refused(
            f"Tanggal penutupan ({formats.date_long(closes_on)}) sudah lewat. Ubah tanggalnya dulu.",
            field="closes_on",
        )
