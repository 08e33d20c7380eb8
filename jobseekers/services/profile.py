"""Rows of a profile: schooling, skills, languages, work, training elsewhere, desired occupations; and the need.

Every change raises the person's version (`people.revise_person`), so a file that was changed meanwhile can't be
approved unseen. `version` is the person's, as the writer saw it.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core import clock
from core.classification import KBJI_2014
from core.errors import Refused
from core.personal import seal_into
from jobseekers import parts, validators
from jobseekers.enums import DisabilityKind, SkillLevel
from jobseekers.models import (
    AccommodationNeed,
    DesiredOccupation,
    JobSeeker,
    Language,
    Schooling,
    Skill,
    TrainingHistory,
    WorkHistory,
)
from jobseekers.services import schooling
from jobseekers.services.people import lock_person, revise_person

NEED_LENGTH = 500
SKILLS_LENGTH = 400
EARLIEST_YEAR = 1940


@dataclass(frozen=True)
class RowKind:
    """One kind of rows: its address, its model, its part of the file, what a reader calls one, how many at most."""

    slug: str
    model: type
    part: parts.Part
    label: str
    fields: tuple[str, ...]
    most: int


SCHOOLING = RowKind(
    "sekolah", Schooling, parts.SCHOOLING, "Pendidikan",
    ("level", "ipk_code", "school", "major", "graduated", "grade"), 10,
)  # fmt: skip
SKILL = RowKind("keterampilan", Skill, parts.SKILLS, "Keterampilan", ("name", "level"), 20)
LANGUAGE = RowKind("bahasa", Language, parts.SKILLS, "Bahasa", ("name", "level"), 10)
WORK = RowKind(
    "kerja", WorkHistory, parts.WORK, "Pengalaman kerja",
    ("employer", "occupation", "started_on", "ended_on", "duties"), 20,
)  # fmt: skip
TRAINING = RowKind(
    "latih", TrainingHistory, parts.TRAINING, "Pelatihan", ("name", "provider", "year", "certificate_no"), 20
)
OCCUPATION = RowKind("jabatan", DesiredOccupation, parts.WISHES, "Jabatan", ("occupation",), 5)
KINDS = {kind.slug: kind for kind in (SCHOOLING, SKILL, LANGUAGE, WORK, TRAINING, OCCUPATION)}


def _checked(kind: RowKind, values: dict[str, Any], person: JobSeeker) -> dict[str, Any]:
    """Return tidied values of a row; raise one ValidationError (Indonesian) that names every wrong field."""
    unknown = set(values) - set(kind.fields)
    if unknown:
        raise TypeError(f"{kind.slug} has no {sorted(unknown)}")
    values, errors = dict(values), {}
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = validators.tidy(value)
            if not validators.printable(values[name]):
                errors[name] = "Ada tanda yang tidak bisa dicetak. Tulis dengan huruf Latin dan angka."
    _RULES.get(kind.slug, _no_rule)(values, person, errors)
    if errors:
        raise ValidationError(errors)
    return values


def _no_rule(values: dict, person: JobSeeker, errors: dict) -> None:
    """A kind whose fields need no look at each other."""


def _check_schooling(values: dict, person: JobSeeker, errors: dict) -> None:
    try:
        validators.check_graduation_year(values["graduated"], person.birth_date, clock.today())
    except ValueError as problem:
        errors["graduated"] = str(problem)
    try:
        validators.check_grade(values.get("grade", ""))
    except ValueError as problem:
        errors["grade"] = str(problem)
    if values.get("ipk_code") is not None:
        try:
            validators.check_ipk_code(values["ipk_code"].code, values["level"].code)
        except ValueError as problem:
            errors["ipk_code"] = str(problem)


def _check_work(values: dict, person: JobSeeker, errors: dict) -> None:
    started, ended, today = values["started_on"], values.get("ended_on"), clock.today()
    values["started_on"] = started.replace(day=1)
    values["ended_on"] = ended.replace(day=1) if ended else None
    if started > today:
        errors["started_on"] = "Bulan mulai belum terjadi. Periksa tahunnya."
    elif started.year < (person.birth_date.year + 10 if person.birth_date else EARLIEST_YEAR):
        errors["started_on"] = "Bulan mulai terlalu awal. Periksa tahunnya dan tanggal lahir."
    if ended and values["ended_on"] < values["started_on"]:
        errors["ended_on"] = "Bulan selesai lebih awal dari bulan mulai."
    elif ended and ended > today:
        errors["ended_on"] = "Bulan selesai belum terjadi. Kosongkan bila masih bekerja di sana."


def _check_training(values: dict, person: JobSeeker, errors: dict) -> None:
    last = clock.today().year
    first = person.birth_date.year + 5 if person.birth_date else EARLIEST_YEAR
    if not first <= values["year"] <= last:
        errors["year"] = f"Tahun pelatihan harus {first} sampai {last}."


def _check_level(values: dict, person: JobSeeker, errors: dict) -> None:
    if values.get("level") not in SkillLevel.values:
        errors["level"] = "Pilih tingkat."


def _check_occupation(values: dict, person: JobSeeker, errors: dict) -> None:
    if values["occupation"].scheme_version != KBJI_2014:
        errors["occupation"] = "Pilih jabatan dari daftar KBJI."


_RULES = {
    "sekolah": _check_schooling,
    "keterampilan": _check_level,
    "bahasa": _check_level,
    "kerja": _check_work,
    "latih": _check_training,
    "jabatan": _check_occupation,
}


@transaction.atomic
def add_row(person: JobSeeker, *, actor, version: int, kind: RowKind, **values) -> Any:
    """Add a row and return it. Raises ValidationError by field, Refused when it is there already or too many are."""
    fresh = lock_person(person)
    values = _checked(kind, values, fresh)
    rows = kind.model.objects.filter(jobseeker=fresh)
    if rows.count() >= kind.most:
        raise Refused(f"{kind.label} paling banyak {kind.most}. Hapus salah satu lebih dulu.")
    _refuse_twice(kind, rows, values)
    line = _line_of_skills(fresh)
    if kind is SCHOOLING:
        schooling.adopt(fresh)
    last = rows.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    row = kind.model.objects.create(jobseeker=fresh, position=position, **values)
    _follow(fresh, actor=actor, version=version, kind=kind, label=f"{kind.label} ditambah", line=line)
    return row


@transaction.atomic
def change_row(row: Any, *, actor, version: int, kind: RowKind, **values) -> Any:
    """Change a row. Raises as `add_row`; Refused when somebody removed it meanwhile."""
    fresh = lock_person(row.jobseeker)
    current = _current(kind, row)
    values, line = _checked(kind, values, fresh), _line_of_skills(fresh)
    _refuse_twice(kind, kind.model.objects.filter(jobseeker=fresh).exclude(pk=current.pk), values)
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    _follow(fresh, actor=actor, version=version, kind=kind, label=f"{kind.label} diubah", line=line)
    return current


@transaction.atomic
def remove_row(row: Any, *, actor, version: int, kind: RowKind) -> JobSeeker:
    """Remove a row."""
    fresh = lock_person(row.jobseeker)
    line = _line_of_skills(fresh)
    _current(kind, row).delete()
    return _follow(fresh, actor=actor, version=version, kind=kind, label=f"{kind.label} dihapus", line=line)


def _current(kind: RowKind, row: Any) -> Any:
    found = kind.model.objects.filter(pk=row.pk, jobseeker=row.jobseeker_id).first()
    if found is None:
        raise Refused("Baris ini sudah dihapus. Muat ulang halaman.")
    return found


def _refuse_twice(kind: RowKind, rows, values: dict) -> None:
    """Skills and languages by their name in any case, occupations by their code."""
    if kind in (SKILL, LANGUAGE) and rows.filter(name__iexact=values["name"]).exists():
        raise Refused(f"{kind.label} ini sudah ada di daftar.", field="name")
    if kind is OCCUPATION and rows.filter(occupation=values["occupation"]).exists():
        raise Refused("Jabatan ini sudah ada di daftar.", field="occupation")


def _follow(
    fresh: JobSeeker, *, actor, version: int, kind: RowKind, label: str, line: str | None
) -> JobSeeker:
    """Bring what the card prints in step with the rows, and raise the person's version.

    `line` is the card's line of skills as the rows gave it before the change: a line in the person's own words stays.
    """
    changes: dict[str, Any] = {}
    if kind is SCHOOLING:
        changes = schooling.last_education(fresh)
    elif kind is SKILL and fresh.skills == line:
        changes = {"skills": _line_of_skills(fresh)}
    return revise_person(fresh, actor=actor, version=version, label=label, part=kind.part.slug, **changes)


def _line_of_skills(person: JobSeeker) -> str:
    """The skills as the card prints them, as many as fit."""
    line = ""
    for name in Skill.objects.filter(jobseeker=person).values_list("name", flat=True):
        longer = f"{line}, {name}" if line else name
        if len(longer) > SKILLS_LENGTH:
            break
        line = longer
    return line


@transaction.atomic
def set_need(person: JobSeeker, *, actor, version: int, kind: str, need: str = "") -> JobSeeker:
    """Keep the kind of disability and what is needed at work, sealed; an empty kind removes both.

    Raises ValidationError by field.
    """
    fresh = lock_person(person)
    need = validators.tidy(need)
    row = AccommodationNeed.objects.filter(jobseeker=fresh).first()
    if not kind:
        if row is not None:
            row.delete()
    else:
        if kind not in DisabilityKind.values:
            raise ValidationError({"kind": "Pilih ragam dari daftar."})
        if not need:
            raise ValidationError({"need": "Tulis apa yang Anda perlukan, atau “tidak ada”."})
        if len(need) > NEED_LENGTH:
            raise ValidationError({"need": f"Paling panjang {NEED_LENGTH} huruf."})
        row = row or AccommodationNeed(jobseeker=fresh)
        row.kind = kind
        row.version += 1 if row.pk else 0
        seal_into(row, "need_sealed", need)
        row.save()
    label = "Kebutuhan di tempat kerja diisi"
    return revise_person(fresh, actor=actor, version=version, label=label, part=parts.NEEDS.slug)
