"""Joining two rows of one person: the loser stays as a tombstone, its records move to the winner."""

from django.db import IntegrityError, models, transaction

from core import audit, clock
from core.errors import Refused
from core.files import release_file
from core.personal import seal
from core.workflow import StaleRecord, fire, revise
from jobseekers.enums import ApplicationState, EventKind, RemovalReason
from jobseekers.models import (
    AccommodationNeed,
    AK1Application,
    AK1Card,
    DesiredOccupation,
    JobSeeker,
    Language,
    PersonDocument,
    Schooling,
    Skill,
)
from jobseekers.models.person import NIK_CONTEXT
from jobseekers.permissions import can_merge_people
from jobseekers.services import ledger, photos, proposals, schooling
from jobseekers.services.people import lock_person

MERGED = "jobseekers.people_merged"
LABEL = "Data ganda digabung"


class CannotMerge(Refused):
    """The two rows can't be joined as they are."""


def _relations() -> list[models.ManyToOneRel]:
    """Every foreign key in the installation that points at a person, by introspection: no higher app is named."""
    found = []
    for relation in JobSeeker._meta.related_objects:
        table = relation.related_model
        if table is JobSeeker or table.__name__.startswith("Historical") or relation.many_to_many:
            continue
        found.append(relation)
    return found


def _close_double(loser: JobSeeker, *, actor, comment: str) -> None:
    """End what may run once a person only: the loser's card and episode, as entered twice."""
    today = clock.today()
    card = AK1Card.objects.active().filter(jobseeker=loser).first()
    if card is not None:
        card = fire(
            card,
            "remove",
            actor=None,
            version=card.version,
            comment=comment,
            on=today,
            reason=RemovalReason.DOUBLE,
        )
    episode = ledger.open_episode_of(loser)
    if episode is not None:
        on = max(today, episode.opened_on)
        ledger.append(episode, EventKind.REMOVED, actor=actor, on=on, card=card, reason=RemovalReason.DOUBLE)


def _move(loser: JobSeeker, winner: JobSeeker, *, actor) -> int:
    """Point every record of the loser at the winner, each with its log line; return how many."""
    moved = 0
    for relation in _relations():
        name = relation.field.name
        for row in relation.related_model._base_manager.filter(**{name: loser}).order_by("pk"):
            moved += 1
            if hasattr(row, "version"):
                revise(row, actor=actor, version=row.version, label=LABEL, **{name: winner})
            else:
                setattr(row, name, winner)
                row.save(update_fields=[name])
    return moved


def _drop_doubles(loser: JobSeeker, winner: JobSeeker) -> None:
    """Of what a person has once only (a skill, a document of a kind, the need), the winner's stays."""
    for table, names in ((Skill, ("name",)), (Language, ("name",)), (DesiredOccupation, ("occupation_id",)),
                         (Schooling, ("level_id", "graduated"))):  # fmt: skip
        rows = table.objects.filter(jobseeker=winner)
        known = {tuple(str(value).casefold() for value in row) for row in rows.values_list(*names)}
        for row in table.objects.filter(jobseeker=loser):
            if tuple(str(getattr(row, name)).casefold() for name in names) in known:
                row.delete()
    if AccommodationNeed.objects.filter(jobseeker=winner).exists():
        AccommodationNeed.objects.filter(jobseeker=loser).delete()
    kinds = list(PersonDocument.objects.filter(jobseeker=winner).values_list("kind", flat=True))
    for row in PersonDocument.objects.filter(jobseeker=loser, kind__in=kinds).select_related("file"):
        stored = row.file
        row.delete()
        release_file(stored)


def _refuse_unfit(loser: JobSeeker, winner: JobSeeker, version: int) -> None:
    """Raise StaleRecord or CannotMerge when two locked rows can't be joined as they are."""
    if loser.version != version:
        raise StaleRecord(
            "Data ini sudah berubah sejak halaman dibuka. Muat ulang halaman, lalu periksa lagi."
        )
    if loser.nik_verified_at and winner.nik_verified_at and bytes(loser.nik_index) != bytes(winner.nik_index):
        raise CannotMerge(
            "NIK keduanya terverifikasi dan berbeda. Dua orang yang berbeda tidak bisa digabung."
        )
    if loser.user_id and winner.user_id:
        raise CannotMerge(
            "Keduanya punya akun sendiri. Minta administrator menutup salah satu akun lebih dulu."
        )
    if loser.applications.open().exists() and winner.applications.open().exists():
        raise CannotMerge("Keduanya punya permohonan AK-1 yang belum diputus. Putuskan salah satunya dulu.")


@transaction.atomic
def merge_people(
    loser: JobSeeker, *, into: JobSeeker, actor, version: int, reason: str, request=None
) -> JobSeeker:
    """Join `loser` into `into` and return the winner. The winner's own answers stay; gaps are filled.

    But facts that an officer has checked on the loser only go before the winner's, which nobody has: they wait at the
    winner's open application, or go.

    The loser's active card and running episode end as "entered twice" when the winner has its own. Raises
    NotAllowed-like CannotMerge, StaleRecord or Gone; then nothing is changed.
    """
    if not can_merge_people(actor):
        raise CannotMerge(
            "Penggabungan data hanya untuk pengantar kerja dan pejabat pelindungan data pribadi."
        )
    if loser.pk == into.pk:
        raise CannotMerge("Kedua kode menunjuk data yang sama. Isi kode data yang lain.", field="keep")
    if not reason.strip():
        raise CannotMerge("Tulis alasan penggabungan.", field="reason")
    first, second = sorted((loser, into), key=lambda person: person.pk)
    locked = {person.pk: person for person in (lock_person(first), lock_person(second))}
    loser, winner = locked[loser.pk], locked[into.pk]
    _refuse_unfit(loser, winner, version)
    if AK1Card.objects.active().filter(jobseeker=winner).exists() or ledger.open_episode_of(winner):
        _close_double(loser, actor=actor, comment=reason.strip())
    user, checked = loser.user, _checked_facts(loser, winner)
    asking = "full_name" in checked and winner.applications.open().exists()
    revise(loser, actor=actor, version=loser.version, label=LABEL, comment=reason, merged_into=winner, user=None,
           nik_verified_at=None, nik_verified_by=None, nik_verified_method="")  # fmt: skip
    schooling.adopt(winner)
    _drop_doubles(loser, winner)
    try:
        with transaction.atomic():
            moved = _move(loser, winner, actor=actor)
    except IntegrityError as problem:
        raise CannotMerge(
            "Keduanya punya catatan yang tidak boleh ganda, misalnya peserta pelatihan yang sama. "
            "Hapus salah satu catatan itu lebih dulu."
        ) from problem
    before = winner
    winner = revise(winner, actor=actor, version=winner.version, label=LABEL, comment=reason,
                    **_filled(loser, winner, user) | checked)  # fmt: skip
    if asking:
        told = {name: getattr(before, name) for name in proposals.FACTS}
        proposals.set_aside(winner, {name: value for name, value in told.items() if value})
    if winner.photo_id != before.photo_id:
        photos.drop_photo(before.photo)
    ledger.follow(winner, actor=actor)
    audit.record(
        MERGED, actor=actor, obj=winner, detail={"loser": str(loser.uid), "moved": moved}, request=request
    )
    return winner


def _checked_facts(loser: JobSeeker, winner: JobSeeker) -> dict:
    """What an officer has checked on the loser only, as the winner's row takes it; asked before the records move.

    The loser's card becomes the winner's: it must not print what no officer has seen.
    """
    approved = AK1Application.objects.filter(state=ApplicationState.APPROVED)
    only_loser = approved.filter(jobseeker=loser).exists() and not approved.filter(jobseeker=winner).exists()
    found = {name: getattr(loser, name) for name in proposals.FACTS} if only_loser else {}
    if loser.photo_id is None:
        found.pop("photo", None)
    same_nik = bool(winner.nik_index) and bytes(winner.nik_index) == bytes(loser.nik_index or b"")
    if loser.nik_verified_at and not winner.nik_verified_at and (only_loser or same_nik):
        found |= {
            "nik_sealed": seal(loser.read_nik(), context=NIK_CONTEXT, row=winner.uid),
            "nik_index": loser.nik_index,
            "nik_verified_at": loser.nik_verified_at,
            "nik_verified_by": loser.nik_verified_by,
            "nik_verified_method": loser.nik_verified_method,
        }
    return found


def _filled(loser: JobSeeker, winner: JobSeeker, user) -> dict:
    """What the winner takes over: the account when it has none, and answers where it has none."""
    names = (
        "birth_place", "birth_date", "marital_status", "religion", "education", "education_major",
        "education_school", "graduation_year", "skills", "village", "address", "rt", "rw", "domicile_village",
        "domicile_address", "domicile_rt", "domicile_rw", "desired_region", "wage_expectation", "phone", "email",
        "photo",
    )  # fmt: skip
    found = {
        name: getattr(loser, name) for name in names if not getattr(winner, name) and getattr(loser, name)
    }
    row, told = schooling.highest(winner), found.get("education", winner.education)
    if row is not None and (told is None or row.level.order >= told.order):
        found |= schooling.last_education(winner)
    if user is not None and winner.user_id is None:
        found["user"] = user
    return found
