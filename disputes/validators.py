"""Rules of the disputes app, shared by form, service and import."""

from datetime import date

from core import formats
from disputes.enums import DisputeKind, HandedTo

DATE_ORDER = (
    ("received_on", "tanggal permohonan diterima"),
    ("registered_on", "tanggal pencatatan"),
    ("returned_on", "tanggal berkas dikembalikan"),
    ("offered_on", "tanggal penawaran"),
    ("assigned_on", "tanggal pelimpahan"),
    ("clarified_on", "tanggal klarifikasi"),
    ("first_session_on", "tanggal sidang pertama"),
    ("recommended_on", "tanggal anjuran"),
    ("recommendation_received_on", "tanggal anjuran diterima para pihak"),
    ("agreed_on", "tanggal anjuran disetujui"),
    ("settled_on", "tanggal selesai"),
)
"""The dates of a case in the order of the law, with their names."""


def date_problems(case, today: date) -> dict[str, str]:
    """Return {field: what is wrong}: each date must not lie before an earlier step's date, nor after `today`."""
    problems: dict[str, str] = {}
    before: tuple[date, str] | None = None
    for field, name in DATE_ORDER:
        day = getattr(case, field)
        if day is None:
            continue
        if day > today:
            problems[field] = f"{name.capitalize()} ({formats.date_long(day)}) belum tiba."
        elif before and day < before[0]:
            problems[field] = (
                f"{name.capitalize()} ({formats.date_long(day)}) lebih awal daripada {before[1]} "
                f"({formats.date_long(before[0])})."
            )
        if before is None or day > before[0]:
            before = (day, name)
    if case.bipartite_from and case.received_on and case.bipartite_from > case.received_on:
        problems["bipartite_from"] = "Perundingan bipartit harus mulai sebelum permohonan diterima."
    return problems


def workers_problem(male: int, female: int) -> str:
    """Return what is wrong with the number of workers, or an empty string."""
    if male + female <= 0:
        return "Isi jumlah pekerja yang berselisih, sedikitnya satu orang."
    return ""


def hand_over_problem(kind: str, to: str) -> str:
    """Return why a case of `kind` can't go to `to`, or an empty string (UU 2/2004 Ps 1, 4)."""
    if to == HandedTo.CONCILIATOR and kind == DisputeKind.RIGHTS:
        return "Perselisihan hak tidak bisa dikonsiliasi; perkara ini langsung dimediasi (UU 2/2004 Ps 1, 4)."
    if to == HandedTo.ARBITRATOR and kind in (DisputeKind.RIGHTS, DisputeKind.TERMINATION):
        return "Arbitrase hanya untuk perselisihan kepentingan dan antarserikat (UU 2/2004 Ps 4)."
    return ""
