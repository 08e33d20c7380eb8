"""Forms of the training app."""

from django import forms

from core.formfields import DayField, NameField, PickField
from core.nik import InvalidNik, clean_nik, parse_nik
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
    birth_date = DayField("Tanggal lahir", help_text="Seperti di KTP, untuk mencegah salah orang.")

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


class ResultsForm(forms.Form):
    """The results of everybody who attends a cohort, on one page."""

    assessed_on = DayField("Tanggal penilaian")
    others = PickField(
        "Peserta yang tidak Anda pilih hasilnya",
        [(AssessmentResult.NONE, "Lewati dulu"), *RESULTS],
        help_text="Supaya tidak memilih satu per satu bila hasilnya sama.",
    )

    def __init__(self, *args, attending, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.attending = list(attending)
        for enrolment in self.attending:
            name = enrolment.jobseeker.full_name
            field = PickField(f"Hasil {name}", RESULTS, required=False)
            field.widget.attrs |= {"class": "govuk-select", "aria-label": f"Hasil {name}"}
            self.fields[f"result_{enrolment.pk}"] = field
            self.fields[f"version_{enrolment.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=enrolment.version, required=False
            )

    def plain(self) -> list:
        """The fields outside the table."""
        return [self["assessed_on"], self["others"]]

    def rows(self) -> list[dict]:
        """The table: one row a participant."""
        return [
            {
                "name": enrolment.jobseeker.full_name,
                "result": self[f"result_{enrolment.pk}"],
                "version": self[f"version_{enrolment.pk}"],
            }
            for enrolment in self.attending
        ]

    def results(self) -> dict[int, str]:
        """The result of each participant by key; what was left open gets the answer for the others."""
        others = self.cleaned_data["others"]
        return {one.pk: self.cleaned_data.get(f"result_{one.pk}") or others for one in self.attending}

    def versions(self) -> dict[int, int]:
        """The version of each participant that the page showed; 0 is as stale as can be."""
        return {one.pk: self.cleaned_data.get(f"version_{one.pk}") or 0 for one in self.attending}
