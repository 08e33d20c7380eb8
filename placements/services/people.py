"""The person a report is about: found by the KTP's words, or put on file."""

from datetime import date

from django.db import transaction

from core.models.reference import EducationLevel
from core.nik import clean_nik
from core.personal import blind_index
from jobseekers.models import JobSeeker
from jobseekers.services.people import register_person
from placements.models import ChannelReport
from placements.services.reports import report_placement


def _folded(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


@transaction.atomic
def find_or_register(
    *,
    actor,
    nik: str,
    full_name: str,
    birth_date: date,
    sex: str,
    education: EducationLevel | None = None,
) -> JobSeeker:
    """Return the person of this NIK, name and birth date, or a new row with the NIK unverified.

    Who reports learns nothing about what is on file: a NIK that is on file under another name gives a row of its
    own, which becomes an officer's task (same NIK twice), exactly as a NIK nobody has. Raises ValidationError by
    field on a NIK that is malformed or differs from birth date or sex.
    """
    digits = clean_nik(nik)
    rows = (
        JobSeeker.objects.living().filter(nik_index=blind_index(digits), birth_date=birth_date).order_by("pk")
    )
    found = [person for person in rows if _folded(person.full_name) == _folded(full_name)]
    found.sort(key=lambda person: person.nik_verified_at is None)
    if found:
        return found[0]
    return register_person(
        actor=actor, full_name=full_name, sex=sex, nik=digits, birth_date=birth_date, education=education
    )


@transaction.atomic
def report_of(*, actor, identity: dict, **report) -> ChannelReport:
    """Report a placement of the person whom `identity` (as for `find_or_register`) names.

    One transaction: when the report is refused, no person is put on file either. `report` and what is raised are those
    of `report_placement`.
    """
    person = find_or_register(actor=actor, **identity)
    return report_placement(actor=actor, jobseeker=person, **report)
