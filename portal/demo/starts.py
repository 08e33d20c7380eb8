"""Job starts: placements, and what each channel reported about them."""

import datetime as dt

from accounts.enums import Role
from accounts.models import Institution
from core.bulk import Step, write
from core.clock import at
from employers.enums import EmployerClass
from employers.models import Company
from placements.enums import Channel, ContractType, EvidenceKind, Reach, ReportState, WageBand
from placements.models import ChannelReport, MigrantAgency, Placement, SchoolJobExchange
from portal.demo.chance import Chance
from portal.demo.names import CompanyNames
from portal.demo.world import Person, World

REPORTER_KIND = {Channel.BKK: "BKK", Channel.LPK: "LPK", Channel.CPMI: "P3MI"}
OPERATOR = {"BKK": Role.BKK_OPERATOR, "LPK": Role.LPK_OPERATOR, "P3MI": Role.P3MI_OPERATOR}
OFFICER = {Channel.PELATIHAN: Role.TRAINING_OFFICER, Channel.JOB_FAIR: Role.FAIR_OFFICER}
EVIDENCE = {
    Channel.BKK: EvidenceKind.BKK_LIST,
    Channel.LPK: EvidenceKind.EMPLOYER_CONFIRMATION,
    Channel.SIDAKEP_ONLINE: EvidenceKind.CONTRACT,
    Channel.CPMI: EvidenceKind.MIGRANT_LETTER,
    Channel.PELATIHAN: EvidenceKind.EMPLOYER_CONFIRMATION,
    Channel.JOB_FAIR: EvidenceKind.EMPLOYER_CONFIRMATION,
}
WAGES = {WageBand.BELOW: 24, WageBand.MINIMUM: 43, WageBand.TO_ONE_AND_HALF: 18, WageBand.UNKNOWN: 15}
CONTRACTS = {
    ContractType.FIXED_TERM: 78,
    ContractType.PERMANENT: 9,
    ContractType.DAILY: 8,
    ContractType.APPRENTICE: 5,
}


class PlacementDesk:
    """Writes one placement a person and one report a channel."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.city.records["placements"]
        self.chance: Chance = world.chance("placements")
        self.officer = world.staff(Role.PLACEMENT_OFFICER)
        self.elsewhere = CompanyNames(self.chance)
        self.abroad = CompanyNames(self.chance)

    def make(self, people: list[Person]) -> None:
        """Write licences, then the placements of the year, then those that wait to be looked at."""
        self._licences()
        placed = [person for person in people if person.placed_on is not None]
        self._write([(person, person.channels, person.verified_on) for person in placed])
        idle = [p for p in people if p.group == "rest" and not p.removed and p.user is not self._login()]
        waiting = [channel for channel, count in self.plan["waiting_reports"].items() for _ in range(count)]
        days = self.world.days.between(self.world.today - dt.timedelta(days=20), self.world.today)
        made = []
        for person, channel in zip(self.chance.some(idle, len(waiting)), waiting, strict=True):
            earliest = max(person.card_on + dt.timedelta(days=1), days[0])
            person.placed_on = self.chance.pick([day for day in days if day >= earliest] or days[-1:])
            made.append((person, (channel,), None))
        self._write(made)

    def _login(self):
        return self.world.users[Role.JOBSEEKER]

    def _licences(self) -> None:
        begun, until = dt.date(self.world.year - 1, 2, 1), dt.date(self.world.year + 3, 12, 31)
        exchanges = [
            SchoolJobExchange(
                uid=self.chance.uid(),
                institution=institution,
                npsn=f"209{number:05d}",
                registration_no=f"BKK/{number:03d}/{begun.year}",
                registered_on=begun,
            )
            for number, institution in enumerate(self.world.institutions["BKK"], 1)
        ]
        agencies = [
            MigrantAgency(
                uid=self.chance.uid(),
                institution=institution,
                licence_no=f"SIP3MI/{number:03d}/{begun.year}",
                licence_until=until,
            )
            for number, institution in enumerate(self.world.institutions["P3MI"], 1)
        ]
        for model, rows in ((SchoolJobExchange, exchanges), (MigrantAgency, agencies)):
            write(model, [(row, [Step(at(begun), "Izin dicatat", self.officer)]) for row in rows])

    def _write(self, wanted: list[tuple[Person, tuple[str, ...], dt.date | None]]) -> None:
        """`wanted`: person, channels, and the day of verification (None: not looked at yet)."""
        placements, reports = [], []
        for person, channels, verified_on in wanted:
            person.start = placement = self._placement(person, channels)
            reported = self._reported_on(person, verified_on)
            placements.append((placement, [Step(at(reported, 9), "Penempatan dicatat")]))
            reports += [self._report(person, placement, c, reported, verified_on) for c in channels]
        write(Placement, placements)
        write(ChannelReport, reports)

    def _reported_on(self, person: Person, verified_on: dt.date | None) -> dt.date:
        days = self.world.days.between(person.placed_on, verified_on or self.world.today)
        return self.chance.pick(days[:-1] or days)

    def _placement(self, person: Person, channels: tuple[str, ...]) -> Placement:
        placement = Placement(
            uid=self.chance.uid(),
            jobseeker=person.row,
            started_on=person.placed_on,
            position=self.chance.pick(self.plan["positions"]),
            wage_band=self.chance.weighted(WAGES),
            primary_channel=self._primary(person, channels),
        )
        own = channels == (Channel.PELATIHAN,) and self.chance.happens(self.plan["own_business"])
        if own:
            placement.own_business, placement.contract_type = True, ContractType.OWN_BUSINESS
            placement.position = self.chance.pick(self.plan["businesses"])
            placement.employer_class = EmployerClass.PERSON
        elif Channel.CPMI in channels:
            placement.reach, placement.contract_type = Reach.AKAN, ContractType.MIGRANT
            placement.destination = self.chance.pick(self.plan["destinations_abroad"])
            placement.employer_name = f"{self.abroad.next()} ({placement.destination})"
            placement.employer_class = EmployerClass.PRIVATE_COMPANY
        else:
            self._employ(placement)
        return placement

    def _employ(self, placement: Placement) -> None:
        placement.contract_type = self.chance.weighted(CONTRACTS)
        placement.reach = self.chance.weighted(self.plan["reach"])
        if placement.reach == Reach.AKAD:
            placement.destination = self.chance.pick(self.plan["destinations_elsewhere"])
            placement.employer_name = f"{self.elsewhere.next()} ({placement.destination})"
            placement.employer_class = EmployerClass.PRIVATE_COMPANY
            return
        placement.company = self._company(placement.started_on)
        placement.employer_class = placement.company.employer_class

    def _company(self, day: dt.date) -> Company:
        while True:
            company = self.chance.pick(self.world.companies)
            if company.operating_from <= day:
                return company

    def _service_on(self, person: Person, channel: str) -> dt.date | None:
        if channel == Channel.PELATIHAN:
            return self.world.city.records["training"]["cohorts"][person.cohort]["ends_on"]
        if channel == Channel.JOB_FAIR and person.placed_on >= self.plan["job_fair_on"]:
            return self.plan["job_fair_on"]
        return None

    def _primary(self, person: Person, channels: tuple[str, ...]) -> str:
        """The channel of the last service before the start."""
        return max(channels, key=lambda channel: self._service_on(person, channel) or dt.date.min)

    def _reporter(self, person: Person, channel: str) -> tuple[Institution | None, object]:
        """Return the institution that reports through this channel and the account that does."""
        kind = REPORTER_KIND.get(channel)
        if kind is not None:
            institution = self.chance.pick(self.world.institutions[kind])
            first = institution == self.world.institutions[kind][0]
            return institution, self.world.users[OPERATOR[kind]] if first else None
        if channel in OFFICER:
            return None, self.world.users[OFFICER[channel]]
        return None, person.user

    def _report(
        self,
        person: Person,
        placement: Placement,
        channel: str,
        reported: dt.date,
        verified_on: dt.date | None,
    ) -> tuple[ChannelReport, list[Step]]:
        institution, reporter = self._reporter(person, channel)
        evidence = EvidenceKind.BUSINESS_PROOF if placement.own_business else EVIDENCE[channel]
        states = ReportState
        report = ChannelReport(
            uid=self.chance.uid(),
            placement=placement,
            channel=channel,
            institution=institution,
            reported_on=reported,
            reported_by=reporter,
            service_on=self._service_on(person, channel),
            evidence_kind=evidence,
            state=states.VERIFIED if verified_on else states.REPORTED,
            decided_on=verified_on,
        )
        steps = [Step(at(reported, 9), "Laporan penempatan dicatat", reporter)]
        if verified_on is not None:
            steps.append(
                Step(
                    at(verified_on, 11),
                    "Verifikasi",
                    self.officer,
                    "verify",
                    states.REPORTED,
                    states.VERIFIED,
                )
            )
        return report, steps
