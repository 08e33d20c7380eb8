"""Companies, their yearly reports and their foreign workers: a stock that passes through the days the plan names."""

import datetime as dt
from dataclasses import dataclass, field

from accounts.models import Institution
from core.bulk import Step, write
from core.clock import at
from core.models.reference import ClassificationCode, Region, Scheme
from employers.enums import Ownership, ReportSource
from employers.models import Company, CompanyReport, ForeignWorker
from portal.demo.chance import Chance, deal
from portal.demo.names import CompanyNames, person_name
from portal.demo.story import PlanDoesNotFit
from portal.demo.world import World

KBLI_VERSION = "2020"
COMPANY_CODE_LEVEL = 5
LARGE = 0.6
"""Share of the largest companies among which foreign and disabled workers are looked for."""


@dataclass(eq=False)
class Firm:
    """One invented company: its size and rank decide what its reports say."""

    size: float
    rank: float
    wage_rank: float
    opened: dt.date
    closed: dt.date | None = None
    renewed: dt.date | None = None
    company: Company | None = None
    foreign: int = 0
    reports: list[CompanyReport] = field(default_factory=list)


class CompanyRegister:
    """Makes the register so that it shows the plan's numbers on the plan's days."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.city.records["companies"]
        self.chance: Chance = world.chance("companies")
        self.first, self.second = self.plan["states"]

    def make(self) -> None:
        """Write companies, reports and foreign workers."""
        firms = self._firms()
        self._write_companies(firms)
        before = [firm for firm in firms if firm.opened <= self.first["day"]]
        after = [firm for firm in firms if firm.closed is None]
        self._permits(firms, before, after)
        old = self._reports(before, self.first, ReportSource.WLKP)
        new = self._reports(after, self.second, ReportSource.WLKP)
        for firm, report in old.items():
            report.valid_from = self._before(firm)
            report.valid_until = firm.closed or firm.renewed - dt.timedelta(days=1)
        for firm, report in new.items():
            report.valid_from = firm.renewed
        made = [*old.values(), *new.values()]
        write(
            CompanyReport,
            [(report, [Step(at(report.valid_from, 9), "Laporan perusahaan dicatat")]) for report in made],
        )
        self.world.companies = [firm.company for firm in after]

    def _firms(self) -> list[Firm]:
        count = self.first["companies"] + self.plan["opened_between"]
        sizes = self.chance.sizes(count, 1.1)
        year = self.world.year
        firms = [
            Firm(
                size,
                self.chance.random.random() / size**0.4,
                self.chance.random.random(),
                self._opened(year - 2),
            )
            for size in sizes
        ]
        between = self.world.days.between(self.first["day"] + dt.timedelta(days=1), dt.date(year, 12, 12))
        newcomers = self.chance.some(range(count), self.plan["opened_between"])
        for index in newcomers:
            firms[index].opened = self.chance.pick(between[:-25])
        others = [n for n in range(count) if n not in set(newcomers)]
        for index in self.chance.some(others, self.plan["closed_between"]):
            firms[index].closed = self.chance.pick(between)
            firms[index].size = min(firms[index].size, 0.3)
        for firm in firms:
            later = [day for day in between if day >= firm.opened]
            firm.renewed = self.chance.pick(later[:25] if firm.opened > self.first["day"] else later)
        return firms

    def _opened(self, latest_year: int) -> dt.date:
        return dt.date(self.chance.number(latest_year - 30, latest_year), 1, 1) + dt.timedelta(
            days=self.chance.number(0, 364)
        )

    def _before(self, firm: Firm) -> dt.date:
        """The day of the report that held at the first state: some time in the year before."""
        return self.chance.pick(self.world.days.between(
            dt.date(self.world.year - 1, 1, 2), dt.date(self.world.year - 1, 12, 28)
        ))  # fmt: skip

    def _write_companies(self, firms: list[Firm]) -> None:
        names, people = CompanyNames(self.chance), self.world.city.records["people"]
        villages = Region.objects.in_bulk(list(people["villages"]))
        industries = self._industries()
        institutions = write(
            Institution,
            [
                (
                    Institution(
                        uid=self.chance.uid(),
                        kind="COMPANY",
                        name=names.next(),
                        region=villages[self.chance.weighted(people["villages"])],
                        address=f"{self.chance.pick(people['streets'])} {self.chance.number(1, 240)}",
                        phone=f"+62800{self.chance.digits(7)}",
                    ),
                    [Step(at(dt.date(self.world.year - 1, 1, 2), 8), "Lembaga dicatat")],
                )
                for _ in firms
            ],
        )
        made = []
        for firm, institution in zip(firms, institutions, strict=True):
            firm.company = Company(
                uid=self.chance.uid(),
                institution=institution,
                industry=self.chance.pick(industries[str(self.chance.weighted(self.plan["industries"]))]),
                nib=f"9{self.chance.digits(12)}",
                ownership=Ownership.FOREIGN if self.chance.happens(4) else Ownership.DOMESTIC,
                employer_class=self.chance.weighted(self.plan["classes"]),
                operating_from=firm.opened,
                operating_until=firm.closed,
            )
            made.append(
                (firm.company, [Step(at(dt.date(self.world.year - 1, 1, 2), 8), "Perusahaan dicatat")])
            )
        write(Company, made)
        self.world.institutions["COMPANY"] = institutions

    def _industries(self) -> dict[str, list[ClassificationCode]]:
        codes = ClassificationCode.objects.filter(
            scheme=Scheme.KBLI, version=KBLI_VERSION, level=COMPANY_CODE_LEVEL
        ).order_by("code")
        found = {str(division): [] for division in self.plan["industries"]}
        for code in codes:
            if code.code[:2] in found:
                found[code.code[:2]].append(code)
        return found

    def _reports(self, firms: list[Firm], state: dict, source: str) -> dict[Firm, CompanyReport]:
        """Return a report for each firm; together they show exactly the numbers of `state`."""
        if len(firms) != state["companies"]:
            raise PlanDoesNotFit(
                f"{len(firms)} companies on {state['on']}, the plan says {state['companies']}"
            )
        ranked = sorted(firms, key=lambda firm: firm.rank)
        insured, rest = ranked[: state["bpjs"]], ranked[state["bpjs"] :]
        decent, partly = insured[: state["decent_work"]], insured[state["decent_work"] :]
        workers, members = self._workforce(state, insured, partly, rest)
        paying = set(sorted(firms, key=lambda firm: firm.wage_rank)[: state["minimum_wage"]])
        disabled = self._disabled(firms, state["workers_disabled"])
        governed, in_bpjs = set(decent), set(insured)
        foreign = {firm: firm.foreign for firm in firms}
        return {
            firm: self._report(
                firm,
                source,
                total=workers[firm],
                foreign=foreign[firm],
                workers_disabled=disabled.get(firm, 0),
                bpjs_registered=firm in in_bpjs,
                bpjs_members=members.get(firm, 0),
                all_workers_insured=firm in governed,
                pays_minimum_wage=firm in paying,
            )
            for firm in firms
        }

    def _workforce(self, state: dict, insured: list, partly: list, rest: list) -> tuple[dict, dict]:
        """Return workers and insured members by firm; both add up to the state's totals."""
        uninsured = state["workers"] - state["bpjs_members"]
        outside = uninsured * len(rest) // max(1, len(rest) + len(partly)) if partly else uninsured
        members = dict(
            zip(insured, deal(state["bpjs_members"], [f.size for f in insured], LEAST), strict=True)
        )
        more = dict(zip(partly, deal(uninsured - outside, [f.size for f in partly], 1), strict=True))
        others = dict(zip(rest, deal(outside, [f.size for f in rest], LEAST), strict=True))
        workers = {firm: count + more.get(firm, 0) for firm, count in members.items()} | others
        return workers, members

    def _large(self, firms: list[Firm]) -> list[Firm]:
        ordered = sorted(firms, key=lambda firm: -firm.size)
        return ordered[: int(len(ordered) * (1 - LARGE))]

    def _disabled(self, firms: list[Firm], total: int) -> dict[Firm, int]:
        large = self._large(firms)[: max(1, total * 2 // 3)]
        return dict(zip(large, deal(total, [1.0] * len(large)), strict=True))

    def _report(self, firm: Firm, source: str, *, total: int, foreign: int, **flags) -> CompanyReport:
        female = min(total - foreign, round(total * self.plan["female"] / 100)) if total > foreign else 0
        decent = flags["all_workers_insured"]
        by_agreement = self.chance.happens(self.plan["collective_agreement"])
        # Without the whole of decent work a company still has some parts of it.
        own_rules = decent or self.chance.happens(35)
        return CompanyReport(
            uid=self.chance.uid(),
            company=firm.company,
            source=source,
            workers_male=total - female,
            workers_female=female,
            foreign_workers_male=foreign,
            has_company_regulation=own_rules and not by_agreement,
            has_collective_agreement=own_rules and by_agreement,
            has_wage_scale=decent or self.chance.happens(22),
            has_lks_bipartite=decent or self.chance.happens(12),
            **flags,
        )

    def _permits(self, firms: list[Firm], before: list[Firm], after: list[Firm]) -> None:
        """Write the permits of foreign workers: so many in so many companies on either day."""
        staying = [firm for firm in self._large(before) if firm.closed is None]
        old, new = self.first, self.second
        hosts, guests = new["foreign_companies"], new["foreign_workers"]
        if (
            hosts < old["foreign_companies"]
            or guests - hosts < old["foreign_workers"] - old["foreign_companies"]
        ):
            raise PlanDoesNotFit("foreign workers may not become fewer between the two days")
        chosen = self.chance.some(staying, hosts)
        places = chosen[: old["foreign_companies"]]
        extra = old["foreign_workers"] - len(places)
        seats = [(firm, old["foreign_from"]) for firm in places]
        seats += [(places[n % len(places)], old["foreign_from"]) for n in range(extra)]
        later = old["day"] + dt.timedelta(days=45)
        joining = chosen[old["foreign_companies"] :]
        joining += [places[n % len(places)] for n in range(guests - len(seats) - len(joining))]
        seats += [(firm, later) for firm in joining]
        made = []
        for number, (firm, day) in enumerate(seats, 1):
            firm.foreign += 1
            worker = self._foreign_worker(firm, number, day)
            made.append((worker, [Step(at(day, 9), "Tenaga kerja asing dicatat")]))
        write(ForeignWorker, made)

    def _foreign_worker(self, firm: Firm, number: int, day: dt.date) -> ForeignWorker:
        return ForeignWorker(
            uid=self.chance.uid(),
            company=firm.company,
            name=f"{person_name(self.chance, 'M').split()[0]} Asing {number}",
            nationality=self.chance.pick(self.plan["nationalities"]),
            position=self.chance.pick(self.plan["foreign_positions"]),
            permit_no=f"RPTKA/{self.world.year}/{number:04d}",
            valid_from=day,
            valid_until=dt.date(self.world.year + 1, 6, 30),
        )


LEAST = 2
"""The fewest workers of a company with insured members, and of one without."""
