"""What stands on one AK-1 card, as plain texts: taken from the records once, then drawn without any database."""

from dataclasses import dataclass
from datetime import date

from core.formats import date_long
from core.models.agency import AgencyProfile
from jobseekers import cardcode
from jobseekers.enums import MaritalStatus, Religion, Sex
from jobseekers.models import AK1Card, JobSeeker

SEX_CODES = {Sex.MALE: ("1", "Pria"), Sex.FEMALE: ("2", "Wanita")}
MARITAL_CODES = {
    MaritalStatus.MARRIED: ("1", "Kawin"),
    MaritalStatus.SINGLE: ("2", "Belum kawin"),
    MaritalStatus.DIVORCED: ("3", "Cerai hidup"),
    MaritalStatus.WIDOWED: ("3", "Cerai mati"),
}
RELIGION_CODES = {value: (str(code), label) for code, (value, label) in enumerate(Religion.choices, start=1)}
SHORT_LEVELS = 7
"""Codes of education up to this length are printed as they are ("SMK"); longer ones by their label alone."""


@dataclass(frozen=True)
class Office:
    """What all cards of the office share."""

    government: str
    name: str
    contact: str
    city: str
    site: str
    window_days: int
    paper: str

    @classmethod
    def current(cls) -> "Office":
        """Read it from the agency profile."""
        agency = AgencyProfile.current()
        parts = [agency.address, f"Telepon {agency.phone}" if agency.phone else "", agency.email]
        site = agency.website.split("//")[-1].rstrip("/")
        city = agency.region.name.removeprefix("Kota ").removeprefix("Kabupaten ")
        return cls(
            government=agency.government.upper(),
            name=agency.name.upper(),
            contact=" · ".join(part for part in parts if part),
            city=city,
            site=site,
            window_days=agency.policy("ak1_report_window_days"),
            paper=agency.policy("ak1_paper"),
        )


@dataclass(frozen=True)
class Face:
    """The texts of one card. `nik` is in clear: it is printed in its boxes and goes nowhere else."""

    number: str
    grouped: str
    nik: str
    name: str
    born: str
    sex: tuple[str, str]
    marital: tuple[str, str]
    religion: tuple[str, str]
    address: str
    contact: str
    education: tuple[tuple[str, str, str], ...]
    skills: str
    place_and_day: str
    officer_name: str
    officer_nip: str
    issued_on: date
    valid_until: date
    reports: tuple[date, ...]
    code: str
    photo: bytes | None = None


def education_rows(person: JobSeeker) -> tuple[tuple[str, str, str], ...]:
    """(level, school and major, year) of the last education; empty when none is known."""
    if person.education is None:
        return ()
    code = person.education_id
    school = ", ".join(part for part in (person.education_school, person.education_major) if part)
    # without a school the label stands alone: "SMK SMK/MAK" would say the level twice
    short = code if school and len(code) <= SHORT_LEVELS and "_" not in code else ""
    if not short:
        school = ", ".join(part for part in (person.education.label, school) if part)
    return ((short, school, str(person.graduation_year or "")),)


def _phone(text: str) -> str:
    """+628120000000 as people write it: 0812 0000 000."""
    digits = f"0{text[3:]}" if text.startswith("+62") else text
    return " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def printed_answers(person: JobSeeker) -> dict[str, str]:
    """The answers that must fit uncut, as they are printed."""
    return {
        "name": person.full_name,
        "born": f"{person.birth_place}, {date_long(person.birth_date)}",
        "address": person.address_line(),
        "contact": " · ".join(part for part in (_phone(person.phone), person.email) if part),
    }


def face_of(card: AK1Card, office: Office, photo: bytes | None) -> Face:
    """Take the texts of a card; its person must be loaded with education and village__parent__parent."""
    person = card.jobseeker
    return Face(
        number=card.number,
        grouped=card.number_grouped,
        nik=person.read_nik(),
        **printed_answers(person),
        sex=SEX_CODES[person.sex],
        marital=MARITAL_CODES.get(person.marital_status, ("", "")),
        religion=RELIGION_CODES.get(person.religion, ("", "")),
        education=education_rows(person),
        skills=person.skills,
        place_and_day=f"{office.city}, {date_long(card.issued_on)}",
        officer_name=card.officer_name,
        officer_nip=card.officer_nip,
        issued_on=card.issued_on,
        valid_until=card.valid_until,
        reports=card.report_days,
        code=cardcode.sign(card.number, person.full_name, card.issued_on, card.valid_until),
        photo=photo,
    )
