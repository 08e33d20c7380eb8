"""Ordering a day's cards."""

from django import forms

from core.formfields import DayField, PickField


class PrintDayForm(forms.Form):
    """The day of issue, and which of its cards."""

    day = DayField(
        "Kartu terbit tanggal", help_text="Satu berkas PDF berisi semua kartu hari itu, dua kartu selembar."
    )
    which = PickField(
        "Kartu yang dicetak",
        radio=True,
        choices=[("new", "Yang belum pernah dicetak"), ("all", "Semua, termasuk cetak ulang")],
    )
