"""Forms of targets, baselines, quarters, planned money and outside numbers."""

from django import forms

from core.formfields import DayField, NameField, PickField, PickRowField, RupiahField
from core.models.agency import AgencyProfile
from core.models.reference import Region, RegionLevel
from lkip.enums import Direction, Formula, TargetDocument
from lkip.forms.numbers import NumberField, YearField
from lkip.models import ExternalStatistic, Indicator
from lkip.plan_tables import promised_text
from lkip.services.statistics import OUTSIDE

AMOUNT = 10**14


class TargetForm(forms.Form):
    """What a document promises for a year."""

    year = YearField("Tahun")
    document = PickField("Dokumen", TargetDocument.choices)
    value = NumberField("Target")
    category = NameField(
        "Predikat",
        max_length=60,
        required=False,
        help_text="Hanya bila yang dijanjikan sebuah predikat, misalnya BB.",
    )
    entered_on = DayField(
        "Ditetapkan tanggal", required=False, help_text="Tanggal dokumennya, bukan tanggal pencatatan."
    )
    decree = NameField("Nomor dokumen", max_length=150, required=False)
    reason = NameField("Alasan", max_length=250, required=False)

    def __init__(self, *args, indicator: Indicator, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs["suffix"] = indicator.unit
        if indicator.direction != Direction.CATEGORY:
            del self.fields["category"]


class TargetEditForm(TargetForm):
    """Year and document stay; a changed value needs a reason."""

    year = None
    document = None


class BaselineForm(forms.Form):
    """Where a Renstra starts."""

    value = NumberField("Keadaan awal")
    year = YearField("Tahun keadaan awal", required=False, help_text="Tahun yang digambarkan angka ini.")


class QuartersForm(forms.Form):
    """Four quarters with the step taken in each."""

    def __init__(self, *args, indicator: Indicator, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for quarter, word in enumerate(("I", "II", "III", "IV"), 1):
            self.fields[f"value_{quarter}"] = NumberField(f"Target triwulan {word}", unit=indicator.unit)
            self.fields[f"action_{quarter}"] = NameField(
                f"Langkah triwulan {word}", max_length=1000, required=False
            )
        self.fieldsets = tuple(
            (f"Triwulan {word}", (f"value_{quarter}", f"action_{quarter}"))
            for quarter, word in enumerate(("I", "II", "III", "IV"), 1)
        )


class PlannedBudgetForm(forms.Form):
    """The money of one node for each year of a document."""

    def __init__(self, *args, years: tuple[int, ...], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for year in years:
            self.fields[f"amount_{year}"] = RupiahField(f"Pagu {year}", most=AMOUNT, required=False)


class StatisticForm(forms.Form):
    """A number from outside with its source."""

    year = YearField("Tahun")
    value = NumberField("Nilai")
    category = NameField("Predikat", max_length=60, required=False)
    as_of = DayField("Keadaan tanggal", required=False)
    source = NameField("Sumber", max_length=200)
    document = NameField("Dokumen", max_length=250, required=False)
    waits_for = NameField(
        "Menunggu register",
        max_length=150,
        required=False,
        help_text="Isi bila angka ini masukan sementara: register yang kelak memberi angkanya.",
    )
    file = forms.FileField(
        label="Berkas dokumen",
        required=False,
        help_text="PDF atau gambar.",
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain."},
    )

    def __init__(self, *args, indicator: Indicator, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs["suffix"] = indicator.unit
        if indicator.direction != Direction.CATEGORY:
            del self.fields["category"]
        if indicator.formula == Formula.INTERIM:
            self.fields["waits_for"].required = True
        elif (
            indicator.formula not in OUTSIDE
        ):  # what was published before this system was used waits for nothing
            del self.fields["waits_for"]


class StatisticEditForm(StatisticForm):
    """The year of a value stays."""

    year = None


class WithdrawForm(forms.Form):
    """Why a value from outside is taken back; says which one it is."""

    reason = NameField("Alasan", max_length=250)

    def __init__(self, *args, row: ExternalStatistic, **kwargs) -> None:
        """`row` is what is taken back."""
        super().__init__(*args, **kwargs)
        said = promised_text(row.value, row.indicator, row.category)
        self.fields["reason"].help_text = (
            f"Yang ditarik: {row.indicator.name} tahun {row.year}, {said}, sumber {row.source}. "
            "Riwayat tetap menyimpan nilai dan alasannya."
        )


def neighbours():
    """Regions of the office's own level in its province, and the province."""
    home = AgencyProfile.current().region
    return Region.objects.filter(
        level__in=(RegionLevel.REGENCY, RegionLevel.PROVINCE),
        code__startswith=home.code.partition(".")[0],
        valid_until=None,
    ).order_by("code")


class RegisterStartForm(forms.Form):
    """Since when a register holds everything."""

    complete_from = DayField(
        "Lengkap sejak",
        help_text="Hari pertama yang semua kejadiannya tercatat di sini, biasanya awal tahun.",
    )
    note = NameField(
        "Keterangan",
        max_length=250,
        required=False,
        help_text="Misalnya: kartu lama dibawa untuk perpanjangan.",
    )


class RegionalForm(forms.Form):
    """A neighbour's value."""

    region = PickRowField("Wilayah", find=neighbours)
    year = YearField("Tahun")
    value = NumberField("Nilai")
    as_of = DayField("Keadaan tanggal", required=False)
    source = NameField("Sumber", max_length=200)
