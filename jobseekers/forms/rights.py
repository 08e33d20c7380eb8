"""Forms about rights over personal data."""

import datetime as dt

from django import forms

from core import clock
from core.formfields import DayField, NameField, PickField
from jobseekers.enums import RequestKind
from jobseekers.services.affected import DATA_KINDS, DOORS


class RequestForm(forms.Form):
    """A request about one's own data."""

    kind = PickField("Jenis permintaan", RequestKind.choices, radio=True)
    text = NameField(
        "Apa yang Anda minta",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Tulis data mana yang Anda maksud, dan alasannya. Jangan menulis NIK di sini.",
    )


class MomentField(forms.CharField):
    """A time of day as "14.30"."""

    def __init__(self, label: str, **kwargs) -> None:
        super().__init__(
            label=label,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}),
            error_messages={"required": f"Isi {label[:1].lower()}{label[1:]}."},
            **kwargs,
        )

    def clean(self, value):
        """Return the time; say what it should look like."""
        text = super().clean(value)
        if not text:
            return None
        hours, _, minutes = text.replace(":", ".").partition(".")
        try:
            return dt.time(int(hours), int(minutes or 0))
        except ValueError:
            raise forms.ValidationError("Tulis jam seperti 14.30.") from None


class BreachForm(forms.Form):
    """A failure to protect data: what, when, how, and how to find whom it touches."""

    title = NameField("Peristiwa", max_length=150, help_text="Satu kalimat, tanpa nama orang.")
    happened_from = DayField("Terjadi sejak tanggal")
    happened_until = DayField("Sampai tanggal", required=False, help_text="Kosongkan bila belum berhenti.")
    found_on = DayField("Diketahui tanggal")
    found_time = MomentField("Diketahui jam", help_text="Waktu Indonesia Barat, misalnya 14.30.")
    data_kinds = forms.MultipleChoiceField(
        label="Data yang terkena",
        choices=[(kind.key, kind.label) for kind in DATA_KINDS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih data yang terkena, paling sedikit satu."},
    )
    door = PickField("Lewat mana", [(door.key, door.label) for door in DOORS], radio=True)
    account = forms.EmailField(
        label="E-mail akun petugas",
        required=False,
        help_text="Hanya untuk “Lewat satu akun petugas”.",
        error_messages={"invalid": "Tulis e-mail lengkap, misalnya nama@contoh.go.id."},
    )
    cause = NameField("Bagaimana terjadi", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    handling = NameField(
        "Penanganan dan pemulihan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict:
        """Put day and time together, in the office's time."""
        data = super().clean()
        # read everything first: add_error takes the field out of the cleaned data
        found_on, found_time = data.get("found_on"), data.get("found_time")
        begun, ended = data.get("happened_from"), data.get("happened_until")
        if found_on and found_time:
            data["found_at"] = dt.datetime.combine(found_on, found_time, clock.ZONE)
            if data["found_at"] > clock.now():
                field = "found_on" if found_on > clock.today() else "found_time"
                self.add_error(field, "Waktu diketahui belum tiba. Periksa tanggal dan jamnya.")
            if begun and begun > found_on:
                self.add_error("happened_from", "Terjadinya tidak mungkin sesudah diketahui.")
        if ended and ended > clock.today():
            self.add_error("happened_until", "Akhirnya belum tiba. Kosongkan bila masih berlangsung.")
        elif begun and ended and ended < begun:
            self.add_error("happened_until", "Akhirnya lebih awal daripada mulainya.")
        if data.get("door") == "account" and not data.get("account") and "account" not in self.errors:
            self.add_error("account", "Isi e-mail akun petugas yang dipakai.")
        return data
