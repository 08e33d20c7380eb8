"""The six-monthly report."""

from django import forms

from core.formfields import DayField, NameField, PickField
from jobseekers.enums import HolderStatus

PLACES = [("ya", "Ya"), ("tidak", "Tidak")]


class HolderReportForm(forms.Form):
    """What the holder does now; who works says where and since when."""

    status = PickField("Apa kegiatan Anda sekarang?", HolderStatus.choices, radio=True)
    employer_name = NameField(
        "Tempat kerja",
        max_length=150,
        required=False,
        help_text="Nama perusahaan, toko, atau pemberi kerja. Kosongkan bila Anda berusaha sendiri.",
    )
    employer_local = PickField("Tempat kerja di kota ini?", PLACES, required=False, empty="–")
    occupation = NameField(
        "Pekerjaan atau usaha",
        max_length=120,
        required=False,
        help_text="Misalnya operator jahit, warung makan.",
    )
    since = DayField("Mulai sejak", required=False, help_text="Tanggal mulai bekerja atau berusaha.")

    fieldsets = (
        ("", ("status",)),
        (
            "Diisi bila bekerja atau berusaha sendiri",
            ("employer_name", "employer_local", "occupation", "since"),
        ),
    )

    def told(self) -> dict:
        """What `services.holder_reports.report` takes."""
        data = dict(self.cleaned_data)
        data["employer_local"] = {"ya": True, "tidak": False}.get(data["employer_local"])
        return data


class DeskReportForm(HolderReportForm):
    """The same, asked by an officer."""

    def __init__(self, *args, **kwargs) -> None:
        """Ask about the holder, not about the reader."""
        super().__init__(*args, **kwargs)
        self.fields["status"].label = "Apa kegiatan pemegang kartu sekarang?"
        self.fields["employer_name"].help_text = "Kosongkan bila berusaha sendiri."
