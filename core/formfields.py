"""Form fields whose errors say what is wrong and what to write instead, in Indonesian."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from core import formats
from core.widgets import DateParts, as_typed, missing_in

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)
SHOWN = 5
"""How many candidates an ambiguous name lists."""


class DayField(forms.DateField):
    """A day between 1900 and 2100, in three boxes. Takes also ISO dates, "17-08-2023" and "17 Agustus 2023"."""

    def __init__(self, label: str, *, required: bool = True, help_text: str = "", **kwargs: Any) -> None:
        missing = formats.asked_for("Isi", label)
        kwargs.setdefault("widget", DateParts)
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            error_messages={"required": missing},
            **kwargs,
        )

    def to_python(self, value: Any) -> dt.date | None:
        """Return the day; the message of an impossible one repeats what was typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            day = value
        else:
            if lack := missing_in(str(value)):
                raise ValidationError(f"{self.label} {lack}.", code="invalid")
            try:
                day = formats.parse_date(str(value))
            except formats.Unreadable as problem:
                words = str(problem).replace(str(value)[:40], as_typed(value)[:40])
                raise ValidationError(words, code="invalid") from None
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(
                f"Tahun {day.year} tidak mungkin. Tulis tanggal antara 1900 dan 2100.", code="invalid"
            )
        return day


class WholeNumberField(forms.Field):
    """A whole number from `least` to `most`, written with or without dots for thousands."""

    widget = forms.TextInput

    def __init__(
        self,
        label: str,
        *,
        unit: str = "",
        least: int = 0,
        most: int = 10_000_000,
        required: bool = True,
        help_text: str = "",
        prefix: str = "",
        **kwargs: Any,
    ) -> None:
        self.least, self.most = least, most
        attrs = {"inputmode": "numeric", "class": "govuk-input--width-10", "autocomplete": "off"}
        attrs |= {"suffix": unit} if unit else {}
        attrs |= {"prefix": prefix} if prefix else {}
        missing = formats.asked_for("Isi", label) + ("" if least else " Tulis 0 bila tidak ada.")
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=self.widget(attrs=attrs),
            error_messages={"required": missing},
            **kwargs,
        )

    def to_python(self, value: Any) -> int | None:
        """Return the number; refuse fractions, signs and numbers out of bounds."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            number = value
        else:
            try:
                exact = formats.parse_number(str(value))
            except formats.Unreadable as problem:
                raise ValidationError(str(problem), code="invalid") from None
            if exact != exact.to_integral_value():
                raise ValidationError("Tulis bilangan bulat, tanpa koma.", code="invalid")
            number = int(exact)
        if not self.least <= number <= self.most:
            raise ValidationError(
                f"Tulis angka dari {formats.number(self.least)} sampai {formats.number(self.most)}.",
                code="invalid",
            )
        return number

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with dots; leave what was typed as it is."""
        return formats.number(value) if isinstance(value, int) and not isinstance(value, bool) else value


class RupiahField(WholeNumberField):
    """Whole rupiah."""

    def __init__(self, label: str, *, most: int = 10**12, **kwargs: Any) -> None:
        super().__init__(label, prefix="Rp", most=most, **kwargs)


class LookupField(forms.CharField):
    """A record named in words: for lists too long for a drop-down. Works without scripts.

    `find` returns the rows among which the name is looked for (called at each request); `exact` are the look-ups that
    decide at once, `near` those that suffice when only one row fits. With `key`, the first word comes first
    ("14111 Industri pakaian jadi"). `describe` says how a row is called.
    """

    def __init__(
        self,
        label: str,
        *,
        find: Callable[[], QuerySet],
        exact: tuple[str, ...],
        near: tuple[str, ...],
        key: str = "",
        describe: Callable[[Any], str] = str,
        required: bool = True,
        help_text: str = "",
        **kwargs: Any,
    ) -> None:
        self.find, self.exact, self.near, self.key, self.describe = find, exact, near, key, describe
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_length=200,
            error_messages={
                "required": formats.asked_for("Isi", label),
                "max_length": "Paling panjang 200 huruf.",
                "null_characters_not_allowed": "Ada karakter yang tidak dikenal. Ketik ulang.",
            },
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        """Return the one record that fits; otherwise say how many do, and name the first."""
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        if self.key:
            keyed = self.find().filter(**{self.key: text.split()[0]}).first()
            if keyed is not None:
                return keyed
        for look_ups in (self.exact, self.near):
            condition = Q()
            for look_up in look_ups:
                condition |= Q(**{look_up: text})
            found = list(self.find().filter(condition).distinct()[: SHOWN + 1])
            if len(found) == 1:
                return found[0]
            if found:
                names = "; ".join(f"“{self.describe(row)}”" for row in found[:SHOWN])
                more = " dan lain-lain" if len(found) > SHOWN else ""
                raise ValidationError(
                    f"Ada beberapa yang cocok dengan “{text[:60]}”: {names}{more}. Tulis lebih lengkap.",
                    code="invalid",
                )
        raise ValidationError(f"“{text[:60]}” tidak ditemukan. Periksa ejaannya.", code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """Show a record by its name; leave what was typed as it is."""
        return value if isinstance(value, str) or value is None else self.describe(value)


class NameField(forms.CharField):
    """A line of text with Indonesian messages; spaces are tidied."""

    def __init__(
        self, label: str, *, max_length: int, required: bool = True, help_text: str = "", **kwargs: Any
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_length=max_length,
            error_messages={
                "required": formats.asked_for("Isi", label),
                "max_length": f"Paling panjang {max_length} huruf.",
                "null_characters_not_allowed": "Ada karakter yang tidak dikenal. Ketik ulang.",
            },
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        """Return the text with single spaces; a text area keeps its lines."""
        text = super().to_python(value)
        return text if isinstance(self.widget, forms.Textarea) else " ".join(text.split())


class PickField(forms.ChoiceField):
    """One of few choices, with Indonesian messages. ``radio`` draws radios instead of a drop-down."""

    def __init__(
        self,
        label: str,
        choices: Any,
        *,
        required: bool = True,
        radio: bool = False,
        help_text: str = "",
        empty: str = "Pilih…",
        **kwargs: Any,
    ) -> None:
        options = list(choices)
        if not radio:
            options = [("", empty if required else "–"), *options]
        super().__init__(
            label=label,
            choices=options,
            required=required,
            help_text=help_text,
            widget=forms.RadioSelect if radio else forms.Select,
            error_messages={
                "required": formats.asked_for("Pilih", label),
                "invalid_choice": "Pilihan ini tidak ada dalam daftar. Pilih salah satu yang tersedia.",
            },
            **kwargs,
        )


class PickRowField(forms.ModelChoiceField):
    """One row of a short list, with Indonesian messages; `find` is asked at each request."""

    def __init__(
        self,
        label: str,
        *,
        find: Callable[[], QuerySet],
        describe: Callable[[Any], str] = str,
        required: bool = True,
        help_text: str = "",
        **kwargs: Any,
    ) -> None:
        self.find, self.describe = find, describe
        super().__init__(
            queryset=None,
            label=label,
            required=required,
            help_text=help_text,
            empty_label="Pilih…" if required else "–",
            error_messages={
                "required": formats.asked_for("Pilih", label),
                "invalid_choice": "Pilihan ini tidak ada dalam daftar. Pilih salah satu yang tersedia.",
            },
            **kwargs,
        )

    def __deepcopy__(self, memo: dict) -> "PickRowField":
        """A form's own copy asks for the rows anew."""
        found = super().__deepcopy__(memo)
        found.queryset = self.find()
        return found

    def label_from_instance(self, obj: Any) -> str:
        """How a row is called."""
        return self.describe(obj)
