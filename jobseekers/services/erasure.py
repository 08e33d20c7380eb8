"""Erasing a person on request (UU 27/2022 Ps 8, 43): the row stays for the counts, without the person."""

from django.db import transaction

from core import audit, clock
from core.errors import Refused
from core.files import release_file
from core.redaction import redact
from core.workflow import StaleRecord, opened
from jobseekers.enums import EventKind, RemovalReason
from jobseekers.models import AK1Application, AK1Card, JobSeeker
from jobseekers.permissions import can_erase_people
from jobseekers.services import ledger
from jobseekers.services.people import lock_person
from jobseekers.services.traces import erase_traces, year_only
from jobseekers.signals import person_erased

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
    "domicile_village": None,
    "domicile_address": "",
    "domicile_rt": "",
    "domicile_rw": "",
    "desired_region": "",
    "wage_expectation": None,
    "phone": "",
    "email": "",
    "photo": None,
    "user": None,
}


_POINTERS = ("photo", "user", "nik_verified_by", "domicile_village")


class CannotErase(Refused):
    """The request can't be granted as things stand; the text is the reasoned answer."""


@transaction.atomic
def erase_person(person: JobSeeker, *, actor, version: int, reason: str, request=None) -> JobSeeker:
    """Remove what identifies the person from every table, history, log, search entry and file; keep the counts.

    Higher rooms hear `person_erased` in the same transaction. Sex, education, kelurahan and the year of birth stay
    (statistics). Raises CannotErase while an application is undecided or a card still holds: these are the legal basis
    for keeping the data; StaleRecord when the row changed since `version`.
    """
    if not can_erase_people(actor):
        raise CannotErase("Penghapusan data hanya dilakukan pejabat pelindungan data pribadi.")
    if not reason.strip():
        raise CannotErase("Tulis dasar penghapusan, misalnya nomor surat permintaan.", field="reason")
    fresh = lock_person(person)
    if fresh.version != version:
        raise StaleRecord(
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
    fresh = anonymise_person(fresh, actor=actor, comment=redact(reason.strip()))
    audit.record(ERASED, actor=actor, obj=fresh, detail={}, request=request)
    return fresh


@transaction.atomic
def anonymise_person(
    fresh: JobSeeker, *, actor=None, label: str = "Data dihapus atas permintaan", comment: str = ""
) -> JobSeeker:
    """Empty a locked person's row and everything that hangs on it; the caller has checked that it may be done.

    Rows that were joined into it are the same person's and go first: the photo may be theirs too. `actor` None is the
    system: the period for which files are kept is over.
    """
    for double in JobSeeker.objects.select_for_update(of=("self",)).filter(
        merged_into=fresh, erased_at__isnull=True
    ):
        anonymise_person(double, actor=actor, label=label, comment=comment)
    photo, user = fresh.photo, fresh.user
    known = {"nik": fresh.read_nik(), "kk": fresh.read_kk(), "nik_index": fresh.nik_index}
    blank = {**_BLANK, "birth_date": year_only(fresh.birth_date), "erased_at": clock.now()}
    for name, value in blank.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh._change_reason = label
    fresh.save()
    erase_traces(fresh, actor=actor, user=user, **known)
    _erase_history(fresh)
    opened(fresh, actor=actor, label=label, comment=comment)
    person_erased.send(sender=JobSeeker, person=fresh, actor=actor)
    if photo is not None:
        release_file(photo)
    return fresh


def _erase_history(person: JobSeeker) -> None:
    """Empty the row's old versions."""
    old = {name: value for name, value in _BLANK.items() if name not in _POINTERS}
    for row in JobSeeker.history.filter(id=person.pk):
        JobSeeker.history.filter(pk=row.pk).update(
            **old, **dict.fromkeys(_POINTERS), birth_date=year_only(row.birth_date)
        )
