"""The form of an activity."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from activities.enums import ActivityKind, ParticipantCategory
from core import formats
from core.formfields import DayField, NameField, PickField, PickRowField, WholeNumberField
from core.models.reference import Nomenclature, NomenclatureLevel

MOST = 100_000


def sub_activities():
    """All sub kegiatan, the newest year first."""
    return Nomenclature.objects.filter(level=NomenclatureLevel.SUB_ACTIVITY).order_by("-year", "order", "pk")


class QuantityField(forms.CharField):
    """A quantity with up to two decimals, written the Indonesian way."""

    def clean(self, value: str) -> Decimal | None:
        """Return the quantity."""
        text = super().clean(value)
        if not text:
            return None
        try:
            number = formats.parse_number(text)
        except formats.Unreadable as problem:
            raise ValidationError(str(problem)) from None
        if number < 0 or number >= 10**10 or number != round(number, 2):
            raise ValidationError("Tulis angka dari 0, paling banyak dua angka di belakang koma.")
        return number

    def prepare_value(self, value):
        """Show a stored quantity with a comma."""
        if isinstance(value, Decimal):
            return formats.number(value, 0 if value == value.to_integral_value() else 2)
        return value


class ActivityForm(forms.Form):
    """An activity with its participants: two boxes (men, women) for each category."""

    title = NameField("Nama kegiatan", max_length=200)
    kind = PickField("Jenis kegiatan", ActivityKind.choices)
    held_on = DayField("Tanggal mulai")
    ended_on = DayField(
        "Tanggal selesai", required=False, help_text="Kosongkan bila selesai pada hari yang sama."
    )
    place = NameField("Tempat", max_length=200, required=False)
    sub_activity = PickRowField(
        "Sub kegiatan",
        find=sub_activities,
        describe=lambda row: f"{row.year} – {row.name} ({row.code_display})",
        required=False,
    )
    output_quantity = QuantityField(label="Jumlah keluaran", required=False, max_length=20)
    output_unit = NameField(
        "Satuan keluaran", max_length=40, required=False, help_text="Misalnya orang, dokumen."
    )
    notes = NameField("Catatan", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    evidence = forms.FileField(
        label="Bukti (daftar hadir atau foto)",
        required=False,
        help_text="PDF atau gambar.",
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain."},
    )

    fieldsets = (
        ("Kegiatan", ("title", "kind", "held_on", "ended_on", "place", "sub_activity")),
        ("Keluaran", ("output_quantity", "output_unit", "notes", "evidence")),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for value, label in ParticipantCategory.choices:
            for sex, word in (("male", "laki-laki"), ("female", "perempuan")):
                field = WholeNumberField(f"{label}, {word}", most=MOST, required=False)
                field.widget.attrs |= {"class": "govuk-input govuk-input--width-4", "aria-label": field.label}
                self.fields[f"{sex}_{value}"] = field

    def visible_plain(self) -> list:
        """The fields outside the table of participants, for the template."""
        return [self[name] for _, names in self.fieldsets for name in names]

    def participant_rows(self) -> list[dict]:
        """The table of participants: one row a category."""
        return [
            {"label": label, "cells": [self[f"male_{value}"], self[f"female_{value}"]]}
            for value, label in ParticipantCategory.choices
        ]

    def participants(self) -> list[tuple[str, int, int]]:
        """(category, men, women) as the service takes them."""
        data = self.cleaned_data
        return [
            (value, data.get(f"male_{value}") or 0, data.get(f"female_{value}") or 0)
            for value in ParticipantCategory.values
        ]

    def activity_values(self) -> dict:
        """The activity's own fields; the file is stored apart."""
        names = [name for _, names in self.fieldsets for name in names if name != "evidence"]
        return {name: self.cleaned_data[name] for name in names}
