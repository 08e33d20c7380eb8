"""AK-1 applications, cards and the ledger of episodes."""

import datetime as dt

from accounts.enums import Role
from core import bulk
from core.bulk import Step, write
from core.clock import at
from core.models.agency import AgencyProfile
from core.numbering import document_number
from jobseekers.enums import (
    ApplicationKind,
    ApplicationState,
    CardState,
    EventKind,
    Origin,
    ReplacementReason,
)
from jobseekers.models import (
    AK1Application,
    AK1Card,
    CardPrint,
    DesiredOccupation,
    Episode,
    EpisodeCell,
    EpisodeEvent,
)
from jobseekers.services.cards import NUMBER_FORMAT, NUMBER_SERIES
from jobseekers.services.ledger import cell_of, delta_of
from jobseekers.validators import add_months, age_group, last_valid_day
from portal.demo.chance import Chance
from portal.demo.reports import ReportBook
from portal.demo.story import NEW, REPLACEMENT
from portal.demo.world import Person, World

VALID_MONTHS = 24
MOST_CARDS = 3
"""A card of two years before, its renewal or a new one, and a replacement."""
NOTES = {
    ApplicationState.RETURNED: "Pas foto kurang terang. Unggah foto lain dengan latar polos.",
    ApplicationState.REJECTED: "Data diri tidak sesuai dengan KTP yang ditunjukkan.",
}
REMOVAL_NOTE = "Dilaporkan sendiri oleh pemegang kartu."


class CardOffice:
    """Issues the demo's cards: applications first, then cards in order of issue, then the ledger."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance: Chance = world.chance("cards")
        self.officer = world.staff(Role.PLACEMENT_OFFICER)
        self.cards: dict[Person, list[AK1Card]] = {}
        self.reports = ReportBook(world)

    def issue(self, people: list[Person]) -> None:
        """Write applications and cards of all holders.

        Numbers follow the order of issue; what a card follows is written before it.
        """
        holders = [person for person in people if person.holder]
        wanted = sorted(
            ((day, place, turn, kind, person) for place, person in enumerate(holders)
             for turn, (day, kind) in enumerate(_cards_of(person))),
            key=lambda item: item[:2],
        )  # fmt: skip
        numbers = {
            (person, turn): document_number(NUMBER_SERIES, on=day, default=NUMBER_FORMAT)
            for day, _, turn, _, person in wanted
        }
        for turn in range(MOST_CARDS):
            self._issue_turn([w for w in wanted if w[2] == turn], numbers)
        for person in holders:
            person.card = self.cards[person][-1]

    def _issue_turn(self, wanted: list[tuple], numbers: dict[tuple[Person, int], str]) -> None:
        """Write the first, second or third cards of people."""
        sent = [
            (person, day, kind, *self._application(person, day, kind)) for day, _, _, kind, person in wanted
        ]
        write(AK1Application, [(application, steps) for *_, application, steps in sent])
        made = []
        for (person, day, kind, application, _), (_, _, turn, _, _) in zip(sent, wanted, strict=True):
            card = self._card(person, day, kind, application, numbers[person, turn])
            self.cards.setdefault(person, []).append(card)
            made.append((card, self._card_steps(person, card)))
        write(AK1Card, made)
        write(CardPrint, [self._printed(card) for card, _ in made])

    def _printed(self, card: AK1Card) -> tuple[CardPrint, list[Step]]:
        """The line of the print register: every card was printed once, when it was issued."""
        when = at(card.issued_on, 10)
        row = CardPrint(card=card, copy_no=1, printed_at=when, printed_by=self.officer)
        return row, [Step(when, "Kartu dicetak", self.officer)]

    def _application(self, person: Person, day: dt.date, kind: str) -> tuple[AK1Application, list[Step]]:
        before = self.world.days.until_day(day - dt.timedelta(days=self.chance.number(0, 3)))
        sender, states, held = person.user or self.officer, ApplicationState, self.cards.get(person, [])
        application = AK1Application(
            uid=self.chance.uid(),
            jobseeker=person.row,
            kind=kind,
            reason=self.chance.pick(ReplacementReason.values) if kind == REPLACEMENT else "",
            previous_card=held[-1] if held else None,
            origin=Origin.ONLINE if person.online else Origin.DESK,
            state=states.APPROVED,
            submitted_at=at(before, 8, 40),
            decided_at=at(day, 10),
            decided_by=self.officer,
        )
        return application, [
            Step(at(before, 8, 15), "Permohonan dibuat", sender),
            Step(at(before, 8, 40), "Kirim permohonan", sender, "submit", states.DRAFT, states.SUBMITTED),
            Step(
                at(day, 10),
                "Setujui dan terbitkan kartu",
                self.officer,
                "approve",
                states.SUBMITTED,
                states.APPROVED,
            ),
        ]

    def _card(
        self, person: Person, day: dt.date, kind: str, application: AK1Application, number: str
    ) -> AK1Card:
        held, agency = self.cards.get(person, []), AgencyProfile.current()
        return AK1Card(
            uid=self.chance.uid(),
            application=application,
            jobseeker=person.row,
            kind=kind,
            issued_on=day,
            valid_until=held[-1].valid_until if kind == REPLACEMENT else last_valid_day(day, VALID_MONTHS),
            officer_name=agency.policy("ak1_signatory_name"),
            officer_nip=agency.policy("ak1_signatory_nip"),
            number=number,
            print_count=1,
            **_end(person, day),
        )

    def _card_steps(self, person: Person, card: AK1Card) -> list[Step]:
        steps = [Step(at(card.issued_on, 10), "Kartu diterbitkan", self.officer)]
        active = CardState.ACTIVE
        if card.state == CardState.REPLACED:
            steps.append(
                Step(
                    at(card.ended_on, 10),
                    "Ganti dengan kartu baru",
                    None,
                    "replace",
                    active,
                    CardState.REPLACED,
                )
            )
        elif card.state == CardState.PLACED:
            steps.append(
                Step(
                    at(person.verified_on, 11),
                    "Catat sudah bekerja",
                    self.officer,
                    "place",
                    active,
                    CardState.PLACED,
                )
            )
        elif card.state == CardState.REMOVED:
            label = "Hapus dari daftar pencari kerja"
            steps.append(
                Step(
                    at(card.ended_on, 14),
                    label,
                    self.officer,
                    "remove",
                    active,
                    CardState.REMOVED,
                    REMOVAL_NOTE,
                )
            )
        return steps

    def write_ledger(self, people: list[Person]) -> None:
        """Write episodes and events of all holders, once it is known who took them on."""
        holders, made = [person for person in people if person.holder], []
        first = DesiredOccupation.objects.filter(position=0).values_list("jobseeker", "occupation__code")
        self.wanted = {person: code[:1] for person, code in first}
        for person in holders:
            cards = self.cards[person]
            made.append((self._episode(person, cards[0]), self._episode_steps(person, cards[0])))
        episodes = write(Episode, made)
        events = [
            event
            for person, episode in zip(holders, episodes, strict=True)
            for event in self._events(person, episode)
        ]
        bulk.create(EpisodeCell, [_cell(episode) for episode in episodes], actor=None, reason="")
        self.reports.write(holders, self.cards)
        bulk.create(EpisodeEvent, sorted(events, key=lambda event: event.recorded_at), actor=None, reason="")

    def _episode(self, person: Person, card: AK1Card) -> Episode:
        row = person.row
        return Episode(
            uid=self.chance.uid(),
            jobseeker=row,
            card=card,
            opened_on=card.issued_on,
            closed_on=person.left_for_work_on or person.removed_on,
            sex=row.sex,
            birth_date=row.birth_date,
            age_group=age_group(row.birth_date, card.issued_on),
            education_id=row.education_id,
            village=row.village,
            occupation_group=self.wanted.get(row.pk, ""),
        )

    def _episode_steps(self, person: Person, card: AK1Card) -> list[Step]:
        steps = [Step(at(card.issued_on, 10), "Episode dibuka", self.officer)]
        if person.left_for_work_on is not None:
            steps.append(Step(at(person.verified_on, 11), EventKind.PLACED.label, self.officer))
        elif person.removed:
            steps.append(Step(at(person.removed_on, 14), EventKind.REMOVED.label, self.officer))
        return steps

    def _events(self, person: Person, episode: Episode) -> list[EpisodeEvent]:
        cards, events = self.cards[person], []

        def add(
            kind: str, on: dt.date, card: AK1Card, recorded: dt.datetime, **told: str | int | None
        ) -> None:
            events.append(
                EpisodeEvent(
                    episode=episode,
                    kind=kind,
                    on=on,
                    card=card,
                    recorded_at=recorded,
                    recorded_by=self.officer,
                    delta=delta_of(kind),
                    **cell_of(episode),
                    **told,
                )
            )

        add(EventKind.REGISTERED, cards[0].issued_on, cards[0], at(cards[0].issued_on, 10))
        for card in cards[1:]:
            add(
                EventKind.REPORTED, card.issued_on, card, at(card.issued_on, 10), note=card.get_kind_display()
            )
        due = self._report_day(person)
        if due is not None:
            add(EventKind.REPORTED, due, cards[-1], at(due, 13))
            self.reports.add(person, cards, due)
        if person.left_for_work_on is not None:
            add(
                EventKind.PLACED,
                person.left_for_work_on,
                cards[-1],
                at(person.verified_on, 11),
                reach=person.start.reach,
                employer_class=person.start.employer_class,
            )
        elif person.removed:
            add(
                EventKind.REMOVED,
                person.removed_on,
                cards[-1],
                at(person.removed_on, 14),
                reason=person.removed,
            )
        return events

    def _report_day(self, person: Person) -> dt.date | None:
        """The day near six months after issue on which some of those still looking reported."""
        due = self.world.days.from_day(
            add_months(person.card_on, 6) - dt.timedelta(days=self.chance.number(0, 9))
        )
        end = person.left_for_work_on or person.removed_on or self.world.today
        reported = self.chance.happens(self.world.city.records["cards"]["reported"])
        return due if reported and person.card_on < due < end else None

    def keep_waiting(self, people: list[Person]) -> None:
        """Write the applications that are not decided on the demo day, and those decided without a card."""
        write(AK1Application, [self._waiting(person) for person in people])

    def _waiting(self, person: Person) -> tuple[AK1Application, list[Step]]:
        states, state, sender = ApplicationState, person.waits, person.user or self.officer
        days = self.world.days.between(self.world.today - dt.timedelta(days=12), self.world.today)
        sent = days[self.chance.number(0, len(days) - 2)]
        decided = self.world.days.from_day(sent + dt.timedelta(days=1))
        application = AK1Application(
            uid=self.chance.uid(),
            jobseeker=person.row,
            kind=ApplicationKind.NEW,
            origin=Origin.ONLINE if person.online else Origin.DESK,
            state=state,
            officer_note=NOTES.get(state, ""),
        )
        steps = [Step(at(sent, 8, 15), "Permohonan dibuat", sender)]
        if state == states.DRAFT:
            return application, steps
        application.submitted_at = at(sent, 8, 40 + self.chance.number(0, 19))
        steps.append(
            Step(
                application.submitted_at, "Kirim permohonan", sender, "submit", states.DRAFT, states.SUBMITTED
            )
        )
        if state == states.SUBMITTED:
            return application, steps
        names = {
            states.RETURNED: ("return_", "Kembalikan untuk diperbaiki"),
            states.REJECTED: ("reject", "Tolak"),
            states.WITHDRAWN: ("withdraw", "Batalkan permohonan"),
        }
        name, label = names[state]
        actor = sender if state == states.WITHDRAWN else self.officer
        if state != states.RETURNED:
            application.decided_at, application.decided_by = at(decided, 13), actor
        steps.append(
            Step(at(decided, 13), label, actor, name, states.SUBMITTED, state, comment=NOTES.get(state, ""))
        )
        return application, steps


def _cards_of(person: Person) -> list[tuple[dt.date, str]]:
    """Return (day, kind) of each card of a person, in order; none when the person holds no card."""
    if not person.holder:
        return []
    found = [(person.card_on, person.card_kind)]
    if person.earlier_on is not None:
        found.insert(0, (person.earlier_on, NEW))
    if person.replaced_on is not None:
        found.append((person.replaced_on, REPLACEMENT))
    return found


def _end(person: Person, day: dt.date) -> dict:
    """Return state and end of the card issued on `day`: a later card, a job or a removal ends it."""
    later = [other for other, _ in _cards_of(person) if other > day]
    if later:
        return {"state": CardState.REPLACED, "ended_on": later[0]}
    if person.placed_on is not None:
        return {"state": CardState.PLACED, "ended_on": person.placed_on}
    if person.removed:
        return {"state": CardState.REMOVED, "ended_on": person.removed_on, "removal_reason": person.removed}
    return {}


def _cell(episode: Episode) -> EpisodeCell:
    """Return the one cell of an episode that nobody corrected."""
    return EpisodeCell(
        episode=episode,
        jobseeker_id=episode.jobseeker_id,
        since=episode.opened_on,
        until=episode.closed_on,
        **cell_of(episode),
    )
