"""The register of job seekers: how many are on it, who came and who went (forms IPK III).

All of them ask the ledger. Stock and flows are split by the same cell (sex, age group at registration, education,
kelurahan), so in every cell: opening + registered + corrected in - placed - removed - expired - corrected out =
closing, and the closing of a month is the opening of the next.
"""

from django.db.models import Q
from django.urls import reverse

from core import measures
from core.classification import KBJI_2014, codes
from core.measures import Dimension, EvidenceColumn, Flow, Measure, Stock
from core.personal import mask_name
from jobseekers.enums import AgeGroup, EmployerClass, EventKind, Reach, RemovalReason, Sex
from jobseekers.measures.common import person_dimensions
from jobseekers.models import EpisodeCell, EpisodeEvent

STOCK = "jobseekers.jobseekers"
REGISTERED, PLACED, REMOVED, EXPIRED, CORRECTED_IN, CORRECTED_OUT = (
    "jobseekers.registered",
    "jobseekers.placed",
    "jobseekers.removed",
    "jobseekers.expired",
    "jobseekers.corrected_in",
    "jobseekers.corrected_out",
)
INFLOWS = (REGISTERED, CORRECTED_IN)
OUTFLOWS = (PLACED, REMOVED, EXPIRED, CORRECTED_OUT)
BOOK = "Buku peristiwa pencari kerja"


def occupation_groups() -> dict[str, str]:
    """The ten major groups of KBJI, and none."""
    groups = codes(KBJI_2014).filter(level=1).order_by("code").values_list("code", "title")
    return {**dict(groups), "": "Tidak diisi"}


def _cell_dimensions() -> dict[str, Dimension]:
    return {
        **person_dimensions(""),
        "age_group": Dimension("age_group", "Kelompok umur", lambda: dict(AgeGroup.choices)),
        "occupation_group": Dimension(
            "episode__occupation_group", "Golongan pokok jabatan yang dicari", occupation_groups
        ),
    }


def _columns(person) -> tuple[EvidenceColumn, ...]:
    """Whose row it is, and the cell in which it counts: not the person's data of today."""
    return (
        EvidenceColumn("Nama", lambda row: mask_name(person(row).full_name)),
        EvidenceColumn("Jenis kelamin", lambda row: Sex(row.sex).label),
        EvidenceColumn("Kelompok umur", lambda row: AgeGroup(row.age_group).label),
        EvidenceColumn("Pendidikan", lambda row: row.education.label if row.education else ""),
        EvidenceColumn("Kelurahan", lambda row: row.village.name if row.village else ""),
    )


measures.register(
    Measure(
        code=STOCK,
        label="Pencari kerja terdaftar",
        unit="orang",
        definition=(
            "Orang yang pada akhir hari terakhir periode terdaftar sebagai pencari kerja: sudah didaftar, "
            "belum ditempatkan, belum dihapus, dan kartunya belum habis masa berlaku. Kelompok umur menurut hari "
            "pendaftaran. Orang yang ternyata terdaftar ganda dihitung sampai data gandanya dihapus."
        ),
        register="Buku episode pencari kerja",
        rows=lambda: EpisodeCell.objects.all(),
        when=Stock("since", "until"),
        within=lambda period: Q(until__isnull=True) | Q(until__gt=period.end),
        dimensions={
            **_cell_dimensions(),
            "graduation_year": Dimension("jobseeker__graduation_year", "Tahun lulus"),
        },
        columns=_columns(lambda row: row.jobseeker),
        related=("jobseeker", "education", "village"),
        url=lambda row: reverse("jobseekers:person_detail", args=[row.jobseeker.uid]),
    )
)


def _flow(code: str, kind: EventKind, label: str, definition: str, more: dict | None = None) -> None:
    measures.register(
        Measure(
            code=code,
            label=label,
            unit="orang",
            definition=definition,
            register=BOOK,
            rows=lambda: EpisodeEvent.objects.filter(kind=kind),
            when=Flow("on"),
            dimensions={**_cell_dimensions(), **(more or {})},
            columns=(
                *_columns(lambda row: row.episode.jobseeker),
                EvidenceColumn("Tanggal", lambda row: row.on, "date"),
            ),
            related=("episode__jobseeker", "education", "village"),
            url=lambda row: reverse("jobseekers:person_detail", args=[row.episode.jobseeker.uid]),
        )
    )


_flow(
    REGISTERED,
    EventKind.REGISTERED,
    "Pencari kerja didaftar",
    "Pendaftaran pencari kerja menurut tanggal kartu terbit. Perpanjangan dan penggantian kartu selama masih "
    "terdaftar bukan pendaftaran baru.",
)
_flow(
    PLACED,
    EventKind.PLACED,
    "Pencari kerja ditempatkan",
    "Pencari kerja terdaftar yang berhenti terdaftar karena penempatannya terverifikasi, menurut tanggal mulai bekerja "
    "(paling awal tanggal koreksi data terakhir). Orang yang ditempatkan tanpa kartu AK-1 tidak termasuk.",
    {
        "reach": Dimension(
            "reach", "Jenis antar kerja", lambda: {**dict(Reach.choices), "": "Tidak tercatat"}
        ),
        "employer_class": Dimension(
            "employer_class", "Golongan pemberi kerja", lambda: dict(EmployerClass.choices)
        ),
    },
)
_flow(
    REMOVED,
    EventKind.REMOVED,
    "Pencari kerja dihapus dari daftar",
    "Pencari kerja yang dihapus dari daftar dengan alasan tercatat, menurut tanggal penghapusan.",
    {"reason": Dimension("reason", "Alasan", lambda: dict(RemovalReason.choices))},
)
_flow(
    EXPIRED,
    EventKind.EXPIRED,
    "Pencari kerja habis masa berlaku",
    "Pencari kerja yang berhenti terdaftar karena kartunya habis masa berlaku, menurut hari pertama kartu tidak "
    "berlaku.",
)
_flow(
    CORRECTED_IN,
    EventKind.CORRECTED_IN,
    "Koreksi data: masuk",
    "Pencari kerja terdaftar yang pindah ke sel ini karena jenis kelamin, tanggal lahir, pendidikan, atau "
    "kelurahannya dibetulkan atau berubah, menurut tanggal perubahan.",
)
_flow(
    CORRECTED_OUT,
    EventKind.CORRECTED_OUT,
    "Koreksi data: keluar",
    "Pencari kerja terdaftar yang keluar dari sel ini karena jenis kelamin, tanggal lahir, pendidikan, atau "
    "kelurahannya dibetulkan atau berubah, menurut tanggal perubahan.",
)
