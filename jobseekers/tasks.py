"""Background work: cards whose time is over, reminders of reports, notices of a data breach."""

from datetime import time, timedelta

from django.db.models import Exists, OuterRef

from core import clock
from core.jobs import JobRun, job
from jobseekers.enums import CardState, LinkPurpose
from jobseekers.models import AK1Card, HolderReport, OneTimeLink
from jobseekers.reporting import SLOTS, window
from jobseekers.services.breaches import TELL, send_notices
from jobseekers.services.cards import expire
from jobseekers.services.holder_reports import remind
from jobseekers.validators import REPORT_MONTHS, add_months

EXPIRE = "jobseekers.expire_cards"
REMIND = "jobseekers.remind_reports"
BATCH = 100


@job(EXPIRE, daily_at=time(0, 10))
def expire_cards(run: JobRun) -> None:
    """End every card that is past its last day, each with its episode; done twice it finds nothing left."""
    due = AK1Card.objects.active().filter(valid_until__lt=clock.today()).order_by("pk")
    total = due.count()
    done = 0
    while batch := list(due[:BATCH]):
        for card in batch:
            done += 1
            with run.step(done=done, total=max(total, done)):
                if AK1Card.objects.filter(pk=card.pk, state=CardState.ACTIVE).exists():
                    expire(card)


@job(TELL)
def tell_breach(run: JobRun) -> None:
    """Send the written notice of a data breach to everybody it touches."""
    send_notices(run)


def _to_remind() -> list[tuple[int, int]]:
    """Cards whose report may be given now: (key, slot). A few days too many; `remind` looks at each closely."""
    today, days, clipped = clock.today(), window(), timedelta(days=4)
    found = []
    for number, months in zip(SLOTS, REPORT_MONTHS, strict=True):
        first = add_months(today - days, -months) - clipped
        last = add_months(today + days, -months) + clipped
        told = HolderReport.objects.filter(card=OuterRef("pk"), slot=number)
        mailed = OneTimeLink.objects.filter(
            card=OuterRef("pk"), slot=number, purpose=LinkPurpose.SIX_MONTH_REPORT
        )
        due = AK1Card.objects.active().filter(issued_on__range=(first, last)).exclude(Exists(told))
        found += [
            (pk, number) for pk in due.exclude(Exists(mailed)).order_by("pk").values_list("pk", flat=True)
        ]
    return found


@job(REMIND, daily_at=time(6, 30))
def remind_reports(run: JobRun) -> None:
    """Remind each holder once a slot, on the first day on which it may be given; done twice it tells nobody twice."""
    due = _to_remind()
    for done, (pk, number) in enumerate(due, start=1):
        with run.step(done=done, total=len(due)):
            remind(AK1Card.objects.select_related("jobseeker").get(pk=pk), number)
