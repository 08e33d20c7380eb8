"""What this room does when a lower floor opens a door."""

from django.dispatch import receiver

from employers.signals import hire_reported
from jobseekers.enums import EventKind, RemovalReason
from jobseekers.signals import life_event, person_erased, self_reported
from placements import notifications
from placements.services import book_hire, forget_person
from placements.services.self_reports import keep


@receiver(hire_reported, dispatch_uid="placements.book_hire")
def on_hire_reported(sender, *, company, jobseeker, started_on, contract_type, actor=None, **known) -> None:
    """Book the hire as a report of the online channel.

    The door's facts: ``company``, ``jobseeker``, ``started_on``, ``contract_type`` (placements.enums), and as far as
    known ``position``, ``occupation``, ``wage_band``, ``actor`` (who told). Runs in the sender's transaction; a
    refusal (a date in the future, a merged person) is the sender's to show.
    """
    facts = {name: known[name] for name in ("position", "occupation", "wage_band") if name in known}
    book_hire(
        actor=actor,
        company=company,
        jobseeker=jobseeker,
        started_on=started_on,
        contract_type=contract_type,
        **facts,
    )


@receiver(life_event, dispatch_uid="placements.found_work")
def on_life_event(sender, *, event, **kwargs) -> None:
    """Somebody left the register because of work: perhaps a placement that nobody reported."""
    if event.kind == EventKind.REMOVED and event.reason == RemovalReason.FOUND_WORK:
        notifications.found_work(event)


@receiver(person_erased, dispatch_uid="placements.forget_person")
def on_person_erased(sender, *, person, actor, **kwargs) -> None:
    """Drop the evidence files of an erased person."""
    forget_person(person, actor=actor)


@receiver(self_reported, dispatch_uid="placements.keep_word")
def on_self_reported(sender, *, report, **kwargs) -> None:
    """A holder says they work: a task for the pengantar kerja, no placement."""
    keep(report)
