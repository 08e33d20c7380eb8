"""Printing cards: one alone, or a day's cards in one file; each printing is a line of the register.

The lines of a batch are written first, few at a time, then the paper is drawn from the lines. So a job that is killed
goes on where it was: no card twice in a batch, none that was counted left out.
"""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from core import audit, clock, exports, jobs
from core.errors import Refused
from core.formats import date_long
from core.models.files import DownloadFile
from core.models.job import Job, JobState
from core.workflow import revise
from jobseekers.enums import CardState
from jobseekers.models import AK1Card, CardPrint, PrintBatch

BATCH_JOB = "jobseekers.print_batch"
AT_ONCE = 25


def _line(card: AK1Card, *, actor, version: int, batch: PrintBatch | None = None) -> CardPrint:
    """Count one printing and write its line. Call it with the card locked."""
    label = "Kartu dicetak" if batch is None else "Kartu dicetak bersama"
    printed = revise(card, actor=actor, version=version, label=label, print_count=card.print_count + 1)
    return CardPrint.objects.create(
        card=printed, batch=batch, copy_no=printed.print_count, printed_at=clock.now(), printed_by=actor
    )


@transaction.atomic
def count_print(card: AK1Card, *, actor, version: int) -> AK1Card:
    """Note that the card was printed once more. Raises Refused when it no longer holds, StaleRecord."""
    fresh = AK1Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
    if fresh.state != CardState.ACTIVE:
        raise Refused("Kartu ini sudah tidak berlaku, jadi tidak bisa dicetak lagi.")
    return _line(fresh, actor=actor, version=version).card


def cards_to_print(day: date, *, again: bool = False) -> QuerySet[AK1Card]:
    """The cards issued on `day` that hold and were not printed yet, or with `again` all that hold."""
    cards = AK1Card.objects.active().filter(issued_on=day)
    return cards if again else cards.filter(print_count=0)


@transaction.atomic
def order_batch(*, actor, day: date, again: bool = False) -> PrintBatch:
    """Order the file of a day's cards; it comes to the officer's Unduhan. Raises Refused when there is none.

    An earlier order of the same day that failed is taken up again: its lines are in the register already.
    """
    failed = PrintBatch.objects.select_for_update(of=("self",)).filter(
        day=day, job__state=JobState.FAILED, made_by=actor
    )
    stranded = failed.select_related("job").first()
    if stranded is not None:
        jobs.retry(stranded.job)
        return stranded
    if not cards_to_print(day, again=again).exists():
        raise Refused(
            f"Tidak ada kartu berlaku yang terbit {date_long(day)}{'' if again else ' dan belum dicetak'}.",
            field="day",
        )
    batch = PrintBatch.objects.create(day=day, made_at=clock.now(), made_by=actor)
    row = exports.announce(owner=actor, title=f"Kartu AK-1 terbit {date_long(day)}", format="pdf")
    payload = {"batch": batch.pk, "download": str(row.uid), "again": again}
    row.job = batch.job = jobs.enqueue(BATCH_JOB, key=str(batch.pk), payload=payload, actor=actor)
    row.save(update_fields=["job"])
    batch.save(update_fields=["job"])
    audit.record("jobseekers.batch_ordered", actor=actor, detail={"batch": batch.pk, "day": day.isoformat()})
    return batch


ON_PAPER = ("jobseeker__village__parent__parent", "jobseeker__education", "jobseeker__photo")
"""What a card's paper shows of other rows."""


def unlisted(batch: PrintBatch, *, again: bool) -> Iterator[list[AK1Card]]:
    """The day's cards that have no line in this batch yet, a few at a time, in the order of their issue."""
    after = 0
    cards = cards_to_print(batch.day, again=again).exclude(prints__batch=batch)
    cards = cards.select_related(*ON_PAPER).order_by("pk")
    while few := list(cards.filter(pk__gt=after)[:AT_ONCE]):
        yield few
        after = few[-1].pk


def list_cards(batch: PrintBatch, cards: list[AK1Card]) -> int:
    """Write the lines of some cards in the batch, each once; return how many. Call it inside the job's step.

    Cards that ended or were printed by somebody else since they were chosen are left out.
    """
    wanted = AK1Card.objects.active().filter(pk__in=[card.pk for card in cards])
    found = wanted.exclude(prints__batch=batch).select_for_update(of=("self",)).order_by("pk")
    written, seen = 0, {card.pk: card.print_count for card in cards}
    for card in found:
        if card.print_count != seen[card.pk]:
            continue
        _line(card, actor=batch.made_by, version=card.version, batch=batch)
        audit.record("jobseekers.card_printed", actor=batch.made_by, obj=card)
        written += 1
    return written


def listed(batch: PrintBatch) -> int:
    """How many lines a batch has."""
    return CardPrint.objects.filter(batch=batch).count()


def cards_of(batch: PrintBatch) -> list[AK1Card]:
    """The batch's cards as they are printed, in the order of issue, with all that the paper shows loaded."""
    return list(AK1Card.objects.filter(prints__batch=batch).select_related(*ON_PAPER).order_by("pk"))


def download_of(work: jobs.JobRun | Job) -> DownloadFile:
    """The announced file of a batch's job."""
    return DownloadFile.objects.select_related("owner").get(uid=work.payload["download"])
