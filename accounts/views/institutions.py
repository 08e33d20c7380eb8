"""Pages of institutions, for staff."""

from typing import Any

from django.urls import reverse

from accounts import exports, services
from accounts.forms import InstitutionForm, NewInstitutionForm
from accounts.models import Institution
from accounts.permissions import is_staff_member
from core.listing import Link, ListView
from core.pages import Action, DetailView, Fact, FormView, Section


class InstitutionList(ListView):
    """Institutions."""

    table = exports.InstitutionTable

    def primary_action(self) -> Link:
        """Note a new one."""
        return Link("Catat lembaga", reverse("accounts:institution_create"))


class InstitutionDetail(DetailView):
    """One institution with its operators."""

    table = exports.InstitutionTable
    danger_steps = frozenset({"close"})

    def facts(self, record: Institution) -> list[Fact]:
        """The particulars."""
        return [
            Fact("Jenis", record.get_kind_display()),
            Fact("Wilayah", record.region.name if record.region else None),
            Fact("Alamat", record.address),
            Fact("Telepon", record.phone),
            Fact("E-mail", record.email),
        ]

    def sections(self, record: Institution) -> list[Section]:
        """Facts, and who acts for it."""
        held = record.memberships.open().select_related("user").order_by("pk")
        rows = [[str(row.user), row.get_role_display()] for row in held]
        return [
            Section("Data lembaga", self.facts(record)),
            Section("Operator", head=["Nama", "Peran"], rows=rows, empty_text="Belum ada operator."),
        ]

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("accounts:institutions"), "Lembaga"

    def actions(self, record: Institution) -> list[Action]:
        """Change the particulars, and the workflow's steps."""
        change = Action("revise", "Ubah data", url=reverse("accounts:institution_revise", args=[record.uid]))
        return [change, *super().actions(record)]


class InstitutionCreate(FormView):
    """A new institution."""

    form_class = NewInstitutionForm
    page_title = "Catat lembaga"

    def allowed(self) -> bool:
        """Staff."""
        return is_staff_member(self.request.user)

    def back_url(self, record: Any) -> str:
        """The list."""
        return reverse("accounts:institutions")

    def perform(self, form, record: Any, version: int) -> Institution:
        """Save."""
        return services.create_institution(actor=self.request.user, **form.cleaned_data)

    def success_url(self, record: Institution) -> str:
        """The institution."""
        return reverse("accounts:institution_detail", args=[record.uid])


class InstitutionRevise(FormView):
    """The particulars of an institution."""

    form_class = InstitutionForm
    table = exports.InstitutionTable
    page_title = "Ubah data lembaga"
    editing = True

    def allowed(self) -> bool:
        """Staff."""
        return is_staff_member(self.request.user)

    def initial(self, record: Institution) -> dict[str, Any]:
        """The present values."""
        return {name: getattr(record, name) for name in ("name", "region", "address", "phone", "email")}

    def back_url(self, record: Institution) -> str:
        """The institution."""
        return reverse("accounts:institution_detail", args=[record.uid])

    def perform(self, form, record: Institution, version: int) -> Institution:
        """Save."""
        return services.revise_institution(
            record, actor=self.request.user, version=version, **form.cleaned_data
        )

    def success_url(self, record: Institution) -> str:
        """The institution."""
        return self.back_url(record)
