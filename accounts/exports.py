"""Tables of the accounts app: the list page and its export come from the same class."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse

from accounts.enums import ClaimState, InstitutionKind, InstitutionState, Role
from accounts.models import Institution, Membership, NikClaim, User
from accounts.permissions import can_decide_claims, is_administrator, is_staff_member
from core.tables import Chip, Column, Filter, Table

STATE_COLOURS = {"CLOSED": "grey"}
ACTIVITY = [(True, "Aktif"), (False, "Tidak aktif")]


def _with_role(queryset, role: str):
    held = Membership.objects.open().filter(user=OuterRef("pk"), role=role)
    return queryset.filter(Exists(held))


def _roles(user: User) -> str:
    return ", ".join(str(membership) for membership in user.open_memberships)


class UserTable(Table):
    """Accounts, for administrators."""

    slug = "pengguna"
    title = "Pengguna"
    noun = "pengguna"
    permission = is_administrator
    columns = [
        Column("full_name", "Nama", width=28, sort="full_name", value=str),
        Column("email", "E-mail", width=30, sort="email"),
        Column("roles", "Peran", width=40, value=_roles, explain="Peran yang dipegang sekarang."),
        Column(
            "is_active",
            "Status",
            kind="tag",
            choices=ACTIVITY,
            colours={False: "grey"},
            sort="is_active",
            width=12,
        ),
        Column(
            "second_factor", "Faktor kedua", kind="bool", width=14, explain="Aplikasi autentikator terpasang."
        ),
        Column("last_login", "Terakhir masuk", kind="datetime", sort="last_login", width=24),
    ]
    filters = [
        Filter("peran", "Peran", choices=Role.choices, apply=_with_role),
        Filter("aktif", "Aktif", field="is_active", kind="bool"),
    ]
    chips = [Chip("demo", "Akun demo", Q(is_demo=True)), Chip("mati", "Tidak aktif", Q(is_active=False))]
    search_fields = ("full_name__icontains", "email__icontains")
    search_label = "Cari nama atau e-mail"
    default_sort = "full_name"

    def queryset(self, user):
        """All accounts the user may see, with their open roles."""
        memberships = Membership.objects.open().select_related("institution").order_by("pk")
        totp = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        return (
            User.objects.visible_to(user)
            .annotate(second_factor=Exists(totp))
            .prefetch_related(Prefetch("memberships", queryset=memberships, to_attr="open_memberships"))
        )

    def row_url(self, row) -> str:
        """The account's page."""
        return reverse("accounts:user_detail", args=[row.uid])


class MembershipTable(Table):
    """Who holds which role, now and before."""

    slug = "keanggotaan"
    title = "Keanggotaan dan peran"
    noun = "keanggotaan"
    permission = is_administrator
    columns = [
        Column("user", "Pengguna", width=28, value="user__full_name", sort="user__full_name"),
        Column("role", "Peran", width=24, choices=Role.choices, sort="role"),
        Column("institution", "Lembaga", width=32, value="institution__name", sort="institution__name"),
        Column("started_on", "Mulai", kind="date", sort="started_on"),
        Column("ended_on", "Berakhir", kind="date", sort="ended_on"),
    ]
    filters = [
        Filter("peran", "Peran", field="role", choices=Role.choices),
        Filter("mulai", "Mulai", field="started_on", kind="date"),
    ]
    chips = [
        Chip("berlaku", "Berlaku", Q(ended_on__isnull=True)),
        Chip("berakhir", "Berakhir", Q(ended_on__isnull=False)),
    ]
    search_fields = ("user__full_name__icontains", "institution__name__icontains")
    search_label = "Cari nama atau lembaga"
    default_sort = "-started_on"

    def queryset(self, user):
        """All memberships the user may see."""
        return Membership.objects.visible_to(user).select_related("user", "institution")

    def row_url(self, row) -> str:
        """The membership's page."""
        return reverse("accounts:membership_detail", args=[row.uid])


class InstitutionTable(Table):
    """Institutions of all kinds, for staff."""

    slug = "lembaga"
    title = "Lembaga"
    noun = "lembaga"
    permission = is_staff_member
    columns = [
        Column("name", "Nama", width=36, sort="name"),
        Column("kind", "Jenis", width=28, choices=InstitutionKind.choices, sort="kind"),
        Column("region", "Wilayah", width=22, value="region__name", sort="region__name"),
        Column("phone", "Telepon", width=18),
        Column("email", "E-mail", width=26),
        Column(
            "state",
            "Status",
            kind="tag",
            choices=InstitutionState.choices,
            colours=STATE_COLOURS,
            sort="state",
            width=12,
        ),
    ]
    filters = [
        Filter("jenis", "Jenis", field="kind", choices=InstitutionKind.choices),
        Filter("status", "Status", field="state", choices=InstitutionState.choices),
    ]
    search_fields = ("name__icontains", "address__icontains")
    search_label = "Cari nama atau alamat"
    default_sort = "name"

    def queryset(self, user):
        """All institutions the user may see."""
        return Institution.objects.visible_to(user).select_related("region")

    def row_url(self, row) -> str:
        """The institution's page."""
        return reverse("accounts:institution_detail", args=[row.uid])


class NikClaimTable(Table):
    """Claims on a NIK that another account holds."""

    slug = "klaim-nik"
    title = "Klaim NIK"
    noun = "klaim"
    intro = "Orang yang mendaftar dengan NIK yang sudah tercatat pada akun lain. Bandingkan dengan KTP asli."
    empty_text = "Belum ada klaim. Klaim muncul di sini bila NIK yang didaftarkan sudah dipakai akun lain."
    permission = can_decide_claims
    columns = [
        Column("full_name", "Pemohon", width=28, sort="full_name"),
        Column("nik_masked", "NIK", width=18, explain="Disamarkan."),
        Column("holder", "Pemegang sekarang", width=28, value="holder__full_name"),
        Column("created_at", "Masuk", kind="datetime", sort="created_at", width=24),
        Column("decided_at", "Diputus", kind="datetime", sort="decided_at", width=24),
        Column(
            "state",
            "Status",
            kind="tag",
            choices=ClaimState.choices,
            colours={"OPEN": "yellow", "REFUSED": "grey"},
            sort="state",
        ),
    ]
    filters = [Filter("status", "Status", field="state", choices=ClaimState.choices)]
    chips = [Chip("menunggu", "Menunggu", Q(state=ClaimState.OPEN))]
    search_fields = ("full_name__icontains",)
    search_label = "Cari nama pemohon"
    default_sort = "created_at"

    def queryset(self, user):
        """All claims the user may see."""
        return NikClaim.objects.visible_to(user).select_related("holder")

    def row_url(self, row) -> str:
        """The claim's page."""
        return reverse("accounts:claim_detail", args=[row.uid])
