"""Fields with words for what is wrong: each refusal says the cause and what to write."""

import copy
import re
from datetime import date, datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core.formfields import (
    DayField,
    LookupField,
    NameField,
    PickField,
    PickRowField,
    RupiahField,
    WholeNumberField,
)
from core.models.reference import EducationLevel
from core.stale import typed_text
from core.widgets import day_boxes, typed_day


@pytest.mark.parametrize(
    "text", ["2023-08-17", "17-08-2023", "17/8/2023", "17 Agustus 2023", " 17 agu 2023 "]
)
def test_a_day_is_read_as_people_write_it(text):
    assert DayField("Tanggal").clean(text) == date(2023, 8, 17)


def test_a_day_may_be_a_day_already_or_empty():
    assert DayField("Tanggal").clean(date(2023, 8, 17)) == date(2023, 8, 17)
    assert DayField("Tanggal").clean(datetime(2023, 8, 17, 9)) == date(2023, 8, 17)
    assert DayField("Tanggal", required=False).clean("") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Isi tanggal mulai."),
        ("31-02-2023", "tidak ada di kalender"),
        ("2023-?-14", "Tanggal mulai belum lengkap. Isi tanggal, bulan, dan tahun."),
        ("04-5-14", "tahun dengan empat angka"),
        ("1899-12-31", "antara 1900 dan 2100"),
        ("2101-01-01", "antara 1900 dan 2100"),
        ("besok", "bukan tanggal"),
        ("'; DROP TABLE", "bukan tanggal"),
    ],
)
def test_an_impossible_day_is_refused_with_its_cause(text, words):
    with pytest.raises(ValidationError, match=words):
        DayField("Tanggal mulai").clean(text)


@pytest.mark.parametrize("month", ["5", "05", "mei", "Mei", " MEI "])
def test_the_month_box_takes_the_name_too(month):
    typed = {"hari_day": "7", "hari_month": month, "hari_year": "2023"}
    assert typed_day(typed, "hari") == "2023-05-07"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("31", "02", "2024"), "31-02-2024"),
        (("31", "2", "2024"), "31-2-2024"),
        (("31", "Februari", "2024"), "31 Februari 2024"),
        (("5", "maret2", "2024"), "5 maret2 2024"),
    ],
)
def test_a_refused_day_is_repeated_as_it_was_typed(typed, said):
    class Asked(forms.Form):
        day = DayField("Hari")

    form = Asked(dict(zip(("day_day", "day_month", "day_year"), typed, strict=True)))
    assert not form.is_valid()
    assert f"“{said}”" in form.errors["day"][0]
    shown = re.findall(r'value="([^"]*)"', str(form["day"]))
    assert tuple(shown) == typed
    assert typed_text(form) == [("Hari", said)]


@pytest.mark.parametrize(
    ("text", "boxes"),
    [
        ("31-12-2024", ("31", "12", "2024")),
        ("31/12/2024", ("31", "12", "2024")),
        ("31 Desember 2024", ("31", "Desember", "2024")),
        ("2024-12-31", ("31", "12", "2024")),
        ("besok", ("besok", "", "")),
        ("2024-?-31", ("31", "", "2024")),
        ("", ("", "", "")),
    ],
)
def test_a_day_sent_as_one_text_stands_in_the_right_boxes(text, boxes):
    assert tuple(box["value"] for box in day_boxes("hari", text, "hari")) == boxes


@pytest.mark.parametrize("typed", [("31", "12", "2024"), ("5", "mei", "2024"), ("05", "05", "2024")])
def test_boxes_of_a_form_refused_for_something_else_stay_as_typed(typed):
    class Asked(forms.Form):
        name = NameField("Nama", max_length=20)
        day = DayField("Hari")

    form = Asked(dict(zip(("day_day", "day_month", "day_year"), typed, strict=True)))
    assert list(form.errors) == ["name"]
    assert tuple(re.findall(r'value="([^"]*)"', str(form["day"]))) == typed
    assert copy.deepcopy(form["day"].value()) == form["day"].value()


def test_a_word_that_is_no_month_is_named():
    typed = typed_day({"hari_day": "7", "hari_month": "maret2", "hari_year": "2023"}, "hari")
    with pytest.raises(ValidationError, match="bukan tanggal"):
        DayField("Tanggal").clean(typed)


@given(st.integers(0, 10**12))
def test_a_whole_number_is_read_with_and_without_dots(number):
    field = RupiahField("Upah")
    assert field.clean(str(number)) == number
    assert field.clean(f"{number:,}".replace(",", ".")) == number
    assert field.clean(field.prepare_value(number)) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Isi NIB."),
        ("-1", "dari 1 sampai 5.000"),
        ("0", "dari 1 sampai 5.000"),
        ("5.001", "dari 1 sampai 5.000"),
        ("1,5", "bilangan bulat"),
        ("1e3", "bukan angka"),
        ("٣", "bukan angka"),
        ("1.00", "bukan angka"),
        ("NaN", "bukan angka"),
    ],
)
def test_a_bad_number_is_refused_with_its_cause(text, words):
    with pytest.raises(ValidationError, match=words):
        WholeNumberField("NIB", least=1, most=5000).clean(text)


def test_nought_is_only_advised_where_it_is_taken():
    with pytest.raises(ValidationError, match="Tulis 0 bila tidak ada"):
        WholeNumberField("Banyak desimal", most=6).clean("")
    with pytest.raises(ValidationError, match=r"Isi pengali\.'"):
        WholeNumberField("Pengali", least=1).clean("")


def test_texts_are_tidied_and_limited():
    assert NameField("Nama", max_length=20).clean("  PT   Contoh ") == "PT Contoh"
    assert NameField("Nama", max_length=20, widget=forms.Textarea()).clean("satu\ndua") == "satu\ndua"
    for text, words in (("", "Isi nama."), ("x" * 21, "20 huruf"), ("a\x00", "karakter yang tidak dikenal")):
        with pytest.raises(ValidationError, match=words):
            NameField("Nama", max_length=20).clean(text)


def test_a_pick_is_one_of_the_list():
    field = PickField("Jenis", [("A", "Satu")])
    assert field.clean("A") == "A"
    for text, words in (("", "Pilih jenis."), ("B", "tidak ada dalam daftar")):
        with pytest.raises(ValidationError, match=words):
            field.clean(text)


@pytest.fixture
def levels(db):
    """Levels of education to look up."""
    for order, (code, label) in enumerate((("SMA", "SMA umum"), ("SMK", "SMK umum"), ("S1", "Sarjana"))):
        EducationLevel.objects.create(code=code, label=label, order=order)


def _lookup(**changes) -> LookupField:
    values = {
        "find": EducationLevel.objects.all,
        "key": "code",
        "exact": ("label__iexact",),
        "near": ("label__icontains",),
        **changes,
    }
    return LookupField("Pendidikan", **values)


@pytest.mark.parametrize("text", ["S1", "S1 Sarjana", "sarjana", "  SARJANA ", "jana"])
def test_a_record_is_found_by_key_name_or_part(levels, text):
    assert _lookup().clean(text).code == "S1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Isi pendidikan."),
        ("umum", "Ada beberapa yang cocok dengan “umum”: “SMA umum”; “SMK umum”"),
        ("doktor", "“doktor” tidak ditemukan"),
        ("%", "tidak ditemukan"),
        ("x" * 201, "200 huruf"),
    ],
)
def test_an_unclear_name_is_refused_with_its_cause(levels, text, words):
    with pytest.raises(ValidationError) as caught:
        _lookup().clean(text)
    assert words in caught.value.messages[0]


def test_a_long_list_of_candidates_is_cut(db):
    for order in range(8):
        EducationLevel.objects.create(code=f"K{order}", label=f"Kursus {order}", order=order)
    with pytest.raises(ValidationError, match="dan lain-lain"):
        _lookup().clean("kursus")


def test_an_optional_record_may_be_missing_and_a_stored_one_is_shown_by_name(levels):
    field = _lookup(required=False, describe=lambda row: row.label)
    assert field.clean("") is None
    assert field.prepare_value(EducationLevel.objects.get(code="S1")) == "Sarjana"
    assert field.prepare_value("apa saja") == "apa saja"


def test_rows_are_asked_for_at_each_form(db):
    class Form(forms.Form):
        level = PickRowField("Jenjang", find=EducationLevel.objects.all, describe=lambda row: row.label)

    assert len(Form().fields["level"].choices) == 1
    EducationLevel.objects.create(code="S1", label="Sarjana", order=1)
    assert [str(label) for _, label in Form().fields["level"].choices] == ["Pilih…", "Sarjana"]
    form = Form({"level": "XX"})
    assert "tidak ada dalam daftar" in form.errors["level"][0]
