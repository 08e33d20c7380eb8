"""Choosing a time at the office, and opening hours for it."""

import datetime as dt
from collections.abc import Iterable

from django import forms

from core.calendar import is_working_day
from core.formats import date_long
from core.formfields import DayField, PickField, WholeNumberField
from jobseekers.models import VisitSlot

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def day_words(day: dt.date) -> str:
    """A day as people say it: "Senin, 21 Agustus 2023"."""
    return f"{DAY_NAMES[day.weekday()]}, {date_long(day)}"


class TimeField(forms.TimeField):
    """An hour, with Indonesian messages; takes 08:00 and 08.00."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            input_formats=["%H:%M", "%H.%M"],
            widget=forms.TimeInput(
                attrs={"inputmode": "decimal", "class": "govuk-input--width-5"}, format="%H.%M"
            ),
            help_text="Misalnya 08.00.",
            error_messages={
                "required": f"Isi {label.lower()}.",
                "invalid": "Tulis jam seperti 08.00.",
            },
        )


def _offered(label: str, choices: list[tuple[str, str]], what: str) -> PickField:
    """Only what is free is offered; what is chosen and not among it was taken while the page was open."""
    field = PickField(label, choices, radio=True)
    field.error_messages["invalid_choice"] = f"{what} baru saja penuh atau ditutup. Pilih yang masih kosong."
    return field


class VisitDayForm(forms.Form):
    """Which day; only days with a free place are offered."""

    def __init__(self, *args, slots: Iterable[VisitSlot], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        free: dict[dt.date, int] = {}
        for slot in slots:
            free[slot.day] = free.get(slot.day, 0) + slot.free
        choices = [(day.isoformat(), f"{day_words(day)} ({places} tempat)") for day, places in free.items()]
        self.fields["day"] = _offered("Hari kunjungan", choices, "Hari ini")


class VisitHourForm(forms.Form):
    """Which hour of the day."""

    def __init__(self, *args, slots: Iterable[VisitSlot], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"] = _offered("Jam kunjungan", self.hours(slots), "Jam ini")

    @staticmethod
    def hours(slots: Iterable[VisitSlot]) -> list[tuple[str, str]]:
        """The hours as choices."""
        return [
            (str(slot.uid), f"{slot.starts_at:%H.%M}–{slot.ends_at:%H.%M} ({slot.free} tempat)")
            for slot in slots
        ]


class ConfirmForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class SlotForm(forms.Form):
    """Places of one slot."""

    counters = WholeNumberField("Loket yang melayani", least=1, most=50)
    per_counter = WholeNumberField("Orang per loket", least=1, most=100)
    closed = forms.BooleanField(label="Tutup untuk pesanan baru", required=False)


class OpenDaysForm(forms.Form):
    """Hours on the working days of a span."""

    first_day = DayField("Hari pertama")
    last_day = DayField("Hari terakhir", help_text="Hanya hari kerja yang dibuka; hari libur dilewati.")
    opens = TimeField("Jam buka")
    closes = TimeField("Jam tutup")
    minutes = WholeNumberField("Lama satu giliran (menit)", least=10, most=240)
    counters = WholeNumberField("Loket yang melayani", least=1, most=50)
    per_counter = WholeNumberField("Orang per loket dalam satu giliran", least=1, most=100)

    def clean(self) -> dict:
        """Say at once when the span holds no working day."""
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and first == last and not is_working_day(first):
            self.add_error("first_day", f"{day_words(first)} bukan hari kerja.")
        return data
