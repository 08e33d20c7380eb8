"""Writing the person's row."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.errors import Refused
from core.models.reference import Region, RegionLevel
from core.personal import blind_index, check_nik_matches, parse_nik, seal
from core.workflow import check_version, opened, revise
from jobseekers import validators
from jobseekers.enums import ApplicationState, NikMethod
from jobseekers.models import AK1Application, JobSeeker, ReturnPoint
from jobseekers.models.person import KK_CONTEXT, NIK_CONTEXT, kk_index_of
from jobseekers.services import ledger, proposals, schooling

FIELDS = (
    "full_name",
    "birth_place",
    "birth_date",
    "sex",
    "marital_status",
    "religion",
    "education",
    "education_major",
    "education_school",
    "graduation_year",
    "skills",
    "village",
    "address",
    "rt",
    "rw",
    "domicile_village",
    "domicile_address",
    "domicile_rt",
    "domicile_rw",
    "desired_region",
    "wage_expectation",
    "phone",
    "email",
    "photo",
)
"""What `register_person` and `update_person` take besides nik, kk and user."""

_TEXTS = (
    "birth_place", "education_major", "education_school", "address", "skills", "domicile_address",
)  # fmt: skip
_RT_RW = {"rt": "RT", "rw": "RW", "domicile_rt": "RT", "domicile_rw": "RW"}
_DOMICILE = ("domicile_village", "domicile_address", "domicile_rt", "domicile_rw")
HIGHEST_WAGE = 1_000_000_000
_EDUCATION = {"education", "education_major", "education_school", "graduation_year"}


class NikTaken(Refused):
    """Another person's verified NIK."""


class Gone(Refused):
    """The row is a merged tombstone or erased."""


def _checked(values: dict, *, nik: str, birth_date: date | None, sex: str) -> dict:
    """Return tidied values; raise one ValidationError that names every wrong field."""
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise TypeError(f"unknown fields of a person: {sorted(unknown)}")
    values, errors, today = dict(values), {}, clock.today()

    def attempt(field: str, rule, *args) -> None:
        try:
            values[field] = rule(*args)
        except ValueError as problem:
            errors[field] = str(problem)

    for field in _TEXTS:
        if field in values:
            values[field] = validators.tidy(values[field] or "")
            if not validators.printable(values[field]):
                errors[field] = "Ada tanda yang tidak bisa dicetak. Tulis dengan huruf Latin dan angka."
    for field, label in _RT_RW.items():
        if field in values:
            attempt(field, validators.check_rt_rw, values[field] or "", label)
    if "full_name" in values:
        attempt("full_name", validators.check_name, values["full_name"])
    if values.get("birth_date") is not None:
        attempt("birth_date", validators.check_birth_date, values["birth_date"], today)
    if "phone" in values:
        attempt("phone", validators.normalise_phone, values["phone"] or "")
    if values.get("graduation_year") is not None:
        year = values["graduation_year"]
        attempt("graduation_year", validators.check_graduation_year, year, birth_date, today)
    for field in ("village", "domicile_village"):
        if values.get(field) is not None and not _is_place(values[field], anywhere=field == "village"):
            errors[field] = "Pilih kelurahan atau desa."
    wage = values.get("wage_expectation")
    if wage is not None and not 1 <= wage <= HIGHEST_WAGE:
        errors["wage_expectation"] = "Upah yang diharapkan harus 1 sampai 1.000.000.000 rupiah."
    if nik:
        _check_nik(nik, birth_date, sex, errors)
    if errors:
        raise ValidationError(errors)
    return values


def _is_place(region: Region, *, anywhere: bool) -> bool:
    """Whether a person can live there: a kelurahan; of a KTP from `anywhere` the kecamatan whose kelurahan we lack."""
    if region.level == RegionLevel.DISTRICT and anywhere:
        return not Region.objects.filter(parent=region, level=RegionLevel.VILLAGE).exists()
    return region.level == RegionLevel.VILLAGE


def _with_domicile(values: dict, before: JobSeeker | None = None) -> dict:
    """Return the values with a domicile that is whole: kelurahan and street, or nothing at all.

    Taking the kelurahan away takes the rest away. Raises ValidationError by field.
    """
    if not set(_DOMICILE) & set(values):
        return values
    now = {name: values.get(name, getattr(before, name) if before else None) or None for name in _DOMICILE}
    if now["domicile_village"] is None and "domicile_village" in values:
        if any(values.get(name) for name in _DOMICILE[1:]):
            raise ValidationError({"domicile_village": "Pilih kelurahan tempat tinggal Anda."})
        return values | {"domicile_address": "", "domicile_rt": "", "domicile_rw": ""}
    if now["domicile_village"] is None and any(now.values()):
        raise ValidationError({"domicile_village": "Pilih kelurahan tempat tinggal Anda."})
    if now["domicile_village"] is not None and now["domicile_address"] is None:
        raise ValidationError({"domicile_address": "Alamat tempat tinggal belum diisi."})
    return values


def _check_nik(nik: str, birth_date: date | None, sex: str, errors: dict) -> None:
    try:
        parse_nik(nik)
    except Refused as problem:
        errors["nik"] = str(problem)
        return
    differences = check_nik_matches(nik, birth_date, sex or None)
    if differences:
        errors["nik"] = " ".join(differences) + " Cocokkan ketiganya dengan KTP."


def _sealed(person: JobSeeker, nik: str, kk: str) -> dict:
    found = {}
    if nik:
        found["nik_sealed"] = seal(nik, context=NIK_CONTEXT, row=person.uid)
        found["nik_index"] = blind_index(nik)
    if kk:
        digits = validators.check_kk(kk)
        found["kk_sealed"] = seal(digits, context=KK_CONTEXT, row=person.uid)
        found["kk_index"] = kk_index_of(digits)
    return found


def _digits(text: str) -> str:
    return "".join(text.split()).replace(".", "").replace("-", "")


def _check_kk(kk: str) -> None:
    if kk:
        try:
            validators.check_kk(kk)
        except ValueError as problem:
            raise ValidationError({"kk": str(problem)}) from None


def check_answers(*, sex: str, nik: str = "", birth_date: date | None = None, **fields) -> None:
    """Raise the ValidationError that `register_person` would; nothing is written."""
    values = {"sex": sex, "birth_date": birth_date, **fields}
    _checked(values, nik=_digits(nik), birth_date=birth_date, sex=sex)


@transaction.atomic
def register_person(
    *, actor, full_name: str, sex: str, nik: str = "", kk: str = "", user=None, **fields
) -> JobSeeker:
    """Create a person. The NIK stays unverified, so a second claim on it is accepted and becomes a task.

    Raises ValidationError by field, in Indonesian: malformed NIK or one that differs from birth date or sex,
    impossible dates, an unprintable name.
    """
    nik = _digits(nik)
    _check_kk(kk)
    values = {"full_name": full_name, "sex": sex, **fields}
    values = _with_domicile(_checked(values, nik=nik, birth_date=fields.get("birth_date"), sex=sex))
    person = JobSeeker(user=user, **values)
    for name, value in _sealed(person, nik, kk).items():
        setattr(person, name, value)
    person.save()
    opened(person, actor=actor, label="Data pencari kerja dibuat")
    return person


def lock_person(person: JobSeeker) -> JobSeeker:
    """Lock and re-read the person's row: the first lock of every service here. Raises Gone for a dead row."""
    fresh = JobSeeker.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if fresh.merged_into_id is not None:
        raise Gone("Data ini sudah digabung ke data lain dari orang yang sama. Buka data penggantinya.")
    if fresh.erased_at is not None:
        raise Gone("Data orang ini sudah dihapus atas permintaannya.")
    return fresh


@transaction.atomic
def update_person(
    person: JobSeeker,
    *,
    actor,
    version: int,
    label: str = "Data diri diubah",
    nik: str = "",
    kk: str = "",
    part: str = "",
    **fields,
) -> JobSeeker:
    """Change the person's data. A verified NIK can't be replaced; a sent application counts as changed too.

    What a running episode is counted by follows, as a pair of lines in the ledger; the schooling rows follow the
    last education. What a holder changes in verified facts waits at the application (see `proposals`). `part` (a slug
    of `parts.PARTS`) is what the applicant answers: what it was returned for counts as mended.

    Raises ValidationError by field, StaleRecord, Gone, or NikTaken; then nothing is changed.
    """
    fresh = lock_person(person)
    check_version(
        fresh, version
    )  # before the answers: what is wrong with them may be wrong of the old data only
    nik = _digits(nik)
    _check_kk(kk)
    waiting = proposals.waits(actor, fresh)
    told = _as_told(fresh, waiting) | fields
    known_nik = nik or (fresh.read_nik() if {"birth_date", "sex"} & set(fields) else "")
    values = _checked(fields, nik=known_nik, birth_date=told["birth_date"], sex=told["sex"])
    if nik and fresh.nik_verified_at and blind_index(nik) != bytes(fresh.nik_index):
        raise NikTaken("NIK ini sudah diverifikasi petugas dan tidak bisa diganti di sini.", field="nik")
    if _EDUCATION & set(values):
        values = schooling.told_of_level(fresh, values)
    values = _with_domicile(values, fresh) | _sealed(fresh, nik, kk)
    if waiting:
        values = proposals.set_aside(fresh, values)
    else:
        proposals.settle(fresh, {name for name in values if proposals.differs(fresh, name, values[name])})
    changed = revise_person(fresh, actor=actor, version=version, label=label, part=part, **values)
    if _EDUCATION & set(values):
        schooling.follow_person(changed)
    return proposals.lay_over(changed, proposals.of_person(changed)) if waiting else changed


def _as_told(fresh: JobSeeker, waiting: bool) -> dict:
    """Birth date and sex as the writer last gave them."""
    proposal = proposals.of_person(fresh) if waiting else None
    told = proposals.facts_of(proposal) if proposal else {}
    return {name: told.get(name, getattr(fresh, name)) for name in ("birth_date", "sex")}


def revise_person(
    fresh: JobSeeker, *, actor, version: int, label: str, part: str = "", document: str = "", **values
) -> JobSeeker:
    """Write checked `values` (or none) to a locked person, so that whoever has the file open has to look again.

    Everything that is kept under a person (rows of the profile, documents) is changed through here: the person's
    version rises, and that of an application that waits; what a returned one has to mend at this `part` or
    `document` is marked as mended. Call inside the caller's transaction. Raises StaleRecord.
    """
    changed = revise(fresh, actor=actor, version=version, label=label, **values)
    sent = AK1Application.objects.filter(jobseeker=fresh, state=ApplicationState.SUBMITTED).first()
    if sent is not None:
        revise(sent, actor=actor, version=sent.version, label=label)
    ledger.follow(changed, actor=actor)
    if part or document:
        _mend(changed, part, document)
    return changed


def _mend(person: JobSeeker, part: str, document: str) -> None:
    points = ReturnPoint.objects.filter(
        application__jobseeker=person,
        application__state=ApplicationState.RETURNED,
        part=part,
        document=document,
        mended_at__isnull=True,
    )
    for point in points:
        point.mended_at = clock.now()
        point.save(update_fields=["mended_at"])


@transaction.atomic
def verify_nik(person: JobSeeker, *, actor, version: int, method: str = NikMethod.KTP_SEEN) -> JobSeeker:
    """Note that the NIK was found to be the person's own. Raises NikTaken when another one's is verified."""
    fresh = lock_person(person)
    if not fresh.nik_index:
        raise NikTaken("NIK belum diisi, jadi belum bisa diverifikasi.", field="nik")
    if others_with_nik(fresh).filter(nik_verified_at__isnull=False).exists():
        raise NikTaken(
            "NIK yang sama sudah terverifikasi pada orang lain. Bandingkan kedua data, lalu gabungkan.",
            field="nik",
        )
    try:
        with transaction.atomic():
            return revise(
                fresh,
                actor=actor,
                version=version,
                label="NIK diverifikasi",
                nik_verified_at=clock.now(),
                nik_verified_by=actor,
                nik_verified_method=method,
            )
    except IntegrityError as problem:
        raise NikTaken(
            "NIK yang sama baru saja terverifikasi pada orang lain. Muat ulang halaman.", field="nik"
        ) from problem


def others_with_nik(person: JobSeeker):
    """Return other living rows that claim the same NIK."""
    if not person.nik_index:
        return JobSeeker.objects.none()
    return JobSeeker.objects.living().filter(nik_index=bytes(person.nik_index)).exclude(pk=person.pk)
