"""Cards issued, applications sent, and those that wait."""

from django.db.models import Q
from django.urls import reverse

from core import measures
from core.measures import Dimension, EvidenceColumn, Flow, Measure, Stock
from jobseekers.enums import ApplicationKind, Origin
from jobseekers.measures.common import person_columns, person_dimensions
from jobseekers.models import AK1Application, AK1Card

COUNTED_KINDS = (ApplicationKind.NEW, ApplicationKind.RENEWAL)
"""A replacement is the same registration on new paper, so it is no card of the year."""

_APPLICATION_DIMENSIONS = {
    **person_dimensions("jobseeker__"),
    "kind": Dimension("kind", "Jenis", lambda: dict(ApplicationKind.choices)),
    "origin": Dimension("origin", "Asal", lambda: dict(Origin.choices)),
}
_APPLICATION_COLUMNS = (
    EvidenceColumn("Nomor permohonan", lambda application: application.reference),
    *person_columns(lambda application: application.jobseeker),
    EvidenceColumn("Dikirim", lambda application: application.submitted_at, "datetime"),
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
            *person_columns(lambda card: card.jobseeker),
            EvidenceColumn("Jenis", lambda card: card.get_kind_display()),
            EvidenceColumn("Terbit", lambda card: card.issued_on, "date"),
        ),
        related=("jobseeker__village",),
        url=lambda card: reverse("jobseekers:card_detail", args=[card.uid]),
    )
)

measures.register(
    Measure(
        code="jobseekers.applications_sent",
        label="Permohonan AK-1 masuk",
        unit="permohonan",
        definition=(
            "Permohonan kartu AK-1 (baru, perpanjangan, dan penggantian) menurut tanggal dikirim, apa pun putusannya. "
            "Permohonan yang dikembalikan lalu dikirim lagi dihitung satu kali, menurut pengiriman pertama."
        ),
        register="Buku permohonan AK-1",
        rows=lambda: AK1Application.objects.filter(submitted_at__isnull=False),
        when=Flow("submitted_at__date"),
        dimensions=_APPLICATION_DIMENSIONS,
        columns=_APPLICATION_COLUMNS,
        related=("jobseeker__village",),
        url=lambda application: reverse("jobseekers:application_detail", args=[application.uid]),
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
        dimensions=_APPLICATION_DIMENSIONS,
        columns=_APPLICATION_COLUMNS,
        related=("jobseeker__village",),
        url=lambda application: reverse("jobseekers:application_detail", args=[application.uid]),
    )
)
