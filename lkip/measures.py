"""The number that the report contributes itself: the office's staff on a day."""

from django.urls import reverse

from core.measures import Dimension, EvidenceColumn, Measure, Stock, register
from core.models.reference import EducationLevel
from lkip.enums import Employment, PostClass
from lkip.models import StaffMember, Unit

register(
    Measure(
        code="lkip.office_staff",
        label="Pegawai kantor",
        unit="orang",
        definition=(
            "Orang yang memegang satu jabatan dalam register pegawai pada hari terakhir periode. Yang masa jabatannya "
            "berakhir sebelum hari itu tidak dihitung."
        ),
        register="Register pegawai kantor",
        rows=lambda: StaffMember.objects.all(),
        when=Stock("started_on", "ended_on"),
        dimensions={
            "post_class": Dimension("post_class", "Kelompok jabatan", lambda: dict(PostClass.choices)),
            "grade": Dimension("grade", "Golongan", lambda: {"": "tanpa golongan"}),
            "education": Dimension(
                "education_id",
                "Pendidikan",
                lambda: dict(EducationLevel.objects.values_list("code", "label")),
            ),
            "employment": Dimension("employment", "Status kepegawaian", lambda: dict(Employment.choices)),
            "unit": Dimension("unit__key", "Unit", lambda: dict(Unit.objects.values_list("key", "name"))),
        },
        columns=(
            EvidenceColumn("Nama", lambda member: member.name),
            EvidenceColumn("Jabatan", lambda member: member.post),
            EvidenceColumn("Kelompok", lambda member: member.get_post_class_display()),
            EvidenceColumn("Golongan", lambda member: member.grade),
            EvidenceColumn("Status", lambda member: member.get_employment_display()),
            EvidenceColumn("Mulai", lambda member: member.started_on, "date"),
        ),
        related=("unit", "education"),
        url=lambda member: reverse("lkip:staff_detail", args=[member.uid]),
    )
)
