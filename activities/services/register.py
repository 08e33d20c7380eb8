"""Activities: recorded, amended, struck from the register."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import permissions, validators
from activities.enums import ActivityState, ParticipantCategory
from activities.models import Activity, ActivityParticipants
from core import clock
from core.workflow import NotAllowed, WrongState, opened, revise

FIELDS = (
    "held_on",
    "ended_on",
    "sub_activity",
    "kind",
    "title",
    "place",
    "output_unit",
    "output_quantity",
    "notes",
    "evidence",
)
MOST_PARTICIPANTS = 100_000
"""More people than this in one category is a slip of the keyboard."""

Counts = Iterable[tuple[str, int, int]]
"""(category, men, women)."""


def _require_keeper(actor) -> None:
    if actor is not None and not permissions.can_keep_activities(actor):
        raise NotAllowed("Register kegiatan hanya diisi oleh petugas bidang.")


def _checked_counts(participants: Counts) -> list[tuple[str, int, int]]:
    """Return the categories with people; raise ValidationError for an unknown one, a double, or impossible counts."""
    found: dict[str, tuple[int, int]] = {}
    for category, male, female in participants:
        if category not in ParticipantCategory.values:
            raise ValidationError({"participants": "Kelompok peserta tidak dikenal. Pilih dari daftar."})
        if category in found:
            label = ParticipantCategory(category).label
            raise ValidationError({"participants": f"Kelompok “{label}” tertulis dua kali."})
        if min(male, female) < 0 or max(male, female) > MOST_PARTICIPANTS:
            raise ValidationError(
                {"participants": "Jumlah peserta harus 0 sampai 100.000 orang per kelompok."}
            )
        if male or female:
            found[category] = (male, female)
    return [(category, male, female) for category, (male, female) in found.items()]


def _check(activity: Activity) -> None:
    activity.clean_fields(exclude=["state"])
    activity.clean()
    problem = validators.future_problem(activity.held_on, clock.today())
    if problem:
        raise ValidationError({"held_on": problem})
    problem = validators.future_problem(activity.ended_on, clock.today())
    if problem:
        raise ValidationError({"ended_on": problem})


@transaction.atomic
def record_activity(
    *, actor, held_on: date, kind: str, title: str, participants: Counts = (), **fields
) -> Activity:
    """Save an activity that has taken place, with its participants. Raises NotAllowed, or ValidationError by field."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields of an activity: {sorted(unknown)}")
    _require_keeper(actor)
    counts = _checked_counts(participants)
    activity = Activity(held_on=held_on, kind=kind, title=" ".join(title.split()), **fields)
    _check(activity)
    activity.save()
    opened(activity, actor=actor, label="Kegiatan dicatat")
    _write_counts(activity, counts)
    return activity


@transaction.atomic
def amend_activity(
    activity: Activity,
    *,
    actor,
    version: int,
    comment: str = "",
    participants: Counts | None = None,
    **changes,
) -> Activity:
    """Change an activity; `participants`, when given, replaces all counts. Raises as `record_activity`, StaleRecord."""
    unknown = set(changes) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields of an activity: {sorted(unknown)}")
    _require_keeper(actor)
    counts = None if participants is None else _checked_counts(participants)
    trial = Activity.objects.get(pk=activity.pk)
    if trial.state != ActivityState.RECORDED:
        raise WrongState("Kegiatan ini sudah dicoret dari register. Batalkan coretannya dulu.")
    for name, value in changes.items():
        setattr(trial, name, value)
    _check(trial)
    written = revise(
        activity, actor=actor, version=version, label="Kegiatan diubah", comment=comment, **changes
    )
    if counts is not None:
        _write_counts(written, counts)
    return written


def _write_counts(activity: Activity, counts: list[tuple[str, int, int]]) -> None:
    """Make the stored counts equal to `counts`, touching only rows that differ."""
    wanted = {category: (male, female) for category, male, female in counts}
    for row in activity.participants.all():
        if row.category not in wanted:
            row.delete()
            continue
        male, female = wanted.pop(row.category)
        if (row.male, row.female) != (male, female):
            row.male, row.female = male, female
            row.save()
    for category, (male, female) in wanted.items():
        ActivityParticipants.objects.create(activity=activity, category=category, male=male, female=female)
