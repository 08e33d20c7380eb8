"""The table of the staff register: list page and export."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from core import clock
from core.models.reference import EducationLevel
from core.tables import Chip, Column, Filter, Table
from lkip.enums import Employment, PostClass
from lkip.models import StaffMember, Unit
from lkip.permissions import can_see_report


def _today() -> Q:
    day = clock.today()
    return Q(started_on__lte=day) & (Q(ended_on=None) | Q(ended_on__gte=day))


class StaffTable(Table):
    """The office's staff, one row a person's time in a post."""

    slug = "pegawai-kantor"
    title = "Pegawai kantor"
    noun = "baris"
    intro = "Satu baris untuk tiap masa jabatan; yang pindah jabatan atau naik golongan mendapat baris baru."
    permission = can_see_report
    columns = [
        Column("name", "Nama", sort="name", width=34),
        Column("post", "Jabatan", sort="post", width=44),
        Column("unit", "Unit", value="unit__name", sort="unit__position", width=40),
        Column("post_class", "Kelompok", choices=PostClass.choices, sort="post_class", width=20),
        Column("grade", "Golongan", sort="grade", width=10),
        Column("education", "Pendidikan", value="education__label", sort="education__order", width=24),
        Column("employment", "Status", choices=Employment.choices, sort="employment", width=12),
        Column("started_on", "Mulai", kind="date", sort="started_on", width=14),
        Column("ended_on", "Sampai", kind="date", sort="ended_on", width=14),
    ]
    filters = [
        Filter("kelompok", "Kelompok jabatan", field="post_class", choices=PostClass.choices),
        Filter("status", "Status", field="employment", choices=Employment.choices),
        Filter(
            "unit",
            "Unit",
            field="unit__key",
            choices=lambda user: list(Unit.objects.values_list("key", "name")),
        ),
        Filter(
            "pendidikan",
            "Pendidikan",
            field="education_id",
            choices=lambda user: list(EducationLevel.objects.order_by("order").values_list("code", "label")),
        ),
        Filter("mulai", "Mulai", field="started_on", kind="date"),
    ]
    chips = [
        Chip("aktif", "Masih menjabat", lambda user: _today()),
        Chip("berakhir", "Sudah berakhir", lambda user: ~_today() & Q(ended_on__isnull=False)),
    ]
    search_fields = ("name__icontains", "post__icontains")
    search_label = "Cari nama atau jabatan"
    default_sort = ("unit__position", "pk")
    empty_text = "Pegawai muncul di sini setelah dicatat."

    def queryset(self, user) -> QuerySet:
        """The rows that the user may see."""
        return StaffMember.objects.visible_to(user).select_related("unit", "education")

    def row_url(self, row) -> str:
        """The member's page."""
        return member_url(row)


def member_url(member: StaffMember) -> str:
    """The page of a row."""
    return reverse("lkip:staff_detail", args=[member.uid])
