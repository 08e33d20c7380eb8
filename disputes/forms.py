"""Forms of the disputes app."""

from django import forms

from core.formfields import DayField, LookupField, NameField, PickField, PickRowField, WholeNumberField
from disputes import selectors
from disputes.enums import DisputeKind, HandedTo, PartyKind
from employers.models import Company


def companies():
    """All companies, also those that no longer operate: a dispute may outlive its company."""
    return Company.objects.select_related("institution")


class CaseForm(forms.Form):
    """What is written down when a dispute is registered."""

    kind = PickField("Jenis perselisihan", DisputeKind.choices, radio=True)
    company = LookupField(
        "Perusahaan",
        find=companies,
        key="nib",
        exact=("institution__name__iexact",),
        near=("institution__name__icontains",),
        describe=lambda row: row.name,
        help_text="Tulis nama atau NIB perusahaan yang sudah ada di register perusahaan.",
    )
    applicant_kind = PickField("Pemohon adalah", PartyKind.choices, radio=True)
    applicant = NameField("Nama pemohon", max_length=200)
    respondent = NameField("Nama termohon", max_length=200)
    workers_male = WholeNumberField("Pekerja laki-laki yang berselisih", unit="orang", most=100_000)
    workers_female = WholeNumberField("Pekerja perempuan yang berselisih", unit="orang", most=100_000)
    summary = NameField(
        "Pokok masalah", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    bipartite_from = DayField(
        "Perundingan bipartit mulai",
        required=False,
        help_text="Dari risalah perundingan. Permohonan tanpa bukti bipartit dikembalikan (UU 2/2004 Ps 4).",
    )
    received_on = DayField("Permohonan diterima")

    fieldsets = (
        ("Perselisihan", ("kind", "company", "summary")),
        ("Para pihak", ("applicant_kind", "applicant", "respondent", "workers_male", "workers_female")),
        ("Tanggal", ("bipartite_from", "received_on", "registered_on")),
        ("Alasan", ("comment",)),
    )


class RegisterForm(CaseForm):
    """Registration of a dispute."""

    registered_on = DayField("Dicatat pada", help_text="Tenggat dan laporan tahunan memakai tanggal ini.")

    fieldsets = CaseForm.fieldsets[:3]


class CorrectForm(CaseForm):
    """Correction of what was written down."""

    comment = NameField(
        "Alasan perubahan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat.",
    )


class StepForm(forms.Form):
    """A step on a day; with a reason where the workflow asks for one."""

    on = DayField("Tanggal")
    comment = NameField(
        "Catatan",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat perkara.",
    )

    def __init__(self, *args, needs_comment: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if needs_comment:
            self.fields["comment"].required = True
            self.fields["comment"].label = "Alasan"
            self.fields["comment"].error_messages["required"] = (
                "Tulis alasannya. Alasan ini tersimpan di riwayat."
            )


class ReasonForm(StepForm):
    """A step without a day of its own."""

    on = None


class RecommendForm(StepForm):
    """The written recommendation and its receipt by the parties."""

    received_on = DayField(
        "Diterima para pihak pada",
        required=False,
        help_text="Sejak hari ini para pihak punya 10 hari kerja menjawab.",
    )

    field_order = ("on", "received_on", "comment")


class AssignForm(StepForm):
    """Who mediates."""

    mediator = PickRowField("Mediator", find=selectors.active_mediators, describe=lambda row: row.full_name)

    field_order = ("mediator", "on", "comment")


class ReassignForm(AssignForm):
    """Another mediator."""

    on = None


class HandOverForm(StepForm):
    """Who goes on with the case."""

    to = PickField("Diteruskan kepada", HandedTo.choices)

    field_order = ("to", "on", "comment")
