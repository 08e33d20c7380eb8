"""Forms of the person's file and of the card: thin, the rules are in validators and services."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django import forms

from core.formfields import DayField
from core.models.reference import EducationLevel, Region, RegionLevel
from core.personal import InvalidNik, clean_nik
from jobseekers.enums import (
    ApplicationKind,
    MaritalStatus,
    Religion,
    RemovalReason,
    ReplacementReason,
    Sex,
)
from jobseekers.forms.places import DistrictField, VillageField
from jobseekers.models import JobSeeker
from jobseekers.services.applications import FIRST_CARD

BLANK = [("", "Pilih…")]


class PartForm(forms.Form):
    """Base of the parts of the file; `person` fills them when there is one."""

    def __init__(self, *args, person: JobSeeker | None = None, **kwargs):
        """Keep the person whose answers are asked for."""
        self.person = person
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fit the fields to the person."""

    @classmethod
    def initial_of(cls, person: JobSeeker) -> dict:
        """What was answered before; never a NIK or KK, nor a file."""
        names = set(cls.base_fields) - {"nik", "kk", "photo"}
        return {name: getattr(person, name) for name in names}

    def answers(self) -> dict:
        """What the service takes."""
        return dict(self.cleaned_data)


class IdentityForm(PartForm):
    """Who the person is, as on the KTP."""

    full_name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti di KTP.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Nama lengkap belum diisi. Tulis seperti di KTP."},
    )
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka di KTP atau KK.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
        error_messages={"required": "NIK belum diisi. Tulis 16 angka seperti di KTP atau KK."},
    )
    kk = forms.CharField(
        label="Nomor KK",
        max_length=24,
        required=False,
        help_text="16 angka di kanan atas Kartu Keluarga.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
    )
    birth_place = forms.CharField(
        label="Tempat lahir", max_length=100, error_messages={"required": "Tempat lahir belum diisi."}
    )
    birth_date = DayField("Tanggal lahir", help_text="Contoh: 25 8 2003.")
    sex = forms.ChoiceField(
        label="Jenis kelamin",
        choices=Sex.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis kelamin."},
    )
    marital_status = forms.ChoiceField(
        label="Status perkawinan",
        choices=BLANK + MaritalStatus.choices,
        error_messages={"required": "Pilih status perkawinan."},
    )
    religion = forms.ChoiceField(
        label="Agama", choices=BLANK + Religion.choices, error_messages={"required": "Pilih agama."}
    )

    def prepare(self) -> None:
        """A NIK that is known is never filled in again; a verified one can't be typed at all."""
        person = self.person
        if person is None or not person.nik_index:
            return
        if person.nik_verified_at:
            del self.fields["nik"]
            return
        self.fields["nik"].required = False
        self.fields["nik"].help_text = f"Tersimpan: {person.nik_masked}. Isi hanya bila NIK ini salah."
        if person.kk_sealed and "kk" in self.fields:
            self.fields["kk"].help_text = "Sudah tersimpan. Isi hanya bila ingin mengganti."

    def clean_nik(self) -> str:
        """Sixteen digits; the service looks at what they say."""
        text = self.cleaned_data["nik"]
        if not text.strip():
            return ""
        try:
            return clean_nik(text)
        except InvalidNik as problem:
            raise forms.ValidationError(str(problem)) from None


class AddressForm(PartForm):
    """Where the person lives and how to reach them."""

    village = VillageField(
        label="Kelurahan",
        queryset=Region.objects.filter(level=RegionLevel.VILLAGE, valid_until=None),
        required=False,
        error_messages={"invalid_choice": "Kelurahan ini tidak ada di daftar. Pilih salah satu."},
    )
    village.needed = True  # or a kecamatan, below
    district = DistrictField(
        label="Kecamatan, bila KTP dari kota lain",
        required=False,
        max_length=120,
        help_text="Hanya bila kelurahannya tidak ada di daftar, misalnya Coblong, Kota Bandung. "
        "Nama kelurahannya ditulis di alamat.",
    )
    address = forms.CharField(
        label="Alamat",
        max_length=205,
        help_text="Nama jalan, gang, atau kampung dan nomor rumah.",
        error_messages={
            "required": "Alamat belum diisi.",
            "max_length": "Alamat paling panjang 205 huruf agar muat di kartu.",
        },
    )
    rt = forms.RegexField(
        r"^\d{1,3}$",
        label="RT",
        required=False,
        error_messages={"invalid": "RT hanya berisi angka, paling banyak tiga."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    rw = forms.RegexField(
        r"^\d{1,3}$",
        label="RW",
        required=False,
        error_messages={"invalid": "RW hanya berisi angka, paling banyak tiga."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    phone = forms.CharField(
        label="Telepon",
        max_length=24,
        help_text="Nomor yang bisa dihubungi petugas, misalnya 0812 3456 7890.",
        widget=forms.TextInput(
            attrs={"inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        ),
        error_messages={"required": "Telepon belum diisi."},
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Alamat e-mail tidak lengkap. Tulis seperti nama@contoh.com."},
    )

    @classmethod
    def initial_of(cls, person: JobSeeker) -> dict:
        """The kelurahan, or the kecamatan of a KTP from elsewhere."""
        names = set(cls.base_fields) - {"district", "nik", "kk", "photo"}
        found = {name: getattr(person, name) for name in names}
        if person.village is not None and person.village.level == RegionLevel.DISTRICT:
            found |= {"village": None, "district": person.village}
        return found

    def clean(self) -> dict:
        """One of kelurahan and kecamatan."""
        found = super().clean()
        if self.errors.keys() & {"village", "district"}:
            return found
        village, district = found.get("village"), found.get("district")
        if village is None and district is None:
            self.add_error("village", "Pilih kelurahan, atau tulis kecamatan di KTP bila dari kota lain.")
        elif village is not None and district is not None:
            self.add_error("district", "Kelurahan sudah dipilih. Kosongkan salah satu.")
        return found

    def answers(self) -> dict:
        """What the service takes: the kecamatan stands for the kelurahan."""
        found = dict(self.cleaned_data)
        district = found.pop("district", None)
        return found | {"village": found["village"] or district}


class EducationForm(PartForm):
    """Last education and skills."""

    education = forms.ModelChoiceField(
        label="Pendidikan terakhir",
        queryset=EducationLevel.objects.order_by("order"),
        empty_label="Pilih…",
        error_messages={"required": "Pilih pendidikan terakhir yang sudah tamat."},
    )
    education_school = forms.CharField(label="Sekolah atau kampus", max_length=150, required=False)
    education_major = forms.CharField(label="Jurusan", max_length=150, required=False)
    graduation_year = forms.IntegerField(
        label="Tahun lulus",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={"invalid": "Tahun lulus ditulis dengan empat angka, misalnya 2021."},
    )
    skills = forms.CharField(
        label="Keterampilan dan pengalaman kerja",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Paling panjang 400 huruf; dicetak di kartu.",
        error_messages={"max_length": "Keterampilan paling panjang 400 huruf; yang ditulis %(show_value)s."},
    )


class PhotoForm(PartForm):
    """The pas foto of the card."""

    photo = forms.FileField(
        label="Pas foto",
        help_text=(
            "Tegak, wajah dari depan, paling kecil 354 × 472 piksel (3 × 4 cm). "
            "JPG, PNG, WEBP, atau HEIC, paling besar 20 MB; kami perkecil."
        ),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/heic,image/heif", "data-kamera": ""}
        ),
        error_messages={
            "required": "Pas foto belum dipilih.",
            "empty": "Berkas ini kosong (0 bita). Pilih berkas lain.",
            "invalid": "Pas foto belum terkirim. Pilih berkasnya, lalu kirim lagi.",
        },
    )

    def prepare(self) -> None:
        """A photo that is there need not be sent again."""
        known = self.person is not None and self.person.photo_id is not None
        self.fields["photo"].required = not known
        if known:
            self.fields["photo"].label = "Ganti pas foto"


class DeskForm(IdentityForm, AddressForm, EducationForm, PhotoForm):
    """All parts on one page, for a person at the counter."""

    fieldsets = (
        ("Identitas", list(IdentityForm.base_fields)),
        ("Alamat dan kontak", list(AddressForm.base_fields)),
        ("Pendidikan dan keterampilan", list(EducationForm.base_fields)),
        ("Pas foto", ["photo"]),
    )

    def prepare(self) -> None:
        """Fit every part."""
        IdentityForm.prepare(self)
        PhotoForm.prepare(self)


class StartForm(forms.Form):
    """Which card is asked for; with `first` (no card before) only a new one."""

    kind = forms.ChoiceField(
        label="Permohonan apa?",
        choices=(
            (ApplicationKind.NEW, "Kartu baru"),
            (ApplicationKind.RENEWAL, "Perpanjangan kartu"),
            (ApplicationKind.REPLACEMENT, "Penggantian kartu yang hilang, rusak, atau datanya berubah"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih jenis permohonan."},
    )
    reason = forms.ChoiceField(
        label="Sebab penggantian",
        choices=BLANK + ReplacementReason.choices,
        required=False,
        help_text="Isi hanya bila memilih penggantian.",
    )
    reason.needed = True  # by who asks for a replacement

    def __init__(
        self, *args, first: bool = False, refused: Mapping[str, str] | None = None, **kwargs
    ) -> None:
        """Offer what fits; `refused` are the kinds that don't, with the reason. Who sends one anyway is told it."""
        super().__init__(*args, **kwargs)
        refused = refused or {}
        if refused and not first:
            kind = self.fields["kind"]
            kind.widget.choices = [each for each in kind.choices if each[0] not in refused]
            kind.help_text = refused.get(ApplicationKind.RENEWAL, "")
            if ApplicationKind.REPLACEMENT in refused:
                del self.fields["reason"]
        if first:
            kind = self.fields["kind"]
            kind.choices, kind.initial = kind.choices[:1], ApplicationKind.NEW
            kind.help_text = "Perpanjangan dan penggantian hanya untuk yang pernah memegang kartu."
            kind.error_messages["invalid_choice"] = FIRST_CARD
            del self.fields["reason"]


class RevealForm(forms.Form):
    """Why a NIK is looked at in clear."""

    reason = forms.CharField(
        label="Alasan melihat NIK",
        max_length=300,
        error_messages={"required": "Tulis alasan melihat NIK. Alasan dicatat bersama nama Anda."},
    )


class RemoveForm(forms.Form):
    """Taking a holder off the register."""

    reason = forms.ChoiceField(
        label="Alasan penghapusan",
        choices=BLANK + RemovalReason.choices,
        error_messages={"required": "Pilih alasan penghapusan."},
    )
    comment = forms.CharField(
        label="Keterangan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sumber kabarnya, misalnya surat atau telepon. Tersimpan di riwayat.",
        error_messages={"required": "Tulis keterangan, misalnya dari siapa kabar ini."},
    )


class MergeForm(forms.Form):
    """Joining two rows of one person: the other row is picked among the likely ones, or named by its code."""

    pick = forms.ChoiceField(
        label="Data siapa yang dipertahankan?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Orang ini tidak lagi mirip. Muat ulang halaman."},
    )
    keep = forms.UUIDField(
        label="Kode data yang dipertahankan",
        required=False,
        help_text="Tertulis di bagian bawah halaman orang tersebut.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Isi kode data yang dipertahankan.",
            "invalid": "Kode ini tidak lengkap. Salin seluruhnya dari halaman orang tersebut.",
        },
    )
    reason = forms.CharField(
        label="Alasan penggabungan",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasan penggabungan, misalnya KTP yang dibandingkan."},
    )

    def __init__(self, *args, alike: Iterable[tuple[str, str]] = (), **kwargs) -> None:
        """`alike`: codes and words of the rows that may be the same person; without any only the code is asked for."""
        super().__init__(*args, **kwargs)
        choices = list(alike)
        if choices:
            self.fields["pick"].choices = [*choices, ("", "Orang lain, dengan kode di bawah")]
        else:
            del self.fields["pick"]
            self.fields["keep"].required = True

    def clean(self) -> dict:
        """One row, by either way."""
        data = super().clean()
        if data.get("pick"):
            data["keep"] = UUID(data["pick"])
        elif not data.get("keep") and "keep" not in self.errors:
            self.add_error("keep", "Pilih orang yang datanya dipertahankan, atau isi kode datanya.")
        return data


class CheckForm(forms.Form):
    """A card's number, or what its code says."""

    code = forms.CharField(
        label="Nomor kartu atau isi kode",
        max_length=600,
        help_text="16 angka di kartu, atau isi kode QR yang dimulai dengan AK1.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Isi nomor kartu (16 angka) atau isi kode QR."},
    )
