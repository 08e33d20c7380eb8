"""The three reports of a card: when each may be given, which one a report of today is, and who is late.

A slot opens `ak1_report_window_days` before its due day and is on time until as many days after it. Later reports are
taken and marked late: a late report ends nothing by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from core import clock
from core.models.agency import AgencyProfile
from jobseekers.enums import CardState
from jobseekers.models import AK1Card, HolderReport
from jobseekers.validators import REPORT_MONTHS, add_months

SLOTS = (1, 2, 3)
SLOT_NAMES = {1: "pertama", 2: "kedua", 3: "ketiga"}


@dataclass(frozen=True)
class Slot:
    """One due report of a card: `opens` and `closes` are the first and last day on which it is on time."""

    number: int
    due: date
    opens: date
    closes: date
    report: HolderReport | None = None

    def is_open(self, day: date) -> bool:
        """It may be given on that day, late or not."""
        return self.report is None and day >= self.opens

    def is_late(self, day: date) -> bool:
        """It was not given while it was on time."""
        return self.report is None and day > self.closes

    @property
    def name(self) -> str:
        """ "Laporan pertama"."""
        return f"Laporan {SLOT_NAMES[self.number]}"


def window() -> timedelta:
    """The days before and after the due day on which a report is on time (policy)."""
    return timedelta(days=AgencyProfile.current().policy("ak1_report_window_days"))


def slots_of(card: AK1Card, reports: Iterable[HolderReport] | None = None) -> list[Slot]:
    """The due reports of the card, each with what was given; a slot that falls behind the card's last day is none."""
    given = {report.slot: report for report in (card.holder_reports.all() if reports is None else reports)}
    days = window()
    return [
        Slot(number, due, due - days, due + days, given.get(number))
        for number, due in zip(SLOTS, card.report_days, strict=True)
        if due < card.valid_until
    ]


def slot_on(slots: list[Slot], day: date) -> Slot | None:
    """The slot that a report of that day fills: the last one that has opened, unless it is filled."""
    opened = [slot for slot in slots if slot.opens <= day]
    return opened[-1] if opened and opened[-1].report is None else None


def next_slot(slots: list[Slot], day: date) -> Slot | None:
    """The first slot that has not opened yet."""
    return next((slot for slot in slots if slot.opens > day), None)


def late_slot(slots: list[Slot], day: date) -> Slot | None:
    """The slot because of which the holder is late: the last that is over, if neither it nor a later one is given."""
    over = [slot for slot in slots if slot.closes < day]
    if not over or any(slot.report for slot in slots if slot.number >= over[-1].number):
        return None
    return over[-1]


def issued_before(day: date, months: int) -> date:
    """The last day of issue whose report, so many months later, was due before `day`."""
    issued = add_months(day, -months) + timedelta(days=4)
    while add_months(issued, months) >= day:
        issued -= timedelta(days=1)
    return issued


def late_cards(day: date | None = None) -> Q:
    """The condition of cards that hold and whose holder is late on `day`; says the same as `late_slot`."""
    day = day or clock.today()
    over = [issued_before(day - window(), months) for months in REPORT_MONTHS]
    found = Q(pk__in=())
    for number, last, first in zip(SLOTS, over, [*over[1:], None], strict=True):
        span = Q(issued_on__lte=last) & (Q(issued_on__gt=first) if first else Q())
        given = HolderReport.objects.filter(card=OuterRef("pk"), slot__gte=number)
        found |= span & ~Exists(given)
    return Q(state=CardState.ACTIVE, valid_until__gte=day) & found
