"""The table of the register of activities: list page and export."""

from django.db.models import Q
from django.urls import reverse

from activities import permissions
from activities.enums import ActivityKind, ActivityState
from activities.models import Activity
from core.tables import Chip, Column, Filter, Table


class ActivityTable(Table):
    """The register of activities."""

    slug = "kegiatan"
    title = "Kegiatan dinas"
    noun = "kegiatan"
    permission = permissions.can_read_activities
    columns = [
        Column("title", "Kegiatan", sort="title", width=44),
        Column("kind", "Jenis", choices=ActivityKind.choices, sort="kind", width=24),
        Column("held_on", "Dilaksanakan", kind="date", sort="held_on", width=14),
        Column("ended_on", "Selesai", kind="date", width=14, listed=False),
        Column("place", "Tempat", width=30),
        Column("sub_activity_code", "Kode sub kegiatan", value="sub_activity__code", width=20, listed=False),
        Column("sub_activity", "Sub kegiatan", value="sub_activity__name", width=44, listed=False),
        Column("people", "Peserta (orang)", kind="int", sort="people"),
        Column("output_quantity", "Keluaran", kind="decimal", listed=False),
        Column("output_unit", "Satuan", listed=False),
        Column(
            "state",
            "Keadaan",
            kind="tag",
            choices=ActivityState.choices,
            colours={"STRUCK": "grey"},
            listed=False,
        ),
    ]
    filters = [
        Filter("jenis", "Jenis", field="kind", choices=ActivityKind.choices),
        Filter("tanggal", "Dilaksanakan", field="held_on", kind="date"),
    ]
    chips = [
        Chip("tercatat", "Tercatat", Q(state=ActivityState.RECORDED)),
        Chip("dicoret", "Dicoret", Q(state=ActivityState.STRUCK)),
    ]
    search_fields = ("title__icontains", "place__icontains")
    search_label = "Cari nama kegiatan atau tempat"
    default_sort = ("-held_on",)
    empty_text = "Kegiatan muncul di sini setelah dicatat."

    def queryset(self, user):
        """Activities that the user may see, with the number of participants."""
        return (
            Activity.objects.visible_to(user).with_participants().select_related("sub_activity", "evidence")
        )

    def row_url(self, row):
        """The activity's page."""
        return reverse("activities:activity_detail", args=[row.uid])
