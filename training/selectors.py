"""Reads of the training app."""

from django.db.models import Count, F, Q

from core import clock
from training.enums import SEATED, EnrolmentState
from training.models import Enrolment, TrainingCohort


def with_seats(cohorts):
    """Each cohort with ``taken`` (seats in use) and ``seats_left``."""
    taken = Count("enrolments", filter=Q(enrolments__state__in=SEATED))
    return cohorts.annotate(taken=taken).annotate(seats_left=F("quota") - F("taken"))


def open_trainings():
    """Cohorts to which the public can apply today, the next to begin first."""
    return (
        with_seats(TrainingCohort.objects.open_on(clock.today()))
        .select_related("programme", "provider__institution")
        .order_by("starts_on", "pk")
    )


def next_trainings(limit: int = 5) -> list[TrainingCohort]:
    """The next open trainings, for the front page."""
    return list(open_trainings()[:limit])


def applications_waiting(user) -> int:
    """How many applications to trainings wait for a decision."""
    return Enrolment.objects.visible_to(user).filter(state=EnrolmentState.APPLIED).count()
