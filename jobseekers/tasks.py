"""Background work: cards whose time is over, notices of a data breach."""

from datetime import time

from core import clock
from core.jobs import JobRun, job
from jobseekers.enums import CardState
from jobseekers.models import AK1Card
from jobseekers.services.breaches import TELL, send_notices
from jobseekers.services.cards import expire

EXPIRE = "jobseekers.expire_cards"
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
