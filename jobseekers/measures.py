"""The numbers that the job seekers' room contributes."""

from django.db.models import Q
from django.urls import reverse

from core import measures
from core.measures import Dimension, Distinct, EvidenceColumn, Flow, Measure, Stock
from core.models.reference import EducationLevel, Region, RegionLevel
from core.personal import mask_name
from jobseekers.enums import AgeGroup, ApplicationKind, Origin, Sex
from jobseekers.models import AK1Application, AK1Card, Episode, JobSeeker

COUNTED_KINDS = (ApplicationKind.NEW, ApplicationKind.RENEWAL)
"""A replacement is the same registration on new paper, so it is no card of the year."""


def _regions(level: str):
    return lambda: dict(Region.objects.filter(level=level).values_list("code", "name"))


def _education() -> dict:
    return dict(EducationLevel.objects.order_by("order").values_list("code", "label"))


def person_dimensions(prefix: str) -> dict[str, Dimension]:
    """Sex, last education, kelurahan and kecamatan of the person reached by `prefix` (e.g. "jobseeker__")."""
    return {
        "sex": Dimension(f"{prefix}sex", "Jenis kelamin", lambda: dict(Sex.choices)),
        "education": Dimension(f"{prefix}education", "Pendidikan terakhir", _education),
        "village": Dimension(f"{prefix}village", "Kelurahan", _regions(RegionLevel.VILLAGE)),
        "district": Dimension(f"{prefix}village__parent", "Kecamatan", _regions(RegionLevel.DISTRICT)),
    }


def _person_columns(person) -> tuple[EvidenceColumn, ...]:
    return (
        EvidenceColumn("Nama", lambda row: mask_name(person(row).full_name)),
        EvidenceColumn("Jenis kelamin", lambda row: person(row).get_sex_display()),
        EvidenceColumn("Kelurahan", lambda row: person(row).village.name if person(row).village else ""),
    )


measures.register(
    Measure(
        code="jobseekers.ak1_cards",
        label="Kartu AK-1 terbit",
        unit="kartu",
        definition=(
            "Kartu AK-1 jenis baru atau perpanjangan menurut tanggal terbit. "
            "Kartu pengganti (hilang, rusak, data berubah) tidak dihitung."
        ),
        register="Buku kartu AK-1",
        rows=lambda: AK1Card.objects.filter(kind__in=COUNTED_KINDS),
        when=Flow("issued_on"),
        dimensions={
            **person_dimensions("jobseeker__"),
            "kind": Dimension("kind", "Jenis", lambda: dict(ApplicationKind.choices)),
        },
        columns=(
            EvidenceColumn("Nomor", lambda card: card.number_grouped),
            *_person_columns(lambda card: card.jobseeker),
            EvidenceColumn("Jenis", lambda card: card.get_kind_display()),
            EvidenceColumn("Terbit", lambda card: card.issued_on, "date"),
        ),
        related=("jobseeker__village",),
        url=lambda card: reverse("jobseekers:card_detail", args=[card.uid]),
    )
)

measures.register(
    Measure(
        code="jobseekers.applications_waiting",
        label="Permohonan AK-1 belum diputus",
        unit="permohonan",
        definition=(
            "Permohonan yang sudah dikirim dan pada akhir hari terakhir periode belum disetujui, ditolak, "
            "atau dibatalkan. Yang sedang diperbaiki pemohon ikut dihitung sampai diputus."
        ),
        register="Buku permohonan AK-1",
        rows=lambda: AK1Application.objects.all(),
        when=Stock("submitted_at__date", "decided_at__date"),
        within=lambda period: Q(decided_at__isnull=True) | Q(decided_at__date__gt=period.end),
        dimensions={
            **person_dimensions("jobseeker__"),
            "kind": Dimension("kind", "Jenis", lambda: dict(ApplicationKind.choices)),
            "origin": Dimension("origin", "Asal", lambda: dict(Origin.choices)),
        },
        columns=(
            EvidenceColumn("Nomor permohonan", lambda application: application.reference),
            *_person_columns(lambda application: application.jobseeker),
            EvidenceColumn("Dikirim", lambda application: application.submitted_at, "datetime"),
        ),
        related=("jobseeker__village",),
        url=lambda application: reverse("jobseekers:application_detail", args=[application.uid]),
    )
)

measures.register(
    Measure(
        code="jobseekers.jobseekers",
        label="Pencari kerja terdaftar",
        unit="orang",
        definition=(
            "Orang yang pada akhir hari terakhir periode terdaftar sebagai pencari kerja: sudah didaftar, "
            "belum ditempatkan, belum dihapus, dan kartunya belum habis masa berlaku."
        ),
        register="Buku episode pencari kerja",
        rows=lambda: Episode.objects.all(),
        when=Stock("opened_on", "closed_on"),
        within=lambda period: Q(closed_on__isnull=True) | Q(closed_on__gt=period.end),
        value=Distinct("jobseeker", lambda: JobSeeker),
        dimensions={
            **person_dimensions(""),
            "age_group": Dimension("age_group", "Kelompok umur", lambda: dict(AgeGroup.choices)),
        },
        columns=_person_columns(lambda person: person),
        related=("village",),
        url=lambda person: reverse("jobseekers:person_detail", args=[person.uid]),
    )
)
