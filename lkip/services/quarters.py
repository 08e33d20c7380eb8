"""Writes of the year while it runs: notes of a quarter, their evidence, closing and opening a quarter, reminders."""

import datetime as dt
from calendar import monthrange
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.enums import InstitutionKind, Role
from accounts.models import User
from accounts.permissions import has_role, institutions_of
from core import clock
from core.db import hold
from core.errors import Refused
from core.files import erase_file
from core.models.files import StoredFile
from core.workflow import CommentRequired, NotAllowed, revise
from lkip.enums import Level
from lkip.models import Indicator, NoteFile, QuarterLock, QuarterNote
from lkip.permissions import can_plan
from lkip.services.plan import put

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
NOTED_LEVELS = (Level.GOAL, Level.IKU, Level.PROGRAMME, Level.OUTCOME, Level.OUTPUT)
"""Indicators that are followed through the year; the others only stand beside them."""
BEFORE, AFTER = dt.timedelta(days=14), dt.timedelta(days=30)
"""Owners are reminded from so long before a quarter's end until so long after it."""


class QuarterClosed(Refused):
    """The quarter is locked."""


def quarter_of(month: int) -> int:
    """Return the quarter (1–4) that a month (1–12) belongs to."""
    return (month + 2) // 3


def last_day(year: int, quarter: int) -> dt.date:
    """Return the day on which a quarter ends."""
    month = quarter * 3
    return dt.date(year, month, monthrange(year, month)[1])


def is_locked(year: int, quarter: int) -> bool:
    """Whether the quarter is closed."""
    return QuarterLock.objects.filter(year=year, quarter=quarter, locked=True).exists()


def _name(year: int, quarter: int) -> str:
    return f"lkip.quarter:{year}:{quarter}"


def refuse_locked(year: int, quarter: int) -> None:
    """Raise QuarterClosed when nothing of this quarter may change any more.

    Call it inside the transaction of the change: a lock that is being opened or closed is waited for, and whoever
    closes the quarter waits for the change.
    """
    hold(_name(year, quarter), shared=True)
    if is_locked(year, quarter):
        raise QuarterClosed(
            f"Triwulan {ROMAN[quarter]} {year} sudah dikunci. Perencana dapat membukanya dengan alasan."
        )


def may_note(user: Any, indicator: Indicator) -> bool:
    """Whether the user writes the notes of this indicator: the planner all, a section head those of the own section."""
    if can_plan(user):
        return True
    if indicator.section_id is None or not has_role(user, Role.SECTION_HEAD):
        return False
    return institutions_of(user, InstitutionKind.SECTION).filter(pk=indicator.section_id).exists()


def own_sections(user: Any) -> set[int]:
    """Return the sections that the user heads."""
    if not has_role(user, Role.SECTION_HEAD):
        return set()
    return set(institutions_of(user, InstitutionKind.SECTION).values_list("pk", flat=True))


def _check_note(actor: Any, indicator: Indicator, year: int, quarter: int) -> None:
    if not may_note(actor, indicator):
        raise NotAllowed("Catatan indikator ini ditulis oleh kepala bidangnya atau oleh perencana.")
    if dt.date(year, quarter * 3 - 2, 1) > clock.today():
        raise Refused(f"Triwulan {ROMAN[quarter]} {year} belum berjalan.")
    refuse_locked(year, quarter)


@transaction.atomic
def write_note(
    actor: Any,
    *,
    indicator: Indicator,
    year: int,
    quarter: int,
    supporting: str = "",
    cause: str = "",
    follow_up: str = "",
    version: int | None = None,
) -> QuarterNote:
    """Write why an indicator stands where it stands at a quarter's end, and what is done about it.

    Raises NotAllowed for another section's indicator, QuarterClosed, Refused for an empty note or a quarter that has
    not begun. `version` is the one a form showed, 0 for none yet.
    """
    _check_note(actor, indicator, year, quarter)
    values = {"supporting": supporting.strip(), "cause": cause.strip(), "follow_up": follow_up.strip()}
    if not any(values.values()):
        raise Refused("Isi paling sedikit satu bagian catatan.")
    key = {"indicator": indicator, "year": year, "quarter": quarter}
    return put(
        QuarterNote, key, values, actor=actor, label=f"Catatan triwulan {ROMAN[quarter]}", version=version
    )


@transaction.atomic
def attach(actor: Any, *, note: QuarterNote, file: StoredFile, caption: str) -> NoteFile:
    """Add a stored file as evidence of a note; the note's log tells it."""
    _check_note(actor, note.indicator, note.year, note.quarter)
    revise(note, actor=actor, version=note.version, label="Bukti ditambahkan")
    return NoteFile.objects.create(note=note, file=file, caption=caption.strip()[:200] or "Bukti")


@transaction.atomic
def detach(actor: Any, *, note: QuarterNote, evidence: NoteFile) -> None:
    """Take a file off a note; its content goes after the commit."""
    _check_note(actor, note.indicator, note.year, note.quarter)
    revise(note, actor=actor, version=note.version, label="Bukti dihapus", comment=evidence.caption)
    stored = evidence.file
    evidence.delete()
    erase_file(stored)


@transaction.atomic
def lock_quarter(actor: Any, *, year: int, quarter: int, version: int | None = None) -> QuarterLock:
    """Close a quarter that has ended: its notes, targets and months stay as they are. The planner's."""
    if not can_plan(actor):
        raise NotAllowed("Triwulan dikunci oleh perencana.")
    if last_day(year, quarter) >= clock.today():
        raise Refused(f"Triwulan {ROMAN[quarter]} {year} belum berakhir.")
    hold(_name(year, quarter))
    return put(
        QuarterLock,
        {"year": year, "quarter": quarter},
        {"locked": True},
        actor=actor,
        label="Triwulan dikunci",
        version=version,
    )


@transaction.atomic
def unlock_quarter(
    actor: Any, *, year: int, quarter: int, reason: str, version: int | None = None
) -> QuarterLock:
    """Open a closed quarter again, with a reason that its log keeps. The planner's."""
    if not can_plan(actor):
        raise NotAllowed("Triwulan dibuka oleh perencana.")
    if not reason.strip():
        raise CommentRequired("Tulis alasan membuka triwulan yang sudah dikunci.")
    lock = QuarterLock.objects.filter(year=year, quarter=quarter, locked=True).first()
    if lock is None:
        raise Refused(f"Triwulan {ROMAN[quarter]} {year} tidak sedang dikunci.")
    return revise(
        lock,
        actor=actor,
        version=lock.version if version is None else version,
        label="Triwulan dibuka kembali",
        comment=reason.strip(),
        locked=False,
    )


def due_quarters(today: dt.date) -> list[tuple[int, int]]:
    """Return the (year, quarter) whose notes are asked for today: shortly before its end, and for a month after."""
    found = []
    for year in (today.year - 1, today.year):
        for quarter in ROMAN:
            end = last_day(year, quarter)
            if end - BEFORE <= today <= end + AFTER:
                found.append((year, quarter))
    return found


def waiting_indicators(year: int, quarter: int) -> list[Indicator]:
    """Return the followed indicators without a note for the quarter; none once it is closed."""
    if is_locked(year, quarter):
        return []
    noted = QuarterNote.objects.filter(year=year, quarter=quarter).values("indicator_id")
    in_use = Q(from_year=None) | Q(from_year__lte=year)
    in_use &= Q(to_year=None) | Q(to_year__gte=year)
    return list(
        Indicator.objects.filter(in_use, level__in=NOTED_LEVELS, targets__year=year)
        .exclude(pk__in=noted)
        .distinct()
        .order_by("position", "pk")
    )


def owners() -> tuple[dict[int, list[User]], list[User]]:
    """Return the heads of each section, and the planners, who answer where no section does."""
    holders = User.objects.filter(
        is_active=True,
        memberships__ended_on=None,
        memberships__role__in=(Role.SECTION_HEAD, Role.PLANNER),
    ).distinct()
    heads: dict[int, list[User]] = {}
    planners = []
    for user in holders.prefetch_related("memberships"):
        for membership in user.memberships.all():
            if membership.ended_on is not None:
                continue
            if membership.role == Role.SECTION_HEAD and membership.institution_id:
                heads.setdefault(membership.institution_id, []).append(user)
            elif membership.role == Role.PLANNER:
                planners.append(user)
    return heads, planners


@transaction.atomic
def write_note_with_file(actor: Any, *, file: StoredFile, caption: str, **note: Any) -> QuarterNote:
    """Write a note and attach a stored file in one go; the keywords are those of `write_note`."""
    written = write_note(actor, **note)
    attach(actor, note=written, file=file, caption=caption)
    return written
