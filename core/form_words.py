"""Words for what is wrong with a field: they name the field and say what to do, instead of "Bidang ini"."""

from collections.abc import Callable

from django import forms
from django.forms.boundfield import BoundField

CHOOSE = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput)


def _lower(label: str) -> str:
    """The label inside a sentence: "Nama lengkap" -> "nama lengkap", but "NIK" stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _required(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return f"Centang “{bound.label}” untuk melanjutkan."
    verb = "Pilih" if isinstance(bound.field.widget, CHOOSE) else "Isi"
    label = str(bound.label)
    return f"Jawab dulu: {_lower(label)}" if label.endswith("?") else f"{verb} {_lower(label)}."


def _invalid(bound: BoundField) -> str:
    label = str(bound.label)
    for kind, words in (
        (forms.DateTimeField, "bukan waktu yang benar"),
        (forms.DateField, "bukan tanggal yang ada. Tulis tanggal, bulan, dan tahun, contoh 14 5 2004"),
        (forms.EmailField, "bukan alamat surel. Contoh yang benar: nama@contoh.id"),
        (forms.IntegerField, "harus angka bulat, tanpa titik dan koma"),
        (forms.DecimalField, "harus angka"),
    ):
        if isinstance(bound.field, kind):
            return f"{label} {words}."
    return ""


def _limit(words: str, unit: str = "") -> Callable[[BoundField, dict], str]:
    def say(bound: BoundField, params: dict) -> str:
        return f"{bound.label} {words} {params['limit_value']}{unit}."

    return say


BY_LIMIT = {
    "max_length": _limit("paling panjang", " huruf"),
    "min_length": _limit("paling pendek", " huruf"),
    "max_value": _limit("paling besar"),
    "min_value": _limit("paling kecil"),
}


def _stock_messages(field: forms.Field) -> set[str]:
    """The messages that every field of this class has; a form's own wording is not among them."""
    found: set[str] = set()
    for cls in type(field).__mro__:
        found |= {str(text) for text in getattr(cls, "default_error_messages", {}).values()}
    return found


def field_errors(form: forms.BaseForm, name: str) -> list[str]:
    """The errors of one field in words; a message that the form wrote itself is kept as it is."""
    bound, found = form[name], []
    stock = _stock_messages(bound.field)
    for error in form.errors[name].as_data() if name in form.errors else []:
        for text in error.messages:
            better = ""
            if error.code == "required" and text in stock:
                better = _required(bound)
            elif error.code == "invalid" and text in stock:
                better = _invalid(bound)
            elif error.code in BY_LIMIT and error.params and "limit_value" in error.params:
                better = BY_LIMIT[error.code](bound, error.params)
            found.append(better or text)
    return found
