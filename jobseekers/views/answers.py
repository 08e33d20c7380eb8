"""The answers of a file as facts, for the applicant's review and the officer's page."""

from typing import Any

from django.urls import reverse

from core import clock
from core.formats import date_long
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
    TrainingHistory,
    WorkHistory,
)
from jobseekers.services.papers import Demand, demands


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
    """Where to find the person."""
    return [
        Fact("Alamat", person.address_line()),
        Fact("Telepon", _phone(person)),
        Fact("E-mail", person.email),
    ]


def schooling(person: JobSeeker) -> list[Fact]:
    """What the person learned."""
    school = ", ".join(part for part in (person.education_school, person.education_major) if part)
    return [
        Fact("Pendidikan terakhir", person.education.label if person.education else ""),
        Fact("Sekolah, jurusan", school),
        Fact("Tahun lulus", str(person.graduation_year or "")),
        Fact("Keterampilan", person.skills),
    ]


HISTORY = (
    ("Riwayat pendidikan", Schooling),
    ("Bahasa", Language),
    ("Pengalaman kerja", WorkHistory),
    ("Pelatihan di tempat lain", TrainingHistory),
    ("Pekerjaan yang dicari", DesiredOccupation),
)


def history(person: JobSeeker) -> list[Fact]:
    """The rows of the profile, a line a kind, as the person ordered them; a query a kind."""
    return [
        Fact(title, "; ".join(str(row) for row in model.objects.filter(jobseeker=person)))
        for title, model in HISTORY
    ]


def need(person: JobSeeker) -> list[Fact]:
    """Kind of disability and what is needed at work; the caller has asked `can_read_needs`. Empty for none."""
    row = AccommodationNeed.objects.filter(jobseeker=person).first()
    return [Fact(row.get_kind_display(), row.read_need())] if row else []


def answers_of(application: AK1Application) -> list[dict[str, Any]]:
    """The parts with their answers, each row with the link that changes it."""
    person = application.jobseeker
    who = identity(person)
    home, phone, email = contact(person)
    groups = (
        (parts.IDENTITY, who[:4]),
        (parts.STATUS, [*who[4:], Fact("Nomor KK", "Tersimpan" if person.kk_sealed else "")]),
        (parts.ADDRESS, [home]),
        (parts.CONTACT, [phone, email]),
        (parts.SCHOOLING, schooling(person)),
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
