"""The ledger of episodes: registered, reported, placed, removed, expired."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from core import clock
from core.errors import Refused
from core.workflow import opened, revise
from jobseekers.enums import CLOSING_EVENTS, GROWING_EVENTS, SHRINKING_EVENTS, EventKind
from jobseekers.models import AK1Card, DesiredOccupation, Episode, EpisodeCell, EpisodeEvent, JobSeeker
from jobseekers.signals import life_event
from jobseekers.validators import age_group

CELL = ("sex", "age_group", "education_id", "village_id")
"""What a registered person is counted by."""


def open_episode_of(person: JobSeeker) -> Episode | None:
    """Return the person's running episode."""
    return Episode.objects.open().filter(jobseeker=person).first()


def cell_of(row: Episode | EpisodeCell | EpisodeEvent) -> dict:
    """Return the cell of a row by attribute name."""
    return {name: getattr(row, name) for name in CELL}


def delta_of(kind: str) -> int:
    """Return by how much an event moves the number of registered people in its cell."""
    return (kind in GROWING_EVENTS) - (kind in SHRINKING_EVENTS)


def wanted_group(person: JobSeeker) -> str:
    """Return the first digit of the KBJI code that the person wants most, "" for none."""
    codes = DesiredOccupation.objects.filter(jobseeker=person).values_list("occupation__code", flat=True)
    return (codes.first() or "")[:1]


@transaction.atomic
def open_or_continue(*, actor, card: AK1Card, person: JobSeeker) -> EpisodeEvent:
    """Write a new card into the ledger: a running episode goes on (REPORTED), else one opens (REGISTERED).

    The age group is that of the day of registration and stays, so that the monthly stocks balance.
    """
    episode = open_episode_of(person)
    if episode is not None:
        follow(person, actor=actor)
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
        occupation_group=wanted_group(person),
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
    reach: str = "",
    employer_class: int | None = None,
) -> EpisodeEvent:
    """Add one line to the ledger and tell who listens; a closing event also ends the episode.

    `reach` (one of Reach) and `employer_class` (one of EmployerClass) belong to a placement only.

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
        _end(cell, on)
        label = EventKind(kind).label
        episode = revise(episode, actor=actor, version=episode.version, label=label, closed_on=on)
    told = {"card": card, "reason": reason, "note": note, "reach": reach, "employer_class": employer_class}
    return _write(episode, kind, actor=actor, on=on, cell=cell_of(cell), **told)


def _end(cell: EpisodeCell, on: date) -> None:
    cell.until = on
    cell.save(update_fields=["until"])


def _write(episode: Episode, kind: str, *, actor, on: date, cell: dict, **told) -> EpisodeEvent:
    event = EpisodeEvent.objects.create(
        episode=episode,
        kind=kind,
        on=on,
        delta=delta_of(kind),
        recorded_at=clock.now(),
        recorded_by=actor,
        **cell,
        **told,
    )
    life_event.send(sender=EpisodeEvent, event=event)
    return event


def _wanted_cell(person: JobSeeker, episode: Episode, now: dict) -> dict:
    """Return the cell in which the person's data put the episode; what is not known keeps its place.

    The age group is that of the day of registration, by the birth date as it is known today.
    """
    born = person.birth_date
    return {
        "sex": person.sex or now["sex"],
        "age_group": age_group(born, episode.opened_on) if born else now["age_group"],
        "education_id": person.education_id,
        "village_id": person.village_id,
    }


@transaction.atomic
def follow(person: JobSeeker, *, actor) -> list[EpisodeEvent]:
    """Move the running episode to the cell that the person's data name; return the pair of lines, or nothing.

    Called with the person's row locked, after any change of it. A correction is written on the day it is made: one
    person less in the old cell, one more in the new one, so that what was reported of earlier months still holds
    and every month opens with what the one before closed with. An episode that has ended stays as it was counted.
    """
    episode = open_episode_of(person)
    if episode is None:
        return []
    cell = episode.cells.get(until__isnull=True)
    before = cell_of(cell)
    after = _wanted_cell(person, episode, before)
    if after == before:
        return []
    on = max(clock.today(), cell.since)
    _end(cell, on)
    EpisodeCell.objects.create(episode=episode, jobseeker_id=episode.jobseeker_id, since=on, **after)
    return [
        _write(episode, EventKind.CORRECTED_OUT, actor=actor, on=on, cell=before),
        _write(episode, EventKind.CORRECTED_IN, actor=actor, on=on, cell=after),
    ]


def cells_of(events: Iterable[EpisodeEvent]) -> list[dict]:
    """Return the cells of one episode as its ledger lines tell them, oldest first: since, until and the cell.

    The stored cells are this, kept so that the stock of a day can be asked like any other.
    """
    found: list[dict] = []
    for event in sorted(events, key=lambda event: event.pk):
        if event.delta > 0:
            found.append({"since": event.on, "until": None, **cell_of(event)})
        elif event.delta < 0:
            found[-1]["until"] = event.on
    return found
