"""Background work: cards whose time is over, reminders, a day's cards as one file, visits, notices of a breach."""

from datetime import time, timedelta

from django.db.models import Exists, OuterRef

from core import clock, exports, files
from core.images import Content
from core.jobs import JobRun, LeaseLostError, job
from jobseekers.documents.ak1_card import render_cards, unprintable
from jobseekers.enums import BookingState, CardState, LinkPurpose
from jobseekers.models import AK1Card, HolderReport, OneTimeLink, PrintBatch, VisitBooking
from jobseekers.reporting import SLOTS, window
from jobseekers.services import printing, visits
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


BATCH_KEPT = timedelta(days=1)
"""The file holds NIK in clear: it is sealed at rest and goes after a day; the cards can be printed again."""


@job(printing.BATCH_JOB, lease=timedelta(minutes=1))
def print_batch(run: JobRun) -> None:
    """Write the lines of a day's cards, then draw them into one file for the officer's Unduhan.

    A second run finds the lines of the first, writes only those that are missing, and draws them all.
    """
    batch = PrintBatch.objects.select_related("made_by").get(pk=run.payload["batch"])
    row, left_out = printing.download_of(run), []
    done = printing.listed(batch)
    total = done + printing.cards_to_print(batch.day, again=run.payload["again"]).count()
    for few in printing.unlisted(batch, again=run.payload["again"]):
        reasons = unprintable(few)
        left_out += [f"{card.number_grouped}: {reasons[card.pk]}" for card in few if card.pk in reasons]
        with run.step(done=done, total=total):
            done += printing.list_cards(batch, [card for card in few if card.pk not in reasons])
    message = f"Tidak ikut dicetak: {'; '.join(left_out)}" if left_out else ""
    cards = printing.cards_of(batch)
    if not cards:
        with run.finish():
            exports.give_up(row, message or "Tidak ada kartu yang bisa dicetak.")
        return
    data = render_cards(cards, lambda drawn: drawn % 50 or run.progress(drawn, len(cards)))
    name = f"kartu-ak1-{batch.day.isoformat()}.pdf"
    stored = files.store(
        Content(data, "application/pdf"), actor=batch.made_by, kind=exports.KIND, name=name, sealed=True
    )
    try:
        with run.finish():
            exports.hand_over(row, stored, rows=len(cards), keep=BATCH_KEPT, message=message)
    except LeaseLostError:
        files.erase_file(stored)
        raise


@job("jobseekers.visit_reminders", daily_at=time(8, 0))
def visit_reminders(run: JobRun) -> None:
    """Remind everybody whose visit is tomorrow; done twice it finds nobody left."""
    due = VisitBooking.objects.filter(
        state=BookingState.BOOKED, reminded_at=None, slot__day=clock.today() + timedelta(days=1)
    )
    _each(run, due.select_related("jobseeker").order_by("pk"), visits.remind)


@job("jobseekers.visit_no_shows", daily_at=time(0, 20))
def visit_no_shows(run: JobRun) -> None:
    """Note those who did not come and whom nobody wrote down; done twice it finds nobody left."""
    due = VisitBooking.objects.filter(state=BookingState.BOOKED, slot__day__lt=clock.today())
    _each(run, due.select_related("jobseeker").order_by("pk"), visits.settle_missed)


def _each(run: JobRun, rows, service) -> None:
    """Call the service for each row, a step each."""
    found = list(rows)
    for done, row in enumerate(found, start=1):
        with run.step(done=done, total=len(found)):
            service(row)
