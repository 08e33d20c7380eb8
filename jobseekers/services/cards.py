"""Issuing cards and ending them."""

import re
from datetime import date, timedelta

from django.db import transaction

from core import clock
from core.errors import Refused
from core.models.agency import AgencyProfile
from core.numbering import document_number, written
from core.workflow import fire, opened
from jobseekers import notifications
from jobseekers.enums import ApplicationKind, EventKind, RemovalReason
from jobseekers.models import AK1Application, AK1Card, EpisodeEvent, JobSeeker
from jobseekers.services import ledger
from jobseekers.services.people import lock_person
from jobseekers.validators import last_valid_day

NUMBER_SERIES = "ak1"
NUMBER_FORMAT = "{region4}{dd}{mm}{yy}{n:06}"
"""City code, day of issue, number of the year: 3277 210826 000123. As long as a NIK, so shown in groups."""


NUMBER_SIGNS = re.compile(r"[A-Za-z0-9./-]+")


def check_number_format(pattern: str) -> None:
    """Raise Refused when a card's number could not be written in this format for a whole year.

    It has to be made of known parts and plain signs (it is typed in to check a card), and the millionth number of a
    year still has to fit the register and the back of the card.
    """
    day, region = date(2028, 12, 28), AgencyProfile.current().region_id.replace(".", "")[:4]
    try:
        longest = written(pattern, 999_999, on=day, region4=region)
    except ValueError:
        raise Refused(
            "Format memuat bagian yang tidak dikenal. Pakai {region4}, {dd}, {mm}, {yy}, {yyyy}, {roman}, dan {n}.",
        ) from None
    if not NUMBER_SIGNS.fullmatch(longest):
        raise Refused("Nomor hanya boleh berisi huruf, angka, titik, garis miring, dan tanda hubung.")
    most = AK1Card._meta.get_field("number").max_length
    if len(longest) > most:
        raise Refused(f"Nomor menjadi {len(longest)} huruf; paling panjang {most}. Pendekkan formatnya.")


def _signatory(agency: AgencyProfile, actor) -> tuple[str, str]:
    name = agency.policy("ak1_signatory_name")
    if name:
        return name, agency.policy("ak1_signatory_nip")
    return actor.full_name, ""


def issue(application: AK1Application, *, actor, person: JobSeeker) -> AK1Card:
    """Create the card of an approved application, write the ledger, and end the card it follows.

    Only `applications.approve` calls this, inside its transaction. The number is taken as late as it can be: after
    every check and lock. A card that is past its last day expires first, should the nightly job be late: who comes
    after it registers anew.
    """
    today, agency = clock.today(), AgencyProfile.current()
    before = AK1Card.objects.active().filter(jobseeker=person).first()
    if before is not None and before.valid_until < today:
        expire(before)
        before = None
    valid_until = last_valid_day(today, agency.policy("ak1_validity_months"))
    if application.kind == ApplicationKind.RENEWAL and not AK1Card.objects.filter(jobseeker=person).exists():
        # sent before this rule held: a renewal of nothing would be counted as one
        raise Refused(
            "Pemohon belum pernah memegang kartu, jadi tidak ada yang diperpanjang. Minta permohonan Baru."
        )
    if application.kind == ApplicationKind.REPLACEMENT:
        if before is None or before.valid_until <= today:
            raise Refused("Kartu lama sudah tidak berlaku. Minta pemohon mengajukan perpanjangan.")
        valid_until = before.valid_until
    elif application.kind == ApplicationKind.NEW and before is not None:
        raise Refused(
            f"Pemohon masih memegang kartu {before.number_grouped}. Permohonan baru tidak bisa disetujui."
        )
    if before is not None:
        fire(before, "replace", actor=None, version=before.version, on=today)
    name, nip = _signatory(agency, actor)
    card = AK1Card.objects.create(
        application=application,
        jobseeker=person,
        kind=application.kind,
        issued_on=today,
        valid_until=valid_until,
        officer_name=name,
        officer_nip=nip,
        number=document_number(
            NUMBER_SERIES,
            on=today,
            default=NUMBER_FORMAT,
            taken=lambda number: AK1Card.objects.filter(number=number).exists(),
        ),
    )
    opened(card, actor=actor, label="Kartu diterbitkan")
    ledger.open_or_continue(actor=actor, card=card, person=person)
    return card


@transaction.atomic
def record_placement(
    *, actor, person: JobSeeker, on: date, reach: str = "", employer_class: int | None = None
) -> EpisodeEvent | None:
    """Close the person's running episode as placed on `on`, and the card with it.

    The placements room calls this for a verified placement. None when no episode was running on that day: a person
    may be placed without a card. `reach` and `employer_class` say how far the job is and who took the person on (form
    IPK III/8).
    """
    fresh = lock_person(person)
    episode = ledger.open_episode_of(fresh)
    if episode is None or on < episode.opened_on:
        return None
    card = AK1Card.objects.active().filter(jobseeker=fresh).first()
    if card is not None:
        fire(card, "place", actor=actor, version=card.version, on=on)
    told = {"card": card, "reach": reach, "employer_class": employer_class}
    return ledger.append(episode, EventKind.PLACED, actor=actor, on=on, **told)


@transaction.atomic
def remove_from_register(
    card: AK1Card, *, actor, version: int, reason: str, comment: str, on: date | None = None
) -> AK1Card:
    """Take the holder off the register of job seekers, with one of RemovalReason and a comment.

    The holder is told why and since when; nobody is written to about a death.
    """
    if reason not in RemovalReason.values:
        raise Refused("Pilih alasan penghapusan dari daftar.", field="reason")
    person = lock_person(card.jobseeker)
    day = on or clock.today()
    ended = fire(card, "remove", actor=actor, version=version, comment=comment, on=day, reason=reason)
    episode = ledger.open_episode_of(person)
    if episode is not None:
        ledger.append(episode, EventKind.REMOVED, actor=actor, on=day, card=ended, reason=reason)
    if reason != RemovalReason.DIED:
        ended.jobseeker = person
        notifications.removed(ended)
    return ended


@transaction.atomic
def record_report(card: AK1Card, *, actor, on: date | None = None, note: str = "") -> EpisodeEvent:
    """Write down that the holder reported to be still looking for work."""
    person = lock_person(card.jobseeker)
    episode = ledger.open_episode_of(person)
    if episode is None:
        raise Refused("Anda tidak sedang terdaftar sebagai pencari kerja. Ajukan kartu AK-1 lebih dulu.")
    return ledger.append(
        episode, EventKind.REPORTED, actor=actor, on=on or clock.today(), card=card, note=note
    )


@transaction.atomic
def expire(card: AK1Card) -> AK1Card:
    """End a card whose time is over, and the episode that ran under it."""
    person = lock_person(card.jobseeker)
    fresh = AK1Card.objects.get(pk=card.pk)
    ended = fire(fresh, "expire", actor=None, version=fresh.version)
    episode = ledger.open_episode_of(person)
    if episode is not None:
        day = fresh.valid_until + timedelta(days=1)
        ledger.append(episode, EventKind.EXPIRED, actor=None, on=max(day, episode.opened_on), card=ended)
    return ended
