"""Training: providers, programmes, cohorts, participants, results and certificates."""

import datetime as dt

from accounts.enums import Role
from core.bulk import Step, write
from core.clock import at
from portal.demo.chance import Chance
from portal.demo.world import Person, World
from training.enums import Accreditation, AssessmentResult, CertificateScheme, CohortState, EnrolmentState
from training.models import (
    Certificate,
    Enrolment,
    ProgrammeAlias,
    TrainingCohort,
    TrainingProgramme,
    TrainingProvider,
)

NAMES = {
    "open": "Buka pendaftaran",
    "start": "Mulai pelatihan",
    "finish": "Selesaikan pelatihan",
    "accept": "Terima",
    "attend": "Catat hadir",
    "complete": "Catat hasil",
}
BNSP_YEARS = 3


class TrainingDesk:
    """Writes the year's trainings and those that are open on the demo day."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = world.city.records["training"]
        self.chance: Chance = world.chance("training")
        self.officer = world.staff(Role.TRAINING_OFFICER)
        self.programmes: dict[str, TrainingProgramme] = {}

    def make(self, people: list[Person]) -> None:
        """Write everything; `people` are those of the year, seated in cohorts by the story."""
        self._programmes_and_providers()
        cohorts = self._cohorts()
        enrolled = self._enrol(cohorts, [person for person in people if person.cohort is not None])
        self._certify(enrolled)
        self._open_cohorts([person for person in people if person.group == "rest" and not person.removed])

    def _programmes_and_providers(self) -> None:
        begun = dt.date(self.world.year - 1, 3, 1)
        rows = [
            (
                TrainingProgramme(uid=self.chance.uid(), name=p["name"]),
                [Step(at(begun), "Program dibuat", self.officer)],
            )
            for p in self.plan["programmes"]
        ]
        self.programmes = {row.name: row for row in write(TrainingProgramme, rows)}
        for programme in self.plan["programmes"]:
            for alias in programme["aliases"]:
                ProgrammeAlias.objects.create(programme=self.programmes[programme["name"]], name=alias)
        providers = [
            TrainingProvider(
                uid=self.chance.uid(),
                institution=institution,
                licence_no=f"LPK/{number:03d}/{self.world.year - 2}",
                licensed_on=dt.date(self.world.year - 2, 5, 2),
                accreditation=Accreditation.ACCREDITED if number % 2 else Accreditation.NONE,
            )
            for number, institution in enumerate(self.world.institutions["LPK"], 1)
        ]
        self.world.providers = write(
            TrainingProvider,
            [(row, [Step(at(begun), "Lembaga pelatihan dicatat", self.officer)]) for row in providers],
        )

    def _cohort(self, plan: dict, state: str, number: int, quota: int) -> TrainingCohort:
        sub_activity = self.world.nomenclature[self.plan["sub_activity"]]
        return TrainingCohort(
            uid=self.chance.uid(),
            programme=self.programmes[plan["programme"]],
            provider=self.world.providers[number % len(self.world.providers)],
            name=f"Angkatan {plan['fund']} {plan['starts_on'].year}",
            funding_source=plan["fund"],
            sub_activity=sub_activity if plan["starts_on"].year == self.world.year else None,
            hours=plan["hours"],
            starts_on=plan["starts_on"],
            ends_on=plan["ends_on"],
            quota=quota,
            place=self.world.providers[number % len(self.world.providers)].name,
            state=state,
        )

    def _cohorts(self) -> list[TrainingCohort]:
        made, states = [], CohortState
        for number, plan in enumerate(self.plan["cohorts"]):
            cohort = self._cohort(plan, states.FINISHED, number, plan["participants"])
            begun = cohort.starts_on - dt.timedelta(days=30)
            made.append((cohort, [
                Step(at(begun, 8), "Angkatan dibuat", self.officer),
                Step(at(begun, 9), NAMES["open"], self.officer, "open", states.PLANNED, states.OPEN),
                Step(at(cohort.starts_on, 8), NAMES["start"], self.officer, "start", states.OPEN, states.RUNNING),
                Step(at(cohort.ends_on, 16), NAMES["finish"], self.officer, "finish", states.RUNNING, states.FINISHED),
            ]))  # fmt: skip
        return write(TrainingCohort, made)

    def _enrol(self, cohorts: list[TrainingCohort], people: list[Person]) -> list[Enrolment]:
        made, states = [], EnrolmentState
        for person in people:
            cohort = cohorts[person.cohort]
            applied = cohort.starts_on - dt.timedelta(days=self.chance.number(8, 25))
            enrolment = Enrolment(
                uid=self.chance.uid(),
                cohort=cohort,
                jobseeker=person.row,
                state=states.COMPLETED,
                result=AssessmentResult.COMPETENT,
                assessed_on=cohort.ends_on,
            )
            accepted = cohort.starts_on - dt.timedelta(days=6)
            made.append((enrolment, [
                Step(at(applied, 9), "Peserta mendaftar", person.user or self.officer),
                Step(at(accepted, 14), NAMES["accept"], self.officer, "accept", states.APPLIED, states.ACCEPTED),
                Step(at(cohort.starts_on, 8, 30), NAMES["attend"], self.officer, "attend", states.ACCEPTED,
                     states.ATTENDING),
                Step(at(cohort.ends_on, 15), NAMES["complete"], self.officer, "complete", states.ATTENDING,
                     states.COMPLETED),
            ]))  # fmt: skip
        return write(Enrolment, made)

    def _certify(self, enrolments: list[Enrolment]) -> None:
        office = str(self.world.city.profile["agency"]["name"])
        serial, made, bnsp_left = 0, [], {}
        for enrolment in sorted(enrolments, key=lambda row: (row.cohort.ends_on, row.pk)):
            cohort, serial = enrolment.cohort, serial + 1
            issued = self.world.days.from_day(cohort.ends_on + dt.timedelta(days=4))
            plan = next(p for p in self.plan["cohorts"] if self._is(cohort, p))
            made.append(
                self._certificate(enrolment, CertificateScheme.OFFICE, office, f"{serial:04d}/PLT", issued)
            )
            left = bnsp_left.setdefault(cohort.pk, plan.get("bnsp", 0))
            if left:
                bnsp_left[cohort.pk] = left - 1
                day = self.world.days.from_day(cohort.ends_on + dt.timedelta(days=21))
                number = f"{self.chance.digits(5)} {self.chance.digits(4)} {serial:07d}"
                made.append(
                    self._certificate(
                        enrolment, CertificateScheme.BNSP, self.plan["bnsp_issuer"], number, day
                    )
                )
        write(Certificate, made)

    def _is(self, cohort: TrainingCohort, plan: dict) -> bool:
        return (cohort.programme.name, cohort.funding_source) == (plan["programme"], plan["fund"])

    def _certificate(
        self, enrolment: Enrolment, scheme: str, issuer: str, number: str, day: dt.date
    ) -> tuple[Certificate, list[Step]]:
        bnsp = scheme == CertificateScheme.BNSP
        certificate = Certificate(
            uid=self.chance.uid(),
            enrolment=enrolment,
            scheme=scheme,
            scheme_name=enrolment.cohort.programme.name,
            number=number if bnsp else f"{number}/{day.year}",
            issuer=issuer,
            issued_on=day,
            valid_until=day.replace(year=day.year + BNSP_YEARS, day=min(day.day, 28)) if bnsp else None,
        )
        return certificate, [Step(at(day, 13), "Sertifikat diterbitkan", self.officer)]

    def _open_cohorts(self, seekers: list[Person]) -> None:
        """Write the cohorts of the coming year, with those who applied so far."""
        states, begun, applied = CohortState, self.world.today - dt.timedelta(days=16), []
        for number, plan in enumerate(self.plan["open"]):
            cohort = self._cohort(plan, plan["state"], number, plan["quota"])
            steps = [Step(at(begun, 8), "Angkatan dibuat", self.officer)]
            if plan["state"] == states.OPEN:
                steps.append(
                    Step(at(begun, 9), NAMES["open"], self.officer, "open", states.PLANNED, states.OPEN)
                )
            write(TrainingCohort, [(cohort, steps)])
            days = self.world.days.between(begun + dt.timedelta(days=1), self.world.today)
            for person in self.chance.some(seekers, plan["applied"]):
                enrolment = Enrolment(uid=self.chance.uid(), cohort=cohort, jobseeker=person.row)
                day = self.chance.pick(days)
                applied.append(
                    (enrolment, [Step(at(day, 9), "Peserta mendaftar", person.user or self.officer)])
                )
        write(Enrolment, applied)
