"""Forms of the budget: a line, its sources, its months, income, shares."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import formats
from core.formfields import NameField, PickField, PickRowField, RupiahField
from core.models.reference import Nomenclature, NomenclatureLevel
from lkip.enums import FundingSource
from lkip.models import IncomeLine, Objective

MOST = 10**14


class PercentField(forms.CharField):
    """A share from 0 to 100 with up to two decimals, written with a comma."""

    def __init__(self, label: str, *, required: bool = False, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_length=12,
            widget=forms.TextInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-5", "suffix": "%"}
            ),
            error_messages={"required": f"Isi {label[:1].lower()}{label[1:]}."},
        )

    def clean(self, value: Any) -> Decimal | None:
        """Return the share."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = formats.parse_number(text)
        except formats.Unreadable as problem:
            raise ValidationError(str(problem)) from None
        if not 0 <= number <= 100 or number != round(number, 2):
            raise ValidationError("Tulis angka dari 0 sampai 100, paling banyak dua angka di belakang koma.")
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a stored share with a comma."""
        if isinstance(value, Decimal):
            return formats.number(value, 0 if value == value.to_integral_value() else 2)
        return value


def _reason(help_text: str) -> NameField:
    return NameField(
        "Alasan",
        max_length=300,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LineForm(forms.Form):
    """Ceilings, realisation at the year's end, physical progress, and the division among sources."""

    initial_ceiling = RupiahField("Pagu murni", most=MOST, required=False)
    ceiling = RupiahField(
        "Pagu yang berlaku", most=MOST, help_text="Pagu perubahan, atau pagu murni bila tidak berubah."
    )
    realised = RupiahField("Realisasi", most=MOST)
    physical = PercentField("Realisasi fisik", help_text="Kosongkan bila tidak diukur.")
    reason = _reason("Dicatat pada riwayat baris ini.")

    def __init__(self, *args: Any, by_month: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if by_month:
            for name in ("realised", "physical"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Mengikuti realisasi bulan terakhir."
        for source, label in FundingSource.choices:
            self.fields[f"source_{source}"] = RupiahField(label, most=MOST, required=False)
        names = [f"source_{source}" for source in FundingSource.values]
        self.fieldsets = (
            ("Pagu dan realisasi", ("initial_ceiling", "ceiling", "realised", "physical", "reason")),
            ("Sumber dana", names),
        )

    def sources(self) -> dict[str, int]:
        """The amounts that were given, by source."""
        found = {source: self.cleaned_data.get(f"source_{source}") for source in FundingSource.values}
        return {source: amount for source, amount in found.items() if amount}


class NewLineForm(forms.Form):
    """A sub kegiatan that gets a budget line."""

    nomenclature = PickRowField(
        "Sub kegiatan",
        find=Nomenclature.objects.none,
        describe=lambda row: f"{row.name} ({row.code_display})",
        help_text="Hanya sub kegiatan yang belum punya baris anggaran.",
    )
    ceiling = RupiahField("Pagu", most=MOST)
    realised = RupiahField("Realisasi", most=MOST)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nomenclature"].queryset = Nomenclature.objects.filter(
            year=year, level=NomenclatureLevel.SUB_ACTIVITY, budget_line=None
        ).order_by("order", "pk")


class MonthForm(forms.Form):
    """How far a line stood at the end of a month."""

    month = PickField("Bulan", [(str(i), name) for i, name in enumerate(formats.MONTHS, 1)])
    realised = RupiahField(
        "Realisasi sampai akhir bulan ini", most=MOST, help_text="Kumulatif sejak 1 Januari."
    )
    physical = PercentField("Realisasi fisik sampai akhir bulan ini")
    reason = _reason("Wajib bila angkanya turun dari bulan sebelumnya atau melebihi pagu.")


class IncomeForm(forms.Form):
    """A row of the income."""

    name = NameField("Uraian", max_length=200)
    code = NameField("Kode rekening", max_length=40, required=False)
    target = RupiahField("Anggaran", most=MOST, required=False)
    realised = RupiahField(
        "Realisasi",
        most=MOST,
        required=False,
        help_text="Kosongkan anggaran dan realisasi bila baris ini punya rincian; jumlahnya dihitung.",
    )

    parent = PickRowField(
        "Bagian dari",
        find=IncomeLine.objects.none,
        required=False,
        help_text="Kosongkan untuk baris teratas.",
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = IncomeLine.objects.filter(year=year, target=None)


class ShareForm(forms.Form):
    """How a programme is dealt out among the objectives."""

    def __init__(self, *args: Any, objectives: list[Objective], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.objectives = objectives
        for objective in objectives:
            self.fields[f"share_{objective.pk}"] = PercentField(objective.text)

    def shares(self) -> dict[Objective, Decimal]:
        """The shares that were given."""
        found = {o: self.cleaned_data.get(f"share_{o.pk}") for o in self.objectives}
        return {objective: share for objective, share in found.items() if share}


class CircumstancesForm(forms.Form):
    """What a file doesn't say about itself: its month, and the whole office's amounts from another source."""

    month = PickField(
        "Keadaan pada",
        [(str(i), f"akhir {name}") for i, name in enumerate(formats.MONTHS, 1)],
        required=False,
        help_text="Kosong berarti akhir tahun, tanpa rincian bulan.",
    )
    total_ceiling = RupiahField(
        "Pagu seluruh dinas menurut sumber lain", most=MOST, required=False, help_text="Misalnya DPA."
    )
    total_realised = RupiahField("Realisasi seluruh dinas menurut sumber lain", most=MOST, required=False)

    def clean(self) -> dict:
        """Both totals, or none."""
        data = super().clean()
        pair = (data.get("total_ceiling"), data.get("total_realised"))
        if (pair[0] is None) != (pair[1] is None) and not self.errors:
            self.add_error("total_realised", "Isi pagu dan realisasi seluruh dinas dua-duanya.")
        return data

    def known_total(self) -> tuple[int, int] | None:
        """The totals, or None."""
        pair = (self.cleaned_data.get("total_ceiling"), self.cleaned_data.get("total_realised"))
        return None if None in pair else pair
