"""The tables of the disputes app: list pages and exports. Confidential: mediators and the head of section only."""

from django.db.models import Q
from django.urls import reverse

from core import clock, formats
from core.tables import Chip, Column, Filter, Table
from disputes import deadlines, permissions, selectors
from disputes.enums import DisputeKind, DisputeState, Outcome
from disputes.models import DisputeCase

STATE_COLOURS = {"INCOMPLETE": "yellow", "CLOSED": "grey"}


def late_words(due_on, today) -> str:
    """Say by how many working days a term has passed, or how many are left."""
    if due_on is None:
        return ""
    left = deadlines.days_left(due_on, today)
    if due_on < today:
        return f"lewat {formats.number(max(1, -left))} hari kerja"
    return "hari ini" if due_on == today else f"{formats.number(left)} hari kerja lagi"


class CaseTable(Table):
    """Cases."""

    slug = "perselisihan"
    title = "Perselisihan hubungan industrial"
    noun = "perkara"
    permission = permissions.can_read_cases
    columns = [
        Column("number", "Nomor", sort="number", width=22),
        Column(
            "company",
            "Perusahaan",
            value="company__institution__name",
            sort="company__institution__name",
            width=36,
        ),
        Column("kind", "Jenis", choices=DisputeKind.choices, sort="kind", width=28),
        Column("applicant", "Pemohon", width=30, listed=False),
        Column("respondent", "Termohon", width=30, listed=False),
        Column("workers_male", "Pekerja laki-laki", kind="int", listed=False),
        Column("workers_female", "Pekerja perempuan", kind="int", listed=False),
        Column("received_on", "Diterima", kind="date", width=14, listed=False),
        Column("registered_on", "Dicatat", kind="date", sort="registered_on", width=14),
        Column("mediator", "Mediator", value="mediator__full_name", sort="mediator__full_name", width=28),
        Column(
            "due_on",
            "Tenggat terdekat",
            kind="date",
            sort="due_on",
            width=16,
            sub=lambda case: late_words(case.due_on, clock.today()),
            late=lambda case: case.due_on is not None and case.due_on < clock.today(),
            explain="Tenggat menurut UU 2/2004 yang masih berjalan.",
        ),
        Column("settled_on", "Selesai", kind="date", sort="settled_on", width=14, listed=False),
        Column("outcome", "Hasil", choices=Outcome.choices, sort="outcome", width=28, listed=False),
        Column(
            "state", "Keadaan", kind="tag", choices=DisputeState.choices, colours=STATE_COLOURS, sort="state"
        ),
    ]
    filters = [
        Filter("jenis", "Jenis", field="kind", choices=DisputeKind.choices),
        Filter("keadaan", "Keadaan", field="state", choices=DisputeState.choices),
        Filter("hasil", "Hasil", field="outcome", choices=Outcome.choices),
        Filter("dicatat", "Dicatat", field="registered_on", kind="date"),
    ]
    chips = [
        Chip("berjalan", "Berjalan", ~Q(state=DisputeState.CLOSED)),
        Chip("saya", "Perkara saya", lambda user: Q(mediator=user) & ~Q(state=DisputeState.CLOSED)),
        Chip("limpah", "Belum dilimpahkan", Q(mediator__isnull=True) & ~Q(state=DisputeState.CLOSED)),
    ]
    search_fields = (
        "number__icontains",
        "company__institution__name__icontains",
        "applicant__icontains",
        "respondent__icontains",
    )
    search_label = "Cari nomor, perusahaan, atau pihak"
    default_sort = ("-registered_on",)
    empty_text = "Perkara muncul di sini setelah dicatat."

    def queryset(self, user):
        """Cases that the user may see, with their nearest running term."""
        return (
            DisputeCase.objects.visible_to(user)
            .with_next_deadline()
            .select_related("company__institution", "mediator")
        )

    def row_url(self, row):
        """The case's page."""
        return reverse("disputes:case_detail", args=[row.uid])


class DeadlineTable(Table):
    """Terms that run now, the nearest first: the mediators' working list."""

    slug = "tenggat-perselisihan"
    title = "Tenggat perkara yang berjalan"
    noun = "tenggat"
    permission = permissions.can_read_cases
    columns = [
        Column("case", "Perkara", value="case__number", sort="case__number", width=22),
        Column("term", "Tenggat", value=lambda row: row.term.label, width=34),
        Column("company", "Perusahaan", value="case__company__institution__name", width=36),
        Column(
            "mediator",
            "Mediator",
            value="case__mediator__full_name",
            sort="case__mediator__full_name",
            width=28,
        ),
        Column("starts_on", "Mulai", kind="date", width=14),
        Column(
            "due_on",
            "Batas",
            kind="date",
            sort="due_on",
            width=14,
            sub=lambda row: (
                late_words(row.due_on, clock.today()) + (", sementara" if row.provisional else "")
            ),
            late=lambda row: row.due_on < clock.today(),
        ),
        Column("article", "Dasar", width=40),
        Column("consequence", "Bila lewat", value=lambda row: row.term.consequence, width=44, listed=False),
    ]
    filters = [Filter("batas", "Batas", field="due_on", kind="date")]
    chips = [Chip("lewat", "Sudah lewat", lambda user: Q(due_on__lt=clock.today()))]
    search_fields = ("case__number__icontains", "case__company__institution__name__icontains")
    search_label = "Cari nomor atau perusahaan"
    default_sort = ("due_on",)
    empty_text = "Tidak ada tenggat yang berjalan."

    def queryset(self, user):
        """Running terms of the cases that the user may see."""
        return selectors.running_deadlines(user)

    def row_url(self, row):
        """The case's page."""
        return reverse("disputes:case_detail", args=[row.case.uid])
