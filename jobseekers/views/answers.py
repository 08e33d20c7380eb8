"""The answers of a file as facts, for the applicant's review and the officer's page."""

from typing import Any

from django.urls import reverse

from core import clock
from core.formats import date_long, rupiah
from core.pages import Fact
from core.personal import age_on
from jobseekers import parts
from jobseekers.models import (
    AccommodationNeed,
    AK1Application,
    DesiredOccupation,
    JobSeeker,
    Language,
    Schooling,
    Skill,
    TrainingHistory,
    WorkHistory,
)
from jobseekers.services.papers import Demand, demands

FREE_TEXT = "Keterampilan di kartu"


def _phone(person: JobSeeker) -> str:
    phone = person.phone
    return f"0{phone[3:]}" if phone.startswith("+62") else phone


def identity(person: JobSeeker) -> list[Fact]:
    """Who: the NIK is masked."""
    born = ""
    if person.birth_date:
        age = age_on(person.birth_date, clock.today())
        born = f"{person.birth_place}, {date_long(person.birth_date)} ({age} tahun)"
    return [
        Fact("NIK", person.nik_masked),
        Fact("Nama", person.full_name),
        Fact("Tempat, tanggal lahir", born),
        Fact("Jenis kelamin", person.get_sex_display()),
        Fact("Status perkawinan", person.get_marital_status_display()),
        Fact("Agama", person.get_religion_display()),
    ]


def contact(person: JobSeeker) -> list[Fact]:
    """Where to find the person: the KTP's address, where the person lives, phone and mail."""
    return [
        Fact("Alamat", person.address_line()),
        domicile(person),
        Fact("Telepon", _phone(person)),
        Fact("E-mail", person.email),
    ]


def domicile(person: JobSeeker) -> Fact:
    """Where the person lives now; load `domicile_village__parent__parent` before."""
    return Fact("Tempat tinggal sekarang", person.domicile_line() or "Sama dengan alamat KTP")


def schooling(person: JobSeeker) -> list[Fact]:
    """What the person learned."""
    school = ", ".join(part for part in (person.education_school, person.education_major) if part)
    return [
        Fact("Pendidikan terakhir", person.education.label if person.education else ""),
        Fact("Sekolah, jurusan", school),
        Fact("Tahun lulus", str(person.graduation_year or "")),
        Fact("Keterampilan", person.skills),
    ]


def _step(row: Schooling) -> str:
    told = [row.level.label, row.school, row.major, f"lulus {row.graduated}"]
    told += [f"nilai {row.grade}"] if row.grade else []
    told += [f"kode IPK {row.ipk_code}"] if row.ipk_code_id else []
    return ", ".join(text for text in told if text)


def _levelled(row: Skill | Language) -> str:
    return f"{row.name} ({row.get_level_display().lower()})"


def _job(row: WorkHistory) -> str:
    end = f"{row.ended_on:%m/%Y}" if row.ended_on else "sekarang"
    line = f"{row.occupation}, {row.employer}, {row.started_on:%m/%Y} sampai {end}"
    return f"{line}: {row.duties}" if row.duties else line


def _course(row: TrainingHistory) -> str:
    line = f"{row.name}, {row.provider}, {row.year}"
    return f"{line}, sertifikat {row.certificate_no}" if row.certificate_no else line


def _occupation(row: DesiredOccupation) -> str:
    return f"{row.occupation.title} (KBJI {row.occupation.code})"


SCHOOLS, SKILLS, LANGUAGES, JOBS, COURSES, OCCUPATIONS = (
    ("Riwayat pendidikan", Schooling, ("level", "ipk_code"), _step),
    ("Keterampilan", Skill, (), _levelled),
    ("Bahasa", Language, (), _levelled),
    ("Pengalaman kerja", WorkHistory, (), _job),
    ("Pelatihan di tempat lain", TrainingHistory, (), _course),
    ("Jabatan yang dicari", DesiredOccupation, ("occupation",), _occupation),
)
"""Title, rows, what is loaded with them, and how one is told."""


def told(person: JobSeeker, kind: tuple) -> Fact:
    """The rows of a kind, a line each, as the person ordered them; one query."""
    title, model, beside, words = kind
    rows = model.objects.filter(jobseeker=person).select_related(*beside)
    return Fact(title, "\n".join(words(row) for row in rows))


def wishes(person: JobSeeker) -> list[Fact]:
    """Which work, where and for how much."""
    wage = f"{rupiah(person.wage_expectation)} sebulan" if person.wage_expectation else ""
    return [
        told(person, OCCUPATIONS),
        Fact("Daerah kerja yang diinginkan", person.get_desired_region_display()),
        Fact("Upah yang diharapkan", wage),
    ]


def history(person: JobSeeker) -> list[Fact]:
    """The rows of the profile with what is wished for; a query a kind."""
    kinds = (SCHOOLS, SKILLS, LANGUAGES, JOBS, COURSES)
    return [*(told(person, kind) for kind in kinds), *wishes(person)]


def need(person: JobSeeker) -> list[Fact]:
    """Kind of disability and what is needed at work; the caller has asked `can_read_needs`. Empty for none."""
    row = AccommodationNeed.objects.filter(jobseeker=person).first()
    return [Fact(row.get_kind_display(), row.read_need())] if row else []


def _own_need(person: JobSeeker) -> list[Fact]:
    """The same for the person, who may also have answered nothing."""
    row = AccommodationNeed.objects.filter(jobseeker=person).first()
    return [
        Fact("Ragam disabilitas", row.get_kind_display() if row else ""),
        Fact("Kebutuhan di tempat kerja", row.read_need() if row else ""),
    ]


def answers_of(application: AK1Application) -> list[dict[str, Any]]:
    """All parts with their answers, each row with its link to change it. For the applicant only: the need is told."""
    person = application.jobseeker
    who = identity(person)
    home, lives, phone, email = contact(person)
    *school, printed = schooling(person)
    groups = (
        (parts.IDENTITY, who[:4]),
        (parts.STATUS, [*who[4:], Fact("Nomor KK", "Tersimpan" if person.kk_sealed else "")]),
        (parts.ADDRESS, [home]),
        (parts.DOMICILE, [lives]),
        (parts.CONTACT, [phone, email]),
        (parts.SCHOOLING, [*school, told(person, SCHOOLS)]),
        (
            parts.SKILLS,
            [told(person, SKILLS), Fact(FREE_TEXT, printed.value), told(person, LANGUAGES)],
        ),
        (parts.WORK, [told(person, JOBS)]),
        (parts.TRAINING, [told(person, COURSES)]),
        (parts.WISHES, wishes(person)),
        (parts.NEEDS, _own_need(person)),
        (parts.PHOTO, [Fact("Pas foto", "Sudah diunggah" if person.photo_id else "")]),
    )
    found = []
    for part, facts in groups:
        url = reverse("jobseekers:fill_part", args=[application.uid, part.slug])
        rows = [{"label": fact.title, "text": fact.value, "url": url} for fact in facts]
        found.append({"title": part.title, "rows": rows})
    papers = [
        {
            "label": demand.kind.label,
            "text": _paper(demand),
            "url": reverse(
                "jobseekers:fill_document", args=[application.uid, demand.kind.lower().replace("_", "-")]
            ),
        }
        for demand in demands(application)
    ]
    return [*found, {"title": "Dokumen", "rows": papers}] if papers else found


def _paper(demand: Demand) -> str:
    if demand.document is None:
        return "" if demand.mandatory else "Tidak dilampirkan"
    name = demand.document.printed_name
    return f"Sudah diunggah, atas nama {name}" if name else "Sudah diunggah"
