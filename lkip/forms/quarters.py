"""The form of a quarter's note."""

from django import forms

from core.formfields import NameField


class NoteForm(forms.Form):
    """What supported, what hindered, what is done; a file that proves it."""

    supporting = NameField(
        "Yang mendukung",
        max_length=4000,
        required=False,
        help_text="Tahun dan tanggal ditulis biasa. Angka lain diikat seperti di naskah: [[angka:kode]] untuk angka "
        "laporan, [[luar:angka|sumber]] untuk angka dari luar. Catatan triwulan IV ikut tercetak.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cause = NameField(
        "Sebab atau hambatan", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    follow_up = NameField(
        "Tindak lanjut", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    evidence = forms.FileField(
        label="Bukti",
        required=False,
        help_text="PDF atau gambar.",
        error_messages={"empty": "Berkas ini kosong. Pilih berkas lain."},
    )
    caption = NameField("Keterangan bukti", max_length=200, required=False)
