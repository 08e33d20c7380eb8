"""The form in which a planner composes an indicator, and the one for what it is called from a year on."""

import copy
from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from accounts.enums import InstitutionKind
from accounts.models import Institution
from core import formats, measures
from core.formfields import NameField, PickField, PickRowField, WholeNumberField
from core.models.reference import Nomenclature, NomenclatureLevel
from lkip import composer
from lkip.enums import PART_TITLES, Aggregation, Direction, Formula, Level
from lkip.forms.numbers import YearField
from lkip.models import BandScale, Indicator, Objective

FILTER = "saringan-"
MONTHS = list(enumerate(formats.MONTHS, start=1))
PARTS = {
    Formula.MEASURE: ("measure", "as_of_month"),
    Formula.STATISTIC: (),
    Formula.SCORE: (),
    Formula.INTERIM: ("waits_for",),
    Formula.RATIO: ("numerator", "denominator", "factor"),
    Formula.DIFFERENCE: ("numerator", "denominator"),
    Formula.CHANGE: ("numerator",),
}
"""The fields that say what an indicator of each kind is made of."""
ALL_PARTS = ("measure", "as_of_month", "numerator", "denominator", "factor", "waits_for")
EMPTY = {
    "measure": "",
    "as_of_month": None,
    "numerator": None,
    "denominator": None,
    "factor": 100,
    "filters": {},
    "waits_for": "",
}
MANY = 8
"""A dimension of more values than this is folded."""


class PercentField(forms.CharField):
    """A number with up to two decimals, written the Indonesian way."""

    def __init__(self, label: str, help_text: str = "") -> None:
        super().__init__(label=label, required=False, max_length=12, help_text=help_text)
        self.widget.attrs |= {"suffix": "%", "class": "govuk-input--width-5", "inputmode": "decimal"}

    def clean(self, value: str) -> Decimal | None:
        """Return the number."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = formats.parse_number(text)
        except formats.Unreadable as problem:
            raise ValidationError(str(problem)) from None
        if abs(number) >= 100_000 or number != round(number, 2):
            raise ValidationError("Tulis angka di bawah 100.000, paling banyak dua desimal.")
        return number

    def prepare_value(self, value):
        """Show a stored number with a comma."""
        if isinstance(value, Decimal):
            return formats.number(value, 0 if value == value.to_integral_value() else 2)
        return value


def _text(label: str, help_text: str = "", rows: int = 3) -> NameField:
    return NameField(
        label,
        max_length=4000,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _indicators():
    return Indicator.objects.order_by("name", "pk")


def _programmes():
    return Nomenclature.objects.filter(level=NomenclatureLevel.PROGRAMME).order_by("-year", "order", "pk")


class IndicatorForm(forms.Form):
    """Everything about an indicator; which parts it asks for follows from ``formula`` and ``measure``."""

    name = NameField("Nama indikator", max_length=250)
    level = PickField("Jenjang", Level.choices)
    objective = PickRowField(
        "Sasaran", find=lambda: Objective.objects.order_by("goal__position", "position", "pk"), required=False
    )
    formula = PickField("Cara hitung", Formula.choices)
    measure = PickField("Ukuran", ())
    as_of_month = PickField(
        "Dibaca pada akhir bulan", MONTHS, required=False,
        help_text="Hanya untuk keadaan di tengah tahun. Kosongkan untuk akhir periode.",
    )  # fmt: skip
    numerator = PickRowField("Pembilang", find=_indicators)
    denominator = PickRowField("Penyebut", find=_indicators)
    factor = WholeNumberField(
        "Pengali", least=1, most=100_000, help_text="100 untuk persen, 1 untuk perbandingan."
    )
    waits_for = NameField(
        "Menunggu register",
        max_length=150,
        help_text="Register yang kelak memberi angkanya. Tercetak di Lampiran D.",
    )
    unit = NameField("Satuan", max_length=30, help_text="Misalnya persen, orang, kasus, nilai.")
    decimals = WholeNumberField("Banyak desimal", least=0, most=6)
    direction = PickField("Arah", Direction.choices)
    aggregation = PickField("Penjumlahan triwulan", Aggregation.choices)
    scale = PickRowField("Skala predikat", find=lambda: BandScale.objects.order_by("name"), required=False)
    clamp_low = PercentField("Batas bawah capaian", "Kosongkan untuk memakai aturan tahun laporan.")
    clamp_high = PercentField("Batas atas capaian")
    definition = _text("Definisi")
    reason = _text("Alasan pemilihan", rows=2)
    formula_text = _text("Rumus dengan kata", rows=2)
    collection_note = _text("Cara pengumpulan data", rows=2)
    source = NameField("Sumber data", max_length=250, required=False)
    owner = NameField("Penanggung jawab", max_length=150, required=False)
    section = PickRowField(
        "Bidang",
        find=lambda: Institution.objects.filter(kind=InstitutionKind.SECTION).order_by("name"),
        required=False,
    )
    comparator = PickRowField("Pembanding nasional", find=_indicators, required=False)
    programmes = forms.ModelMultipleChoiceField(
        queryset=None, label="Program pendukung", required=False, widget=forms.CheckboxSelectMultiple
    )
    from_year = YearField("Dipakai mulai tahun", required=False)
    to_year = YearField("Dipakai sampai tahun", required=False)

    groups = (
        ("Identitas", ("name", "level", "objective")),
        ("Angka", ("unit", "decimals", "direction", "aggregation", "scale", "clamp_low", "clamp_high")),
        (
            "Lembar IKU",
            ("definition", "reason", "formula_text", "collection_note", "source", "owner", "section"),
        ),
        ("Kaitan", ("comparator", "programmes", "from_year", "to_year")),
    )

    def __init__(self, *args, record: Indicator | None = None, **kwargs) -> None:
        """`record` is the indicator that is changed; it can't be a part of itself."""
        super().__init__(*args, **kwargs)
        self.record = record
        self.fields["programmes"].queryset = _programmes()
        self.fields["programmes"].label_from_instance = lambda row: f"{row.year} – {row.name}"
        self.fields["measure"].choices = [("", "Pilih…"), *composer.measure_choices()]
        for name in ("numerator", "denominator", "comparator"):
            if record is not None:
                self.fields[name].queryset = self.fields[name].queryset.exclude(pk=record.pk)
        wanted = PARTS.get(self._asked("formula"), ())
        for name in ALL_PARTS:
            if name not in wanted:
                del self.fields[name]
        _entitle(self.fields, self._asked("formula"))
        self.chosen = self._measure() if "measure" in wanted else None
        self.choices = composer.choices_of(self.chosen) if self.chosen else []
        for each in self.choices:
            self.fields[FILTER + each.name] = _filter_field(each)

    def _asked(self, name: str) -> str:
        """What was sent, or what the form starts with."""
        return str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")

    def _measure(self) -> measures.Measure | None:
        try:
            return measures.get(self._asked("measure"))
        except measures.UnknownMeasure:
            return None

    @property
    def part_fields(self) -> Iterator[dict]:
        """The fields that say what it is made of, in order; a long one is folded unless something of it is chosen."""
        long = {FILTER + each.name: each for each in self.choices if len(each.labels) > MANY}
        for name in ("formula", *ALL_PARTS, *(FILTER + each.name for each in self.choices)):
            if name in self.fields:
                yield {"bound": self[name], "long": long.get(name), "open": bool(self[name].value())}

    @property
    def shown_groups(self) -> list[dict]:
        """The other fields under their headings."""
        return [
            {"legend": legend, "fields": [self[name] for name in names if name in self.fields]}
            for legend, names in self.groups
        ]

    def clean(self) -> dict:
        """Check what two fields say together."""
        found = super().clean()
        low, high = found.get("clamp_low"), found.get("clamp_high")
        if low is not None and high is not None and low >= high:
            self.add_error("clamp_high", "Batas atas harus lebih besar daripada batas bawah.")
        start, end = found.get("from_year"), found.get("to_year")
        if start and end and end < start:
            self.add_error("to_year", "Tahun akhir tidak boleh sebelum tahun mulai.")
        if found.get("direction") == Direction.CATEGORY and not found.get("scale"):
            self.add_error("scale", "Indikator berupa predikat perlu skala. Pilih skalanya.")
        return found

    def values(self) -> dict:
        """The fields of the indicator; what its kind does not use is empty."""
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith(FILTER)}
        found.pop("programmes", None)
        filters = {}
        for each in self.choices:
            picked = [each.values[key] for key in self.cleaned_data.get(FILTER + each.name, ())]
            if picked:
                filters[each.name] = picked[0] if len(picked) == 1 else picked
        month = found.get("as_of_month")
        return EMPTY | found | {"filters": filters, "as_of_month": int(month) if month else None}

    def problems(self) -> list[str]:
        """What was typed and can't be read, field by field: a preview must not count with something else instead.

        What is still empty is no problem yet, except the multiplier, which starts filled.
        """
        found = []
        for name, errors in self.errors.items():
            bound = self[name]
            emptied = name == "factor" and name in self.data
            if emptied or bound.value() not in (None, "", []):
                found += [f"{bound.label}: {message}" for message in errors]
        return found

    def draft(self) -> Indicator | None:
        """The indicator as far as the form can be read, for a preview; None when its parts are not chosen yet."""
        self.is_valid()
        formula = self.cleaned_data.get("formula")
        needed = [name for name in PARTS.get(formula, ()) if name not in ("as_of_month", "factor")]
        if not formula or any(not self.cleaned_data.get(name) for name in needed):
            return None
        draft = copy.copy(self.record) if self.record is not None else Indicator(code="indikator-ini")
        for name, value in self.values().items():
            setattr(draft, name, value)
        draft.name = draft.name or "Indikator ini"
        draft.unit = draft.unit or (self.chosen.unit if self.chosen else "")
        draft.decimals = draft.decimals or 0
        return draft


def _entitle(fields: dict[str, forms.Field], formula: str, more: str = "") -> None:
    """Call the two numbers as the kind of the indicator calls them."""
    for name, title in zip(("numerator", "denominator"), PART_TITLES.get(formula, ()), strict=False):
        if name in fields:
            fields[name].label = f"{title}{more}"
            fields[name].error_messages["required"] = formats.asked_for("Pilih", title)


def _filter_field(choices: composer.Choices) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=choices.label,
        choices=choices.pairs,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Pilihan ini tidak ada dalam daftar."},
    )


def initial_of(indicator: Indicator) -> dict:
    """What the form starts with for an indicator."""
    found = {name: getattr(indicator, name) for name in IndicatorForm.base_fields if name != "programmes"}
    found["programmes"] = list(indicator.programmes.values_list("pk", flat=True))
    for name, value in indicator.filters.items():
        found[FILTER + name] = [str(v) for v in (value if isinstance(value, list) else [value])]
    return found


class VersionForm(forms.Form):
    """What changes from a year on; what stays is left empty."""

    from_year = WholeNumberField("Mulai tahun", least=2000, most=2100)
    to_year = WholeNumberField("Sampai tahun", least=2000, most=2100, required=False)
    name = NameField("Nama baru", max_length=250, required=False)
    definition = _text("Definisi baru")
    numerator = PickRowField("Pembilang", find=_indicators, required=False)
    denominator = PickRowField("Penyebut", find=_indicators, required=False)
    note = NameField("Sebab perubahan", max_length=250)

    def __init__(self, *args, record: Indicator, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("numerator", "denominator"):
            if getattr(record, f"{name}_id") is None:
                del self.fields[name]
            else:
                self.fields[name].queryset = self.fields[name].queryset.exclude(pk=record.pk)
        _entitle(self.fields, record.formula, " (baru)")


class ScaleForm(forms.Form):
    """A scale of predicates, one step a line."""

    name = NameField("Nama skala", max_length=150)
    source = NameField(
        "Dasar", max_length=250, required=False, help_text="Peraturan atau keputusan yang menetapkannya."
    )
    lower_belongs = forms.BooleanField(
        label="Batas bawah termasuk predikatnya",
        required=False,
        help_text="Dicentang: “75 ke atas”. Kosong: “lebih dari 75”.",
    )
    steps = forms.CharField(
        label="Predikat, dari yang tertinggi",
        help_text=(
            "Satu baris satu predikat: batas bawah | nama | huruf (bila ada). "
            "Predikat terendah tanpa batas: tulis tanda hubung."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Isi predikatnya."},
    )

    def clean_steps(self) -> list[tuple[str, str, Decimal | None]]:
        """Return (letter, label, bound) of each line."""
        found = []
        for number, line in enumerate(self.cleaned_data["steps"].splitlines(), start=1):
            if not line.strip():
                continue
            bound, _, rest = line.partition("|")
            label, _, letter = (part.strip() for part in rest.partition("|"))
            if not label or len(label) > 60 or len(letter) > 5:
                raise ValidationError(
                    f"Baris {number}: tulis batas | nama | huruf. Huruf paling panjang lima."
                )
            found.append((letter, label, _bound(bound.strip(), number)))
        return found


def _bound(text: str, number: int) -> Decimal | None:
    if text in ("", "-", formats.DASH):
        return None
    try:
        bound = formats.parse_number(text)
    except formats.Unreadable as problem:
        raise ValidationError(f"Baris {number}: {problem}") from None
    if abs(bound) >= 100_000 or bound != round(bound, 4):
        raise ValidationError(
            f"Baris {number}: tulis batas di bawah 100.000 dengan paling banyak empat desimal."
        )
    return bound


def steps_text(scale) -> str:
    """The steps of a scale (`lkip.bands.Scale`) as the form writes them."""
    lines = []
    for step in reversed(scale.steps):
        bound = "-" if step.lower is None else formats.number(step.lower, 4).rstrip("0").rstrip(",")
        lines.append(" | ".join(part for part in (bound, step.label, step.letter) if part))
    return "\n".join(lines)
