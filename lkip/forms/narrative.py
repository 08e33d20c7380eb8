"""Forms of the narrative's pictures."""

from django import forms

from core.formfields import DayField, NameField


class CaptionForm(forms.Form):
    """The words under a picture."""

    caption = NameField(
        "Keterangan foto",
        max_length=250,
        help_text="Tahun dan tanggal ditulis biasa; angka lain diikat seperti di naskah, misalnya [[angka:kode]].",
    )
    taken_on = DayField("Tanggal foto", required=False)


class PhotoForm(CaptionForm):
    """A new picture."""

    file = forms.ImageField(
        label="Foto",
        error_messages={
            "required": "Pilih fotonya.",
            "empty": "Berkas ini kosong. Pilih berkas lain.",
            "invalid_image": "Berkas ini bukan foto yang dapat dibaca. Pilih JPEG atau PNG.",
            "invalid": "Berkas ini tidak terkirim. Pilih lagi.",
        },
    )

    field_order = ("file", "caption", "taken_on")
