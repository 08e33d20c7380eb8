"""The register of activities: list, page, form."""

from django.core.exceptions import ValidationError
from django.urls import reverse

from activities import permissions
from activities.enums import ActivityState
from activities.exports import ActivityTable
from activities.forms import ActivityForm
from activities.models import Activity
from activities.services import register
from core.errors import Refused
from core.files import erase_file, store_document
from core.formats import number
from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section

EVIDENCE_KIND = "activities.evidence"


class ActivityList(ListView):
    """The register."""

    table = ActivityTable

    def primary_action(self) -> Link | None:
        """Record an activity."""
        if permissions.can_keep_activities(self.request.user):
            return Link("Catat kegiatan", reverse("activities:activity_new"))
        return None


class ActivityDetail(DetailView):
    """One activity with its participants."""

    table = ActivityTable
    danger_steps = frozenset({"strike"})

    def back(self) -> tuple[str, str]:
        """The register."""
        return reverse("activities:activity_list"), "Kegiatan dinas"

    def sections(self, record: Activity) -> list[Section]:
        """The activity, then who took part."""
        rows = [
            [row.get_category_display(), number(row.male), number(row.female), number(row.total)]
            for row in record.participants.order_by("pk")
        ]
        people = sum(row.total for row in record.participants.all())
        return [
            Section("Kegiatan", self.facts(record)),
            Section(
                "Peserta",
                head=["Kelompok", "Laki-laki", "Perempuan", "Jumlah"],
                rows=rows,
                empty_text="Tidak ada peserta yang dicatat.",
                note=f"Jumlah seluruhnya {number(people)} orang." if rows else "",
            ),
        ]

    def facts(self, record: Activity) -> list[Fact]:
        """What, when, where, with which output."""
        evidence = record.evidence
        return [
            Fact("Jenis", record.get_kind_display()),
            Fact("Dilaksanakan", record.held_on, kind="date"),
            Fact("Selesai", record.ended_on or record.held_on, kind="date"),
            Fact("Tempat", record.place),
            Fact("Sub kegiatan", record.sub_activity.name if record.sub_activity else ""),
            Fact("Keluaran", _output(record)),
            Fact("Catatan", record.notes),
            Fact("Bukti", "Buka berkas", url=reverse("core:file", args=[evidence.uid]))
            if evidence
            else Fact("Bukti", "Belum ada"),
        ]

    def actions(self, record: Activity) -> list[Action]:
        """Change it while it counts; strike it or take that back."""
        found = super().actions(record)
        if record.state == ActivityState.RECORDED and permissions.can_keep_activities(self.request.user):
            url = reverse("activities:activity_edit", args=[record.uid])
            found.insert(0, Action("edit", "Ubah", url=url, main=True))
        return found


def _output(record: Activity) -> str:
    if record.output_quantity is None:
        return ""
    whole = record.output_quantity == record.output_quantity.to_integral_value()
    return f"{number(record.output_quantity, 0 if whole else 2)} {record.output_unit}"


class _ActivityFormView(FormView):
    """What recording and changing have in common."""

    table = ActivityTable
    form_class = ActivityForm
    template_name = "activities/activity_form.html"

    def allowed(self) -> bool:
        """Keepers of the register."""
        return permissions.can_keep_activities(self.request.user)

    def perform(self, form: ActivityForm, record: Activity | None, version: int) -> Activity:
        """Keep the file before the transaction starts, then write; a refusal takes the file with it.

        Attendance lists often show a NIK, so the file is sealed.
        """
        values, upload = form.activity_values(), form.cleaned_data.get("evidence")
        if not upload:
            return self.write(form, record, version, values)
        stored = store_document(upload, actor=self.request.user, kind=EVIDENCE_KIND, sealed=True)
        try:
            return self.write(form, record, version, values | {"evidence": stored})
        except (Refused, ValidationError):
            erase_file(stored)
            raise

    def write(self, form: ActivityForm, record: Activity | None, version: int, values: dict) -> Activity:
        """Call the service."""
        raise NotImplementedError

    def success_url(self, record: Activity) -> str:
        """The activity's page."""
        return reverse("activities:activity_detail", args=[record.uid])


class ActivityNew(_ActivityFormView):
    """Record an activity."""

    page_title = "Catat kegiatan"
    success_message = "Kegiatan sudah dicatat."

    def back_url(self, record: None) -> str:
        """The register."""
        return reverse("activities:activity_list")

    def write(self, form: ActivityForm, record: None, version: int, values: dict) -> Activity:
        """Record it."""
        return register.record_activity(actor=self.request.user, participants=form.participants(), **values)


class ActivityEdit(_ActivityFormView):
    """Change an activity."""

    page_title = "Ubah kegiatan"
    editing = True

    def back_url(self, record: Activity) -> str:
        """The activity's page."""
        return self.success_url(record)

    def initial(self, record: Activity) -> dict:
        """What is stored."""
        found = {name: getattr(record, name) for name in register.FIELDS if name != "evidence"}
        for row in record.participants.all():
            found |= {f"male_{row.category}": row.male, f"female_{row.category}": row.female}
        return found

    def write(self, form: ActivityForm, record: Activity, version: int, values: dict) -> Activity:
        """Write it."""
        return register.amend_activity(
            record,
            actor=self.request.user,
            version=version,
            participants=form.participants(),
            **values,
        )
