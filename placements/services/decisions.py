"""Verifying, rejecting and taking up again."""

from django.db import transaction

from core.redaction import redact
from core.workflow import fire
from jobseekers.services.cards import record_placement
from jobseekers.services.people import lock_person
from placements import notifications
from placements.models import ChannelReport
from placements.services.primary import settle

STEPS = ("verify", "reject", "reopen")


@transaction.atomic
def decide(report: ChannelReport, step: str, *, actor, version: int, comment: str = "") -> ChannelReport:
    """Take one of STEPS on a report and tell the one who reported.

    A first verification also ends the person's running time as a job seeker, and the AK-1 card, on the day of the job
    start; taking a verification back does not revive them, since that ledger only grows. Raises StaleRecord (who was
    faster, and when), NotAllowed, WrongState, CommentRequired or Gone; then nothing is changed.
    """
    if step not in STEPS:
        raise TypeError(f"{step} is no decision")
    comment = redact(comment)
    person = lock_person(report.placement.jobseeker)
    written = fire(report, step, actor=actor, version=version, comment=comment)
    written.placement = settle(written.placement, actor=actor)
    if step == "verify":
        start = written.placement
        record_placement(
            actor=actor,
            person=person,
            on=start.started_on,
            reach=start.reach,
            employer_class=start.employer_class,
        )
    notifications.decided(written, step, actor=actor, comment=comment)
    return written
