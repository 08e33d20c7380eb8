"""What is few enough to go through the services: dispute cases, vacancies, activities."""

import datetime as dt

from accounts.enums import Role
from activities.services.register import record_activity
from core import clock
from core.clock import at
from core.models.reference import EducationLevel, Region
from disputes.enums import DisputeKind, Outcome, PartyKind
from disputes.models import DisputeCase
from disputes.services import cases
from employers.enums import ContractType
from employers.services import vacancies
from messaging.services.notices import mark_read
from portal.demo.chance import deal
from portal.demo.names import person_name
from portal.demo.story import PlanDoesNotFit
from portal.demo.world import World

STEPS = {
    Outcome.BIPARTITE_AGAIN: ("clarify", "settle_bipartite"),
    Outcome.SETTLEMENT_AGREEMENT: ("open_session", "settle_agreement"),
    Outcome.RECOMMENDATION_ACCEPTED: ("open_session", "recommend", "accept", "settle_accepted"),
    Outcome.RECOMMENDATION_REJECTED: ("open_session", "recommend", "settle_rejected"),
    Outcome.WITHDRAWN: ("withdraw",),
}
"""The way of a case with a mediator to each outcome."""
WITHDRAWN = "Pemohon mencabut permohonan karena sudah ada penyelesaian di perusahaan."
OFFERED, LONGEST_GAP = "offer", 7
UNREAD_DAYS = 21


class CaseDesk:
    """Takes the plan's cases through their steps, each on its own day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.city.records["disputes"]
        self.chance = world.chance("disputes")
        self.mediator = world.staff(Role.MEDIATOR)
        self.head = world.staff(Role.SECTION_HEAD)

    def make(self) -> None:
        """Register and settle the cases of every year of the plan, in order of registration."""
        for year in self.plan["years"]:
            kinds = self.chance.shuffled(
                [kind for kind, count in year["kinds"].items() for _ in range(count)]
            )
            outcomes = self.chance.shuffled(
                [out for out, count in year["outcomes"].items() for _ in range(count)]
            )
            days = self._days(year)
            for day, kind, outcome in zip(sorted(days), kinds, outcomes, strict=True):
                self._case(day, kind, outcome)

    def _days(self, year: dict) -> list[dt.date]:
        """Registration days; those of the last month lie early in it, so that the cases can end within the year."""
        days = []
        for month, count in enumerate(year["monthly"], 1):
            found = self.world.days.month(year["year"], month)
            days += [self.chance.pick(found[:6] if month == 12 else found) for _ in range(count)]
        return days

    def _case(self, day: dt.date, kind: str, outcome: str) -> None:
        steps = ["assign", *STEPS[outcome]]
        if kind != DisputeKind.RIGHTS:
            steps.insert(0, OFFERED)
        case = self._register(day, kind)
        for name, on in zip(steps, self._dates(day, len(steps)), strict=True):
            actor = self.head if name == "assign" else self.mediator
            data = {"mediator": self.mediator} if name == "assign" else {}
            comment = WITHDRAWN if name == "withdraw" else ""
            with clock.frozen(at(on, 10)):
                case = cases.take_step(case, name, actor=actor, version=case.version, comment=comment, **data)

    def _dates(self, day: dt.date, count: int) -> list[dt.date]:
        """Return the days of so many steps after registration, all in the same year and not after today."""
        last = min(self.world.today, dt.date(day.year, 12, 31))
        free = self.world.days.between(day, last)
        gap = min(LONGEST_GAP, (len(free) - 1) // count)
        if gap < 1:
            raise PlanDoesNotFit(f"a case registered on {day} can't be settled in its year")
        place, dates = 0, []
        for _ in range(count):
            place += self.chance.number(1, gap)
            dates.append(free[place])
        return dates

    def _register(self, day: dt.date, kind: str) -> DisputeCase:
        company = self.chance.pick([c for c in self.world.companies if c.operating_from <= day])
        workers = 1 if self.chance.happens(70) else self.chance.number(2, 24)
        male = self.chance.number(0, workers)
        union = kind == DisputeKind.INTER_UNION
        party = self.chance.pick(self.world.institutions["UNION"]).name if union else None
        with clock.frozen(at(day, 9)):
            return cases.register_case(
                actor=self.mediator,
                kind=kind,
                company=company,
                applicant_kind=PartyKind.UNION if union else PartyKind.WORKER,
                applicant=party or person_name(self.chance, self.chance.pick("MF")),
                respondent=company.name,
                workers_male=male,
                workers_female=workers - male,
                summary=self.chance.pick(self.plan["summaries"][kind]),
                bipartite_from=day - dt.timedelta(days=self.chance.number(32, 60)),
                received_on=day,
            )


FILLED = (2, 3)
"""Of three openings of a closed vacancy two were filled."""


def offer_vacancies(world: World) -> None:
    """Draft, publish and close the plan's vacancies, each on its days."""
    chance, plan = world.chance("vacancies"), world.city.records["vacancies"]
    recent = world.days.between(world.today - dt.timedelta(days=24), world.today - dt.timedelta(days=1))
    past = world.days.between(dt.date(world.year, 2, 1), world.today - dt.timedelta(days=70))
    wanted = [(chance.pick(past), "close") for _ in range(plan["closed"])]
    wanted += [(chance.pick(recent), "publish") for _ in range(plan["published"])]
    wanted += [(chance.pick(recent), "submit") for _ in range(plan["submitted"])]
    for day, until in sorted(wanted):
        _vacancy(world, chance, day, until)


def _vacancy(world: World, chance, day: dt.date, until: str) -> None:
    plan, officer = world.city.records["vacancies"], world.staff(Role.PLACEMENT_OFFICER)
    mine = world.users[Role.COMPANY_OPERATOR].active_memberships[0].institution
    company = chance.pick([c for c in world.companies if c.operating_from <= day])
    if chance.happens(15):
        company = next((c for c in world.companies if c.institution_id == mine.pk), company)
    wage = chance.pick(plan["wage_from"])
    open_days = chance.number(14, 35) if until == "close" else (world.today - day).days + chance.number(7, 40)
    with clock.frozen(at(day, 9)):
        vacancy = vacancies.draft_vacancy(
            actor=officer,
            company=company,
            title=chance.pick(plan["titles"]),
            description="Uraian pekerjaan rekaan untuk contoh. Kirim lamaran lewat kantor.",
            openings_any=chance.number(1, 25),
            education_min=EducationLevel.objects.get(code=chance.pick(["SMP", "SMA", "SMK", "SMK", "D3"])),
            wage_from=wage,
            wage_to=wage + chance.pick([0, 250_000, 500_000, 900_000]),
            region=Region.objects.get(code=world.city.profile["agency"]["region"]),
            contract_type=chance.pick(
                [ContractType.FIXED_TERM, ContractType.FIXED_TERM, ContractType.PERMANENT]
            ),
            closes_on=day + dt.timedelta(days=open_days),
        )
        vacancy = vacancies.take_step(vacancy, "submit", actor=officer, version=vacancy.version)
    if until == "submit":
        return
    published = world.days.until_day(min(world.today, day + dt.timedelta(days=2)))
    with clock.frozen(at(max(day, published), 14)):
        vacancy = vacancies.take_step(vacancy, "publish", actor=officer, version=vacancy.version)
    if until == "close":
        with clock.frozen(at(world.days.from_day(vacancy.closes_on), 15)):
            filled = vacancy.openings_any * FILLED[0] // FILLED[1]
            vacancies.close_vacancy(vacancy, actor=officer, version=vacancy.version, filled_any=filled)


def record_activities(world: World) -> None:
    """Enter the plan's activities, each on the day it was held."""
    actor, chance = world.staff(Role.SECTION_HEAD), world.chance("activities")
    for activity in sorted(world.city.records["activities"], key=lambda row: row["day"]):
        counts = []
        for category, people in activity["participants"].items():
            male, female = deal(people, [chance.number(40, 60), chance.number(40, 60)])
            counts.append((category, male, female))
        with clock.frozen(at(activity["day"], 16)):
            record_activity(
                actor=actor,
                held_on=activity["day"],
                kind=activity["kind"],
                title=activity["title"],
                participants=counts,
                sub_activity=world.nomenclature[activity["sub_activity"]],
                place=activity["place"],
                output_unit=activity["unit"],
                output_quantity=activity["quantity"],
            )


def read_old_notices(world: World) -> None:
    """Let the logins have seen what is older than three weeks."""
    for user in world.users.values():
        for notice in user.notices.unread().filter(
            created_at__lt=at(world.today - dt.timedelta(days=UNREAD_DAYS))
        ):
            mark_read(actor=user, notice=notice)
