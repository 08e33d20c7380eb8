"""A stale page keeps what was typed, by label, without passwords and identity numbers."""

from datetime import date

from django import forms

from core.personal import make_nik
from core.stale import stale_response, typed_text
from core.workflow import StaleRecord


class Sheet(forms.Form):
    note = forms.CharField(label="Catatan", widget=forms.Textarea)
    name = forms.CharField(label="Nama")
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)


def test_typed_text_is_shown_again(rf, db):
    nik = make_nik("327702", date(2000, 1, 2), "F", 9555)
    form = Sheet(
        {"note": f"alasan panjang, {nik}", "name": "<b>Sari</b>", "secret": "rahasia", "hidden": "h"}
    )
    page = stale_response(
        rf.get("/x/"), StaleRecord("Rina sudah mengubah data ini."), "/x/", typed_text(form)
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "Rina sudah mengubah" in text
    assert "alasan panjang" in text
    assert "&lt;b&gt;Sari" in text
    assert nik not in text
    assert "rahasia" not in text
