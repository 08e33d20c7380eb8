"""Forms of the task list: one question a page, each saved when given."""

import datetime as dt
from itertools import groupby

from django import forms

from core.formfields import RupiahField
from core.models.reference import EducationLevel, IpkEducationCode, Region, RegionLevel
from jobseekers.enums import DesiredRegion, DisabilityKind, SkillLevel
from jobseekers.forms.person import BLANK, AddressForm, IdentityForm, PartForm
from jobseekers.forms.places import VillageField
from jobseekers.models import AccommodationNeed, JobSeeker
from jobseekers.services.people import HIGHEST_WAGE
from jobseekers.services.profile import NEED_LENGTH

_YEAR = {"inputmode": "numeric", "class": "govuk-input--width-4"}


class KtpForm(IdentityForm):
    """What the NIK also says, copied from one card: name, NIK, birth, sex. They are checked against each other."""

    kk = None
    marital_status = None
    religion = None


class StatusForm(PartForm):
    """What the KTP and the family card say besides."""

    marital_status = IdentityForm.base_fields["marital_status"]
    religion = IdentityForm.base_fields["religion"]
    kk = IdentityForm.base_fields["kk"]

    def prepare(self) -> None:
        """A KK that is known is never filled in again."""
        if self.person is not None and self.person.kk_sealed:
            self.fields["kk"].help_text = "Sudah tersimpan. Isi hanya bila ingin mengganti."


class HomeForm(AddressForm):
    """The address on the KTP."""

    phone = None
    email = None


class ContactForm(PartForm):
    """How the office reaches the person."""

    phone = AddressForm.base_fields["phone"]
    email = AddressForm.base_fields["email"]


class DomicileForm(PartForm):
    """Where the person lives now, when that is not the address on the KTP."""

    elsewhere = forms.ChoiceField(
        label="Apakah Anda tinggal di alamat KTP?",
        choices=(("", "Ya, di alamat KTP"), ("1", "Tidak, di alamat lain")),
        required=False,
        widget=forms.Select,
    )
    domicile_village = VillageField(
        label="Kelurahan tempat tinggal",
        queryset=Region.objects.filter(level=RegionLevel.VILLAGE, valid_until=None),
        required=False,
        help_text="Hanya bila Anda tinggal di alamat lain.",
        error_messages={"invalid_choice": "Kelurahan ini tidak ada di daftar. Pilih salah satu."},
    )
    domicile_address = forms.CharField(
        label="Alamat tempat tinggal",
        max_length=205,
        required=False,
        help_text="Nama jalan, gang, atau kampung dan nomor rumah.",
    )
    domicile_rt = AddressForm.base_fields["rt"]
    domicile_rw = AddressForm.base_fields["rw"]

    @classmethod
    def initial_of(cls, person: JobSeeker) -> dict:
        """The address, and whether there is one."""
        names = ("domicile_village", "domicile_address", "domicile_rt", "domicile_rw")
        return {
            "elsewhere": "1" if person.domicile_village_id else "",
            **{name: getattr(person, name) for name in names},
        }

    def clean(self) -> dict:
        """Another address needs its kelurahan and street."""
        data = super().clean()
        if data.get("elsewhere") and "domicile_village" not in self.errors:
            if not data.get("domicile_village"):
                self.add_error("domicile_village", "Pilih kelurahan tempat tinggal Anda.")
            if not data.get("domicile_address"):
                self.add_error("domicile_address", "Alamat tempat tinggal belum diisi.")
        return data

    def answers(self) -> dict:
        """Living at the KTP's address clears the other one."""
        data = dict(self.cleaned_data)
        if not data.pop("elsewhere"):
            return {"domicile_village": None, "domicile_address": "", "domicile_rt": "", "domicile_rw": ""}
        return data


class WishForm(PartForm):
    """Where the person wants to work and for how much."""

    desired_region = forms.ChoiceField(
        label="Di mana Anda ingin bekerja?", choices=BLANK + DesiredRegion.choices, required=False
    )
    wage_expectation = RupiahField(
        "Upah yang diharapkan sebulan",
        required=False,
        help_text="Dalam rupiah, misalnya 3.500.000.",
        least=1,
        most=HIGHEST_WAGE,
    )


class NeedForm(PartForm):
    """Disability by kind, and what is needed at work. Asked for to place well, never a diagnosis."""

    kind = forms.ChoiceField(
        label="Ragam disabilitas",
        choices=[("", "Tidak ada, atau tidak ingin menjawab"), *DisabilityKind.choices],
        required=False,
    )
    need = forms.CharField(
        label="Apa yang Anda perlukan di tempat kerja?",
        max_length=NEED_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Misalnya jalur kursi roda atau juru bahasa isyarat. Tulis “tidak ada” bila tidak perlu.",
        error_messages={"max_length": f"Paling panjang {NEED_LENGTH} huruf."},
    )

    @classmethod
    def initial_of(cls, person: JobSeeker) -> dict:
        """The person's own words, in clear for the person."""
        row = AccommodationNeed.objects.filter(jobseeker=person).first()
        return {"kind": row.kind, "need": row.read_need()} if row else {}


class MonthField(forms.DateField):
    """A month, sent by the browser's month picker or typed "8 2021" or "08-2021"; the value is its first day."""

    def __init__(self, label: str, **kwargs) -> None:
        """A box for a month."""
        super().__init__(
            label=label,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
            error_messages={"required": f"{label} belum diisi. Tulis bulan dan tahun, misalnya 8 2021."},
            **kwargs,
        )

    def to_python(self, value) -> dt.date | None:
        """Read month and year in this order, or year and month when the first has four digits."""
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        found = str(value).replace("-", " ").replace("/", " ").replace(".", " ").split()
        if len(found) == 2 and all(part.isdigit() for part in found):
            month, year = (int(part) for part in (found if len(found[1]) == 4 else reversed(found)))
            if 1 <= month <= 12 and 1940 <= year <= 2100:
                return dt.date(year, month, 1)
        raise forms.ValidationError(f"{self.label} tidak terbaca. Tulis bulan dan tahun, misalnya 8 2021.")

    def prepare_value(self, value):
        """The month as it is typed."""
        return f"{value.month} {value.year}" if isinstance(value, dt.date) else value


def _year(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        widget=forms.TextInput(attrs=_YEAR),
        error_messages={
            "required": f"{label} belum diisi.",
            "invalid": f"{label} ditulis dengan empat angka, misalnya 2021.",
        },
        min_value=1940,
        max_value=2100,
    )


class CodesByLevel(forms.models.ModelChoiceIterator):
    """The codes of the IPK forms under their levels, so that a long list is read in a part."""

    TITLES = {"SLTA": "SMA, MA, SMK", "D1": "Diploma I", "D2": "Diploma II", "D3": "Diploma III",
              "D4": "Diploma IV", "S1": "Sarjana (S1)", "S2": "Magister (S2)"}  # fmt: skip

    def __iter__(self):
        """Yield the empty choice, then (level, choices) in the order of the codes."""
        yield ("", self.field.empty_label)
        for level, rows in groupby(self.queryset.all(), key=lambda row: row.level):
            yield self.TITLES.get(level, level), [self.choice(row) for row in rows]


class CodeField(forms.ModelChoiceField):
    """A code of the IPK forms."""

    iterator = CodesByLevel


class SchoolingForm(forms.Form):
    """One step of formal education."""

    level = forms.ModelChoiceField(
        label="Jenjang",
        queryset=EducationLevel.objects.order_by("order"),
        empty_label="Pilih…",
        error_messages={"required": "Pilih jenjang yang sudah tamat."},
    )
    school = forms.CharField(
        label="Sekolah atau kampus",
        max_length=150,
        error_messages={"required": "Nama sekolah atau kampus belum diisi."},
    )
    major = forms.CharField(label="Jurusan", max_length=150, required=False)
    graduated = _year("Tahun lulus")
    grade = forms.CharField(
        label="Nilai", max_length=20, required=False, help_text="Seperti di ijazah, misalnya 8,42."
    )
    ipk_code = CodeField(
        label="Jenis pendidikan (kode IPK)",
        queryset=IpkEducationCode.objects.order_by("code"),
        required=False,
        empty_label="Tidak tahu",
        help_text="Pilih di bawah jenjang Anda. Boleh dikosongkan; petugas bisa melengkapinya.",
    )


class SkillForm(forms.Form):
    """Something the person can do."""

    name = forms.CharField(
        label="Keterampilan", max_length=120, error_messages={"required": "Keterampilan belum diisi."}
    )
    level = forms.ChoiceField(label="Tingkat", choices=SkillLevel.choices, initial=SkillLevel.BASIC)


class LanguageForm(SkillForm):
    """A language."""

    name = forms.CharField(label="Bahasa", max_length=60, error_messages={"required": "Bahasa belum diisi."})


class WorkForm(forms.Form):
    """A job."""

    employer = forms.CharField(
        label="Tempat kerja", max_length=150, error_messages={"required": "Tempat kerja belum diisi."}
    )
    occupation = forms.CharField(
        label="Jabatan", max_length=120, error_messages={"required": "Jabatan belum diisi."}
    )
    started_on = MonthField("Mulai", help_text="Bulan dan tahun, misalnya 8 2021.")
    ended_on = MonthField("Selesai", required=False, help_text="Kosongkan bila masih bekerja di sana.")
    duties = forms.CharField(
        label="Tugas", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class TrainingForm(forms.Form):
    """A training elsewhere."""

    name = forms.CharField(
        label="Pelatihan", max_length=150, error_messages={"required": "Nama pelatihan belum diisi."}
    )
    provider = forms.CharField(
        label="Penyelenggara", max_length=150, error_messages={"required": "Penyelenggara belum diisi."}
    )
    year = _year("Tahun")
    certificate_no = forms.CharField(label="Nomor sertifikat", max_length=60, required=False)


class OccupationSearchForm(forms.Form):
    """Looking for an occupation by words."""

    q = forms.CharField(
        label="Pekerjaan apa yang Anda cari?",
        max_length=80,
        required=False,
        help_text="Tulis satu atau dua kata, misalnya kasir, las, atau perawat.",
    )


class DocumentForm(forms.Form):
    """A photo or PDF of a document, and the name read on it."""

    file = forms.FileField(
        label="Foto atau PDF",
        help_text=(
            "Seluruh halaman terlihat dan tulisannya terbaca. JPG, PNG, WEBP, HEIC, atau PDF, "
            "paling besar 10 MB."
        ),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"}
        ),
        error_messages={
            "required": "Berkas belum dipilih. Pilih foto atau PDF dokumennya.",
            "empty": "Berkas ini kosong (0 bita). Pilih berkas lain.",
            "invalid": "Berkas belum terkirim. Pilih berkasnya, lalu kirim lagi.",
        },
    )
    printed_name = forms.CharField(
        label="Nama Anda yang tertulis di dokumen ini",
        max_length=150,
        help_text="Salin persis seperti tercetak, juga bila berbeda dari KTP.",
        error_messages={"required": "Nama di dokumen belum diisi. Salin seperti tercetak."},
    )

    def __init__(self, *args, known: bool, nameless: bool, **kwargs) -> None:
        """`known`: a file is there already; `nameless`: the name is not asked for."""
        super().__init__(*args, **kwargs)
        if known:
            self.fields["file"].required = False
            self.fields["file"].label = "Ganti dengan foto atau PDF lain"
        if nameless:
            del self.fields["printed_name"]


PART_FORMS = {
    "identitas": ("Apa yang tertulis di KTP Anda?", KtpForm),
    "status": ("Apa status Anda menurut KTP dan KK?", StatusForm),
    "alamat": ("Di mana alamat Anda menurut KTP?", HomeForm),
    "domisili": ("Di mana Anda tinggal sekarang?", DomicileForm),
    "kontak": ("Ke mana kami bisa menghubungi Anda?", ContactForm),
    "pekerjaan": ("Pekerjaan apa yang Anda cari?", WishForm),
    "kebutuhan": ("Apa yang Anda perlukan di tempat kerja?", NeedForm),
}
"""Part of the file: the question, which is the page's heading, and its form. The photo has its own page."""

ROW_FORMS = {
    "sekolah": SchoolingForm,
    "keterampilan": SkillForm,
    "bahasa": LanguageForm,
    "kerja": WorkForm,
    "latih": TrainingForm,
}
"""Kind of rows: the form of one."""
