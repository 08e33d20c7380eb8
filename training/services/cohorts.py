"""Cohorts: planned, opened, run."""

from datetime import date

from django.db import transaction

from core.workflow import NotAllowed, opened, revise
from training import permissions, validators
from training.models import TrainingCohort, TrainingProgramme

CHANGEABLE = ("provider", "name", "sub_activity", "hours", "starts_on", "ends_on", "quota", "place")


@transaction.atomic
def plan_cohort(
    *,
    actor,
    programme: TrainingProgramme,
    name: str,
    funding_source: str,
    starts_on: date,
    ends_on: date,
    quota: int,
    **fields,
) -> TrainingCohort:
    """Save a planned cohort. Raises NotAllowed, or ValidationError by field."""
    if actor is not None and not permissions.can_run_trainings(actor):
        raise NotAllowed("Angkatan pelatihan hanya diatur oleh petugas pelatihan.")
    cohort = TrainingCohort(
        programme=programme,
        name=" ".join(name.split()),
        funding_source=funding_source,
        starts_on=starts_on,
        ends_on=ends_on,
        quota=quota,
        **fields,
    )
    cohort.clean_fields(exclude=["state"])
    cohort.clean()
    cohort.save()
    opened(cohort, actor=actor, label="Angkatan direncanakan")
    return cohort


@transaction.atomic
def change_cohort(
    cohort: TrainingCohort, *, actor, version: int, comment: str = "", **changes
) -> TrainingCohort:
    """Change dates, seats or place of a cohort. Fewer seats than people accepted raise ValidationError."""
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"unknown fields of a cohort: {sorted(unknown)}")
    if actor is not None and not permissions.can_run_trainings(actor):
        raise NotAllowed("Angkatan pelatihan hanya diatur oleh petugas pelatihan.")
    written = revise(
        cohort, actor=actor, version=version, label="Angkatan diubah", comment=comment, **changes
    )
    validators.require_seats(written.enrolments.seated().count(), written.quota)
    return written
