"""The lists of the room and their exports: people, applications, cards. None of them holds a NIK."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from core import clock
from core.tables import Chip, Column, Filter, Table
from jobseekers.ages import age_of, late_before
from jobseekers.enums import (
    ApplicationKind,
    ApplicationState,
    BreachState,
    CardState,
    NikMethod,
    Origin,
    RequestKind,
    RequestState,
)
from jobseekers.exports.columns import (
    card_number_column,
    card_state_column,
    day_column,
    moment_column,
    name_column,
    person_columns,
    state_column,
)
from jobseekers.exports.filters import person_filters
from jobseekers.measures import COUNTED_KINDS
from jobseekers.models import AK1Application, AK1Card, Breach, DataRequest, JobSeeker, ReturnPoint
from jobseekers.permissions import can_answer_requests, can_manage_breaches, can_read_cards, can_read_people
from jobseekers.reporting import late_cards


def _verified(queryset: QuerySet, wanted: bool) -> QuerySet:
    return queryset.filter(nik_verified_at__isnull=not wanted)


class PersonTable(Table):
    """People, with or without a card."""

    slug = "pencari-kerja"
    title = "Pencari kerja"
    noun = "orang"
    permission = can_read_people
    nik_field = "nik_index"
    search_kinds = {"person": "uid"}
    search_label = "Cari nama, telepon, NIK, atau nomor kartu"
    default_sort = "full_name"
    empty_text = "Orang tercatat di sini setelah mendaftar atau dilayani di loket."
    columns = [
        Column("full_name", "Nama", sort="full_name", width=32),
        *person_columns(""),
        Column(
            "verified",
            "NIK",
            value="nik_verified_method",
            choices=[("", "Belum diverifikasi"), *NikMethod.choices],
            width=24,
            explain="Cara NIK diverifikasi. NIK sendiri tidak pernah diekspor.",
        ),
        day_column("registered_on", "Terdaftar"),
    ]
    filters = [
        *person_filters(),
        Filter("terdaftar", "Terdaftar", field="registered_on", kind="date"),
        Filter("diverifikasi", "NIK terverifikasi", kind="bool", apply=_verified),
    ]
    chips = [
        Chip("unverified", "NIK belum diverifikasi", Q(nik_verified_at__isnull=True)),
    ]

    def queryset(self, user) -> QuerySet:
        """People that stand for somebody; tombstones and erased rows are not listed."""
        return JobSeeker.objects.visible_to(user).living().select_related("education", "village__parent")

    def row_url(self, row: JobSeeker) -> str:
        """The person's file."""
        return reverse("jobseekers:person_detail", args=[row.uid])


_WAITS = Q(state=ApplicationState.SUBMITTED)
_OLDEST = ("submitted_at", "pk")


def _waits_late(user) -> Q:
    return _WAITS & Q(submitted_at__lt=late_before())


def _was_returned() -> Exists:
    return Exists(ReturnPoint.objects.filter(application=OuterRef("pk")))


def _shares_nik() -> Exists:
    others = JobSeeker.objects.living().filter(nik_index=OuterRef("jobseeker__nik_index"))
    return Exists(others.exclude(pk=OuterRef("jobseeker_id")))


def _waiting_age(row: AK1Application):
    return age_of(row.submitted_at if row.state == ApplicationState.SUBMITTED else None)


class ApplicationTable(Table):
    """Applications for a card, the newest first; the queue is the chip "menunggu", the oldest first."""

    slug = "permohonan-ak1"
    title = "Permohonan AK-1"
    noun = "permohonan"
    permission = can_read_cards
    nik_field = "jobseeker__nik_index"
    search_kinds = {"application": "uid", "person": "jobseeker__uid"}
    search_label = "Cari nama, telepon, atau nomor permohonan"
    default_sort = ("-submitted_at", "-pk")
    empty_text = "Permohonan dari ponsel dan dari loket masuk ke daftar ini."
    columns = [
        Column(
            "name",
            "Nama",
            value="jobseeker__full_name",
            sort="jobseeker__full_name",
            width=32,
            sub=lambda row: f"{row.get_kind_display()} · {row.get_origin_display()}",
        ),
        Column("kind", "Jenis", choices=ApplicationKind.choices, width=14, listed=False),
        Column("origin", "Asal", choices=Origin.choices, width=12, listed=False),
        *person_columns("jobseeker__"),
        moment_column("submitted_at", "Dikirim"),
        Column(
            "age",
            "Umur",
            value=lambda row: _waiting_age(row).words,
            export=False,
            sub=lambda row: _waiting_age(row).late,
            late=lambda row: bool(_waiting_age(row).late),
        ),
        state_column(
            ApplicationState.choices,
            {"RETURNED": "yellow", "APPROVED": "green", "REJECTED": "red", "WITHDRAWN": "grey"},
            width=26,
        ),
        moment_column("decided_at", "Diputus", listed=False),
        Column("decided_by", "Diputus oleh", value="decided_by__full_name", width=28, listed=False),
    ]
    filters = [
        Filter("jenis", "Jenis", field="kind", choices=ApplicationKind.choices),
        Filter("asal", "Asal", field="origin", choices=Origin.choices),
        Filter("dikirim", "Dikirim", field="submitted_at__date", kind="date"),
        *person_filters("jobseeker__"),
    ]
    chips = [
        Chip("menunggu", "Menunggu pemeriksaan", _WAITS, _OLDEST),
        Chip("lewat", "Lewat waktu", _waits_late, _OLDEST),
        Chip("diperbaiki", "Sudah diperbaiki", _WAITS & Q(_was_returned()), _OLDEST),
        Chip("ganda", "Kemungkinan ganda", _WAITS & Q(_shares_nik()), _OLDEST),
        Chip("dikembalikan", "Dikembalikan", Q(state=ApplicationState.RETURNED)),
        Chip("disetujui", "Disetujui", Q(state=ApplicationState.APPROVED)),
        Chip("ditolak", "Ditolak", Q(state=ApplicationState.REJECTED)),
    ]

    def queryset(self, user) -> QuerySet:
        """Everything that was sent, and what is filled in at the desk."""
        return AK1Application.objects.visible_to(user).select_related(
            "jobseeker__education", "jobseeker__village__parent", "decided_by"
        )

    def row_url(self, row: AK1Application) -> str:
        """The file."""
        return reverse("jobseekers:application_detail", args=[row.uid])


def _counted(queryset: QuerySet, wanted: bool) -> QuerySet:
    return queryset.filter(kind__in=COUNTED_KINDS) if wanted else queryset.exclude(kind__in=COUNTED_KINDS)


class CardTable(Table):
    """The register of cards (BKOL, AK-1)."""

    slug = "kartu-ak1"
    title = "Kartu AK-1"
    noun = "kartu"
    permission = can_read_cards
    nik_field = "jobseeker__nik_index"
    search_kinds = {"card": "uid", "person": "jobseeker__uid"}
    search_label = "Cari nama, telepon, atau nomor kartu"
    default_sort = ("-issued_on", "-pk")
    empty_text = "Kartu tercatat di sini begitu permohonan disetujui."
    columns = [
        card_number_column(explain="Nomor pendaftaran pencari kerja pada kartu."),
        name_column(),
        *person_columns("jobseeker__"),
        Column("kind", "Jenis", choices=ApplicationKind.choices, sort="kind", width=14),
        day_column("issued_on", "Terbit"),
        day_column("valid_until", "Berlaku sampai"),
        card_state_column(),
        Column("officer_name", "Pengantar kerja", width=28, listed=False),
    ]
    filters = [
        Filter("terbit", "Terbit", field="issued_on", kind="date"),
        Filter("jenis", "Jenis", field="kind", choices=ApplicationKind.choices),
        Filter("keadaan", "Keadaan", field="state", choices=CardState.choices),
        Filter("hitung", "Dihitung dalam angka kinerja", kind="bool", apply=_counted),
        Filter("asal", "Asal permohonan", field="application__origin", choices=Origin.choices),
        *person_filters("jobseeker__"),
    ]
    chips = [Chip("terlambat-lapor", "Terlambat lapor", lambda user: late_cards())]

    def queryset(self, user) -> QuerySet:
        """All cards."""
        return AK1Card.objects.visible_to(user).select_related(
            "jobseeker__education", "jobseeker__village__parent"
        )

    def row_url(self, row: AK1Card) -> str:
        """The card's page."""
        return reverse("jobseekers:card_detail", args=[row.uid])


def _clock_words(row) -> str:
    """How long is left of the 3 × 24 hours, or by how much they have run out."""
    left = row.due_at - clock.now()
    hours = abs(int(left.total_seconds())) // 3600
    if row.state not in (RequestState.OPEN, BreachState.OPEN):
        return ""
    return f"lewat {hours} jam" if row.is_late else f"{hours} jam lagi"


def _late(request) -> Q:
    return Q(state=RequestState.OPEN, due_at__lt=clock.now())


_LEFT = Column("left", "Sisa waktu", value=_clock_words, late=lambda row: row.is_late, width=16, export=False)


class DataRequestTable(Table):
    """Requests about personal data; the one whose clock runs out first stands first."""

    slug = "permintaan-data"
    title = "Permintaan atas data pribadi"
    noun = "permintaan"
    permission = can_answer_requests
    search_fields = ("jobseeker__full_name__icontains",)
    search_label = "Cari nama"
    default_sort = ("due_at", "pk")
    empty_text = "Permintaan pemilik data dari halaman Privasi masuk ke daftar ini."
    columns = [
        Column("kind", "Permintaan", choices=RequestKind.choices, sort="kind", width=26),
        name_column(title="Pemohon"),
        moment_column("made_at", "Diajukan"),
        moment_column(
            "due_at", "Paling lambat", explain="3 × 24 jam sejak diajukan, hari libur ikut dihitung."
        ),
        _LEFT,
        state_column(RequestState.choices, {"GRANTED": "green", "REFUSED": "red", "WITHDRAWN": "grey"}),
        moment_column("answered_at", "Dijawab", listed=False),
    ]
    filters = [
        Filter("jenis", "Jenis", field="kind", choices=RequestKind.choices),
        Filter("diajukan", "Diajukan", field="made_at__date", kind="date"),
    ]
    chips = [
        Chip("menunggu", "Menunggu jawaban", Q(state=RequestState.OPEN)),
        Chip("lewat", "Lewat tenggat", _late),
        Chip("dikabulkan", "Dikabulkan", Q(state=RequestState.GRANTED)),
        Chip("ditolak", "Ditolak", Q(state=RequestState.REFUSED)),
    ]

    def queryset(self, user) -> QuerySet:
        """All requests."""
        return DataRequest.objects.visible_to(user).select_related("jobseeker")

    def row_url(self, row: DataRequest) -> str:
        """The request."""
        return reverse("jobseekers:data_request_detail", args=[row.uid])


class BreachTable(Table):
    """The register of data breaches."""

    slug = "kegagalan-data"
    title = "Kegagalan pelindungan data"
    noun = "peristiwa"
    permission = can_manage_breaches
    search_fields = ("title__icontains",)
    default_sort = ("-found_at", "-pk")
    empty_text = (
        "Catat setiap kebocoran atau kehilangan data; pemiliknya diberi tahu paling lambat 3 × 24 jam."
    )
    columns = [
        Column("title", "Peristiwa", sort="title", width=40),
        moment_column("found_at", "Diketahui"),
        moment_column(
            "due_at",
            "Diberitahukan paling lambat",
            explain="3 × 24 jam sejak diketahui (UU 27/2022 Pasal 46).",
        ),
        _LEFT,
        Column("affected_count", "Orang terkena", kind="int", sort="affected_count", width=14),
        state_column(BreachState.choices, {"OPEN": "red", "NOTIFIED": "yellow", "CLOSED": "grey"}),
    ]
    chips = [
        Chip("ditangani", "Ditangani", Q(state=BreachState.OPEN)),
        Chip("lewat", "Lewat tenggat", _late),
    ]

    def queryset(self, user) -> QuerySet:
        """All of them."""
        return Breach.objects.visible_to(user)

    def row_url(self, row: Breach) -> str:
        """The breach."""
        return reverse("jobseekers:breach_detail", args=[row.uid])
