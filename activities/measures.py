"""The numbers that the register of activities contributes."""

from django.db.models import F
from django.urls import reverse

from activities.enums import ActivityKind, ActivityState, ParticipantCategory
from activities.models import Activity, ActivityParticipants
from core.measures import Dimension, EvidenceColumn, Flow, Measure, Sum, register

REGISTER = "Register kegiatan dinas"


def _url(activity: Activity) -> str:
    return reverse("activities:activity_detail", args=[activity.uid])


register(
    Measure(
        code="activities.activities",
        label="Kegiatan dinas",
        unit="kegiatan",
        definition="Kegiatan dalam register menurut tanggal mulai pelaksanaan. Kegiatan yang dicoret tidak dihitung.",
        register=REGISTER,
        rows=lambda: Activity.objects.counted(),
        when=Flow("held_on"),
        dimensions={
            "kind": Dimension("kind", "Jenis kegiatan", lambda: dict(ActivityKind.choices)),
            "sub_activity": Dimension("sub_activity__key", "Sub kegiatan"),
        },
        columns=(
            EvidenceColumn("Kegiatan", lambda activity: activity.title),
            EvidenceColumn("Jenis", lambda activity: activity.get_kind_display()),
            EvidenceColumn("Dilaksanakan", lambda activity: activity.held_on, "date"),
            EvidenceColumn("Tempat", lambda activity: activity.place),
        ),
        url=_url,
    )
)
register(
    Measure(
        code="activities.participants",
        label="Peserta kegiatan dinas",
        unit="orang",
        definition=(
            "Jumlah peserta menurut daftar hadir tiap kegiatan dalam periode. Orang yang mengikuti dua kegiatan "
            "dihitung dua kali. Kegiatan yang dicoret tidak dihitung."
        ),
        register=REGISTER,
        rows=lambda: ActivityParticipants.objects.filter(activity__state=ActivityState.RECORDED).annotate(
            people=F("male") + F("female")
        ),
        when=Flow("activity__held_on"),
        value=Sum("people"),
        dimensions={
            "kind": Dimension("activity__kind", "Jenis kegiatan", lambda: dict(ActivityKind.choices)),
            "category": Dimension("category", "Kelompok peserta", lambda: dict(ParticipantCategory.choices)),
            "sub_activity": Dimension("activity__sub_activity__key", "Sub kegiatan"),
        },
        columns=(
            EvidenceColumn("Kegiatan", lambda row: row.activity.title),
            EvidenceColumn("Dilaksanakan", lambda row: row.activity.held_on, "date"),
            EvidenceColumn("Kelompok", lambda row: row.get_category_display()),
        ),
        related=("activity",),
        url=lambda row: _url(row.activity),
    )
)
