"""Rows that the training tests need."""

from datetime import date
from itertools import count

from accounts.enums import InstitutionKind
from accounts.models import Institution
from core.personal import make_nik
from jobseekers.models import JobSeeker
from jobseekers.services.people import register_person
from training.models import Certificate, Enrolment, TrainingCohort, TrainingProgramme, TrainingProvider

_numbers = count(1)
BIRTH = date(2001, 4, 17)


def provider(name: str = "", **changes) -> TrainingProvider:
    """An LPK."""
    number = next(_numbers)
    institution = Institution.objects.create(kind=InstitutionKind.LPK, name=name or f"LPK Contoh {number}")
    return TrainingProvider.objects.create(institution=institution, **changes)


def programme(name: str = "", **changes) -> TrainingProgramme:
    """A programme."""
    return TrainingProgramme.objects.create(name=name or f"Program Contoh {next(_numbers)}", **changes)


def cohort(of: TrainingProgramme | None = None, **changes) -> TrainingCohort:
    """A running cohort of 20 seats that ended on 31 July 2023."""
    values = {
        "name": f"Angkatan {next(_numbers)}",
        "funding_source": "APBD",
        "starts_on": date(2023, 7, 3),
        "ends_on": date(2023, 7, 31),
        "quota": 20,
        "state": "RUNNING",
        **changes,
    }
    return TrainingCohort.objects.create(programme=of or programme(), **values)


def person(name: str = "", **changes) -> JobSeeker:
    """A person without NIK."""
    values = {
        "full_name": name or f"Peserta Contoh {next(_numbers)}",
        "sex": "F",
        "birth_date": BIRTH,
        **changes,
    }
    return JobSeeker.objects.create(**values)


def person_with_nik(serial: int = 9001, **changes) -> tuple[JobSeeker, str]:
    """A registered woman born on BIRTH, and her NIK."""
    nik = make_nik("327701", BIRTH, "F", serial)
    values = {"full_name": "Rina Contoh Lestari", "sex": "F", "birth_date": BIRTH, **changes}
    return register_person(actor=None, nik=nik, **values), nik


def enrolment(of: TrainingCohort | None = None, **changes) -> Enrolment:
    """An application to a cohort."""
    changes.setdefault("jobseeker", None)
    who = changes.pop("jobseeker") or person()
    return Enrolment.objects.create(cohort=of or cohort(), jobseeker=who, **changes)


def graduate(of: TrainingCohort | None = None, **changes) -> Enrolment:
    """A participant who is competent."""
    values = {"state": "COMPLETED", "result": "COMPETENT", "assessed_on": date(2023, 7, 31), **changes}
    return enrolment(of, **values)


def certificate(of: Enrolment | None = None, **changes) -> Certificate:
    """A BNSP certificate."""
    values = {
        "scheme": "BNSP",
        "scheme_name": "Operator komputer",
        "number": f"BNSP-{next(_numbers)}",
        "issuer": "LSP Contoh",
        "issued_on": date(2023, 8, 5),
        **changes,
    }
    return Certificate.objects.create(enrolment=of or graduate(), **values)
