"""What holders tell of themselves: kept, turned into a report, or set aside with a reason."""

from django.db import transaction

from core.redaction import redact
from core.workflow import fire, opened, revise
from jobseekers.models import HolderReport
from jobseekers.services.people import lock_person
from placements.enums import SelfReportState
from placements.models import ChannelReport, SelfReport
from placements.services.reports import report_placement


@transaction.atomic
def keep(told: HolderReport) -> SelfReport:
    """Put the holder's word into the officers' queue; newer news of one who waits there takes the older's place."""
    waiting = SelfReport.objects.filter(jobseeker=told.jobseeker, state=SelfReportState.OPEN).first()
    if waiting is not None:
        return revise(
            waiting,
            actor=told.recorded_by,
            version=waiting.version,
            label="Kabar yang lebih baru",
            holder_report=told,
        )
    made = SelfReport.objects.create(jobseeker=told.jobseeker, holder_report=told, told_on=told.on)
    opened(made, actor=told.recorded_by, label="Pemegang kartu mengaku bekerja")
    return made


@transaction.atomic
def book(told: SelfReport, *, actor, version: int, **report) -> ChannelReport:
    """Make a channel report of the holder's word; `report` and what is raised are those of `report_placement`.

    The report waits to be verified like any other, by another officer. Raises StaleRecord or WrongState when somebody
    dealt with it meanwhile; then no report is made.
    """
    person = lock_person(told.jobseeker)
    made = report_placement(actor=actor, jobseeker=person, **report)
    fire(told, "book", actor=actor, version=version, report=made)
    return made


@transaction.atomic
def dismiss(told: SelfReport, *, actor, version: int, comment: str) -> SelfReport:
    """Set it aside with a reason: told twice, on file already, or not true."""
    return fire(told, "dismiss", actor=actor, version=version, comment=redact(comment))
