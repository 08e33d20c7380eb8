"""Forms of the training app."""

from django import forms

from core.formfields import DayField, NameField, PickField
from core.nik import InvalidNik, clean_nik, parse_nik
from core.widgets import DateParts
from training.enums import AssessmentResult

RESULTS = [choice for choice in AssessmentResult.choices if choice[0] != AssessmentResult.NONE]


class EnrolForm(forms.Form):
    """A person, named by NIK and birth date as on the KTP."""

    nik = NameField(
        "NIK",
        max_length=25,
        help_text="16 angka di KTP. Dipakai untuk mencari datanya, tidak ditampilkan lagi.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    birth_date = DayField(
        "Tanggal lahir", widget=DateParts, help_text="Seperti di KTP, untuk mencegah salah orang."
    )

    def clean_nik(self) -> str:
        """The 16 digits; what cannot be a NIK is refused with its cause."""
        try:
            nik = clean_nik(self.cleaned_data["nik"])
            parse_nik(nik)
        except InvalidNik as problem:
            raise forms.ValidationError(str(problem), code="invalid") from None
        return nik


class ResultForm(forms.Form):
    """The result of a participant."""

    result = PickField("Hasil", RESULTS, radio=True)
    assessed_on = DayField("Tanggal penilaian")


class AmendResultForm(ResultForm):
    """The correction of a result."""

    comment = NameField(
        "Alasan pembetulan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan di riwayat.",
    )
