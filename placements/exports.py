"""The tables of the placement ledger: list pages and their exports. None of them holds a NIK."""

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.tables import Chip, Column, Filter, Table
from jobseekers.enums import HolderStatus
from jobseekers.permissions import can_read_cards
from placements import permissions
from placements.enums import (
    Channel,
    ContractType,
    EvidenceKind,
    Reach,
    ReportState,
    SelfReportState,
    WageBand,
)
from placements.models import ChannelReport, MigrantAgency, Placement, SchoolJobExchange, SelfReport

STATE_COLOURS = {ReportState.REPORTED: "yellow", ReportState.VERIFIED: "green", ReportState.REJECTED: "red"}


def employer_name(prefix: str = "") -> Case:
    """The employer as a reader sees it, as an expression."""
    return Case(
        When(**{f"{prefix}own_business": True}, then=Value("Usaha sendiri")),
        default=Coalesce(F(f"{prefix}company__institution__name"), F(f"{prefix}employer_name")),
    )


def _job_columns(prefix: str) -> list[Column]:
    """What is known of the job, mostly for the export."""
    return [
        Column(
            "started_on",
            "Mulai kerja",
            value=f"{prefix}started_on",
            kind="date",
            width=14,
            sort=f"{prefix}started_on",
        ),
        Column("employer", "Pemberi kerja", width=34, listed=False),
        Column("position", "Pekerjaan", value=f"{prefix}position", width=26, listed=False),
        Column(
            "contract_type",
            "Ikatan kerja",
            value=f"{prefix}contract_type",
            choices=ContractType.choices,
            width=22,
            listed=False,
        ),
        Column(
            "reach",
            "Jenis antar kerja",
            value=f"{prefix}reach",
            choices=Reach.choices,
            width=26,
            listed=False,
        ),
        Column("destination", "Tujuan", value=f"{prefix}destination", width=20, listed=False),
        Column(
            "wage_band",
            "Upah",
            value=f"{prefix}wage_band",
            choices=WageBand.choices,
            width=20,
            listed=False,
            explain="Dibandingkan dengan UMK tahun berjalan.",
        ),
    ]


class ReportTable(Table):
    """Channel reports: one line a placement and channel."""

    slug = "laporan-penempatan"
    title = "Laporan penempatan"
    noun = "laporan"
    permission = permissions.can_read
    columns = [
        Column(
            "name",
            "Nama",
            value="placement__jobseeker__full_name",
            sort="placement__jobseeker__full_name",
            width=30,
            sub=lambda report: report.employer,
        ),
        *_job_columns("placement__"),
        Column(
            "channel",
            "Jalur",
            choices=Channel.choices,
            sort="channel",
            width=26,
            sub=lambda report: str(report.institution or ""),
        ),
        Column("institution", "Pelapor", value="institution__name", width=30, listed=False),
        Column("reported_on", "Dilaporkan", kind="date", sort="reported_on", width=14),
        Column("evidence_kind", "Bukti", choices=EvidenceKind.choices, width=24, listed=False),
        Column(
            "service_on",
            "Tanggal layanan",
            kind="date",
            width=14,
            listed=False,
            explain="Hari layanan yang mengantar ke pekerjaan ini.",
        ),
        Column(
            "state",
            "Keadaan",
            kind="tag",
            choices=ReportState.choices,
            colours=STATE_COLOURS,
            sort="state",
            width=20,
        ),
    ]
    filters = [
        Filter("jalur", "Jalur", field="channel", choices=Channel.choices),
        Filter("keadaan", "Keadaan", field="state", choices=ReportState.choices),
        Filter("mulai", "Mulai kerja", field="placement__started_on", kind="date"),
        Filter("lapor", "Dilaporkan", field="reported_on", kind="date"),
    ]
    chips = [
        Chip("menunggu", "Menunggu pemeriksaan", Q(state=ReportState.REPORTED)),
        Chip("terverifikasi", "Terverifikasi", Q(state=ReportState.VERIFIED)),
        Chip("ditolak", "Ditolak", Q(state=ReportState.REJECTED)),
    ]
    search_fields = (
        "placement__jobseeker__full_name__icontains",
        "placement__company__institution__name__icontains",
        "placement__employer_name__icontains",
        "institution__name__icontains",
    )
    search_label = "Cari nama, pemberi kerja, atau pelapor"
    default_sort = ("-reported_on",)
    empty_text = "Laporan muncul di sini setelah seseorang melaporkan penempatan."

    def queryset(self, user):
        """Reports that the user may see."""
        return (
            ChannelReport.objects.visible_to(user)
            .annotate(employer=employer_name("placement__"))
            .select_related("placement__jobseeker", "placement__company__institution", "institution")
        )

    def row_url(self, row):
        """The report's page."""
        return reverse("placements:report_detail", args=[row.uid])


class PlacementTable(Table):
    """Placements: one line a person and job start."""

    slug = "penempatan"
    title = "Penempatan"
    noun = "penempatan"
    permission = permissions.can_read
    columns = [
        Column(
            "name",
            "Nama",
            value="jobseeker__full_name",
            sort="jobseeker__full_name",
            width=30,
            sub=lambda placement: placement.employer,
        ),
        *_job_columns(""),
        Column(
            "primary_channel",
            "Jalur utama",
            choices=Channel.choices,
            sort="primary_channel",
            width=26,
            explain="Jalur layanan terakhir sebelum mulai bekerja.",
        ),
        Column(
            "counted",
            "Terverifikasi",
            kind="bool",
            width=12,
            explain="Ada laporan yang terverifikasi, jadi penempatan ini dihitung.",
        ),
    ]
    filters = [
        Filter("jalur", "Jalur utama", field="primary_channel", choices=Channel.choices),
        Filter("jenis", "Jenis antar kerja", field="reach", choices=Reach.choices),
        Filter("usaha", "Usaha sendiri", field="own_business", kind="bool"),
        Filter("mulai", "Mulai kerja", field="started_on", kind="date"),
    ]
    chips = [
        Chip("dihitung", "Terverifikasi", Q(counted=True)),
        Chip("belum", "Belum terverifikasi", Q(counted=False)),
    ]
    search_fields = (
        "jobseeker__full_name__icontains",
        "company__institution__name__icontains",
        "employer_name__icontains",
    )
    search_label = "Cari nama atau pemberi kerja"
    default_sort = ("-started_on",)
    empty_text = "Penempatan muncul di sini setelah dilaporkan."

    def queryset(self, user):
        """Placements that the user may see."""
        verified = ChannelReport.objects.verified().filter(placement=OuterRef("pk"))
        return (
            Placement.objects.visible_to(user)
            .annotate(employer=employer_name(), counted=Exists(verified))
            .select_related("jobseeker", "company__institution")
        )

    def row_url(self, row):
        """The placement's page."""
        return reverse("placements:placement_detail", args=[row.uid])


class ExchangeTable(Table):
    """School job exchanges."""

    slug = "bkk"
    title = "Bursa kerja khusus (BKK)"
    noun = "BKK"
    permission = permissions.can_read
    columns = [
        Column("name", "Nama", value="institution__name", sort="institution__name", width=36),
        Column("npsn", "NPSN", width=12, explain="Nomor pokok sekolah nasional."),
        Column("registration_no", "Nomor pendaftaran", width=26),
        Column("registered_on", "Terdaftar", kind="date", sort="registered_on", width=14),
        Column("address", "Alamat", value="institution__address", width=36, listed=False),
        Column("phone", "Telepon", value="institution__phone", width=18, listed=False),
    ]
    filters = [Filter("terdaftar", "Terdaftar", field="registered_on", kind="date")]
    search_fields = ("institution__name__icontains", "npsn__startswith", "registration_no__icontains")
    search_label = "Cari nama, NPSN, atau nomor"
    default_sort = ("institution__name",)
    empty_text = "BKK muncul di sini setelah pendaftarannya dicatat."

    def queryset(self, user):
        """Exchanges that the user may see."""
        return SchoolJobExchange.objects.visible_to(user).select_related("institution__region")

    def row_url(self, row):
        """The exchange's page."""
        return reverse("placements:exchange_detail", args=[row.uid])


class AgencyTable(Table):
    """Agencies for migrant workers."""

    slug = "p3mi"
    title = "Perusahaan penempatan pekerja migran (P3MI)"
    noun = "P3MI"
    permission = permissions.can_read
    columns = [
        Column("name", "Nama", value="institution__name", sort="institution__name", width=36),
        Column("licence_no", "Nomor SIP3MI", width=26),
        Column("licence_until", "Berlaku sampai", kind="date", sort="licence_until", width=14),
        Column("address", "Alamat", value="institution__address", width=36, listed=False),
        Column("phone", "Telepon", value="institution__phone", width=18, listed=False),
    ]
    filters = [Filter("sampai", "Izin berlaku sampai", field="licence_until", kind="date")]
    search_fields = ("institution__name__icontains", "licence_no__icontains")
    search_label = "Cari nama atau nomor izin"
    default_sort = ("institution__name",)
    empty_text = "P3MI muncul di sini setelah izinnya dicatat."

    def queryset(self, user):
        """Agencies that the user may see."""
        return MigrantAgency.objects.visible_to(user).select_related("institution__region")

    def row_url(self, row):
        """The agency's page."""
        return reverse("placements:agency_detail", args=[row.uid])


class SelfReportTable(Table):
    """What holders of a card told of themselves; none of it counts until a report of it is verified."""

    slug = "kabar-bekerja"
    title = "Kabar bekerja"
    noun = "kabar"
    intro = "Pemegang kartu mengaku bekerja. Kabar belum dihitung sampai laporan penempatannya terverifikasi."
    permission = can_read_cards
    columns = [
        Column(
            "name",
            "Nama",
            value="jobseeker__full_name",
            sort="jobseeker__full_name",
            width=30,
            sub=lambda told: told.holder_report.employer_name or "Usaha sendiri",
        ),
        Column(
            "status",
            "Keadaan sekarang",
            value="holder_report__status",
            choices=HolderStatus.choices,
            width=20,
        ),
        Column("employer", "Tempat kerja", value="holder_report__employer_name", width=28, listed=False),
        Column("since", "Mulai sejak", value="holder_report__since", kind="date", width=14),
        Column("told_on", "Dikabarkan", kind="date", sort="told_on", width=14),
        Column(
            "state",
            "Tindak lanjut",
            kind="tag",
            choices=SelfReportState.choices,
            colours={SelfReportState.OPEN: "yellow", SelfReportState.BOOKED: "green"},
            width=24,
        ),
    ]
    filters = [
        Filter("dikabarkan", "Dikabarkan", field="told_on", kind="date"),
        Filter("tindak", "Tindak lanjut", field="state", choices=SelfReportState.choices),
    ]
    chips = [Chip("menunggu", "Belum diperiksa", Q(state=SelfReportState.OPEN))]
    search_fields = ("jobseeker__full_name__icontains", "holder_report__employer_name__icontains")
    search_label = "Cari nama atau tempat kerja"
    default_sort = ("told_on",)
    empty_text = "Kabar muncul di sini setelah pemegang kartu melapor sudah bekerja."

    def queryset(self, user):
        """All of them."""
        return SelfReport.objects.visible_to(user).select_related("jobseeker", "holder_report")

    def row_url(self, row: SelfReport) -> str:
        """Its page."""
        return reverse("placements:self_report_detail", args=[row.uid])
