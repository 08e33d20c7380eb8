"""A made-up year, written through the services alone, with a notebook kept in plain Python beside it.

The notebook knows nothing of the database: it is what a clerk with a pencil would have counted.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from core import clock
from core.errors import Refused
from core.models import EducationLevel, Region, StoredFile
from core.personal import make_nik
from disputes.services import cases
from employers.services import companies
from employers.services import reports as company_reports
from jobseekers.services.applications import approve, start_application, submit
from jobseekers.services.people import register_person
from placements.services.decisions import decide
from placements.services.reports import JobStart, report_placement
from training.services import certificates, cohorts, enrolments, programmes
from training.services.enrolments import record_result

YEARS = (2022, 2023, 2024)
CHANNELS = ("BKK", "LPK", "SIDAKEP_ONLINE", "PELATIHAN", "JOB_FAIR")
VILLAGES = ("32.77.01.1001", "32.77.02.1001")


@dataclass
class Notebook:
    """What happened, as plain facts."""

    cards: list[tuple[int, date]] = field(default_factory=list)
    reports: list[tuple[int, int, date, str, str]] = field(
        default_factory=list
    )  # person, job, start, channel, state
    trainees: list[tuple[int, date, str, str, str]] = field(
        default_factory=list
    )  # person, end, fund, course, result
    certificates: list[tuple[date, str, str]] = field(default_factory=list)
    disputes: list[tuple[date, date | None, str]] = field(
        default_factory=list
    )  # registered, settled, outcome
    companies: list[tuple[date, date | None]] = field(default_factory=list)
    company_reports: list[tuple[int, date, dict]] = field(default_factory=list)


class YearWriter:
    """Plays random events; `actors` are the pengantar kerja, the training officer, the section head and the like."""

    def __init__(self, seed: int, actors: dict) -> None:
        """Take the dice and the people of the office."""
        self.dice = Random(seed)
        self.actors = actors
        self.book = Notebook()
        self.people: list = []
        self.firms: list = []
        self.courses: list = []

    def day(self) -> date:
        """A day of the three years."""
        return date(self.dice.choice(YEARS), 1, 1) + timedelta(days=self.dice.randrange(365))

    def play(self, size: int) -> Notebook:
        """Write a world of about `size` events of each kind."""
        with clock.frozen(date(2025, 6, 30)):
            for _ in range(2 + size // 3):
                self.firm()
            for number in range(1, 4):
                self.courses.append(
                    programmes.define_programme(actor=self.actors["training"], name=f"Pelatihan {number}")
                )
        for _ in range(3 + size):
            self.person()
        for event in (self.card, self.placement, self.cohort, self.dispute):
            for _ in range(self.dice.randrange(size) + 1):
                event()
        return self.book

    def person(self) -> None:
        """Register a person."""
        number, sex = len(self.people) + 1, self.dice.choice("MF")
        born = date(1985, 1, 1) + timedelta(days=self.dice.randrange(6000))
        photo = StoredFile.objects.create(
            kind="jobseekers.photo",
            content_type="image/jpeg",
            size=1,
            sha256="0" * 64,
            path=f"random/{number}-{self.dice.random()}",
            created_at=clock.now(),
        )
        self.people.append(
            register_person(
                actor=None,
                full_name="Orang Uji",
                sex=sex,
                nik=make_nik("327702", born, sex, 9000 + number),
                kk="3277020101209000",
                birth_place="Cimahi",
                birth_date=born,
                marital_status="SINGLE",
                religion="ISLAM",
                education=EducationLevel.objects.get(code="SMK"),
                education_major="Umum",
                education_school="SMK Uji",
                graduation_year=2015,
                village=Region.objects.get(code=self.dice.choice(VILLAGES)),
                address="Jalan Uji 1",
                rt="01",
                rw="02",
                phone="081200000000",
                photo=photo,
            )
        )

    def card(self) -> None:
        """Apply and be approved on one day; a person who holds a valid card is refused, and nothing counts."""
        number, day = self.dice.randrange(len(self.people)), self.day()
        if any(person == number for person, _ in self.book.cards):
            return
        with clock.frozen(day):
            application = start_application(
                actor=self.actors["officer"], person=self.people[number], origin="DESK"
            )
            sent = submit(application, actor=self.actors["officer"], version=application.version)
            approve(sent, actor=self.actors["officer"], version=sent.version)
        self.book.cards.append((number, day))

    def placement(self) -> None:
        """Report a job start through one to three channels; each report is verified, rejected or left."""
        number, job, start = self.dice.randrange(len(self.people)), len(self.book.reports), self.day()
        with clock.frozen(min(start + timedelta(days=10), date(2025, 6, 30))):
            for channel in self.dice.sample(CHANNELS, self.dice.randrange(1, 4)):
                own = self.dice.random() < 0.2
                try:
                    report = report_placement(
                        actor=None,
                        jobseeker=self.people[number],
                        start=JobStart(start, "FIXED_TERM", employer_name=f"Toko {job}", employer_class=4),
                        channel=channel,
                        evidence_kind="CONTRACT",
                        reported_by=self.actors["fair"],
                        institution=self.actors["institutions"].get(channel),
                        service_on=None if own else start - timedelta(days=self.dice.randrange(1, 90)),
                    )
                except Refused as refusal:
                    raise AssertionError(f"{channel}: {refusal}") from refusal
                state = self.dice.choice(("verify", "verify", "verify", "reject", ""))
                if state:
                    decide(
                        report,
                        state,
                        actor=self.actors["officer"],
                        version=report.version,
                        comment="Diperiksa.",
                    )
                self.book.reports.append((number, job, start, channel, state))

    def cohort(self) -> None:
        """Run a cohort from plan to results; some give up, some fail, some get a certificate."""
        first = self.day()
        last = first + timedelta(days=self.dice.randrange(1, 40))
        fund, course = self.dice.choice(("APBD", "DBHCHT")), self.dice.choice(self.courses)
        trainer = self.actors["training"]
        with clock.frozen(last):
            cohort = cohorts.plan_cohort(
                actor=trainer,
                programme=course,
                name=f"Angkatan {self.dice.random()}",
                funding_source=fund,
                starts_on=first,
                ends_on=last,
                quota=50,
            )
            for step in ("open", "start"):
                cohort = self.actors["fire"](cohort, step, actor=trainer, version=cohort.version)
            for number in self.dice.sample(range(len(self.people)), self.dice.randrange(1, 5)):
                self._trainee(cohort, number, fund, course.name)

    def _trainee(self, cohort, number: int, fund: str, course: str) -> None:
        trainer = self.actors["training"]
        enrolment = enrolments.enrol(actor=trainer, cohort=cohort, jobseeker=self.people[number])
        enrolment = enrolments.take_step(enrolment, "accept", actor=trainer, version=enrolment.version)
        enrolment = enrolments.take_step(enrolment, "attend", actor=trainer, version=enrolment.version)
        if self.dice.random() < 0.2:
            enrolments.take_step(
                enrolment, "withdraw", actor=trainer, version=enrolment.version, comment="Mundur."
            )
            return
        result = "COMPETENT" if self.dice.random() < 0.8 else "NOT_YET"
        last = cohort.ends_on
        enrolment = record_result(
            enrolment, actor=trainer, version=enrolment.version, result=result, assessed_on=last
        )
        self.book.trainees.append((number, last, fund, course, result))
        if result == "COMPETENT" and self.dice.random() < 0.5:
            certificates.book_certificate(
                actor=trainer,
                enrolment=enrolment,
                scheme="BNSP",
                scheme_name="Skema Uji",
                number=f"N-{len(self.book.certificates)}",
                issuer="LSP Uji",
                issued_on=last,
            )
            self.book.certificates.append((last, "BNSP", course))

    def dispute(self) -> None:
        """Register a case; most are settled some weeks later, a few stay open."""
        registered = self.day()
        with clock.frozen(registered):
            case = cases.register_case(
                actor=self.actors["head"],
                kind="INTERESTS",
                company=self.firms[0],
                applicant="Pekerja Uji",
                respondent="Perusahaan Uji",
                workers_male=1,
                workers_female=0,
                received_on=registered,
                registered_on=registered,
                bipartite_from=registered - timedelta(days=60),
            )
        ending = self.dice.choice(("settle_bipartite", "withdraw", "settle_bipartite", ""))
        settled = registered + timedelta(days=self.dice.randrange(0, 200))
        if ending:
            with clock.frozen(settled):
                cases.take_step(
                    case, ending, actor=self.actors["head"], version=case.version, comment="Selesai."
                )
        self.book.disputes.append((registered, settled if ending else None, ending))

    def firm(self) -> None:
        """Register a company with up to three yearly reports; some close."""
        opened = date(2020, 1, 1) + timedelta(days=self.dice.randrange(1200))
        closed = opened + timedelta(days=self.dice.randrange(400, 1500)) if self.dice.random() < 0.3 else None
        if closed is not None and closed > date(2025, 6, 1):
            closed = None
        number = len(self.firms)
        company = companies.register_company(
            actor=self.actors["head"], name=f"PT Uji {number}", operating_from=opened, operating_until=closed
        )
        self.firms.append(company)
        self.book.companies.append((opened, closed))
        last = closed or date(2025, 6, 1)
        days = sorted(
            {opened + timedelta(days=self.dice.randrange((last - opened).days + 1)) for _ in range(3)}
        )
        for day in days:
            numbers = self._numbers()
            company_reports.file_report(actor=self.actors["head"], company=company, valid_from=day, **numbers)
            self.book.company_reports.append((number, day, numbers))

    def _numbers(self) -> dict:
        def coin() -> bool:
            return self.dice.random() < 0.6

        men, women = self.dice.randrange(1, 50), self.dice.randrange(0, 50)
        insured = coin()
        everyone = insured and coin()
        return {
            "workers_male": men,
            "workers_female": women,
            "workers_disabled": self.dice.randrange(0, 2),
            "bpjs_registered": insured,
            "bpjs_members": (men + women if everyone else self.dice.randrange(1, men + 1)) if insured else 0,
            "all_workers_insured": everyone,
            "pays_minimum_wage": coin(),
            "has_company_regulation": coin(),
            "has_collective_agreement": coin(),
            "has_wage_scale": coin(),
            "has_lks_bipartite": coin(),
        }
