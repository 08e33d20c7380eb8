"""The book of six-monthly reports."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from jobseekers.enums import HolderStatus, ReportChannel
from jobseekers.exports.columns import day_column, name_column
from jobseekers.models import HolderReport
from jobseekers.permissions import can_read_cards
from jobseekers.reporting import SLOT_NAMES

SLOT_CHOICES = [(0, "Di luar jadwal"), *((number, name.capitalize()) for number, name in SLOT_NAMES.items())]


class HolderReportTable(Table):
    """What holders reported, newest first."""

    slug = "laporan-pemegang-kartu"
    title = "Laporan pemegang kartu"
    noun = "laporan"
    permission = can_read_cards
    search_fields = ("jobseeker__full_name__icontains",)
    search_label = "Cari nama"
    default_sort = ("-on", "-pk")
    empty_text = "Belum ada laporan. Pemegang kartu diingatkan lewat e-mail sebelum jatuh tempo."
    columns = [
        name_column(),
        Column("slot", "Laporan", choices=SLOT_CHOICES, sort="slot", width=16),
        day_column("on", "Tanggal"),
        Column(
            "late",
            "Tepat waktu",
            kind="tag",
            choices=[(False, "Tepat waktu"), (True, "Terlambat")],
            colours={True: "red"},
            width=14,
        ),
        Column("status", "Keadaan", choices=HolderStatus.choices, sort="status", width=24),
        Column("employer_name", "Tempat kerja", width=28, listed=False),
        Column("occupation", "Pekerjaan", width=24, listed=False),
        Column("since", "Mulai sejak", kind="date", width=14, listed=False),
        Column("channel", "Cara melapor", choices=ReportChannel.choices, width=22),
    ]
    filters = [
        Filter("tanggal", "Tanggal", field="on", kind="date"),
        Filter("keadaan", "Keadaan", field="status", choices=HolderStatus.choices),
        Filter("cara", "Cara melapor", field="channel", choices=ReportChannel.choices),
        Filter("ke", "Laporan", field="slot", choices=SLOT_CHOICES),
    ]
    chips = [
        Chip("terlambat", "Terlambat", Q(late=True)),
        Chip("bekerja", "Mengaku bekerja", Q(status__in=(HolderStatus.WORKING, HolderStatus.SELF_EMPLOYED))),
    ]

    def queryset(self, user) -> QuerySet:
        """All reports."""
        return HolderReport.objects.visible_to(user).select_related("jobseeker", "card")

    def row_url(self, row: HolderReport) -> str:
        """The card that was reported on."""
        return reverse("jobseekers:card_detail", args=[row.card.uid])
