"""Forms of the strategy, the organisation, the staff register and the documents."""

from django import forms

from core.formfields import DayField, NameField, PickField, PickRowField, WholeNumberField
from core.models.reference import EducationLevel, Nomenclature, NomenclatureLevel
from lkip.enums import Employment, PostClass, StatementKind, TargetDocument
from lkip.forms.numbers import YearField
from lkip.models import Objective, Statement, Unit
from lkip.staff_tables import GRADES, RANKS

PPPK_GRADES = (
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
)


def _long(label: str, *, required: bool = True, help_text: str = "", most: int = 4000) -> NameField:
    return NameField(
        label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class StatementForm(forms.Form):
    """One statement of the strategy; which of the places it needs follows from its kind."""

    kind = PickField("Jenis", StatementKind.choices)
    text = _long("Isi", help_text="Tulis satu kalimat dengan kata-kata kantor sendiri.")
    objective = PickRowField(
        "Sasaran", find=Objective.objects.select_related, required=False, help_text="Hanya untuk strategi."
    )
    parent = PickRowField(
        "Di bawah",
        find=lambda: Statement.objects.filter(kind__in=(StatementKind.VISION, StatementKind.STRATEGY)),
        describe=lambda row: f"{row.get_kind_display()}: {row}",
        required=False,
        help_text="Visi untuk misi, strategi untuk arah kebijakan.",
    )
    from_year = YearField("Berlaku mulai tahun")
    to_year = YearField(
        "Berlaku sampai tahun",
        required=False,
        help_text="Kosongkan selama masih berlaku; isi untuk mengakhiri.",
    )
    reference = NameField("Dokumen", max_length=250, required=False, help_text="Dari mana pernyataan ini.")
    position = WholeNumberField("Urutan", most=999)


class StatementEditForm(StatementForm):
    """The kind of a statement stays."""

    kind = None


class UnitForm(forms.Form):
    """A box of the organisation chart."""

    key = forms.SlugField(
        label="Kunci",
        max_length=60,
        help_text="Nama pendek tanpa spasi, misalnya bidang-penempatan. Tidak bisa diubah lagi.",
        error_messages={
            "required": "Isi kunci.",
            "invalid": "Pakai huruf, angka, dan tanda hubung saja.",
            "max_length": "Paling panjang 60 huruf.",
        },
    )
    name = NameField("Nama", max_length=150)
    parent = PickRowField("Di bawah", find=Unit.objects.all, required=False)
    head_post = NameField("Jabatan pimpinan", max_length=150, required=False)
    duty = _long("Tugas", required=False)
    position = WholeNumberField("Urutan", most=999)


class UnitEditForm(UnitForm):
    """The key of a unit stays."""

    key = None


class StaffForm(forms.Form):
    """A person's time in a post."""

    name = NameField("Nama", max_length=150)
    unit = PickRowField("Unit", find=Unit.objects.all)
    post = NameField("Jabatan", max_length=150)
    post_class = PickField("Kelompok jabatan", PostClass.choices)
    employment = PickField("Status kepegawaian", Employment.choices)
    grade = PickField(
        "Golongan",
        [
            ("PNS", [(grade, f"{grade} – {RANKS[grade]}") for grade in GRADES if grade in RANKS]),
            ("PPPK", [(grade, grade) for grade in PPPK_GRADES]),
        ],
        required=False,
        help_text="Kosongkan untuk tenaga non-ASN.",
    )
    education = PickRowField(
        "Pendidikan", find=lambda: EducationLevel.objects.order_by("order"), required=False
    )
    started_on = DayField("Mulai")
    ended_on = DayField("Sampai", required=False, help_text="Hari terakhir. Kosongkan selama masih menjabat.")


class StaffMoveForm(StaffForm):
    """What changes when a person gets another post, grade or diploma."""

    started_on = None
    ended_on = None
    moved_on = DayField("Berlaku mulai", help_text="Baris lama berakhir sehari sebelumnya.")


class StaffEndForm(forms.Form):
    """The last day in the post."""

    ended_on = DayField("Hari terakhir")


def programmes(year: int):
    """The programmes of a year."""
    return Nomenclature.objects.filter(year=year, level=NomenclatureLevel.PROGRAMME).order_by("order", "pk")


class CrossCuttingForm(forms.Form):
    """What another office contributes to a programme."""

    nomenclature = PickRowField("Program", find=Nomenclature.objects.none)
    partner = NameField("Perangkat daerah lain", max_length=200)
    contribution = _long("Peran")
    position = WholeNumberField("Urutan", most=999)

    def __init__(self, *args, year: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nomenclature"].queryset = programmes(year)


class DocumentForm(forms.Form):
    """A document of the plan and its two parties."""

    kind = PickField("Jenis", TargetDocument.choices)
    unit = PickRowField(
        "Unit",
        find=Unit.objects.all,
        required=False,
        help_text="Kosongkan untuk dokumen seluruh dinas; isi untuk perjanjian kinerja eselon III dan IV.",
    )
    title = NameField("Judul", max_length=250)
    year = YearField("Tahun mulai")
    to_year = YearField("Tahun akhir", required=False, help_text="Hanya Renstra berlaku beberapa tahun.")
    decree = NameField("Nomor", max_length=150, required=False)
    signed_on = DayField("Tanggal", required=False)
    first_name = NameField("Pihak pertama", max_length=150, required=False)
    first_post = NameField("Jabatan pihak pertama", max_length=150, required=False)
    second_name = NameField("Pihak kedua", max_length=150, required=False)
    second_post = NameField("Jabatan pihak kedua", max_length=150, required=False)
    reason = _long("Alasan perubahan", required=False, help_text="Wajib untuk perjanjian kinerja perubahan.")
    fieldsets = (
        ("Dokumen", ("kind", "unit", "title", "year", "to_year", "decree", "signed_on", "reason")),
        ("Yang bertanda tangan", ("first_name", "first_post", "second_name", "second_post")),
    )


class DocumentEditForm(DocumentForm):
    """Kind, unit and year of a document stay: targets point at them."""

    kind = None
    unit = None
    year = None
    fieldsets = (
        ("Dokumen", ("title", "to_year", "decree", "signed_on", "reason")),
        ("Yang bertanda tangan", ("first_name", "first_post", "second_name", "second_post")),
    )


class PrepareForm(forms.Form):
    """Which year is made from the one that is open."""

    year = YearField("Tahun baru")
