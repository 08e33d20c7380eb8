"""Forms of the employers app: they check one field at a time; the services check the whole."""

from django import forms

from core.classification import KBLI_2020, codes
from core.formfields import DayField, LookupField, NameField, PickField, PickRowField, WholeNumberField
from core.models.agency import AgencyProfile
from core.models.reference import Region, RegionLevel
from employers import validators
from employers.enums import EmployerClass, Ownership, ReportSource
from employers.models import Vacancy


def city_villages():
    """The kelurahan of the office's city."""
    home = AgencyProfile.current().region
    return Region.objects.current().within(home).filter(level=RegionLevel.VILLAGE).select_related("parent")


class EmailLine(forms.EmailField):
    """An optional e-mail address with an Indonesian message."""

    def __init__(self) -> None:
        super().__init__(
            label="E-mail",
            required=False,
            max_length=254,
            error_messages={"invalid": "Alamat e-mail tidak lengkap. Tulis seperti nama@contoh.co.id."},
        )


class CompanyForm(forms.Form):
    """A company with the particulars of its institution."""

    name = NameField("Nama perusahaan", max_length=200, help_text="Nama resmi seperti pada NIB atau akta.")
    nib = NameField("NIB", max_length=20, required=False, help_text="13 angka, dari dokumen OSS.")
    industry = LookupField(
        "Lapangan usaha (KBLI)",
        find=lambda: codes(KBLI_2020),
        key="code",
        exact=("title__iexact",),
        near=("title__icontains",),
        required=False,
        help_text="Tulis kode atau judul KBLI 2020, misalnya 14111.",
    )
    ownership = PickField("Status permodalan", Ownership.choices)
    employer_class = PickField("Golongan pemberi kerja", EmployerClass.choices)
    region = PickRowField(
        "Kelurahan", find=city_villages, describe=lambda row: f"{row.name} (Kecamatan {row.parent.name})"
    )
    address = NameField("Alamat", max_length=300, required=False)
    phone = NameField("Telepon", max_length=32, required=False)
    email = EmailLine()
    operating_from = DayField("Beroperasi sejak")
    institution_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    fieldsets = (
        ("Identitas", ("name", "nib", "industry", "ownership", "employer_class")),
        ("Tempat dan kontak", ("region", "address", "phone", "email")),
        ("Masa operasi", ("operating_from",)),
    )

    def clean_nib(self) -> str:
        """13 digits, however they are spaced."""
        nib = self.cleaned_data["nib"].replace(" ", "").replace(".", "")
        if nib:
            validators.validate_nib(nib)
        return nib

    def clean_employer_class(self) -> int:
        """The number of the class."""
        return int(self.cleaned_data["employer_class"])


class EndOperationForm(forms.Form):
    """The last day of a company."""

    operating_until = DayField("Hari terakhir beroperasi")
    comment = NameField(
        "Alasan atau dasar",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya nomor surat pemberitahuan. Tersimpan di riwayat.",
    )


class NumbersForm(forms.Form):
    """What a report says."""

    workers_male = WholeNumberField(
        "Pekerja laki-laki", unit="orang", help_text="Termasuk tenaga kerja asing."
    )
    workers_female = WholeNumberField(
        "Pekerja perempuan", unit="orang", help_text="Termasuk tenaga kerja asing."
    )
    foreign_workers_male = WholeNumberField("Tenaga kerja asing laki-laki", unit="orang")
    foreign_workers_female = WholeNumberField("Tenaga kerja asing perempuan", unit="orang")
    workers_disabled = WholeNumberField("Pekerja penyandang disabilitas", unit="orang")
    bpjs_registered = forms.BooleanField(label="Terdaftar di BPJS Ketenagakerjaan", required=False)
    bpjs_members = WholeNumberField("Peserta BPJS Ketenagakerjaan", unit="orang")
    all_workers_insured = forms.BooleanField(
        label="Semua pekerja menjadi peserta BPJS Ketenagakerjaan", required=False
    )
    pays_minimum_wage = forms.BooleanField(
        label="Semua pekerja diupah sedikitnya sebesar UMK", required=False
    )
    has_wage_scale = forms.BooleanField(label="Punya struktur dan skala upah", required=False)
    has_company_regulation = forms.BooleanField(
        label="Punya peraturan perusahaan (PP) yang disahkan", required=False
    )
    has_collective_agreement = forms.BooleanField(
        label="Punya perjanjian kerja bersama (PKB) yang terdaftar", required=False
    )
    has_lks_bipartite = forms.BooleanField(label="Punya LKS bipartit", required=False)

    number_fieldsets = (
        (
            "Jumlah pekerja",
            (
                "workers_male",
                "workers_female",
                "foreign_workers_male",
                "foreign_workers_female",
                "workers_disabled",
            ),
        ),
        ("Jaminan sosial", ("bpjs_registered", "bpjs_members", "all_workers_insured")),
        ("Pengupahan", ("pays_minimum_wage", "has_wage_scale")),
        ("Hubungan kerja", ("has_company_regulation", "has_collective_agreement", "has_lks_bipartite")),
    )
    fieldsets = number_fieldsets


class ReportForm(NumbersForm):
    """A new yearly report."""

    valid_from = DayField(
        "Berlaku sejak", help_text="Laporan yang sebelumnya otomatis berakhir sehari sebelum tanggal ini."
    )
    source = PickField("Sumber", ReportSource.choices)

    fieldsets = (("Laporan", ("valid_from", "source")), *NumbersForm.number_fieldsets)


class OwnReportForm(NumbersForm):
    """A yearly report filed by the company itself: its source is the operator."""

    valid_from = ReportForm.base_fields["valid_from"]

    fieldsets = (("Laporan", ("valid_from",)), *NumbersForm.number_fieldsets)


class CorrectReportForm(NumbersForm):
    """Corrections to a report."""

    comment = NameField(
        "Alasan pembetulan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat.",
    )

    fieldsets = (*NumbersForm.number_fieldsets, ("Alasan", ("comment",)))


class CloseVacancyForm(forms.Form):
    """How many openings were filled, of those that the vacancy has."""

    NAMES = {"male": "laki-laki", "female": "perempuan", "any": "laki-laki atau perempuan"}

    def __init__(self, *args, vacancy: Vacancy, **kwargs):
        """One number for each kind of openings that there are."""
        super().__init__(*args, **kwargs)
        for sex, words in self.NAMES.items():
            most = getattr(vacancy, f"openings_{sex}")
            if most:
                self.fields[f"filled_{sex}"] = WholeNumberField(
                    f"Terisi ({words})", unit="orang", most=most, help_text=f"Dari {most} yang dibutuhkan."
                )
