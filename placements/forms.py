"""Forms of the placement ledger: they check one field at a time; the services check the whole."""

from django import forms

from core.classification import KBJI_2014, codes
from core.formfields import DayField, LookupField, NameField, PickField, PickRowField
from core.models.reference import EducationLevel
from core.nik import InvalidNik, clean_nik, parse_nik
from employers.enums import EmployerClass
from employers.models import Company
from jobseekers.enums import Sex
from placements.enums import ContractType, EvidenceKind, Reach, WageBand
from placements.selectors import channel_choices, reporters

COMPANY, OTHER, OWN = "COMPANY", "OTHER", "OWN"
EMPLOYERS = [
    (COMPANY, "Perusahaan yang terdaftar di dinas"),
    (OTHER, "Pemberi kerja lain"),
    (OWN, "Usaha sendiri"),
]
SHEET = "PDF atau gambar, misalnya kontrak kerja. Disimpan terenkripsi."


def evidence_field() -> forms.FileField:
    """The file that proves the job."""
    return forms.FileField(
        label="Berkas bukti",
        required=False,
        help_text=SHEET,
        error_messages={
            "empty": "Berkas ini kosong (0 bita). Pilih berkas lain.",
            "invalid": "Berkas belum terkirim. Pilih berkasnya, lalu kirim lagi.",
        },
    )


class IdentityForm(forms.Form):
    """Who was placed, as on the KTP."""

    nik = NameField(
        "NIK",
        max_length=25,
        help_text="16 angka di KTP. Disimpan terenkripsi dan tidak ditampilkan lagi.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    full_name = NameField("Nama lengkap", max_length=150, help_text="Seperti di KTP.")
    birth_date = DayField("Tanggal lahir", help_text="Seperti di KTP, misalnya 17 8 2001.")
    sex = PickField("Jenis kelamin", Sex.choices, radio=True)
    education = PickRowField(
        "Pendidikan terakhir", find=lambda: EducationLevel.objects.order_by("order"), required=False
    )

    def clean_nik(self) -> str:
        """The 16 digits; what cannot be a NIK is refused with its cause."""
        try:
            nik = clean_nik(self.cleaned_data["nik"])
            parse_nik(nik)
        except InvalidNik as problem:
            raise forms.ValidationError(str(problem), code="invalid") from None
        return nik


class JobForm(forms.Form):
    """What the person does, where, since when."""

    started_on = DayField("Mulai bekerja")
    employer = PickField("Jenis pemberi kerja", EMPLOYERS, radio=True)
    company = LookupField(
        "Perusahaan terdaftar",
        find=lambda: Company.objects.select_related("institution"),
        key="nib",
        exact=("institution__name__iexact",),
        near=("institution__name__icontains",),
        required=False,
        help_text="Tulis nama atau NIB. Diisi bila memilih perusahaan yang terdaftar.",
    )
    employer_name = NameField(
        "Nama pemberi kerja",
        max_length=200,
        required=False,
        help_text="Diisi bila memilih pemberi kerja lain.",
    )
    employer_class = PickField("Golongan pemberi kerja", EmployerClass.choices, required=False)
    position = NameField(
        "Pekerjaan",
        max_length=150,
        help_text="Misalnya operator jahit, atau jenis usahanya bila usaha sendiri.",
    )
    occupation = LookupField(
        "Golongan jabatan (KBJI)",
        find=lambda: codes(KBJI_2014),
        key="code",
        exact=("title__iexact",),
        near=("title__icontains",),
        required=False,
        help_text="Tulis kode atau judul KBJI 2014.",
    )
    contract_type = PickField("Ikatan kerja", ContractType.choices)
    wage_band = PickField("Upah dibanding UMK", WageBand.choices)
    reach = PickField("Jenis antar kerja", Reach.choices)
    destination = NameField(
        "Kota atau negara tujuan",
        max_length=100,
        required=False,
        help_text="Diisi bila bekerja di luar daerah.",
    )

    def clean_employer_class(self) -> int | None:
        """The number of the class."""
        value = self.cleaned_data["employer_class"]
        return int(value) if value else None

    def clean(self) -> dict:
        """Keep only the employer that was chosen; say which field is missing."""
        data = super().clean()
        choice = data.get("employer")
        if choice == COMPANY and not data.get("company") and "company" not in self.errors:
            self.add_error("company", "Tulis nama perusahaan yang terdaftar, atau pilih pemberi kerja lain.")
        if choice == OTHER and not data.get("employer_name") and "employer_name" not in self.errors:
            self.add_error("employer_name", "Isi nama pemberi kerja.")
        if choice != COMPANY:
            data["company"] = None
        if choice != OTHER:
            data["employer_name"], data["employer_class"] = "", None
        return data

    def start(self) -> dict:
        """The cleaned job as `services.JobStart` takes it."""
        names = ("started_on", "contract_type", "company", "employer_name", "employer_class", "position")
        names += ("occupation", "reach", "destination", "wage_band")
        found = {name: self.cleaned_data[name] for name in names}
        return found | {"own_business": self.cleaned_data["employer"] == OWN}


class _ReportedForm(forms.Form):
    """Through which channel, told by whom, proved how; the choices are those of the user."""

    channel = PickField("Jalur", [])
    institution = PickRowField("Lembaga pelapor", find=lambda: reporters(None), required=False)
    service_on = DayField(
        "Tanggal layanan",
        required=False,
        help_text="Hari layanan yang mengantar ke pekerjaan ini, misalnya hari bursa kerja atau akhir pelatihan.",
    )
    evidence_kind = PickField("Jenis bukti", EvidenceKind.choices)
    evidence = evidence_field()

    def offer(self, user, channels: list[str]) -> None:
        """Offer the user's channels and institutions; a single one needs no choice."""
        choices = channel_choices(channels)
        self.fields["channel"].choices = [("", "Pilih…"), *choices]
        if len(choices) == 1:
            self.fields["channel"].initial = choices[0][0]
            self.fields["channel"].widget = forms.HiddenInput()
        found = reporters(user)
        own = list(found[:2])
        self.fields["institution"].queryset = found
        if not own or not {"BKK", "LPK", "CPMI"} & set(channels):
            del self.fields["institution"]
        elif len(own) == 1 and len(choices) == 1:
            self.fields["institution"].initial = own[0].pk
            self.fields["institution"].widget = forms.HiddenInput()


class PlacementReportForm(IdentityForm, JobForm, _ReportedForm):
    """A placement, reported from scratch. With a `person` that is on file, the identity is not asked."""

    fieldsets = (
        ("Orang yang bekerja", ("nik", "full_name", "birth_date", "sex", "education")),
        ("Pemberi kerja", ("started_on", "employer", "company", "employer_name", "employer_class")),
        (
            "Pekerjaan",
            ("position", "occupation", "contract_type", "wage_band", "reach", "destination"),
        ),
        ("Laporan", ("channel", "institution", "service_on", "evidence_kind", "evidence")),
    )

    def __init__(self, *args, user, channels: list[str], person=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer(user, channels)
        self.order_fields([name for _, names in self.fieldsets for name in names])
        if person is not None:
            for name in IdentityForm.base_fields:
                del self.fields[name]


class AnotherChannelForm(_ReportedForm):
    """A further channel's report of a placement that is on file."""

    def __init__(self, *args, user, channels: list[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.offer(user, channels)


class ChangeReportForm(forms.Form):
    """Correcting a report; the job itself only while nobody has verified it."""

    started_on = DayField("Mulai bekerja")
    position = NameField("Pekerjaan", max_length=150)
    occupation = JobForm.base_fields["occupation"]
    contract_type = PickField("Ikatan kerja", ContractType.choices)
    wage_band = PickField("Upah dibanding UMK", WageBand.choices)
    reach = PickField("Jenis antar kerja", Reach.choices)
    destination = NameField("Kota atau negara tujuan", max_length=100, required=False)
    service_on = _ReportedForm.base_fields["service_on"]
    evidence_kind = PickField("Jenis bukti", EvidenceKind.choices)
    evidence = evidence_field()
    comment = NameField(
        "Catatan perbaikan",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat.",
    )
    placement_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    DETAILS = ("started_on", "position", "occupation", "contract_type", "wage_band", "reach", "destination")
    fieldsets = (
        ("Pekerjaan", DETAILS),
        ("Laporan", ("service_on", "evidence_kind", "evidence", "comment")),
    )

    def __init__(self, *args, with_details: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not with_details:
            for name in self.DETAILS:
                del self.fields[name]

    def details(self) -> dict:
        """The corrected job, empty when it is not open to correction."""
        return {name: self.cleaned_data[name] for name in self.DETAILS if name in self.fields}
