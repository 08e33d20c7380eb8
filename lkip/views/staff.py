"""The staff register: list, one row, and the forms that add, mend, move and end."""

from django.urls import reverse

from core.listing import Action, DetailView, Fact, FormView, Link, ListView, Section
from core.uploading import UploadView
from lkip.enums import Employment
from lkip.forms.plan import StaffEndForm, StaffForm, StaffMoveForm
from lkip.imports import StaffUpload
from lkip.models import StaffMember
from lkip.permissions import can_plan
from lkip.services import strategy
from lkip.tables_staff import StaffTable, member_url

FIELDS = ("name", "unit", "post", "post_class", "employment", "grade", "education", "started_on", "ended_on")


class StaffList(ListView):
    """The register."""

    table = StaffTable

    def primary_action(self) -> Link | None:
        """Add a row."""
        return Link("Catat pegawai", reverse("lkip:staff_new")) if can_plan(self.request.user) else None

    def extra_context(self) -> dict:
        """Rows from a file."""
        if not can_plan(self.request.user):
            return {}
        return {"secondary": [Link("Unggah dari Excel", reverse("lkip:staff_upload"))]}


class StaffUploadPage(UploadView):
    """Rows from a file."""

    upload = StaffUpload
    done_url_name = "lkip:staff_list"


class StaffDetail(DetailView):
    """One person's time in a post."""

    table = StaffTable

    def title(self, record: StaffMember) -> str:
        """The name."""
        return record.name

    def subtitle(self, record: StaffMember) -> str:
        """The post."""
        return record.post

    def back(self) -> tuple[str, str]:
        """The register."""
        return reverse("lkip:staff_list"), "Pegawai kantor"

    def sections(self, record: StaffMember) -> list[Section]:
        """What is recorded."""
        facts = [
            Fact("Unit", record.unit.name),
            Fact("Kelompok jabatan", record.get_post_class_display()),
            Fact("Golongan", record.grade or "–"),
            Fact("Pendidikan", record.education.label if record.education else "belum dicatat"),
            Fact("Status", record.get_employment_display()),
            Fact("Mulai", record.started_on, kind="date"),
            Fact("Sampai", record.ended_on, kind="date") if record.ended_on else Fact("Sampai", "sekarang"),
        ]
        return [Section("Jabatan", facts)]

    def actions(self, record: StaffMember) -> list[Action]:
        """Mend, move, end."""
        if not can_plan(self.request.user):
            return []
        found = [Action("edit", "Perbaiki", url=reverse("lkip:staff_edit", args=[record.uid]))]
        if record.ended_on is None:
            found += [
                Action(
                    "move",
                    "Pindah jabatan atau naik golongan",
                    url=reverse("lkip:staff_move", args=[record.uid]),
                    main=True,
                ),
                Action("end", "Akhiri masa jabatan", url=reverse("lkip:staff_end", args=[record.uid])),
            ]
        return found


class _StaffForm(FormView):
    """What the forms of the register have in common."""

    table = StaffTable
    form_class = StaffForm

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def initial(self, record: StaffMember | None) -> dict:
        """What is stored."""
        return {name: getattr(record, name) for name in FIELDS} if record else {}

    def back_url(self, record: StaffMember | None) -> str:
        """The row, or the register."""
        return member_url(record) if record else reverse("lkip:staff_list")

    def success_url(self, record: StaffMember) -> str:
        """The row."""
        return member_url(record)


class StaffNew(_StaffForm):
    """Add a person."""

    page_title = "Catat pegawai"
    success_message = "Pegawai sudah dicatat."

    def perform(self, form: StaffForm, record: None, version: int) -> StaffMember:
        """Write it."""
        return strategy.add_staff(self.request.user, **form.cleaned_data)


class StaffEdit(_StaffForm):
    """Mend a mistake."""

    page_title = "Perbaiki data pegawai"
    editing = True

    def perform(self, form: StaffForm, record: StaffMember, version: int) -> StaffMember:
        """Write it."""
        return strategy.amend_staff(record, actor=self.request.user, version=version, **form.cleaned_data)


class StaffMove(_StaffForm):
    """Another post, grade or diploma from a day on."""

    page_title = "Pindah jabatan atau naik golongan"
    form_class = StaffMoveForm
    editing = True
    success_message = "Baris baru sudah dicatat; baris lama berakhir sehari sebelumnya."

    def perform(self, form: StaffMoveForm, record: StaffMember, version: int) -> StaffMember:
        """End the old row, open the new one."""
        values = dict(form.cleaned_data)
        if values["employment"] == Employment.NON_ASN:
            values["grade"] = ""
        return strategy.move_staff(record, actor=self.request.user, version=version, **values)


class StaffEnd(_StaffForm):
    """End the time in the post."""

    page_title = "Akhiri masa jabatan"
    form_class = StaffEndForm
    editing = True
    submit_label = "Akhiri"
    success_message = "Masa jabatan sudah diakhiri."

    def initial(self, record: StaffMember) -> dict:
        """No day is proposed."""
        return {}

    def perform(self, form: StaffEndForm, record: StaffMember, version: int) -> StaffMember:
        """End it."""
        return strategy.end_staff(record, actor=self.request.user, version=version, **form.cleaned_data)
