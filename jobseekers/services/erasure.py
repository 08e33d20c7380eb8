"""Erasing a person on request (UU 27/2022 Ps 8, 43): the row stays for the counts, without the person."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.errors import Refused
from core.files import erase_file
from core.models.workflow import WorkflowLog
from core.workflow import opened
from jobseekers.enums import EventKind, RemovalReason
from jobseekers.models import AK1Application, AK1Card, Episode, JobSeeker
from jobseekers.permissions import can_erase_people
from jobseekers.services import ledger
from jobseekers.services.people import lock_person

ERASED = "jobseekers.person_erased"
ERASED_NAME = "(data dihapus)"
_BLANK = {
    "full_name": ERASED_NAME,
    "nik_sealed": None,
    "nik_index": None,
    "nik_verified_at": None,
    "nik_verified_by": None,
    "nik_verified_method": "",
    "kk_sealed": None,
    "kk_index": None,
    "birth_place": "",
    "marital_status": "",
    "religion": "",
    "education_major": "",
    "education_school": "",
    "graduation_year": None,
    "skills": "",
    "address": "",
    "rt": "",
    "rw": "",
    "phone": "",
    "email": "",
    "photo": None,
    "user": None,
}


class CannotErase(Refused):
    """The request can't be granted as things stand; the text is the reasoned answer."""


@transaction.atomic
def erase_person(person: JobSeeker, *, actor, version: int, reason: str, request=None) -> JobSeeker:
    """Remove what identifies the person from the row, its history, its log and its photo; keep the counts.

    Sex, education, kelurahan and the year of birth stay (statistics). Raises CannotErase while an application is
    undecided or a card still holds: these are the legal basis for keeping the data.
    """
    if not can_erase_people(actor):
        raise CannotErase("Penghapusan data hanya dilakukan pejabat pelindungan data pribadi.")
    if not reason.strip():
        raise CannotErase("Tulis dasar penghapusan, misalnya nomor surat permintaan.", field="reason")
    fresh = lock_person(person)
    if fresh.version != version:
        raise CannotErase(
            "Data ini sudah berubah sejak halaman dibuka. Muat ulang halaman, lalu periksa lagi."
        )
    if AK1Application.objects.open().filter(jobseeker=fresh).exists():
        raise CannotErase("Masih ada permohonan AK-1 yang belum diputus. Putuskan atau batalkan lebih dulu.")
    if AK1Card.objects.active().filter(jobseeker=fresh).exists():
        raise CannotErase("Kartu AK-1 masih berlaku. Hapus dari daftar pencari kerja lebih dulu.")
    episode = ledger.open_episode_of(fresh)
    if episode is not None:
        ledger.append(
            episode,
            EventKind.REMOVED,
            actor=actor,
            on=max(clock.today(), episode.opened_on),
            reason=RemovalReason.WITHDREW,
        )
    photo, user = fresh.photo, fresh.user
    blank = {**_BLANK, "birth_date": _year_only(fresh.birth_date), "erased_at": clock.now()}
    for name, value in blank.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh._change_reason = "Data dihapus atas permintaan"
    fresh.save()
    opened(fresh, actor=actor, label="Data dihapus atas permintaan", comment=reason.strip())
    _erase_traces(fresh, user)
    if photo is not None:
        erase_file(photo)
    audit.record(ERASED, actor=actor, obj=fresh, detail={}, request=request)
    return fresh


def _year_only(birth_date: date | None) -> date | None:
    return date(birth_date.year, 1, 1) if birth_date else None


def _erase_traces(person: JobSeeker, user) -> None:
    """Reach the row's old versions, the frozen birth dates, and the log lines that carry the person's own name.

    These are the only places where history is rewritten; the events themselves, their order and times stay.
    """
    old = {name: value for name, value in _BLANK.items() if name not in ("photo", "user", "nik_verified_by")}
    for row in JobSeeker.history.filter(id=person.pk):
        JobSeeker.history.filter(pk=row.pk).update(
            **old, photo=None, user=None, nik_verified_by=None, birth_date=_year_only(row.birth_date)
        )
    for episode in Episode.objects.filter(jobseeker=person):
        Episode.objects.filter(pk=episode.pk).update(birth_date=_year_only(episode.birth_date))
    if user is not None:
        uids = [person.uid]
        for table in (AK1Application, AK1Card, Episode):
            uids += table.objects.filter(jobseeker=person).values_list("uid", flat=True)
        WorkflowLog.objects.filter(object_uid__in=uids, actor=user).update(actor_name="Pemohon", actor=None)
