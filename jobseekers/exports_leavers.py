"""The list of leavers that a BKK sent in: no NIK, no full name, no decision of the office."""

from django.db.models import Case, CharField, Q, QuerySet, Value, When

from core.personal import mask_name
from core.tables import Chip, Column, Table
from jobseekers.enums import ApplicationState
from jobseekers.models import AK1Application
from jobseekers.permissions import can_send_leavers

WAITS, CONFIRMED, SENT = "menunggu", "dikonfirmasi", "dikirim"
_WAITS = Q(state=ApplicationState.DRAFT, jobseeker__user__isnull=True)
_CONFIRMED = Q(state=ApplicationState.DRAFT, jobseeker__user__isnull=False)
_STANDS = [
    (WAITS, "Menunggu konfirmasi lulusan"),
    (CONFIRMED, "Dikonfirmasi, belum dikirim"),
    (SENT, "Sudah dikirim atau ditutup lulusan"),
]


class LeaverTable(Table):
    """Leavers of the user's BKK and whether they took their draft over."""

    slug = "lulusan-bkk-kami"
    title = "Lulusan kami"
    noun = "lulusan"
    permission = can_send_leavers
    default_sort = ("-created_at", "-pk")
    formats = ()
    empty_text = "Belum ada lulusan. Unduh templatnya, isi satu baris untuk setiap lulusan, lalu unggah."
    columns = [
        Column("name", "Nama", value="jobseeker__full_name", convert=mask_name, width=30),
        Column("school", "BKK", value="via_institution__name", width=30),
        Column("major", "Jurusan", value="jobseeker__education_major", width=28),
        Column("year", "Tahun lulus", value="jobseeker__graduation_year", kind="text", width=12),
        Column("created_at", "Diunggah", kind="date", sort="created_at", width=16),
        Column(
            "stands",
            "Keadaan",
            kind="tag",
            choices=_STANDS,
            colours={WAITS: "yellow", SENT: "green"},
            width=26,
        ),
    ]
    chips = [
        Chip(WAITS, "Menunggu konfirmasi", _WAITS),
        Chip(CONFIRMED, "Dikonfirmasi", _CONFIRMED),
    ]

    def queryset(self, user) -> QuerySet:
        """What the BKK of the user sent in."""
        stands = Case(
            When(_WAITS, then=Value(WAITS)),
            When(_CONFIRMED, then=Value(CONFIRMED)),
            default=Value(SENT),
            output_field=CharField(),
        )
        rows = AK1Application.objects.sent_by_school(user).annotate(stands=stands)
        return rows.select_related("jobseeker", "via_institution")
