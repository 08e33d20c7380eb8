"""Rules of the training app, shared by form, service and import."""

import re
from datetime import date

from django.core.exceptions import ValidationError

from core import formats
from training.enums import AssessmentResult

SKKNI_CODE = re.compile(r"[A-V]\.[0-9]{6}\.[0-9]{3}\.[0-9]{2}")
LEGACY_SKKNI_CODE = re.compile(r"[A-Z]{3}\.[A-Z]{2}[0-9]{2,3}\.[0-9]{3}\.[0-9]{2}")


def validate_skkni_code(value: str) -> None:
    """Raise ValidationError unless `value` is a unit code of SKKNI, new (Permenakertrans 8/2012) or old."""
    if not (SKKNI_CODE.fullmatch(value) or LEGACY_SKKNI_CODE.fullmatch(value)):
        raise ValidationError("Kode unit SKKNI ditulis seperti J.620100.004.02 (lama: TIK.OP02.002.01).")


def period_problem(start: date | None, end: date | None) -> str:
    """Return what is wrong with a period whose last day is `end`, or an empty string."""
    if start and end and end < start:
        return (
            f"Tanggal akhir ({formats.date_long(end)}) lebih awal daripada tanggal mulai "
            f"({formats.date_long(start)}). Periksa kedua tanggal."
        )
    return ""


def quota_problem(taken: int, quota: int) -> str:
    """Return why one more participant finds no seat, or an empty string. `taken` seats are in use already."""
    if taken >= quota:
        return (
            f"Kuota angkatan ini {formats.number(quota)} orang dan sudah penuh ({formats.number(taken)} diterima). "
            "Tambah kuotanya atau pilih angkatan lain."
        )
    return ""


def assessment_problem(result: str, assessed_on: date | None, starts_on: date, today: date) -> str:
    """Return what is wrong with a result and its day, or an empty string."""
    if result == AssessmentResult.NONE:
        return "Hasil yang belum dinilai tidak punya tanggal penilaian." if assessed_on else ""
    if assessed_on is None:
        return "Isi tanggal penilaian."
    if assessed_on < starts_on:
        return (
            f"Tanggal penilaian ({formats.date_long(assessed_on)}) lebih awal daripada hari pertama pelatihan "
            f"({formats.date_long(starts_on)})."
        )
    if assessed_on > today:
        return f"Tanggal penilaian ({formats.date_long(assessed_on)}) belum tiba."
    return ""


def require_seats(taken: int, quota: int) -> None:
    """Raise ValidationError when `quota` has fewer seats than people accepted already."""
    if quota < taken:
        raise ValidationError(
            {
                "quota": (
                    f"Sudah {formats.number(taken)} orang diterima; kuota tidak bisa kurang dari itu "
                    f"(Anda menulis {formats.number(quota)})."
                )
            }
        )
