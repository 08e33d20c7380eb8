"""A number with decimals as an office writes it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import formats
from lkip.plan_tables import whole

MOST = Decimal(10) ** 13
PLACES = 6


class NumberField(forms.CharField):
    """A decimal number, negative too, with a comma ("12,61"); at most six decimals."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "", unit: str = "") -> None:
        attrs = {"inputmode": "decimal", "class": "govuk-input--width-10", "autocomplete": "off"}
        attrs |= {"suffix": unit} if unit else {}
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_length=30,
            widget=forms.TextInput(attrs=attrs),
            error_messages={
                "required": f"Isi {label[:1].lower()}{label[1:]}.",
                "max_length": "Paling panjang 30 huruf.",
                "null_characters_not_allowed": "Ada karakter yang tidak dikenal. Ketik ulang.",
            },
        )

    def clean(self, value: Any) -> Decimal | None:
        """Return the number; the message repeats what can't be read."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = formats.parse_number(text)
        except formats.Unreadable as problem:
            raise ValidationError(str(problem), code="invalid") from None
        if abs(number) >= MOST or number != round(number, PLACES):
            raise ValidationError(
                "Tulis angka di bawah 10.000.000.000.000 dengan paling banyak enam angka di belakang koma.",
                code="invalid",
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with a comma and no idle zeros."""
        return formats.number(value, whole(value, 0)) if isinstance(value, Decimal) else value


class YearField(forms.IntegerField):
    """A year of the plan."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            min_value=2000,
            max_value=2100,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
            error_messages={
                "required": f"Isi {label[:1].lower()}{label[1:]}.",
                "invalid": "Tulis tahun dengan empat angka.",
                "min_value": "Tulis tahun antara 2000 dan 2100.",
                "max_value": "Tulis tahun antara 2000 dan 2100.",
            },
        )
