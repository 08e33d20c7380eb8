"""Six-monthly reports of the demo's card holders: most gave theirs, some are late, a few say that they work."""

import datetime as dt

from core import bulk, clock
from jobseekers.enums import CardState, HolderStatus, ReportChannel
from jobseekers.models import AK1Card, HolderReport
from jobseekers.reporting import slot_on, slots_of
from placements.services.self_reports import keep
from portal.demo.world import Person, World

WORKPLACES = ("Toko Roti Contoh", "Bengkel Motor Contoh", "")
"""Who told the office of work in the last days; without a name it is their own business."""


class ReportBook:
    """Keeps what holders reported while the ledger is written, then writes all at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = world.chance("reports")
        self.made: list[HolderReport] = []

    def add(self, person: Person, cards: list[AK1Card], on: dt.date) -> None:
        """Note that the holder said on that day to be still looking, on the card held then."""
        card = [held for held in cards if held.issued_on <= on][-1]
        slot = slot_on(slots_of(card, []), on)
        channel = ReportChannel.ACCOUNT if person.online and person.user else ReportChannel.DESK
        self.made.append(
            HolderReport(
                uid=self.chance.uid(),
                jobseeker=person.row,
                card=card,
                slot=slot.number if slot else 0,
                on=on,
                late=bool(slot and slot.is_late(on)),
                status=HolderStatus.LOOKING,
                channel=channel,
                recorded_by=person.user if channel == ReportChannel.ACCOUNT else None,
            )
        )

    def write(self, holders: list[Person], cards: dict[Person, list[AK1Card]]) -> None:
        """Write the reports, and the words of a few who say that they work."""
        bulk.create(HolderReport, self.made, actor=None, reason="Laporan enam bulanan")
        looking = [
            person
            for person in holders
            if cards[person][-1].state == CardState.ACTIVE and cards[person][-1].issued_on < self.world.today
        ]
        chosen = self.chance.some(looking, min(len(WORKPLACES), len(looking)))
        for person, place in zip(chosen, WORKPLACES, strict=False):
            self._works(person, cards[person][-1], place)

    def _works(self, person: Person, card: AK1Card, place: str) -> None:
        told_on = self.world.days.until_day(self.world.today - dt.timedelta(days=self.chance.number(0, 4)))
        on = max(told_on, card.issued_on)
        with clock.frozen(clock.at(on, 14)):
            report = HolderReport.objects.create(
                uid=self.chance.uid(),
                jobseeker=person.row,
                card=card,
                slot=0,
                on=on,
                status=HolderStatus.WORKING if place else HolderStatus.SELF_EMPLOYED,
                employer_name=place,
                occupation="" if place else "Jahitan rumahan",
                since=on,
                channel=ReportChannel.LINK,
            )
            keep(report)
