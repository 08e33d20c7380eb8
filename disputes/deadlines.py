"""The legal terms of a case, each with its article. All are counted in working days, the day after the event first."""

from dataclasses import dataclass
from datetime import date

from core import calendar
from core.models.agency import AgencyProfile


@dataclass(frozen=True)
class Term:
    """One legal term: how many working days, from which event, and what happens when they pass."""

    code: str
    label: str
    days: int
    starts_with: str
    consequence: str
    article: str


BIPARTITE = Term(
    "BIPARTITE",
    "Perundingan bipartit",
    30,
    "tanggal mulai perundingan",
    "Bipartit dianggap gagal; perselisihan boleh dicatatkan.",
    "UU 2/2004 Ps 3 ayat (2)–(3)",
)
COMPLETE_FILE = Term(
    "COMPLETE_FILE",
    "Melengkapi berkas",
    7,
    "tanggal berkas dikembalikan",
    "Pencatatan tidak diproses.",
    "UU 2/2004 Ps 4 ayat (2)",
)
CHOOSE_PATH = Term(
    "CHOOSE_PATH",
    "Memilih konsiliasi atau arbitrase",
    7,
    "tanggal penawaran",
    "Perkara dilimpahkan ke mediator.",
    "UU 2/2004 Ps 4 ayat (4)",
)
FIRST_SESSION = Term(
    "FIRST_SESSION",
    "Sidang mediasi pertama",
    7,
    "tanggal pelimpahan diterima",
    "Penelitian dan sidang pertama harus sudah dilaksanakan.",
    "UU 2/2004 Ps 10; Permenaker 17/2014 Ps 13 ayat (1) huruf b",
)
RECOMMENDATION = Term(
    "RECOMMENDATION",
    "Anjuran tertulis",
    10,
    "tanggal sidang mediasi pertama",
    "Mediator melewati tata kerja mediasi.",
    "UU 2/2004 Ps 13 ayat (2) huruf b; Permenaker 17/2014 Ps 13 ayat (1) huruf d",
)
REPLY = Term(
    "REPLY",
    "Jawaban para pihak atas anjuran",
    10,
    "tanggal anjuran diterima para pihak",
    "Tidak menjawab berarti menolak.",
    "UU 2/2004 Ps 13 ayat (2) huruf c–d; Permenaker 17/2014 Ps 14",
)
AGREEMENT = Term(
    "AGREEMENT",
    "Penyusunan perjanjian bersama",
    3,
    "tanggal anjuran disetujui",
    "Mediator wajib selesai membantu menyusun perjanjian bersama.",
    "UU 2/2004 Ps 13 ayat (2) huruf e; Permenaker 17/2014 Ps 14",
)
WHOLE_MEDIATION = Term(
    "WHOLE_MEDIATION",
    "Seluruh mediasi",
    30,
    "tanggal pelimpahan diterima",
    "Mediator terlambat menyelesaikan tugas.",
    "UU 2/2004 Ps 15; Permenaker 17/2014 Ps 15",
)

TERMS: dict[str, Term] = {
    term.code: term
    for term in (
        BIPARTITE,
        COMPLETE_FILE,
        CHOOSE_PATH,
        FIRST_SESSION,
        RECOMMENDATION,
        REPLY,
        AGREEMENT,
        WHOLE_MEDIATION,
    )
}


def collective_leave_off() -> bool:
    """Whether the office counts collective leave as days off (its policy)."""
    return AgencyProfile.current().policy("collective_leave_off")


def due(term: Term, starts_on: date, *, pause: int = 0) -> calendar.Deadline:
    """Return the last good day of `term` for an event on `starts_on`.

    `pause` is the number of working days during which the clock stood still (a clarification is outside the terms of
    mediation). The result says whether the calendar is provisional.
    """
    return calendar.add_working_days(
        starts_on, term.days + pause, collective_leave_off=collective_leave_off()
    )


def days_left(due_on: date, today: date) -> int:
    """Working days from `today` to `due_on`; negative when it has passed, by so many working days."""
    return calendar.working_days_between(today, due_on, collective_leave_off=collective_leave_off())


def pause_days(start: date, end: date) -> int:
    """Working days that a clarification took from `start` to `end`."""
    return max(0, calendar.working_days_between(start, end, collective_leave_off=collective_leave_off()))
