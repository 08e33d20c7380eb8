"""The ledger of episodes: registered, reported, placed, removed, expired."""

from datetime import date

from django.db import transaction

from core import clock
from core.errors import Refused
from core.workflow import opened, revise
from jobseekers.enums import CLOSING_EVENTS, GROWING_EVENTS, SHRINKING_EVENTS, EventKind
from jobseekers.models import AK1Card, Episode, EpisodeCell, EpisodeEvent, JobSeeker
from jobseekers.signals import life_event
from jobseekers.validators import age_group


def open_episode_of(person: JobSeeker) -> Episode | None:
    """Return the person's running episode."""
    return Episode.objects.open().filter(jobseeker=person).first()


CELL = ("sex", "age_group", "education_id", "village_id")
"""What a registered person is counted by."""


def cell_of(row: Episode | EpisodeCell) -> dict:
    """Return the cell of a row by attribute name."""
    return {name: getattr(row, name) for name in CELL}


def delta_of(kind: str) -> int:
    """Return by how much an event moves the number of registered people in its cell."""
    return (kind in GROWING_EVENTS) - (kind in SHRINKING_EVENTS)


@transaction.atomic
def open_or_continue(*, actor, card: AK1Card, person: JobSeeker) -> EpisodeEvent:
    """Write a new card into the ledger: a running episode goes on (REPORTED), else one opens (REGISTERED).

    The age group is that of the day of registration and stays, so that the monthly stocks balance.
    """
    episode = open_episode_of(person)
    if episode is not None:
        return append(
            episode,
            EventKind.REPORTED,
            actor=actor,
            on=card.issued_on,
            card=card,
            note=card.get_kind_display(),
        )
    if person.birth_date is None:
        raise Refused("Tanggal lahir belum diisi, jadi kelompok umur belum bisa dicatat.", field="birth_date")
    episode = Episode.objects.create(
        jobseeker=person,
        card=card,
        opened_on=card.issued_on,
        sex=person.sex,
        birth_date=person.birth_date,
        age_group=age_group(person.birth_date, card.issued_on),
        education=person.education,
        village=person.village,
    )
    opened(episode, actor=actor, label="Episode dibuka")
    EpisodeCell.objects.create(episode=episode, jobseeker=person, since=card.issued_on, **cell_of(episode))
    return append(episode, EventKind.REGISTERED, actor=actor, on=card.issued_on, card=card)


def append(
    episode: Episode,
    kind: str,
    *,
    actor,
    on: date,
    card: AK1Card | None = None,
    reason: str = "",
    note: str = "",
) -> EpisodeEvent:
    """Add one line to the ledger and tell who listens; a closing event also ends the episode.

    Raises Refused when the day lies before the episode began or the episode has ended already.
    """
    if on < episode.opened_on:
        raise Refused(
            "Tanggal peristiwa lebih awal daripada tanggal pendaftaran. Periksa tanggalnya.", field="on"
        )
    if episode.closed_on is not None:
        raise Refused("Episode pencari kerja ini sudah selesai. Muat ulang halaman.")
    cell = episode.cells.get(until__isnull=True)
    if kind in CLOSING_EVENTS:
        on = max(on, cell.since)
        cell.until = on
        cell.save(update_fields=["until"])
        label = EventKind(kind).label
        episode = revise(episode, actor=actor, version=episode.version, label=label, closed_on=on)
    event = EpisodeEvent.objects.create(
        episode=episode,
        kind=kind,
        on=on,
        reason=reason,
        card=card,
        note=note,
        delta=delta_of(kind),
        recorded_at=clock.now(),
        recorded_by=actor,
        **cell_of(cell),
    )
    life_event.send(sender=EpisodeEvent, event=event)
    return event
