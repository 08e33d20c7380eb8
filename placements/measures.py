"""The numbers that the placement ledger contributes.

One job start can be reported by several channels, so there are three words and three numbers: reports, placements,
persons.
"""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.measures import Dimension, Distinct, EvidenceColumn, Flow, Measure, register
from core.personal import mask_name
from jobseekers.measures import COUNTED_KINDS, person_dimensions
from jobseekers.models import AK1Card, JobSeeker
from placements.enums import Channel, Reach
from placements.models import ChannelReport, Placement

REGISTER = "Buku penempatan"


def _verified():
    return ChannelReport.objects.verified()


def _placements():
    return Placement.objects.filter(Exists(_verified().filter(placement=OuterRef("pk"))))


def _channels() -> dict:
    return dict(Channel.choices)


REPORT_COLUMNS = (
    EvidenceColumn("Nama", lambda report: mask_name(report.placement.jobseeker.full_name)),
    EvidenceColumn("Mulai kerja", lambda report: report.placement.started_on, "date"),
    EvidenceColumn("Tempat kerja", lambda report: report.placement.employer_display),
    EvidenceColumn("Jalur", lambda report: report.get_channel_display()),
    EvidenceColumn("Bukti", lambda report: report.get_evidence_kind_display()),
)
PERSON_COLUMNS = (
    EvidenceColumn("Nama", lambda person: mask_name(person.full_name)),
    EvidenceColumn("Jenis kelamin", lambda person: person.get_sex_display()),
    EvidenceColumn("Kelurahan", lambda person: person.village.name if person.village else ""),
)
PLACEMENT_COLUMNS = (
    EvidenceColumn("Nama", lambda placement: mask_name(placement.jobseeker.full_name)),
    EvidenceColumn("Mulai kerja", lambda placement: placement.started_on, "date"),
    EvidenceColumn("Tempat kerja", lambda placement: placement.employer_display),
    EvidenceColumn("Jalur utama", lambda placement: placement.get_primary_channel_display()),
)


def _person_url(person: JobSeeker) -> str:
    return reverse("jobseekers:person_detail", args=[person.uid])


register(
    Measure(
        code="placements.placement_reports",
        label="Laporan penempatan",
        unit="laporan",
        definition=(
            "Laporan penempatan terverifikasi menurut tanggal mulai bekerja. Satu penempatan yang dilaporkan oleh dua "
            "jalur dihitung dua kali, sekali pada tiap jalur."
        ),
        register=REGISTER,
        rows=_verified,
        when=Flow("placement__started_on"),
        dimensions={
            "channel": Dimension("channel", "Jalur", _channels),
            "reach": Dimension("placement__reach", "Jenis antar kerja", lambda: dict(Reach.choices)),
            **person_dimensions("placement__jobseeker__"),
        },
        columns=REPORT_COLUMNS,
        related=("placement__jobseeker", "placement__company__institution"),
        url=lambda report: reverse("placements:report_detail", args=[report.uid]),
    )
)
register(
    Measure(
        code="placements.placed_persons",
        label="Orang yang ditempatkan",
        unit="orang",
        definition=(
            "Orang dengan sedikitnya satu penempatan terverifikasi yang mulai dalam periode. Setiap orang dihitung "
            "satu kali, berapa pun penempatan dan jalurnya."
        ),
        register=REGISTER,
        rows=_placements,
        when=Flow("started_on"),
        value=Distinct("jobseeker", lambda: JobSeeker),
        dimensions={
            "reach": Dimension("reach", "Jenis antar kerja", lambda: dict(Reach.choices)),
            **person_dimensions("jobseeker__"),
        },
        columns=PERSON_COLUMNS,
        related=("village",),
        url=_person_url,
    )
)


def _card_of_the_year(period):
    """The person holds a counted card that was issued in the same period."""
    return Exists(
        AK1Card.objects.filter(
            jobseeker=OuterRef("jobseeker"),
            kind__in=COUNTED_KINDS,
            issued_on__gte=period.start,
            issued_on__lte=period.end,
        )
    )


register(
    Measure(
        code="placements.placed_persons_with_card",
        label="Pemegang kartu AK-1 yang ditempatkan",
        unit="orang",
        definition=(
            "Orang dengan penempatan terverifikasi yang mulai dalam periode dan dengan kartu AK-1 (baru atau "
            "perpanjangan) yang terbit dalam periode yang sama. Setiap orang dihitung satu kali."
        ),
        register=f"{REGISTER} dan buku kartu AK-1",
        rows=_placements,
        when=Flow("started_on"),
        within=_card_of_the_year,
        value=Distinct("jobseeker", lambda: JobSeeker),
        dimensions=person_dimensions("jobseeker__"),
        columns=PERSON_COLUMNS,
        related=("village",),
        url=_person_url,
    )
)
register(
    Measure(
        code="placements.placements_by_primary_channel",
        label="Penempatan",
        unit="penempatan",
        definition=(
            "Penempatan (satu orang, satu mulai kerja) dengan sedikitnya satu laporan terverifikasi, menurut tanggal "
            "mulai bekerja. Jalur utama adalah jalur layanan terakhir sebelum mulai bekerja."
        ),
        register=REGISTER,
        rows=_placements,
        when=Flow("started_on"),
        dimensions={
            "primary_channel": Dimension("primary_channel", "Jalur utama", _channels),
            "reach": Dimension("reach", "Jenis antar kerja", lambda: dict(Reach.choices)),
            **person_dimensions("jobseeker__"),
        },
        columns=PLACEMENT_COLUMNS,
        related=("jobseeker", "company__institution"),
        url=lambda placement: reverse("placements:placement_detail", args=[placement.uid]),
    )
)
