"""The office's choices, changed in the browser by an administrator."""

from typing import Any

from django import forms
from django.urls import reverse

from accounts.enums import Role
from accounts.permissions import has_role
from core import policies
from core.errors import Refused
from core.formfields import WholeNumberField
from core.models.agency import AgencyProfile
from core.pages import FormView
from core.services.agency import set_agency
from jobseekers.services.cards import NUMBER_FORMAT, NUMBER_SERIES, check_number_format

NUMBER = "number_format_ak1"
GROUPS = (
    ("Syarat kartu AK-1", ("minimum_age", "domicile_required", "ak1_photo_background")),
    ("Kartu AK-1", ("ak1_validity", "ak1_renewal", "ak1_report", "ak1_signatory", "ak1_paper", NUMBER)),
    ("Dokumen permohonan AK-1", ("ak1_document",)),
    (
        "Batas waktu layanan",
        ("ak1_service_days", "placement_service", "vacancy_service", "enrolment_service"),
    ),
)
"""Headings, and the beginnings of the names below each; what fits none follows under its own heading."""


def can_change_settings(user: Any) -> bool:
    """Administrators."""
    return has_role(user, Role.ADMINISTRATOR)


def field_of(policy: policies.Policy) -> forms.Field:
    """The field that asks for a policy, by the kind of its default."""
    shared = {"label": policy.label, "help_text": policy.explanation}
    if isinstance(policy.default, bool):
        return forms.BooleanField(required=False, **shared)
    if isinstance(policy.default, int):
        least, most = policy.minimum or 0, policy.maximum or 10_000
        return WholeNumberField(policy.label, help_text=policy.explanation, least=least, most=most)
    if policy.options:
        return forms.ChoiceField(choices=policy.choices, **shared)
    return forms.CharField(required=False, max_length=150, **shared)


class SettingsForm(forms.Form):
    """All policies that the installed apps registered, and the format of the card's number."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """One field a policy."""
        super().__init__(*args, **kwargs)
        for policy in policies.registered():
            self.fields[policy.name] = field_of(policy)
        self.fields[NUMBER] = forms.CharField(
            label="Format nomor kartu AK-1",
            max_length=60,
            help_text="{region4} kode kota, {dd}{mm}{yy} tanggal terbit, {n:06} nomor urut setahun.",
            error_messages={"required": "Format nomor belum diisi."},
        )
        left, self.fieldsets = list(self.fields), []
        for legend, starts in GROUPS:
            names = [name for name in left if name.startswith(starts)]
            left = [name for name in left if name not in names]
            self.fieldsets.append((legend, names))
        self.fieldsets.append(("Lainnya", left))

    def clean_number_format_ak1(self) -> str:
        """A format in which no number could be written would stop every approval."""
        pattern = self.cleaned_data[NUMBER]
        try:
            check_number_format(pattern)
        except Refused as problem:
            raise forms.ValidationError(str(problem)) from None
        return pattern


class Settings(FormView):
    """One page with every choice; only what was changed is written, so two administrators don't undo each other."""

    form_class = SettingsForm
    page_title = "Kebijakan dinas"
    success_message = "Kebijakan disimpan. Berlaku untuk permohonan berikutnya."

    def allowed(self) -> bool:
        """Administrators only."""
        return can_change_settings(self.request.user)

    def initial(self, record: Any) -> dict[str, Any]:
        """What holds now."""
        agency = AgencyProfile.current()
        found: dict[str, Any] = {policy.name: agency.policy(policy.name) for policy in policies.registered()}
        found[NUMBER] = agency.number_formats.get(NUMBER_SERIES, NUMBER_FORMAT)
        return found

    def perform(self, form: forms.Form, record: Any, version: int) -> None:
        """Write the changed ones."""
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        number = changed.pop(NUMBER, None)
        agency, changes = AgencyProfile.objects.get(), {}
        if changed:
            changes["policies"] = {**agency.policies, **changed}
        if number is not None:
            changes["number_formats"] = {**agency.number_formats, NUMBER_SERIES: number}
        if changes:
            set_agency(actor=self.request.user, **changes)

    def back_url(self, record: Any) -> str:
        """The home page."""
        return reverse("portal:home")

    def success_url(self, record: Any) -> str:
        """The page itself."""
        return reverse("portal:settings")
