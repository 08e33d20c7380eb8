"""Forms of the officer who examines a file."""

from django import forms

from jobseekers.enums import DocumentKind
from jobseekers.models import AK1Application, PersonDocument
from jobseekers.parts import PARTS
from jobseekers.services.interviews import NOTES_LENGTH
from jobseekers.services.returns import REASON_LENGTH, Point

_DOCUMENT, _PART = "dokumen-", "bagian-"


class ReturnForm(forms.Form):
    """Why a file goes back: one reason a document or part that has to be mended, and a general note."""

    def __init__(self, *args, application: AK1Application, **kwargs):
        """Ask for every document of the person, every kind that may be missing, and every part."""
        super().__init__(*args, **kwargs)
        there = set(
            PersonDocument.objects.filter(jobseeker=application.jobseeker_id).values_list("kind", flat=True)
        )
        documents, parts = [], []
        for kind in DocumentKind:
            name = f"{_DOCUMENT}{kind.value}"
            label = kind.label if kind in there else f"{kind.label} (belum diunggah)"
            self.fields[name] = self._reason(label)
            documents.append(name)
        for part in PARTS.values():
            name = f"{_PART}{part.slug}"
            self.fields[name] = self._reason(part.title)
            parts.append(name)
        self.fields["comment"] = forms.CharField(
            label="Catatan umum",
            max_length=600,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Dibaca pemohon bersama alasan di atas.",
            error_messages={"max_length": "Catatan umum paling panjang 600 huruf; yang ini %(show_value)s."},
        )
        self.fieldsets = (
            ("Dokumen", documents),
            ("Isian", parts),
            ("Catatan umum", ["comment"]),
        )

    @staticmethod
    def _reason(label: str) -> forms.CharField:
        return forms.CharField(
            label=label,
            max_length=REASON_LENGTH,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={
                "max_length": f"Alasan paling panjang {REASON_LENGTH} huruf; yang ini %(show_value)s."
            },
        )

    def clean(self) -> dict:
        """At least one reason."""
        data = super().clean()
        if not self.errors and not any(str(text).strip() for text in data.values()):
            raise forms.ValidationError(
                "Belum ada alasan. Tulis di samping dokumen atau bagian yang perlu diperbaiki, atau di catatan umum."
            )
        return data

    def points(self) -> list[Point]:
        """What was written, as points."""
        found = []
        for name, text in self.cleaned_data.items():
            if name.startswith(_DOCUMENT):
                found.append(Point(text, document=name.removeprefix(_DOCUMENT)))
            elif name.startswith(_PART):
                found.append(Point(text, part=name.removeprefix(_PART)))
        return found


class NotesForm(forms.Form):
    """Notes of the AK/II interview."""

    notes = forms.CharField(
        label="Catatan wawancara (AK/II)",
        max_length=NOTES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Minat, kemampuan, dan kesediaan yang disampaikan pemohon. Tidak tampil pada pemohon lain.",
        error_messages={
            "required": "Catatan wawancara masih kosong. Tulis dulu, lalu simpan.",
            "max_length": f"Catatan wawancara paling panjang {NOTES_LENGTH} huruf; yang ini %(show_value)s.",
        },
    )
